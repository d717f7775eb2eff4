"""A step of tuning: `python -m benchmarks recognition --contestants ours --set segmentation.cut_cost=20`.

Only the chosen contestants run, beside what was kept of plain faster-whisper, and only on the half to choose on
unless the other is asked for. Times are for information: a table's come from one run of all contestants.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from benchmarks.contest import contest
from benchmarks.contest_rows import by_half, half_rows, repetition_rows
from benchmarks.contestants import OURS, PEERS, Contestants, running_contestants
from benchmarks.corpus import Recording, load
from benchmarks.halves import Half, half_of
from benchmarks.named_options import UnknownOption, with_settings
from benchmarks.table import Row
from benchmarks.taken_results import TakenResults
from voxport.speech.models import locate
from voxport.speech.options import SpeechOptions

CONTESTANTS = (OURS, *PEERS)


def add_arguments(parser: argparse.ArgumentParser, calls: Path) -> None:
    """The options that only recognition has."""
    group = parser.add_argument_group("recognition")
    group.add_argument("--calls", type=Path, default=calls, help="real calls with a .truth.json beside them")
    group.add_argument("--half", choices=[*Half], default=None, help="of the calls; in tuning `choose`, else both")
    group.add_argument(
        "--prompts",
        type=Path,
        default=None,
        help="telephone prompts in languages, in folders as Asterisk's packages have",
    )
    group.add_argument("--recording", action="append", default=[], metavar="NAME", help="only the call of this name")
    group.add_argument(
        "--contestants",
        type=contestants_named,
        default=None,
        metavar="NAME,...",
        help=f"only these on the calls, beside what was kept of plain: {', '.join(CONTESTANTS)}",
    )


def contestants_named(names: str) -> list[str]:
    """Contestants from a list with commas. Raises argparse.ArgumentTypeError."""
    chosen = names.split(",")
    for name in chosen:
        if name not in CONTESTANTS:
            raise argparse.ArgumentTypeError(f"{name!r} is no contestant; there are {', '.join(CONTESTANTS)}")
    return chosen


def tuning_rows(console: Console, arguments: argparse.Namespace) -> list[Row]:
    """Errors of the chosen contestants on the calls, beside what is kept of plain."""
    calls = chosen_calls(arguments.calls, arguments.half or Half.CHOOSE, arguments.recording)
    with ready_contestants(arguments.set) as contestants:
        outcomes = list(contest(console, contestants, TakenResults(), calls, arguments.contestants))
    rows: list[Row] = []
    for name in arguments.contestants:
        for half, some in by_half(outcomes):
            rows += half_rows(half, some, name) + repetition_rows(f"{half}, {name}", some, name)
    return rows


def chosen_calls(folder: Path, half: str | None, names: Sequence[str]) -> list[Recording]:
    """The calls of that half and of these names; of both or all where none is given. Ends the bench without any."""
    found = [
        recording
        for recording in load(folder)
        if half in (None, half_of(recording)) and (not names or recording.name in names)
    ]
    return found or sys.exit(f"{folder} has no such calls.")


@contextmanager
def ready_contestants(settings: Sequence[str]) -> Iterator[Contestants]:
    """Contestants with the model base; `settings` are other values of options of recognition."""
    try:
        with_settings(SpeechOptions(), settings)
    except UnknownOption as error:
        raise SystemExit(str(error)) from error
    with (
        tempfile.TemporaryDirectory(prefix="voxport-bench-") as folder,
        running_contestants(locate("base", Path(folder)), settings) as contestants,
    ):
        yield contestants
