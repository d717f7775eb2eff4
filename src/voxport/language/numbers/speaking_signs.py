"""Figures with signs as they are said in English: ranges, magnitudes, cents, fractions, degrees, decades, sizes."""

from __future__ import annotations

import re
from collections.abc import Callable

Say = Callable[[str], list[str]]
"""Says figures without such signs, plain ones as a count."""

_RANGE = re.compile(r"(\$?)(\d{1,3}(?:\.\d+)?)(%?)[-–](\$?)(\d{1,3}(?:\.\d+)?)(%?)")
_OFFICE_HOURS = re.compile(r"9[-–]5")
_SIGNED = re.compile(r"[-−–]([$€£].+|\d[\d,]*(?:\.\d+)?%?)")
_CENTS = re.compile(r"(\d{1,2})¢")
_DEGREES = re.compile(r"(\d{1,3}(?:\.\d+)?)°[FC]?")
_RATE = re.compile(r"(.+)/(month|mo|year|yr|week|wk|day|night|hour|hr|person)")
_RATES = {"mo": "month", "yr": "year", "wk": "week", "hr": "hour"}
_DECADE = re.compile(r"(?:(19|20))?'?([2-9]0)['’]?s")
_FRACTION = re.compile(r"(\d{1,2})/(\d{1,3})")
_PRESSURE = re.compile(r"(\d{3})/(\d{2,3})")
_BY = re.compile(r"(\d{1,3})[x×](\d{1,3})")
_FEET = re.compile(r"(\d)['’′](?:(\d{1,2})(?:[\"”″]|'')?)?")
_HASH = re.compile(r"#(\d+)")
_ABBREVIATED = re.compile(r"(\$?)(\d{1,3}(?:\.\d+)?)([KMB])")
_HALF_DAY = re.compile(r"(\d{1,2})(?::(\d{2}))?([ap])\.?m\.?")
_SCALES = {"K": "thousand", "M": "million", "B": "billion"}
_DATE = re.compile(r"0?(\d{1,2})[/.-]0?(\d{1,2})[/.-]((?:19|20)\d\d)")
_VERSION = re.compile(r"\d{1,3}(?:\.\d{1,3}){2}")
_PLUS = re.compile(r"\+(\d+)")
_MONTHS, _DAYS = 12, 31
_PARTS = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 8: "eighth", 10: "tenth"}
_DECADES = {
    "20": "twenties", "30": "thirties", "40": "forties", "50": "fifties", "60": "sixties", "70": "seventies",
    "80": "eighties", "90": "nineties",
}  # fmt: skip


def say_signs(text: str, say: Say) -> list[str] | None:
    """The words of figures with a sign that changes how they are said; None for others."""
    for pattern, words in _FORMS:
        match = pattern.fullmatch(text)
        said = words(match, say) if match is not None else None
        if said is not None:
            return said
    return None


def say_magnitude(text: str, scale: str, say: Say) -> list[str] | None:
    """`$1.2` before "million": one point two million dollars; None for what is no amount."""
    amount = re.fullmatch(r"\$(\d[\d,]*(?:\.\d+)?)", text)
    return None if amount is None else [*say(amount[1]), scale, "dollars"]


def _range(match: re.Match[str], say: Say) -> list[str] | None:
    """ "48-72" grows; "555-12" is two strings of digits."""
    if float(match[2]) >= float(match[5]):
        return None
    first = say(match[1] + match[2] + match[3]) if match[1] == match[4] and match[3] else say(match[1] + match[2])
    return [*first, "to", *say(match[4] + match[5] + match[6])]


def _fraction(match: re.Match[str], say: Say) -> list[str] | None:
    above, below = int(match[1]), int(match[2])
    if above == below or (above, below) == (24, 7):
        return [*say(match[1]), *say(match[2])]
    name = _PARTS.get(below)
    if name is None or not 0 < above < below:
        return [*say(str(above)), *say(str(below))] if _is_day(above, below) else None
    return [*say(match[1]), name if above == 1 else f"{name}s"]


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= _MONTHS and 1 <= day <= _DAYS


def _year(digits: str, say: Say) -> list[str]:
    century, rest = digits[:2], digits[2:]
    if rest == "00" or (century == "20" and rest[0] == "0"):
        return say(digits)
    return [*say(century), *(say(rest) if rest[0] != "0" else ["oh", *say(rest[1])])]


def _between(joint: str, parts: list[list[str]]) -> list[str]:
    return [word for place, part in enumerate(parts) for word in ([joint] if place else []) + part]


def _feet(match: re.Match[str], say: Say) -> list[str]:
    """ "Five foot eleven", as heights are said."""
    if match[2]:
        return [*say(match[1]), "foot", *say(match[2])]
    return [*say(match[1]), "foot" if match[1] == "1" else "feet"]


def _decade(match: re.Match[str], say: Say) -> list[str]:
    return [*(say(match[1]) if match[1] else []), _DECADES[match[2]]]


def _rate(match: re.Match[str], say: Say) -> list[str] | None:
    if not any(sign.isdecimal() for sign in match[1]):
        return None
    unit = _RATES.get(match[2], match[2])
    return [*say(match[1]), "an" if unit == "hour" else "a", unit]


def _abbreviated(match: re.Match[str], say: Say) -> list[str]:
    return [*say(match[2]), _SCALES[match[3]], *(["dollars"] if match[1] else [])]


def _half_day(match: re.Match[str], say: Say) -> list[str]:
    minutes = [] if match[2] in (None, "00") else say(match[2]) if match[2][0] != "0" else ["oh", *say(match[2][1])]
    return [*say(match[1]), *minutes, f"{match[3]}.m."]


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Say], list[str] | None]], ...] = (
    (_OFFICE_HOURS, lambda _match, say: [*say("9"), "to", *say("5")]),
    (_DATE, lambda match, say: [*say(match[1]), *say(match[2]), *_year(match[3], say)]),
    (_VERSION, lambda match, say: _between("point", [say(part) for part in match[0].split(".")])),
    (_PLUS, lambda match, say: ["plus", *say(match[1])]),
    (_RANGE, _range),
    (_SIGNED, lambda match, say: ["minus", *say(match[1])]),
    (_CENTS, lambda match, say: [*say(match[1]), "cent" if match[1] == "1" else "cents"]),
    (
        _DEGREES,
        lambda match, say: [*say(re.sub(r"^0+(?=\d)", "", match[1])), "degree" if match[1] == "1" else "degrees"],
    ),
    (_DECADE, _decade),
    (_FRACTION, _fraction),
    (_PRESSURE, lambda match, say: [*say(match[1]), "over", *say(match[2])]),
    (_BY, lambda match, say: [*say(match[1]), "by", *say(match[2])]),
    (_FEET, _feet),
    (_HASH, lambda match, say: ["number", *say(match[1])]),
    (_ABBREVIATED, _abbreviated),
    (_RATE, _rate),
    (_HALF_DAY, _half_day),
)
