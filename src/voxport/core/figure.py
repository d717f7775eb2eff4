"""A number about the server at this moment, for whoever watches it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """One gauge. Labels name kinds (a queue, a status) or an organisation by its id, never anybody by name."""

    name: str
    help: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)
