"""What a worker process says about itself every few seconds, for whoever watches the installation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

CLOCK_OFF_S = 2.0
"""A clock that is off by so much is told of: signed addresses and the schedules of deliveries depend on it."""


@dataclass(frozen=True, slots=True)
class WorkerFigures:
    """Of one process; small, since a row keeps it."""

    host: str
    """Name of its machine."""
    process: int
    """Its number there."""
    queues: tuple[str, ...] = ()
    """Those that it serves."""
    resident_bytes: int = 0
    """Memory."""
    cpu_seconds: float = 0.0
    """Time of processors since it began."""
    clock_ahead_s: float = 0.0
    """How far its clock is ahead of the database's; negative: behind."""
    every_s: float = 2.0
    """How often it says so."""
    release: str = ""
    """Its version of Voxport; empty for one of a version that says none."""
    model: str = ""
    """The recognition model that it was told to use; empty where it recognises nothing."""
    tells_speakers: bool | None = None
    """Whether it tells the people on one channel apart; None where it was not asked to."""

    def document(self) -> dict[str, object]:
        """As the database keeps it."""
        return asdict(self)

    @classmethod
    def of(cls, document: Mapping[str, object]) -> WorkerFigures | None:
        """None for a worker of a version that says nothing; what a later version says beside is left out."""
        if not {"host", "process"} <= document.keys():
            return None
        known = {name: value for name, value in document.items() if name in cls.__slots__}
        queues = known.get("queues")
        return cls(**{**known, "queues": tuple(queues) if isinstance(queues, list) else ()})  # type: ignore[arg-type]
