"""Batches: of one key, from all calls in turn, and every request gets its hypothesis."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from voxport.speech.batching import Batcher
from voxport.speech.engine import DecodingOptions, DecodingRequest, Hypothesis

SHORT, LONG = (DecodingOptions(ms, 5, temperature=0.0, timestamp_tokens=True) for ms in (10_000, 30_000))


def _request(language: str, options: DecodingOptions = SHORT) -> DecodingRequest:
    return DecodingRequest(np.zeros((80, 1), np.float32), language, options)


class _Model:
    """Answers with the window of each request; waits at the gate so that a test can fill the queue first."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.started = threading.Event()
        self.entered = threading.Semaphore(0)
        """Counts the batches that are being decoded, or were."""
        self.batches: list[list[DecodingRequest]] = []
        self.fault: Exception | None = None

    def decode(self, requests: Sequence[DecodingRequest]) -> list[Hypothesis]:
        self.batches.append(list(requests))
        self.started.set()
        self.entered.release()
        assert self.gate.wait(10)
        if self.fault is not None:
            raise self.fault
        return [Hypothesis(str(one.options.window_ms), (), 0.0, 0.0, one.options) for one in requests]


@pytest.fixture
def model() -> _Model:
    return _Model()


@pytest.fixture
def batcher(model: _Model) -> Iterator[Batcher]:
    batcher = Batcher(model.decode, 1, 4000)
    yield batcher
    model.gate.set()
    batcher.close()


def _busy(model: _Model, batcher: Batcher) -> None:
    """Puts the model to work, so that what is submitted next waits together."""
    batcher.submit("first", [_request("en")])
    assert model.started.wait(10)


def test_calls_share_a_batch_in_turn(model: _Model, batcher: Batcher) -> None:
    _busy(model, batcher)
    big = batcher.submit("big", [_request("en") for _ in range(10)])
    small = batcher.submit("small", [_request("en") for _ in range(2)])
    model.gate.set()
    hypotheses = [future.result(10) for future in (*small, *big)]
    assert {hypothesis.text for hypothesis in hypotheses} == {"10000"}
    # 4000 frames hold four windows of 10 s: two of each call, then the rest of the big one.
    assert batcher.recent == ((1, 1), (4, 2), (4, 1), (4, 1))


def test_a_batch_has_one_key(model: _Model, batcher: Batcher) -> None:
    _busy(model, batcher)
    futures = batcher.submit("call", [_request("en"), _request("en", LONG), _request("fr", LONG), _request("en")])
    model.gate.set()
    assert [future.result(10).text for future in futures] == ["10000", "30000", "30000", "10000"]
    assert [len(batch) for batch in model.batches[1:]] == [2, 1, 1]
    for batch in model.batches:
        assert len({(request.options, request.language) for request in batch}) == 1


def test_threads_that_have_nothing_to_do_share_what_waits(model: _Model) -> None:
    batcher = Batcher(model.decode, 2, 12_000)
    futures = batcher.submit("call", [_request("en") for _ in range(10)])
    assert model.entered.acquire(timeout=10)
    assert model.entered.acquire(timeout=10)
    model.gate.set()
    assert {future.result(10).text for future in futures} == {"10000"}
    batcher.close()
    assert batcher.recent == ((5, 1), (5, 1))


def test_a_thread_takes_all_that_fits_while_the_others_are_busy(model: _Model) -> None:
    batcher = Batcher(model.decode, 2, 12_000)
    futures = batcher.submit("first", [_request("en")])
    assert model.entered.acquire(timeout=10)
    futures += batcher.submit("second", [_request("en") for _ in range(10)])
    assert model.entered.acquire(timeout=10)
    model.gate.set()
    assert {future.result(10).text for future in futures} == {"10000"}
    batcher.close()
    assert batcher.recent == ((1, 1), (10, 1))


def test_a_fault_reaches_those_who_wait_and_nobody_else(model: _Model, batcher: Batcher) -> None:
    model.fault = RuntimeError("out of memory")
    model.gate.set()
    (future,) = batcher.submit("call", [_request("en")])
    with pytest.raises(RuntimeError, match="out of memory"):
        future.result(10)
    model.fault = None
    assert batcher.submit("call", [_request("en")])[0].result(10).text == "10000"


def test_withdrawn_requests_are_not_decoded(model: _Model, batcher: Batcher) -> None:
    _busy(model, batcher)
    gone = batcher.submit("gone", [_request("en"), _request("en")])
    stays = batcher.submit("stays", [_request("en")])
    batcher.withdraw("gone")
    model.gate.set()
    assert stays[0].result(10).text == "10000"
    assert all(future.cancelled() for future in gone)
    assert sum(len(batch) for batch in model.batches) == 2


def test_close_cancels_what_waits(model: _Model) -> None:
    batcher = Batcher(model.decode, 1, 4000)
    _busy(model, batcher)
    waiting = batcher.submit("call", [_request("en")])
    closing = threading.Thread(target=batcher.close)
    closing.start()
    while not waiting[0].cancelled():
        assert closing.is_alive()
        closing.join(0.01)
    model.gate.set()
    closing.join(10)
    with pytest.raises(RuntimeError, match="closed"):
        batcher.submit("call", [_request("en")])
