"""The reference pipeline: sherpa-onnx with its defaults over the same two networks, where it is installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper

from voxport.speech.diarization.weights import NetworkFiles

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


def reference_pipeline(files: NetworkFiles) -> Reference | None:
    """From samples at 16 kHz to (speaker, start ms, end ms); None without the package."""
    if find_spec("sherpa_onnx") is None:
        return None
    import sherpa_onnx as sherpa

    for path, properties in ((files.segmentation, _SEGMENTATION), (files.embedding, _EMBEDDING)):
        model = onnx.load(str(path))
        helper.set_model_props(model, properties)
        onnx.save(model, str(path.with_suffix(".reference.onnx")))
    pyannote = sherpa.OfflineSpeakerSegmentationPyannoteModelConfig(
        model=str(files.segmentation.with_suffix(".reference.onnx"))
    )
    pipeline = sherpa.OfflineSpeakerDiarization(
        sherpa.OfflineSpeakerDiarizationConfig(
            segmentation=sherpa.OfflineSpeakerSegmentationModelConfig(pyannote=pyannote),
            embedding=sherpa.SpeakerEmbeddingExtractorConfig(model=str(files.embedding.with_suffix(".reference.onnx"))),
            clustering=sherpa.FastClusteringConfig(num_clusters=-1, threshold=0.5),
        )
    )

    def heard(samples: npt.NDArray[np.float32]) -> list[tuple[int, int, int]]:
        found = pipeline.process(samples).sort_by_start_time()
        return [(one.speaker, round(one.start * 1000), round(one.end * 1000)) for one in found]

    return heard
