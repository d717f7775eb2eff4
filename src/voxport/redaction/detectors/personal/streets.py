"""Postal addresses that show what they are by themselves: a number and the name of a street, in either order, with the
flat, the town and the code behind it; and such a one given instead of one that was only asked about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import takewhile

from voxport.core.transcript import WordKind
from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.redaction.detectors.personal.names import is_name
from voxport.redaction.detectors.personal.questions import naming_words, street_words
from voxport.redaction.detectors.personal.telling import is_everyday
from voxport.redaction.dialogue.lines import Dialogue, Line

_NAME_WORDS = 3
"""Words of a street before "street". A judgement: "Martin Luther King Boulevard"."""
_NAME_BEHIND = 5
"""The same between "calle" and the number. A judgement: "avenida de los Reyes Católicos 12"."""
_PLACE_WORDS = 3
"""Words of the town behind it. A judgement: "Salt Lake City"."""
_CODE_WORDS = 7
"""Words of a postal code said sign by sign: "B, S, 9, 8, H, R"."""
_MOST_DIGITS = 5
"""Digits of a house number; by how they are given out."""
_POSTCODE = re.compile(r"[A-Z]{1,2}\d\w*(?:-\w+)*|[A-Z]\d[A-Z](?:-?\d[A-Z]\d)?|\d[A-Z]{2}|\d[A-Z]\d")
"""A postal code with letters, as it is written: Britain, Canada."""
_CORRECTED_MS = 12_000
"""ms after an address in which the other side gives another one. A judgement."""
_CORRECTED_WORDS = 24
"""Words and marks in which that one begins. A judgement."""
_STREET_WITHIN = 4
"""Words behind its number in which "street" follows, whatever stands between. A judgement."""


def streets_on(line: Line) -> Iterator[list[int]]:
    """The words of each such address on a line, in order: "9129 River Drive, Austin"."""
    if line.is_keyed:
        return
    for run in line.runs:
        if not _is_house_number(run):
            continue
        end = _end_of_street(line, run)
        begin = run.words[0] if end is not None else _begin_of_street(line, run)
        if begin is not None:
            end = run.words[1] + 1 if end is None else end
            yield [index for index in range(begin, _end_of_address(line, end)) if line.plain_words[index]]


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
        if street is not None:
            yield [at for at in range(run.words[0], _end_of_address(line, street + 1)) if line.plain_words[at]]


def _is_house_number(run: NumberRun) -> bool:
    return len(run.value) <= _MOST_DIGITS and all(group.shape is Shape.PLAIN for group in run.groups)


def _end_of_street(line: Line, run: NumberRun) -> int | None:
    """The index behind the word for a street that follows a number; None where none does."""
    streets = street_words(line.language)
    last = run.words[1]
    for place in range(last + 1, min(len(line.words), last + 2 + _NAME_WORDS)):
        if place > last + 1 and line.plain_words[place] in streets:
            return place + 1
        if not _is_capital(line, place):
            return None
    return None


def _begin_of_street(line: Line, run: NumberRun) -> int | None:
    """The index of the word for a street before a number, its name between: "avenida Reforma 53"."""
    streets = naming_words(line.language, "streets_before")
    for place in range(run.words[0] - 1, max(-1, run.words[0] - 2 - _NAME_BEHIND), -1):
        if not line.plain_words[place]:
            return None
        if place < run.words[0] - 1 and line.plain_words[place] in streets:
            return place
    return None


def _end_of_address(line: Line, end: int) -> int:
    """The index behind what follows a street: the flat, names, a postal code; a mark between them, a full stop only
    before a flat or where nothing else is said in the sentence."""
    place, named, signs = end, 0, 0
    while place < len(line.words):
        if not line.plain_words[place]:
            if line.sentences[place] != line.sentences[min(place + 1, len(line.words) - 1)] and not _goes_on(
                line, place + 1
            ):
                break
            place += 1
        elif line.plain_words[place] in naming_words(line.language, "flats") and _is_numbered(line, place + 1):
            place += 2
        elif _is_sign(line, place) and signs < _CODE_WORDS:
            place, signs = place + 1, signs + 1
        elif _names_place(line, place) and named < _PLACE_WORDS:
            place, named = place + 1, named + 1
        else:
            break
    while place > end and not line.plain_words[place - 1]:
        place -= 1
    return place


def _goes_on(line: Line, place: int) -> bool:
    """Whether the sentence that begins at a place is nothing but a part of an address: "Unit 18.", "Toledo now."."""
    if place >= len(line.words) or not line.plain_words[place]:
        return False
    if line.plain_words[place] in naming_words(line.language, "flats"):
        return _is_numbered(line, place + 1)
    sentence = line.sentences[place]
    rest = takewhile(
        lambda at: line.sentences[at] == sentence, range(place, min(len(line.words), place + 2 * _PLACE_WORDS))
    )
    words = [at for at in rest if line.plain_words[at]]
    if all(_is_sign(line, at) for at in words):
        return len(words) <= _CODE_WORDS
    named = list(takewhile(lambda at: is_name(line, at), words))
    others = words[len(named) :]
    return bool(named) and len(words) <= _PLACE_WORDS and all(is_everyday(line, at) for at in others)


def _names_place(line: Line, place: int) -> bool:
    """Whether a word is a part of the name of a town, as an everyday one is before another: "New York"."""
    goes_on = place + 1 < len(line.words) and is_name(line, place + 1)
    return _is_capital(line, place) and (not is_everyday(line, place) or goes_on)


def _is_numbered(line: Line, place: int) -> bool:
    """Whether a word is the number or the letter of a flat, or a name: "segundo Be"."""
    if place >= len(line.words):
        return False
    return len(line.plain_words[place]) == 1 or bool(line.runs_in(place, place)) or _is_capital(line, place)


def _is_sign(line: Line, place: int) -> bool:
    """Whether a word is a part of a postal code: digits, one with letters, a letter in capitals."""
    text = line.words[place].text
    return text.isdecimal() or bool(_POSTCODE.fullmatch(text)) or (len(text) == 1 and text.isupper() and text != "I")


def _is_capital(line: Line, place: int) -> bool:
    return line.words[place].text[:1].isupper()
