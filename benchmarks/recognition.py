"""`make bench recognition`: Voxport beside plain faster-whisper on the same model, and the API under load.

All is one run: the contestants take turns, recording by recording. Loading a model counts for nobody.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from benchmarks.contestants import Contestants, running_contestants
from benchmarks.corpus import Recording, load
from benchmarks.peers import BATCHED, PLAIN
from benchmarks.recognition_tuning import tuning_rows
from benchmarks.scoring import Errors, Heard, median, start_errors_ms, word_errors
from benchmarks.table import Row
from benchmarks.whole import Rig, running_rig
from voxport.speech.models import locate

POLLING_CLIENTS = 50
UPLOAD_BYTES = 1 << 30


@dataclass(frozen=True)
class Quality:
    """Errors over all recordings, and how far word starts are off on the exact ones."""

    errors: Errors
    starts_ms: list[float]


def measure(console: Console, arguments: argparse.Namespace) -> list[Row]:
    """All rows of this bench; prints what it does on the way."""
    if arguments.contestants:
        return tuning_rows(console, arguments)
    recordings = load(arguments.audio)
    call = next((one for one in recordings if one.name == arguments.call), None)
    if call is None:
        sys.exit(f"{arguments.audio} has no recording {arguments.call} with a truth.")
    with (
        tempfile.TemporaryDirectory(prefix="voxport-bench-") as folder,
        running_contestants(locate("base", Path(folder))) as contestants,
        running_rig(Path(folder) / "server") as rig,
    ):
        rows = speed(console, rig, contestants, call, arguments.rounds)
        rows += quality(console, rig, contestants, recordings)
        return rows + load_figures(console, rig, call, Path(folder))


def speed(console: Console, rig: Rig, contestants: Contestants, call: Recording, rounds: int) -> list[Row]:
    """The call, from POST to object, against the peers from samples to words."""
    rig.process(call)
    ours, beside, plains, batcheds = [], [], [], []
    for number in range(rounds):
        delivered = rig.process(call)
        ours.append(delivered.seconds)
        beside.append(delivered.seconds - delivered.recognition_s)
        plains.append(contestants.take(PLAIN, call).seconds)
        batcheds.append(contestants.take(BATCHED, call).seconds)
        console.print(
            f"round {number + 1}: POST to object {ours[-1]:.2f} s ({beside[-1]:.2f} s of it not recognition), "
            f"plain {plains[-1]:.2f} s, batched {batcheds[-1]:.2f} s"
        )
    wall = statistics.median(ours)
    return [
        Row(f"{call.name}, POST to object in the bucket", wall, "s"),
        Row("faster-whisper, channels in turn", statistics.median(plains), "s"),
        Row("faster-whisper batched, channels in turn", statistics.median(batcheds), "s"),
        Row("POST to object / plain", statistics.median(map(ratio, ours, plains)), "", 0.50),
        Row("POST to object / batched", statistics.median(map(ratio, ours, batcheds)), "", 0.90),
        Row("everything that is not recognition", statistics.median(beside), "s", round(0.05 * wall + 1, 2)),
    ]


def ratio(ours: float, theirs: float) -> float:
    return ours / theirs


def quality(console: Console, rig: Rig, contestants: Contestants, recordings: Sequence[Recording]) -> list[Row]:
    """Word error rate and word starts over all recordings, through the whole of Voxport."""
    ours, theirs = Quality(Errors(0, 0), []), Quality(Errors(0, 0), [])
    for recording in recordings:
        mine = rig.process(recording).words
        other = contestants.take(PLAIN, recording).words
        console.print(
            f"{recording.name}: errors {word_errors(mine, recording.truth).errors}, "
            f"plain {word_errors(other, recording.truth).errors}"
        )
        ours, theirs = judge(ours, mine, recording), judge(theirs, other, recording)
    return [
        Row("word error rate, all recordings", 100 * ours.errors.rate, "%"),
        Row("word error rate of plain", 100 * theirs.errors.rate, "%"),
        Row("word error rate / plain", ours.errors.rate / theirs.errors.rate, "", 0.90),
        Row("word start error, exact recordings, median", median(ours.starts_ms), "ms", 60),
        Row("word start error of plain", median(theirs.starts_ms), "ms"),
    ]


def judge(so_far: Quality, words: list[Heard], recording: Recording) -> Quality:
    starts = start_errors_ms(words, recording.truth) if recording.exact else []
    return Quality(so_far.errors + word_errors(words, recording.truth), so_far.starts_ms + starts)


def load_figures(console: Console, rig: Rig, call: Recording, folder: Path) -> list[Row]:
    """The API under load: a large upload, and many clients that poll while a call is recognised."""
    added = rig.upload_memory_bytes(folder / "large.wav", UPLOAD_BYTES)
    console.print(f"1 GiB upload added {added / 2**20:.0f} MiB")
    p95 = rig.poll_p95_ms(call, POLLING_CLIENTS)
    return [
        Row("resident memory added by one 1 GiB upload", added / 2**20, "MiB", 64),
        Row(f"GET /v3/media/{{id}} p95, {POLLING_CLIENTS} clients polling during recognition", p95, "ms", 100),
    ]
