"""Dates of cards among digits that seem to be something else: right behind the number, or right before the code."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from voxport.language.numbers import NumberRun
from voxport.redaction.detectors.card_months import is_month_with_year
from voxport.redaction.detectors.dates import is_month_and_year
from voxport.redaction.detectors.expiry_figures import MONTH_DIGITS, YEAR_DIGITS, is_date, is_year
from voxport.redaction.detectors.payment_phase import PaymentPhaseOptions, is_of_a_card
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.word_lists import Topic

DATES = (Topic.EXPIRY, Topic.EXPIRY_NAMED)
"""Cues that ask for the date of a card, where its code is asked for as well: "expires, and the code?"."""
_LATEST = 40
"""Numbers of cards that are looked back at: groups of one may each be read by itself."""


@dataclass(frozen=True, slots=True)
class CardDateOptions:
    """When a month and a year are the date of a card that nothing asked for."""

    behind_ms: int = 2_500
    """ms behind a card in which its date follows,"""
    behind_words: int = 2
    """and words between: "and December 26". Judgements."""


def is_date_before_code(dialogue: Dialogue, cue: Cue, run: NumberRun, phase: PaymentPhaseOptions) -> bool:
    """Whether a month and a year of a card answer the question for its code: the date was asked for too, or the code
    stands right behind, "October 28, 656"."""
    if len(run.value) == MONTH_DIGITS + YEAR_DIGITS and is_date(run.value) and dialogue.asked_with(cue, DATES):
        return True
    line, year = dialogue.lines[run.channel], run.groups[0]
    if not is_month_with_year(line, year.words[0], year.text) or not is_year(year.text):
        return False
    code = [len(group.text) for group in run.groups[1:]]
    return dialogue.asked_with(cue, DATES) or (len(code) == 1 and code[0] in phase.code_digits)


def is_behind_card(
    dialogue: Dialogue,
    run: NumberRun,
    cards_end_ms: Sequence[int],
    options: CardDateOptions,
    phase: PaymentPhaseOptions,
) -> bool:
    """Whether a month and its year stand right behind the number of a card: "... 9903. December 26."."""
    line = dialogue.lines[run.channel]
    place = bisect_left(line.runs, run.words[0], key=lambda one: one.words[0]) - 1
    if place < 0 or not cards_end_ms or line.runs[place].span.end_ms not in cards_end_ms[-_LATEST:]:
        return False
    before = line.runs[place]
    soon = run.span.start_ms - before.span.end_ms <= options.behind_ms
    close = line.spoken_between(before.words[1], run.words[0]) <= options.behind_words
    return soon and close and len(run.value) <= YEAR_DIGITS and is_of_a_card(run, line, phase)


def with_years(pieces: list[NumberRun], run: NumberRun, line: Line) -> list[NumberRun]:
    """The pieces with the years of a card that were cut out of them, each by itself: where its date is asked for as
    well, "that's August, 2030, and then 034"."""
    known = {group.words[0] for piece in pieces for group in piece.groups}
    cut = (NumberRun(run.channel, (group,), group.words) for group in run.groups if group.words[0] not in known)
    return sorted((*pieces, *(one for one in cut if is_month_and_year(one, line))), key=lambda one: one.words[0])
