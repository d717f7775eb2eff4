"""How far an e-mail address goes back from what was understood of it, where a name was heard as everyday words."""

from __future__ import annotations

from enum import Enum

from voxport.redaction.detectors.personal.mail_lines import MailLine
from voxport.redaction.detectors.personal.telling import tells
from voxport.redaction.dialogue.questions import email_words

_CLAUSE_MS = 700
"""A pause before what an everyday word for a name begins with. A judgement."""
_REACH = 6
"""Everyday words before a name that may have been heard for a part of it. A judgement."""
_AT_WITHIN = 2
"""Words from what was heard for "at" to the domain, of which the first may be two words: "a Robald Mile.com"."""
_LED_WORDS = 3
"""Words of a sentence that is the first part of a name, as recognisers end one at "dot". A judgement."""


def reach(read: MailLine, name: int, domain: int, since: int) -> int:
    """The place where an address begins whose name was understood from a place on: everything back to a word that leads
    to one, or to where its speaker begins, if that is near. Recognisers write a name as everyday words: "start now in
    1997 at" for "Darnell 1997 at"."""
    begin = name
    if name == domain and name > since and read.texts[name - 1] in email_words(read.line.language).heard_at:
        begin -= 1
    told = crossed = False
    while begin > since and name - begin < _REACH:
        if _leads_on(read, begin - 1, domain):
            break
        bound = _bound(read, begin)
        joined = bound is _Bound.COMMA and _joins_over_comma(read, begin, domain)
        if bound is _Bound.PAUSE or (bound is not _Bound.NONE and not joined and crossed):
            break
        if bound is not _Bound.NONE and not joined:
            if not _is_led_to(read, begin, since):
                break
            crossed = True
        begin -= 1
        told = told or tells(read.line, read.words[begin])
    else:
        if begin > since:
            return name
    return begin if name < domain or told else name


def _leads_on(read: MailLine, place: int, domain: int) -> bool:
    """Whether a word leads to an address, rather than being heard for "at" right before its domain, behind a name:
    "escobar a gmail"."""
    signs = email_words(read.line.language)
    if read.texts[place] not in signs.lead:
        return False
    if place > 0 and read.texts[place] in signs.heard_parts and read.is_at(place + 1):
        # "Rose until one at city of Marlow.gov".
        return read.texts[place - 1] in signs.lead
    named = place > 0 and read.texts[place - 1] not in signs.lead and tells(read.line, read.words[place - 1])
    return not (named and domain - place <= _AT_WITHIN and read.texts[place] in signs.heard_at)


class _Bound(Enum):
    """What stands between a word and the one before it."""

    NONE = "none"
    COMMA = "comma"
    SENTENCE = "sentence"
    PAUSE = "pause"


def _bound(read: MailLine, place: int) -> _Bound:
    line, index, before = read.line, read.words[place], read.words[place - 1]
    if line.words[index].start_ms - line.words[before].end_ms > _CLAUSE_MS:
        return _Bound.PAUSE
    if line.sentences[index] != line.sentences[before]:
        return _Bound.SENTENCE
    return _Bound.COMMA if index - before > 1 else _Bound.NONE


def _joins_over_comma(read: MailLine, place: int, domain: int) -> bool:
    """Whether a part of an address goes on over a comma before it: "Anna, hyphen-brook", "brook it, charter.net"."""
    return place == domain or read.texts[place].startswith(tuple(email_words(read.line.language).marks))


def _is_led_to(read: MailLine, place: int, since: int) -> bool:
    """Whether a sentence that ends before a place is a name behind what leads to one: "it goes to Anna." "Brook at"."""
    lead = email_words(read.line.language).lead
    before = range(place - 1, max(since - 1, place - 2 - _LED_WORDS), -1)
    led = next((at for at, one in enumerate(before) if read.texts[one] in lead), 0)
    line, last, following = read.line, read.words[place - 1], read.words[place]
    asks = any(line.words[index].text == "?" for index in range(last + 1, following))
    if asks or not led or any(_bound(read, one) is not _Bound.NONE for one in before[:led]):
        return False
    first = read.words[before[led - 1]]
    return tells(line, first) and line.words[first].text[:1].isupper()
