"""What digits are said about: the cue that governs them, weighed over the flow of the dialogue."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.redaction.detectors.card_months import is_month_with_year
from voxport.redaction.detectors.grouping import is_said_as_phone
from voxport.redaction.detectors.unanswered_cues import is_beside, is_told
from voxport.redaction.dialogue.lines import Cue, Dialogue
from voxport.redaction.dialogue.word_lists import Topic, common_words, word_lists_of


class Subject(StrEnum):
    """What a stretch of digits is taken for."""

    CARD = "card"
    """Announced as the number of a card, or a part of it."""
    CARD_NAMED = "card named"
    """Said after a card or paying was spoken of."""
    EXPIRY = "expiry"
    CODE = "code"
    SOCIAL = "social"
    ORDINARY = "ordinary"
    """Announced as something that is no secret."""
    PAYMENT = "payment"
    """Said while a card is paid with, in answer to a question that was not understood."""
    ASKED = "asked"
    """Dictated on request, of what was not understood."""
    UNKNOWN = "unknown"
    """Announced as nothing."""


WEAK = (Subject.UNKNOWN, Subject.ASKED, Subject.ORDINARY, Subject.CARD_NAMED)
"""Subjects under which digits are easily something else."""


@dataclass(frozen=True, slots=True)
class CueLifetimes:
    """How long after a cue, in ms, digits may still belong to it: people look for the card, or are put on hold.

    What is asked for outright lasts longest, what is said in passing shortest. The lengths are judgements, tried on the
    development calls; no measurement of one alone is recorded.
    """

    card: int = 120_000
    """"Card number": people get up for their card."""
    card_named: int = 60_000
    """Half as long: no number was asked for."""
    part: int = 45_000
    """"The last four": said with the number at hand."""
    expiry: int = 60_000
    """Stands on the card that is held already."""
    expiry_named: int = 60_000
    """As an expiry date of a card, which it is in a call about one."""
    code: int = 60_000
    """Stands on the card that is held already, on its back."""
    code_named: int = 30_000
    """Any code: half as sure, half as long."""
    social: int = 120_000
    """As long as a card: people look for the document."""
    ordinary: int = 60_000
    """"Phone number", "order number"."""
    account: int = 60_000
    """"Account number", "member number": as any ordinary number."""
    document: int = 60_000
    """"Passport number", and how long what is said of it expires."""
    short: int = 60_000
    """A date of birth or an address, as any ordinary number."""
    amount: int = 15_000
    """Amounts follow at once: "your total comes to"."""
    ready: int = 30_000
    """"Go ahead": dictation begins soon."""
    ordinary_named: int = 20_000
    """Named in passing: about the sentence in which it is said."""

    def of(self, topic: Topic) -> int:
        """The lifetime of a cue of that topic, in ms."""
        lifetime_ms: int = getattr(self, topic.value)
        return lifetime_ms


@dataclass(frozen=True, slots=True)
class SubjectOptions:
    """Which of the cues before digits decides what they are."""

    lifetimes_ms: CueLifetimes = field(default_factory=CueLifetimes)
    longest_amount: int = 5
    """Digits of the longest amount: one said after "your total" that is longer is no amount. A judgement."""
    longest_short: int = 8
    """Digits of a date of birth with its year (`04121986`); a house number has fewer."""
    longest_ordinary_named: int = 8
    """Digits after "order" said in passing; 11 at first, lowered on the development calls, why was not recorded."""
    part_context_ms: int = 120_000
    """How far back "the last four" looks for what they are the last of: as long as an asked-for card lasts."""
    part_after_ms: int = 5_000
    """ms after "the last four" in which "of your card" may still come. A judgement."""
    code_context_ms: int = 60_000
    """ms around "the code" in which payment must be spoken of for it to be a card's. A judgement."""
    expiry_context_ms: int = 180_000
    """ms around "expires" in which payment must be spoken of: longer, since less else expires. A judgement."""

    def longest(self, topic: Topic) -> int | None:
        """How many digits a cue of that topic can be about; None for any number."""
        return {
            Topic.AMOUNT: self.longest_amount,
            Topic.SHORT: self.longest_short,
            Topic.ORDINARY_NAMED: self.longest_ordinary_named,
        }.get(topic)

    def may_have(self, topic: Topic, digits: int) -> bool:
        """Whether a cue of that topic can be about so many digits."""
        longest = self.longest(topic)
        return longest is None or digits <= longest


_NAMED = (Topic.CARD_NAMED, Topic.CODE_NAMED, Topic.ORDINARY_NAMED)
_OUTWEIGHED = frozenset({*_NAMED, Topic.READY})
"""What an earlier cue may outweigh; any other decides by itself."""
_PAYMENT = (Topic.CARD, Topic.CARD_NAMED, Topic.EXPIRY, Topic.CODE)
_SECRETS = (*_PAYMENT, Topic.SOCIAL)
_CARDS = (Topic.CARD, Topic.CARD_NAMED)
_SUBJECTS = {
    Topic.CARD: Subject.CARD,
    Topic.CARD_NAMED: Subject.CARD_NAMED,
    Topic.EXPIRY: Subject.EXPIRY,
    Topic.EXPIRY_NAMED: Subject.EXPIRY,
    Topic.CODE: Subject.CODE,
    Topic.CODE_NAMED: Subject.CODE,
    Topic.SOCIAL: Subject.SOCIAL,
    Topic.ORDINARY: Subject.ORDINARY,
    Topic.ACCOUNT: Subject.ORDINARY,
    Topic.DOCUMENT: Subject.ORDINARY,
    Topic.SHORT: Subject.ORDINARY,
    Topic.ORDINARY_NAMED: Subject.ORDINARY,
    Topic.AMOUNT: Subject.ORDINARY,
    Topic.READY: Subject.ASKED,
}


def governing_cue(dialogue: Dialogue, run: NumberRun, options: SubjectOptions) -> Cue | None:
    """The cue that says what the digits are; None when none was said lately."""
    named = dialogue.named_after(run)
    if named is not None:
        return named
    recent: list[Cue] = []
    cues = dialogue.cues_before(run)
    for cue in cues:
        if not options.may_have(cue.topic, len(run.value)) or is_beside(dialogue, cue, run):
            continue
        if cue.topic is Topic.AMOUNT and is_told(dialogue, cue, run):
            continue
        recent.append(cue)
        if cue.topic not in _OUTWEIGHED:
            break
    current: Cue | None = None
    for cue in reversed(recent):
        if current is None or not _is_outweighed(dialogue, cue, current, options):
            current = cue
    if current is None or run.span.start_ms - current.end_ms > options.lifetimes_ms.of(current.topic):
        return None
    if current.topic is Topic.CARD_NAMED:
        return _expiry_before(dialogue, current, run, options) or current
    return (
        _asked_as_well(dialogue, current, cues, run)
        or _asked_before(dialogue, current, run)
        or _year_asked_for(dialogue, current, run)
        or current
    )


_ASKED_AS_WELL = 8
"""Cues before the last one among which a second one of the same sentence is looked for."""
_ELSE_ASKED = (Topic.ORDINARY, Topic.ACCOUNT, Topic.DOCUMENT, Topic.SHORT)
_DATES = (Topic.EXPIRY, Topic.EXPIRY_NAMED)
_NEAR_CUES = 16
"""Cues before digits among which one is looked for: a call may have any number."""
_ASKED_BEFORE_MS = 15_000
"""ms before such words in which the question stands. A judgement: the answer is begun."""
_WHOLE_LENGTHS = {Topic.CARD: range(13, 20), Topic.CARD_NAMED: range(13, 20), Topic.SOCIAL: (8, 9)}
"""Digits of numbers that hardly anything else has, one of a social security number lost."""
_SHORT_SECRETS, _ROW = (Topic.EXPIRY, Topic.CODE), 11
"""What is asked for beside something else, and the digits of a date, a code and a zip code in a row: "the date on it,
the numbers behind and your zip code?" "1130 402 78704"; a telephone number has fewer."""
_LENGTHS = {
    Topic.CARD: range(12, 20),
    Topic.EXPIRY: (4,),
    Topic.CODE: (3, 4),
    Topic.SOCIAL: range(7, 10),
    Topic.PART: (4,),
}
"""Digits by which the answer to one of two questions is known."""


def _asked_as_well(dialogue: Dialogue, current: Cue, before: Iterator[Cue], run: NumberRun) -> Cue | None:
    """The question for a secret that stands in one sentence with one for something else, where the digits are as many
    as it asks for: "the last four of your social and your date of birth"."""
    if current.topic not in _ELSE_ASKED or current.channel == run.channel or is_said_as_phone(run):
        return None
    for cue in islice(before, _ASKED_AS_WELL):
        if not dialogue.same_sentence(cue, current) or _is_answered_between(dialogue, cue, current, run):
            return None
        if len(run.value) in _LENGTHS.get(cue.topic, ()):
            return cue
        if cue.topic in _SHORT_SECRETS and len(run.value) >= _ROW and current.topic is not Topic.DOCUMENT:
            return cue
        if cue.topic in _DATES and is_month_with_year(dialogue.lines[run.channel], run.words[0], run.value):
            return cue
    return None


def _asked_before(dialogue: Dialogue, current: Cue, run: NumberRun) -> Cue | None:
    """The other side's question for a secret that had no answer yet, where what else the digits may be is only spoken
    of by who says them, and they are as many as it asks for: "the social?" "it's on my phone, 728 ..."."""
    if current.topic not in _ELSE_ASKED or current.channel != run.channel or is_said_as_phone(run):
        return None
    between = dialogue.lines[run.channel].plain_words[current.last + 1 : run.words[0]]
    if not common_words().forms_of_be.isdisjoint(between):
        return None
    earlier = dialogue.cues_within(current.start_ms - _ASKED_BEFORE_MS, current.start_ms)
    cue = next((one for one in islice(reversed(earlier), _NEAR_CUES) if one.channel != run.channel), None)
    if cue is None or len(run.value) not in _WHOLE_LENGTHS.get(cue.topic, ()):
        return None
    return None if _is_answered_between(dialogue, cue, current, run) else cue


def _year_asked_for(dialogue: Dialogue, current: Cue, run: NumberRun) -> Cue | None:
    """The question for the date of a card that was answered by its month, where its year is asked for next:
    "expiration?" "November." "Of what year?"."""
    asking = dialogue.lines[current.channel].plain_words[current.first : current.last + 1]
    year = not word_lists_of(dialogue.language).date_words.isdisjoint(asking)
    if current.topic is not Topic.SHORT or current.channel == run.channel or not year:
        return None
    earlier = dialogue.cues_within(current.start_ms - _ASKED_BEFORE_MS, current.start_ms)
    cue = earlier[-1] if earlier else None
    if cue is None or cue.topic not in _DATES or _is_answered_between(dialogue, cue, current, run):
        return None
    return cue


def _expiry_before(dialogue: Dialogue, named: Cue, run: NumberRun, options: SubjectOptions) -> Cue | None:
    """What spoke of the date of a card before the card was named again, where a month and its year answer: "your card
    expired." "It's the same card. New date September 27."."""
    dated = is_month_with_year(dialogue.lines[run.channel], run.words[0], run.value)
    before = islice(dialogue.cues_before(run), _ASKED_AS_WELL)
    earlier = (cue for cue in before if cue.topic is not Topic.CARD_NAMED)
    cue = next(earlier, None) if dated else None
    if cue is None or cue.topic not in _DATES:
        return None
    soon = run.span.start_ms - cue.end_ms <= options.lifetimes_ms.of(cue.topic)
    return cue if soon and not _is_answered_between(dialogue, cue, named, run) else None


def _is_answered_between(dialogue: Dialogue, cue: Cue, current: Cue, run: NumberRun) -> bool:
    """Whether a question was answered in figures before the other one: recognisers leave out full stops."""
    line = dialogue.lines[run.channel]
    end = bisect_left(line.runs, current.start_ms, key=lambda one: one.span.start_ms)
    return end > 0 and line.runs[end - 1].span.start_ms >= cue.start_ms


def _is_outweighed(dialogue: Dialogue, cue: Cue, current: Cue, options: SubjectOptions) -> bool:
    """Whether the earlier cue stays in force: "the zip code of that card" is about a zip code."""
    if cue.topic is Topic.READY:
        soon = cue.start_ms - current.end_ms <= options.lifetimes_ms.ready
        return current.topic is not Topic.AMOUNT and soon
    if not dialogue.same_sentence(current, cue):
        return False
    if current.topic is Topic.PART:
        return cue.topic is Topic.ORDINARY_NAMED
    return cue.topic in _NAMED and current.topic not in _NAMED


def subject_of(dialogue: Dialogue, cue: Cue | None, run: NumberRun, options: SubjectOptions) -> Subject:
    """The subject of a cue; a part of a number belongs to what was spoken of around it."""
    if cue is None:
        return Subject.UNKNOWN
    if cue.topic is Topic.CODE_NAMED and not _is_of_payment(dialogue, cue, options):
        return Subject.UNKNOWN
    if cue.topic is Topic.EXPIRY_NAMED and not _is_spoken_of(
        dialogue, (*_PAYMENT, Topic.PART), cue.start_ms, options.expiry_context_ms
    ):
        return Subject.ORDINARY
    if cue.topic is Topic.EXPIRY_NAMED and _is_price(dialogue, cue, run):
        return Subject.ORDINARY
    if cue.topic is Topic.EXPIRY and is_of_a_document(dialogue, cue, options):
        return Subject.ORDINARY
    if cue.topic is Topic.ACCOUNT and _is_of_a_card(dialogue, cue, run):
        return Subject.CARD
    if cue.topic is Topic.PART:
        return part_subject(dialogue, cue, run.span.start_ms, options)
    return _SUBJECTS[cue.topic]


def _is_of_payment(dialogue: Dialogue, code: Cue, options: SubjectOptions) -> bool:
    """Whether paying is spoken of around a code, or a part of what may be a card: "it's the one ending 2498"."""
    if _is_spoken_of(dialogue, _PAYMENT, code.start_ms, options.code_context_ms):
        return True
    near = dialogue.cues_within(code.start_ms - options.code_context_ms, code.start_ms)
    parts = (cue for cue in islice(reversed(near), _NEAR_CUES) if cue.topic is Topic.PART)
    may_be = (Subject.CARD, Subject.UNKNOWN)
    return any(part_subject(dialogue, part, part.end_ms, options) in may_be for part in parts)


def _is_price(dialogue: Dialogue, expired: Cue, run: NumberRun) -> bool:
    """Whether who says that something expired says what it costs: "they expired, but I can do it for $43.99"."""
    if (
        not dialogue.is_of_several
        or expired.channel != run.channel
        or any(one.shape is not Shape.MONEY for one in run.groups)
    ):
        return False
    return "for" in dialogue.lines[run.channel].before(run.words[0])


def is_of_a_document(dialogue: Dialogue, expiry: Cue, options: SubjectOptions) -> bool:
    """Whether a document was spoken of last, and no card: "the passport ... and the expiration date?"."""
    since_ms = expiry.start_ms - options.lifetimes_ms.document
    spoken_of = (*_PAYMENT, Topic.DOCUMENT)
    before = (cue for cue in reversed(dialogue.cues_within(since_ms, expiry.start_ms)) if cue.topic in spoken_of)
    last = next(before, None)
    return last is not None and last.topic is Topic.DOCUMENT


def _is_of_a_card(dialogue: Dialogue, account: Cue, run: NumberRun) -> bool:
    """Whether a card is named in the same sentence, "the account number on your Visa", and nothing was answered in
    figures between: recognisers leave out full stops."""
    begin_ms = account.start_ms - dialogue.options.longest_cue_ms
    for cue in islice(reversed(dialogue.cues_within(begin_ms, run.span.start_ms)), _NEAR_CUES):
        earlier, later = sorted((cue, account), key=lambda one: one.start_ms)
        if cue.topic in _CARDS and dialogue.same_sentence(earlier, later):
            return not _is_answered_between(dialogue, earlier, later, run)
    return False


def part_subject(dialogue: Dialogue, part: Cue, begin_ms: int, options: SubjectOptions) -> Subject:
    """What "the last four" are of: what the same sentence says, else what was last spoken of, secrets first."""
    near = [
        cue
        for cue in dialogue.cues_within(part.start_ms - options.part_context_ms, begin_ms + options.part_after_ms)
        if cue.topic is not Topic.PART
    ]
    for cue in sorted(near, key=lambda cue: cue.topic not in _SECRETS):
        if cue is not part and (dialogue.same_sentence(part, cue) or dialogue.same_sentence(cue, part)):
            subject = _SUBJECTS[cue.topic]
            return Subject.CARD if cue.topic in _PAYMENT else subject
    earlier = [cue for cue in near if cue.start_ms < part.start_ms]
    for cue in reversed(earlier):
        if cue.topic in _PAYMENT:
            return Subject.CARD
        if cue.topic is Topic.SOCIAL:
            return Subject.SOCIAL
    return Subject.ORDINARY if earlier else Subject.UNKNOWN


def is_payment_spoken_of(dialogue: Dialogue) -> bool:
    """Whether a payment card is spoken of anywhere in the call."""
    return any(cue.topic in _CARDS for cue in dialogue.cues)


def _is_spoken_of(dialogue: Dialogue, topics: Sequence[Topic], at_ms: int, within_ms: int) -> bool:
    return any(cue.topic in topics for cue in dialogue.cues_within(at_ms - within_ms, at_ms + within_ms + 1))
