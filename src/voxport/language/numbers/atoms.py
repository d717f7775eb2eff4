"""From words to atoms: the smallest parts that mean something to a number, each with its share of the word's time.

`617-555-0142` is three atoms of written digits, `twenty-one` two, `HC55729` one with letters around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from voxport.core.transcript import Word, WordKind
from voxport.language.numbers.lexicon import Lexicon, plain


class Part(StrEnum):
    """What an atom is to a number."""

    WRITTEN = "written"
    """Digits, `1984`."""
    DIGIT = "digit"
    """`seven`."""
    ZERO = "zero"
    """`zero`, `oh`."""
    TEEN = "teen"
    """`twelve`, `nineteen`."""
    TEN = "ten"
    """`forty`."""
    HUNDREDS = "hundreds"
    """Hundreds in one word, `doscientos`."""
    HUNDRED = "hundred"
    SCALE = "scale"
    """`thousand`, `million`."""
    REPEAT = "repeat"
    """`double`, `triple`."""
    ORDINAL = "ordinal"
    """`third`."""
    HEARD_AS = "heard_as"
    """A word that recognisers write for a digit, `for`."""
    HEARD_BETWEEN = "heard_between"
    """A word that is a digit only between others."""
    FILLER = "filler"
    """What may stand between the digits of one number, `uh`, `dash`."""
    CORRECTION = "correction"
    """What takes back the digits before it, `sorry`."""
    MARK = "mark"
    """A comma."""
    STOP = "stop"
    """A full stop or question mark."""
    OTHER = "other"
    """Any other word, and what stands for something hidden."""


class Shape(StrEnum):
    """How written digits are dressed, which says what they may be."""

    PLAIN = "plain"
    """`1984`, and all that is not written in digits."""
    MONEY = "money"
    """`$45.99`."""
    PERCENT = "percent"
    """`5%`."""
    CLOCK = "clock"
    """`3:30`."""
    DECIMAL = "decimal"
    """`2.5`."""
    THOUSANDS = "thousands"
    """`12,500`."""
    ORDINAL = "ordinal"
    """`3rd`."""
    MIXED = "mixed"
    """Letters and digits in one word."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A smallest part of a number, or a word that is none."""

    part: Part
    text: str
    """The plain form of a word, or the digits of a written one."""
    value: int
    """The number that it stands for; 0 for what stands for none."""
    word_index: int
    """The word that it is a part of, marks counted too."""
    start_ms: float
    """By its share of the time of its word."""
    end_ms: float
    measured: bool
    """Whether the time of its word was found by alignment."""
    shape: Shape = Shape.PLAIN

    @property
    def is_numeric(self) -> bool:
        return self.part not in (Part.FILLER, Part.CORRECTION, Part.MARK, Part.STOP, Part.OTHER)


_MOST_DIGITS = 1000
"""Digits of one word of which its value is made; Python refuses to read some thousand."""
_NUMERAL = re.compile(r"\d+")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_THOUSANDS = re.compile(r"[^\d]*\d{1,3}(,\d{3})+(\.\d+)?[^\d]*")
_DECIMAL = re.compile(r"\d*\.\d+")
_ORDINAL = re.compile(r"\d+(st|nd|rd|th|º|ª|°)", re.IGNORECASE)
_CURRENCY = "$€£¥"
_MONEY = re.compile(r"[^\d.]*(?:\d{0,15}|\d{1,3}(?:,\d{3})+)(?:\.\d{0,2}|,\d{2})?[^\d.]*\.?")
"""An amount with its sign of currency; `$67.40.8333` and `$8.002` are figures that a recogniser took for one."""


def to_atoms(words: Sequence[Word], lexicon: Lexicon) -> list[Atom]:
    """The atoms of words in order; `word_index` counts in `words`, punctuation included."""
    return [atom for index, word in enumerate(words) for atom in _atoms_of(word, index, lexicon)]


def _atoms_of(word: Word, index: int, lexicon: Lexicon) -> Iterator[Atom]:
    if word.kind is WordKind.PUNCTUATION:
        part = Part.MARK if word.text == "," else Part.STOP
        yield _atom(part, word.text, 0, word, index)
    elif _is_covered(word.text):
        yield _atom(Part.OTHER, word.text, 0, word, index)
    elif any(sign.isdecimal() for sign in word.text):
        yield from _joined(word, index, lexicon) or _written(word, index)
    else:
        yield from _spoken(word, index, lexicon)


def _atom(part: Part, text: str, value: int, word: Word, index: int) -> Atom:
    """One that lasts as long as its word."""
    return Atom(
        part=part,
        text=text,
        value=value,
        word_index=index,
        start_ms=word.start_ms,
        end_ms=word.end_ms,
        measured=word.measured,
    )


def _is_covered(text: str) -> bool:
    """Whether the text already stands for something hidden, `[redacted]` or `...`; nothing that does has figures."""
    figures = any(sign.isdecimal() for sign in text)
    return text == "..." or (text.startswith("[") and text.endswith("]") and not figures)


def shape_of(text: str) -> Shape:
    """How the digits of a written word are dressed."""
    if any(sign in _CURRENCY for sign in text):
        return Shape.MONEY if _MONEY.fullmatch(text) else Shape.PLAIN
    if "%" in text:
        return Shape.PERCENT
    if _CLOCK.match(text):
        return Shape.CLOCK
    if _ORDINAL.fullmatch(text):
        return Shape.ORDINAL
    if any(sign.isalpha() for sign in text):
        return Shape.MIXED
    if _THOUSANDS.fullmatch(text):
        return Shape.THOUSANDS
    return Shape.DECIMAL if _DECIMAL.fullmatch(text) else Shape.PLAIN


def _written(word: Word, index: int) -> Iterator[Atom]:
    """An atom for each group of digits, timed by its place among the letters and digits of the word."""
    shape = shape_of(word.text)
    body = word.text if shape is not Shape.THOUSANDS else word.text.replace(",", "")
    signs = [sign.isalnum() for sign in body]
    step_ms = (word.end_ms - word.start_ms) / max(1, sum(signs))
    for match in _NUMERAL.finditer(body):
        begin = word.start_ms + step_ms * sum(signs[: match.start()])
        end = begin + step_ms * len(match[0])
        digits = "".join(str(int(sign)) for sign in match[0])
        whole = _atom(Part.WRITTEN, digits, int(digits[:_MOST_DIGITS]), word, index)
        yield replace(whole, start_ms=begin, end_ms=end, shape=shape)


_BETWEEN_PARTS = frozenset(
    {"slash", "flash", "dash", "diagonal", "guion", "barra", "hyphen", "minus", "point", "dot", "and"}
)
"""Named signs between the figures of one word; a slash is often heard as "flash"."""
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_LEAST_NAMED = 2
"""Letters of a hesitation in a word with figures; a lone letter is a letter there, `a` or `y`."""


def _joined(word: Word, index: int, lexicon: Lexicon) -> tuple[Atom, ...]:
    """The atoms of `6-0-double-1-1`, `11-slash32` or `81-sorry-8889`, figures and what is said with them in one word;
    none where it holds anything else but lone letters among many figures (`W575-5-triple-0-W5`)."""
    if not any(sign.isalpha() for sign in word.text):
        return ()
    if foreign_letters(word.text, lexicon) > _slips_in(word.text, lexicon):
        return ()
    pieces = _PIECE.findall(plain(word.text))
    if all(piece.isdecimal() or len(piece) == 1 for piece in pieces) and not _is_spelled(pieces, lexicon):
        return ()
    step_ms = (word.end_ms - word.start_ms) / max(1, len(pieces))
    return tuple(
        atom
        for place, text in enumerate(pieces)
        for begin in [round(word.start_ms + step_ms * place)]
        for piece in [replace(word, text=text, start_ms=begin, end_ms=round(begin + step_ms))]
        for atom in _atoms_of_piece(piece, index, lexicon)
    )


def _atoms_of_piece(piece: Word, index: int, lexicon: Lexicon) -> Iterator[Atom]:
    """Nothing for a slip and for a sign that is named."""
    if piece.text.isdecimal():
        yield from _written(piece, index)
    elif piece.text not in _BETWEEN_PARTS and _is_said_with_figures(piece.text, lexicon):
        yield from _spoken(piece, index, lexicon)


def _is_spelled(pieces: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a letter among figures is a zero or heard for one (`4-O-5`, `4-Q-Q-7`)."""
    letters = [piece for piece in pieces if not piece.isdecimal()]
    return bool(letters) and all(piece in lexicon.zeros or piece in lexicon.heard_between for piece in letters)


_FIGURES_OF_A_NAME = 12
"""Figures in a word from which on lone letters in it are slips: no order and no plate has as many, every card has."""
_FIGURES_A_SLIP = 4
"""Figures in a word for each letter that is a slip there. A judgement."""


def _slips_in(text: str, lexicon: Lexicon) -> int:
    """How many lone letters of a written word are slips of the recogniser rather than parts of a name."""
    figures = sum(
        len(piece) if piece.isdecimal() else _is_number(piece, lexicon) for piece in _PIECE.findall(plain(text))
    )
    return figures // _FIGURES_A_SLIP if figures >= _FIGURES_OF_A_NAME else 0


def foreign_letters(text: str, lexicon: Lexicon) -> int:
    """Letters of a word with figures that are neither number words nor said between figures: 2 of `HC55729`, none of
    `81-sorry-8889`."""
    apart = "-" in text
    return sum(
        len(piece)
        for piece in _PIECE.findall(plain(text))
        if not piece.isdecimal() and not _is_said_with_figures(piece, lexicon, apart=apart)
    )


def _is_said_with_figures(text: str, lexicon: Lexicon, *, apart: bool = True) -> bool:
    """Whether a piece of a word with figures is meant as such; `apart`: hyphens tell the pieces of the word apart."""
    part = _part(text, lexicon)[0]
    if text in _BETWEEN_PARTS:
        return True
    if part in (Part.FILLER, Part.CORRECTION):
        return len(text) >= _LEAST_NAMED
    if part in (Part.HEARD_AS, Part.HEARD_BETWEEN):
        return apart and (len(text) >= _LEAST_NAMED or text in lexicon.heard_between)
    return part is not Part.OTHER


def _is_number(text: str, lexicon: Lexicon) -> bool:
    return _part(text, lexicon)[0] not in (Part.OTHER, Part.FILLER, Part.CORRECTION, Part.HEARD_BETWEEN)


def _spoken(word: Word, index: int, lexicon: Lexicon) -> Iterator[Atom]:
    whole = plain(word.text)
    parts = [whole]
    if _part(whole, lexicon)[0] is Part.OTHER:
        parts = [piece for part in whole.split("-") if part for piece in number_words_in(part, lexicon)] or [whole]
    step_ms = (word.end_ms - word.start_ms) / len(parts)
    for place, text in enumerate(parts):
        part, value = _part(text, lexicon)
        begin = word.start_ms + step_ms * place
        yield replace(_atom(part, text, value, word, index), start_ms=begin, end_ms=begin + step_ms)


_LEAST_RUN_TOGETHER, _MOST_RUN_TOGETHER = 6, 30
"""Letters of number words run together: two of three letters; more is no word."""


def number_words_in(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The number words that make a word, `quincodos` being five and two; the word itself where anything is left."""
    if not _LEAST_RUN_TOGETHER <= len(text) <= _MOST_RUN_TOGETHER or _part(text, lexicon)[0] is not Part.OTHER:
        return (text,)
    ways: list[tuple[str, ...] | None] = [(), *([None] * len(text))]
    for end in range(_LEAST_RUN_TOGETHER // 2, len(text) + 1):
        for begin in range(max(0, end - _LONGEST_NUMBER_WORD), end - _LEAST_RUN_TOGETHER // 2 + 1):
            before = ways[begin]
            if before is not None and _part(text[begin:end], lexicon)[0] in _RUN_TOGETHER:
                ways[end] = (*before, text[begin:end])
                break
    return ways[-1] or (text,)


_RUN_TOGETHER = (Part.DIGIT, Part.TEEN, Part.TEN, Part.REPEAT, Part.HEARD_AS)
_LONGEST_NUMBER_WORD = 12
"""Letters of the longest word among them, `veinticuatro`."""


def _part(text: str, lexicon: Lexicon) -> tuple[Part, int]:
    for part, table in (
        (Part.DIGIT, lexicon.digits),
        (Part.TEEN, lexicon.teens),
        (Part.TEN, lexicon.tens),
        (Part.HUNDREDS, lexicon.hundreds),
        (Part.SCALE, lexicon.scales),
        (Part.REPEAT, lexicon.repeats),
        (Part.ORDINAL, lexicon.ordinals),
        (Part.HEARD_AS, lexicon.heard_as),
        (Part.HEARD_BETWEEN, lexicon.heard_between),
    ):
        if text in table:
            return part, int(table[text])
    for part, names in (
        (Part.ZERO, lexicon.zeros),
        (Part.HUNDRED, lexicon.hundred),
        (Part.CORRECTION, lexicon.corrections),
        (Part.FILLER, lexicon.fillers),
    ):
        if text in names:
            return part, 100 if part is Part.HUNDRED else 0
    return Part.OTHER, 0
