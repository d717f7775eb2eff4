"""The words of numbers, by language: digits, tens, scales, repeats, what sounds like a digit, what stands between.

The words themselves are data, `lists/lexicon-*.json`: lower case without accents (`plain`). A language without a file
has only written digits.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from importlib.resources import files

from pydantic import TypeAdapter

from voxport.core.language_code import LanguageCode


def plain(text: str) -> str:
    """Lower case, without accents and without the marks around a word: `Dieciséis,` -> `dieciseis`."""
    stripped = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    return "".join(sign for sign in stripped if not unicodedata.combining(sign)).strip(".,?!;:¿¡\"'()[]")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words that numbers are made of in one language."""

    digits: dict[str, str] = field(default_factory=dict)
    zeros: frozenset[str] = frozenset()
    """Letters said for 0 (`oh`)."""
    teens: dict[str, int] = field(default_factory=dict)
    """10 to 19, and what else below a hundred is one word."""
    tens: dict[str, int] = field(default_factory=dict)
    hundreds: dict[str, int] = field(default_factory=dict)
    """Hundreds in one word (`doscientos`)."""
    hundred: frozenset[str] = frozenset()
    """What stands behind how many hundreds there are."""
    scales: dict[str, int] = field(default_factory=dict)
    """1000 and more."""
    repeats: dict[str, int] = field(default_factory=dict)
    """How many times the next digit is meant (`double`)."""
    ordinals: dict[str, int] = field(default_factory=dict)
    heard_as: dict[str, str] = field(default_factory=dict)
    """Digits that recognisers write as another word, believed beside a digit (`ate`)."""
    heard_between: dict[str, str] = field(default_factory=dict)
    """The same, believed only between two digits, since they are the commonest of words (`to`)."""
    bent_teens: dict[str, int] = field(default_factory=dict)
    """What small models write for `teens`, other words among them (`onces`): read where a secret may be, never shown in
    figures."""
    bent_tens: dict[str, int] = field(default_factory=dict)
    """The same for `tens` (`senta`)."""
    bent_between: dict[str, str] = field(default_factory=dict)
    """The same for `heard_between` (`era`)."""
    and_words: frozenset[str] = frozenset()
    """What stands between the parts of one number."""
    tens_need_and: bool = False
    """Whether tens and a digit are one number only with such a word between (`treinta y uno`)."""
    joining_tens: frozenset[str] = frozenset()
    """Tens that hold this word, as recognisers write them: "veinti ocho"."""
    points: frozenset[str] = frozenset()
    """What is said for a decimal point."""
    fillers: frozenset[str] = frozenset()
    """What may stand between the digits of one stretch."""
    corrections: frozenset[str] = frozenset()
    """What takes back digits before it."""
    pronouns: frozenset[str] = frozenset()
    """Numbers that, alone, are more often something else."""


def _read(language: str) -> Lexicon:
    data = files("voxport.language.numbers").joinpath(f"lists/lexicon-{language}.json").read_bytes()
    return TypeAdapter(Lexicon).validate_json(data)


ENGLISH = _read("en")
SPANISH = _read("es")
_NONE = Lexicon()
_LEXICONS = {"en": ENGLISH, "es": SPANISH}


def _with_bent(table: Lexicon) -> Lexicon:
    return replace(
        table,
        teens=table.teens | table.bent_teens,
        tens=table.tens | table.bent_tens,
        heard_between=table.heard_between | table.bent_between,
    )


_BENT = {language: _with_bent(table) for language, table in _LEXICONS.items()}


def lexicon_of(language: str) -> Lexicon:
    """The words of the language of a code (`en-US`); an empty lexicon for one that is not known."""
    return _LEXICONS.get(LanguageCode.parse(language).language, _NONE)


def bent_lexicon_of(language: str) -> Lexicon:
    """The same with the words that small models bend numbers into, which only who looks for secrets believes."""
    return _BENT.get(LanguageCode.parse(language).language, _NONE)


def is_known(language: str) -> bool:
    """Whether number words of that language can be read and written."""
    return lexicon_of(language) is not _NONE
