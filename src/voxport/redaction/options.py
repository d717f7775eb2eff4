"""All numbers that redaction turns on, one value a concern; the reasons stand beside each where it is used.

The defaults are what docs/performance.md was measured with. `make bench redaction BENCH="--set NAME=VALUE"` measures
others.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from voxport.redaction.detectors.asked_back import AskedBackOptions
from voxport.redaction.detectors.candidate_options import CandidateOptions
from voxport.redaction.detectors.national.find import NationalOptions
from voxport.redaction.detectors.payment_card_options import PaymentCardOptions
from voxport.redaction.detectors.personal.details import PersonalOptions
from voxport.redaction.detectors.repetition import RepetitionOptions
from voxport.redaction.detectors.social_security import SocialSecurityOptions
from voxport.redaction.dialogue.lines import DialogueOptions
from voxport.redaction.margins import MarginOptions
from voxport.redaction.missed_speech.options import MissedSpeechOptions


@dataclass(frozen=True, slots=True)
class LeftoverOptions:
    """When digits that are still in the words after covering are those of a secret."""

    least_digits: int = 6
    """Digits of a secret in a row: anywhere in a call six are no coincidence, five of a phone number may be."""


@dataclass(frozen=True, slots=True)
class ToneOptions:
    """How tones and speech meet."""

    fade_ms: int = 5
    """ms in which speech fades outside of a span, and the tone inside: enough that no click is heard. A judgement."""


@dataclass(frozen=True, slots=True)
class AudibilityOptions:
    """How many digits of a secret in a row are that secret, by where they are heard.

    Measured: tones of 170, 270 and 1000 Hz at four gains and silence made no digit of a secret in 128 checks of eight
    calls; at `numbersOnly`, whose edges stay audible, half of six calls fail (docs/redaction.md, "The check").
    """

    near_ms: int = 1_500
    """How far beside a secret or a cover digits count as heard there: a recogniser's times after a tone drift."""
    least_here: int = 3
    """Digits where the secret was said: out of a tone a recogniser makes a digit or two."""
    least_near: int = 5
    """Digits near another cover: ordinary numbers share a few digits with a card by chance."""
    least_anywhere: int = 6
    """Digits anywhere else; five of ten digits of a phone number may be in a card by chance."""


@dataclass(frozen=True, slots=True)
class RedactionOptions:
    """The options of every part of redaction."""

    dialogue: DialogueOptions = field(default_factory=DialogueOptions)
    """How digits are read out of what both sides say."""
    candidates: CandidateOptions = field(default_factory=CandidateOptions)
    """Which stretches of digits are one number, what they are about, and what is an amount."""
    payment_cards: PaymentCardOptions = field(default_factory=PaymentCardOptions)
    """Which digits belong to a payment card."""
    social_security: SocialSecurityOptions = field(default_factory=SocialSecurityOptions)
    """Which digits belong to a social security number."""
    national: NationalOptions = field(default_factory=NationalOptions)
    """Which letters and digits are a number that a state or a bank gave."""
    personal: PersonalOptions = field(default_factory=PersonalOptions)
    """Which words are details of a person."""
    repetition: RepetitionOptions = field(default_factory=RepetitionOptions)
    """When digits are a secret that is said again."""
    asked_back: AskedBackOptions = field(default_factory=AskedBackOptions)
    """When a few digits are a piece of the secret before them."""
    missed_speech: MissedSpeechOptions = field(default_factory=MissedSpeechOptions)
    """When time without words, or words without digits, may hide a secret."""
    margins: MarginOptions = field(default_factory=MarginOptions)
    """How much is covered around a secret."""
    leftover: LeftoverOptions = field(default_factory=LeftoverOptions)
    """When digits that are still in the words are those of a secret."""
    tones: ToneOptions = field(default_factory=ToneOptions)
    """How tones and speech meet."""
    audibility: AudibilityOptions = field(default_factory=AudibilityOptions)
    """When digits that are still heard are those of a secret."""


DEFAULTS = RedactionOptions()
"""What the server runs with."""
