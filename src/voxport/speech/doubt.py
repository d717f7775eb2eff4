"""Whether an answer of the model can be believed, and how a doubtful piece is decoded again.

Signs of doubt: a low mean log-probability, text that packs too well (loops), more text than anyone can say in the
time, or so little that a sentence must have been passed over. A digit said many times over is counted again in the
full window that the model was trained with. What is believed in the end must also have been audible: models invent
words where nobody speaks.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from voxport.core.transcript import Span
from voxport.speech.jobs import Answer, Mode

FULL_WINDOW_MS = 30_000
RECOUNT = Mode(FULL_WINDOW_MS, time_tokens=True)


@dataclass(frozen=True, slots=True)
class DoubtOptions:
    """Thresholds of the signs; ladder of the modes tried after the first one."""

    least_logprob: float = -0.9
    most_packed: float = 2.4
    most_letters_a_second: float = 32.0
    most_uncovered_ms: int = 1200
    longest_token_ms: int = 800
    most_alike: int = 7
    no_speech: float = 0.6
    weak_voice: float = 0.5
    certain_voice: float = 0.7
    recount: Mode = RECOUNT
    ladder: tuple[Mode, ...] = (
        Mode(FULL_WINDOW_MS),
        Mode(FULL_WINDOW_MS, temperature=0.4),
        Mode(FULL_WINDOW_MS, temperature=0.8),
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the sound itself says of a piece: when there is a voice (ms from its start), and how certainly at best."""

    voice: tuple[Span, ...]
    peak: float

    @property
    def voiced_s(self) -> float:
        return sum(span.end_ms - span.start_ms for span in self.voice) / 1000


def next_mode(answers: Sequence[Answer], evidence: Evidence, options: DoubtOptions) -> Mode | None:
    """The mode in which a piece is to be decoded next, or None when what was answered so far has to do."""
    latest = answers[-1]
    if latest.mode != options.recount and _repeats(latest.text, options.most_alike):
        return None if any(answer.mode == options.recount for answer in answers) else options.recount
    tried = {answer.mode for answer in answers}
    if _passed_over(latest, evidence, options):
        # With time tokens the model goes on after a first sentence; where that gives no more, there was no more.
        sequence = replace(answers[0].mode, time_tokens=True)
        return sequence if sequence not in tried else None
    if not _unsure(latest, evidence, options):
        return None
    return next((mode for mode in options.ladder if mode not in tried), None)


def best(answers: Sequence[Answer], evidence: Evidence, options: DoubtOptions) -> Answer:
    """The most believable of several answers: a recount, then what is plausible and whole, then the most probable."""
    return max(
        answers,
        key=lambda answer: (
            not _implausible(answer, evidence, options),
            answer.mode == options.recount,
            not _passed_over(answer, evidence, options),
            answer.average_logprob,
        ),
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


def _unsure(answer: Answer, evidence: Evidence, options: DoubtOptions) -> bool:
    if answer.no_speech > options.no_speech and answer.average_logprob < options.least_logprob:
        return False
    return answer.average_logprob < options.least_logprob or _implausible(answer, evidence, options)


def _passed_over(answer: Answer, evidence: Evidence, options: DoubtOptions) -> bool:
    """Whether a stretch of certain voice has no text: the model stopped after a sentence, or began late."""
    if evidence.peak < options.certain_voice or answer.no_speech > options.no_speech:
        return False
    marks = sorted(
        (token.start_ms, min(token.end_ms, token.start_ms + options.longest_token_ms)) for token in answer.tokens
    )
    for span in evidence.voice:
        reached_ms = span.start_ms
        for start_ms, end_ms in (*marks, (span.end_ms, span.end_ms)):
            if min(start_ms, span.end_ms) - reached_ms > options.most_uncovered_ms:
                return True
            reached_ms = max(reached_ms, end_ms)
    return False


def _repeats(text: str, most_alike: int) -> bool:
    """Whether one digit stands more than `most_alike` times in a row, whatever stands between."""
    digits = re.sub(r"[\s,.-]", "", text)
    return re.search(rf"(\d)\1{{{most_alike},}}", digits) is not None


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
