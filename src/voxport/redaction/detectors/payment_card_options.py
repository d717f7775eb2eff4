"""Which digits belong to a payment card: the numbers its detector turns on, and what the call says around digits."""

from __future__ import annotations

from dataclasses import dataclass, field

from voxport.redaction.detectors.card_months import MonthOptions
from voxport.redaction.detectors.joined_dates import JoinedDateOptions
from voxport.redaction.detectors.payment_phase import PaymentPhaseOptions
from voxport.redaction.detectors.subjects import SubjectOptions
from voxport.redaction.dialogue.lines import Dialogue


@dataclass(frozen=True, slots=True)
class PaymentCardOptions:
    """Which digits belong to a payment card."""

    least_announced: int = 3
    """Digits announced as a card number; fewer are counts and slips. A judgement."""
    least_named: int = 3
    """The same where only a card or paying was spoken of; 4 at first, lowered with dictation in parts."""
    whole_digits: int = 15
    """From so many digits on a card number has been given (Amex has 15); what follows much later is something else."""
    continued_ms: int = 20_000
    """ms after a whole number in which an expiry date or a code may come unasked. A judgement."""
    longest_continued: int = 4
    """Digits of what may come unasked: an expiry date or a code; five digits are a zip code."""
    answered_within: int = 4
    """Words and marks between "card ending in" and its digits, after which it asks for no more. A judgement."""
    answer_ms: int = 45_000
    """ms after the question in which an expiry date or a code begins: people turn their card over. A judgement."""
    longest_expiry: int = 8
    """Digits of an expiry date, said with its day and whole year (`09302027`)."""
    longest_code: int = 8
    """Digits of a security code said twice (four and four); more is a card number or another number."""
    whole_code: int = 3
    """From so many digits on a code has been given: most cards have three."""
    code_again_ms: int = 4_000
    """ms after a whole code in which it may be said again, or its last digit. A judgement."""
    late_card_digits: int = 10
    """From so many digits on the answer to another question is a card number given late: two lost of the shortest."""
    months: MonthOptions = field(default_factory=MonthOptions)
    joined_dates: JoinedDateOptions = field(default_factory=JoinedDateOptions)
    least_likely: int = 14
    """Digits of an unannounced card number: one lost of 15, two of 16; recognisers lose and repeat digits."""
    most_likely: int = 18
    """Digits of an unannounced card number: two repeated of 16."""
    least_followed: int = 11
    """Digits of a number after which the date or the code of a card is asked for: five lost of 16. A judgement."""
    longest_followed: int = 30
    """Digits of a whole card with its date and its code behind, some of them mended. A judgement."""
    followed_ms: int = 20_000
    """ms after such a number in which that is asked: "thank you, just a second, and when does it expire"."""
    longest_date: int = 6
    """Digits of an expiry date that nothing asked for, as recognisers hear it: `01231` for "oh one, 2031"."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What the call says around the digits."""

    dialogue: Dialogue
    subjects: SubjectOptions
    phase: PaymentPhaseOptions
    is_of_cards: bool
    """Whether a payment card is spoken of anywhere in it."""
