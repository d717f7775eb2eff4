"""E-mail addresses that show what they are by themselves: "grace dot miller at gmail dot com", `miller at gmail.com`.

The end is the surest part: a provider, or a domain behind "at". From there the address is followed back to where it
begins, into what the same side said just before where that was spelled or the other side only nodded.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import islice, takewhile

from voxport.core.transcript import WordKind
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.personal.mail_lines import DOMAIN_WORDS, MailLine, is_domain
from voxport.redaction.detectors.personal.mail_reach import reach
from voxport.redaction.detectors.personal.mail_words import WEB
from voxport.redaction.detectors.personal.spelling import spelled_in
from voxport.redaction.detectors.personal.telling import is_everyday, tells, told_in
from voxport.redaction.dialogue.letters import letter_names
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.questions import (
    denials,
    email_words,
    lead_words,
    spelling_verbs,
)
from voxport.redaction.dialogue.word_lists import common_words

_PAUSE_MS = 1_500
"""A longer pause before a word of an address is where it begins. A judgement."""
_TURNS_MS = 8_000
"""The same where the other side nods between the name and "at gmail dot com". As for digits."""
_LEAST_SPELLED = 3
"""Signs before a domain without "at" that make it an address. A judgement: fewer stand before web pages too."""
_WEB_WITHIN = 8
"""Words of a sentence before a domain in which something says that it is a web page. A judgement."""
_HOST_WORDS = 2
"""Everyday words in the name of who keeps the mail: "city of". A judgement."""
_LED_WORDS = 3
"""Words between a name and "at" that only lead on: "and that's". A judgement."""
_DOT_WITHIN = 3
"""Words of an answer before "dot" that may be a name: "and it dot Keller" for "Annette dot Keller". A judgement."""
_DOMAIN_WITHIN = 6
"""Words behind such a "dot" in which a domain, or who keeps the mail, makes it one of an address. A judgement."""
_ALONE_WORDS = 4
"""Words of a sentence that is only a name, those that lead to it included. A judgement."""
MOST_WORDS = 320
"""Words of the longest address: 64 signs before the `@` (RFC 5321, 4.5.3.1.1), each as "B as in Bravo", and a domain of
a usual length spelled in the same way."""
UNCLEAR_WORDS = 24
"""Words of an answer in which no address was understood; more are other talk. A judgement."""
_SPELLED_WITHIN = 6
"""Words behind an address after which it is spelled: "and that is spelled". A judgement."""
_BEFORE_SIGN = 2
"""Words before "underscore" that may be a name: two for one, as recognisers write it."""
_NAME_WORDS = 12
"""Words of a name that is not spelled. A judgement: "first dot middle dot last one nine six four"."""


class AddressLine(MailLine):
    """The addresses that are said on a line."""

    @cached_property
    def spoken(self) -> list[list[int]]:
        """The words of each, in order; indices of the line."""
        found = []
        place = since = 0
        while place < len(self.words):
            end = self.end_of_domain(place)
            begin = None if end is None else _begin(self, place, since)
            if end is not None and begin is not None:
                since = end
                found.append(self.words[begin:end])
            place = end if end is not None and begin is not None else place + 1
        return found


def _begin(read: MailLine, domain: int, since: int) -> int | None:
    """The place, not before `since`, where the address begins whose domain is at a place; None where it is only a
    domain."""
    name = _surely(read, domain, since)
    if name is not None and name < domain and read.is_at(name):
        name = _over_sentences(read, name, since)
    if name is None:
        before = _telling_before(read, domain)
        name = None if before is None else _name_before(read, before, since)
    return name if name is None else reach(read, _behind_lead(read, name, domain), domain, since)


def _over_sentences(read: MailLine, at: int, since: int) -> int:
    """The place where a name begins that ends the sentence before "that's at", where it is written with a dot as no
    other word is: "Rosa.garden." "That's at gmail.com"; else the "at"."""
    led = at
    while led > since and at - led < _LED_WORDS and read.texts[led - 1] in email_words(read.line.language).lead:
        led -= 1
    if led == since:
        return at
    line, last, following = read.line, read.words[led - 1], read.words[led]
    near = line.words[following].start_ms - line.words[last].end_ms <= _TURNS_MS
    dotted = "." in read.texts[led - 1].strip(".")
    return _name_before(read, led, since) if near and dotted else at


def _behind_lead(read: MailLine, name: int, domain: int) -> int:
    """The place behind words that lead to an address, "try", "at", where what tells it follows them."""
    signs = email_words(read.line.language)
    telling = next((place for place in range(name, domain) if tells(read.line, read.words[place])), name)
    leads = signs.lead | signs.at
    while (
        name < telling
        and read.texts[name] in leads
        and not (_is_beside_sign(read, name, domain) or _is_beside_dot(read, name, domain - 1))
    ):
        name += 1
    return name


def _telling_before(read: MailLine, domain: int) -> int | None:
    """The place right before a written domain of what tells something, with no "at" and nothing of a web page in its
    sentence: "the receipt goes to Anna Brook bright.org", not "we saw it on Bright Water.org"; None where none does."""
    line, index = read.line, read.words[domain]
    if domain == 0 or not is_domain(line.words[index].text) or read.texts[domain].startswith(WEB):
        return None
    signs = email_words(line.language)
    before = domain - 1
    if before > 0 and read.texts[before] in signs.heard_at:
        before -= 1
    near = line.words[index].start_ms - line.words[read.words[before]].end_ms <= _PAUSE_MS
    same = line.sentences[read.words[before]] == line.sentences[index]
    if not (near and same and tells(line, read.words[before])):
        return None
    sentence = takewhile(
        lambda place: line.sentences[read.words[place]] == line.sentences[index],
        range(domain - 1, max(-1, domain - 1 - _WEB_WITHIN), -1),
    )
    return before if signs.web.isdisjoint(read.texts[place] for place in sentence) else None


def _surely(read: MailLine, domain: int, since: int) -> int | None:
    """The place where an address begins by what was understood of it."""
    at = _at_before(read, domain, since)
    last = _behind_aside(read, domain, since) if at is None else at
    aside = read.aside_before(last, since)
    name = _name_before(read, aside, since)
    if name == aside < last:
        name = _sentence_before(read, aside, since)
    if not read.has_dot(domain):
        return name if at is not None and name < aside and tells(read.line, read.words[aside - 1]) else None
    if read.names_provider(domain):
        return name
    told = any(tells(read.line, read.words[place]) for place in range(name, last))
    if read.is_about_mail(domain):
        return name if at is not None or told else None
    if at is not None:
        # Without a name before it "at" leads to a web page.
        shown = name < at and (read.is_sign(at - 1) or tells(read.line, read.words[at - 1]))
        shown = shown or read.is_sure_at(at)
        return name if shown or _is_only_domain(read, at, domain) else None
    spelled = sum(read.is_sign(place) for place in range(name, last))
    return name if spelled >= _LEAST_SPELLED else None


def _sentence_before(read: MailLine, aside: int, since: int) -> int:
    """The place where a name begins that is all of the sentence before what is said of it, "Anna Brook." "No dots.";
    the aside where there is none."""
    line, begin = read.line, aside
    while (
        begin > since
        and aside - begin <= _ALONE_WORDS
        and line.sentences[read.words[begin - 1]] == (line.sentences[read.words[aside - 1]])
    ):
        begin -= 1
    named = all(tells(line, read.words[place]) for place in range(begin, aside))
    near = begin < aside and line.words[read.words[aside]].start_ms - line.words[read.words[aside - 1]].end_ms
    return begin if 0 < aside - begin < _ALONE_WORDS and named and near <= _PAUSE_MS else aside


def _behind_aside(read: MailLine, domain: int, since: int) -> int:
    """The place behind "all one word" where that ends the sentence before "it's" and a domain, else the domain."""
    before = domain - 1
    led = before > since and read.texts[before] in email_words(read.line.language).lead
    return before if led and read.aside_before(before, since) < before else domain


def _is_only_domain(read: MailLine, at: int, domain: int) -> bool:
    """Whether a sentence begins with "at" and a domain, as what goes on from a name does: "Miller." "At brook.org"."""
    line = read.line
    before = [
        place
        for place in range(max(0, at - _ALONE_WORDS), at)
        if line.sentences[read.words[place]] == line.sentences[read.words[domain]]
    ]
    return all(read.texts[place] in lead_words(line.language) | denials(line.language) for place in before)


def _at_before(read: MailLine, domain: int, since: int) -> int | None:
    """The place of the "at" before a domain, with no more between than may belong to it: "at bright water.org"; where
    e-mail is spoken of also "at city of Marlow.gov"."""
    everyday, most, leads = 0, 1, lead_words(read.line.language)
    if read.is_about_mail(domain):
        most, leads = _HOST_WORDS, leads - email_words(read.line.language).within_hosts
    for place in range(domain - 1, max(since, domain - DOMAIN_WORDS) - 1, -1):
        if read.is_at(place):
            return place
        if len(read.texts[place]) == 1 and place > since and read.is_at(place - 1):
            return place - 1
        everyday += not read.is_sign(place) and not tells(read.line, read.words[place])
        if everyday > most or read.texts[place] in leads:
            return None
    return None


def _name_before(read: MailLine, last: int, since: int) -> int:
    """The place where the words before `last` begin that belong to the same address."""
    begin, named = last, 0
    while begin > max(since, last - MOST_WORDS) and named < _NAME_WORDS and _belongs(read, begin - 1, begin, last):
        begin -= 1
        named += not read.is_sign(begin)
    return begin


def _belongs(read: MailLine, place: int, following: int, last: int) -> bool:
    """Whether a word belongs to the one after it in an address: said in one go, and no word that only leads to it; a
    sentence before only where it is spelled or nothing else was said."""
    line, index, after = read.line, read.words[place], read.words[following]
    pause_ms = line.words[after].start_ms - line.words[index].end_ms
    if _leads(read, place):
        return False
    sign, leads_not = read.is_sign(place), read.texts[place] not in lead_words(line.language)
    if line.sentences[index] != line.sentences[after] or pause_ms > _PAUSE_MS:
        at = read.is_at(following)
        alone = at and leads_not and _is_alone(read, place)
        return (at or read.is_sign(following)) and pause_ms <= _TURNS_MS and (sign or alone)
    if (
        sign
        or _is_beside_sign(read, place, last)
        or _is_beside_dot(read, place, last)
        or _is_misheard_digit(read, place)
        or _is_letter_name(read, place, last)
        or _joins(read, place)
    ):
        return True
    return leads_not and (following == last or not is_everyday(line, index))


def _leads(read: MailLine, place: int) -> bool:
    """Whether a word of one letter only leads to a name behind it: "por escrito a Rosa", rather than being spelled."""
    if read.texts[place] not in email_words(read.line.language).leads or place + 1 >= len(read.texts):
        return False
    return (
        not read.is_sign(place + 1)
        and not (place > 0 and read.is_sign(place - 1))
        and not read.names_provider(place + 1)
    )


def _joins(read: MailLine, place: int) -> bool:
    """Whether an everyday word stands in a name: "hughes and sons"; of those that lead to an address only what is heard
    for a part of one, as "in" for "nine-"."""
    line, text = read.line, read.texts[place]
    if text in lead_words(line.language) and text not in email_words(line.language).heard_within:
        return False
    before = place > 0 and tells(line, read.words[place - 1])
    return before and (read.is_sign(place + 1) or tells(line, read.words[place + 1]))


def _is_beside_sign(read: MailLine, place: int, last: int) -> bool:
    """Whether a word is a part of a name by "underscore" beside it, whatever was heard for it: up to two before, where
    none tells anything, "when you underscore it" for "Wendy underscore A"."""
    marks = email_words(read.line.language).marks
    if place > 0 and read.texts[place - 1] in marks:
        return True
    following = read.texts[place + 1 : min(last, place + 1 + _BEFORE_SIGN)]
    near = next((at for at, text in enumerate(following) if text in marks), None)
    return near == 0 or (near is not None and not tells(read.line, read.words[place + 1]))


def _is_beside_dot(read: MailLine, place: int, last: int) -> bool:
    """Whether a word is a part of a name by "dot" beside it, whatever was heard for it: the one right behind it, and up
    to two before it that tell nothing, "make it by your dot also at" for "Byrd dot Arthur at"."""
    signs, named = email_words(read.line.language), last < len(read.texts) and read.is_at(last)
    if not named or read.texts[place] in signs.dot:
        return False
    if place > 0 and read.texts[place - 1] in signs.dot:
        return True
    following = read.texts[place + 1 : min(last, place + 1 + _BEFORE_SIGN)]
    near = next((at for at, text in enumerate(following) if text in signs.dot), None)
    return (
        near is not None
        and read.texts[place] not in signs.before_names
        and not tells(read.line, read.words[place + near])
    )


def _is_letter_name(read: MailLine, place: int, last: int) -> bool:
    """Whether the word before "at" is the name of a letter behind a name: "Miller are at" for "Miller R at"."""
    line = read.line
    named = place + 1 == last < len(read.texts) and read.is_at(last) and place > 0
    return named and read.texts[place] in letter_names(line.language).letters and tells(line, read.words[place - 1])


def _is_misheard_digit(read: MailLine, place: int) -> bool:
    """Whether a word behind digits may be one more: "fifty for" for 54."""
    table = lexicon_of(read.line.language)
    digits = place > 0 and read.line.words[read.words[place - 1]].text.isdecimal()
    return digits and read.texts[place] in {*table.heard_as, *table.heard_between}


def _is_alone(read: MailLine, place: int) -> bool:
    """Whether a word ends a sentence of a few words: the name in "Grace Miller." "Okay." "At gmail dot com."."""
    line = read.line
    sentence = line.sentences[read.words[place]]
    begin = max(0, place - _ALONE_WORDS)
    return line.sentences[read.words[begin]] != sentence or begin == 0


def address_in(read: AddressLine, words: Sequence[int]) -> list[int]:
    """Of the words that answer a question for an address: those from its first to its last, what is told before it and
    spelled behind it included; where none is understood, what may be one of the first `UNCLEAR_WORDS`, and letters."""
    line = read.line
    begin = bisect_left(read.spoken, words[0], key=lambda found: found[-1])
    inside = list(takewhile(lambda found: found[0] <= words[-1], islice(read.spoken, begin, None)))
    spelled = spelled_in(line, words).words
    told = told_in(line, words[:UNCLEAR_WORDS])
    if told and told[0] > 0 and len(line.plain_words[told[0] - 1]) == 1:
        told.insert(0, told[0] - 1)
    told = sorted({*told, *_before_dot(line, words)})
    domains = [index for index in words[:UNCLEAR_WORDS] if is_domain(line.words[index].text)]
    if not inside and domains:
        # An address of which the "at" was lost ends there.
        told = [index for index in told if index <= domains[-1]]
    if not inside:
        return sorted({*told, *spelled})
    first = min(*told[:1], inside[0][0], inside[0][0])
    last = inside[-1][-1]
    behind = _spelled_behind(line, [index for index in words if index > last])
    for index in sorted(index for index in spelled if index > last):
        last = index if line.spoken_between(last, index) <= _SPELLED_WITHIN else last
    whole = (index for index in range(first, last + 1) if line.words[index].kind is WordKind.WORD)
    return sorted({*whole, *behind})


def _before_dot(line: Line, words: Sequence[int]) -> Sequence[int]:
    """The words with which an answer begins up to what follows a "dot" among its first, those that may only lead to it
    included, since of names they are heard too: "and it dot Keller"; none of "the dot on the map"."""
    dots = email_words(line.language).dot
    dot = next((index for index in words[: _DOT_WITHIN + 1] if line.plain_words[index] in dots), None)
    if dot is None or dot == words[-1] or not _goes_on_from_dot(line, dot):
        return ()
    begin = dot
    while begin > max(0, dot - _DOT_WITHIN) and _is_before_dot(line, begin - 1):
        begin -= 1
    return range(begin, dot + 2)


def _goes_on_from_dot(line: Line, dot: int) -> bool:
    """Whether what stands behind a "dot" tells something or is a letter, or a domain or who keeps the mail is near."""
    signs = email_words(line.language)
    behind = range(dot + 1, min(len(line.words), dot + 1 + _DOMAIN_WITHIN))
    if behind and (tells(line, dot + 1) or len(line.plain_words[dot + 1]) == 1):
        return True
    keepers = signs.providers | signs.endings - lead_words(line.language)
    return any(line.plain_words[at] in keepers or is_domain(line.words[at].text) for at in behind)


def _is_before_dot(line: Line, index: int) -> bool:
    """Whether a word may be of a name before "dot" in what is said in one go, rather than say that one comes: "is"."""
    near = line.words[index + 1].start_ms - line.words[index].end_ms <= _PAUSE_MS
    same = line.sentences[index] == line.sentences[index + 1] and bool(line.plain_words[index])
    return near and same and line.plain_words[index] not in common_words().forms_of_be


def _spelled_behind(line: Line, words: Sequence[int]) -> list[int]:
    """What is told behind "let me spell it", however it was heard; `words` are those behind an address."""
    near = [index for index in words[:_SPELLED_WITHIN] if line.plain_words[index] in spelling_verbs(line.language)]
    return told_in(line, [index for index in words if index > near[0]][:UNCLEAR_WORDS]) if near else []
