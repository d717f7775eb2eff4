"""The check of redacted audio: whether digits of a secret can still be heard in what was recognised from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voxport.core.spans import overlaps, pad
from voxport.core.transcript import Span, Transcript
from voxport.redaction.covers import Detections, Secret
from voxport.redaction.detectors.repetition import longest_shared
from voxport.redaction.dialogue.reading import read_dialogue
from voxport.redaction.options import DEFAULTS, AudibilityOptions, RedactionOptions


@dataclass(frozen=True, slots=True)
class AudibleSecret:
    """A secret that can still be heard."""

    detector: str
    span: Span
    """Where its digits are heard."""
    digits: int
    """How many of its digits are heard in a row; never which."""


def audible_secrets(
    heard: Transcript, detections: Detections, options: RedactionOptions = DEFAULTS
) -> tuple[AudibleSecret, ...]:
    """The secrets whose digits are in `heard`, the transcript of the redacted audio, though their sound was covered.

    Where the secret was said three digits in a row are enough, near another cover five, and six anywhere else: ordinary
    numbers share a few digits with a card by chance, and out of a tone a recogniser makes a digit or two. Secrets of
    less than three digits (the `Number` detector) are therefore not listened for. Nor does it matter whether a detector
    fires on what is heard: a number that is none of the secrets was let through, or made up, by the recogniser.
    """
    audible = detections.audio_spans
    secrets = [secret for secret in detections.secrets if overlaps(secret.span, audible)]
    found = []
    for run in read_dialogue(heard, options.dialogue).runs():
        for secret in secrets:
            shared = longest_shared(run.value, secret.digits)
            if shared >= _least_digits(run.span, secret, audible, options.audibility):
                found.append(AudibleSecret(secret.detector, run.span, shared))
                break
    return tuple(found)


def _least_digits(heard: Span, secret: Secret, audible: Sequence[Span], options: AudibilityOptions) -> int:
    if overlaps(heard, [pad(secret.span, options.near_ms, options.near_ms)]):
        return options.least_here
    near = any(overlaps(heard, [pad(span, options.near_ms, options.near_ms)]) for span in audible)
    return options.least_near if near else options.least_anywhere
