"""Words that may be numbers, however a recogniser bent them: "estresquero", "fincuenta", "distres"."""

from __future__ import annotations

from functools import cache

from voxport.language.numbers.lexicon import Lexicon, bent_lexicon_of, lexicon_of
from voxport.redaction.dialogue.word_lists import word_lists_of

_LEAST_JOINED = 4
"""Letters of the shortest number word that is looked for at the edge of another word."""
_LEAST_BENT = 5
"""Letters of the shortest number word of which one letter may be wrong: shorter ones are like too many words."""


def is_surely_number(word: str, language: str) -> bool:
    """Whether a plain word holds figures, is a number word, or is like one and no other word of the language.

    Nothing is kept of the word: it may be a part of a secret.
    """
    if any(sign.isdecimal() for sign in word):
        return True
    lists = word_lists_of(language)
    if not word or word in lists.everyday:
        return False
    table = bent_lexicon_of(language)
    if word in table.heard_between or word in _number_words(language):
        return True
    return word not in lists.like_numbers and _is_bent(word, language)


def is_heard_for_number(word: str, language: str) -> bool:
    """Whether a plain word is what recognisers write for a digit, though it may be a word of its own: "quiero"."""
    table = bent_lexicon_of(language)
    return word in table.heard_as or word in table.digits


def _is_bent(word: str, language: str) -> bool:
    """Whether a number word stands at an edge of the word, or one letter makes it one; what is bent already does not
    count as one."""
    if len(word) <= _LEAST_JOINED:
        return False
    joined, known = _joined_words(language)
    if word.startswith(joined) or word.endswith(joined):
        return True
    return any(abs(len(word) - len(one)) <= 1 and _differs_by_one(word, one) for one in known)


@cache
def _number_words(language: str) -> frozenset[str]:
    return _words_of(bent_lexicon_of(language))


@cache
def _joined_words(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The number words that are looked for at an edge of another, and those of which one letter may be wrong."""
    words = sorted(_words_of(lexicon_of(language)))
    return tuple(one for one in words if len(one) >= _LEAST_JOINED), tuple(
        one for one in words if len(one) >= _LEAST_BENT
    )


def _words_of(table: Lexicon) -> frozenset[str]:
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
