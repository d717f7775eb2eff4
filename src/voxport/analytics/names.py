"""Names of people, organisations and places, from the English pipeline's reading and from how calls announce names.

The pipeline was trained on written text; what callers say around a name ("my name is ...", "thank you for calling
...") corrects it. A name that was found once is found again wherever it is repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from voxport.analytics.call_text import HIDDEN, CallText, TurnText
from voxport.analytics.casing import is_word, known_names
from voxport.analytics.known_names import find_known, is_no_name, is_spelled
from voxport.core.findings import EntityType
from voxport.core.transcript import WordKind

_TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.LOCATION,
    "LOC": EntityType.LOCATION,
    "FAC": EntityType.LOCATION,
}
_SAID_NAME = re.compile(
    r"(?:\b(?:my|his|her|full|first|last|middle|maiden) name(?:'s| is| was)|\bname is|\bspeaking with|\bcall me) $"
)
_SPOKEN_WITH = re.compile(r"\b(?:speaking|speak|spoke|spoken|talked|talk|talking) (?:to|with) $")
_DEPARTMENTS = frozenset({"support", "service", "services", "department", "team", "desk", "sales", "billing", "office"})
_SAID_TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|dr|mister|missus|doctor|nurse)\.? $")
_SAID_COMPANY = re.compile(
    r"(?:\bfor (?:calling|choosing|contacting|shopping (?:at|with))|\bwelcome to|\bcalling from"
    r"|\b(?:this is|name is|with|i'm) \w+(?: \w+)? (?:from|at|with)) (?:the )?$"
)
_GREETED = re.compile(r"(?:\b(?:this is|i'm|it's|hi|hello|thanks|thank you|holding|okay|sorry)|^),? $")
_FIRST_PERSON = frozenset({"i", "i'm", "i'd", "i've", "i'll"})
_MAX_NAME_WORDS = 4
"""The longest name that is announced, in words."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name and where it is said."""

    turn: int
    """Index of the turn."""
    first: int
    """Index of its first word in the turn."""
    last: int
    """Index of its last word in the turn."""
    type: EntityType


def find_names(call: CallText) -> tuple[Name, ...]:
    """In order of turns and words, without overlap; English only, nothing in other languages."""
    if call.language != "en":
        return ()
    found: list[Name] = []
    for turn in call.turns:
        known = [Name(turn.index, one.first, one.last, one.type) for one in find_known(turn)]
        announced = [name for name in _announced(turn) if not _touches(name, known)]
        read = [name for name in _read_by_pipeline(call, turn) if not _touches(name, known + announced)]
        found += known + [settled for name in announced + read if (settled := _settled(call, name))]
    found = _without_short_companies(call, found)
    found += _repeated(call, found)
    return tuple(sorted(found, key=lambda name: (name.turn, name.first)))


def _without_short_companies(call: CallText, found: list[Name]) -> list[Name]:
    """`Brightwave` alone is nobody where `Brightwave Software` is a company."""
    firsts = {
        plain(call.turns[name.turn].words[name.first].text)
        for name in found
        if name.type is EntityType.ORGANIZATION and name.last > name.first
    } - known_names()["given"]

    def type_of(name: Name) -> EntityType:
        alone = name.first == name.last and plain(call.turns[name.turn].words[name.first].text) in firsts
        return EntityType.ORGANIZATION if alone else name.type

    return [replace(name, type=type_of(name)) for name in found]


def plain(text: str) -> str:
    """Lower case, without possessive and marks."""
    return re.sub(r"['’]s$", "", text.lower()).strip(".,'’")


def _read_by_pipeline(call: CallText, turn: TurnText) -> Iterator[Name]:
    parsed, words = call.parsed[turn.index], call.token_words[turn.index]
    for begin, end, label in parsed.names:
        if label in _TYPES:
            first, last = words[begin], words[end - 1]
            while first <= last and not _may_begin(turn, first):
                first += 1
            while last >= first and turn.words[last].kind is WordKind.PUNCTUATION:
                last -= 1
            if first <= last and not (label == "PERSON" and _is_vocabulary(turn, first, last)):
                yield Name(turn.index, first, last, _TYPES[label])


def _is_vocabulary(turn: TurnText, first: int, last: int) -> bool:
    """Several words of which each is a common word and none a given name: `Model S`, a product rather than a person."""
    lists = known_names()
    texts = [plain(word.text) for word in turn.words[first : last + 1] if word.kind is WordKind.WORD]
    return len(texts) > 1 and all(is_word(text) and text not in lists["given"] | lists["doubtful"] for text in texts)


def _may_begin(turn: TurnText, index: int) -> bool:
    word = turn.words[index]
    return word.kind is WordKind.WORD and plain(word.text) not in known_names()["never"]


def _announced(turn: TurnText) -> Iterator[Name]:
    """What stands where a name is announced, and given names beside a greeting."""
    lists = known_names()
    index = 0
    while index < len(turn.words):
        before = " ".join(word.text.lower() for word in turn.words[max(0, index - 5) : index]).replace(" ,", ",") + " "
        last = _capitals_until(turn, index)
        kind = None if plain(turn.words[index].text) in lists["never"] else _kind(turn, index, before)
        if kind is None or last is None:
            index += 1
            continue
        if kind is EntityType.ORGANIZATION:
            last = _over_and(turn, last)
        yield Name(turn.index, index, last, kind)
        index = last + 1


def _kind(turn: TurnText, index: int, before: str) -> EntityType | None:
    """What the words before a word announce it as."""
    if _SAID_COMPANY.search(before):
        return EntityType.ORGANIZATION
    greeted = _GREETED.search(before) and plain(turn.words[index].text) in known_names()["given"]
    person = greeted or _SAID_NAME.search(before) or _SAID_TITLE.search(before) or _is_spoken_with(turn, index, before)
    return EntityType.PERSON if person else None


def _is_spoken_with(turn: TurnText, index: int, before: str) -> bool:
    """ "I spoke with Darnell", but neither "Billing" nor "Comcast Support"."""
    last = _capitals_until(turn, index)
    if last is None or not _SPOKEN_WITH.search(before):
        return False
    first_text, last_text = (plain(turn.words[at].text) for at in (index, last))
    named = first_text in known_names()["given"] or not is_word(first_text)
    return named and last_text not in _DEPARTMENTS


def _over_and(turn: TurnText, last: int) -> int:
    """The end of `Maple and Pine`."""
    more = last + 2
    joined = more < len(turn.words) and turn.words[last + 1].text.lower() in ("and", "&")
    if joined and plain(turn.words[more].text) not in _FIRST_PERSON | known_names()["never"]:
        return _capitals_until(turn, more) or last
    return last


def _capitals_until(turn: TurnText, first: int) -> int | None:
    """The last of the words with a capital from `first` on, None when that one has none."""
    last = None
    for index in range(first, min(first + _MAX_NAME_WORDS, len(turn.words))):
        word = turn.words[index]
        if word.kind is WordKind.PUNCTUATION or not turn.capital(index):
            break
        if index > first and plain(word.text) in _FIRST_PERSON:
            break
        last = index
    return last


def _settled(call: CallText, name: Name) -> Name | None:
    """The name with its title and its right type; None for what is no name."""
    turn = call.turns[name.turn]
    texts = [plain(word.text) for word in turn.words[name.first : name.last + 1] if word.kind is WordKind.WORD]
    spoken = " ".join(texts)
    if not texts or HIDDEN in spoken or any(sign.isdigit() or sign in "@$." for sign in spoken):
        return None
    if is_spelled(turn, name.first, name.last) or is_no_name(turn, name.first, name.last):
        return None
    lists = known_names()
    if set(texts) <= lists["titles"] or (name.type is EntityType.ORGANIZATION and _is_written_small(turn, name)):
        return None
    if spoken in lists["places"] | lists["long_places"] and not _is_announced(turn, name.first):
        return replace(name, type=EntityType.LOCATION)
    if len(spoken) < 3 or spoken in lists["never"] | lists["days"] | lists["months"] | {"may", "march"}:
        return None
    if name.type is EntityType.PERSON and len(texts) == 1 and not _is_personal(turn, name):
        return None
    if len(texts) > 1 and texts[-1] in known_names()["company_ends"]:
        return replace(name, type=EntityType.ORGANIZATION)
    if name.type is EntityType.ORGANIZATION and texts[0] in known_names()["titles"] and len(texts) > 1:
        name = replace(name, type=EntityType.PERSON)
    named = spoken in lists["given"] | lists["doubtful"] and name.type is EntityType.PERSON
    if _begins_sentence(turn, name) and is_word(spoken) and not named and name.type is not EntityType.LOCATION:
        return None
    human = texts[0] in lists["given"] or (len(texts) == 1 and texts[0] in lists["doubtful"])
    if name.type is EntityType.ORGANIZATION and human and len(texts) < 3:
        name = replace(name, type=EntityType.PERSON)
    if (
        name.type is EntityType.PERSON
        and name.first
        and plain(turn.words[name.first - 1].text) in known_names()["titles"]
    ):
        return replace(name, first=name.first - 1)
    return name


def _is_announced(turn: TurnText, first: int) -> bool:
    """Whether somebody gives it as a person's name: "my first name is Austin"."""
    before = " ".join(word.text.lower() for word in turn.words[max(0, first - 5) : first]) + " "
    return _SAID_NAME.search(before) is not None


def _is_written_small(turn: TurnText, name: Name) -> bool:
    """Without a capital where others have some: no company, but something to eat (`kung pao chicken`)."""
    return not turn.capital(name.first) and turn.text != turn.text.lower()


def _begins_sentence(turn: TurnText, name: Name) -> bool:
    """Where every word has a capital: "Budget is tight" is about no company of that name."""
    return name.first == name.last and (name.first == 0 or turn.words[name.first - 1].text in {".", "?", "!"})


def _is_personal(turn: TurnText, name: Name) -> bool:
    """One word alone is a person's name only with a capital (the pipeline takes `mug` for one)."""
    return turn.capital(name.first)


def _touches(name: Name, others: list[Name]) -> bool:
    return any(name.first <= other.last and other.first <= name.last for other in others)


def _repeated(call: CallText, found: list[Name]) -> list[Name]:
    """Where the words of a name, or the first or last of a person's, stand again with a capital."""
    known: dict[str, EntityType] = {}
    for name in found:
        words = [w for w in call.turns[name.turn].words[name.first : name.last + 1] if w.kind is WordKind.WORD]
        for word in words:
            single = plain(word.text)
            if name.type is EntityType.PERSON and single not in known_names()["titles"] and len(single) > 2:
                known.setdefault(single, name.type)
        if len(words) == 1 or name.type is EntityType.ORGANIZATION:
            known.setdefault(plain(words[0].text), name.type)
    taken = {(name.turn, index) for name in found for index in range(name.first, name.last + 1)}
    return [
        Name(turn.index, index, index, known[plain(word.text)])
        for turn in call.turns
        for index, word in enumerate(turn.words)
        if turn.capital(index) and plain(word.text) in known and (turn.index, index) not in taken
    ]
