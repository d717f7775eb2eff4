"""How the processors of a machine are shared among the batches of a model."""

from __future__ import annotations

import os

from voxport.speech.options import EngineOptions

_MAX_SINGLE_LANES = 4
"""Up to so many cores each has a batch of its own; of more cores two share one."""
_LANES_A_GPU = 2
"""Batches under way at once on a GPU: while one is decoded, the next is copied there and the last one aligned."""


def lanes_and_threads(options: EngineOptions, device: str) -> tuple[int, int]:
    """Batches at once and threads of each: a step of decoding is too short to be shared well among threads."""
    if device == "cuda":
        return _LANES_A_GPU * len(options.devices), 1
    threads = options.threads or len(os.sched_getaffinity(0))
    return (threads, 1) if threads <= _MAX_SINGLE_LANES else (threads // 2, 2)
