"""Brings the pieces of all calls together into batches: one queue a call, one or a few threads at the model.

Fair among calls: each in turn decides the kind of the next batch, and a batch is filled from all of them in turn.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from voxport.speech.jobs import Answer, Job, Mode
from voxport.speech.levels import FRAME_MS

Decode = Callable[[Sequence[Job]], list[Answer]]
_Waiting = tuple[Job, "Future[Answer]"]
_REMEMBERED = 256
_MOST_JOBS = 32


class Batcher:
    """Feeds `decode` with batches of jobs of one kind (mode, language, length of prompt); safe from several threads."""

    def __init__(self, decode: Decode, lanes: int, batch_frames: int) -> None:
        self._decode = decode
        self._batch_frames = batch_frames
        self._changed = threading.Condition()
        self._queues: OrderedDict[object, deque[_Waiting]] = OrderedDict()
        self._recent: deque[tuple[int, int]] = deque(maxlen=_REMEMBERED)
        self._closed = False
        self._threads = [
            threading.Thread(target=self._run, name=f"speech-model-{lane}", daemon=True) for lane in range(lanes)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def recent(self) -> tuple[tuple[int, int], ...]:
        """(jobs, calls) of the latest batches."""
        with self._changed:
            return tuple(self._recent)

    def submit(self, call: object, jobs: Sequence[Job]) -> list[Future[Answer]]:
        """Queues jobs behind those of the same call; `call` is any hashable that tells calls apart."""
        futures: list[Future[Answer]] = [Future() for _ in jobs]
        with self._changed:
            if self._closed:
                raise RuntimeError("the recogniser is closed")
            self._queues.setdefault(call, deque()).extend(zip(jobs, futures, strict=True))
            self._changed.notify()
        return futures

    def withdraw(self, call: object) -> None:
        """Cancels what a call has waiting."""
        with self._changed:
            waiting = self._queues.pop(call, deque())
        for _, future in waiting:
            future.cancel()

    def close(self) -> None:
        """Cancels what waits and ends the threads after the batch they are at."""
        with self._changed:
            self._closed = True
            calls = list(self._queues)
            self._changed.notify_all()
        for call in calls:
            self.withdraw(call)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while (batch := self._take()) is not None:
            try:
                answers = self._decode([job for job, _ in batch])
            except Exception as error:  # noqa: BLE001 - it belongs to the calls that wait, and is raised there
                for _, future in batch:
                    future.set_exception(error)
                continue
            for (_, future), answer in zip(batch, answers, strict=True):
                future.set_result(answer)

    def _take(self) -> list[_Waiting] | None:
        with self._changed:
            while True:
                if self._closed:
                    return None
                if batch := self._gather():
                    if self._queues:
                        self._changed.notify()
                    return batch
                self._changed.wait()

    def _gather(self) -> list[_Waiting]:
        """The next batch: the first call's first job names its kind, all calls in turn fill it."""
        kind: tuple[Mode, str, int] | None = None
        batch: list[_Waiting] = []
        room = _MOST_JOBS
        shared: set[object] = set()
        taking = True
        while taking and len(batch) < room:
            taking = False
            for call in list(self._queues):
                queue = self._queues[call]
                found = _pop(queue, kind)
                if not queue:
                    del self._queues[call]
                if found is None:
                    continue
                if not found[1].set_running_or_notify_cancel():
                    taking = True
                    continue
                if kind is None:
                    kind = found[0].kind
                    room = max(1, min(_MOST_JOBS, self._batch_frames * FRAME_MS // kind[0].window_ms))
                    if call in self._queues:
                        self._queues.move_to_end(call)
                batch.append(found)
                shared.add(call)
                taking = True
                if len(batch) >= room:
                    break
        if batch:
            self._recent.append((len(batch), len(shared)))
        return batch


def _pop(queue: deque[_Waiting], kind: tuple[Mode, str, int] | None) -> _Waiting | None:
    """Takes the first job of a kind out of a queue; any job where no kind is set yet."""
    for position, (job, _) in enumerate(queue):
        if kind is None or job.kind == kind:
            found = queue[position]
            del queue[position]
            return found
    return None
