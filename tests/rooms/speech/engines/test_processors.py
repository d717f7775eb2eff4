"""Where a model runs, on machines with GPUs and without."""

from __future__ import annotations

import ctypes

import ctranslate2
import pytest
import structlog

from voxport.core.errors import Misconfigured
from voxport.speech.engines.processors import (
    NO_GPU,
    Place,
    choose_arithmetic,
    choose_place,
    lanes_and_threads,
    tell_place,
)
from voxport.speech.options import EngineOptions

LACKS_CUBLAS = "libcublas.so.12 is not found: install CUDA 12"


@pytest.fixture
def gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with two, which has the libraries for them."""
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 2)
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: None)


@pytest.mark.usefixtures("gpus")
def test_a_gpu_is_taken_where_there_is_one() -> None:
    assert choose_place(EngineOptions()) == Place(gpus=(0,))
    assert choose_place(EngineOptions(devices=(1, 0))) == Place(gpus=(1, 0))
    assert choose_place(EngineOptions(device="cpu")) == Place()
    assert lanes_and_threads(EngineOptions(), Place(gpus=(1, 0))) == (4, 1)


@pytest.mark.parametrize("device", ["auto", "cuda"])
@pytest.mark.usefixtures("gpus")
def test_a_number_that_no_gpu_has_ends_the_start(device: str) -> None:
    said = "VOXPORT_GPUS=1,2 cannot be used: there is no GPU 2, their numbers are 0, 1."
    with pytest.raises(Misconfigured, match=said):
        choose_place(EngineOptions(device=device, devices=(1, 2)))


@pytest.mark.usefixtures("gpus")
def test_a_gpu_without_the_libraries_is_told_before_a_call_needs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine opens them with its first batch, and every call would fail."""

    def lack(name: str) -> None:
        raise OSError(f"{name}: cannot open shared object file")

    monkeypatch.setattr(ctypes, "CDLL", lack)
    with pytest.raises(Misconfigured, match=f"VOXPORT_DEVICE=cuda cannot be used: {LACKS_CUBLAS}"):
        choose_place(EngineOptions(device="cuda"))
    chosen = choose_place(EngineOptions())
    assert chosen.device == "cpu"
    assert chosen.reason.startswith(LACKS_CUBLAS)
    with structlog.testing.capture_logs() as lines:
        tell_place("base", chosen)
    assert [(line["event"], line["log_level"]) for line in lines] == [("the model runs on the CPU", "warning")]


def test_without_a_gpu_the_cpu_is_taken_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 0)
    assert choose_place(EngineOptions()) == Place(reason=NO_GPU)
    for asked in (EngineOptions(device="cuda"), EngineOptions(devices=(0,))):
        with pytest.raises(Misconfigured, match="cannot be used: no GPU is found on this machine"):
            choose_place(asked)
    with structlog.testing.capture_logs() as lines:
        tell_place("base", Place(reason=NO_GPU))
        tell_place("base", Place())
    said = {"event": "the model runs on the CPU", "reason": NO_GPU, "model": "base", "log_level": "info"}
    assert lines == [said]


@pytest.mark.parametrize(
    ("place", "asked", "taken"),
    [
        (Place(), "auto", "int8"),
        (Place(), "float32", "float32"),
        (Place(gpus=(0,)), "auto", "float16"),
        (Place(gpus=(1,)), "auto", "float32"),
        (Place(gpus=(0, 1)), "int8", "int8"),
    ],
)
def test_the_arithmetic_is_one_that_the_processors_can_do(
    monkeypatch: pytest.MonkeyPatch, place: Place, asked: str, taken: str
) -> None:
    """The second GPU is an old one."""

    def known(device: str, number: int = 0) -> set[str]:
        return {"int8", "float32"} | ({"float16"} if (device, number) == ("cuda", 0) else set())

    monkeypatch.setattr(ctranslate2, "get_supported_compute_types", known)
    assert choose_arithmetic(place, asked) == taken
    with pytest.raises(Misconfigured, match=r"VOXPORT_COMPUTE_TYPE=int3 cannot be used on .*: auto, .*float32.* can"):
        choose_arithmetic(place, "int3")
