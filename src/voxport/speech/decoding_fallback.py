"""Decoding fallback: whether a hypothesis can be believed, and how a doubtful segment is decoded again.

Signs of doubt: a low mean log-probability, a word that packs too well (a loop), more text than anyone can say in the
time, or missed speech: so little text that a sentence must have been passed over. What is believed in the end must
also have been audible: models invent words where nobody speaks.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from voxport.core.transcript import Span
from voxport.speech.engine import DecodingOptions, Hypothesis
from voxport.speech.options import FallbackOptions

_MIN_LETTERS = 12
"""Text up to this length is never too much for its time: a short voice is measured badly."""
_MIN_VOICED_S = 0.5
"""Voice that any text is given to be said in."""
_DIGIT_SHARE = 0.6
"""Text with a larger share of digits is a number read out."""
_MAX_DIGITS_PER_SECOND = 5.5
"""Nobody reads digits faster (a card of sixteen ones takes 4 s)."""
_MIN_NUMBER_S = 1.0
"""Voice that any number is given to be said in."""


@dataclass(frozen=True, slots=True)
class VoiceEvidence:
    """What the sound itself says of a segment."""

    voice: tuple[Span, ...]
    """When there is a voice, ms from the start of the segment."""
    peaks: tuple[float, ...]
    """The highest probability of voice in each, 0 to 1."""

    @property
    def peak(self) -> float:
        """The highest of all; 0.0 without a voice."""
        return max(self.peaks, default=0.0)

    @property
    def voiced_s(self) -> float:
        """Seconds with a voice."""
        return sum(span.end_ms - span.start_ms for span in self.voice) / 1000


def next_attempt(
    hypotheses: Sequence[Hypothesis], evidence: VoiceEvidence, options: FallbackOptions
) -> DecodingOptions | None:
    """How a segment is to be decoded next, or None when the hypotheses so far have to do."""
    latest = hypotheses[-1]
    tried = {hypothesis.options for hypothesis in hypotheses}
    if not _is_doubtful(latest, evidence, options):
        return None
    return next((attempt for attempt in options.ladder if attempt not in tried), None)


def best_hypothesis(hypotheses: Sequence[Hypothesis], evidence: VoiceEvidence, options: FallbackOptions) -> Hypothesis:
    """The most believable of several: what is plausible and whole, then the most probable."""
    return max(
        hypotheses,
        key=lambda hypothesis: (
            not is_implausible(hypothesis, evidence, options),
            not missed_speech(hypothesis, evidence, options),
            hypothesis.average_logprob,
        ),
    )


def is_believed(hypothesis: Hypothesis, evidence: VoiceEvidence, options: FallbackOptions) -> bool:
    """Whether somebody said this at all; False for words invented over noise, music or silence."""
    if not hypothesis.text or is_implausible(hypothesis, evidence, options):
        return False
    if (
        hypothesis.no_speech_probability > options.no_speech_threshold
        and hypothesis.average_logprob < options.no_speech_logprob
    ):
        return False
    if evidence.peak < options.weak_voice:
        return (
            hypothesis.average_logprob > options.weak_voice_logprob
            and hypothesis.no_speech_probability < options.weak_voice_no_speech
        )
    return True


def is_clear(hypothesis: Hypothesis, options: FallbackOptions) -> bool:
    """Whether the line is good enough for a second look at details: loops over noise are no repetitions."""
    return (
        hypothesis.average_logprob > options.clear_logprob
        and hypothesis.no_speech_probability < options.clear_no_speech
    )


def is_loop(hypothesis: Hypothesis, options: FallbackOptions) -> bool:
    """Whether the text packs as well as only loops and what is said over and over do."""
    return _compression_ratio(hypothesis.text) > options.max_compression_ratio


def endless_word(texts: Sequence[str], options: FallbackOptions) -> int | None:
    """The index of the first of these words that packs as only loops do; None without one."""
    return next((at for at, text in enumerate(texts) if _compression_ratio(text) > options.max_compression_ratio), None)


def _is_doubtful(hypothesis: Hypothesis, evidence: VoiceEvidence, options: FallbackOptions) -> bool:
    improbable = hypothesis.average_logprob < options.min_average_logprob
    if improbable and hypothesis.no_speech_probability > options.no_speech_threshold:
        return False
    return improbable or is_implausible(hypothesis, evidence, options)


def missed_speech(hypothesis: Hypothesis, evidence: VoiceEvidence, options: FallbackOptions) -> list[Span]:
    """Stretches of certain voice without text: the model stopped after a sentence, began late, or left one out."""
    if hypothesis.no_speech_probability > options.no_speech_threshold:
        return []
    covered = sorted(
        (token.start_ms, min(token.end_ms, token.start_ms + options.max_token_ms)) for token in hypothesis.tokens
    )
    missed: list[Span] = []
    for span, peak in zip(evidence.voice, evidence.peaks, strict=True):
        if peak < options.certain_voice:
            continue
        reached_ms = span.start_ms
        for start_ms, end_ms in (*covered, (span.end_ms, span.end_ms)):
            until_ms = min(start_ms, span.end_ms)
            if until_ms - reached_ms > options.max_uncovered_ms:
                missed.append(Span(reached_ms, until_ms))
            reached_ms = max(reached_ms, end_ms)
    return missed


def is_implausible(hypothesis: Hypothesis, evidence: VoiceEvidence, options: FallbackOptions) -> bool:
    """Whether nobody can have said this in the time, or one of its words has no end."""
    letters = sum(character.isalnum() for character in hypothesis.text)
    most = options.max_letters_per_second * max(_MIN_VOICED_S, evidence.voiced_s)
    if letters > _MIN_LETTERS and letters > most:
        return True
    # Words that stand again and again are counted again; this is one word that has no end.
    looped = endless_word(hypothesis.text.split(), options) is not None
    return looped and not _is_number_read_out(hypothesis.text, evidence)


def _compression_ratio(text: str) -> float:
    data = text.encode()
    return len(data) / len(zlib.compress(data)) if data else 0.0


def _is_number_read_out(text: str, evidence: VoiceEvidence) -> bool:
    """Digits said again and again are no loop while there is time to say them."""
    digits = sum(character.isdigit() for character in text)
    letters = len(re.sub(r"\W", "", text))
    most = _MAX_DIGITS_PER_SECOND * max(_MIN_NUMBER_S, evidence.voiced_s)
    return digits > letters * _DIGIT_SHARE and digits <= most
