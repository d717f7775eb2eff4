"""The reference pipeline: sherpa-onnx with its defaults over the same two networks, where it is installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx

from voxport.speech.diarization.checkpoint import read_tensors
from voxport.speech.diarization.embedding_network import embedding_network
from voxport.speech.diarization.segmentation_network import segmentation_network
from voxport.speech.diarization.weights import EMBEDDING, SEGMENTATION, source_of

Reference = Callable[[npt.NDArray[np.float32]], list[tuple[int, int, int]]]
_SEGMENTATION = {
    "model_type": "pyannote-segmentation-3.0",
    "num_speakers": "3",
    "powerset_max_classes": "2",
    "num_classes": "7",
    "sample_rate": "16000",
    "window_size": "160000",
    "receptive_field_size": "991",
    "receptive_field_shift": "270",
    "version": "1",
}
_EMBEDDING = {
    "framework": "3d-speaker",
    "language": "Chinese-English",
    "url": "",
    "comment": "",
    "sample_rate": "16000",
    "output_dim": "192",
    "normalize_samples": "1",
    "feature_normalize_type": "global-mean",
}


def reference_pipeline(folder: Path) -> Reference | None:
    """From samples at 16 kHz to (speaker, start ms, end ms); None without the package. `folder` is for its networks."""
    sources = source_of(SEGMENTATION), source_of(EMBEDDING)
    if find_spec("sherpa_onnx") is None or sources[0] is None or sources[1] is None:
        return None
    import sherpa_onnx as sherpa

    segmentation, embedding = folder / "reference-segmentation.onnx", folder / "reference-embedding.onnx"
    onnx.save(segmentation_network(read_tensors(sources[0]), _SEGMENTATION), str(segmentation))
    # Its stretches are of any length.
    onnx.save(embedding_network(read_tensors(sources[1]), _EMBEDDING, brief=False), str(embedding))
    pyannote = sherpa.OfflineSpeakerSegmentationPyannoteModelConfig(model=str(segmentation))
    pipeline = sherpa.OfflineSpeakerDiarization(
        sherpa.OfflineSpeakerDiarizationConfig(
            segmentation=sherpa.OfflineSpeakerSegmentationModelConfig(pyannote=pyannote),
            embedding=sherpa.SpeakerEmbeddingExtractorConfig(model=str(embedding)),
            clustering=sherpa.FastClusteringConfig(num_clusters=-1, threshold=0.5),
        )
    )

    def heard(samples: npt.NDArray[np.float32]) -> list[tuple[int, int, int]]:
        found = pipeline.process(samples).sort_by_start_time()
        return [(one.speaker, round(one.start * 1000), round(one.end * 1000)) for one in found]

    return heard
