"""Figures as they are said: `$45.99`, `3:30`, `14th`, `4111`. English and Spanish."""

from __future__ import annotations

import re
from collections.abc import Callable

from voxport.core.language_code import LanguageCode
from voxport.language.numbers.lexicon import ENGLISH, SPANISH, Lexicon, plain
from voxport.language.numbers.speaking_signs import say_signs


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_EN_UNITS = _words("zero one two three four five six seven eight nine")
_ES_UNITS = _words("cero uno dos tres cuatro cinco seis siete ocho nueve")
_ES_ACCENTS = {"dieciseis": "dieciséis", "veintidos": "veintidós", "veintitres": "veintitrés",
               "veintiseis": "veintiséis"}  # fmt: skip
_PIECES = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+|\d+|[^\W\d_]+(?:['’][^\W\d_]+)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_ORDINAL = re.compile(r"(\d{1,15})(?:st|nd|rd|th)", re.IGNORECASE)
_MONEY = re.compile(r"[$€£]([\d,]{0,20})(?:\.(\d{1,2}))?")
_RANGE = re.compile(r"(\d{1,3})[-–](\d{1,3})")
_SIGNED = re.compile(r"[-−–]([$€£]?\d[\d,]*(?:\.\d+)?%?)")
_LONGEST_NUMBER = 15
"""Digits of the longest figures that are a number; Python refuses to read some thousand."""
_LONGEST_COUNT = 4
"""Digits of the longest plain figures that may be a count."""
_LARGEST_SAID_WHOLE = 2
"""Plain figures of more digits are said one by one, unless they are a year, round, or written with commas."""


def say(text: str, language: str, before: str = "") -> list[str]:
    """The words of a written number; `before` is the word before it, which tells a year from other digits."""
    spanish = LanguageCode.parse(language).language == "es"
    count = _spanish if spanish else _english
    if not spanish and (signs := say_signs(text, say_count)) is not None:
        return signs
    if spanish and (signs := _spanish_signs(text, language)) is not None:
        return signs
    if match := _MONEY.fullmatch(text):
        return _money(match, text[0], spanish, count)
    if text.endswith("%") and (body := text[:-1]) and any(sign.isdecimal() for sign in body):
        return say(body, language, "") + (["por", "ciento"] if spanish else ["percent"])
    if match := _CLOCK.fullmatch(text):
        return _clock(match, spanish, count)
    if (match := _ORDINAL.fullmatch(text)) and not spanish:
        return _ordinal(int(match[1]))
    words: list[str] = []
    for piece in _PIECES.findall(text):
        words += _piece(piece, text, spanish, before) if any(sign.isdecimal() for sign in piece) else [piece]
    return words


def _spanish_signs(text: str, language: str) -> list[str] | None:
    """`48-72` is cuarenta y ocho a setenta y dos, `-$15` menos quince dólares."""
    if (match := _RANGE.fullmatch(text)) and int(match[1]) < int(match[2]):
        return [*_spanish(int(match[1])), "a", *_spanish(int(match[2]))]
    if match := _SIGNED.fullmatch(text):
        return ["menos", *say(match[1], language)]
    return None


def say_count(text: str) -> list[str]:
    """English figures where they are a count: `250` is two hundred fifty."""
    return (
        _english(int(text)) if text.isdecimal() and text[0] != "0" and len(text) <= _LONGEST_COUNT else say(text, "en")
    )


def _piece(piece: str, text: str, spanish: bool, before: str) -> list[str]:
    count = _spanish if spanish else _english
    if "," in piece or "." in piece:
        whole, _, decimals = piece.replace(",", "").partition(".")
        if len(whole) > _LONGEST_NUMBER:
            return _one_by_one(whole + decimals, spanish)
        said = count(int(whole or "0"))
        return said + (["punto" if spanish else "point", *_one_by_one(decimals, spanish)] if decimals else [])
    alone = piece == text.strip("-+#")
    if alone and not spanish and _is_day(piece, before):
        return _ordinal(int(piece))
    if len(piece) > _LONGEST_NUMBER:
        return _one_by_one(piece, spanish)
    value = int(piece)
    if alone and len(piece) == 4 and _YEARS[0] <= value <= _YEARS[1] and _tells_year(before, spanish):
        return count(value) if spanish else _english_year(value)
    round_number = len(piece) <= 4 and value and value % 100 == 0
    if alone and piece[0] != "0" and (len(piece) <= _LARGEST_SAID_WHOLE or round_number):
        return count(value)
    return ["cero" if spanish else "zero"] if piece == "0" else _one_by_one(piece, spanish)


_MONTHS = _words(
    "january february march april may june july august september october november december in since until year"
    " enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre en desde hasta de"
)


_YEARS = (1500, 2099)
"""What four figures behind the name of a month or "in" may be."""


_MONTH_NAMES = frozenset(
    _words("january february April april May June june July july August august September september October october"
           " November november December december January February March")
)  # fmt: skip
"""Not "may" and "march" without their capital: those are something else."""
_LAST_DAY = 31


def _is_day(piece: str, before: str) -> bool:
    """Whether figures are the day of the month that stands before them."""
    return before.strip(".,") in _MONTH_NAMES and len(piece) <= 2 and 1 <= int(piece) <= _LAST_DAY


def _english_year(value: int) -> list[str]:
    """Nineteen eighty-four, nineteen oh five, eighteen hundred, two thousand six."""
    century, rest = divmod(value, 100)
    if 2000 <= value <= 2009:
        return _english(value)
    if rest == 0:
        return [*_english(century), "hundred"]
    return [*_english(century), *(_english(rest) if rest > 9 else ["oh", *_english(rest)])]


def _tells_year(before: str, spanish: bool) -> bool:
    word = plain(before)
    return word in _MONTHS or (word.isdecimal() and len(word) <= 2) or (spanish and word == "del")


def _one_by_one(digits: str, spanish: bool) -> list[str]:
    return [(_ES_UNITS if spanish else _EN_UNITS)[int(sign)] for sign in digits]


def _money(match: re.Match[str], sign: str, spanish: bool, count: Callable[[int], list[str]]) -> list[str]:
    whole, cents = int(match[1].replace(",", "") or "0"), int((match[2] or "0").ljust(2, "0"))
    names = {"$": ("dollar", "dólar", "dólares"), "€": ("euro", "euro", "euros"), "£": ("pound", "libra", "libras")}[
        sign
    ]
    plural = names[0] if names[0] == "euro" and whole == 1 else names[0] + ("" if whole == 1 else "s")
    unit = (names[1] if whole == 1 else names[2]) if spanish else plural
    small = ("centavo" if spanish else "cent") + ("" if cents == 1 else "s")
    words = [*count(whole), unit] if whole or not cents else []
    if cents:
        words += (["con" if spanish else "and"] if words else []) + [*count(cents), small]
    return words


def _clock(match: re.Match[str], spanish: bool, count: Callable[[int], list[str]]) -> list[str]:
    hour, minute = int(match[1]), int(match[2])
    if minute == 0:
        return count(hour) + ([] if spanish else ["o'clock"])
    if minute < 10:
        return [*count(hour), "cero" if spanish else "oh", *count(minute)]
    return count(hour) + count(minute)


def _ordinal(value: int) -> list[str]:
    for name, number in ENGLISH.ordinals.items():
        if number == value:
            return [name]
    if 100 < value < 1000 and value % 100:
        return [*_english(value // 100 * 100), *_ordinal(value % 100)]
    if value >= 100 and value % 100 == 0:
        *said, last = _english(value)
        return [*said, f"{last}th"]
    if value >= 100 or value < 1:
        return _one_by_one(str(value), spanish=False)
    tens = next(name for name, number in ENGLISH.tens.items() if number == value // 10 * 10)
    unit = next(name for name, number in ENGLISH.ordinals.items() if number == value % 10)
    return [f"{tens}-{unit}"]


def _english(value: int) -> list[str]:
    for name, size in (("billion", 1_000_000_000), ("million", 1_000_000), ("thousand", 1000), ("hundred", 100)):
        if value >= size:
            rest = _english(value % size) if value % size else []
            return [*_english(value // size), name, *rest]
    return [_below_hundred(value, ENGLISH)]


def _spanish(value: int) -> list[str]:
    if value >= 1_000_000:
        rest = _spanish(value % 1_000_000) if value % 1_000_000 else []
        return [*_spanish(value // 1_000_000), "millón" if value < 2_000_000 else "millones", *rest]
    if value >= 1000:
        rest = _spanish(value % 1000) if value % 1000 else []
        return [*(_spanish(value // 1000) if value >= 2000 else []), "mil", *rest]
    if value >= 100:
        name = "cien" if value == 100 else "ciento" if value < 200 else _name(SPANISH.hundreds, value // 100 * 100)
        return [name, *(_spanish(value % 100) if value % 100 else [])]
    if value > 30 and value % 10:
        return [_name(SPANISH.tens, value // 10 * 10), "y", _ES_UNITS[value % 10]]
    return [_below_hundred(value, SPANISH)]


def _below_hundred(value: int, table: Lexicon) -> str:
    if value < 10:
        return (_EN_UNITS if table is ENGLISH else _ES_UNITS)[value]
    if value in table.teens.values():
        name = _name(table.teens, value)
        return _ES_ACCENTS.get(name, name)
    tens = _name(table.tens, value // 10 * 10)
    return tens if value % 10 == 0 else f"{tens}-{_EN_UNITS[value % 10]}"


def _name(table: dict[str, int], value: int) -> str:
    return next(name for name, number in table.items() if number == value)
