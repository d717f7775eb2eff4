"""Answers of hardly more than the end of a social security number, or the date of a card, to a question that nobody
understood; at `entireRegion` only."""

from __future__ import annotations

from collections.abc import Iterator

from voxport.core.spans import pad
from voxport.core.transcript import Span
from voxport.language.numbers import NumberRun
from voxport.redaction.detectors.candidate_options import CandidateOptions
from voxport.redaction.detectors.candidates import Candidate, read_candidates
from voxport.redaction.detectors.dates import is_month_and_year
from voxport.redaction.detectors.payment_phase import answers_question
from voxport.redaction.detectors.subjects import Subject, governing_cue, subject_of
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.word_lists import word_lists_of
from voxport.redaction.missed_speech.options import MissedSpeechOptions

MONTH_WITHIN = 2
"""Words and marks beside digits in which a month makes a date of them."""


def lone_parts(dialogue: Dialogue, options: MissedSpeechOptions, reading: CandidateOptions) -> Iterator[Span]:
    """Four digits with hardly a word beside them that answer a question which nobody understood: people are known by
    the last four of their social security number, of which recognisers lose the name."""
    for candidate in read_candidates(dialogue, reading):
        line, run = dialogue.lines[candidate.channel], candidate.runs[0]
        lone = len(candidate.value) == options.part_digits and len(candidate.runs) == 1 and not line.is_keyed
        if not lone or line.words_beside(run.words[0]) > options.part_beside:
            continue
        if _is_open(dialogue, candidate) and answers_question(dialogue, run, reading.phase):
            yield pad(run.span, options.answer_margin_ms, options.answer_margin_ms)


def lone_dates(dialogue: Dialogue, options: MissedSpeechOptions, reading: CandidateOptions) -> Iterator[Span]:
    """A month and the year of a card with hardly a word beside them that answer a question which nobody understood, in
    a call about a card: "August 2032" where the card itself is known already."""
    for line in dialogue.lines.values():
        for run in line.runs if not line.is_keyed else ():
            if not is_month_and_year(run, line) or line.words_beside(run.words[0]) > options.date_beside:
                continue
            cue = governing_cue(dialogue, run, reading.subjects)
            ordinary = subject_of(dialogue, cue, run, reading.subjects) is Subject.ORDINARY
            if not ordinary and answers_question(dialogue, run, reading.phase):
                yield pad(with_month(line, run), options.answer_margin_ms, options.answer_margin_ms)


def _is_open(dialogue: Dialogue, candidate: Candidate) -> bool:
    """Whether nothing says what digits are, or only what their speaker said before the other side spoke."""
    cue, begin_ms = candidate.cue, candidate.span.start_ms
    asked = cue is not None and is_asked_since(dialogue, cue, candidate.channel, begin_ms)
    return candidate.subject is Subject.UNKNOWN or (candidate.subject is Subject.ORDINARY and asked)


def is_asked_since(dialogue: Dialogue, cue: Cue, channel: int, begin_ms: int) -> bool:
    """Whether the speaker of digits named something else himself, and the other side has spoken since."""
    return cue.channel == channel and dialogue.is_talked_into(channel, cue.end_ms, begin_ms)


def with_month(line: Line, run: NumberRun, said: range | None = None) -> Span:
    """The time of the digits with that of a month right beside them, of the indices `said` with them where those are
    known."""
    months = word_lists_of(line.language).months
    said = range(len(line.words)) if said is None else said
    first, last = max(said.start, run.words[0] - MONTH_WITHIN), min(said.stop, run.words[1] + 1 + MONTH_WITHIN)
    words = [line.words[index] for index in range(first, last) if line.plain_words[index] in months]
    spans = [run.span, *(Span(word.start_ms, word.end_ms) for word in words)]
    return Span(min(span.start_ms for span in spans), max(span.end_ms for span in spans))
