"""Runs the benches that are named, or all of them, and prints one table.

make bench                                     # everything; recordings of ../shared/audio where it stands
make bench redaction
make bench scale BENCH="--seconds 900 --rate 20"           # a quarter of an hour
make bench gpu BENCH="--model FOLDER --calls-at-once 32"   # where there is one
make bench recognition BENCH="--audio FOLDER --calls FOLDER --call NAME --rounds 5"
python -m benchmarks recognition --half choose --contestants ours --set segmentation.cut_cost=20
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from benchmarks import (
    analytics,
    console,
    deliveries,
    gpu,
    hesitant_speech,
    hosts,
    recognition,
    recognition_tuning,
    redaction,
    scale,
    search,
    speakers,
    vocabulary,
)
from benchmarks.table import Row, show

SHARED = Path(__file__).resolve().parents[2] / "shared"
BENCHES: dict[str, Callable[[Console, argparse.Namespace], list[Row]]] = {
    "recognition": recognition.measure,
    "speakers": speakers.measure,
    "deliveries": deliveries.measure,
    "redaction": redaction.measure,
    "analytics": analytics.measure,
    "vocabulary": vocabulary.measure,
    "search": search.measure,
    "console": console.measure,
    "hesitant": hesitant_speech.measure,
    "scale": scale.measure,
    "hosts": hosts.measure,
    "gpu": gpu.measure,
}
UNASKED = tuple(name for name in BENCHES if name not in {"gpu", "hosts", "scale"})
"""Without a name: those need a GPU, root, or a quarter of an hour alone."""


def main() -> None:
    arguments = read_arguments()
    terminal = Console(highlight=False, width=None if sys.stdout.isatty() else 150)
    rows: list[Row] = []
    for name in arguments.names or UNASKED:
        rows += BENCHES[name](terminal, arguments)
    if rows:
        show(terminal, rows)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="Measures Voxport against its promises.")
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--search-calls", type=int, default=100_000, help="search: how many calls are made up")
    parser.add_argument("--search-folder", type=Path, default=None, help="search: where they are kept")
    parser.add_argument("--console-calls", type=int, default=100_000, help="made-up calls of console")
    parser.add_argument(
        "--audio", type=Path, default=SHARED / "audio", help="recordings with a .truth.json beside them"
    )
    parser.add_argument("--call", default="call-auto-repairs", help="recognition: the stereo call that is timed")
    parser.add_argument("--rounds", type=int, default=3, help="how often what is timed is taken")
    parser.add_argument("--corpus", type=Path, default=None, help="where synthetic calls are kept")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="redaction, hesitant, tuning of recognition: another value of an option",
    )
    parser.add_argument("--seed", type=int, default=4, help="what synthetic calls are drawn from")
    recognition_tuning.add_arguments(parser, SHARED / "calls")
    scale.add_arguments(parser)
    gpu.add_arguments(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
