"""The town behind a street, by its capitals, by the word that leads to it, or heard as other words."""

from __future__ import annotations

from itertools import takewhile

from voxport.redaction.detectors.personal.names import is_name
from voxport.redaction.detectors.personal.telling import is_everyday
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.questions import naming_words
from voxport.redaction.dialogue.word_lists import common_words, word_lists_of

PLACE_WORDS = 5
"""Words of the town behind it, with its state. A judgement: "Salt Lake City, New Mexico"."""
_HEARD_WORDS = 2
"""Words in lower case that a town was heard as, up to the next mark. A judgement."""


def end_of_heard_place(line: Line, place: int) -> int | None:
    """The index behind the next words, up to a mark, where they are a town that was heard as others: "45 Victoria Road
    stockpots."; None where they are not."""
    behind = range(place, min(len(line.words), place + _HEARD_WORDS + 1))
    words = list(takewhile(line.plain_words.__getitem__, behind))
    told = all(line.words[at].text.isalpha() and not is_everyday(line, at) for at in words)
    return words[-1] + 1 if 0 < len(words) <= _HEARD_WORDS and told else None


def end_of_known_place(line: Line, place: int, least: int = 1) -> int | None:
    """The index behind a town of the list of those that are words as well, "el paso", of so many words and more; None
    where none stands there."""
    towns = (town.split() for town in naming_words(line.language, "word_towns"))
    ends = (place + len(town) for town in towns if _says(line, place, town) and len(town) >= least)
    return max(ends, default=None)


def end_of_added_place(line: Line, place: int) -> int | None:
    """The index behind the town that a phrase adds to a street and that ends what is said: "and that's Akron,"; None
    where none follows, as in "and that's all"."""
    phrases = (phrase.split() for phrase in naming_words(line.language, "adding_towns"))
    begin = max((place + len(phrase) for phrase in phrases if _says(line, place, phrase)), default=None)
    if begin is None:
        return None
    words = list(takewhile(lambda at: is_name(line, at), range(begin, min(len(line.words), begin + PLACE_WORDS))))
    end = words[-1] + 1 if words else end_of_known_place(line, begin)
    return end if end is not None and (end >= len(line.words) or not line.plain_words[end]) else None


def _says(line: Line, place: int, words: list[str]) -> bool:
    return list(line.plain_words[place : place + len(words)]) == words


def end_of_led_place(line: Line, place: int) -> int | None:
    """The index behind the town that a word leads to, "in Duluth", or whose first part was heard as an article, up to a
    mark: "the Ton Rouge,"; None where none follows."""
    if line.plain_words[place] in naming_words(line.language, "nearness") and place + 1 < len(line.words):
        # "Here in Duluth."
        led = line.plain_words[place + 1] in naming_words(line.language, "before_towns")
        town = place + 2
        ends = town + 1 >= len(line.words) or (town < len(line.words) and not line.plain_words[town + 1])
        if led and ends and town < len(line.words) and is_capital(line, town):
            return town + 1
        return end_of_led_place(line, place + 1) if led else None
    articles, months = naming_words(line.language, "possessives"), word_lists_of(line.language).months
    behind = range(place + 1, min(len(line.words), place + 1 + PLACE_WORDS))
    named = list(takewhile(lambda at: names_place(line, at) and line.plain_words[at] not in months, behind))
    if line.plain_words[place] in naming_words(line.language, "before_towns"):
        if named:
            return named[-1] + 1
        if (known := end_of_known_place(line, place + 1)) is not None:
            return known
        ends = place + 2 >= len(line.words) or not line.plain_words[place + 2]
        goes_on = ends or line.plain_words[place + 2] in naming_words(line.language, "after_places")
        heard = place + 1 < len(line.words) and line.words[place + 1].text.isalpha() and goes_on
        return place + 2 if heard and (is_capital(line, place + 1) or not is_everyday(line, place + 1)) else None
    ends = bool(named) and (named[-1] + 1 >= len(line.words) or not line.plain_words[named[-1] + 1])
    return named[-1] + 1 if ends and line.plain_words[place] in articles else None


def names_place(line: Line, place: int) -> bool:
    """Whether a word is a part of the name of a town, as an everyday one is before another: "New York"."""
    goes_on = place + 1 < len(line.words) and is_name(line, place + 1)
    return is_capital(line, place) and (not is_everyday(line, place) or goes_on)


def ends_place(line: Line, place: int, named: int) -> bool:
    """Whether an everyday word ends the name of a town, "Salt Lake City,", or is one, "331 Orchid Lane, Mobile."."""
    ends = place + 1 >= len(line.words) or not line.plain_words[place + 1]
    told = bool(line.plain_words[place - 1]) if named else line.plain_words[place] not in common_words().nods
    return ends and told and is_capital(line, place)


def is_capital(line: Line, place: int) -> bool:
    """Whether a word begins with a capital."""
    return line.words[place].text[:1].isupper()
