"""What follows the name of a street: the flat, the town and the postal code, as far as they go."""

from __future__ import annotations

import re
from itertools import takewhile

from voxport.redaction.detectors.personal.names import is_name
from voxport.redaction.detectors.personal.telling import is_everyday
from voxport.redaction.detectors.personal.towns import (
    PLACE_WORDS,
    end_of_added_place,
    end_of_heard_place,
    end_of_known_place,
    end_of_led_place,
    ends_place,
    is_capital,
    names_place,
)
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.questions import naming_words, question_words, subjects, thing_words
from voxport.redaction.dialogue.word_lists import common_words

_CODE_WORDS = 7
"""Words of a postal code said sign by sign: "B, S, 9, 8, H, R"."""
_FLAT_GLUED = re.compile(r"[A-Z][a-z]{1,3}-?\d{1,4}|[A-Z]{3}-?\d{1,4}")
"""A flat in one word with its number: `Unit14`, `UNI-14`, `Apt-5`."""
_POSTCODE = re.compile(r"[A-Z]{1,2}\d\w*(?:-\w+)*|[A-Z]\d[A-Z](?:-?\d[A-Z]\d)?|\d[A-Z]{2}|\d[A-Z]\d")
"""A postal code with letters, as it is written: Britain, Canada."""
_CODE = re.compile(r"(?=(?:\D*\d){5,6}$)\d{2,5}-\d{1,3}|\d{5}")
"""A postal code of figures, as recognisers break it: `745-699`, `0438-3`."""
_CODE_WITHIN, _TOWN_WORDS = 7, 3
"""Words and marks behind a street in which its code stands, and words of a town heard as others. Judgements."""
_LEAST_KNOWN = 2
"""Words of a town that is known in lower case without anything that leads to it: "el paso"."""


def end_of_address(line: Line, end: int) -> int:
    """The index behind what follows a street: the flat, names, a postal code; a mark between them, a full stop only
    before a flat or where nothing else is said in the sentence."""
    place, named, signs = end, 0, 0
    while place < len(line.words):
        if not line.plain_words[place]:
            if line.sentences[place] == line.sentences[min(place + 1, len(line.words) - 1)]:
                place += 1
                continue
            behind = _end_of_sentence(line, place + 1)
            if behind is None:
                break
            place = behind
        elif is_storey(line, place):
            place += 2
        elif _is_sign(line, place) and signs < _CODE_WORDS:
            place, signs = place + 1, signs + 1
        elif (names_place(line, place) or ends_place(line, place, named)) and named < PLACE_WORDS:
            place, named = place + 1, named + 1
        elif not named and (heard := _end_of_told_place(line, place)) is not None:
            place, named = heard, PLACE_WORDS
        else:
            break
    while place > end and not line.plain_words[place - 1]:
        place -= 1
    return place if signs else _end_of_code(line, place, named)


def _end_of_told_place(line: Line, place: int) -> int | None:
    """The index behind a town that is known by its words, by what leads to it or adds it, or was heard as others."""
    return (
        end_of_known_place(line, place, _LEAST_KNOWN)
        or end_of_heard_place(line, place)
        or end_of_added_place(line, place)
        or end_of_led_place(line, place)
    )


def _end_of_code(line: Line, end: int, named: int) -> int:
    """The index behind a postal code that ends its sentence, with the town before it that was heard as other words:
    "408 Harbor Drive , which is off . 0438-3"; `end` where no such code follows."""
    place = end
    never = thing_words(line.language) | naming_words(line.language, "accounts") | naming_words(line.language, "told")
    never |= subjects(line.language) | question_words(line.language) - {"which"}
    words = 0
    while place < min(len(line.words), end + _CODE_WITHIN):
        text = line.words[place].text
        ends = place + 1 >= len(line.words) or not line.plain_words[place + 1]
        if _CODE.fullmatch(text) and ends:
            behind = place > 0 and line.plain_words[place - 1] in common_words().forms_of_be
            return end if behind else place + 1
        words += bool(line.plain_words[place])
        other = line.plain_words[place] in never or any(sign.isdecimal() for sign in text) or text == "?"
        apart = bool(line.plain_words[place]) and line.sentences[place] != line.sentences[end - 1]
        if other or apart or words > (0 if named else _TOWN_WORDS):
            return end
        place += 1
    return end


def _end_of_sentence(line: Line, place: int) -> int | None:
    """The index behind what the sentence that begins at a place adds to an address: "Unit 18.", "Toledo now.", "That is
    in Toledo."; None where it is about something else."""
    if place >= len(line.words) or not line.plain_words[place]:
        return None
    if line.plain_words[place] in naming_words(line.language, "flats"):
        return place if _is_numbered(line, place + 1) else None
    sentence = line.sentences[place]
    rest = takewhile(
        lambda at: line.sentences[at] == sentence, range(place, min(len(line.words), place + 2 * PLACE_WORDS + 1))
    )
    words = [at for at in rest if line.plain_words[at]]
    if all(_is_sign(line, at) for at in words):
        return place if len(words) <= _CODE_WORDS else None
    begin = next((at for at, index in enumerate(words) if not is_everyday(line, index)), len(words))
    named = list(takewhile(lambda at: is_name(line, at), words[begin:]))
    others = words[begin + len(named) :]
    if not named or len(named) > PLACE_WORDS or begin > PLACE_WORDS:
        return None
    goes_on = bool(others) and line.plain_words[others[0]] in naming_words(line.language, "after_places")
    if begin:
        # "That is in El Paso."
        return named[-1] + 1 if not others or goes_on else None
    few = len(words) <= PLACE_WORDS and all(is_everyday(line, at) for at in others)
    return named[-1] + 1 if few or goes_on else None


def _is_numbered(line: Line, place: int) -> bool:
    """Whether a word is the number or the letter of a flat, or a name: "segundo Be"."""
    if place >= len(line.words):
        return False
    return len(line.plain_words[place]) == 1 or bool(line.runs_in(place, place)) or is_capital(line, place)


def is_storey(line: Line, place: int) -> bool:
    """Whether two words are a flat: "unit 4", "segundo Be", "segundo piso"."""
    flats = naming_words(line.language, "flats")
    if place + 1 >= len(line.words) or line.plain_words[place] not in flats:
        return False
    return _is_numbered(line, place + 1) or line.plain_words[place + 1] in flats


def _is_sign(line: Line, place: int) -> bool:
    """Whether a word is a part of a postal code: digits, one with letters, a letter in capitals."""
    text = line.words[place].text
    written = _POSTCODE.fullmatch(text) or _FLAT_GLUED.fullmatch(text)
    return text.isdecimal() or bool(written) or (len(text) == 1 and text.isupper() and text != "I")
