"""Detection: from a transcript and the detectors asked for to findings, covers and secrets; the check afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from voxport.core.codes import Code
from voxport.core.detectors import find_detector
from voxport.core.errors import MediaFailed, Problem
from voxport.core.findings import DetectedSegment, Detection, Occurrence
from voxport.core.plan import DetectionLevel, DetectorPlan
from voxport.core.spans import merge, overlaps, pad
from voxport.core.transcript import Span, Transcript, join_words
from voxport.redaction.detections import Cover, Detections, HeardAgain, Secret
from voxport.redaction.detectors import FINDERS, SUSPECTS
from voxport.redaction.dialogue import Dialogue, read_dialogue
from voxport.redaction.echo import longest_shared
from voxport.redaction.found import Found
from voxport.redaction.regions import cover
from voxport.redaction.unheard import unheard

_NEAR_MS = 1500
_AGAIN_HERE = 3
_AGAIN_NEAR = 5
_AGAIN_ANYWHERE = 6


def detect(transcript: Transcript, detectors: Sequence[DetectorPlan], duration_ms: int) -> Detections:
    """What each detector finds in a call of `duration_ms`, and what is covered for it on all channels.

    Raises MediaFailed 50006 for a detector that does not know the transcript's language (or is none of ours), and 10201
    when something that must be covered has no place in the recording.
    """
    detectors = [replace(plan, name=_known(plan, transcript.language)) for plan in detectors]
    finders = [FINDERS[plan.name] for plan in detectors]
    dialogue = read_dialogue(transcript)
    found = [finder(dialogue) for finder in finders]
    covers = tuple(
        sorted(
            (
                Cover(span, plan.name, plan.replacement, plan.audio)
                for plan, secrets in zip(detectors, found, strict=True)
                for span in _covered(plan, dialogue, secrets, duration_ms)
            ),
            key=lambda one: (one.span.start_ms, one.span.end_ms),
        )
    )
    hidden = Detections(covers=covers).covered
    return Detections(
        tuple(_detection(plan, dialogue, secrets, hidden) for plan, secrets in zip(detectors, found, strict=True)),
        covers,
        tuple(
            Secret(plan.name, secret.span, secret.digits)
            for plan, secrets in zip(detectors, found, strict=True)
            for secret in secrets
        ),
    )


def _covered(plan: DetectorPlan, dialogue: Dialogue, secrets: Sequence[Found], duration_ms: int) -> tuple[Span, ...]:
    spans = cover(dialogue, secrets, plan.level, duration_ms)
    if plan.level is not DetectionLevel.ENTIRE_REGION or plan.name not in SUSPECTS:
        return spans
    suspected = unheard(dialogue, secrets, SUSPECTS[plan.name])
    return merge((*spans, *(pad(span, 0, 0, duration_ms) for span in suspected)))


def _known(plan: DetectorPlan, language: str) -> str:
    definition = find_detector(plan.name)
    if definition is None or not definition.knows(language):
        raise MediaFailed(Problem.of(Code.DETECTOR_UNSUPPORTED, model=plan.name, language=language))
    return definition.name


def _detection(plan: DetectorPlan, dialogue: Dialogue, secrets: Sequence[Found], hidden: Sequence[Span]) -> Detection:
    """Segments by channel and speaker; `exact` stays empty where words or sound are covered."""
    definition = find_detector(plan.name)
    label = definition.label if definition else plan.name

    def owner(secret: Found) -> tuple[int, str]:
        return secret.channel, dialogue.lines[secret.channel].speakers[secret.words[0]] or ""

    segments = []
    for (channel, speaker), group in groupby(sorted(secrets, key=owner), key=owner):
        line = dialogue.lines[channel]
        occurrences = tuple(
            Occurrence(
                secret.span,
                "" if overlaps(secret.span, hidden) else join_words(line.words[secret.words[0] : secret.words[-1] + 1]),
            )
            for secret in sorted(group, key=lambda one: one.span.start_ms)
        )
        segments.append(DetectedSegment(channel, speaker or None, occurrences))
    return Detection(plan.name, label, tuple(segments))


def found_again(heard: Transcript, detections: Detections) -> tuple[HeardAgain, ...]:
    """The secrets whose digits are in `heard`, the transcript of the redacted audio, though their sound was covered.

    Where the secret was said three digits in a row are enough, near another cover five, and six anywhere else: ordinary
    numbers share a few digits with a card by chance, and out of a tone a recogniser makes a digit or two. Secrets of
    less than three digits (the `Number` detector) are therefore not listened for. Nor does it matter whether a detector
    fires on what is heard: a number that is none of the secrets was let through, or made up, by the recogniser.
    """
    audible = detections.audio_spans
    secrets = [secret for secret in detections.secrets if overlaps(secret.span, audible)]
    again = []
    for run in read_dialogue(heard).runs():
        for secret in secrets:
            shared = longest_shared(run.value, secret.digits)
            if shared >= _least_again(run.span, secret, audible):
                again.append(HeardAgain(secret.detector, run.span, shared))
                break
    return tuple(again)


def _least_again(heard: Span, secret: Secret, audible: Sequence[Span]) -> int:
    if overlaps(heard, [pad(secret.span, _NEAR_MS, _NEAR_MS)]):
        return _AGAIN_HERE
    near = any(overlaps(heard, [pad(span, _NEAR_MS, _NEAR_MS)]) for span in audible)
    return _AGAIN_NEAR if near else _AGAIN_ANYWHERE
