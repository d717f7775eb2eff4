"""What numbers mean where they stand: amounts, percentages, dates, times of day, phone numbers, plain numbers, digits.

Reads the words of one turn from left to right; what fits more of them comes first. A word that means no number there
("one moment", "may I") is no quantity.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from voxport.core.transcript import Word
from voxport.language.numbers.atoms import Part, Shape, to_atoms
from voxport.language.numbers.dates import read_day, read_time, read_year
from voxport.language.numbers.lexicon import lexicon_of
from voxport.language.numbers.quantity import Kind, Match, Quantity, Reader, digit_group, lone_ordinal, suffix
from voxport.language.numbers.reading import settle_doubts
from voxport.language.numbers.terms import terms_of

__all__ = ["Kind", "Quantity", "read_quantities"]


def read_quantities(words: Sequence[Word], language: str) -> tuple[Quantity, ...]:
    """The quantities of a turn in order; none for a language that is not known."""
    table = lexicon_of(language)
    reader = Reader(settle_doubts(to_atoms(words, table)), words, table, terms_of(language))
    found: list[Quantity] = []
    index = 0
    while index < len(reader.atoms):
        match = _match(reader, index) if _begins(reader, index) else None
        if match is None:
            index += 1
        else:
            found.append(match[0])
            index = match[1]
    return tuple(found)


def _begins(reader: Reader, index: int) -> bool:
    """Whether a quantity may begin here: not within a word whose other parts are something else."""
    atom = reader.atoms[index]
    whole = atom.part is not Part.WRITTEN or atom.shape is not Shape.MIXED
    first = index == 0 or reader.atoms[index - 1].word_index != atom.word_index
    return (atom.is_numeric or atom.text in reader.terms.past) and whole and first


def _match(reader: Reader, index: int) -> Match:
    for read in _READERS:
        match = read(reader, index)
        if match is not None:
            end = match[1]
            if end >= len(reader.atoms) or reader.atoms[end].word_index != reader.atoms[end - 1].word_index:
                return match
    return None


def _phone(reader: Reader, index: int) -> Match:
    """Ten digits as three, three, four (with or without a 1 before), or seven as three, four with a mark between."""
    groups, ends, marks = _digit_groups(reader, index)
    for count in range(len(groups), 0, -1):
        value = "".join(groups[:count])
        cuts = {sum(len(group) for group in groups[:place]) for place in range(1, count)}
        if _is_phone(value, cuts, {sum(len(g) for g in groups[:place]) for place in range(1, count) if marks[place]}):
            return reader.quantity(Kind.PHONE, value, index, ends[count - 1]) if count == len(groups) else None
    return None


def _is_phone(value: str, cuts: set[int], marked: set[int]) -> bool:
    if len(value) == 11 and value[0] == "1":
        return _is_phone(value[1:], {cut - 1 for cut in cuts}, {cut - 1 for cut in marked})
    if len(value) == 10:
        return value[0] in "23456789" and value[3] in "23456789" and {3, 6} <= cuts and not (marked - {0, 3, 6, 8})
    return len(value) == 7 and value[0] in "23456789" and marked == {3}


def _digit_groups(reader: Reader, index: int) -> tuple[list[str], list[int], list[bool]]:
    """Groups of digits one after the other, the index after each, and whether a mark or dash stands before it."""
    groups: list[str] = []
    ends: list[int] = []
    marks: list[bool] = []
    position, marked = index, False
    while position < len(reader.atoms):
        atom = reader.atoms[position]
        if groups and (atom.part is Part.MARK or atom.text in reader.terms.dashes):
            position, marked = position + 1, True
            continue
        group, end = _toll_free(reader, position) or digit_group(reader, position)
        if group is None:
            break
        within = position > 0 and reader.atoms[position - 1].word_index == atom.word_index
        groups.append(group)
        ends.append(end)
        marks.append(marked or (bool(groups[1:]) and atom.part is Part.WRITTEN) or within)
        position, marked = end, False
    return groups, ends, marks


def _toll_free(reader: Reader, index: int) -> tuple[str, int] | None:
    """ "Eight hundred" as the first three digits of a phone number."""
    hundreds = index + 1 < len(reader.atoms) and reader.atoms[index + 1].part is Part.HUNDRED
    return ("800", index + 2) if hundreds and reader.atoms[index].text in ("eight", "8") else None


def _money(reader: Reader, index: int) -> Match:
    amount = _amount(reader, index)
    if amount is None:
        return None
    value, end = amount
    if reader.text(end) in reader.terms.cents:
        return (
            reader.quantity(Kind.MONEY, f"0.{int(value):02d}", index, end + 1)
            if value.isdecimal() and int(value) < 100
            else None
        )
    if reader.text(end) not in reader.terms.dollars:
        return None
    end += 1
    cents_at = end + 1 if reader.text(end) in reader.terms.joins else end
    cents = reader.number(cents_at)
    if cents is not None and cents.value < 100 and reader.text(cents.end) in reader.terms.cents and "." not in value:
        return reader.quantity(Kind.MONEY, f"{value}.{cents.value:02d}", index, cents.end + 1)
    return reader.quantity(Kind.MONEY, value, index, end)


def _percent(reader: Reader, index: int) -> Match:
    amount = _amount(reader, index)
    if amount is None:
        return None
    value, end = amount
    for name in reader.terms.percent:
        parts = name.split()
        if [reader.text(end + place) for place in range(len(parts))] == parts:
            return reader.quantity(Kind.PERCENT, value, index, end + len(parts))
    return None


def _amount(reader: Reader, index: int) -> tuple[str, int] | None:
    """A number with its decimals, and the index after it."""
    decimal = _decimal(reader, index)
    if decimal is not None:
        return decimal[0].value, decimal[1]
    number = reader.number(index)
    if number is None or number.shape not in (Shape.PLAIN, Shape.THOUSANDS):
        return None
    return str(number.value), number.end


def _decimal(reader: Reader, index: int) -> Match:
    number = reader.number(index)
    if number is None or number.shape is not Shape.PLAIN or reader.text(number.end) not in reader.terms.points:
        return None
    end, digits = number.end + 1, ""
    while end < len(reader.atoms) and len(digits) < 6:
        group, after = digit_group(reader, end)
        if group is None:
            break
        digits += group
        end = after
    return reader.quantity(Kind.DECIMAL, f"{number.value}.{digits}", index, end) if digits else None


def _digits(reader: Reader, index: int) -> Match:
    """Three or more digits said one by one, or pairs that make one number: "forty one eleven"."""
    value, position, count, single = "", index, 0, 0
    while position < len(reader.atoms):
        if reader.atoms[position].part is Part.WRITTEN:
            break
        group, end = digit_group(reader, position)
        if group is None:
            break
        single += len(group) == 1
        value, position, count = value + group, end, count + 1
    pairs = count >= 2 and single <= 1 and len(value) >= 4 and reader.atoms[index].value >= 10
    return (
        reader.quantity(Kind.DIGITS, value, index, position)
        if count and (len(value) >= 3 and (count >= 3 or pairs or reader.atoms[index].part in (Part.REPEAT, Part.ZERO)))
        else None
    )


def _ordinal(reader: Reader, index: int) -> Match:
    number = reader.number(index) or lone_ordinal(reader, index)
    if number is None or number.shape is not Shape.ORDINAL or number.value < 10:
        return None
    return reader.quantity(Kind.ORDINAL, f"{number.value}{suffix(number.value)}", index, number.end)


def _cardinal(reader: Reader, index: int) -> Match:
    """A number of ten or more; "a hundred" and "mil gracias" stay words."""
    number = reader.number(index)
    if number is None or number.shape is not Shape.PLAIN or number.value < 10:
        return None
    if number.end == index + 1 and reader.atoms[index].part in (Part.HUNDRED, Part.SCALE):
        return None
    return reader.quantity(Kind.CARDINAL, str(number.value), index, number.end)


_READERS: tuple[Callable[[Reader, int], Match], ...] = (
    _phone,
    _money,
    _percent,
    _decimal,
    read_day,
    read_year,
    read_time,
    _digits,
    _ordinal,
    _cardinal,
)
