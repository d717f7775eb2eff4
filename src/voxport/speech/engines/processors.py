"""Which processors of a machine a model runs on, and how they are shared among its batches."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from voxport.core.errors import Misconfigured
from voxport.speech.options import EngineOptions

log = structlog.get_logger(__name__)

NO_GPU = "no GPU is found on this machine"
CUBLAS = "libcublas.so.12"
CUDNN = "libcudnn.so.9"
"""Libraries of CUDA by the names under which the engines open them, with their first batch."""
_MAX_SINGLE_LANES = 4
"""Up to so many cores each has a batch of its own; of more cores two share one."""
_LANES_A_GPU = 2
"""Batches under way at once on a GPU: while one is decoded, the next is copied there and the last one aligned."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a model runs."""

    gpus: tuple[int, ...] = ()
    """The numbers of its GPUs; none: the CPU."""
    reason: str = ""
    """Why it is the CPU although nobody asked for that."""

    @property
    def device(self) -> str:
        """`cuda` or `cpu`, as libraries name it."""
        return "cuda" if self.gpus else "cpu"

    def __str__(self) -> str:
        if self.gpus:
            return f"GPU {', '.join(map(str, self.gpus))}"
        return f"the CPU ({self.reason})" if self.reason else "the CPU"


def choose_place(options: EngineOptions, libraries: Sequence[str] = (CUBLAS,)) -> Place:
    """Where a model runs on this machine, which needs the libraries for a GPU; nothing is loaded onto one.

    Raises Misconfigured for a GPU that is asked for, by device or number, and cannot be used.
    """
    if options.device == "cpu":
        if options.devices:
            raise Misconfigured("VOXPORT_GPUS has no effect with VOXPORT_DEVICE=cpu: leave one of the two out.")
        return Place()
    gpus = options.devices or (0,)
    lacking = _lacking(gpus, libraries)
    if lacking is None:
        return Place(gpus)
    if options.asks_for_gpu:
        raise Misconfigured(f"{_asked(options)} cannot be used: {lacking}.")
    return Place(reason=lacking)


def choose_arithmetic(place: Place, asked: str) -> str:
    """The CTranslate2 type for `asked`; raises Misconfigured for one that the processors there cannot do."""
    import ctranslate2

    known = set.intersection(
        *(set(ctranslate2.get_supported_compute_types(place.device, gpu)) for gpu in place.gpus or (0,))
    )
    if asked == "auto":
        best = "float16" if place.gpus else "int8"
        return best if best in known else "float32"
    if asked not in known | {"default"}:
        raise Misconfigured(
            f"VOXPORT_COMPUTE_TYPE={asked} cannot be used on {place}: auto, {', '.join(sorted(known))} can."
        )
    return asked


def tell_place(model: str, place: Place) -> None:
    """Says in the log that a model runs on the CPU since no GPU can be used; louder where there is one."""
    if place.reason:
        tell = log.info if place.reason == NO_GPU else log.warning
        tell("the model runs on the CPU", model=model, reason=place.reason)


def lanes_and_threads(options: EngineOptions, place: Place) -> tuple[int, int]:
    """Batches at once and threads of each: a step of decoding is too short to be shared well among threads."""
    if place.gpus:
        return _LANES_A_GPU * len(place.gpus), 1
    threads = options.threads or len(os.sched_getaffinity(0))
    return (threads, 1) if threads <= _MAX_SINGLE_LANES else (threads // 2, 2)


def _lacking(gpus: Sequence[int], libraries: Sequence[str]) -> str | None:
    """What keeps a model from these GPUs; None: nothing that can be seen without loading it."""
    import ctranslate2

    found = ctranslate2.get_cuda_device_count()
    if found == 0:
        return NO_GPU
    strange = [gpu for gpu in gpus if gpu >= found]
    if strange:
        return f"there is no GPU {strange[0]}, their numbers are {', '.join(map(str, range(found)))}"
    for library in libraries:
        try:
            ctypes.CDLL(library)
        except OSError:
            return (
                f"{library} is not found: install CUDA 12, or nvidia-cublas-cu12 and nvidia-cudnn-cu12 with their "
                f"folders in LD_LIBRARY_PATH"
            )
    return None


def _asked(options: EngineOptions) -> str:
    if not options.devices:
        return f"VOXPORT_DEVICE={options.device}"
    return f"VOXPORT_GPUS={','.join(map(str, options.devices))}"
