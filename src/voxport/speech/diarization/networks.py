"""The two networks, loaded once for a process and safe from several threads."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime

from voxport.core.audio import SPEECH_RATE_HZ, Samples
from voxport.speech.diarization.embedding_network import EMBEDDING_SIZE
from voxport.speech.diarization.features import Features, spectrum
from voxport.speech.diarization.line import Colour, colour_of

WINDOW_SAMPLES = 10 * SPEECH_RATE_HZ
"""What the segmentation network was trained to see at once."""
FRAME_STEP_SAMPLES = 270
"""From one of its frames to the next."""
FIRST_FRAME_SAMPLES = 495
"""The middle of its first frame: each sees 991 samples."""
FRAMES = 589
"""In a window."""
_FULL_SCALE = 32_768.0

Classes = npt.NDArray[np.uint8]


class VoiceNetworks(Protocol):
    """Who speaks, of the speakers of a window, and what a voice is like."""

    @property
    def embedding_size(self) -> int:
        """Numbers in an embedding."""
        ...

    def classes(self, windows: list[Samples]) -> list[Classes]:
        """For each window of ten seconds (shorter ones end in silence) the class of each of its frames, (589,)."""
        ...

    def embedding(self, samples: Samples) -> tuple[Features, Colour]:
        """What is told apart of the voice in the samples, a vector of length 1 and shape (192,), and of its line."""
        ...


class Networks:
    """Both networks as they are run; safe from several threads."""

    def __init__(self, segmentation: Path, embedding: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # A thread that waits for work must not keep a core from the recogniser.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        providers = ["CPUExecutionProvider"]
        self._segmentation = onnxruntime.InferenceSession(str(segmentation), options, providers)
        self._embedding = onnxruntime.InferenceSession(str(embedding), options, providers)

    @property
    def embedding_size(self) -> int:
        """Numbers in an embedding."""
        return EMBEDDING_SIZE

    def classes(self, windows: list[Samples]) -> list[Classes]:
        """For each window of ten seconds (shorter ones end in silence) the class of each of its frames, (589,)."""
        sound = np.zeros((len(windows), 1, WINDOW_SAMPLES), np.float32)
        for place, window in enumerate(windows):
            sound[place, 0, : window.shape[0]] = window.astype(np.float32) / np.float32(_FULL_SCALE)
        (likelihoods,) = self._segmentation.run(None, {"samples": sound})
        return list(np.asarray(likelihoods).argmax(axis=-1).astype(np.uint8))

    def embedding(self, samples: Samples) -> tuple[Features, Colour]:
        """What is told apart of the voice in the samples, a vector of length 1 and shape (192,), and of its line."""
        features = spectrum(samples)
        colour = colour_of(features)
        features -= features.mean(axis=0)
        (embeddings,) = self._embedding.run(None, {"features": features[np.newaxis]})
        embedding: Features = np.asarray(embeddings, np.float32)[0]
        return embedding / np.float32(max(float(np.linalg.norm(embedding)), 1e-9)), colour
