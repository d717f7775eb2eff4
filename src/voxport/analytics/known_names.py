"""Names that are known before a sentence is read: companies, streets, people called like a month; and what is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voxport.analytics.call_text import TurnText
from voxport.analytics.casing import is_surname, known_names
from voxport.core.findings import EntityType
from voxport.core.transcript import WordKind

_MAX_STREET_WORDS = 3
"""Names of a street before its kind."""
_MAX_COMPANY_WORDS = 3
_ROADS = frozenset({"highway", "route", "interstate"})
_MONTH_NAMES = frozenset({"april", "may", "june", "august"})
_RELATED = re.compile(
    r"\bmy (?:son|daughter|wife|husband|mother|father|mom|dad|sister|brother|friend|boss|manager|cousin|partner),? $"
)
_PERSON_FOLLOWS = re.compile(
    r"(?:\b(?:this is|i'm|i am|name is|name's|named|speak(?:ing)? (?:to|with)|talk(?:ing|ed)? to|ask for|call me"
    r"|hi|hello|mrs|ms|miss|mr)|\bmy (?:son|daughter|wife|husband|mother|mom|sister|friend|boss|manager)),? $"
)
_INTRODUCED = re.compile(r"\b(?:this is|i'm|i am|it's|hello|hi) $")
_INTRODUCTION_ENDS = frozenset({"from", "with", "in", "at", "again", "calling", "speaking", "here"})
_THERE = frozenset({"there", "in", "available", "here", "home", "around"})
_SPELLED = re.compile(r"(?:\b[a-z] (?:as in|like|for|is for)|\bspel(?:led|t)(?: as)?) $")
_CAPITALS_AT_MOST = 5
"""Letters of a word in capitals that is an abbreviation rather than a name."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """Words of a turn that are a name, whatever a reader of sentences says."""

    first: int
    """Index of its first word in the turn."""
    last: int
    """Index of its last word in the turn."""
    type: EntityType
    house: int | None = None
    """Index of the number of the house before a street; None without one."""


def find_known(turn: TurnText) -> list[KnownName]:
    """In order of words, without overlap."""
    found: list[KnownName] = []
    index = 0
    while index < len(turn.words):
        name = _street(turn, index) or _company(turn, index) or _person(turn, index)
        if name is not None:
            found.append(name)
            if name.type is EntityType.LOCATION and (town := _town(turn, name.last)):
                found.append(town)
                name = town
        index = index + 1 if name is None else name.last + 1
    return found


def is_spelled(turn: TurnText, first: int, last: int) -> bool:
    """Whether the words are letters that spell something, or an example for a letter: "J as in John"."""
    texts = [word.text for word in turn.words[first : last + 1] if word.kind is WordKind.WORD]
    return all(len(text) == 1 for text in texts) or _SPELLED.search(_before(turn, first)) is not None


def is_no_name(turn: TurnText, first: int, last: int) -> bool:
    """Whether the words are an abbreviation or a product rather than somebody, something or some place of that name."""
    lists = known_names()
    texts = [word.text for word in turn.words[first : last + 1] if word.kind is WordKind.WORD]
    spoken = " ".join(_plain(text) for text in texts)
    if spoken in lists["organizations"] | lists["places"]:
        return False
    short = len(texts) == 1 and texts[0].isupper() and len(texts[0]) <= _CAPITALS_AT_MOST
    return short or any(_plain(text) in lists["products"] for text in texts)


def _company(turn: TurnText, first: int) -> KnownName | None:
    if not turn.capital(first):
        return None
    for count in range(_MAX_COMPANY_WORDS, 0, -1):
        words = turn.words[first : first + count]
        if len(words) == count and all(word.kind is WordKind.WORD for word in words):
            spoken = " ".join(_plain(word.text) for word in words)
            # At the beginning of a sentence every word has a capital.
            sure = first > 0 or spoken not in known_names()["doubtful"]
            if spoken in known_names()["organizations"] and sure and not _goes_on(turn, first + count - 1):
                return KnownName(first, first + count - 1, EntityType.ORGANIZATION)
    return None


def _goes_on(turn: TurnText, last: int) -> bool:
    """Whether the next word belongs to a longer name, which others read whole (`Chase Bank`)."""
    return last + 1 < len(turn.words) and turn.words[last + 1].kind is WordKind.WORD and turn.capital(last + 1)


def _street(turn: TurnText, first: int) -> KnownName | None:
    lists = known_names()
    if not turn.capital(first) or turn.words[first].kind is not WordKind.WORD:
        return None
    if _plain(turn.words[first].text) in _ROADS:
        number = first + 1 < len(turn.words) and any(sign.isdecimal() for sign in turn.words[first + 1].text)
        return KnownName(first, first + 1, EntityType.LOCATION) if number else None
    for last in range(first + 1, min(first + _MAX_STREET_WORDS + 1, len(turn.words))):
        if turn.words[last].kind is not WordKind.WORD or not turn.capital(last):
            return None
        if _plain(turn.words[last].text) in lists["streets"]:
            begins = _plain(turn.words[first].text) not in lists["never"] - {"one", "two", "three"}
            house = first - 1 if first and turn.words[first - 1].text.isdecimal() else None
            return KnownName(first, last, EntityType.LOCATION, house) if begins else None
    return None


def _town(turn: TurnText, street: int) -> KnownName | None:
    """The word behind a street and a comma: "410 Elm Street, Boise"."""
    at = street + 2
    follows = at < len(turn.words) and turn.words[street + 1].text == "," and turn.words[at].kind is WordKind.WORD
    named = follows and turn.capital(at) and _plain(turn.words[at].text) not in known_names()["never"]
    return KnownName(at, at, EntityType.LOCATION) if named and not _goes_on(turn, at) else None


def _person(turn: TurnText, index: int) -> KnownName | None:
    """`June Carter`; `April` where a person is spoken of; a doubtful given name of somebody related."""
    word = turn.words[index]
    text = _plain(word.text)
    if word.kind is not WordKind.WORD or not turn.capital(index):
        return None
    before = _before(turn, index)
    if text in _MONTH_NAMES:
        more = index + 1
        named = more < len(turn.words) and turn.words[more].kind is WordKind.WORD and turn.capital(more)
        if named and turn.words[more].text.isalpha() and is_surname(_plain(turn.words[more].text)):
            return KnownName(index, more, EntityType.PERSON)
        there = before.endswith("is ") and _after(turn, index) in _THERE
        return KnownName(index, index, EntityType.PERSON) if there or _PERSON_FOLLOWS.search(before) else None
    if text not in known_names()["doubtful"]:
        return None
    there = before.endswith("is ") and _after(turn, index) in _THERE
    introduced = _INTRODUCED.search(before) and _ends_introduction(turn, index)
    said = there or introduced or _RELATED.search(before)
    return KnownName(index, index, EntityType.PERSON) if said else None


def _after(turn: TurnText, index: int) -> str:
    return _plain(turn.words[index + 1].text) if index + 1 < len(turn.words) else ""


def _ends_introduction(turn: TurnText, index: int) -> bool:
    """Whether nothing follows that the word describes: "I'm Grant, I called before", "this is Hope in billing"."""
    after = turn.words[index + 1] if index + 1 < len(turn.words) else None
    return after is None or after.kind is not WordKind.WORD or _plain(after.text) in _INTRODUCTION_ENDS


def _before(turn: TurnText, index: int) -> str:
    words = [word.text.lower() for word in turn.words[max(0, index - 5) : index]]
    return " ".join(words).replace(" ,", ",") + " "


def _plain(text: str) -> str:
    return re.sub(r"['’]s$", "", text.lower()).strip(".,'’")
