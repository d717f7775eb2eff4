"""Dates and times of day in a turn, put together from what the reader of numbers found beside names of days and months.

`Tuesday the ninth`, `March 14`, `June eleventh, nineteen eighty six`, `February`, `since 2019`, `at three thirty`; in
Spanish `el martes 9 de marzo`. A length of time ("two weeks") is no date, "today" neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from voxport.analytics.call_text import TurnText
from voxport.core.language_code import LanguageCode
from voxport.core.transcript import WordKind
from voxport.language.numbers import Kind, Quantity
from voxport.language.numbers.lexicon import plain
from voxport.language.numbers.terms import terms_of

_DAYS = {
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "es": ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"),
}
_LINKS = {"en": frozenset({"the", "of"}), "es": frozenset({"el", "de", "del"})}
_RELATIVE = {"en": frozenset({"tomorrow", "yesterday"}), "es": frozenset({"ayer"})}
_FIXED_TIMES = {"noon": "12:00 p.m.", "midnight": "12:00 a.m.", "mediodia": "12:00 p.m.", "medianoche": "12:00 a.m."}
_BEFORE_DAY = frozenset({"on", "by", "until", "before", "since", "after"})
_SEASONS = frozenset({"spring", "summer", "fall", "autumn", "winter", "year", "end", "beginning", "middle"})
_ORDINAL_DAY = re.compile(r"(?:[12]?\d|3[01])(?:st|nd|rd|th)")
_WRITTEN_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|(?:0[1-9]|1[0-2])/\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CLOCK = re.compile(r"(1[0-2]|[1-9]):?([0-5][05])")
_DOTTED_CLOCK = re.compile(r"(?:1[0-2]|[1-9])\.[0-5]\d")
_AFTER_TIME = frozenset({
    "a", "p", "am", "pm", "in", "on", "at", "and", "but", "or", "for", "to", "when", "so", "every", "this", "that",
    "today", "tonight", "tomorrow", "yesterday", "with", "if", "then", "i", "we", "is", "was", "because", "please",
    "okay", "sharp", "eastern", "central", "pacific",
})  # fmt: skip
_WRITTEN_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d(?:[ap]\.?m\.?)?")
_SPOKEN_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
_SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True, slots=True)
class Dated:
    """Words of a turn that are a date or a time of day."""

    first: int
    """Index of its first word in the turn."""
    last: int
    """Index of its last word in the turn."""
    formatted: str
    """As one would write it."""


@dataclass(frozen=True, slots=True)
class _Part:
    first: int
    last: int
    kind: str
    value: str


def read_dates(turn: TurnText, quantities: Sequence[Quantity], language: str) -> list[Dated]:
    """Neighbouring days, months, numbers of days and years as one date each."""
    code = LanguageCode.parse(language).language
    if code not in _DAYS:
        return []
    parts = _parts(turn, quantities, language, code)
    dates: list[list[_Part]] = []
    for part in parts:
        last = dates[-1] if dates else []
        if last and _follows(turn, last, part, code):
            last.append(part)
        else:
            dates.append([part])
    return [
        Dated(date[0].first, date[-1].last, _written(date, code))
        for date in dates
        if any(part.kind in ("weekday", "month", "year", "whole", "relative") for part in date)
    ]


def _parts(turn: TurnText, quantities: Sequence[Quantity], language: str, code: str) -> list[_Part]:
    by_first = {quantity.words[0]: quantity for quantity in quantities}
    months = terms_of(language).months
    parts: list[_Part] = []
    for index, word in enumerate(turn.words):
        text = plain(word.text)
        before = parts[-1].kind if parts and _near(turn, parts[-1].last, index, code) else ""
        quantity = by_first.get(index)
        if word.kind is not WordKind.WORD:
            continue
        if text in _DAYS[code]:
            parts.append(_Part(index, index, "weekday", text.capitalize() if code == "en" else text))
        elif text in months and (text not in ("may", "march") or _is_month(turn, index, by_first)):
            parts.append(_Part(index, index, "month", text.capitalize() if code == "en" else text))
        elif quantity is not None and quantity.kind in (Kind.DAY, Kind.YEAR):
            parts.append(_Part(*quantity.words, quantity.kind.value, quantity.value))
        elif before in ("weekday", "month") and (day := _day(text, quantity)):
            parts.append(_Part(index, quantity.words[1] if quantity else index, "day", day))
        elif (before in ("day", "month") and _YEAR.fullmatch(text)) or (
            _YEAR.fullmatch(text) and _of_season(turn, index)
        ):
            parts.append(_Part(index, index, "year", text))
        elif _lone_day(turn, index, quantity):
            parts.append(_Part(index, quantity.words[1] if quantity else index, "whole", _day(text, quantity) or text))
        elif _WRITTEN_DATE.fullmatch(text):
            parts.append(_Part(index, index, "whole", text))
        elif text in _RELATIVE[code]:
            parts.append(_Part(index, index, "relative", text))
    return parts


def _lone_day(turn: TurnText, index: int, quantity: Quantity | None) -> bool:
    """ "Due on the 22nd", where nothing follows that it numbers ("on the 22nd floor")."""
    before = [plain(word.text) for word in turn.words[max(0, index - 2) : index]]
    ordinal = (quantity is not None and quantity.kind is Kind.ORDINAL) or _ORDINAL_DAY.fullmatch(
        plain(turn.words[index].text)
    )
    last = quantity.words[1] if quantity is not None else index
    return bool(ordinal and before[-1:] == ["the"] and before[0] in _BEFORE_DAY and _ends_time(turn, last))


def _of_season(turn: TurnText, index: int) -> bool:
    """ "The summer of 2019"."""
    before = [plain(word.text) for word in turn.words[max(0, index - 2) : index]]
    return before[-1:] == ["of"] and before[0] in _SEASONS


def _is_month(turn: TurnText, index: int, by_first: dict[int, Quantity]) -> bool:
    """ "May" and "March" with a capital inside a sentence, or with a day behind them."""
    after = by_first.get(index + 1) or by_first.get(index + 2)
    days = [plain(word.text) for word in turn.words[max(0, index - 2) : index]]
    if after is not None and (after.kind is Kind.DAY or any(day in _DAYS["en"] for day in days)):
        return True
    inside = index > 0 and turn.words[index - 1].kind is WordKind.WORD
    return inside and turn.capital(index)


def _day(text: str, quantity: Quantity | None) -> str | None:
    if quantity is not None and quantity.kind is Kind.ORDINAL:
        return quantity.value
    if text in _SPOKEN_ORDINALS:
        day = _SPOKEN_ORDINALS[text]
        return f"{day}{_SUFFIXES.get(day, 'th')}"
    return (
        text if _ORDINAL_DAY.fullmatch(text) or (text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 31) else None
    )


def _near(turn: TurnText, last: int, first: int, code: str) -> bool:
    """Whether nothing but a comma and a small word stands between."""
    between = [word.text.lower() for word in turn.words[last + 1 : first]]
    return len(between) <= 2 and all(text == "," or text in _LINKS[code] for text in between)


def _follows(turn: TurnText, date: list[_Part], part: _Part, code: str) -> bool:
    kinds = {known.kind for known in date}
    new = part.kind not in kinds and not kinds & {"whole", "relative"} and part.kind not in ("whole", "relative")
    return new and part.kind != "weekday" and _near(turn, date[-1].last, part.first, code)


def _written(date: list[_Part], code: str) -> str:
    """English with a month as weekday, month, day, year (`Friday, December 16, 2019`); else as it was said."""
    by_kind = {part.kind: part.value for part in date}
    if code == "en" and "month" in by_kind and len(by_kind) == len(date):
        day = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", by_kind.get("day", ""))
        month = f"{by_kind['month']} {day}".strip()
        return ", ".join(text for text in (by_kind.get("weekday"), month, by_kind.get("year")) if text)
    text = date[0].value
    for before, part in pairwise(date):
        if code == "es":
            joined = " " if before.kind == "weekday" else " de "
        else:
            joined = " the " if before.kind == "weekday" else " "
        text += joined + part.value
    return text


def read_times(turn: TurnText, quantities: Sequence[Quantity], language: str) -> list[Dated]:
    """Times of day. "At 330" is half past three where the word before announces a time."""
    announcing = terms_of(language).time_words - {"about", "around", "from"}
    found = [_with_half_day(turn, *one.words, one.value) for one in quantities if one.kind is Kind.TIME]
    for index, word in enumerate(turn.words):
        text = plain(word.text)
        clock = _CLOCK.fullmatch(text)
        announced = index > 0 and plain(turn.words[index - 1].text) in announcing
        if word.kind is not WordKind.WORD:
            continue
        if text in _FIXED_TIMES:
            found.append(Dated(index, index, _FIXED_TIMES[text]))
        elif _WRITTEN_CLOCK.fullmatch(text):
            found.append(_with_half_day(turn, index, index, text))
        elif announced and _DOTTED_CLOCK.fullmatch(text) and _ends_time(turn, index):
            found.append(_with_half_day(turn, index, index, text.replace(".", ":")))
        elif clock and announced and clock[2] != "00" and _ends_time(turn, index):
            found.append(_with_half_day(turn, index, index, f"{clock[1]}:{clock[2]}"))
    return found


def _ends_time(turn: TurnText, index: int) -> bool:
    """Whether nothing follows that the figures count or number: "at 350 degrees", "at 125 Maple Street"."""
    after = turn.words[index + 1] if index + 1 < len(turn.words) else None
    return after is None or after.kind is not WordKind.WORD or plain(after.text) in _AFTER_TIME


def _with_half_day(turn: TurnText, first: int, last: int, value: str) -> Dated:
    """With "a.m." or "p m" behind it."""
    after = [plain(word.text).replace(".", "") for word in turn.words[last + 1 : last + 3]]
    if after and after[0] in ("am", "pm"):
        return Dated(first, last + 1, f"{value} {after[0][0]}.m.")
    if len(after) == 2 and after[0] in ("a", "p") and after[1] == "m":
        return Dated(first, last + 2, f"{value} {after[0]}.m.")
    return Dated(first, last, value)
