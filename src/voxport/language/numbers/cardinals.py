"""Numbers below a hundred and what hundreds, thousands and millions make of them: "four hundred and eleven", "mil dos".

The grammar of one number; strings of digits are read number by number (`reading`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voxport.language.numbers.atoms import Atom, Part, Shape
from voxport.language.numbers.lexicon import Lexicon

_HUNDRED = 100
_WRITTEN_TENS = frozenset(str(tens) for tens in range(30, 100, 10))
"""Tens that a language with "and" behind them says in two words, in figures."""
_UNITS = frozenset("123456789")
"""What stands behind that "and"."""


@dataclass(frozen=True, slots=True)
class Cardinal:
    """A number that was read from atoms."""

    value: int
    text: str
    """Its digits; `05` keeps its zero."""
    end: int
    """The atom behind its last."""
    large: bool = False
    """Whether it was said with a hundred or a larger scale."""
    shape: Shape = Shape.PLAIN
    """Of its digits where they were written."""


def read_cardinal(atoms: Sequence[Atom], index: int, table: Lexicon) -> Cardinal | None:
    """The longest number that begins at `index`; None where none does."""
    total, end, large = 0, index, False
    ceiling: int | None = None
    first: Cardinal | None = None
    while True:
        begin = _after_and(atoms, end, table) if large else end
        part = _below_thousand(atoms, begin, table, large)
        scale_at = part.end if part else begin
        scale = _scale(atoms, scale_at, ceiling, part is not None or (not large and _stands_alone(atoms, begin)))
        if part is None and scale is None:
            break
        if scale is None:
            if part is not None and (first is None or (ceiling is not None and part.value < ceiling)):
                first = first or part
                total, end, large = total + part.value, part.end, large or part.large
            break
        total += (part.value if part else 1) * scale
        end, large, ceiling = scale_at + 1, True, scale
        first = first or part or Cardinal(1, "1", end)
    if first is None or end == index:
        return None
    if large:
        return Cardinal(total, str(total), end, large=True)
    return first


def _scale(atoms: Sequence[Atom], index: int, ceiling: int | None, allowed: bool) -> int | None:
    """The scale word at `index`, smaller than the one before it."""
    if not allowed or index >= len(atoms) or atoms[index].part is not Part.SCALE:
        return None
    value = atoms[index].value
    return value if ceiling is None or value < ceiling else None


def _stands_alone(atoms: Sequence[Atom], index: int) -> bool:
    return index < len(atoms) and atoms[index].part is Part.SCALE


def _after_and(atoms: Sequence[Atom], index: int, table: Lexicon) -> int:
    """The index behind "and", where a number follows it; `index` itself else. A comma between scales is passed too."""
    position = index
    if position < len(atoms) and atoms[position].part is Part.MARK:
        position += 1
    if position < len(atoms) and atoms[position].text in table.and_words:
        position += 1
    follows = position < len(atoms) and atoms[position].is_numeric and atoms[position].part is not Part.SCALE
    return position if follows else index


def _below_thousand(atoms: Sequence[Atom], index: int, table: Lexicon, inside: bool) -> Cardinal | None:
    if index >= len(atoms):
        return None
    atom = atoms[index]
    if atom.part is Part.HUNDREDS:
        rest = _below_hundred(atoms, index + 1, table)
        if rest is None or rest.shape is not Shape.PLAIN:
            return Cardinal(atom.value, str(atom.value), index + 1, large=True)
        return Cardinal(atom.value + rest.value, str(atom.value + rest.value), rest.end, large=True)
    if atom.part is Part.HUNDRED and not inside:
        return _with_hundred(atoms, index, 1, table)
    small = _written(atoms, index, table) or _below_hundred(atoms, index, table)
    if small is None or small.value >= _HUNDRED or small.value == 0 or small.shape is not Shape.PLAIN:
        return small
    if small.end < len(atoms) and atoms[small.end].part is Part.HUNDRED:
        return _with_hundred(atoms, small.end, small.value, table)
    return small


def _with_hundred(atoms: Sequence[Atom], at: int, count: int, table: Lexicon) -> Cardinal:
    """`at` is the index of "hundred"; what may follow it is at most two digits."""
    value, end = count * _HUNDRED, at + 1
    rest = _below_hundred(atoms, _after_and(atoms, end, table), table)
    # "Two hundred and three hundred" are two numbers.
    another = rest is not None and rest.end < len(atoms) and atoms[rest.end].part is Part.HUNDRED
    if rest is not None and rest.value and not another:
        value, end = value + rest.value, rest.end
    return Cardinal(value, str(value), end, large=True)


def _written(atoms: Sequence[Atom], index: int, table: Lexicon) -> Cardinal | None:
    """What is written in figures; "30 y 1" is 31 where the language says so."""
    atom = atoms[index]
    if atom.part is not Part.WRITTEN:
        return None
    unit = index + 2
    if table.tens_need_and and atom.shape is Shape.PLAIN and atom.text in _WRITTEN_TENS and unit < len(atoms):
        one = atoms[unit]
        if atoms[index + 1].text in table.and_words and one.part in (Part.WRITTEN, Part.DIGIT):
            digit = one.text if one.part is Part.WRITTEN else str(one.value)
            if digit in _UNITS and one.shape is Shape.PLAIN:
                value = atom.value + int(digit)
                return Cardinal(value, str(value), unit + 1)
    return Cardinal(atom.value, atom.text, index + 1, shape=atom.shape)


def _below_hundred(atoms: Sequence[Atom], index: int, table: Lexicon) -> Cardinal | None:
    if index >= len(atoms):
        return None
    atom = atoms[index]
    if atom.part in (Part.DIGIT, Part.TEEN):
        value = int(atom.text) if atom.part is Part.DIGIT and atom.text.isdecimal() else atom.value
        return Cardinal(value, str(value), index + 1)
    if atom.part is not Part.TEN:
        return None
    return _tens(atoms, index, table)


def _tens(atoms: Sequence[Atom], index: int, table: Lexicon) -> Cardinal:
    tens = atoms[index].value
    unit = index + 1
    if table.tens_need_and and atoms[index].text not in table.joining_tens:
        unit = unit + 1 if unit < len(atoms) and atoms[unit].text in table.and_words else len(atoms)
    if unit < len(atoms) and atoms[unit].part in (Part.DIGIT, Part.ORDINAL) and 0 < atoms[unit].value < 10:
        value = tens + atoms[unit].value
        shape = Shape.ORDINAL if atoms[unit].part is Part.ORDINAL else Shape.PLAIN
        return Cardinal(value, str(value), unit + 1, shape=shape)
    return Cardinal(tens, str(tens), index + 1)
