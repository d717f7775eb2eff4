"""What numbers mean where they stand: amounts, percentages, dates, times of day, phone numbers, plain numbers, digits.

Reads the words of one turn from left to right; what fits more of them comes first. A word that means no number there
("one moment", "may I") is no quantity.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from voxport.core.transcript import Word
from voxport.language.numbers.atoms import Atom, Part, Shape, to_atoms
from voxport.language.numbers.cardinals import Cardinal, read_cardinal
from voxport.language.numbers.lexicon import Lexicon, lexicon, plain
from voxport.language.numbers.reading import settle_doubts
from voxport.language.numbers.terms import Terms, terms


class Kind(StrEnum):
    """What a quantity is."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    DECIMAL = "decimal"
    DIGITS = "digits"
    MONEY = "money"
    PERCENT = "percent"
    DAY = "day"
    """The day in a date: a month stands before it or, with "of", behind it."""
    YEAR = "year"
    TIME = "time"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` in plain figures: `45.99`, `15`, `1984`, `3:30`, `6175550142`; `words` first and last word index.

    `spoken` is False where the recogniser wrote all of it in figures already.
    """

    kind: Kind
    value: str
    words: tuple[int, int]
    spoken: bool


@dataclass(frozen=True)
class _Reader:
    atoms: Sequence[Atom]
    words: Sequence[Word]
    table: Lexicon
    terms: Terms

    def text(self, index: int) -> str:
        return self.atoms[index].text if 0 <= index < len(self.atoms) else ""

    def word(self, index: int) -> str:
        """The plain form of the word that an atom belongs to; empty outside."""
        return plain(self.words[self.atoms[index].word_index].text) if 0 <= index < len(self.atoms) else ""

    def number(self, index: int) -> Cardinal | None:
        """A plain number at `index`, spoken or written."""
        if index >= len(self.atoms) or not self.atoms[index].is_numeric or self.atoms[index].part is Part.REPEAT:
            return None
        return read_cardinal(self.atoms, index, self.table)

    def quantity(self, kind: Kind, value: str, first: int, end: int) -> tuple[Quantity, int]:
        atoms = self.atoms[first:end]
        spoken = any(atom.part is not Part.WRITTEN for atom in atoms if atom.is_numeric)
        return Quantity(kind, value, (atoms[0].word_index, atoms[-1].word_index), spoken), end


_Match = tuple[Quantity, int] | None


def read_quantities(words: Sequence[Word], language: str) -> tuple[Quantity, ...]:
    """The quantities of a turn in order; none for a language that is not known."""
    table = lexicon(language)
    reader = _Reader(settle_doubts(to_atoms(words, table)), words, table, terms(language))
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


def _begins(reader: _Reader, index: int) -> bool:
    """Whether a quantity may begin here: not within a word whose other parts are something else."""
    atom = reader.atoms[index]
    whole = atom.part is not Part.WRITTEN or atom.shape is not Shape.MIXED
    first = index == 0 or reader.atoms[index - 1].word_index != atom.word_index
    return (atom.is_numeric or atom.text in reader.terms.past) and whole and first


def _match(reader: _Reader, index: int) -> _Match:
    for read in _READERS:
        match = read(reader, index)
        if match is not None:
            end = match[1]
            if end >= len(reader.atoms) or reader.atoms[end].word_index != reader.atoms[end - 1].word_index:
                return match
    return None


def _phone(reader: _Reader, index: int) -> _Match:
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


def _digit_groups(reader: _Reader, index: int) -> tuple[list[str], list[int], list[bool]]:
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
        group, end = _toll_free(reader, position) or _digit_group(reader, position)
        if group is None:
            break
        within = position > 0 and reader.atoms[position - 1].word_index == atom.word_index
        groups.append(group)
        ends.append(end)
        marks.append(marked or (bool(groups[1:]) and atom.part is Part.WRITTEN) or within)
        position, marked = end, False
    return groups, ends, marks


def _toll_free(reader: _Reader, index: int) -> tuple[str, int] | None:
    """ "Eight hundred" as the first three digits of a phone number."""
    hundreds = index + 1 < len(reader.atoms) and reader.atoms[index + 1].part is Part.HUNDRED
    return ("800", index + 2) if hundreds and reader.atoms[index].text in ("eight", "8") else None


def _digit_group(reader: _Reader, index: int) -> tuple[str | None, int]:
    atom = reader.atoms[index]
    if atom.part is Part.REPEAT:
        following = reader.atoms[index + 1]
        return (following.text if following.part is Part.WRITTEN else str(following.value)) * atom.value, index + 2
    number = reader.number(index)
    if number is None or number.large or number.shape is not Shape.PLAIN:
        return None, index
    return number.text, number.end


def _money(reader: _Reader, index: int) -> _Match:
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


def _percent(reader: _Reader, index: int) -> _Match:
    amount = _amount(reader, index)
    if amount is None:
        return None
    value, end = amount
    for name in reader.terms.percent:
        parts = name.split()
        if [reader.text(end + place) for place in range(len(parts))] == parts:
            return reader.quantity(Kind.PERCENT, value, index, end + len(parts))
    return None


def _amount(reader: _Reader, index: int) -> tuple[str, int] | None:
    """A number with its decimals, and the index after it."""
    decimal = _decimal(reader, index)
    if decimal is not None:
        return decimal[0].value, decimal[1]
    number = reader.number(index)
    if number is None or number.shape not in (Shape.PLAIN, Shape.THOUSANDS):
        return None
    return str(number.value), number.end


def _decimal(reader: _Reader, index: int) -> _Match:
    number = reader.number(index)
    if number is None or number.shape is not Shape.PLAIN or reader.text(number.end) not in reader.terms.points:
        return None
    end, digits = number.end + 1, ""
    while end < len(reader.atoms) and len(digits) < 6:
        group, after = _digit_group(reader, end)
        if group is None:
            break
        digits += group
        end = after
    return reader.quantity(Kind.DECIMAL, f"{number.value}.{digits}", index, end) if digits else None


def _day(reader: _Reader, index: int) -> _Match:
    """The day beside the name of a month."""
    number = reader.number(index) or _lone_ordinal(reader, index)
    if number is None or not 1 <= number.value <= 31 or number.large:
        return None
    ordinal = number.shape is Shape.ORDINAL
    article = reader.text(index - 1) in reader.terms.articles
    before = _month(reader, index - 2 if article else index - 1, ordinal)
    of = reader.text(number.end) in reader.terms.of and _month(reader, number.end + 1, ordinal)
    if not before and not (of and (ordinal or not reader.terms.ordinal_days)):
        return None
    if before and not ordinal and _goes_on_as_year(reader, index, number):
        return None
    value = f"{number.value}{_suffix(number.value)}" if ordinal and (of or article) else str(number.value)
    return reader.quantity(Kind.DAY, value, index, number.end)


def _goes_on_as_year(reader: _Reader, index: int, number: Cardinal) -> bool:
    """ "March nineteen eighty four" is a month and a year; "march third nineteen eighty four" has a day."""
    year = _year_at(reader, index)
    after = reader.number(number.end)
    return year is not None and (after is None or _year_at(reader, number.end) is None)


def _lone_ordinal(reader: _Reader, index: int) -> Cardinal | None:
    atom = reader.atoms[index]
    if atom.part is Part.ORDINAL:
        return Cardinal(atom.value, str(atom.value), index + 1, shape=Shape.ORDINAL)
    return None


def _month(reader: _Reader, index: int, ordinal: bool) -> bool:
    """Whether a month stands there; "may" and "march" only with a capital or an ordinal."""
    name = reader.word(index)
    if name not in reader.terms.months:
        return False
    capital = reader.words[reader.atoms[index].word_index].text[:1].isupper()
    return ordinal or capital or name not in reader.terms.doubtful_months


def _year(reader: _Reader, index: int) -> _Match:
    """A year where a month, a day or a word like "since" stands before it."""
    position = index - 1
    while position >= 0 and reader.atoms[position].part is Part.MARK:
        position -= 1
    before = reader.word(position)
    day = position >= 0 and reader.atoms[position].is_numeric and _has_month(reader, position)
    if not (before in reader.terms.year_words or before in reader.terms.months or day):
        return None
    year = _year_at(reader, index)
    return None if year is None else reader.quantity(Kind.YEAR, str(year[0]), index, year[1])


def _has_month(reader: _Reader, index: int) -> bool:
    return any(reader.word(place) in reader.terms.months for place in range(max(0, index - 3), index))


def _year_at(reader: _Reader, index: int) -> tuple[int, int] | None:
    """(1984, end) for "nineteen eighty four", "two thousand five", "nineteen oh five", "1984"."""
    first = reader.number(index)
    if first is None or first.shape is not Shape.PLAIN:
        return None
    if 1900 <= first.value <= 2099:
        return first.value, first.end
    if first.large or first.value not in (19, 20):
        return None
    second = reader.number(first.end)
    if second is None or second.large or reader.atoms[index].part is Part.WRITTEN:
        return None
    if 10 <= second.value <= 99 and len(second.text) == 2:
        return first.value * 100 + second.value, second.end
    third = reader.number(second.end)
    if second.text == "0" and third is not None and len(third.text) == 1:
        return first.value * 100 + third.value, third.end
    return None


def _time(reader: _Reader, index: int) -> _Match:
    past = _past(reader, index)
    if past is not None:
        return past
    hour = reader.number(index)
    if hour is None or hour.large or hour.shape is not Shape.PLAIN or not 1 <= hour.value <= 12 or len(hour.text) > 2:
        return None
    announced = reader.word(index - 1) in reader.terms.time_words
    minutes = _minutes(reader, hour.end)
    end = hour.end if minutes is None else minutes[1]
    if reader.text(end) in reader.terms.oclock:
        return reader.quantity(Kind.TIME, f"{hour.value}:00", index, end + 1)
    if not (announced and minutes is not None) and not _half_of_day(reader, end):
        return None
    value = f"{hour.value}:{minutes[0]:02d}" if minutes else str(hour.value)
    return reader.quantity(Kind.TIME, value, index, end)


def _past(reader: _Reader, index: int) -> _Match:
    """ "half past three", "quarter to four"; in Spanish "tres y media"."""
    fixed = reader.terms.past.get(reader.text(index))
    if fixed is not None and reader.text(index + 1) in reader.terms.past_words:
        hour = reader.number(index + 2)
        if hour is not None and 1 <= hour.value <= 12:
            before = reader.text(index + 1) in reader.terms.before_words
            value = (hour.value - 2) % 12 + 1 if before else hour.value
            return reader.quantity(Kind.TIME, f"{value}:{60 - fixed if before else fixed:02d}", index, hour.end)
    hour = reader.number(index)
    if hour is None or not 1 <= hour.value <= 12 or reader.text(hour.end) not in reader.terms.joins:
        return None
    fixed = reader.terms.past_after.get(reader.text(hour.end + 1))
    return None if fixed is None else reader.quantity(Kind.TIME, f"{hour.value}:{fixed:02d}", index, hour.end + 2)


def _minutes(reader: _Reader, index: int) -> tuple[int, int] | None:
    number = reader.number(index)
    if number is None or number.large or number.shape is not Shape.PLAIN:
        return None
    if 10 <= number.value <= 59 and len(number.text) == 2:
        return number.value, number.end
    second = reader.number(number.end)
    if number.text == "0" and second is not None and len(second.text) == 1:
        return second.value, second.end
    return None


def _half_of_day(reader: _Reader, index: int) -> bool:
    word = reader.word(index).replace(".", "")
    return word in ("am", "pm") or (word in ("a", "p") and reader.word(index + 1) == "m")


def _digits(reader: _Reader, index: int) -> _Match:
    """Three or more digits said one by one, or pairs that make one number: "forty one eleven"."""
    value, position, count, single = "", index, 0, 0
    while position < len(reader.atoms):
        if reader.atoms[position].part is Part.WRITTEN:
            break
        group, end = _digit_group(reader, position)
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


def _ordinal(reader: _Reader, index: int) -> _Match:
    number = reader.number(index) or _lone_ordinal(reader, index)
    if number is None or number.shape is not Shape.ORDINAL or number.value < 10:
        return None
    return reader.quantity(Kind.ORDINAL, f"{number.value}{_suffix(number.value)}", index, number.end)


def _suffix(value: int) -> str:
    if 10 <= value % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def _cardinal(reader: _Reader, index: int) -> _Match:
    """A number of ten or more; "a hundred" and "mil gracias" stay words."""
    number = reader.number(index)
    if number is None or number.shape is not Shape.PLAIN or number.value < 10:
        return None
    if number.end == index + 1 and reader.atoms[index].part in (Part.HUNDRED, Part.SCALE):
        return None
    return reader.quantity(Kind.CARDINAL, str(number.value), index, number.end)


_READERS: tuple[Callable[[_Reader, int], _Match], ...] = (
    _phone,
    _money,
    _percent,
    _decimal,
    _day,
    _year,
    _time,
    _digits,
    _ordinal,
    _cardinal,
)
