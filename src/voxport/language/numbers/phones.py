"""Phone numbers: those of the United States by how their digits are grouped, those of any country behind a "plus"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import phonenumbers

from voxport.language.numbers.atoms import Part
from voxport.language.numbers.quantity import Kind, Match, Reader, digit_group

_ANNOUNCED = 4
"""What a number is of stands at most so many words before it."""
_LEAST_DIGITS, _MOST_DIGITS = 8, 15
"""Of a number with its country (ITU-T E.164)."""


def read_phone(reader: Reader, index: int) -> Match:
    """Ten digits as three, three, four (with or without a 1 before), or seven as three, four with a mark between."""
    if reader.text(index - 1) in reader.terms.plus:
        return None
    groups, ends, marks = _digit_groups(reader, index)
    value = "".join(groups)
    if not any(marks) and _numbered(reader, index):
        return None
    said = all(len(group) == 1 for group in groups) and reader.atoms[index].part is not Part.WRITTEN
    if said and len(value) == 10 and value[0] in "23456789":
        return reader.quantity(Kind.PHONE, value, index, ends[-1])
    cuts, marked, at = set(), set(), 0
    for group, mark in zip(groups, marks, strict=True):
        cuts.add(at)
        marked |= {at} if mark else set()
        at += len(group)
    return reader.quantity(Kind.PHONE, value, index, ends[-1]) if _is_phone(value, cuts - {0}, marked - {0}) else None


def _numbered(reader: Reader, index: int) -> bool:
    """Whether the words before say that a number is that of an order, an account, a case."""
    before = {reader.text(place) for place in range(max(0, index - _ANNOUNCED), index)}
    return bool(before & reader.terms.numbered) and not before & reader.terms.phones


def _is_phone(value: str, cuts: set[int], marked: set[int]) -> bool:
    if len(value) == 11 and value[0] == "1":
        return _is_phone(value[1:], {cut - 1 for cut in cuts}, {cut - 1 for cut in marked})
    if len(value) == 10:
        return value[0] in "23456789" and value[3] in "23456789" and {3, 6} <= cuts and not (marked - {0, 3, 6, 8})
    return len(value) == 7 and value[0] in "23456789" and marked == {3}


def _digit_groups(reader: Reader, index: int) -> tuple[list[str], list[int], list[bool]]:
    """Groups of digits one after the other, the index after each, and whether a mark or dash stands before it.

    Of more digits than any phone number has it ends with the group that is too many.
    """
    groups: list[str] = []
    ends: list[int] = []
    marks: list[bool] = []
    position, marked, digits = index, False, 0
    while position < len(reader.atoms) and digits <= _MOST_DIGITS:
        atom = reader.atoms[position]
        if groups and (atom.part is Part.MARK or atom.text in reader.terms.dashes):
            position, marked = position + 1, True
            continue
        group, end = _toll_free(reader, position) or digit_group(reader, position)
        if group is None:
            break
        within = position > 0 and reader.atoms[position - 1].word_index == atom.word_index
        groups.append(group)
        digits += len(group)
        ends.append(end)
        marks.append(marked or (bool(groups[1:]) and atom.part is Part.WRITTEN) or within)
        position, marked = end, False
    return groups, ends, marks


def _toll_free(reader: Reader, index: int) -> tuple[str, int] | None:
    """ "Eight hundred" as the first three digits of a phone number."""
    hundreds = index + 1 < len(reader.atoms) and reader.atoms[index + 1].part is Part.HUNDRED
    return ("800", index + 2) if hundreds and reader.atoms[index].text in ("eight", "8") else None


def read_phone_abroad(reader: Reader, index: int) -> Match:
    """ "Plus four four twenty ...", as the numbering plan of its country (libphonenumber) has it.

    "Twenty seven" is 27 or 20 7; which, the plan tells.
    """
    if reader.text(index) not in reader.terms.plus:
        return None
    groups, ends, _ = _digit_groups(reader, index + 1)
    if not _LEAST_DIGITS <= sum(map(len, groups)) <= _MOST_DIGITS:
        return None
    for digits in _readings(groups):
        try:
            number = phonenumbers.parse(f"+{digits}")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
            return reader.quantity(Kind.PHONE, f"+{digits}", index, ends[-1], written)
    return None


def _readings(groups: Sequence[str]) -> Iterator[str]:
    """The digits as they were said, and with one of their tens taken apart."""
    yield "".join(groups)
    for place, group in enumerate(groups):
        if len(group) == 2 and group[0] != "0" and group[1] != "0":
            yield "".join((*groups[:place], f"{group[0]}0{group[1]}", *groups[place + 1 :]))
