"""Whether a word of the dictionary was meant as the term that is spelled like it: what the words around it say.

"Chase" is a bank, "ally" another one, and both are words. A recogniser that was told of the bank writes it with its
capital wherever the word is said, so that its capital proves nothing; the words around do. English only: of other
languages nothing is known here, and what the recogniser wrote without being told of the term stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from voxport.speech.sounds_alike import letters
from voxport.speech.word_splitting import DecodedWord


class Sense(Enum):
    """What the words around a word say of it."""

    TERM = "term"
    """A name stands there: "a card from chase"."""
    LIKELY = "likely"
    """A name stands there as a rule: "it runs on zoom"."""
    WORD = "word"
    """The word stands there: "to chase you"."""
    OPEN = "open"
    """Either may."""


def _list(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DETERMINERS = _list(
    "a an the this that these those my your his her our their its some any no each every another few many much more"
    " most less enough whose what which one two three several all both such"
)
_ADJECTIVES = _list(
    "good bad big small new old long short little great nice real whole huge wide narrow loose main own same other next"
    " first second third final fresh red green blue black white full empty hard easy close fine high low clear hundred"
    " thousand"
)
_ADJECTIVE_ENDINGS = ("ful", "ous", "ive", "ic", "ble", "less", "ary", "ish")
_SUBJECTS = _list("i you we they he she it who")
_MODALS = _list(
    "can could will would shall should must may might do does did don't doesn't didn't can't couldn't won't wouldn't"
    " shouldn't let's lets not never always just please gonna wanna"
)
_OBJECTS = _list("me you him her it us them myself yourself a an the this that these those my your his our their")
_SMALL_WORDS = _SUBJECTS | _MODALS | _DETERMINERS | _OBJECTS | _list("in on or am are is so if as be now")
"""Words that stand in any sentence: "it department" alone shows that IT was meant."""
_DEPARTMENTS = _list("department team")
_THEIR_THINGS = _list(
    "bank banks card cards account accounts app apps store stores branch checking savings credit debit mortgage phone"
    " phones watch wallet wireless mobile website customer customers representative support membership subscription"
    " visa mastercard rewards airlines airline healthcare employee inc llc corporation"
)
"""What companies are called by, have and sell: "ally bank", "an apple watch"."""
_SURELY_NAMED = _list("called named calling mr mrs ms miss dr hi hello hey dear contact contacted")
_INTRODUCTIONS = frozenset({("name", "is"), ("this", "is"), ("speaking", "to"), ("speaking", "with")})
_ROLES = _list(
    "brother sister husband wife son daughter friend father mother dad mom uncle aunt cousin boss manager doctor agent"
    " supervisor colleague partner company bank carrier provider bureau technician"
)
"""A name follows: "my brother mark"."""
_PLACES = _list("from with by via through using against at on to between accept accepts accepted")
"""In front of a bare noun where somebody deals with a company."""
_DEALINGS = _list(
    "account accounts plan service contract phone card cards bank banking loan policy mortgage cell internet carrier"
    " customer meet meeting chat message messaged sent send text texted job work works worked working buy buying bought"
    " get getting got order ordered purchased pay paying paid shop shopping shopped flew fly flying filled switch"
    " switched switching accept accepts accepted money deposit check transfer call calls letter email bill charge"
    " charged statement subscription membership"
)
"""What people do and have with a company: "my plan is with cricket", "I bought it from apple"."""
_REACH = 6
"""So many words before a name may tell what it is the name of."""
_CLAUSE_OPENING = _list("because that but if when since why so and while though although does did has is was how")
_TELLING = _list(
    "has had hasn't won't will would can can't doesn't didn't said says told sent charged charges wants wanted keeps"
    " called gave offers offered owns denied approved closed raised refused billed declined"
)
"""Verbs behind a subject without an article: "because chase charged me"."""
_TO_SOMEBODY = _list(
    "switch switched switching goes going went gone talk talked talking speak spoke speaking send sent belong belongs"
    " moved transfer transferred pay paid paying over back money check checks payment payments letter email"
)
"""In front of a "to" that is no infinitive."""
_GOES_ON = _list(
    "and or but so because if when while since to for on in at from with about as than then now today yesterday"
    " tomorrow last next this that every right please too also already again instead before after until by i you we"
    " they he she it my your our is was are were has have had do does did will would can could who which where not"
    " directly anymore either yet though through over the a an"
)
"""Words that do not go on with the noun before them, so that it stands alone."""
_ENDS = _GOES_ON | _TELLING
_WITHOUT_ARTICLE = _list(
    "harmony mint slack grace hope faith joy patience charity credit pride trust love spirit freedom liberty ease time"
    " care heart force work home school chance mistake accident gold silver steel glass light salt sage basil cotton"
    " linen silk cricket polo honey sugar ginger pepper coffee tea unity energy power peace choice scale"
)
"""Nouns that stand without one as words too: "with mint", "by chance"."""
_PHRASES = frozenset({("on", "target"), ("at", "square"), ("to", "scale"), ("on", "point"), ("at", "will")})


def sense_of(words: Sequence[DecodedWord], first: int, last: int, language: str) -> Sense:
    """What the words around `words[first:last]` say, which are spelled like a term; OPEN where that is not English."""
    if language != "en":
        return Sense.OPEN
    before = _clause_before(words, first)
    earlier, previous = ["", "", *before][-2:]
    following = "" if last >= len(words) or words[last - 1].mark else _lower(words[last])
    said = letters(words[first].text) if last - first == 1 else ""
    if said in _SMALL_WORDS:
        return Sense.TERM if following in _DEPARTMENTS and previous in _DETERMINERS else Sense.OPEN
    if _is_verb(earlier, previous, following) or (previous, said) in _PHRASES:
        return Sense.WORD
    if following in _THEIR_THINGS:
        return Sense.TERM
    if _is_described(earlier, previous) or following == "of":
        return Sense.WORD
    return _of_bare_noun(said, before, following)


def _clause_before(words: Sequence[DecodedWord], first: int) -> list[str]:
    """The last few words before a place, back to a mark."""
    found: list[str] = []
    for word in reversed(words[max(0, first - _REACH) : first]):
        if word.mark:
            break
        found.append(_lower(word))
    return found[::-1]


def _is_verb(earlier: str, previous: str, following: str) -> bool:
    """Whether a verb stands there: "to chase you", "can you zoom in", "we discover"."""
    if previous == "to":
        return earlier not in _TO_SOMEBODY or following in _OBJECTS
    return previous in _SUBJECTS or previous in _MODALS


def _is_described(earlier: str, previous: str) -> bool:
    """Whether a noun has its article, number or adjective: "an ally", "the final frontier", "900 square"."""
    if previous in _DETERMINERS or previous in _ADJECTIVES or previous[:1].isdigit():
        return True
    return earlier in _DETERMINERS and previous.endswith(_ADJECTIVE_ENDINGS)


def _of_bare_noun(said: str, before: Sequence[str], following: str) -> Sense:
    """Of a noun without an article: whether its place is one of names."""
    earlier, previous = ["", "", *before][-2:]
    has_both = said in _WITHOUT_ARTICLE
    if previous in _CLAUSE_OPENING and following in _TELLING and not has_both:
        return Sense.TERM
    if following and following not in _ENDS and not following[0].isdigit():
        return Sense.OPEN
    if previous in _SURELY_NAMED or (previous in _ROLES and earlier in _DETERMINERS):
        return Sense.TERM
    if (earlier, previous) in _INTRODUCTIONS and not has_both:
        return Sense.TERM
    if previous not in _PLACES:
        return Sense.OPEN
    if not _DEALINGS.isdisjoint(before):
        return Sense.TERM
    return Sense.OPEN if has_both else Sense.LIKELY


def _lower(word: DecodedWord) -> str:
    return word.text.casefold().replace("’", "'")
