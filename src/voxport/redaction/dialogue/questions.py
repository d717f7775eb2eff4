"""Who asks for a detail of a person, or tells one unasked, and the words that answers begin with."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass, fields
from functools import cache
from itertools import islice

from voxport.core.detectors import PERSONAL_KINDS
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention, find_mentions, phrase_list
from voxport.redaction.dialogue.word_lists import common_words, word_lists_of

_LIST = "personal"
_SHORT_QUESTION = 8
"""Words of a sentence that asks without saying so: "and your first and last name". A judgement."""
_ASKS_WITHIN = 60
"""Words and marks of a sentence before a phrase in which "could you" makes it a question; longer ones are recited."""
_TURN_MS = 1_500
"""A pause in which the other side has spoken, though recognition goes on in one sentence. As for phrases."""
_OFFER_WITHIN = 8
"""Words and marks before a phrase in which "do you need" makes it an offer. A judgement."""
_FIGURES = ("phone", "dateOfBirth", "account")
"""Kinds that are told in digits,"""
_FIGURES_WITHIN = 12
"""within so many words and marks behind "my number is". A judgement."""
_LEAD = "lead"
"""The entry of the list that is no kind: words an answer begins with, and those of an answer that tells nothing."""


def find_questions(dialogue: Dialogue, kinds: Collection[str]) -> list[Mention]:
    """The phrases that ask for or tell details of these kinds, in order of time; "my email is" asks for none."""
    found = find_mentions(dialogue, _LIST, [kind for kind in PERSONAL_KINDS if kind in kinds])
    told = {(one.kind, one.channel, place) for one in found if _states(dialogue, one) for place in _places(one)}
    return [one for one in found if not one.asks or not any((one.kind, one.channel, p) in told for p in _places(one))]


def _states(dialogue: Dialogue, mention: Mention) -> bool:
    """Whether it ends in "is", behind which the detail stands: not "your date of birth is enough"."""
    line = dialogue.lines[mention.channel]
    if mention.asks or line.plain_words[mention.last] not in common_words().forms_of_be:
        return False
    if line.plain_words[mention.first] in _words(line.language, "addressing"):
        # "And your email is?"
        return False
    runs = line.runs_in(mention.last + 1, mention.last + _FIGURES_WITHIN)
    own = not _words(line.language, "mine").isdisjoint(line.plain_words[max(0, mention.first - 1) : mention.last])
    # "Your account number is" is answered in a pause.
    end = len(line.words) if own else end_of_turn(line, mention.last, len(line.words))
    sentence = line.sentences[mention.last]
    told = any(line.sentences[run.words[0]] == sentence and run.words[0] < end for run in runs)
    return told or mention.kind not in _FIGURES


def _places(mention: Mention) -> range:
    return range(mention.first, mention.last + 1)


def spelling_verbs(language: str) -> frozenset[str]:
    """Words by which somebody says that he spells."""
    return _words(language, "spells")


def lead_words(language: str) -> frozenset[str]:
    """Words with which an answer begins before it tells anything: "sure, it is"."""
    return _words(language, "asked")


def addressing_words(language: str) -> frozenset[str]:
    """Words of a sentence about whom it is said to: "your"."""
    return _words(language, "addressing")


def question_words(language: str) -> frozenset[str]:
    """Words of a question: "who", "can"."""
    return _words(language, "asks")


def opening_words(language: str) -> frozenset[str]:
    """Words that belong to a telephone number right before its digits: "area code"."""
    return frozenset(phrase_list(_LIST, language).get("phone", {}).get("opening", ()))


def joining_words(language: str) -> frozenset[str]:
    """Words between two pieces of a telephone number that only lead from one to the other: "and then"."""
    return frozenset(phrase_list(_LIST, language).get("phone", {}).get("joining", ()))


def end_phrases(language: str) -> frozenset[str]:
    """What is said right behind the last digits of a number: "at the end"."""
    return frozenset(phrase_list(_LIST, language).get("phone", {}).get("at_end", ()))


def last_part_phrases(language: str) -> frozenset[str]:
    """What is said right before the last digits of a number: "the end is"."""
    return frozenset(phrase_list(_LIST, language).get("phone", {}).get("before_end", ()))


def thing_words(language: str) -> frozenset[str]:
    """Things that have numbers of their own, which are nobody's telephone: "serial"."""
    return frozenset(phrase_list(_LIST, language).get("phone", {}).get("things", ()))


def question_openings(language: str) -> frozenset[str]:
    """Words that begin a question without asking otherwise: "is it still"."""
    return _words(language, "opens")


def spelling_words(language: str) -> frozenset[str]:
    """Words between a name and its letters: "that is", "spelled"."""
    return _words(language, "spelling")


def subjects(language: str) -> frozenset[str]:
    """Whom a sentence is about that tells no detail: "we need", "it will"."""
    return _words(language, "subjects")


def introductory(language: str) -> frozenset[str]:
    """What somebody introduces himself by, before who else is with him or what he calls about: "this is"."""
    return _words(language, "introductory")


def naming_words(language: str, use: str) -> frozenset[str]:
    """What stands beside a name by which somebody is called (`calling`, `seeking`, `confirming`) or calls himself
    (`presenting`, behind it `presented`), and other lists about names and addresses by their use in the list."""
    return _words(language, use)


def street_words(language: str) -> frozenset[str]:
    """What a street is called behind its name, those that mean something else as well included: "way"."""
    return word_lists_of(language).streets | _words(language, "streets")


def titles(language: str) -> frozenset[str]:
    """What stands before a name: "Mrs"."""
    return _words(language, "titles")


def denials(language: str) -> frozenset[str]:
    """Words that begin an answer which tells nothing: "no", "why"."""
    return _words(language, "told")


def is_question(line: Line, mention: Mention) -> bool:
    """Whether a phrase asks, rather than only names a detail as in "you will get an email": by its mark or its words.

    A short sentence without a subject asks too: "And your email."
    """
    sentence = line.sentences[mention.last]
    begin, end = bisect_left(line.sentences, sentence), bisect_right(line.sentences, sentence)
    if line.words[end - 1].text == "?":
        return True
    begin, end = _behind_pause(line, begin, mention.first), end_of_turn(line, mention.last, end)
    said = (line.plain_words[index] for index in range(begin, end) if line.plain_words[index])
    words = list(islice(said, _SHORT_QUESTION + 1))
    short = len(words) <= _SHORT_QUESTION and subjects(line.language).isdisjoint(words[:2])
    opens = bool(words) and words[0] in question_openings(line.language)
    before = line.plain_words[max(begin, mention.last - _ASKS_WITHIN) : mention.last + 1]
    return short or opens or not _words(line.language, "asks").isdisjoint(before)


def is_offered(line: Line, mention: Mention) -> bool:
    """Whether who speaks asks whether to tell what a phrase names, and goes on with it himself once the other side
    agrees: "do you need the address, too?" "I do." "42 Harbor Way"; not "do you want the address book?"."""
    opening = bisect_left(line.sentences, line.sentences[mention.last])
    begin = _behind_pause(line, max(opening, mention.first - _OFFER_WITHIN), mention.first)
    words = [line.plain_words[index] for index in range(begin, mention.last + 1)]
    said = f" {' '.join(words)} "
    own = _words(line.language, "addressing").isdisjoint(words)
    if not _words(line.language, "compounds").isdisjoint(line.plain_words[mention.last + 1 : mention.last + 2]):
        return False
    return mention.asks and own and any(f" {offer} " in said for offer in _words(line.language, "offers"))


def is_last(line: Line, mention: Mention) -> bool:
    """Whether its speaker says nothing soon behind a phrase."""
    following = next((line.words[at] for at in range(mention.last + 1, len(line.words)) if line.plain_words[at]), None)
    return following is None or following.start_ms - line.words[mention.last].end_ms > _TURN_MS


def end_of_turn(line: Line, last: int, end: int) -> int:
    """The end of the words up to the first long pause soon after `last`, in which the other side will have spoken, else
    `end`."""
    for place in range(last + 1, min(end, last + _ASKS_WITHIN)):
        if line.words[place].start_ms - line.words[place - 1].end_ms > _TURN_MS:
            return place
    return end


def is_of_an_account(line: Line, mention: Mention) -> bool:
    """Whether a phrase names what is an account, rather than any number: "your permit number"."""
    named = line.plain_words[mention.first : mention.last + 1]
    return mention.kind != "account" or not naming_words(line.language, "accounts").isdisjoint(named)


def _behind_pause(line: Line, begin: int, first: int) -> int:
    """The word behind the last long pause before `first`, where the other side spoke; `begin` without one."""
    for place in range(first, max(begin, first - _ASKS_WITHIN), -1):
        if line.words[place].start_ms - line.words[place - 1].end_ms > _TURN_MS:
            return place
    return begin


@cache
def month_numbers(language: str) -> dict[str, int]:
    """The number of each month by its names."""
    months = phrase_list(_LIST, language).get("dateOfBirth", {}).get("months", ())
    return {name: number for number, names in enumerate(months, 1) for name in names.split()}


@dataclass(frozen=True, slots=True)
class EmailWords:
    """What is said in an e-mail address beside names, letters and digits."""

    at: frozenset[str]
    """For `@`."""
    dot: frozenset[str]
    """For the dot."""
    heard_dot: frozenset[str]
    """What is heard for it right before one of `sure_endings`: "gmail dog com"."""
    signs: frozenset[str]
    """For other signs, and what is said of letters: "underscore", "lowercase"."""
    marks: frozenset[str]
    """Those of them that stand between two parts of a name: "underscore"."""
    providers: frozenset[str]
    """Who keeps people's mail."""
    hosts: frozenset[str]
    """The same by names that are other words as well: "me", "live"."""
    sure_at: frozenset[str]
    """Words for `@` that are in no other word."""
    heard_at: frozenset[str]
    """What is heard for `@` right before who keeps the mail: "and"."""
    heard_within: frozenset[str]
    """What is heard for a part of a name, though it may lead to one: "in" for "nine-"."""
    heard_parts: frozenset[str]
    """What ends a name right before "at", though it may lead to one: "one"."""
    within_hosts: frozenset[str]
    """Words in the name of who keeps mail, though they may lead to an address: "city of Marlow"."""
    leads: frozenset[str]
    """Words of one letter that lead to an address where a longer word follows: "mandelo a rosa"."""
    endings: frozenset[str]
    """What stands behind the last dot: "com"."""
    sure_endings: frozenset[str]
    """Those of them that are no other word."""
    lead: frozenset[str]
    """Words right before an address, which belong to none: "it goes to"."""
    before_names: frozenset[str]
    """Those of them that are heard for no part of a name: "it's"."""
    web: frozenset[str]
    """Words before the domain of a web page: "we saw it on"."""
    asides: frozenset[str]
    """What is said of a name before the `@`: "all one word"."""


@cache
def email_words(language: str) -> EmailWords:
    """Those of a language; none for one without lists."""
    email = phrase_list(_LIST, language).get("email", {})
    return EmailWords(**{use.name: frozenset(email.get(use.name, ())) for use in fields(EmailWords)})


@cache
def _words(language: str, use: str) -> frozenset[str]:
    return frozenset(phrase_list(_LIST, language).get(_LEAD, {}).get(use, ()))
