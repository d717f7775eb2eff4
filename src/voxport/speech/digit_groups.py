"""Digits that were written as one word, `11110927` or `0133-668-U`, apart where they were said apart.

A recogniser joins two answers when nothing but a pause stands between them. Each digit, and each run of letters beside
them, gets its share of its token's time, over the voice in it; what is then said in one breath is joined again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from voxport.core.transcript import Span
from voxport.speech.engine import Token
from voxport.speech.estimated_times import spread
from voxport.speech.word_splitting import DecodedWord

_WORD = re.compile(r"(?=(?:\D*\d){3})[$£€]?[^\W_]+(?:[-.,]+[^\W_]+)*")
"""Letters and figures, of which three or more, with marks between: what two answers may have been written as."""
_AMOUNT = re.compile(
    r"[$£€]\d{1,4}(?:[.,]\d{1,2})?|\d+[.,]\d{1,2}|[$£€]?\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?"
    r"|[$£€]?\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|[$£€]\d+000"
)
"""Sums in the forms of English and of Spanish: they are said in one go."""
_MEASURE = re.compile(r"\d+(?:[.:]\d{1,2})?[a-z]{1,2}(?:\.[a-z])?")
"""Figures with what they count behind them, as an ordinal has: `500mg`, `10.30pm`, `1990s`, `100th`."""
_PART = re.compile(r"[$£€]?(?:\d|[^\W\d_]+)[-.,]*")
"""A figure or a run of letters of such a word, with the sign before it and the marks behind it."""


def is_divisible(word: DecodedWord) -> bool:
    """Whether a word holds three digits or more, with letters, hyphens, dots or commas between them, and is no sum and
    no measure.

    Its tokens have to be known. Two digits are one number word more often than two answers ("10", "27").
    """
    if not word.tokens or _WORD.fullmatch(word.text) is None:
        return False
    return all(form.fullmatch(word.text) is None for form in (_AMOUNT, _MEASURE))


def divide(word: DecodedWord, voice: Sequence[Span]) -> list[DecodedWord]:
    """A word for each digit and run of letters, with the sign before it and the marks behind; any other word as it is.

    Times are on the clock of `voice`.
    """
    if not is_divisible(word):
        return [word]
    signs = [sign for token in word.tokens for sign in _signs(token, voice)]
    texts = _PART.findall(word.text)
    if len(signs) != sum(map(str.isalnum, word.text)):
        return [word]
    parts: list[DecodedWord] = []
    following = iter(signs)
    for text in texts:
        own = tuple(islice(following, sum(map(str.isalnum, text))))
        parts.append(replace(word, text=text, start_ms=own[0].start_ms, end_ms=own[-1].end_ms, mark="", tokens=own))
    return [*parts[:-1], replace(parts[-1], mark=word.mark)]


def joined_text(parts: Iterable[str]) -> str:
    """The parts of one breath as they were written, without a mark at the end."""
    return "".join(parts).rstrip("-.,")


def _signs(token: Token, voice: Sequence[Span]) -> list[Token]:
    """The letters and digits of a token, each with its share of the voice in it; of its time where it holds none."""
    signs = [replace(token, text=sign) for sign in token.text if sign.isalnum()]
    heard = [
        Span(max(span.start_ms, token.start_ms), min(span.end_ms, token.end_ms))
        for span in voice
        if span.start_ms < token.end_ms and span.end_ms > token.start_ms
    ]
    return list(spread(signs, heard or [Span(token.start_ms, token.end_ms)]))
