"""The lists of `lists/`, read once: the phrases that announce digits, and the words that stand beside digits.

`phrases-LANGUAGE.json` is a list of rows in order of rank, each a topic and its patterns. A pattern is a regular
expression, or an object: `one_of` words between `before` and `after`, a `pattern`; `not_after` words that must not
stand right before it, `not_before` words that must not follow. `words-LANGUAGE.json` and `words-any.json` are lists of
words by their use, `given-names.json` names. Everything is in plain text: lower case, no accents.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TypeAlias

_PatternObject: TypeAlias = dict[str, str | list[str]]
_Row: TypeAlias = dict[str, str | list[str | _PatternObject]]
LANGUAGES = frozenset({"en", "es"})
"""Languages that have lists."""


class Topic(StrEnum):
    """What the digits after a phrase are."""

    CARD = "card"
    """The number of a payment card."""
    CARD_NAMED = "card_named"
    """A card or paying is spoken of, but not the number of a card."""
    PART = "part"
    """A part of some number: "the last four", "ending in"."""
    EXPIRY = "expiry"
    """The expiry date of a card."""
    EXPIRY_NAMED = "expiry_named"
    """Something expires, of which only a call about a card says that it is one."""
    CODE = "code"
    """The security code of a card."""
    CODE_NAMED = "code_named"
    """Some code, of which only a call about a card says that it is that of a card."""
    SOCIAL = "social"
    """A social security number."""
    ORDINARY = "ordinary"
    """Something that is no secret: a phone number, a zip code, an order."""
    ACCOUNT = "account"
    """The number of an account or a member, which is what some people call the number of a card."""
    DOCUMENT = "document"
    """Something other than a card that has a number and expires: a passport, a licence, a warranty."""
    SHORT = "short"
    """A date of birth or an address: ordinary, and of no more than eight digits."""
    AMOUNT = "amount"
    """A sum of money or a measure: said of short numbers only."""
    READY = "ready"
    """The other side may dictate now; of what, was said before or not understood."""
    NONE = "none"
    """Sounds like one of the others and says nothing about digits: "on your phone now". It makes no cue."""
    ORDINARY_NAMED = "ordinary_named"
    """Named in passing, as "order" or "call"; an announced card outweighs it."""


ORDINARY_TOPICS = (Topic.ORDINARY, Topic.ACCOUNT, Topic.DOCUMENT, Topic.SHORT)
"""What may be asked for that is no secret of a card and no social security number."""


@dataclass(frozen=True, slots=True)
class WordLists:
    """The words of one language that stand beside digits; empty for a language without lists."""

    months: frozenset[str] = field(default=frozenset())
    """Names of months: beside digits they make a date, and in an expiry date they are part of the secret."""
    date_words: frozenset[str] = field(default=frozenset())
    """What the parts of an expiry date are called: beside its digits they are part of the secret."""
    units: frozenset[str] = field(default=frozenset())
    """What is counted: digits right before such a word are an amount and no part of a secret."""
    behind_sums: frozenset[str] = field(default=frozenset())
    """Phrases behind digits that say that they are to be paid: "left to pay"."""
    counters: frozenset[str] = field(default=frozenset())
    """Words before a count of digits: "the last four"."""
    counted: frozenset[str] = field(default=frozenset())
    """Words after a count of digits: "three digit", "sixteen numbers"."""
    lone_counted: frozenset[str] = field(default=frozenset())
    """What stands behind a figure by itself that counts digits: "three on the back"."""
    articles: frozenset[str] = field(default=frozenset())
    """Before a figure at the end of a sentence that counts digits: "and the three"."""
    streets: frozenset[str] = field(default=frozenset())
    """Words shortly after the number of a house."""
    flats: frozenset[str] = field(default=frozenset())
    """Words right before the number of a part of a house."""
    telephones: frozenset[str] = field(default=frozenset())
    """Words of a question that asks for a telephone number and for no other: "number" alone asks for any."""
    promises: frozenset[str] = field(default=frozenset())
    """Words right before what their speaker will give himself: "I'll give you the"."""
    sum_words: frozenset[str] = field(default=frozenset())
    """Beside what is to be paid."""
    part_words: frozenset[str] = field(default=frozenset())
    """Beside digits that are a part of a number: "the middle is 65"."""
    refusals: frozenset[str] = field(default=frozenset())
    """By which somebody says that he has nothing to answer: "I don't have that"."""
    everyday: frozenset[str] = field(default=frozenset())
    """Words that everybody says in any call: an answer of these alone tells nothing of a person."""
    like_numbers: frozenset[str] = field(default=frozenset())
    """Words of the language that are like number words and are none: "renta", "height". Picked by hand among the
    commoner words that were taken for bent numbers."""


@dataclass(frozen=True, slots=True)
class CommonWords:
    """Words that mean the same beside digits in whatever language the call is held."""

    nods: frozenset[str]
    """What is said while the other side dictates, and asks nothing."""
    forms_of_be: frozenset[str]
    """Between digits and what they are: "4111 ... is my card number"."""
    weak_units: frozenset[str]
    """Units that stand behind any digits too: they make no amount of digits that were asked for."""
    year_words: frozenset[str]
    """Right before a year."""
    before_of_year: frozenset[str]
    """Before "of" and a year: "the class of 1986"."""
    clock_words: frozenset[str]
    """Right before a time of day that is written as one (`3:30`)."""
    time_words: frozenset[str]
    """Right before a time of day that is written as a number (`330`)."""
    sure_time_words: frozenset[str]
    """Those that are no digit which was misheard, as "at" is an eight."""
    at_words: frozenset[str]
    """For the `@` of an e-mail address."""
    joined_at_words: frozenset[str]
    """Those that are heard as a part of a word, "dosarroba"; no word of its own ends in one."""
    split_at_words: frozenset[str]
    """Those that are heard as two, "a roba"."""
    taken_back: frozenset[str]
    """Behind what is asked for no more: "and the zip, never mind"."""
    dot_words: frozenset[str]
    """For the dot of its domain."""
    before_sums: frozenset[str]
    """Right before what is to be paid."""
    behind_hours: frozenset[str]
    """Two words behind the hour of a time of day."""
    percents: frozenset[str]
    """Two words behind a percentage."""
    before_ages: frozenset[str]
    """Right before how old somebody is."""
    before_telephones: frozenset[str]
    """Right before a telephone number."""
    currencies: frozenset[str]
    """Behind whole sums of money."""
    before_cents: frozenset[str]
    """Between such a word and cents: "56 euros con 50"."""
    press_words: frozenset[str]
    """Right before the key of a choice in a menu, "press one"."""
    between_month_and_year: frozenset[str]
    """Between the month of an expiry date and its year, "five of thirty three"."""


@dataclass(frozen=True, slots=True)
class GivenNames:
    """Given names of people in the United States, Britain, Ireland, India, Spain and Latin America, in plain text.

    They are those of at least four in 100 000 people of the census of the United States of 1990, in the public domain,
    as the package names 0.3.0 (MIT) holds them, those of Faker 40 (MIT), and some of other countries. Taken out were
    towns of more than 15 000 people, by GeoNames (CC BY 4.0), months, brands and other words, by the lexicon of misaki
    (Apache-2.0) and by hand.
    """

    names: frozenset[str]
    """Names that are nothing else, however they are written."""
    written_alike: frozenset[str]
    """Names that are a word, too, which nobody writes with a capital: "jean"."""
    words: frozenset[str]
    """Names that are words or towns, too, which stand with a capital: "Grace"."""


@dataclass(frozen=True, slots=True)
class TopicPattern:
    """The phrases of one row of a table, compiled."""

    topic: Topic
    """What a phrase of the row is about."""
    pattern: re.Pattern[str]
    """Finds any phrase of the row in plain text."""


@cache
def word_lists_of(language: str) -> WordLists:
    """The lists of a language, given as the first part of its code."""
    if language not in LANGUAGES:
        return WordLists()
    lists = _word_sets(f"words-{language}.json")
    return WordLists(**lists)


@cache
def common_words() -> CommonWords:
    """The lists that hold for every language."""
    return CommonWords(**_word_sets("words-any.json"))


@cache
def given_names() -> GivenNames:
    """The given names of every language."""
    return GivenNames(**_word_sets("given-names.json"))


@cache
def topic_patterns(language: str) -> tuple[TopicPattern, ...]:
    """The phrases of a language, the more definite ones first; none for a language without lists."""
    if language not in LANGUAGES:
        return ()
    rows: list[_Row] = json.loads(_text(f"phrases-{language}.json"))
    return tuple(_topic_pattern(row) for row in rows)


def _topic_pattern(row: _Row) -> TopicPattern:
    alternatives = "|".join(map(_expression, row["patterns"]))
    return TopicPattern(Topic(str(row["topic"])), re.compile(rf"(?<![\w'])(?:{alternatives})(?!\w)"))


def _expression(written: str | _PatternObject) -> str:
    if isinstance(written, str):
        return written
    expression = "".join(f"(?<!{words} )" for words in written.get("not_after", ()))
    if "one_of" in written:
        expression += f"{written.get('before', '')}(?:{'|'.join(written['one_of'])}){written.get('after', '')}"
    else:
        expression += str(written["pattern"])
    if "not_before" in written:
        expression += f"(?! (?:{'|'.join(written['not_before'])}))"
    return expression


def _word_sets(name: str) -> dict[str, frozenset[str]]:
    lists: dict[str, list[str]] = json.loads(_text(name))
    return {use: frozenset(words) for use, words in lists.items()}


def _text(name: str) -> str:
    return files("voxport.redaction.dialogue").joinpath(f"lists/{name}").read_text("utf-8")
