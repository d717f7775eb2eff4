"""The rows that synthesised recordings make: what is really repeated, what nobody said, and when hesitant words begin.

What is missing in the folder of corpora is made first, for which the wheels of the extra `bench` are needed.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks import hesitant_speech, hesitant_speech_corpus, languages_corpus, repeats_corpus, speechless_sounds
from benchmarks.contest import Outcome, contest
from benchmarks.contestants import OURS, Contestants
from benchmarks.corpus import load
from benchmarks.halves import Half
from benchmarks.language_rows import language_rows
from benchmarks.peers import PLAIN
from benchmarks.repeats_rows import repeats_rows
from benchmarks.table import Row
from benchmarks.taken_results import TakenResults
from benchmarks.voices import Missing

DEFAULT_FOLDER = Path(tempfile.gettempdir()) / "voxport-bench-recognition"
_HESITANT_HALVES = {Half.CHOOSE: "development", Half.REPORT: "heldout"}
"""What the two halves of that corpus are called."""


def corpora_rows(
    console: Console, contestants: Contestants, arguments: argparse.Namespace, halves: Sequence[Half]
) -> list[Row]:
    """All rows of the halves, by recognition alone beside plain faster-whisper."""
    folder = arguments.corpus or DEFAULT_FOLDER
    console.print(f"Recordings that are not in {folder} yet are synthesised; the first time takes some minutes.")
    rows: list[Row] = []
    for half in halves:
        try:
            parts = made(folder, half, arguments.seed, arguments.prompts)
        except Missing as error:
            raise SystemExit(f"{error} is not installed: pip install -r requirements/bench.txt") from error
        heard = {
            part: list(contest(console, contestants, TakenResults(), load(path), (OURS, PLAIN), ()))
            for part, path in parts.items()
        }
        rows += repeats_rows(half, heard["repeats"], OURS, (PLAIN,))
        rows += invention_rows(half, heard["speechless"])
        rows += hesitant_rows(half, heard["hesitant"])
        for part in ("languages", "prompts", "hesitant"):
            rows += language_rows(f"{half}, {part}", heard.get(part, ()), OURS)
    return rows


def made(folder: Path, half: Half, seed: int, prompts: Path | None) -> dict[str, Path]:
    """The folders of a half's recordings, made where they are missing. Raises voices.Missing."""
    parts = {part: folder / part / half for part in ("repeats", "speechless", "languages")}
    parts["hesitant"] = folder / "hesitant" / f"seed-{seed}" / half
    repeats_corpus.make(parts["repeats"], half)
    speechless_sounds.make(parts["speechless"], half)
    languages_corpus.make(parts["languages"], half)
    if prompts is not None:
        parts["prompts"] = folder / "prompts" / half
        languages_corpus.make(parts["prompts"], half, prompts)
    hesitant_speech_corpus.make(parts["hesitant"], _HESITANT_HALVES[half], seed)
    return parts


def invention_rows(half: str, outcomes: Sequence[Outcome]) -> list[Row]:
    """In how many sounds without speech words were written."""
    invented = {name: [one for one in outcomes if one.taken[name].words] for name in (OURS, PLAIN)}
    of = f"{half}: of {len(outcomes)} sounds without speech, those with invented words"
    named = ", ".join(one.recording.name.removeprefix(f"{half}-") for one in invented[OURS])
    return [
        Row(f"{of} ({named})" if named else of, len(invented[OURS]), "", 0),
        Row(f"{of}, plain", len(invented[PLAIN]), ""),
    ]


def hesitant_rows(half: str, outcomes: Sequence[Outcome]) -> list[Row]:
    """Where words begin between pauses, as `make bench hesitant` counts it."""
    ours, plain = (
        sum(
            (hesitant_speech.judge(one.taken[name].words, one.recording) for one in outcomes), hesitant_speech.Figures()
        )
        for name in (OURS, PLAIN)
    )
    rows = hesitant_speech.half_rows(f"{half}, hesitant speech", ours)
    return [*rows, Row(f"{half}, hesitant speech: word start error, 95 of 100 within, plain", plain.worst_ms, "ms")]
