"""The check of redacted audio: whether digits of a secret can still be heard in what was recognised from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voxport.core.spans import overlaps, pad
from voxport.core.transcript import KeyedSign, Span, Transcript
from voxport.language.numbers.lexicon import plain
from voxport.redaction.covers import Detections, Secret
from voxport.redaction.detectors.matches import longest_shared
from voxport.redaction.dialogue.reading import read_dialogue
from voxport.redaction.options import DEFAULTS, AudibilityOptions, RedactionOptions


@dataclass(frozen=True, slots=True)
class AudibleSecret:
    """A secret that can still be heard."""

    detector: str
    span: Span
    """Where its digits are heard."""
    digits: int
    """How many of its digits are heard in a row, never which; 0 for a name."""


def audible_secrets(
    heard: Transcript, detections: Detections, options: RedactionOptions = DEFAULTS
) -> tuple[AudibleSecret, ...]:
    """The secrets whose digits are in `heard`, the transcript of the redacted audio, though their sound was covered.

    Where the secret was said three digits in a row are enough, near another cover five, and six anywhere else: ordinary
    numbers share a few digits with a card by chance, and out of a tone a recogniser makes a digit or two. Secrets of
    less than three digits (the `Number` detector) are therefore not listened for. A part of a name counts where it was
    said. Keys are heard without mistakes: one whose tones still sound where the sound was covered is enough. Nor does
    it matter whether a detector fires on what is heard: a number that is none of the secrets was let through, or made
    up, by the recogniser.
    """
    audible = detections.audio_spans
    keys = (key for key in heard.keyed or () if overlaps(_middle(key), audible))
    found = [AudibleSecret(_covered_for(key, detections), Span(key.start_ms, key.end_ms), 1) for key in keys]
    secrets = [secret for secret in detections.secrets if overlaps(secret.span, audible)]
    found += _names_heard(heard, secrets, options.audibility)
    for run in read_dialogue(heard, options.dialogue).runs():
        for secret in secrets:
            shared = longest_shared(run.value, secret.digits)
            if shared >= _least_digits(run.span, secret, audible, options.audibility):
                found.append(AudibleSecret(secret.detector, run.span, shared))
                break
    return tuple(found)


def _names_heard(heard: Transcript, secrets: Sequence[Secret], options: AudibilityOptions) -> list[AudibleSecret]:
    """The parts of names that are heard where they were said."""
    named = [(secret, pad(secret.span, options.near_ms, options.near_ms)) for secret in secrets if secret.tokens]
    found = []
    for word in heard.words if named else ():
        span = Span(word.start_ms, max(word.end_ms, word.start_ms + 1))
        text = plain(word.text).removesuffix("'s")
        again = (secret for secret, near in named if text in secret.tokens and overlaps(span, [near]))
        found += [AudibleSecret(secret.detector, span, 0) for secret in again][:1]
    return found


def _middle(key: KeyedSign) -> Span:
    """A moment of the key: its ends may lie beside a cover that it has nothing to do with."""
    middle_ms = (key.start_ms + key.end_ms) // 2
    return Span(middle_ms, middle_ms + 1)


def _covered_for(key: KeyedSign, detections: Detections) -> str:
    """The detector for which the sound was covered where a key is heard."""
    covers = (cover for cover in detections.covers if cover.audio is not None)
    return next(cover.detector for cover in covers if overlaps(_middle(key), [cover.sound]))


def _least_digits(heard: Span, secret: Secret, audible: Sequence[Span], options: AudibilityOptions) -> int:
    if overlaps(heard, [pad(secret.span, options.near_ms, options.near_ms)]):
        return options.least_here
    near = any(overlaps(heard, [pad(span, options.near_ms, options.near_ms)]) for span in audible)
    return options.least_near if near else options.least_anywhere
