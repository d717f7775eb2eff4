"""Whether an answer of the model can be believed, and how a doubtful piece is decoded again.

Signs of doubt: a low mean log-probability, text that packs too well (loops), more text than anyone can say in the
time. What is believed in the end must also have been audible: models invent words where nobody speaks.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from voxport.speech.jobs import Answer, Mode

FULL_WINDOW_MS = 30_000


@dataclass(frozen=True, slots=True)
class DoubtOptions:
    """Thresholds of the signs; ladder of the modes tried after the first one."""

    least_logprob: float = -0.9
    most_packed: float = 2.4
    most_letters_a_second: float = 32.0
    no_speech: float = 0.6
    weak_voice: float = 0.5
    ladder: tuple[Mode, ...] = (
        Mode(FULL_WINDOW_MS),
        Mode(FULL_WINDOW_MS, temperature=0.4),
        Mode(FULL_WINDOW_MS, temperature=0.8),
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the sound itself says of a piece: seconds of voice and the highest probability of a voice."""

    voiced_s: float
    peak: float


def doubtful(answer: Answer, evidence: Evidence, options: DoubtOptions) -> bool:
    """Whether the piece deserves another decoding."""
    if not answer.text:
        return evidence.peak > 0.8 and evidence.voiced_s > 0.6 and answer.no_speech < options.no_speech
    if answer.no_speech > options.no_speech and answer.average_logprob < options.least_logprob:
        return False
    return answer.average_logprob < options.least_logprob or _implausible(answer, evidence, options)


def best(answers: Sequence[Answer], evidence: Evidence, options: DoubtOptions) -> Answer:
    """The most believable of several answers: a plausible one before any other, then the most probable."""
    return max(
        answers, key=lambda answer: (not _implausible(answer, evidence, options), bool(answer.text), answer.average_logprob)
    )


def believed(answer: Answer, evidence: Evidence, options: DoubtOptions) -> bool:
    """Whether somebody said this at all; False for words invented over noise, music or silence."""
    if not answer.text or _implausible(answer, evidence, options):
        return False
    if answer.no_speech > options.no_speech and answer.average_logprob < -0.8:
        return False
    if evidence.peak < options.weak_voice:
        return answer.average_logprob > -0.5 and answer.no_speech < 0.3
    return True


def _implausible(answer: Answer, evidence: Evidence, options: DoubtOptions) -> bool:
    letters = sum(character.isalnum() for character in answer.text)
    if letters > 12 and letters > options.most_letters_a_second * max(0.5, evidence.voiced_s):
        return True
    return _packed(answer.text) > options.most_packed and not _counted(answer.text, evidence)


def _packed(text: str) -> float:
    data = text.encode()
    return len(data) / len(zlib.compress(data)) if data else 0.0


def _counted(text: str, evidence: Evidence) -> bool:
    """Digits said again and again are no loop while there is time to say them (a card of ones takes 4 s)."""
    digits = sum(character.isdigit() for character in text)
    letters = len(re.sub(r"\W", "", text))
    return digits > letters * 0.6 and digits <= 5.5 * max(1.0, evidence.voiced_s)
