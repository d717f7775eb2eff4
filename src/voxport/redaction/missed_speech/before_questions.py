"""What was said right before the other side asks when a card expires, or for its code: the number of the card, however
it was heard."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from voxport.core.spans import pad
from voxport.core.transcript import Span
from voxport.language.numbers import NumberRun
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.amounts import without_amounts
from voxport.redaction.detectors.candidate_options import CandidateOptions
from voxport.redaction.detectors.subjects import Subject, governing_cue, is_of_a_document, subject_of
from voxport.redaction.dialogue.interruptions import Interruptions
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.word_lists import Topic, common_words, word_lists_of
from voxport.redaction.missed_speech.bent_numbers import is_heard_for_number, is_surely_number
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
            said = _number_in(dialogue, line, turn, figures[line.channel], reading, options)
            if said:
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


def _number_in(
    dialogue: Dialogue,
    line: Line,
    turn: range,
    figures: list[Figures],
    reading: CandidateOptions,
    options: MissedSpeechOptions,
) -> list[Figures]:
    """The figures in a turn that stand together and are enough for most of a card, where nothing else explains them."""
    for said in _together(line, _said_in(line, turn, figures), options):
        digits = sum(one.count for one in said)
        others = sum(_tells_else(line, index) for index in range(said[0].index, said[-1].index + 1))
        if others * options.digits_an_aside > digits or not line.runs_in(said[0].index, said[-1].index):
            continue
        if digits >= options.whole_card_answer and not others:
            return said
        left = [
            one
            for one in said
            if not _is_explained(line, one, reading) and not _is_named(dialogue, line, one, turn, reading)
        ]
        rest = sum(one.count for one in left)
        if rest < options.least_before_question:
            continue
        if rest >= options.whole_card_answer or not _is_ordinary(dialogue, line, figures, left, reading, options):
            return said
    return []


def _said_in(line: Line, turn: range, figures: list[Figures]) -> list[Figures]:
    """The words of a turn with figures, and those that are like number words."""
    begin, end = (bisect_left(figures, place, key=lambda one: one.index) for place in (turn.start, turn.stop))
    known = {one.index: one for one in figures[begin:end]}
    bent = [
        Figures(index, 1, Span(line.words[index].start_ms, line.words[index].end_ms))
        for index in turn
        if index not in known and is_surely_number(line.plain_words[index], line.language)
    ]
    return sorted([*known.values(), *bent], key=lambda one: one.index)


def _together(line: Line, said: list[Figures], options: MissedSpeechOptions) -> Iterator[list[Figures]]:
    """The figures parted where more than a few other words stand between."""
    part: list[Figures] = []
    for one in said:
        if part:
            between = sum(_tells_else(line, index) for index in range(part[-1].index + 1, one.index))
            if between > options.stretch_gap_words:
                yield part
                part = []
        part.append(one)
    if part:
        yield part


def _tells_else(line: Line, index: int) -> bool:
    """Whether a word is neither like a number nor said between the digits of one."""
    word = line.plain_words[index]
    if not word or word in lexicon_of(line.language).fillers or word in common_words().nods:
        return False
    return not is_surely_number(word, line.language) and not is_heard_for_number(word, line.language)


def _is_explained(line: Line, figure: Figures, reading: CandidateOptions) -> bool:
    """Whether a figure is an amount, a count, a date or the number of a house."""
    after = line.plain_words[figure.index + 1] if figure.index + 1 < len(line.words) else ""
    if after in word_lists_of(line.language).units and figure.count <= reading.amounts.longest_count:
        return True
    run = line.run_at(figure.index)
    kept = [] if run is None else without_amounts(run, line, Subject.UNKNOWN, reading.amounts)
    return run is not None and not any(one.words[0] <= figure.index <= one.words[1] for one in kept)


def _is_named(dialogue: Dialogue, line: Line, figure: Figures, turn: range, reading: CandidateOptions) -> bool:
    """Whether its speaker named something else in the same turn that the number of a figure is, "invoice 448812"."""
    run = line.run_at(figure.index)
    cue = None if run is None else governing_cue(dialogue, run, reading.subjects)
    if run is None or cue is None or cue.channel != line.channel or cue.first not in turn:
        return False
    return subject_of(dialogue, cue, run, reading.subjects) is Subject.ORDINARY and cue.topic is not Topic.AMOUNT


def _is_ordinary(
    dialogue: Dialogue,
    line: Line,
    figures: list[Figures],
    said: list[Figures],
    reading: CandidateOptions,
    options: MissedSpeechOptions,
) -> bool:
    """Whether the figures that were `said` answer a question for something else, which none before have answered."""
    runs = line.runs_in(said[0].index, said[-1].index)
    if not runs:
        return False
    run = _of_figures(runs[0], said)
    cue = governing_cue(dialogue, run, reading.subjects)
    if cue is None or subject_of(dialogue, cue, run, reading.subjects) is not Subject.ORDINARY:
        return False
    if cue.topic is Topic.AMOUNT or not reading.subjects.may_have(cue.topic, sum(one.count for one in said)):
        return False
    if is_asked_since(dialogue, cue, line.channel, said[0].span.start_ms):
        return False
    return Said(figures).between(cue.end_ms, said[0].span.start_ms) < options.answered_digits


def _of_figures(run: NumberRun, said: list[Figures]) -> NumberRun:
    """The run without the groups that are no figures of these, "4471288 de 36 euros"; itself if none of them is."""
    places = {one.index for one in said}
    groups = tuple(one for one in run.groups if not places.isdisjoint(range(one.words[0], one.words[1] + 1)))
    return NumberRun(run.channel, groups, (groups[0].words[0], groups[-1].words[1])) if groups else run


def _with_bent(line: Line, first: int, turn: range) -> int:
    """The first word of a number before a word with figures: those right before it may be bent, up to a mark."""
    begin = first
    while begin > turn.start and line.plain_words[begin - 1]:
        if first - begin >= _BENT and not is_surely_number(line.plain_words[begin - 1], line.language):
            break
        begin -= 1
    return begin
