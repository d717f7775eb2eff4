"""What this worker says about itself with every heartbeat."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence

import psutil
import structlog

from voxport import __version__
from voxport.core.stages import Queue
from voxport.core.worker_figures import CLOCK_OFF_S, WorkerFigures
from voxport.speech.diarization.diarizer import Diarizer

log = structlog.get_logger(__name__)


class SelfObservation:
    """One for each worker process."""

    def __init__(
        self, queues: Sequence[str], every_s: float, model: str = "", diarizer: Diarizer | None = None
    ) -> None:
        self._queues, self._every_s, self._diarizer = tuple(queues), every_s, diarizer
        self._model = model if Queue.SPEECH in self._queues else ""
        self._process = psutil.Process()
        self._host = socket.gethostname()
        self._clock_ahead_s = 0.0

    def figures(self) -> WorkerFigures:
        """Of this moment; the clock as it was at the heartbeat before."""
        with self._process.oneshot():
            memory, times = self._process.memory_info().rss, self._process.cpu_times()
        return WorkerFigures(
            host=self._host,
            process=os.getpid(),
            queues=self._queues,
            resident_bytes=memory,
            cpu_seconds=round(times.user + times.system, 1),
            clock_ahead_s=round(self._clock_ahead_s, 3),
            every_s=self._every_s,
            release=__version__,
            model=self._model,
            tells_speakers=None if self._diarizer is None else self._diarizer.is_available,
        )

    def note_clock(self, ahead_s: float) -> None:
        """Warns once of a clock that has gone wrong, and says when it is right again."""
        was_off, is_off = abs(self._clock_ahead_s) >= CLOCK_OFF_S, abs(ahead_s) >= CLOCK_OFF_S
        self._clock_ahead_s = ahead_s
        if is_off and not was_off:
            log.warning("this machine's clock is not the database's", ahead_s=round(ahead_s, 1))
        elif was_off and not is_off:
            log.info("this machine's clock is the database's again")
