"""Digits that answer a question which nobody understood: recognisers lose "póliza" more easily than digits."""

from __future__ import annotations

from collections.abc import Iterator

from voxport.language.numbers import NumberRun
from voxport.redaction.detectors.personal.phones import PhoneOptions, without_other_numbers
from voxport.redaction.detectors.subjects import Subject, SubjectOptions, governing_cue
from voxport.redaction.dialogue.answering import answered_by
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.mentions import Mention


def lost_questions(dialogue: Dialogue, subjects: SubjectOptions, options: PhoneOptions) -> Iterator[Mention]:
    """The last word before each such answer, as a question for a number."""
    for run in dialogue.runs():
        line = dialogue.lines[run.channel]
        if line.is_keyed or len(run.value) < options.least_answer or governing_cue(dialogue, run, subjects) is not None:
            continue
        pieces = without_other_numbers(run, line, Subject.UNKNOWN, options)
        if any(len(piece.value) >= options.least_answer for piece in pieces):
            yield from _asked_before(dialogue, line, run)


def _asked_before(dialogue: Dialogue, line: Line, run: NumberRun) -> Iterator[Mention]:
    place = answered_by(dialogue, line, run.words[0])
    if place is not None:
        yield Mention("phone", place[0], place[1], place[1], asks=True)
