"""The words around numbers that say what they mean: currencies, months, hours; by language, in plain form.

The words themselves are data, `lists/terms-*.json`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files

from pydantic import TypeAdapter

from voxport.core.language_code import LanguageCode


@dataclass(frozen=True, slots=True)
class Terms:
    """The words around numbers in one language."""

    dollars: frozenset[str] = frozenset()
    cents: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    """What stands between dollars and cents."""
    percent: tuple[str, ...] = ()
    """Phrases of one or two words."""
    points: frozenset[str] = frozenset()
    """What is said for a decimal point."""
    dashes: frozenset[str] = frozenset()
    """What is said between the groups of a phone number."""
    months: tuple[str, ...] = ()
    """In order of the year."""
    doubtful_months: frozenset[str] = frozenset()
    """Those that are common words too (`may`)."""
    articles: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    """What stands between a day and its month."""
    ordinal_days: bool = True
    """Whether a day before its month has to be an ordinal (`the ninth of March`)."""
    year_words: frozenset[str] = frozenset()
    """What a year stands behind (`since`)."""
    time_words: frozenset[str] = frozenset()
    """What a time of day stands behind (`at`)."""
    oclock: frozenset[str] = frozenset()
    past: dict[str, int] = field(default_factory=dict)
    """Minutes of a word before the hour (`half past three`)."""
    past_words: frozenset[str] = frozenset()
    """What stands between such a word, or minutes, and the hour."""
    before_words: frozenset[str] = frozenset()
    """Those of `past_words` that count towards the hour (`to`)."""
    past_after: dict[str, int] = field(default_factory=dict)
    """Minutes of a word behind the hour (`tres y media`)."""
    parts_of_day: frozenset[str] = frozenset()
    """What a time of day stands before (`in the morning`)."""
    amount_articles: frozenset[str] = frozenset()
    """What stands for one before a hundred, a thousand or a dollar (`a`)."""
    vague_counts: frozenset[str] = frozenset()
    """What stands before a hundred or a thousand that is no number (`a few thousand`)."""
    price_words: frozenset[str] = frozenset()
    """What announces a price (`the total is`)."""
    price_links: frozenset[str] = frozenset()
    """What stands between such a word and the price."""
    cost_words: frozenset[str] = frozenset()
    """What a price stands right behind (`it costs`)."""
    rates: frozenset[str] = frozenset()
    """What a price is for (`a month`)."""
    bills: frozenset[str] = frozenset()
    """What makes the number before it the name of a thing (`one twenty dollar bill`)."""
    fixed: dict[str, str] = field(default_factory=dict)
    """What is written in a form of its own (`twenty four seven`)."""
    numbered: frozenset[str] = frozenset()
    """What has a number that is none to call (`order`)."""
    streets: frozenset[str] = frozenset()
    """What a street is called behind its name (`Baker Street`)."""
    decades: dict[str, int] = field(default_factory=dict)
    """Years of a century by their name (`eighties`)."""
    ranges: frozenset[str] = frozenset()
    """What stands between two numbers that share what is said behind the second (`two or three hundred`)."""
    plus: frozenset[str] = frozenset()
    """What is said before the number of a country."""
    price_phrases: frozenset[str] = frozenset()
    """Two words that a price of two parts stands right behind (`it was`)."""
    phones: frozenset[str] = frozenset()
    """What is called (`phone`)."""


def _read(language: str) -> Terms:
    data = files("voxport.language.numbers").joinpath(f"lists/terms-{language}.json").read_bytes()
    return TypeAdapter(Terms).validate_json(data)


_NONE = Terms()
_TERMS = {language: _read(language) for language in ("en", "es")}


def terms_of(language: str) -> Terms:
    """The terms of the language of a code (`en-US`); empty for one that is not known."""
    return _TERMS.get(LanguageCode.parse(language).language, _NONE)
