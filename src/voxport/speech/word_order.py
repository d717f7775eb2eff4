"""Words of one channel one after another: none without length, none over another, none outside of its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voxport.core.transcript import Span, Word, WordKind

_DIGIT_LETTERS = 4
"""Letters of an English digit, on average."""


def letters(text: str) -> int:
    """How many letters are said, at least one: `4 please` has ten."""
    return max(1, sum(_DIGIT_LETTERS if sign.isdecimal() else 1 for sign in text if sign.isalnum()))


def follow_one_another(words: Sequence[Word], within: Span, min_word_ms: int) -> list[Word]:
    """Words in the order given, made to follow one another inside `within`, each for at least `min_word_ms`.

    Where there is not so much time, it is shared evenly. Marks stay at the end of the word before them. A word that had
    no length is not measured.
    """
    spoken = [word for word in words if word.kind is WordKind.WORD]
    least_ms = min(min_word_ms, (within.end_ms - within.start_ms) // max(1, len(spoken)))
    times: list[Span] = []
    floor_ms = within.start_ms
    for word in spoken:
        start_ms = max(word.start_ms, floor_ms)
        floor_ms = max(word.end_ms, start_ms + least_ms)
        times.append(Span(start_ms, floor_ms))
    ceiling_ms = within.end_ms
    for place in reversed(range(len(times))):
        end_ms = min(times[place].end_ms, ceiling_ms)
        ceiling_ms = min(times[place].start_ms, end_ms - least_ms)
        times[place] = Span(ceiling_ms, end_ms)
    return _with_times(words, times, within.start_ms)


def _with_times(words: Sequence[Word], times: Sequence[Span], begin_ms: int) -> list[Word]:
    given = iter(times)
    made: list[Word] = []
    last = Word("", begin_ms, begin_ms, 0.0)
    for word in words:
        if word.kind is WordKind.WORD:
            span = next(given)
            measured = word.measured and word.end_ms > word.start_ms
            last = _with(word, span, measured)
            made.append(last)
        else:
            made.append(_with(word, Span(last.end_ms, last.end_ms), word.measured))
    return made


def _with(word: Word, span: Span, measured: bool) -> Word:
    same = (word.start_ms, word.end_ms, word.measured) == (span.start_ms, span.end_ms, measured)
    return word if same else replace(word, start_ms=span.start_ms, end_ms=span.end_ms, measured=measured)
