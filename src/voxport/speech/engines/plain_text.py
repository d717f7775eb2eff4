"""Tokens of text that came without any: what stands between spaces, or each sign where a language has no spaces."""

from __future__ import annotations

import re

from voxport.speech.engine import UNKNOWN_PROBABILITY, Token
from voxport.speech.word_splitting import SPACELESS

_WORD = re.compile(r"\s*\S+")
_SIGN = re.compile(r"\s*\S")


def text_units(text: str, language: str) -> list[str]:
    """The units with the spaces before them; joined they are `text`, up to spaces at its end."""
    return (_SIGN if language in SPACELESS else _WORD).findall(text)


def untimed_tokens(text: str, language: str, probability: float = UNKNOWN_PROBABILITY) -> tuple[Token, ...]:
    """A token without a time for each unit."""
    return tuple(Token(unit, 0, 0, probability, measured=False) for unit in text_units(text, language))
