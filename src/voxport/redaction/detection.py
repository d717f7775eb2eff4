"""Detection: from a transcript and the detectors asked for to findings, covers and secrets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from voxport.core.codes import Code
from voxport.core.detectors import find_detector
from voxport.core.errors import MediaFailed, Problem
from voxport.core.plan import DetectionLevel, DetectorPlan
from voxport.core.spans import merge, pad
from voxport.core.transcript import Span, Transcript
from voxport.redaction.covers import Cover, Detections, Secret
from voxport.redaction.detectors.keyed_numbers import with_all_keyed
from voxport.redaction.detectors.matches import Match
from voxport.redaction.detectors.repetition import said_elsewhere
from voxport.redaction.dialogue.lines import Dialogue
from voxport.redaction.dialogue.reading import read_dialogue
from voxport.redaction.margins import covered_spans
from voxport.redaction.missed_speech.search import missed_spans
from voxport.redaction.missed_speech.unheard_answers import Question, unheard_answers, unheard_parts
from voxport.redaction.options import DEFAULTS, RedactionOptions
from voxport.redaction.registry import FINDERS, MISSED_TOPICS, QUESTIONS
from voxport.redaction.shown_detections import shown


def detect(
    transcript: Transcript, detectors: Sequence[DetectorPlan], duration_ms: int, options: RedactionOptions = DEFAULTS
) -> Detections:
    """What each detector finds in a call of `duration_ms`, and what is covered for it on all channels.

    Raises MediaFailed 50006 for a detector that does not know the transcript's language (or is none of ours), and 10201
    when something that must be covered has no place in the recording.
    """
    detectors = [replace(plan, name=_known(plan, transcript.language)) for plan in detectors]
    dialogue = read_dialogue(transcript, options.dialogue)
    found = with_all_keyed(
        dialogue, [FINDERS[plan.name](dialogue, options, plan.kinds) for plan in detectors], options.candidates
    )
    found = [_everywhere(dialogue, secrets, options.leftover.least_digits) for secrets in found]
    by_plan = [
        [Cover(span, plan.name, plan.replacement, plan.audio, transcript.echo_ms) for span in spans]
        for plan, secrets in zip(detectors, found, strict=True)
        for spans in [_covered(plan, dialogue, secrets, duration_ms, options)]
    ]
    covers = sorted(chain.from_iterable(by_plan), key=lambda one: (one.span.start_ms, one.span.end_ms))
    hidden = Detections(covers=tuple(covers)).covered
    findings = (
        shown(plan, dialogue, secrets, own, hidden)
        for plan, secrets, own in zip(detectors, found, by_plan, strict=True)
    )
    return Detections(
        tuple(findings),
        tuple(covers),
        tuple(
            Secret(plan.name, secret.span, secret.digits, secret.tokens)
            for plan, secrets in zip(detectors, found, strict=True)
            for secret in secrets
        ),
    )


def _everywhere(dialogue: Dialogue, secrets: list[Match], least_digits: int) -> list[Match]:
    """The secrets, and where so many of their digits are said elsewhere that no document may be published with them."""
    elsewhere = said_elsewhere(dialogue, secrets, least_digits)
    return sorted((*secrets, *elsewhere), key=lambda match: match.span.start_ms) if elsewhere else secrets


def _covered(
    plan: DetectorPlan, dialogue: Dialogue, secrets: Sequence[Match], duration_ms: int, options: RedactionOptions
) -> tuple[Span, ...]:
    spans = covered_spans(dialogue, secrets, plan.level, duration_ms, options.margins)
    if plan.name in QUESTIONS:
        asked = QUESTIONS[plan.name](dialogue, plan.kinds)
        questions = (Question(one.channel, dialogue.lines[one.channel].words[one.last].end_ms) for one in asked)
        unheard = unheard_answers(dialogue, questions, options.missed_speech)
        parts = unheard_parts(dialogue, secrets, options.missed_speech)
        spans = merge((*spans, *(pad(span, 0, 0, duration_ms) for span in (*unheard, *parts))))
    topics = MISSED_TOPICS.get(plan.name)
    if plan.level is not DetectionLevel.ENTIRE_REGION or topics is None:
        return spans
    missed = missed_spans(dialogue, secrets, topics, options.missed_speech, options.candidates)
    return merge((*spans, *(pad(span, 0, 0, duration_ms) for span in missed)))


def _known(plan: DetectorPlan, language: str) -> str:
    definition = find_detector(plan.name)
    if definition is None or not definition.knows(language):
        raise MediaFailed(Problem.of(Code.DETECTOR_UNSUPPORTED, model=plan.name, language=language))
    return definition.name
