"""`make bench recognition`: Voxport beside plain faster-whisper on the same model, and the API under load.

All is one run: the contestants take turns, recording by recording. Loading a model counts for nobody. What is judged on
calls is the document that a customer gets; recognition alone, from samples to transcript, stands beside it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from benchmarks.contest import Outcome, contest
from benchmarks.contest_rows import by_half, half_rows, processor_rows, repetition_rows, share, total
from benchmarks.contest_times import conversations, time_rows, timed
from benchmarks.contestants import OURS, PEERS, VOXPORT, Contestants, running_contestants
from benchmarks.corpus import Recording, load
from benchmarks.halves import Half
from benchmarks.language_rows import language_rows
from benchmarks.noisy_rows import noisy_rows
from benchmarks.peers import BATCHED, PLAIN
from benchmarks.recognition_corpora import corpora_rows
from benchmarks.recognition_tuning import chosen_calls, tuning_rows
from benchmarks.scoring import median, start_errors_ms
from benchmarks.table import Row
from benchmarks.taken_results import TakenResults
from benchmarks.whole import Rig, running_rig
from voxport.speech.models import locate

POLLING_CLIENTS = 50
UPLOAD_BYTES = 1 << 30
AUDIO_ERRORS = 76
"""Of Voxport on the nine recordings of the audio folder before anything was chosen on real calls."""


@dataclass(frozen=True)
class Arena:
    """Everything that runs during the bench."""

    console: Console
    contestants: Contestants
    rig: Rig
    folder: Path
    """For files that are made on the way."""


def measure(console: Console, arguments: argparse.Namespace) -> list[Row]:
    """All rows of this bench; prints what it does on the way."""
    if arguments.contestants:
        return tuning_rows(console, arguments)
    recordings = load(arguments.audio)
    call = next((one for one in recordings if one.name == arguments.call), None)
    if call is None:
        sys.exit(f"{arguments.audio} has no recording {arguments.call} with a truth.")
    halves = [Half(arguments.half)] if arguments.half else [*Half]
    calls = chosen_calls(arguments.calls, arguments.half, arguments.recording)
    with running_arena(console) as arena:
        rows = speed(arena, call, arguments.rounds)
        rows += call_rows(arena, calls, recordings, arguments.rounds)
        rows += corpora_rows(console, arena.contestants, arguments, halves)
        return rows + load_figures(arena, call)


@contextmanager
def running_arena(console: Console) -> Iterator[Arena]:
    with (
        tempfile.TemporaryDirectory(prefix="voxport-bench-") as folder,
        running_contestants(locate("base", Path(folder))) as contestants,
        running_rig(Path(folder) / "server") as rig,
    ):
        contestants.add(VOXPORT, rig)
        yield Arena(console, contestants, rig, Path(folder))


def call_rows(arena: Arena, calls: Sequence[Recording], audio: Sequence[Recording], rounds: int) -> list[Row]:
    """Errors of all contestants on calls and on the audio folder, and their times on the conversations."""
    everybody = (VOXPORT, OURS, *PEERS)
    outcomes = list(contest(arena.console, arena.contestants, TakenResults(), calls, everybody))
    on_audio = list(contest(arena.console, arena.contestants, TakenResults(), audio, everybody))
    rows: list[Row] = []
    for half, some in by_half(outcomes):
        rows += half_rows(half, some, VOXPORT)
        rows.append(Row(f"{half}: errors of recognition alone", total(some, OURS), ""))
        rows.append(Row(f"{half}: errors of batched", total(some, BATCHED), ""))
        rows += language_rows(f"{half}, calls", some, OURS)
        rows += processor_rows(half, some, OURS, PEERS) + processor_rows(half, some, VOXPORT, PEERS)
        spoken = conversations([outcome.recording for outcome in some])
        rows += time_rows(half, timed(arena.console, arena.contestants, spoken, rounds))
        rows += noisy_rows(arena.console, arena.contestants, half, spoken, arena.folder)
    return rows + audio_rows(on_audio) + repetition_rows("calls and audio", [*outcomes, *on_audio], VOXPORT)


def audio_rows(outcomes: Sequence[Outcome]) -> list[Row]:
    """Errors and word starts on the audio folder."""
    ours, plain = total(outcomes, VOXPORT), total(outcomes, PLAIN)
    words = sum(outcome.errors[VOXPORT].words for outcome in outcomes)
    starts = {
        name: [
            error
            for outcome in outcomes
            if outcome.recording.exact
            for error in start_errors_ms(outcome.taken[name].words, outcome.recording.truth)
        ]
        for name in (VOXPORT, PLAIN)
    }
    return [
        Row(f"audio: errors of {len(outcomes)} recordings ({words} words)", ours, "", AUDIO_ERRORS),
        Row("audio: errors of plain with VAD", plain, ""),
        Row("audio: errors, share of plain's with VAD", share(ours, plain), "", 0.90),
        Row("word start error, exact recordings, median", median(starts[VOXPORT]), "ms", 45),
        Row("word start error of plain", median(starts[PLAIN]), "ms"),
    ]


def speed(arena: Arena, call: Recording, rounds: int) -> list[Row]:
    """The call, from POST to object, against the peers from samples to words."""
    arena.rig.process(call)
    ours, beside, plains, batcheds = [], [], [], []
    for number in range(rounds):
        delivered = arena.rig.process(call)
        ours.append(delivered.seconds)
        beside.append(delivered.seconds - delivered.recognition_s)
        plains.append(arena.contestants.take(PLAIN, call).seconds)
        batcheds.append(arena.contestants.take(BATCHED, call).seconds)
        arena.console.print(
            f"round {number + 1}: POST to object {ours[-1]:.2f} s ({beside[-1]:.2f} s of it not recognition), "
            f"plain {plains[-1]:.2f} s, batched {batcheds[-1]:.2f} s"
        )
    wall = statistics.median(ours)
    return [
        Row(f"{call.name}, POST to object in the bucket", wall, "s"),
        Row("faster-whisper, channels in turn", statistics.median(plains), "s"),
        Row("faster-whisper batched, channels in turn", statistics.median(batcheds), "s"),
        Row("POST to object / plain", statistics.median(map(share, ours, plains)), "", 0.50),
        Row("POST to object / batched", statistics.median(map(share, ours, batcheds)), "", 0.90),
        Row("everything that is not recognition", statistics.median(beside), "s", round(0.05 * wall + 1, 2)),
    ]


def load_figures(arena: Arena, call: Recording) -> list[Row]:
    """The API under load: a large upload, and many clients that poll while a call is recognised."""
    added = arena.rig.upload_memory_bytes(arena.folder / "large.wav", UPLOAD_BYTES)
    arena.console.print(f"1 GiB upload added {added / 2**20:.0f} MiB")
    p95 = arena.rig.poll_p95_ms(call, POLLING_CLIENTS)
    return [
        Row("resident memory added by one 1 GiB upload", added / 2**20, "MiB", 64),
        Row(f"GET /v3/media/{{id}} p95, {POLLING_CLIENTS} clients polling during recognition", p95, "ms", 100),
    ]
