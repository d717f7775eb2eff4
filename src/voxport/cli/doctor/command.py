"""`voxport doctor`: looks this machine and these settings over, and says what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import typer
from rich.console import Console
from rich.text import Text

from voxport.cli.doctor.dependencies import DEPENDENCY_CHECKS, database
from voxport.cli.doctor.machine import MACHINE_CHECKS
from voxport.cli.doctor.results import CheckResult, Level, fail
from voxport.cli.doctor.stored import kept_database
from voxport.core.errors import VoxportError
from voxport.settings import Settings

_STYLES = {Level.OK: "green", Level.WARN: "yellow", Level.FAIL: "bold red"}


def doctor(settings: Settings) -> None:
    """Check this machine: processor, memory, disk, model, database, object store, port, clock, networks.

    Each line says ok, warn or fail, and what to do. Exit status 1 when anything fails.
    """
    console = Console(highlight=False, markup=False, soft_wrap=True)
    levels = []
    for result in examine(settings):
        levels.append(result.level)
        console.print(_line(result))
    if Level.FAIL in levels:
        raise typer.Exit(1)


def examine(settings: Settings) -> Iterator[CheckResult]:
    """The results, one after another as they are made."""
    with ExitStack() as kept:
        for name, check in {**MACHINE_CHECKS, **DEPENDENCY_CHECKS}.items():
            if check is database:
                # Not before: a folder with a database and without a key has lost its key.
                kept.enter_context(kept_database(settings))
            try:
                yield check(settings)
            except VoxportError as error:
                yield fail(name, str(error))


def _line(result: CheckResult) -> Text:
    line = Text()
    line.append(f"{result.level.value:<5}", style=_STYLES[result.level])
    line.append(f"{result.name}: {result.what}")
    if result.remedy:
        line.append(f" {result.remedy}", style="dim")
    return line
