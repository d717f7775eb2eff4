"""Digits that were written as one word, `11110927`, apart where they were said apart.

A recogniser joins the digits of two answers when nothing but a pause stands between them. Each digit gets its share of
its token's time, over the voice in it; what is then said in one breath is joined again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from voxport.core.transcript import Span
from voxport.speech.engine import Token
from voxport.speech.estimated_times import spread
from voxport.speech.word_splitting import DecodedWord

_DIGITS = re.compile(r"\d[\d-]+\d")


def is_divisible(word: DecodedWord) -> bool:
    """Whether a word is made of three digits or more, with hyphens at most, whose tokens are known.

    Two digits are one number word more often than two answers ("10", "27").
    """
    return bool(word.tokens) and _DIGITS.fullmatch(word.text) is not None


def divide(word: DecodedWord, voice: Sequence[Span]) -> list[DecodedWord]:
    """A word for each digit, with the hyphen behind it; any other word as it is. Times are on the clock of `voice`."""
    if not is_divisible(word):
        return [word]
    signs = [sign for token in word.tokens for sign in _signs(token, voice)]
    texts = re.findall(r"\d-*", word.text)
    if len(signs) != len(texts):
        return [word]
    parts = [
        replace(word, text=text, start_ms=sign.start_ms, end_ms=sign.end_ms, mark="", tokens=(sign,))
        for text, sign in zip(texts, signs, strict=True)
    ]
    return [*parts[:-1], replace(parts[-1], mark=word.mark)]


def joined_text(parts: Iterable[str]) -> str:
    """The digits of one breath as they were written, without a hyphen at the end."""
    return "".join(parts).rstrip("-")


def _signs(token: Token, voice: Sequence[Span]) -> list[Token]:
    """The digits of a token, each with its share of the voice in it; of its time where it holds none."""
    digits = [replace(token, text=sign) for sign in token.text if sign.isdigit()]
    heard = [
        Span(max(span.start_ms, token.start_ms), min(span.end_ms, token.end_ms))
        for span in voice
        if span.start_ms < token.end_ms and span.end_ms > token.start_ms
    ]
    return list(spread(digits, heard or [Span(token.start_ms, token.end_ms)]))
