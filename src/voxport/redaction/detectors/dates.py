"""Digits that are a date or a time of day, and no part of a number that is given."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, takewhile

from voxport.language.numbers import Group, NumberRun
from voxport.language.numbers.atoms import Shape, shape_of
from voxport.redaction.detectors.subjects import WEAK, Subject
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.word_lists import common_words, word_lists_of

_CLOCKS = (Shape.CLOCK, Shape.DECIMAL)
_DRESSED = (Shape.CLOCK, Shape.DECIMAL, Shape.THOUSANDS)
_DRESSED_SUBJECTS = (Subject.UNKNOWN, Subject.ORDINARY, Subject.CARD_NAMED)
_YEARS = range(1900, 2100)
_PAST_YEARS = range(1900, 2016)
"""Years in which no card expires that is still used,"""
_PAST = 50
"""and the first of them that is said with two digits."""
_CARD_YEARS = range(2000, 2050)
"""Years in which a card expires, or as which such a year was misheard."""
_YEAR_DIGITS, _SHORT_YEAR_DIGITS = 4, 2
"""Digits of a year, and as many as of one in short."""
_PART_WITHIN = 4
"""Words and marks behind one part of a date that hold what the other is called and its digits: ", año treinta"."""
_YEAR_BEHIND = 2
"""Words before a year in which its month stands: "marzo del"."""
_DAYS_OF_MONTH = 31
_DATE_MS = 2_000
"""ms from a month to its day at most. A judgement: longer ones let the other side ask something else."""
_CLOCK_GROUPS = 2
"""Groups of digits in a time of day at most ("at 3 30"). By how times are said."""
_YEAR_GROUPS = 2
"""Groups of digits in a year at most ("in 20 26"). By how years are said."""
_OF_YEAR = 2
"""Words before a year in "the class of 1986"."""
_DATE_WORDS = 5
"""Words before a year in which its day and its month stand: "3rd of the month of"."""
_GIVEN_IN_GROUPS = (Subject.CARD, Subject.CARD_NAMED, Subject.ASKED, Subject.SOCIAL, Subject.EXPIRY)
"""Subjects under which a group of a number that is being given may look like a time."""
_OF_CARDS = (Subject.CARD, Subject.CARD_NAMED, Subject.EXPIRY, Subject.CODE, Subject.PAYMENT)
"""Subjects under which two digits behind a day and a month may be the year of a card."""
_BIRTHDAY_DIGITS = (7, 8)
"""Digits of a date of birth, with a month or day of one figure."""
_BIRTHDAY = re.compile(r"(?:0?[1-9]|1[0-2])(?:0?[1-9]|[12]\d|3[01])(?:19\d\d|20[01]\d)")
"""Month, day and year of somebody's birth in figures."""
_SHORT_BIRTHDAY = re.compile(r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d\d")
"""The same with two figures for each."""
_TIME_DIGITS = 4
"""Digits of a time of day at most."""
_LEADING_WORDS = 3
"""Words of a sentence up to "at" and a time, which no answer begins with. A judgement."""
_LEADING_MARKS = 8
"""Words and marks in which they stand."""
_LEAST_DICTATED = 3
"""Digits before a time that are dictated: "on Route 9, around 1 45". A judgement."""


def is_birthday(value: str, *, with_year: bool) -> bool:
    """Whether digits are somebody's date of birth; `with_year`: its year must be whole."""
    short = not with_year and _SHORT_BIRTHDAY.fullmatch(value) is not None
    return short or (len(value) in _BIRTHDAY_DIGITS and _BIRTHDAY.fullmatch(value) is not None)


def is_date_or_time(groups: Sequence[Group], index: int, line: Line, subject: Subject) -> bool:
    """Whether one of the groups is a day, a year or a time of day, by how it is written and the words beside it."""
    group, common = groups[index], common_words()
    before = line.before(group.words[0])
    if index == 0 and before and _begins_date_or_time(groups, line, subject):
        return True
    if len(groups) <= _CLOCK_GROUPS and before and before[0] in common.clock_words and group.shape in _CLOCKS:
        return True
    if _is_year_of_date(group, line, subject) or _is_time_behind_day(group, line, subject):
        return True
    before_all = line.before(groups[0].words[0])
    if index > 0 and before_all and group.value in _YEARS:
        return before_all[0] in word_lists_of(line.language).months
    return group.shape in _DRESSED and len(groups) == 1 and subject in _DRESSED_SUBJECTS


def _is_year_of_date(group: Group, line: Line, subject: Subject) -> bool:
    """Whether a year stands behind the day and the month of a date: "March 20th, 1974", "May 7 , 73", "the third of
    August 62". A card is dated without a day; where one was spoken of two digits stay all the same."""
    short = len(group.text) == _SHORT_YEAR_DIGITS and subject not in _OF_CARDS
    return (short or group.value in _YEARS) and _is_behind_day(group, line)


def _is_time_behind_day(group: Group, line: Line, subject: Subject) -> bool:
    """Whether a time of day stands behind the day and the month, "October 6, 645", where no number is being given."""
    return subject not in _GIVEN_IN_GROUPS and _is_clock(group.text) and _is_behind_day(group, line)


def is_of_past_date(group: Group, line: Line, subject: Subject) -> bool:
    """Whether the group is the day or the year of a whole date that lies too far back for a card: "7 de mayo de 1980",
    whatever was asked for; where a number is being given the year must be whole."""
    months, first = word_lists_of(line.language).months, group.words[0]
    around = [*reversed(_dated_words(line, first, -1)), first, *_dated_words(line, first, 1)]
    for places in zip(around, around[1:], around[2:], strict=False):
        one, two, year = (line.plain_words[at] for at in places)
        dated = (_is_day(one) and two in months) or (one in months and _is_day(two))
        short = len(year) == _SHORT_YEAR_DIGITS and subject in _GIVEN_IN_GROUPS
        if dated and first in places and _is_past_year(year) and not short:
            return True
    return False


def is_month_and_year(run: NumberRun, line: Line) -> bool:
    """Whether digits are a year of this century right behind its month, however that was heard, without a day, as a
    card is dated: "Marzo del 2019", "Ticiembre del 2007"."""
    value, first = run.value, run.words[0]
    if len(value) != _YEAR_DIGITS or int(value) not in _CARD_YEARS or first == 0:
        return False
    before = line.before(first, _YEAR_BEHIND)
    months, between = word_lists_of(line.language).months, common_words().between_month_and_year
    joined = bool(before) and before[0] in between and before[-1] not in word_lists_of(line.language).everyday
    return (joined or bool(before and before[0] in months)) and not _is_behind_day(run.groups[0], line)


def _is_past_year(word: str) -> bool:
    return _is_short_number(word) and (
        int(word) in _PAST_YEARS or (len(word) == _SHORT_YEAR_DIGITS and int(word) >= _PAST)
    )


def _is_short_number(word: str) -> bool:
    return word.isdecimal() and len(word) <= _YEAR_DIGITS


def _dated_words(line: Line, start: int, step: int) -> list[int]:
    """Where the words beside a word stand in its sentence that may be of its date, nearest first."""
    between = common_words().between_month_and_year | word_lists_of(line.language).articles
    places = range(start + step, len(line.words) if step > 0 else -1, step)
    same = takewhile(lambda at: line.sentences[at] == line.sentences[start], places)
    words = islice((at for at in same if line.plain_words[at]), _DATE_WORDS)
    return [at for at in words if line.plain_words[at] not in between][:2]


def _is_behind_day(group: Group, line: Line) -> bool:
    """Whether the day and the month of a date stand right before in the sentence, in either order."""
    months = word_lists_of(line.language).months
    words = (line.plain_words[at] for at in _dated_words(line, group.words[0], -1))
    nearer, further = (*words, "", "")[:2]
    return (_is_day(nearer) and further in months) or (nearer in months and _is_day(further))


def _is_day(word: str) -> bool:
    return is_ordinal(word) or (_is_short_number(word) and 1 <= int(word) <= _DAYS_OF_MONTH)


def _begins_date_or_time(groups: Sequence[Group], line: Line, subject: Subject) -> bool:
    """Whether the first group is a day, a year or a time of day by the words beside it."""
    group, common = groups[0], common_words()
    before, after = line.before(group.words[0])[0], line.after(group.words[1]) if len(groups) == 1 else ()
    months = word_lists_of(line.language).months
    behind_month = before in months and _follows_soon(line, group.words[0])
    beside_month = behind_month or (bool(after) and after[0] in months)
    if beside_month and (group.value <= _DAYS_OF_MONTH or group.value in _YEARS):
        return True
    if len(groups) <= _YEAR_GROUPS and before in common.year_words and group.value in _YEARS:
        return True
    of, when = (*line.before(group.words[0], _OF_YEAR), "", "")[:_OF_YEAR]
    if len(groups) == 1 and of in common.weak_units and when in common.before_of_year and group.value in _YEARS:
        return True
    return subject in WEAK and len(groups) == 1 and before in common.time_words and _is_clock(group.text)


def _follows_soon(line: Line, index: int) -> bool:
    """Whether a word stands soon behind the one before it: not "... of November." "And a phone?" "3, 8, 5"."""
    earlier = next((line.words[at] for at in range(index - 1, -1, -1) if line.plain_words[at]), None)
    return earlier is not None and line.words[index].start_ms - earlier.end_ms <= _DATE_MS


def is_told_time(groups: Sequence[Group], line: Line, subject: Subject, *, answers: bool) -> bool:
    """Whether digits are a time within a sentence, "we open at nine thirty", once what was asked for has been answered;
    behind a day, "on March 2nd, about 9 15", always.

    Other words must lead to it: in a number that is dictated an eight may have been heard as "at", but not as "about".
    """
    if len(groups) > _TIME_DIGITS:
        return False
    first = groups[0].words[0]
    leading = [place for place in range(max(0, first - _LEADING_MARKS), first) if line.plain_words[place]]
    leading = [place for place in leading if line.sentences[place] == line.sentences[first]]
    dated = any(is_ordinal(line.plain_words[place]) for place in leading)
    if not leading or line.plain_words[leading[-1]] not in common_words().time_words or (answers and not dated):
        return False
    sure = subject not in _GIVEN_IN_GROUPS and line.plain_words[leading[-1]] in common_words().sure_time_words
    if len(leading) < _LEADING_WORDS and not (dated or sure):
        return False
    before = bisect_left(line.runs, first, key=lambda run: run.words[0]) - 1
    if before >= 0 and all(group.shape is Shape.ORDINAL for group in line.runs[before].groups):
        before -= 1
    least = _LEAST_DICTATED if sure else 1
    dictated = (
        before >= 0
        and line.sentences[line.runs[before].words[1]] == line.sentences[first]
        and len(line.runs[before].value) >= least
    )
    return not dictated and _is_clock("".join(group.text for group in groups))


def _is_clock(value: str) -> bool:
    """Whether digits can be a time of day, `330`."""
    return len(value) in (3, 4) and 1 <= int(value) // 100 <= 12 and int(value) % 100 < 60


def is_part_of_date(group: Group, line: Line) -> bool:
    """Whether "year" behind digits belongs to those behind it: "month 12, year 27"."""
    behind = range(group.words[1] + 1, min(len(line.words), group.words[1] + 1 + _PART_WITHIN))
    name, value = (*(at for at in behind if line.plain_words[at]), 0, 0)[:2]
    named = line.plain_words[name] in word_lists_of(line.language).date_words
    return named and value > 0 and bool(line.runs_in(value, value))


def is_ordinal(word: str) -> bool:
    """Whether a word is an ordinal number: that of a day, or of a street ("4385 North 4th Street")."""
    return shape_of(word) is Shape.ORDINAL
