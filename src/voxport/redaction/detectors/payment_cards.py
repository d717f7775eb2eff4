"""Payment cards: numbers, parts of them that are repeated, expiry dates and security codes.

A number is a card when it was announced as one, or when it looks like one and was not announced as something else.
Announced digits need no check digit: recognisers lose and repeat digits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from voxport.redaction.detectors.asides import is_card_aside, is_mended, is_of_asker, is_of_other_side
from voxport.redaction.detectors.candidate_options import CandidateOptions
from voxport.redaction.detectors.candidates import Candidate, read_candidates
from voxport.redaction.detectors.card_answers import codes, expiry_dates, is_whole_given
from voxport.redaction.detectors.card_groups import groups_beside
from voxport.redaction.detectors.card_months import lone_months, months_beside
from voxport.redaction.detectors.card_signs import (
    hidden_card,
    is_card_part,
    is_followed_up,
    is_too_long_for_amount,
    is_unasked_number,
    is_whole_card,
    looks_like_a_card,
    stands_out,
    without_prelude,
)
from voxport.redaction.detectors.joined_dates import joined_dates
from voxport.redaction.detectors.keyed_numbers import PAYMENT_SUBJECTS, keyed_secrets
from voxport.redaction.detectors.matches import Given, Match, match_of, match_of_words
from voxport.redaction.detectors.payment_card_options import PaymentCardOptions, Talk
from voxport.redaction.detectors.repetition import RepetitionOptions, repetitions
from voxport.redaction.detectors.subjects import Subject, is_of_a_document, is_payment_spoken_of
from voxport.redaction.dialogue.lines import Dialogue
from voxport.redaction.dialogue.word_lists import Topic

_OTHERS = 8
"""Numbers that are no secret, of which one may be mended. A judgement."""


def find_payment(
    dialogue: Dialogue, options: PaymentCardOptions, reading: CandidateOptions, repetition: RepetitionOptions
) -> list[Match]:
    """All stretches of the call that belong to a payment card, in order of time."""
    candidates = read_candidates(dialogue, reading)
    talk = Talk(dialogue, reading.subjects, reading.phase, is_payment_spoken_of(dialogue))
    given = Given(options.whole_digits)
    others: deque[Candidate] = deque(maxlen=_OTHERS)
    for candidate in candidates:
        line = dialogue.lines[candidate.channel]
        if line.is_keyed:
            given.extend(keyed_secrets(dialogue, [candidate], PAYMENT_SUBJECTS))
            continue
        aside = is_card_aside(dialogue, candidate, given, options) or is_of_asker(dialogue, candidate, given)
        if aside or is_mended(candidate, others):
            others.append(candidate)
            continue
        found = list(_by_subject(talk, candidate, given, options))
        if not found:
            others.append(candidate)
        elif candidate.cue is None or candidate.cue.channel != candidate.channel:
            # Who says himself what it is may read it from a file: "I have the card 5412 ... here".
            given.give(candidate.channel, sum(len(one.digits) for one in found))
        given.extend(found)
    given.extend(groups_beside(dialogue, candidates, given.matches, options.continued_ms))
    given.extend(_lone_months(talk, given, options))
    again = repetitions(dialogue, candidates, [one for one in given.matches if one.digits], repetition)
    secrets = [*given.matches, *again]
    secrets.sort(key=lambda secret: secret.span.start_ms)
    joined = joined_dates(dialogue, secrets, options.joined_dates, reading.subjects)
    return sorted((*secrets, *joined), key=lambda secret: secret.span.start_ms)


def _lone_months(talk: Talk, given: Given, options: PaymentCardOptions) -> list[Match]:
    """The months that answer a question for the date of a card without its year, or far before it."""
    if not (talk.is_of_cards or is_whole_given(given)):
        return []
    dialogue = talk.dialogue
    asked = (cue for cue in dialogue.cues if cue.topic in (Topic.EXPIRY, Topic.EXPIRY_NAMED))
    of_cards = (cue for cue in asked if not is_of_a_document(dialogue, cue, talk.subjects))
    known = {(one.channel, index) for one in given.matches for index in one.words}
    months = dict.fromkeys((line.channel, index) for line, index in lone_months(dialogue, of_cards, options.months))
    return [
        match_of_words(dialogue.lines[channel], [index], "")
        for channel, index in months
        if (channel, index) not in known
    ]


def _by_subject(talk: Talk, candidate: Candidate, given: Given, options: PaymentCardOptions) -> Iterable[Match]:
    line, spoken_of = talk.dialogue.lines[candidate.channel], talk.is_of_cards
    match candidate.subject:
        case Subject.CARD:
            wanted = is_card_part(candidate, line, given, options.least_announced, options)
        case Subject.CARD_NAMED | Subject.ASKED:
            wanted = is_card_part(candidate, line, given, options.least_named, options)
        case Subject.EXPIRY:
            return expiry_dates(talk, candidate, given, options)
        case Subject.CODE:
            return codes(talk, candidate, given, options)
        case Subject.PAYMENT:
            return [
                match_of(line, run.groups, months_beside(run.groups, line, options.months))
                for run in candidate.runs
                if not is_of_other_side(talk.dialogue, candidate.cue, run, given)
            ]
        case Subject.UNKNOWN | Subject.SOCIAL if (
            candidate.subject is Subject.UNKNOWN or len(candidate.value) >= options.least_likely
        ):
            wanted = stands_out(candidate, line, options) or is_followed_up(talk, candidate, options)
        case Subject.ORDINARY if is_too_long_for_amount(candidate):
            wanted = stands_out(candidate, line, options) or is_followed_up(talk, candidate, options)
        case Subject.ORDINARY if is_unasked_number(candidate, options):
            wanted = is_followed_up(talk, candidate, options)
        case _:
            wanted = False
    if wanted:
        groups = tuple(group for run in without_prelude(talk.dialogue, candidate) for group in run.groups)
        months = months_beside(groups, line, options.months, dated=False) if spoken_of else ()
        return [match_of(line, groups, months)]
    if candidate.subject is Subject.ORDINARY and spoken_of and looks_like_a_card(talk, candidate):
        return [match_of(line, candidate.groups)]
    hidden = hidden_card(candidate, line)
    apart = all(len(group.text) == 1 for group in candidate.groups)
    if candidate.subject is Subject.ORDINARY and (apart or not spoken_of or given.whole is not None):
        return [one for one in hidden if is_whole_card(one, candidate, options)]
    return hidden
