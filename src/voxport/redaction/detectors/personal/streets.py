"""Postal addresses that show what they are by themselves: a number and the name of a street, in either order, with what
follows it (`address_ends.py`); and such a one given instead of one that was only asked about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from voxport.core.transcript import WordKind
from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.redaction.detectors.personal.address_ends import end_of_address, is_storey
from voxport.redaction.detectors.personal.names import is_name
from voxport.redaction.detectors.personal.telling import is_everyday
from voxport.redaction.detectors.personal.towns import (
    end_of_known_place,
    is_capital,
)
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.questions import naming_words, street_words
from voxport.redaction.dialogue.word_lists import word_lists_of

_NAME_WORDS = 3
"""Words of a street before "street". A judgement: "Martin Luther King Boulevard"."""
_NAME_BEHIND = 5
"""The same between "calle" and the number. A judgement: "avenida de los Reyes Católicos 12"."""
_MOST_DIGITS = 5
"""Digits of a house number; by how they are given out."""
_HOUSE_DIGITS = 2
"""Digits of a house behind words that were heard for a street; one digit is a count."""
_MOST_MARKED = 6
"""The same where it was written with marks between, as a date: `30.11.99` for "eleven ninety-nine". A judgement."""
_GLUED = re.compile(r"\d{1,5}-[a-z]+|\d{1,5}-\d{1,3}(?:st|nd|rd|th)", re.IGNORECASE)
"""A house number with the name of its street in one word: `76-mil Lane`, `699-4th Street`."""
_LETTERED = re.compile(r"\d{1,4}-?[A-F]")
"""A house number with its letter: `12A`."""
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
"""The name of a street that is a number: "510 West 44th Street"."""
_YEARS = range(1950, 2050)
"""Numbers that are the year of a car rather than a house before names: "2019 Honda Civic, blue". A judgement."""
_CORRECTED_MS = 12_000
"""ms after an address in which the other side gives another one. A judgement."""
_CORRECTED_WORDS = 24
"""Words and marks in which that one begins. A judgement."""
_IN_TOWN = "en"
"""Between a house and its town in Spanish."""
_LEAST_TOGETHER = 3
"""Digits of the numbers of a house and of its street in one: fewer are that of the street alone, "on 17th Street"."""
_LEAST_ALONE = 2
"""Digits of a house number that no word for a street follows."""
_BOX_WITHIN = 5
"""Words and marks before the number of a box that name it: "P. O. Box"."""
_STREET_WITHIN = 4
"""Words behind its number in which "street" follows, whatever stands between. A judgement."""


def streets_on(line: Line) -> Iterator[list[int]]:
    """The words of each such address on a line, in order: "9129 River Drive, Austin"."""
    if line.is_keyed:
        return
    yield from _glued(line)
    yield from _boxes(line)
    for whole in line.runs:
        run = whole if _may_be_house_number(line, whole) else _behind_mark(line, whole)
        if not _may_be_house_number(line, run):
            continue
        end = _end_of_street(line, run)
        if end is None and not _is_house_number(run):
            continue
        begin = run.words[0] if end is not None else _begin_of_street(line, run)
        begin = _begin_of_marked_street(line, run) if begin is None else begin
        if begin is not None:
            end = run.words[1] + 1 if end is None else end
            yield [index for index in range(begin, end_of_address(line, end)) if line.plain_words[index]]


def _glued(line: Line) -> Iterator[list[int]]:
    """The words of each address whose number was written in one word with the name of the street: "76-mil Lane"."""
    for index, word in enumerate(line.words):
        if not _GLUED.fullmatch(word.text):
            continue
        name = word.text.partition("-")[2].lower()
        street = index + 1 < len(line.words) and is_capital(line, index + 1)
        counted = name in word_lists_of(line.language).units
        if street and not counted and line.plain_words[index + 1] in street_words(line.language):
            yield [at for at in range(index, end_of_address(line, index + 2)) if line.plain_words[at]]


def _boxes(line: Line) -> Iterator[list[int]]:
    """The words of each box at a post office, with the town behind it: "P.O. Box 442, Tulsa"."""
    for run in line.runs:
        first = run.words[0]
        before = [at for at in range(max(0, first - _BOX_WITHIN), first) if line.plain_words[at]]
        said = "".join(line.plain_words[at] for at in before).replace(".", "")
        boxes = naming_words(line.language, "boxes")
        if _is_house_number(run) and any(said.endswith(one) for one in boxes):
            yield [
                at for at in (*before, *range(first, end_of_address(line, run.words[1] + 1))) if line.plain_words[at]
            ]


def streets_corrected(dialogue: Dialogue) -> Iterator[tuple[Line, list[int]]]:
    """The address that the other side gives right after one was said: "no, it's 66 more drive", however it is heard."""
    for line in dialogue.lines.values():
        for address in streets_on(line):
            said_ms = line.words[address[-1]].end_ms
            for other in dialogue.lines.values():
                if other.channel != line.channel and not other.is_keyed:
                    yield from ((other, words) for words in _given_after(other, said_ms))


def _given_after(line: Line, said_ms: int) -> Iterator[list[int]]:
    begin = bisect_left(line.words, said_ms, key=lambda word: word.start_ms)
    for run in line.runs_in(begin, begin + _CORRECTED_WORDS):
        if not _is_house_number(run) or line.words[run.words[0]].start_ms - said_ms > _CORRECTED_MS:
            continue
        last = run.words[1]
        behind = range(last + 1, min(len(line.words), last + 1 + _STREET_WITHIN))
        same = list(takewhile(lambda place: line.words[place].kind is WordKind.WORD, behind))
        street = next((at for at in same if line.plain_words[at] in street_words(line.language)), None)
        end = street + 1 if street is not None else _end_before_any_town(line, run)
        if end is not None:
            yield [at for at in range(run.words[0], end_of_address(line, end)) if line.plain_words[at]]


def _is_house_number(run: NumberRun) -> bool:
    return len(run.value) <= _MOST_DIGITS and all(group.shape is Shape.PLAIN for group in run.groups)


def _behind_mark(line: Line, run: NumberRun) -> NumberRun:
    """The digits behind the last full stop among them, another sentence: "1240, yeah. 3719 Old Post Road"."""
    sentence = line.sentences[run.words[1]]
    groups = tuple(group for group in run.groups if line.sentences[group.words[0]] == sentence)
    return replace(run, groups=groups, words=(groups[0].words[0], run.words[1])) if groups else run


def _may_be_house_number(line: Line, run: NumberRun) -> bool:
    """Whether digits may be a house number before a street, as recognisers write it: "$7298 Harbor Lane", "at 3.34
    Bridge Street"."""
    lettered = run.words[0] == run.words[1] and bool(_LETTERED.fullmatch(line.words[run.words[0]].text))
    heard = lettered or all(group.shape not in (Shape.PERCENT, Shape.MIXED) for group in run.groups)
    marked = run.words[0] == run.words[1] and len(run.groups) > 1
    return len(run.value) <= (_MOST_MARKED if marked else _MOST_DIGITS) and heard


def _end_of_street(line: Line, run: NumberRun) -> int | None:
    """The index behind the word for a street that follows a number; None where none does.

    Where its name was heard in lower case, "61 mg road", at least one word of it is no everyday word and none counts
    anything; a street that is a number, too, runs into the number of the house: "7317 Street" for 73, 17th Street.
    """
    streets = street_words(line.language)
    last = run.words[1] + (_may_end_sentence(run) and _is_stop(line, run.words[1] + 1))
    written = told = True
    for place in range(last + 1, min(len(line.words), last + 2 + _NAME_WORDS)):
        sure = written or _is_surely_street(line, place) or _is_before_place(line, place + 1)
        if place > last + 1 and line.plain_words[place] in streets and sure:
            if place + 1 < len(line.words) and is_capital(line, place + 1) and _is_surely_street(line, place + 1):
                # "Pine Ridge Court".
                place += 1
            return place + 1 if told or written or _is_led(line, run, place) else None
        if line.plain_words[place] in naming_words(line.language, "whole_streets") and is_capital(line, place):
            return place + 1
        if place == last + 1 and _is_heard_direction(line, place):
            continue
        if place > last + 1 and _is_comma_before_street(line, run, place):
            continue
        if place == last + 1 and _is_numbered_street(line, run, place):
            return place + 1
        if not _may_name_street(line, place):
            break
        told = (place > last + 1 and told) or not is_everyday(line, place)
        written = written and is_capital(line, place)
    return _end_before_town(line, run)


def _is_led(line: Line, run: NumberRun, place: int) -> bool:
    """Whether a word that leads to a street stands before its number, and a sure one for a street at a place, though
    everybody says its name: "to 27 station road"."""
    before = line.plain_words[run.words[0] - 1] if run.words[0] else ""
    return before in naming_words(line.language, "before_streets") and _is_surely_street(line, place)


def _is_comma_before_street(line: Line, run: NumberRun, place: int) -> bool:
    """Whether a comma was heard in the name of a street: "to 27 station, road, and Spokane"."""
    comma = line.words[place].text == "," and place + 1 < len(line.words)
    return comma and _is_led(line, run, place + 1)


def _may_end_sentence(run: NumberRun) -> bool:
    """Whether a house number was heard as what ends a sentence, money or a date: "ship it to $42.96. Bay Drive",
    "30.11.99. Ridge Circle"."""
    marked = run.words[0] == run.words[1] and len(run.groups) > 1
    return marked or all(group.shape is Shape.MONEY for group in run.groups)


def _is_heard_direction(line: Line, place: int) -> bool:
    """Whether a word may have been heard for a direction before the name of a street: "5664 is Broadway"."""
    named = place + 1 < len(line.words) and is_capital(line, place + 1)
    return named and line.plain_words[place] in naming_words(line.language, "heard_directions")


def _is_stop(line: Line, place: int) -> bool:
    return place < len(line.words) and line.words[place].text == "."


def _end_before_town(line: Line, run: NumberRun) -> int | None:
    """The index behind a street without a word for one, by the town behind it: "1908 North Sycamore, Fort Wayne"."""
    begin = run.words[1] + 1
    if not _is_house_number(run) or len(run.value) < _LEAST_ALONE or int(run.value) in _YEARS:
        return None
    street = list(takewhile(lambda at: is_capital(line, at), range(begin, min(len(line.words), begin + _NAME_WORDS))))
    comma = begin + len(street)
    told = any(is_name(line, at) for at in street) and comma + 1 < len(line.words)
    behind = told and line.words[comma].text == ","
    return comma if behind and (is_name(line, comma + 1) or is_storey(line, comma + 1)) else None


def _end_before_any_town(line: Line, run: NumberRun) -> int | None:
    """The index behind a street without a word for one, given instead of another: names up to a comma, and a town
    behind it or one that is led to, "5 Oakwood, Denver", "5 Oakwood in Denver"."""
    begin = run.words[1] + 1
    street = list(takewhile(lambda at: is_capital(line, at), range(begin, min(len(line.words), begin + _NAME_WORDS))))
    end = begin + len(street)
    if not street or end + 1 >= len(line.words) or not is_capital(line, end + 1) or int(run.value) in _YEARS:
        return None
    led = line.words[end].text == "," or line.plain_words[end] in naming_words(line.language, "before_towns")
    return end if led else None


def _is_surely_street(line: Line, place: int) -> bool:
    """Whether a word is one for a street in lower case, too: not "a two hour drive", "row"."""
    return line.plain_words[place] in word_lists_of(line.language).streets


def _is_before_place(line: Line, place: int) -> bool:
    """Whether a flat or a name follows behind a comma, as behind a street, "3975 quail run, unit 34", or a town that is
    led to: "73 quail run in Knoxville"."""
    led = place + 1 < len(line.words) and line.plain_words[place] in naming_words(line.language, "before_towns")
    if led and is_name(line, place + 1):
        return True
    comma = place + 1 < len(line.words) and line.words[place].text == ","
    return comma and (is_storey(line, place + 1) or is_name(line, place + 1))


def _is_numbered_street(line: Line, run: NumberRun, place: int) -> bool:
    """Whether a number right before "Street" is that of a house with that of the street behind it."""
    whole = len(run.value) >= _LEAST_TOGETHER and all(group.shape is not Shape.MONEY for group in run.groups)
    return whole and is_capital(line, place) and _is_surely_street(line, place)


def _may_name_street(line: Line, place: int) -> bool:
    """Whether a word may be a part of the name of a street, however it was heard."""
    text, lists = line.plain_words[place], word_lists_of(line.language)
    if _ORDINAL.fullmatch(text):
        return True
    if not text.replace("-", "").replace("'", "").isalpha():
        return False
    if text in lists.units - lists.streets:
        # "60 Second Avenue", not "60 Seconds".
        counted = place + 1 < len(line.words) and is_capital(line, place) and is_capital(line, place + 1)
        return counted and line.plain_words[place + 1] in lists.streets
    adjectives = naming_words(line.language, "street_adjectives")
    return is_capital(line, place) or text in adjectives or not is_everyday(line, place)


def _begin_of_street(line: Line, run: NumberRun) -> int | None:
    """The index of the word for a street before a number, its name between: "avenida Reforma 53"."""
    streets = naming_words(line.language, "streets_before")
    last = run.words[0] - 1
    if last > 0 and line.plain_words[last] in naming_words(line.language, "house_numbers"):
        last -= 1
    if last > 0 and line.words[last].text == ",":
        last -= 1
    for place in range(last, max(-1, last - 1 - _NAME_BEHIND), -1):
        if not line.plain_words[place]:
            return None
        named = place < last or len(run.groups) > 1
        if named and line.plain_words[place] in streets:
            return place
        if place < last and (bent := _begin_of_bent_street(line, run, place)) is not None:
            return bent
    return None


def _begin_of_marked_street(line: Line, run: NumberRun) -> int | None:
    """Where a street begins however it was heard, whose number is called one and stands in a town: "Sanctuan número 68
    en Rosario"; None where none does."""
    marked, town = run.words[0] - 1, run.words[1] + 2
    if marked < 1 or town >= len(line.words) or line.plain_words[town - 1] != _IN_TOWN or not is_capital(line, town):
        return None
    if line.plain_words[marked] not in naming_words(line.language, "house_numbers"):
        return None
    begin = marked
    while begin > 0 and marked - begin < _NAME_WORDS and is_capital(line, begin - 1):
        begin -= 1
    everyday = word_lists_of(line.language).everyday
    named = begin < marked and line.plain_words[marked - 1] not in everyday
    return begin if named else None


def _begin_of_bent_street(line: Line, run: NumberRun, last: int) -> int | None:
    """The index of the words that end at `last` and were heard for the one for a street, its name behind it, the number
    that of no things: "a venir a América 52", not "a venir a Roma 3"; None where they do not."""
    behind = run.words[1] + 1
    comma = behind < len(line.words) and line.words[behind].text == ","
    storey = comma and is_storey(line, behind + 1)
    named = is_capital(line, last + 1) and len(run.value) >= _HOUSE_DIGITS
    if not (named or storey) or not _is_alone_behind(line, behind):
        return None
    phrases = (phrase.split() for phrase in naming_words(line.language, "bent_streets_before"))
    begins = (last + 1 - len(phrase) for phrase in phrases if _ends_in(line, last, phrase))
    return min(begins, default=None)


def _ends_in(line: Line, last: int, words: list[str]) -> bool:
    return list(line.plain_words[max(0, last + 1 - len(words)) : last + 1]) == words


def _is_alone_behind(line: Line, place: int) -> bool:
    """Whether nothing that a number may count stands behind it: a mark, a name or the end."""
    if place >= len(line.words) or not line.plain_words[place] or is_capital(line, place):
        return True
    return end_of_known_place(line, place) is not None
