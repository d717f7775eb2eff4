"""A number about the server at this moment, for whoever watches it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Gauge:
    """One gauge of `/metrics`."""

    name: str
    """As Prometheus keeps it: `voxport_queue_jobs`."""
    help: str
    """One sentence; the same for every gauge of one name."""
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)
    """Kinds (a queue, a status), or an organisation by its id; never anybody by name."""
