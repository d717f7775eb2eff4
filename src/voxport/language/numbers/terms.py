"""The words around numbers that say what they mean: currencies, months, hours; by language, in plain form."""

from __future__ import annotations

from dataclasses import dataclass, field

from voxport.core.language_code import LanguageCode


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _months(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@dataclass(frozen=True, slots=True)
class Terms:
    """`past` stands before the hour ("half past three"), `past_after` behind it ("tres y media"); in minutes."""

    dollars: frozenset[str] = frozenset()
    cents: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    percent: tuple[str, ...] = ()
    points: frozenset[str] = frozenset()
    dashes: frozenset[str] = frozenset()
    months: tuple[str, ...] = ()
    doubtful_months: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    ordinal_days: bool = True
    year_words: frozenset[str] = frozenset()
    time_words: frozenset[str] = frozenset()
    oclock: frozenset[str] = frozenset()
    past: dict[str, int] = field(default_factory=dict)
    past_words: frozenset[str] = frozenset()
    before_words: frozenset[str] = frozenset()
    past_after: dict[str, int] = field(default_factory=dict)


_ENGLISH = Terms(
    dollars=_set("dollar dollars"),
    cents=_set("cent cents"),
    joins=_set("and"),
    percent=("percent", "per cent"),
    points=_set("point"),
    dashes=_set("dash hyphen"),
    months=_months("january february march april may june july august september october november december"),
    doubtful_months=_set("may march"),
    articles=_set("the"),
    of=_set("of"),
    year_words=_set("in since until year"),
    time_words=_set("at by around until before after about from till"),
    oclock=_set("o'clock oclock"),
    past={"half": 30, "quarter": 15},
    past_words=_set("past after to of till"),
    before_words=_set("to of till"),
)
_SPANISH = Terms(
    dollars=_set("dolar dolares"),
    cents=_set("centavo centavos centimos"),
    joins=_set("y con"),
    percent=("por ciento",),
    points=_set("punto coma"),
    dashes=_set("guion"),
    months=_months(
        "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre"
    ),
    articles=_set("el"),
    of=_set("de"),
    ordinal_days=False,
    year_words=_set("en desde hasta ano de del"),
    time_words=_set("las la"),
    past_after={"media": 30, "cuarto": 15},
)
_TERMS = {"en": _ENGLISH, "es": _SPANISH}


def terms(language: str) -> Terms:
    """The terms of the language of a code; empty for one that is not known."""
    return _TERMS.get(LanguageCode.parse(language).language, Terms())
