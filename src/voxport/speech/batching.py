"""Brings the segments of all calls together into batches: one queue a call, one or a few threads at the model.

Fair among calls: each in turn decides the key of the next batch, and a batch is filled from all of them in turn. What
waits is shared out among the threads that have nothing to do.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from voxport.speech.engine import BatchKey, DecodingRequest, Hypothesis
from voxport.speech.levels import FRAME_MS

Decode = Callable[[Sequence[DecodingRequest]], list[Hypothesis]]
_Waiting = tuple[DecodingRequest, "Future[Hypothesis]"]
_REMEMBERED_BATCHES = 256
_MAX_BATCH_SIZE = 128
"""Requests, however small their windows are."""


class Batcher:
    """Feeds `decode` with batches of requests that have one key. Safe from several threads."""

    def __init__(self, decode: Decode, lanes: int, batch_frames: int) -> None:
        self._decode = decode
        self._batch_frames = batch_frames
        self._changed = threading.Condition()
        self._queues: OrderedDict[object, deque[_Waiting]] = OrderedDict()
        self._recent: deque[tuple[int, int]] = deque(maxlen=_REMEMBERED_BATCHES)
        self._closed = False
        self._lanes = lanes
        self._busy = 0
        self._threads = [
            threading.Thread(target=self._run, name=f"speech-model-{lane}", daemon=True) for lane in range(lanes)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def recent(self) -> tuple[tuple[int, int], ...]:
        """(requests, calls) of the latest batches."""
        with self._changed:
            return tuple(self._recent)

    def submit(self, call: object, requests: Sequence[DecodingRequest]) -> list[Future[Hypothesis]]:
        """Queues requests behind those of the same call; `call` is any hashable that tells calls apart."""
        futures: list[Future[Hypothesis]] = [Future() for _ in requests]
        with self._changed:
            if self._closed:
                raise RuntimeError("the recogniser is closed")
            self._queues.setdefault(call, deque()).extend(zip(requests, futures, strict=True))
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
                hypotheses = self._decode([request for request, _ in batch])
            except Exception as error:  # noqa: BLE001 - it belongs to the calls that wait, and is raised there
                self._rest()
                for _, future in batch:
                    future.set_exception(error)
                continue
            self._rest()
            for (_, future), hypothesis in zip(batch, hypotheses, strict=True):
                future.set_result(hypothesis)

    def _rest(self) -> None:
        """A thread has nothing to do; before the results are told, since what they lead to is shared out anew."""
        with self._changed:
            self._busy -= 1

    def _take(self) -> list[_Waiting] | None:
        with self._changed:
            while True:
                if self._closed:
                    return None
                if batch := self._gather():
                    self._busy += 1
                    if self._queues:
                        self._changed.notify()
                    return batch
                self._changed.wait()

    def _gather(self) -> list[_Waiting]:
        """The next batch: the first call's first request gives its key, all calls in turn fill it."""
        share_ms = -(-self._waiting_ms() // (self._lanes - self._busy))
        key: BatchKey | None = None
        batch: list[_Waiting] = []
        capacity = _MAX_BATCH_SIZE
        shared: set[object] = set()
        taking = True
        while taking and len(batch) < capacity:
            taking = False
            for call in list(self._queues):
                queue = self._queues[call]
                found = _pop(queue, key)
                if not queue:
                    del self._queues[call]
                if found is None:
                    continue
                taking = True
                if not found[1].set_running_or_notify_cancel():
                    continue
                if key is None:
                    key = found[0].batch_key
                    capacity = self._capacity(key, share_ms)
                    if call in self._queues:
                        self._queues.move_to_end(call)
                batch.append(found)
                shared.add(call)
                if len(batch) >= capacity:
                    break
        if batch:
            self._recent.append((len(batch), len(shared)))
        return batch

    def _waiting_ms(self) -> int:
        """The windows of all that waits; of more than every thread can take at once it does not matter how much."""
        most_ms = self._lanes * self._batch_frames * FRAME_MS
        waiting_ms = 0
        for queue in self._queues.values():
            for request, _ in queue:
                waiting_ms += request.options.window_ms
                if waiting_ms >= most_ms:
                    return waiting_ms
        return waiting_ms

    def _capacity(self, key: BatchKey, share_ms: int) -> int:
        """Requests of a batch: as many as the model takes, and no more than this thread's share of what waits."""
        window_ms = key[0].window_ms
        return max(1, min(_MAX_BATCH_SIZE, self._batch_frames * FRAME_MS // window_ms, round(share_ms / window_ms)))


def _pop(queue: deque[_Waiting], key: BatchKey | None) -> _Waiting | None:
    """Takes the first request with a key out of a queue; any request where no key is set yet."""
    for position, (request, _) in enumerate(queue):
        if key is None or request.batch_key == key:
            found = queue[position]
            del queue[position]
            return found
    return None
