"""Profanity in English: a list of our own with its inflections, and three dots in the place of what is on it.

Whole words only: a place or a name that holds a listed word inside it (Scunthorpe, Dickens) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from voxport.core.transcript import Transcript, Turn, WordKind

MASK = "..."
"""What stands for a listed word (v3-results.md section 2)."""
_ENDINGS = {"n": ("", "s"), "v": ("", "s", "es", "ed", "ing", "in", "in'", "er", "ers"), "a": ("",)}
_POSSESSIVE = re.compile(r"['’]s$")
Entry = tuple[str, ...]
"""The words of an entry, lower case."""


@cache
def english() -> frozenset[Entry]:
    """All entries of the list with their inflections."""
    text = files("voxport.language").joinpath("profanity-en.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return frozenset(
        tuple((stem + ending).split())
        for stem, _, kind in (line.partition("/") for line in lines)
        for ending in _ENDINGS[kind]
    )


def filter_profanity(transcript: Transcript, extra_words: Collection[str] = ()) -> Transcript:
    """Each word of a listed word or phrase becomes `...` and keeps its times; `extra_words` are listed as they stand."""
    listed = english() | {tuple(word.lower().split()) for word in extra_words if word.strip()}
    starts = {entry[0] for entry in listed}
    return replace(transcript, turns=tuple(_filtered(turn, listed, starts) for turn in transcript.turns))


def _filtered(turn: Turn, listed: frozenset[Entry], starts: set[str]) -> Turn:
    spoken = [(index, _plain(word.text)) for index, word in enumerate(turn.words) if word.kind is WordKind.WORD]
    masked = set(_found(spoken, listed, starts, max(map(len, listed))))
    if not masked:
        return turn
    words = (replace(word, text=MASK) if index in masked else word for index, word in enumerate(turn.words))
    return replace(turn, words=tuple(words))


def _found(
    spoken: Sequence[tuple[int, str]], listed: frozenset[Entry], starts: set[str], longest: int
) -> Iterator[int]:
    for at, (_, text) in enumerate(spoken):
        if text not in starts:
            continue
        for length in range(1, longest + 1):
            part = spoken[at : at + length]
            if tuple(word for _, word in part) in listed:
                yield from (index for index, _ in part)


def _plain(text: str) -> str:
    """Lower case, without a possessive: `Bastard's` is listed as `bastard`."""
    return _POSSESSIVE.sub("", text.lower().replace("’", "'"))
