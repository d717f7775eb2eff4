"""How far a call is, from the steps that the API tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voxport.console.public_api import Document

_DONE = ("completed", "skipped")


@dataclass(frozen=True, slots=True)
class Progress:
    """One bar and a word for it."""

    percent: int
    step: str
    """What is under way, in words; empty when nothing is."""
    steps: Sequence[tuple[str, str]]
    """Each step in words, with its status."""


def progress_of(tasks: Sequence[Document]) -> Progress:
    """Of the steps before delivery, all taken as equally long."""
    work = [task for task in tasks if task.get("step") != "deliver"]
    done = sum(1.0 if task["status"] in _DONE else float(task.get("fraction", 0.0)) for task in work)
    current = next((task["display"] for task in work if task["status"] == "started"), "")
    percent = round(100 * done / len(work)) if work else 0
    return Progress(percent, current, [(task["display"], task["status"]) for task in tasks])
