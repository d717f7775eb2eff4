"""When a secret is to be expected: from a question for it, or from a part of it, until something else is spoken of."""

from __future__ import annotations

from collections.abc import Sequence

from voxport.core.spans import merge
from voxport.core.transcript import Span
from voxport.redaction.detectors.matches import Match
from voxport.redaction.detectors.subjects import Subject, SubjectOptions, is_of_a_document, part_subject
from voxport.redaction.dialogue.lines import Cue, Dialogue
from voxport.redaction.dialogue.word_lists import ORDINARY_TOPICS, Topic
from voxport.redaction.missed_speech.options import MissedSpeechOptions

PAYMENT = frozenset({Topic.CARD, Topic.CARD_NAMED, Topic.EXPIRY, Topic.EXPIRY_NAMED, Topic.CODE, Topic.READY})
"""What a missed part of a payment card is announced by."""
SOCIAL = frozenset({Topic.SOCIAL, Topic.READY})
"""What a missed social security number is announced by."""
_LONGEST_PHRASE_MS = 15_000
"""No phrase of the lists takes longer to say."""
ASKED_ELSE = ORDINARY_TOPICS
"""Cues that ask for something that is no secret."""


def expected_phases(
    dialogue: Dialogue,
    secrets: Sequence[Match],
    topics: frozenset[Topic],
    options: MissedSpeechOptions,
    subjects: SubjectOptions,
) -> tuple[Span, ...]:
    """From each cue of a secret to the next cue of something else, or until nothing more is to be expected; merged."""
    found = []
    for cue in dialogue.cues:
        if not is_about(dialogue, cue, topics, subjects):
            continue
        lasts_ms = options.named_ms if cue.topic is Topic.CARD_NAMED else options.asked_ms
        found.append(Span(cue.start_ms, _until_other(dialogue, cue.start_ms, cue.end_ms + lasts_ms, topics)))
    for secret in secrets:
        begin_ms = _since_other(dialogue, secret.span.start_ms, options.before_secret_ms, topics)
        end_ms = _until_other(dialogue, secret.span.end_ms, secret.span.end_ms + options.after_secret_ms, topics)
        found.append(Span(begin_ms, end_ms))
    return merge(found)


def is_about(dialogue: Dialogue, cue: Cue, topics: frozenset[Topic], subjects: SubjectOptions) -> bool:
    """Whether a cue is about a secret of these topics; "the last four" are those of what was spoken of."""
    if cue.topic is Topic.PART:
        wanted = Subject.SOCIAL if Topic.SOCIAL in topics else Subject.CARD
        return part_subject(dialogue, cue, cue.end_ms, subjects) is wanted
    if cue.topic is Topic.EXPIRY and is_of_a_document(dialogue, cue, subjects):
        return False
    return cue.topic in topics


def _until_other(dialogue: Dialogue, begin_ms: int, end_ms: int, topics: frozenset[Topic]) -> int:
    """`end_ms`, or the beginning of the next thing that is no secret of these topics."""
    others = _others(topics)
    starts = (cue.start_ms for cue in dialogue.cues_within(begin_ms + 1, end_ms) if cue.topic in others)
    return next(starts, end_ms)


def _since_other(dialogue: Dialogue, start_ms: int, most_ms: int, topics: frozenset[Topic]) -> int:
    """The end of the last thing before that is no secret of these topics, at most `most_ms` back."""
    others = _others(topics)
    begin_ms = max(0, start_ms - most_ms)
    near = dialogue.cues_within(begin_ms - _LONGEST_PHRASE_MS, start_ms)
    return max(begin_ms, *(cue.end_ms for cue in near if cue.topic in others and cue.end_ms < start_ms), 0)


def _others(topics: frozenset[Topic]) -> frozenset[Topic]:
    return frozenset({*ASKED_ELSE, Topic.AMOUNT}) | ((SOCIAL | PAYMENT) - topics)
