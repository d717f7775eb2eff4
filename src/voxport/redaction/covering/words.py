"""Covers words: what lies in a covered stretch becomes the replacement, on every channel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem
from voxport.core.spans import overlaps, touching
from voxport.core.transcript import KeyedSign, Span, Transcript, Turn, Word, WordKind
from voxport.redaction.covers import Detections
from voxport.redaction.detectors.matches import longest_shared
from voxport.redaction.dialogue.reading import read_dialogue
from voxport.redaction.options import DEFAULTS, RedactionOptions


def cover_words(transcript: Transcript, detections: Detections, options: RedactionOptions = DEFAULTS) -> Transcript:
    """Each word that touches a covered stretch is its replacement, and says nothing more: confidence 1, no sound.

    Marks inside a stretch go, since what they were after has gone; times stay. Raises MediaFailed 50011 when digits of
    a secret are still there.
    """
    spans = detections.text_spans
    if not spans:
        return transcript
    turns = (replace(turn, words=tuple(_words(turn.words, detections))) for turn in transcript.turns)
    covered = replace(transcript, turns=tuple(_with_words(turns)), keyed=_keyed_outside(transcript, detections))
    _demand_nothing_left(covered, detections, options)
    return covered


def _with_words(turns: Iterable[Turn]) -> Iterator[Turn]:
    return (turn for turn in turns if turn.words)


def _keyed_outside(transcript: Transcript, detections: Detections) -> tuple[KeyedSign, ...] | None:
    """What was keyed where nothing is covered."""
    if transcript.keyed is None:
        return None
    hidden = detections.covered
    return tuple(key for key in transcript.keyed if not overlaps(Span(key.start_ms, key.end_ms), hidden))


def _words(words: tuple[Word, ...], detections: Detections) -> Iterator[Word]:
    spans = detections.text_spans
    for word in words:
        if not _touches(word, spans):
            yield word
        elif word.kind is WordKind.WORD:
            span = Span(word.start_ms, max(word.end_ms, word.start_ms + 1))
            stands_for = detections.replacement_at(span) or detections.replacement_at(Span(0, 1 << 62)) or ""
            yield Word(stands_for, word.start_ms, word.end_ms, 1.0, measured=word.measured)


def _touches(word: Word, spans: tuple[Span, ...]) -> bool:
    """Whether any part of a word lies in merged spans; one without length has a place all the same, and a mark belongs
    to what it stands behind."""
    mark = word.kind is WordKind.PUNCTUATION
    begin_ms = word.start_ms - 1 if mark else word.start_ms
    end_ms = word.start_ms if mark else max(word.end_ms, word.start_ms + 1)
    return bool(touching(Span(begin_ms, end_ms), spans))


def _demand_nothing_left(covered: Transcript, detections: Detections, options: RedactionOptions) -> None:
    hidden = {secret.digits for secret in detections.secrets if touching(secret.span, detections.text_spans)}
    digits = "|".join(sorted(hidden))
    for run in read_dialogue(covered, options.dialogue).runs():
        if longest_shared(run.value, digits) >= options.leftover.least_digits:
            where = f"{run.span.start_ms / 1000:.1f} s"
            raise MediaFailed(
                Problem(
                    Code.MEDIA_REDACTION_UNSUPPORTED,
                    f"Digits of what was redacted were said again at {where}; nothing is published.",
                )
            )
