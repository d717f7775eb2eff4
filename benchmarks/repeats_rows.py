"""The rows about words that are really repeated: all of them have to be there, as often as they were said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

import jiwer

from benchmarks.contest import Outcome
from benchmarks.scoring import Heard, compared_text, is_english, truth_words
from benchmarks.table import Row


@dataclass(frozen=True)
class Counts:
    """Words of recordings against what was said in them, all speakers together."""

    said: int = 0
    missing: int = 0
    """Nothing stands in their place."""
    extra: int = 0
    """Nobody said them, and they stand in no word's place."""
    misheard: int = 0
    """Another word stands in their place."""
    empty: int = 0
    """Recordings without any word."""

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def counted(heard: Sequence[Heard], outcome: Outcome) -> Counts:
    """One recording's words."""
    truth = outcome.recording.truth
    said, found = (_text(words, is_english(truth)) for words in (truth_words(truth), heard))
    words = len(said.split())
    if not found:
        return Counts(words, missing=words, empty=1)
    lined_up = jiwer.process_words(said, found)
    return Counts(words, lined_up.deletions, lined_up.insertions, lined_up.substitutions)


def _text(words: Sequence[Heard], english: bool) -> str:
    """As compared elsewhere, but that the normaliser writes a lone 1 as a word and one of several as a figure."""
    return re.sub(r"\bone\b", "1", compared_text(words, english))


def total(outcomes: Sequence[Outcome], name: str) -> Counts:
    return sum((counted(outcome.taken[name].words, outcome) for outcome in outcomes), Counts())


def repeats_rows(half: str, outcomes: Sequence[Outcome], name: str, peers: Sequence[str]) -> list[Row]:
    """What contestant `name` lost or added; peers beside it."""
    ours = total(outcomes, name)
    of = f"{half}: words really repeated ({len(outcomes)} recordings, {ours.said} words)"
    rows = [
        Row(f"{of}, missing", ours.missing, "", 0),
        Row(f"{of}, extra", ours.extra, "", 0),
        Row(f"{of}, misheard", ours.misheard, ""),
        Row(f"{of}, recordings that came out empty", ours.empty, "", 0),
    ]
    for peer in peers:
        theirs = total(outcomes, peer)
        told = f"missing by {peer} (extra {theirs.extra}, misheard {theirs.misheard}, empty {theirs.empty})"
        rows.append(Row(f"{of}, {told}", theirs.missing, ""))
    return rows
