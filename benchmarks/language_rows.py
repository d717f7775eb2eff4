"""The rows about languages: pieces in another that are noticed, and pieces in the asked one taken for another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.contest import Outcome
from benchmarks.peers import Passage
from benchmarks.table import Row

MIN_NOTICED_PERCENT, MAX_FALSE_PERCENT = 95.0, 1.0
MIN_COVERED = 0.5
"""The share of a piece that has to be marked for it to count as noticed."""


def language_rows(figure: str, outcomes: Sequence[Outcome], name: str) -> list[Row]:
    """Pieces are the turns of truths; a turn without a language is in that of its call."""
    said: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    asked_for = asked_marked = 0
    for outcome in outcomes:
        for language, covered in _pieces(outcome, name):
            if language == outcome.recording.language:
                asked_for, asked_marked = asked_for + 1, asked_marked + covered
            else:
                said[language] += 1
                marked[language] += covered
    rows = []
    if said:
        each = ", ".join(f"{language} {marked[language]}/{said[language]}" for language in sorted(said))
        told = f"{figure}: pieces in another language that are noticed ({each})"
        rows.append(Row(told, 100 * marked.total() / said.total(), "%", MIN_NOTICED_PERCENT, more_is_better=True))
    if asked_for:
        told = f"{figure}: pieces in the asked language taken for another ({asked_marked}/{asked_for})"
        rows.append(Row(told, 100 * asked_marked / asked_for, "%", MAX_FALSE_PERCENT))
    return rows


def _pieces(outcome: Outcome, name: str) -> Iterator[tuple[str, bool]]:
    """The language of each turn, and whether most of it is marked as another than the asked one."""
    for turn in outcome.recording.truth["turns"]:
        language = turn.get("language", outcome.recording.language)
        yield language, _covered(turn, outcome.taken[name].passages) >= MIN_COVERED


def _covered(turn: dict[str, Any], passages: Sequence[Passage]) -> float:
    shared = sum(
        max(0.0, min(turn["e"], passage.end_ms) - max(turn["s"], passage.start_ms))
        for passage in passages
        if passage.channel == turn["channel"]
    )
    return float(shared / max(1.0, turn["e"] - turn["s"]))
