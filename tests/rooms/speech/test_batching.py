"""Batches: of one kind, from all calls in turn, and every job gets its answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from voxport.speech.batching import Batcher
from voxport.speech.jobs import Answer, Job, Mode

SHORT, LONG = Mode(10_000), Mode(30_000)


def _job(language: str, mode: Mode = SHORT) -> Job:
    return Job(np.zeros((80, 1), np.float32), language, mode)


class _Model:
    """Answers with the window of each job; waits at the gate so that a test can fill the queue first."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.started = threading.Event()
        self.batches: list[list[Job]] = []
        self.fault: Exception | None = None

    def decode(self, jobs: Sequence[Job]) -> list[Answer]:
        self.batches.append(list(jobs))
        self.started.set()
        assert self.gate.wait(10)
        if self.fault is not None:
            raise self.fault
        return [Answer(str(job.mode.window_ms), (), 0.0, 0.0, job.mode) for job in jobs]


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
    batcher.submit("first", [_job("en")])
    assert model.started.wait(10)


def test_calls_share_a_batch_in_turn(model: _Model, batcher: Batcher) -> None:
    _busy(model, batcher)
    big = batcher.submit("big", [_job("en") for _ in range(10)])
    small = batcher.submit("small", [_job("en") for _ in range(2)])
    model.gate.set()
    answers = [future.result(10) for future in (*small, *big)]
    assert {answer.text for answer in answers} == {"10000"}
    # 4000 frames hold four windows of 10 s: two of each call, then the rest of the big one.
    assert batcher.recent == ((1, 1), (4, 2), (4, 1), (4, 1))


def test_a_batch_is_of_one_kind(model: _Model, batcher: Batcher) -> None:
    _busy(model, batcher)
    futures = batcher.submit("call", [_job("en"), _job("en", LONG), _job("fr", LONG), _job("en")])
    model.gate.set()
    assert [future.result(10).text for future in futures] == ["10000", "30000", "30000", "10000"]
    assert [len(batch) for batch in model.batches[1:]] == [2, 1, 1]
    for batch in model.batches:
        assert len({(job.mode, job.language) for job in batch}) == 1


def test_a_fault_reaches_those_who_wait_and_nobody_else(model: _Model, batcher: Batcher) -> None:
    model.fault = RuntimeError("out of memory")
    model.gate.set()
    (future,) = batcher.submit("call", [_job("en")])
    with pytest.raises(RuntimeError, match="out of memory"):
        future.result(10)
    model.fault = None
    assert batcher.submit("call", [_job("en")])[0].result(10).text == "10000"


def test_withdrawn_jobs_are_not_decoded(model: _Model, batcher: Batcher) -> None:
    _busy(model, batcher)
    gone = batcher.submit("gone", [_job("en"), _job("en")])
    stays = batcher.submit("stays", [_job("en")])
    batcher.withdraw("gone")
    model.gate.set()
    assert stays[0].result(10).text == "10000"
    assert all(future.cancelled() for future in gone)
    assert sum(len(batch) for batch in model.batches) == 2


def test_close_cancels_what_waits(model: _Model) -> None:
    batcher = Batcher(model.decode, 1, 4000)
    _busy(model, batcher)
    waiting = batcher.submit("call", [_job("en")])
    closing = threading.Thread(target=batcher.close)
    closing.start()
    while not waiting[0].cancelled():
        assert closing.is_alive()
        closing.join(0.01)
    model.gate.set()
    closing.join(10)
    with pytest.raises(RuntimeError, match="closed"):
        batcher.submit("call", [_job("en")])
