"""A finding of `voxport doctor`: how bad it is, what was found, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """`what` and `remedy` are sentences; a remedy is empty where all is well."""

    level: Level
    name: str
    what: str
    remedy: str = ""


def fine(name: str, what: str) -> Finding:
    return Finding(Level.OK, name, what)


def poor(name: str, what: str, remedy: str) -> Finding:
    """It works, but not as well as it should."""
    return Finding(Level.WARN, name, what, remedy)


def wrong(name: str, what: str, remedy: str = "") -> Finding:
    """It will not work."""
    return Finding(Level.FAIL, name, what, remedy)
