"""The steps of a check of a role, as people see them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a step of the check ended; the value is what the command prints."""

    DONE = "ok"
    FAILED = "fail"
    LEFT_OUT = "skip"
    """It needs a step that failed."""


@dataclass(frozen=True, slots=True)
class CheckStep:
    """One step as it ended."""

    name: str
    """The operation of STS or S3."""
    outcome: Outcome
    what: str
    """What happened, in words, with what to change where it failed."""
