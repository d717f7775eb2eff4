"""Words that may be numbers, however a recogniser bent them: "estresquero", "fincuenta", "distres"."""

from __future__ import annotations

from functools import cache

from voxport.language.numbers.lexicon import Lexicon, lexicon_of
from voxport.redaction.dialogue.word_lists import word_lists_of

_LEAST_JOINED = 4
"""Letters of the shortest number word that is looked for at the edge of another word."""
_LEAST_BENT = 5
"""Letters of the shortest number word of which one letter may be wrong: shorter ones are like too many words."""


@cache
def is_surely_number(word: str, language: str) -> bool:
    """Whether a plain word holds figures, is a number word, or is like one and no word that everybody says."""
    table = lexicon_of(language)
    if any(sign.isdecimal() for sign in word):
        return True
    if word in word_lists_of(language).everyday or not word:
        return False
    return word in _number_words(table) or word in table.heard_between or _is_bent(word, table)


def is_heard_for_number(word: str, language: str) -> bool:
    """Whether a plain word is what recognisers write for a digit, though it may be a word of its own: "quiero"."""
    table = lexicon_of(language)
    return word in table.heard_as or word in table.digits


def _is_bent(word: str, table: Lexicon) -> bool:
    long = (one for one in _number_words(table) if len(one) >= _LEAST_JOINED and len(word) > _LEAST_JOINED)
    return any(
        word.startswith(one) or word.endswith(one) or (len(one) >= _LEAST_BENT and _differs_by_one(word, one))
        for one in long
    )


def _number_words(table: Lexicon) -> frozenset[str]:
    tables = (table.digits, table.teens, table.tens, table.hundreds, table.heard_as)
    return frozenset(word for words in tables for word in words) - table.pronouns


def _differs_by_one(one: str, other: str) -> bool:
    """Whether one letter makes two words the same: another one, one more or one less."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    same = next((place for place, sign in enumerate(shorter) if sign != longer[place]), len(shorter))
    rest = shorter[same + 1 :] if len(shorter) == len(longer) else shorter[same:]
    return rest == longer[same + 1 :]
