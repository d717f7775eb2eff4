"""Digits at the edge of a secret that were written as a common word: "for 1 1 1" for 4111, "1 1 1 for".

Between digits such words are read as digits anyway; at an edge they are believed only beside a secret.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from voxport.core.transcript import WordKind
from voxport.language.numbers.lexicon import bent_lexicon_of
from voxport.redaction.detectors.matches import Match, match_of_words
from voxport.redaction.dialogue.lines import Dialogue, Line

_BESIDE_MS = 500
"""A longer pause beside the digits is where a phrase ends. A judgement."""

_LEAST_COMMAS = 2
"""Commas between the digits of a secret that was written with one behind each. A judgement."""
_LEAST_LETTERS, _MOST_LETTERS = 2, 24
"""Letters of the shortest word of a number, and of two of the longest ones."""


def with_misheard(dialogue: Dialogue, secrets: Iterable[Match]) -> list[Match]:
    """The secrets, each with the words at its edges that may be digits of it."""
    return [_widened(dialogue.lines[secret.channel], secret) for secret in secrets]


def _widened(line: Line, secret: Match) -> Match:
    if line.is_keyed:
        return secret
    before, after = secret.words[0] - 1, _following(line, secret)
    words = [*secret.words]
    if before >= 0 and _is_misheard(line, before) and _is_beside(line, before, before + 1):
        words.insert(0, before)
    ends = after + 1 >= len(line.words) or not _is_beside(line, after, after + 1)
    apart = after > secret.words[-1] + 1
    if after < len(line.words) and ends and _is_misheard(line, after) and (apart or _is_beside(line, after - 1, after)):
        words.append(after)
    if len(words) == len(secret.words):
        return secret
    return match_of_words(line, words, secret.digits, secret.tokens)


def _following(line: Line, secret: Match) -> int:
    """The index of the word behind a secret; behind a comma as well where commas stand between its words: "8, 1,
    quero"."""
    after = secret.words[-1] + 1
    commas = sum(line.words[index].text == "," for index in range(secret.words[0], after))
    if commas < _LEAST_COMMAS or after + 1 >= len(line.words) or line.words[after].text != ",":
        return after
    return after + 1 if line.words[after + 1].start_ms - line.words[after - 1].end_ms <= _BESIDE_MS else after


def _is_misheard(line: Line, index: int) -> bool:
    table = bent_lexicon_of(line.language)
    text = line.plain_words[index]
    return text in {*table.heard_as, *table.heard_between} or is_melted(text, line.language)


def is_melted(text: str, language: str) -> bool:
    """Whether a word is two words of numbers that were written as one: "dosquero", "o-double"; the letter between
    may be of both: "cincocho"."""
    table = bent_lexicon_of(language)
    first = {*table.digits, *table.teens, *table.tens, *table.heard_as}
    if "-" in text:
        parts = text.split("-")
        return all(part in first or part in table.zeros or part in table.repeats for part in parts)
    cuts = range(_LEAST_LETTERS, min(len(text), _MOST_LETTERS) - _LEAST_LETTERS + 1)
    return any(text[:cut] in first and (text[cut:] in first or text[cut - 1 :] in first) for cut in cuts)


def _is_beside(line: Line, first: int, second: int) -> bool:
    """Whether two words follow one another in a sentence, without a pause."""
    words = line.words[first : second + 1]
    near = all(later.start_ms - earlier.end_ms <= _BESIDE_MS for earlier, later in pairwise(words))
    return near and all(word.kind is WordKind.WORD for word in words)
