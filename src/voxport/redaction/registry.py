"""The detectors by name: a finder for every definition of `core/detectors.py`.

A further detector is a definition there, a file in `detectors/` with its finder, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable

from voxport.core.detectors import PERSONAL_KINDS
from voxport.redaction.detectors.asked_back import asked_back
from voxport.redaction.detectors.matches import Match, match_of
from voxport.redaction.detectors.misheard import with_misheard
from voxport.redaction.detectors.national.find import find_national
from voxport.redaction.detectors.national.numbers import NATIONAL, NationalNumber
from voxport.redaction.detectors.payment_cards import find_payment
from voxport.redaction.detectors.personal.details import find_details
from voxport.redaction.detectors.social_security import find_social_security
from voxport.redaction.dialogue.lines import Dialogue
from voxport.redaction.dialogue.mentions import Mention, find_mentions
from voxport.redaction.dialogue.questions import find_questions, is_last, is_question
from voxport.redaction.dialogue.word_lists import Topic, common_words
from voxport.redaction.missed_speech.phases import PAYMENT, SOCIAL
from voxport.redaction.options import RedactionOptions

Finder = Callable[[Dialogue, RedactionOptions, tuple[str, ...]], list[Match]]
"""Takes a call, and of a detector that has kinds those asked for (empty: all); hands back its secrets in order of time.
It raises nothing and keeps nothing."""
Questions = Callable[[Dialogue, tuple[str, ...]], list[Mention]]
"""Takes a call and the kinds asked for; hands back the phrases that ask, in order of time."""


def _payment(dialogue: Dialogue, options: RedactionOptions, _: tuple[str, ...]) -> list[Match]:
    found = find_payment(dialogue, options.payment_cards, options.candidates, options.repetition)
    return _with_said_back(dialogue, found, options)


def _social_security(dialogue: Dialogue, options: RedactionOptions, _: tuple[str, ...]) -> list[Match]:
    found = find_social_security(dialogue, options.social_security, options.candidates, options.repetition)
    return _with_said_back(dialogue, found, options)


def _with_said_back(dialogue: Dialogue, found: list[Match], options: RedactionOptions) -> list[Match]:
    """The secrets with the pieces of them that are said back, in order of time."""
    back = asked_back(dialogue, found, options.asked_back)
    return with_misheard(dialogue, sorted((*found, *back), key=lambda secret: secret.span.start_ms))


def _personal(dialogue: Dialogue, options: RedactionOptions, kinds: tuple[str, ...]) -> list[Match]:
    return find_details(dialogue, kinds, options.personal, options.candidates, options.repetition)


def _national(number: NationalNumber) -> Finder:
    return lambda dialogue, options, _: find_national(dialogue, number, options.national)


def _numbers(dialogue: Dialogue, _: RedactionOptions, __: tuple[str, ...]) -> list[Match]:
    """Every number of the call; a lone "one" is a pronoun."""
    return [match_of(dialogue.lines[run.channel], run.groups) for run in dialogue.runs()]


FINDERS: dict[str, Finder] = {
    "PCI": _payment,
    "SSN": _social_security,
    "Number": _numbers,
    "PII": _personal,
    "PCI-Spanish": _payment,
    "SSN-Spanish": _social_security,
    **{number.name: _national(number) for number in NATIONAL},
}


def _details_asked(dialogue: Dialogue, kinds: tuple[str, ...]) -> list[Mention]:
    mentions = find_questions(dialogue, kinds or PERSONAL_KINDS)
    return [one for one in mentions if _is_answered(dialogue, one)]


def _is_answered(dialogue: Dialogue, mention: Mention) -> bool:
    """Whether a detail follows: a question, what is said last of an e-mail ("I'll send it by email.", "can you send me
    something?"), or a phrase that ends in "is"."""
    line = dialogue.lines[mention.channel]
    if mention.kind == "email" and is_last(line, mention):
        return True
    return is_question(line, mention) if mention.asks else line.plain_words[mention.last] in common_words().forms_of_be


def _national_asked(number: NationalNumber) -> Questions:
    return lambda dialogue, _: [one for one in find_mentions(dialogue, "national", [number.name]) if one.asks]


QUESTIONS: dict[str, Questions] = {
    "PII": _details_asked,
    **{number.name: _national_asked(number) for number in NATIONAL},
}
"""The questions of a detector whose answers are covered where a voice is heard and nothing was recognised."""

MISSED_TOPICS: dict[str, frozenset[Topic]] = {
    "PCI": PAYMENT,
    "SSN": SOCIAL,
    "PCI-Spanish": PAYMENT,
    "SSN-Spanish": SOCIAL,
}
"""What a detector listens for where something was said and not recognised; a detector that is not here does not."""
