"""Dates and times of day: the day beside the name of a month, years, and what a clock shows."""

from __future__ import annotations

from voxport.language.numbers.atoms import Part, Shape
from voxport.language.numbers.cardinals import Cardinal
from voxport.language.numbers.quantity import Kind, Match, Reader, lone_ordinal, suffix

_CENTURIES = range(15, 21)
_STREET_REACH = 4
"""The kind of a street stands within so many words behind the number of a house."""
_ALSO_JOINS = frozenset({"and", "until", "till", "through", "y"})
"""What stands between two times, beside the words of ranges."""
_HOURS = 12
_LEAST_SHORT_YEAR = 30
"""Of two figures smaller ones may be of either century."""


def read_day(reader: Reader, index: int) -> Match:
    """The day beside the name of a month."""
    number = reader.number(index) or lone_ordinal(reader, index)
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
    value = f"{number.value}{suffix(number.value)}" if ordinal and (of or article) else str(number.value)
    return reader.quantity(Kind.DAY, value, index, number.end)


def _goes_on_as_year(reader: Reader, index: int, number: Cardinal) -> bool:
    """ "March nineteen eighty four" is a month and a year; "march third nineteen eighty four" has a day."""
    year = _year_at(reader, index)
    after = reader.number(number.end)
    return year is not None and (after is None or _year_at(reader, number.end) is None)


def _month(reader: Reader, index: int, ordinal: bool) -> bool:
    """Whether a month stands there; "may" and "march" only with a capital or an ordinal."""
    name = reader.word(index)
    if name not in reader.terms.months:
        return False
    capital = reader.words[reader.atoms[index].word_index].text[:1].isupper()
    return ordinal or capital or name not in reader.terms.doubtful_months


def read_year(reader: Reader, index: int) -> Match:
    """A year where a month, a day or a word like "since" stands before it."""
    position = index - 1
    while position >= 0 and reader.atoms[position].part is Part.MARK:
        position -= 1
    before = reader.word(position)
    day = position >= 0 and reader.atoms[position].is_numeric and _has_month(reader, position)
    of_class = before == "of" and reader.text(position - 1) == "class"
    if not (before in reader.terms.year_words or before in reader.terms.months or day or of_class):
        return None
    year = _year_at(reader, index)
    if year is not None:
        return reader.quantity(Kind.YEAR, str(year[0]), index, year[1])
    return None if before in reader.terms.months else _short_year(reader, index, day)


def _short_year(reader: Reader, index: int, day: bool) -> Match:
    """ "Oh nine" is 2009, and behind a day "seventy eight" 1978: written with two figures, as it was said."""
    first, second = reader.number(index), reader.number(index + 1)
    if first is None or first.shape is not Shape.PLAIN or reader.atoms[index].part is Part.WRITTEN:
        return None
    if first.text == "0" and second is not None and len(second.text) == 1:
        value, end = 2000 + second.value, second.end
    elif day and not first.large and _LEAST_SHORT_YEAR <= first.value <= 99:
        value, end = 1900 + first.value, first.end
    else:
        return None
    after = reader.atoms[end].part if end < len(reader.atoms) else Part.STOP
    counts = after is Part.OTHER and (day or reader.text(end).endswith("s"))
    ends = after in (Part.MARK, Part.STOP, Part.FILLER, Part.OTHER) and not counts
    return reader.quantity(Kind.YEAR, str(value), index, end, f"{value % 100:02d}") if ends else None


def _has_month(reader: Reader, index: int) -> bool:
    return any(reader.word(place) in reader.terms.months for place in range(max(0, index - 3), index))


def _year_at(reader: Reader, index: int) -> tuple[int, int] | None:
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


def read_time(reader: Reader, index: int) -> Match:
    """A time of day: with minutes after "at", else with its half of the day or "o'clock"."""
    past = _past(reader, index)
    if past is not None:
        return past
    hour = reader.number(index)
    if hour is None or hour.large or hour.shape is not Shape.PLAIN or not 1 <= hour.value <= 12 or len(hour.text) > 2:
        return None
    announced = reader.word(index - 1) in reader.terms.time_words or _until(reader, index)
    minutes = _minutes(reader, hour.end)
    end = hour.end if minutes is None else minutes[1]
    if reader.text(end) in reader.terms.oclock:
        written = "" if minutes else f"{hour.value} o'clock"
        minute = minutes[0] if minutes else 0
        return reader.quantity(Kind.TIME, f"{hour.value}:{minute:02d}", index, end + 1, written)
    told = announced or _part_of_day(reader, end) or _shares_half_of_day(reader, end)
    if not (told and minutes is not None) and not _half_of_day(reader, end):
        return None
    if minutes and _is_house(reader, end):
        return None
    value = f"{hour.value}:{minutes[0]:02d}" if minutes else str(hour.value)
    return reader.quantity(Kind.TIME, value, index, end)


def _is_house(reader: Reader, index: int) -> bool:
    """Whether the name of a street follows: "at two twenty one Baker Street"."""
    for place in range(index, index + _STREET_REACH):
        if reader.text(place) in reader.terms.streets:
            return place > index
        if reader.text(place) in reader.terms.time_words | {"on", "in", "and", "or", "to", "for", "a", "p", ""}:
            return False
    return False


def read_decade(reader: Reader, index: int) -> Match:
    """ "The nineteen eighties"; without its century it stays words."""
    century = reader.number(index)
    if century is None or century.large or century.value not in _CENTURIES or century.shape is not Shape.PLAIN:
        return None
    decade = reader.terms.decades.get(reader.text(century.end))
    if decade is None:
        return None
    return reader.quantity(Kind.YEAR, f"{century.value * 100 + decade}s", index, century.end + 1)


def _until(reader: Reader, index: int) -> bool:
    """Whether it is the end of "from nine to five thirty"."""
    if reader.text(index - 1) not in reader.terms.before_words:
        return False
    return any(reader.text(place) == "from" for place in range(max(0, index - 5), index - 1))


def _past(reader: Reader, index: int) -> Match:
    """ "half past three", "quarter to four"; in Spanish "tres y media"."""
    if (fixed := read_fixed_past(reader, index)) is not None:
        return fixed
    minutes_past = _minutes_past(reader, index)
    if minutes_past is not None:
        return minutes_past
    hour = reader.number(index)
    if hour is None or not 1 <= hour.value <= 12 or reader.text(hour.end) not in reader.terms.joins:
        return None
    after = reader.terms.past_after.get(reader.text(hour.end + 1))
    return None if after is None else reader.quantity(Kind.TIME, f"{hour.value}:{after:02d}", index, hour.end + 2)


def read_fixed_past(reader: Reader, index: int) -> Match:
    """ "Half past three", "quarter to four"."""
    fixed = reader.terms.past.get(reader.text(index))
    if fixed is not None and reader.text(index + 1) in reader.terms.past_words:
        hour = reader.number(index + 2)
        if hour is not None and 1 <= hour.value <= 12:
            before = reader.text(index + 1) in reader.terms.before_words
            value = (hour.value - 2) % 12 + 1 if before else hour.value
            return reader.quantity(Kind.TIME, f"{value}:{60 - fixed if before else fixed:02d}", index, hour.end)
    return None


def _minutes_past(reader: Reader, index: int) -> Match:
    """ "Ten after four"; "ten to five" may be a range."""
    minutes = reader.number(index)
    if minutes is None or minutes.large or minutes.value not in (5, 10, 20, 25):
        return None
    if reader.text(minutes.end) not in reader.terms.past_words - reader.terms.before_words:
        return None
    hour = reader.number(minutes.end + 1)
    if hour is None or hour.shape is not Shape.PLAIN or not 1 <= hour.value <= 12:
        return None
    return reader.quantity(Kind.TIME, f"{hour.value}:{minutes.value:02d}", index, hour.end)


def _minutes(reader: Reader, index: int) -> tuple[int, int] | None:
    number = reader.number(index)
    if number is None or number.large or number.shape is not Shape.PLAIN:
        return None
    if 10 <= number.value <= 59 and len(number.text) == 2:
        return number.value, number.end
    second = reader.number(number.end)
    if number.text == "0" and second is not None and len(second.text) == 1:
        return second.value, second.end
    return None


def _half_of_day(reader: Reader, index: int) -> bool:
    word = reader.word(index).replace(".", "")
    return word in ("am", "pm") or (word in ("a", "p") and reader.word(index + 1) == "m")


def _shares_half_of_day(reader: Reader, index: int) -> bool:
    """Whether another time follows that has a half of the day: "one thirty and three p m"."""
    joined = reader.text(index) in reader.terms.ranges | _ALSO_JOINS
    hour = reader.number(index + 1) if joined else None
    if hour is None or hour.large or hour.shape is not Shape.PLAIN or not 1 <= hour.value <= _HOURS:
        return False
    minutes = _minutes(reader, hour.end)
    return _half_of_day(reader, hour.end if minutes is None else minutes[1])


def _part_of_day(reader: Reader, index: int) -> bool:
    """ "In the morning", "at night"."""
    words = tuple(reader.text(index + place) for place in range(3))
    return words[:2] == ("at", "night") or (words[:2] == ("in", "the") and words[2] in reader.terms.parts_of_day)
