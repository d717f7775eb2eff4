"""A quantity, and what reads one: the words of a turn as atoms, with the terms of their language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from voxport.core.transcript import Word
from voxport.language.numbers.atoms import Atom, Part, Shape
from voxport.language.numbers.cardinals import Cardinal, read_cardinal
from voxport.language.numbers.lexicon import Lexicon, plain
from voxport.language.numbers.terms import Terms


class Kind(StrEnum):
    """What a quantity is."""

    CARDINAL = "cardinal"
    """A plain number, `15`."""
    ORDINAL = "ordinal"
    """`3rd`."""
    DECIMAL = "decimal"
    """`2.5`."""
    DIGITS = "digits"
    """Digits said one by one or in groups, `4111`."""
    MONEY = "money"
    """An amount of dollars, `45.99`."""
    PERCENT = "percent"
    RATIO = "ratio"
    """What is written with a stroke, `24/7`."""
    DAY = "day"
    """The day in a date: a month stands before it or, with "of", behind it."""
    YEAR = "year"
    TIME = "time"
    """A time of day, `3:30`."""
    PHONE = "phone"
    """Seven, ten or eleven digits."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a number means."""

    kind: Kind
    value: str
    """In plain figures: `45.99`, `15`, `1984`, `3:30`, `6175550142`."""
    words: tuple[int, int]
    """The first and last index of its words."""
    spoken: bool
    """False where the recogniser wrote all of it in figures already."""
    written: str = ""
    """As a reader writes its number where plain figures are not how: `1.2 million`; empty else."""


@dataclass(frozen=True)
class Reader:
    """The atoms of a turn; an index outside them has no text, no word and no number."""

    atoms: Sequence[Atom]
    words: Sequence[Word]
    """Those of the turn, marks included; `Atom.word_index` counts in them."""
    table: Lexicon
    terms: Terms

    def text(self, index: int) -> str:
        """The atom itself."""
        return self.atoms[index].text if 0 <= index < len(self.atoms) else ""

    def word(self, index: int) -> str:
        """The plain form of the word that an atom belongs to; empty outside."""
        return plain(self.words[self.atoms[index].word_index].text) if 0 <= index < len(self.atoms) else ""

    def number(self, index: int) -> Cardinal | None:
        """A plain number at `index`, spoken or written."""
        if index >= len(self.atoms) or not self.atoms[index].is_numeric or self.atoms[index].part is Part.REPEAT:
            return None
        return read_cardinal(self.atoms, index, self.table)

    def quantity(self, kind: Kind, value: str, first: int, end: int, written: str = "") -> tuple[Quantity, int]:
        """The quantity of the atoms `[first, end)`, and `end`."""
        atoms = self.atoms[first:end]
        spoken = any(atom.part is not Part.WRITTEN for atom in atoms if atom.is_numeric)
        return Quantity(kind, value, (atoms[0].word_index, atoms[-1].word_index), spoken, written), end


Match = tuple[Quantity, int] | None
"""A quantity and the index after it."""


def digit_group(reader: Reader, index: int) -> tuple[str | None, int]:
    """Figures said together ("forty one", "double four") and the index after them; None where there are none."""
    atom = reader.atoms[index]
    if atom.part is Part.REPEAT:
        following = reader.atoms[index + 1]
        return (following.text if following.part is Part.WRITTEN else str(following.value)) * atom.value, index + 2
    number = reader.number(index)
    if number is None or number.large or number.shape is not Shape.PLAIN:
        return None, index
    return number.text, number.end


def lone_ordinal(reader: Reader, index: int) -> Cardinal | None:
    """An ordinal of one word."""
    atom = reader.atoms[index]
    if atom.part is Part.ORDINAL:
        return Cardinal(atom.value, str(atom.value), index + 1, shape=Shape.ORDINAL)
    return None


def suffix(value: int) -> str:
    """What follows the figures of an English ordinal."""
    if 10 <= value % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
