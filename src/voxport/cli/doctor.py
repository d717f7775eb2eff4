"""`voxport doctor`: looks this machine and these settings over, and says what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterator

import typer
from rich.console import Console
from rich.text import Text

from voxport.cli.findings import Finding, Level, wrong
from voxport.cli.machine import MACHINE_CHECKS
from voxport.cli.parts import PART_CHECKS
from voxport.core.errors import VoxportError
from voxport.settings import Settings

_STYLES = {Level.OK: "green", Level.WARN: "yellow", Level.FAIL: "bold red"}


def doctor(settings: Settings) -> None:
    """Check this machine: processor, memory, disk, model, database, object store, port, clock, networks.

    Each line says ok, warn or fail, and what to do. Exit status 1 when anything fails.
    """
    console = Console(highlight=False, markup=False, soft_wrap=True)
    levels = []
    for finding in examine(settings):
        levels.append(finding.level)
        console.print(_line(finding))
    if Level.FAIL in levels:
        raise typer.Exit(1)


def examine(settings: Settings) -> Iterator[Finding]:
    """The findings, one after another as they are made."""
    for name, check in {**MACHINE_CHECKS, **PART_CHECKS}.items():
        try:
            yield check(settings)
        except VoxportError as error:
            yield wrong(name, str(error))


def _line(finding: Finding) -> Text:
    line = Text()
    line.append(f"{finding.level.value:<5}", style=_STYLES[finding.level])
    line.append(f"{finding.name}: {finding.what}")
    if finding.remedy:
        line.append(f" {finding.remedy}", style="dim")
    return line
