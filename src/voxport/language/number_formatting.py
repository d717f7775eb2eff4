"""Numbers as people write them (`enableNumberFormatting`), or as they say them where it is turned off.

Works on the words of one turn and keeps time: a number made of several words lasts from the first to the last, a number
taken apart shares its time among its words. Words that stand for something hidden are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from voxport.core.language_code import LanguageCode
from voxport.core.transcript import Word, WordKind
from voxport.language.numbers.lexicon import is_known
from voxport.language.numbers.quantities import Kind, Quantity, read_quantities
from voxport.language.numbers.speaking import say, say_count
from voxport.language.numbers.speaking_signs import say_magnitude

_MAGNITUDES = {
    "en": frozenset({"thousand", "million", "billion", "trillion"}),
    "es": frozenset({"millón", "millones"}),
}
_DOLLARS = re.compile(r"\$(\d[\d,]*(?:\.\d+)?)")
_HOURS_FOLLOW = frozenset({"from", "between", "open", "hours"})
_HOURS = re.compile(r"(1[0-2]|[1-9])(?::?([0-5]\d))?[-–](1[0-2]|[1-9])(?::?([0-5]\d))?")
_LEAST_WITH_COMMA = 10_000
"""Smaller numbers may be years and codes, which have no comma."""


def format_numbers(words: Sequence[Word], language: str) -> tuple[Word, ...]:
    """Amounts (`$45.99`), percentages, dates (`March 3, 1984`), times (`3:30 p.m.`) and numbers from ten up in figures.

    A US phone number becomes one word, `617-555-0142`. English and Spanish; other languages come back as they are.
    """
    if not is_known(language):
        return tuple(words)
    if LanguageCode.parse(language).language == "en":
        words = list(_hours_apart(words))
    written: list[Word] = []
    done = 0
    for quantity in read_quantities(words, language):
        first, last = quantity.words
        written.extend(words[done:first])
        written.extend(_written(quantity, words, written))
        done = last + 1
    written.extend(words[done:])
    return _half_days(written)


def spell_numbers(words: Sequence[Word], language: str) -> tuple[Word, ...]:
    """Figures as words, each with its share of the time: `$45.99` is "forty-five dollars and ninety-nine cents".

    Long numbers and phone numbers are said digit by digit. English and Spanish; others come back as they are.
    """
    if not is_known(language):
        return tuple(words)
    if LanguageCode.parse(language).language == "en":
        words = list(_hours_apart(words))
    spelled: list[Word] = []
    done = -1
    for index, word in enumerate(words):
        if index <= done:
            continue
        if magnitude := _magnitude(words[index : index + 2], language):
            spelled.extend(_divided(_joined(words[index : index + 2], ""), magnitude))
            done = index + 1
        elif (
            word.kind is WordKind.PUNCTUATION or not any(sign.isdecimal() for sign in word.text) or word.text[0] == "["
        ):
            spelled.append(word)
        else:
            before = next((w.text for w in reversed(words[:index]) if w.kind is WordKind.WORD), "")
            spelled.extend(_divided(word, say(word.text, language, before)))
    return tuple(spelled)


def _hours_apart(words: Sequence[Word]) -> Iterator[Word]:
    """Hours that a recogniser wrote together, as it does behind "from": `9-530` is 9 to 5:30."""
    before = ""
    for word in words:
        match = _HOURS.fullmatch(word.text) if before in _HOURS_FOLLOW else None
        if match is None:
            yield word
        else:
            first, last = (
                hour + (f":{minute}" if minute else "") for hour, minute in (match.group(1, 2), match.group(3, 4))
            )
            yield from _divided(word, [first, "to", last])
        before = word.text.lower()


def _magnitude(pair: Sequence[Word], language: str) -> list[str] | None:
    """The words of `$1.2` and "million" together; None for other pairs."""
    code = LanguageCode.parse(language).language
    if len(pair) < 2 or pair[1].text.lower() not in _MAGNITUDES.get(code, ()):
        return None
    scale = pair[1].text.lower()
    if code == "en":
        return say_magnitude(pair[0].text, scale, say_count)
    amount = _DOLLARS.fullmatch(pair[0].text)
    return [*say(amount[1], language), scale, "de", "dólares"] if amount else None


def _has_figures(word: Word) -> bool:
    """Whether it is to be said; what stands for something hidden is not."""
    return word.text[0] != "[" and any(sign.isdecimal() for sign in word.text)


def _divided(word: Word, parts: Sequence[str]) -> Iterator[Word]:
    """The word as several, by their letters."""
    ends = list(accumulate(max(1, len(part)) for part in parts))
    step_ms = (word.end_ms - word.start_ms) / ends[-1]
    for part, before, after in zip(parts, [0, *ends], ends, strict=False):
        yield replace(
            word,
            text=part,
            start_ms=round(word.start_ms + step_ms * before),
            end_ms=round(word.start_ms + step_ms * after),
        )


def _written(quantity: Quantity, words: Sequence[Word], before: Sequence[Word]) -> list[Word]:
    first, last = quantity.words
    own = [word for word in words[first : last + 1] if word.kind is WordKind.WORD]
    if not quantity.spoken and (len(own) == 1 or quantity.kind not in _REWRITTEN):
        return list(words[first : last + 1])
    joined = _joined(own, _text(quantity))
    if quantity.kind is Kind.YEAR and before and before[-1].kind is WordKind.WORD and before[-1].text.isdecimal():
        end_ms = before[-1].end_ms
        return [Word(",", end_ms, end_ms, 0.0, WordKind.PUNCTUATION), joined]
    return [joined]


def _joined(words: Sequence[Word], text: str) -> Word:
    """One word that lasts as long as all of them."""
    return Word(
        text,
        words[0].start_ms,
        max(word.end_ms for word in words),
        sum(word.confidence for word in words) / len(words),
        measured=all(word.measured for word in words),
    )


_REWRITTEN = (Kind.PHONE, Kind.MONEY, Kind.PERCENT)


def _text(quantity: Quantity) -> str:
    value = quantity.value
    match quantity.kind:
        case Kind.PHONE | Kind.TIME | Kind.YEAR | Kind.DIGITS | Kind.CARDINAL if quantity.written:
            return quantity.written
        case Kind.PHONE:
            country = "1-" if len(value) == 11 else ""
            local = value[-10:]
            return f"{country}{local[:3]}-{local[3:6]}-{local[6:]}" if len(local) == 10 else f"{local[:3]}-{local[3:]}"
        case Kind.MONEY:
            if quantity.written:
                return f"${quantity.written}"
            whole, _, cents = value.partition(".")
            return f"${int(whole):,}" + (f".{cents}" if cents else "")
        case Kind.PERCENT:
            return f"{value}%"
        case Kind.CARDINAL:
            return _large(int(value))
        case _:
            return value


def _large(value: int) -> str:
    """`12`, `2005`, `12,500`, `3 million` would be two words: `3,000,000`."""
    return f"{value:,}" if value >= _LEAST_WITH_COMMA else str(value)


def _half_days(words: Sequence[Word]) -> tuple[Word, ...]:
    """ "p m" behind a time as one word, `p.m.`."""
    out: list[Word] = []
    for word in words:
        letters = word.text.lower().replace(".", "")
        last = out[-1] if out else None
        timed = last is not None and last.text[:1].isdecimal()
        if letters in ("am", "pm") and timed:
            out.append(replace(word, text=f"{letters[0]}.m."))
        elif letters == "m" and len(out) > 1 and last is not None and last.text.lower().strip(".") in ("a", "p"):
            if not out[-2].text[:1].isdecimal():
                out.append(word)
                continue
            out[-1] = replace(last, text=f"{last.text[0].lower()}.m.", end_ms=word.end_ms)
        else:
            out.append(word)
    return tuple(out)
