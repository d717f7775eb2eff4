"""The search for missed speech, at `entireRegion` only.

Recognisers drop whole sentences, and digits above all. Once a secret is being asked for, what was not understood is
treated as one.
"""

from __future__ import annotations

from collections.abc import Sequence

from voxport.core.spans import merge, touching
from voxport.core.transcript import Span
from voxport.redaction.detectors.candidate_options import CandidateOptions
from voxport.redaction.detectors.matches import Match
from voxport.redaction.dialogue.lines import Dialogue
from voxport.redaction.dialogue.word_lists import Topic
from voxport.redaction.margins import other_numbers
from voxport.redaction.missed_speech.answers import missed_answers
from voxport.redaction.missed_speech.options import MissedSpeechOptions
from voxport.redaction.missed_speech.phases import expected_phases
from voxport.redaction.missed_speech.silences import wordless_spans
from voxport.redaction.missed_speech.told_parts import told_parts
from voxport.redaction.missed_speech.unannounced import unannounced_spans


def missed_spans(
    dialogue: Dialogue,
    secrets: Sequence[Match],
    topics: frozenset[Topic],
    options: MissedSpeechOptions,
    reading: CandidateOptions,
) -> tuple[Span, ...]:
    """The stretches in which a secret of these topics may hide unrecognised; merged, in order."""
    expected = expected_phases(dialogue, secrets, topics, options, reading.subjects)
    unannounced = merge(unannounced_spans(dialogue, secrets, topics, options, reading))
    kept = [span for span in other_numbers(dialogue, secrets) if not touching(span, unannounced)]
    wordless = wordless_spans(dialogue, expected, kept, options)
    answers = missed_answers(dialogue, secrets, topics, options, reading.subjects)
    told = told_parts(dialogue, secrets, topics, options, reading.subjects)
    return merge([*wordless, *answers, *told, *unannounced])
