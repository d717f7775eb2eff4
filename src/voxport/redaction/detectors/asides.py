"""What a side says in figures once the other has answered a question for a secret."""

from __future__ import annotations

from voxport.redaction.detectors.candidates import Candidate
from voxport.redaction.detectors.matches import Given
from voxport.redaction.dialogue.answering import answers_mark
from voxport.redaction.dialogue.lines import Dialogue

_LEAST_ANSWER = 3
"""Digits of an answer by itself; fewer answer a question that names others: "18 or 80?"."""


def is_aside(dialogue: Dialogue, candidate: Candidate, given: Given) -> bool:
    """Whether it is something else, or says again what was given; not what answers who asked and named digits himself:
    "it ends in 6604, is that correct?" "6640."."""
    cue, line = candidate.cue, dialogue.lines[candidate.channel]
    if cue is None or not given.is_aside(candidate.channel, cue.end_ms):
        return False
    short = len(candidate.value) < _LEAST_ANSWER
    first = candidate.runs[0].words[0]
    return cue.channel == candidate.channel or not answers_mark(dialogue, line, first, figures=short)
