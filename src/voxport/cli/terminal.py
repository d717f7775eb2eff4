"""What the commands print: answers for programs on standard output, everything for people on standard error."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from voxport.core.stages import STAGES

STEP_LABELS = {stage.step.value: stage.label for stage in STAGES}
"""What a bar and the demo call each step."""


def error_console() -> Console:
    """A console on standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(sentence: str) -> None:
    """One sentence for a person, in plain text on standard error."""
    sys.stderr.write(f"voxport: {sentence}\n")


def progress_bars(console: Console) -> Progress:
    """Bars of things under way; shown on a terminal only."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        TaskProgressColumn(),
        TextColumn("{task.fields[note]}", markup=False),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )
