"""What a check of `voxport doctor` found: how bad it is, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is; the value is what the command prints."""

    OK = "ok"
    WARN = "warn"
    """It works, but not as well as it should."""
    FAIL = "fail"
    """It will not work."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of one check."""

    level: Level
    name: str
    """What was looked at: `Memory`."""
    what: str
    """What was found, as a sentence."""
    remedy: str = ""
    """What to do, as a sentence; empty where all is well."""


def ok(name: str, what: str) -> CheckResult:
    return CheckResult(Level.OK, name, what)


def warn(name: str, what: str, remedy: str) -> CheckResult:
    """It works, but not as well as it should."""
    return CheckResult(Level.WARN, name, what, remedy)


def fail(name: str, what: str, remedy: str = "") -> CheckResult:
    """It will not work."""
    return CheckResult(Level.FAIL, name, what, remedy)
