"""What was said right before the other side asks when a card expires, or for its code: the number of the card, however
it was heard."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from voxport.core.spans import pad
from voxport.core.transcript import Span
from voxport.redaction.detectors.candidate_options import CandidateOptions
from voxport.redaction.detectors.subjects import Subject, governing_cue, is_of_a_document, subject_of
from voxport.redaction.dialogue.interruptions import Interruptions
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.word_lists import Topic
from voxport.redaction.missed_speech.bent_numbers import is_surely_number
from voxport.redaction.missed_speech.figures import Figures, Said, figures_of
from voxport.redaction.missed_speech.lone_answers import is_asked_since
from voxport.redaction.missed_speech.options import MissedSpeechOptions

_ASKING = (Topic.EXPIRY, Topic.EXPIRY_NAMED)
"""Cues that ask for what stands on a card behind its number."""
_BENT = 2
"""Words right before figures that may be a bent one, whatever they are: "se senta" for sixty. A judgement."""


def before_questions(dialogue: Dialogue, options: MissedSpeechOptions, reading: CandidateOptions) -> Iterator[Span]:
    """From the first figures of what the other side said before such a question until the question."""
    lines = [line for line in dialogue.lines.values() if not line.is_keyed]
    figures = {line.channel: figures_of(line) for line in lines}
    others = {line.channel: Interruptions.of(line, lines, dialogue.options) for line in lines}
    for cue in dialogue.cues:
        if cue.topic not in _ASKING or is_of_a_document(dialogue, cue, reading.subjects):
            continue
        for line in lines:
            if line.channel == cue.channel:
                continue
            turn = _turn_before(line, cue, others[line.channel], options)
            said = _figures_in(figures[line.channel], turn)
            if said and _is_number_of_card(dialogue, line, turn, figures[line.channel], said, reading, options):
                begin, end = _with_bent(line, said[0].index, turn), turn[-1]
                span = Span(line.words[begin].start_ms, line.words[end].end_ms)
                yield pad(span, options.stretch_margin_ms, options.stretch_margin_ms)


def _turn_before(line: Line, cue: Cue, others: Interruptions, options: MissedSpeechOptions) -> range:
    """The words of a line from where its speaker began last, the other side saying no more than a nod since, until a
    question that follows soon."""
    end = bisect_left(line.words, cue.start_ms, key=lambda word: word.start_ms)
    if end == 0 or cue.start_ms - line.words[end - 1].end_ms > options.answer_within_ms:
        return range(0)
    begin = end - 1
    while begin > 0 and end - begin < options.longest_turn:
        earlier, later = line.words[begin - 1], line.words[begin]
        paused = later.start_ms - earlier.end_ms > options.stretch_gap_ms
        if paused or others.between(earlier.end_ms, later.start_ms):
            break
        begin -= 1
    return range(begin, end)


def _figures_in(figures: list[Figures], turn: range) -> list[Figures]:
    begin = bisect_left(figures, turn.start, key=lambda one: one.index)
    return [one for one in figures[begin : bisect_left(figures, turn.stop, key=lambda one: one.index)] if turn]


def _is_number_of_card(
    dialogue: Dialogue,
    line: Line,
    turn: range,
    figures: list[Figures],
    said: list[Figures],
    reading: CandidateOptions,
    options: MissedSpeechOptions,
) -> bool:
    """Whether figures are enough for most of a card and answer no question for something else."""
    known = {one.index for one in said}
    bent = (index for index in turn if index not in known and is_surely_number(line.plain_words[index], line.language))
    if sum(one.count for one in said) + sum(1 for _ in bent) < options.least_before_question:
        return False
    read = line.runs_in(said[0].index, said[-1].index)
    return bool(read) and not _is_ordinary(dialogue, line, figures, said, reading, options)


def _is_ordinary(
    dialogue: Dialogue,
    line: Line,
    figures: list[Figures],
    said: list[Figures],
    reading: CandidateOptions,
    options: MissedSpeechOptions,
) -> bool:
    """Whether the figures that were `said` answer a question for something else, which none before have answered."""
    if sum(one.count for one in said) >= options.whole_card_answer:
        return False
    run = line.runs_in(said[0].index, said[-1].index)[0]
    cue = governing_cue(dialogue, run, reading.subjects)
    if cue is None or subject_of(dialogue, cue, run, reading.subjects) is not Subject.ORDINARY:
        return False
    if cue.topic is Topic.AMOUNT or not reading.subjects.may_have(cue.topic, sum(one.count for one in said)):
        return False
    if is_asked_since(dialogue, cue, line.channel, said[0].span.start_ms):
        return False
    return Said(figures).between(cue.end_ms, said[0].span.start_ms) < options.answered_digits


def _with_bent(line: Line, first: int, turn: range) -> int:
    """The first word of a number before a word with figures: those right before it may be bent, up to a mark."""
    begin = first
    while begin > turn.start and line.plain_words[begin - 1]:
        if first - begin >= _BENT and not is_surely_number(line.plain_words[begin - 1], line.language):
            break
        begin -= 1
    return begin
