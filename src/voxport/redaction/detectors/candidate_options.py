"""The numbers that the reading of candidates turns on."""

from __future__ import annotations

from dataclasses import dataclass, field

from voxport.redaction.detectors.amount_options import AmountOptions
from voxport.redaction.detectors.asked_else import AskedElseOptions
from voxport.redaction.detectors.card_dates import CardDateOptions
from voxport.redaction.detectors.payment_phase import PaymentPhaseOptions
from voxport.redaction.detectors.subjects import SubjectOptions


@dataclass(frozen=True, slots=True)
class CandidateOptions:
    """Which stretches of digits are one number, and what they are about."""

    subjects: SubjectOptions = field(default_factory=SubjectOptions)
    amounts: AmountOptions = field(default_factory=AmountOptions)
    phase: PaymentPhaseOptions = field(default_factory=PaymentPhaseOptions)
    card_dates: CardDateOptions = field(default_factory=CardDateOptions)
    asked_else: AskedElseOptions = field(default_factory=AskedElseOptions)
    link_ms: int = 8_000
    """ms of pause within one number; 20 000 at first, lowered on the development calls, why was not recorded."""
    link_words: int = 12
    """Words of the same speaker within one number ("let me see, then it says"). A judgement."""
    link_words_short: int = 3
    """The same before a lone digit or two: "4111 ... 11", but not "4111 ... I am 86"."""
    begun_digits: int = 8
    """Digits of a number that goes on from an amount: no sum has as many. A judgement."""
    least_telephone: int = 7
    """Digits of a telephone number that has answered a question, though it is no candidate itself."""
    whole_digits: int = 12
    """Digits of a number that may be whole: the shortest card has 12, and one of 15 may have lost some."""
    social_digits: int = 9
    """The same of a social security number."""
    card_digits: int = 15
    """With fewer digits a card number is not whole (Amex has 15)."""
    continued_digits: int = 4
    """Digits of what goes on from a whole number all the same: its date and its code."""
    moved_on_words: int = 3
    """Words other than nods, of either side, after which digits are no part of such a number: "and my phone is"."""
    card_groups: int = 40
    """Stretches after one question that may be groups of one card number: each digit by itself, and read back."""
    short_digits: int = 2
    """Digits of such a short stretch: ages and counts have two."""
    part_digits: int = 4
    """Digits in "ends in 7795", which recognisers write as an amount ($77.95); the length of the usual part."""
    bent_part_digits: tuple[int, ...] = (3, 5)
    """Digits of such an amount of which one was lost or said twice ("ends in $7.95"). A judgement."""
    part_within: int = 3
    """Words and marks between "ends in" and such digits: right behind it, or "the last four again, 7795"."""
    part_beside: int = 3
    """Words in the sentence of such digits that answer "the last four?": "of my social"."""
    given_ms: int = 60_000
    """ms after the number of a card in which "the code" and "expires" are said of it. A judgement."""
    soon_ms: int = 15_000
    """ms after a question in which a date, a code or the last four are written as an amount. A judgement."""
