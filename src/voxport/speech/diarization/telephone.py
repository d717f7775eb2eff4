"""What a telephone makes of every voice: a direction of the embeddings that says nothing of who speaks.

The embedding network was trained on voices at 16 kHz. Those that come through a telephone have much in one direction
(0.64 of 1), whoever speaks, so that strangers look alike; at 16 kHz hardly anything is there (0.05). `telephone.json`
is that direction: the mean of embeddings of 99 readers of LibriSpeech on telephone lines (decision 0038).
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

import numpy as np

from voxport.speech.diarization.clustering import Vectors

_LEAST = 1e-9
"""An embedding of no length stays one."""


def without_telephone(embeddings: Vectors) -> Vectors:
    """The embeddings less what they have of that direction, each of length 1; shape (n, 192)."""
    direction = _direction()
    left = embeddings - np.outer(embeddings @ direction, direction)
    return np.asarray(left / np.maximum(np.linalg.norm(left, axis=1, keepdims=True), _LEAST))


@cache
def _direction() -> Vectors:
    """Of length 1; shape (192,)."""
    data = files("voxport.speech.diarization").joinpath("telephone.json").read_bytes()
    direction = np.array(json.loads(data), np.float64)
    return np.asarray(direction / np.linalg.norm(direction))
