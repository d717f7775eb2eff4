"""The check of redacted audio: whether digits of a secret can still be heard in what was recognised from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voxport.core.spans import overlaps, pad
from voxport.core.transcript import Span, Transcript
from voxport.redaction.covers import Detections, Secret
from voxport.redaction.detectors.repetition import longest_shared
from voxport.redaction.dialogue.lines import read_dialogue

_NEAR_MS = 1500
_LEAST_HERE = 3
_LEAST_NEAR = 5
_LEAST_ANYWHERE = 6


@dataclass(frozen=True, slots=True)
class AudibleSecret:
    """A secret that can still be heard: where, and how many of its digits (never which)."""

    detector: str
    span: Span
    digits: int


def audible_secrets(heard: Transcript, detections: Detections) -> tuple[AudibleSecret, ...]:
    """The secrets whose digits are in `heard`, the transcript of the redacted audio, though their sound was covered.

    Where the secret was said three digits in a row are enough, near another cover five, and six anywhere else: ordinary
    numbers share a few digits with a card by chance, and out of a tone a recogniser makes a digit or two. Secrets of
    less than three digits (the `Number` detector) are therefore not listened for. Nor does it matter whether a detector
    fires on what is heard: a number that is none of the secrets was let through, or made up, by the recogniser.
    """
    audible = detections.audio_spans
    secrets = [secret for secret in detections.secrets if overlaps(secret.span, audible)]
    found = []
    for run in read_dialogue(heard).runs():
        for secret in secrets:
            shared = longest_shared(run.value, secret.digits)
            if shared >= _least_digits(run.span, secret, audible):
                found.append(AudibleSecret(secret.detector, run.span, shared))
                break
    return tuple(found)


def _least_digits(heard: Span, secret: Secret, audible: Sequence[Span]) -> int:
    if overlaps(heard, [pad(secret.span, _NEAR_MS, _NEAR_MS)]):
        return _LEAST_HERE
    near = any(overlaps(heard, [pad(span, _NEAR_MS, _NEAR_MS)]) for span in audible)
    return _LEAST_NEAR if near else _LEAST_ANYWHERE
