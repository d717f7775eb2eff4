"""Profanity in English: a list of our own with its inflections, and three dots in the place of what is on it.

Whole words only: a place or a name that holds a listed word inside it (Scunthorpe, Dickens) is left alone. What a word
means is not asked: a name that is itself on the list is hidden too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from voxport.core.transcript import Transcript, Turn, WordKind

MASK = "..."
"""What stands for a listed word (docs/contract/v3-results.md section 2)."""
_LONG_PLURAL = re.compile(r"(s|x|z|ch|sh)$")
_PLURAL_IES = re.compile(r"(?<=[^aeiou])y$")
_POSSESSIVE = re.compile(r"'s$")
_STARRED = re.compile(r"[a-z]+\*+[a-z]*")
"""Recognisers write some words with stars themselves: `f***ing`."""
Entry = tuple[str, ...]
"""The words of an entry, as `_plain` writes them."""


@cache
def english() -> frozenset[Entry]:
    """All entries of the list with their inflections."""
    text = files("voxport.language").joinpath("profanity-en.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return frozenset(
        tuple(form.split())
        for stem, _, kind in (line.partition("/") for line in lines)
        for form in _INFLECTIONS[kind](stem)
    )


def filter_profanity(transcript: Transcript, extra_words: Collection[str] = ()) -> Transcript:
    """Each word of a listed word or phrase becomes `...` and keeps its times.

    `extra_words` are words and phrases that are listed as they stand, in any case.
    """
    extra = {tuple(_plain(part) for part in word.split()) for word in extra_words if word.strip()}
    listed: dict[str, set[Entry]] = {}
    for entry in english() | extra:
        listed.setdefault(entry[0], set()).add(entry)
    return replace(transcript, turns=tuple(_filtered(turn, listed) for turn in transcript.turns))


def _filtered(turn: Turn, listed: Mapping[str, Collection[Entry]]) -> Turn:
    spoken = [(index, _plain(word.text)) for index, word in enumerate(turn.words) if word.kind is WordKind.WORD]
    masked = set(_found(spoken, listed))
    if not masked:
        return turn
    words = (replace(word, text=MASK) if index in masked else word for index, word in enumerate(turn.words))
    return replace(turn, words=tuple(words))


def _found(spoken: Sequence[tuple[int, str]], listed: Mapping[str, Collection[Entry]]) -> Iterator[int]:
    for at, (index, text) in enumerate(spoken):
        if _STARRED.fullmatch(text) or ("-" in text and _is_compound(text, listed)):
            yield index
        for entry in listed.get(text, ()):
            part = spoken[at : at + len(entry)]
            if tuple(word for _, word in part) == entry:
                yield from (place for place, _ in part)


def _is_compound(text: str, listed: Mapping[str, Collection[Entry]]) -> bool:
    """`bull-shit` as one word, and `fuck-up` by a part of it."""
    parts = [part for part in text.split("-") if part]
    return any((word,) in listed.get(word, ()) for word in ("".join(parts), *parts))


def _plain(text: str) -> str:
    """Lower case, without a possessive: `Bastard's` is listed as `bastard`."""
    return _POSSESSIVE.sub("", text.lower().replace("’", "'")).rstrip("'")


def _unchanged(stem: str) -> tuple[str, ...]:
    return (stem,)


def _noun(stem: str) -> tuple[str, ...]:
    return stem, _with_s(stem)


def _verb(stem: str) -> tuple[str, ...]:
    return stem, _with_s(stem), *(stem + ending for ending in ("ed", "ing", "in", "er", "ers"))


def _with_s(stem: str) -> str:
    if _PLURAL_IES.search(stem):
        return f"{stem[:-1]}ies"
    return stem + ("es" if _LONG_PLURAL.search(stem) else "s")


def _doubled(stem: str) -> tuple[str, ...]:
    return *_noun(stem), *_verb(stem + stem[-1])[2:]


_INFLECTIONS: dict[str, Callable[[str], tuple[str, ...]]] = {"n": _noun, "v": _verb, "d": _doubled, "a": _unchanged}
