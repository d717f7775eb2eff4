"""The two networks, loaded once for a process and safe from several threads."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime

from voxport.core.audio import SPEECH_RATE_HZ, Samples
from voxport.speech.diarization.embedding_network import EMBEDDING_SIZE, MOST_FRAMES
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
_TOGETHER = 4
"""Windows that the network sees at once: more of them cost no less each."""

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

    def embeddings(self, voices: Sequence[Samples]) -> list[tuple[Features, Colour]]:
        """For each voice what is told apart of it, a vector of length 1 and shape (192,), and of its line.

        Each of them has two seconds of sound at most.
        """
        ...


class Networks:
    """Both networks as they are run; safe from several threads.

    Each question is answered by one thread, and `threads` of them at once for all calls: threads that share one
    question wait for each other, and took half as much processor time again.
    """

    def __init__(self, segmentation: bytes, embedding: bytes, threads: int) -> None:
        """The networks as ONNX, and how many threads answer."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        providers = ["CPUExecutionProvider"]
        self._segmentation = onnxruntime.InferenceSession(segmentation, options, providers)
        self._embedding = onnxruntime.InferenceSession(embedding, options, providers)
        self._threads = ThreadPoolExecutor(threads, "speakers")

    @property
    def embedding_size(self) -> int:
        """Numbers in an embedding."""
        return EMBEDDING_SIZE

    def classes(self, windows: list[Samples]) -> list[Classes]:
        """For each window of ten seconds (shorter ones end in silence) the class of each of its frames, (589,)."""
        parts = [windows[at : at + _TOGETHER] for at in range(0, len(windows), _TOGETHER)]
        return [one for part in self._threads.map(self._classes, parts) for one in part]

    def embeddings(self, voices: Sequence[Samples]) -> list[tuple[Features, Colour]]:
        """For each voice what is told apart of it, a vector of length 1 and shape (192,), and of its line.

        Each of them has two seconds of sound at most, else ValueError.
        """
        return list(self._threads.map(self._embedding_of, voices))

    def _classes(self, windows: list[Samples]) -> list[Classes]:
        sound = np.zeros((len(windows), 1, WINDOW_SAMPLES), np.float32)
        for place, window in enumerate(windows):
            sound[place, 0, : window.shape[0]] = window.astype(np.float32) / np.float32(_FULL_SCALE)
        (likelihoods,) = self._segmentation.run(None, {"samples": sound})
        return list(np.asarray(likelihoods).argmax(axis=-1).astype(np.uint8))

    def _embedding_of(self, samples: Samples) -> tuple[Features, Colour]:
        features = spectrum(samples)
        if len(features) > MOST_FRAMES:
            raise ValueError(f"{len(features)} frames, of {MOST_FRAMES} at most")
        colour = colour_of(features)
        features -= features.mean(axis=0)
        (embeddings,) = self._embedding.run(None, {"features": features[np.newaxis]})
        embedding: Features = np.asarray(embeddings, np.float32)[0]
        return embedding / np.float32(max(float(np.linalg.norm(embedding)), 1e-9)), colour
