"""Details that were keyed on a telephone: "enter your ten digit telephone number" is answered by the keys."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator

from voxport.core.detectors import PERSONAL_KINDS
from voxport.redaction.detectors.matches import Match, match_of
from voxport.redaction.detectors.subjects import SubjectOptions, governing_cue
from voxport.redaction.dialogue.lines import Dialogue
from voxport.redaction.dialogue.questions import find_questions

_KEYED = frozenset({"phone", "dateOfBirth", "account"})
"""Kinds that have digits alone."""
_ANSWER_MS = 40_000
"""From a question to the begin of the keys that answer it: a prompt goes on after it. A judgement."""


def keyed_details(
    dialogue: Dialogue, wanted: Collection[str], least_digits: int, subjects: SubjectOptions
) -> Iterator[Match]:
    """The numbers of `least_digits` and more that were keyed where one of the kinds was asked for last."""
    lines = [line for line in dialogue.lines.values() if line.is_keyed]
    if not lines or _KEYED.isdisjoint(wanted):
        return
    asked = find_questions(dialogue, PERSONAL_KINDS)
    times = [dialogue.lines[one.channel].words[one.last].start_ms for one in asked]
    for line in lines:
        for run in line.runs:
            place = bisect_left(times, run.span.start_ms) - 1
            if place < 0 or len(run.value) < least_digits or run.span.start_ms - times[place] > _ANSWER_MS:
                continue
            cue = governing_cue(dialogue, run, subjects)
            last = cue is None or cue.start_ms <= times[place]
            if last and asked[place].kind in _KEYED.intersection(wanted):
                yield match_of(line, run.groups)
