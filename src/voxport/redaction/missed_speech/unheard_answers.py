"""Answers of which nothing was recognised: a voice right after a question, or right beside digits that answer one, and
no words in it.

Recognisers drop spelled addresses and dictated digits as a whole. What lies there answers the question, whatever it is;
nothing that was understood is covered for it, so this holds at every level.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from voxport.core.spans import merge, pad, touching
from voxport.core.transcript import Span, WordKind
from voxport.redaction.detectors.matches import Match
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.missed_speech.options import MissedSpeechOptions
from voxport.redaction.missed_speech.silences import believed_end_ms


@dataclass(frozen=True, slots=True)
class Question:
    """A question for something that is to be covered."""

    channel: int
    """Who asks."""
    end_ms: int
    """When the phrase that asks ends."""


def unheard_answers(
    dialogue: Dialogue, questions: Iterable[Question], options: MissedSpeechOptions
) -> tuple[Span, ...]:
    """The stretches of voice without words that answer one of the questions; merged, in order."""
    spoken = _spoken(dialogue.lines.values(), options)
    alone = len(dialogue.voices) == 1
    voices = {
        channel: merge((*spans, *(dialogue.unclaimed if alone else ())), options.voice_gap_ms)
        for channel, spans in dialogue.voices.items()
    }
    found = (
        gap
        for question in questions
        for channel, spans in voices.items()
        for voice in _answering(question, spans, options, goes_on=channel == question.channel and not alone)
        for gap in _without(voice, touching(voice, spoken))
    )
    margin_ms = options.answer_margin_ms
    return merge(pad(gap, 0, margin_ms) for gap in found if gap.end_ms - gap.start_ms >= options.shortest_ms)


def unheard_parts(dialogue: Dialogue, numbers: Iterable[Match], options: MissedSpeechOptions) -> tuple[Span, ...]:
    """The stretches of voice without words right before numbers, on their channel: of a number that is written in one
    word recognisers lose the first digits, or their time; merged, in order."""
    spoken: dict[int, Sequence[Span]] = {}
    found: list[Span] = []
    for number in numbers:
        line = dialogue.lines[number.channel]
        if line.is_keyed or not number.digits:
            continue
        if line.channel not in spoken:
            spoken[line.channel] = _spoken([line], options)
        begin_ms = number.span.start_ms
        before = Span(max(0, begin_ms - options.part_within_ms), begin_ms)
        for voice in touching(before, dialogue.voices.get(line.heard_on, ())):
            part = Span(max(before.start_ms, voice.start_ms), min(before.end_ms, voice.end_ms))
            gaps = list(_without(part, touching(part, spoken[line.channel])))
            if gaps and _is_part(gaps[-1], begin_ms, options):
                found.append(Span(gaps[-1].start_ms, begin_ms))
    return merge(found)


def _is_part(gap: Span, begin_ms: int, options: MissedSpeechOptions) -> bool:
    long = gap.end_ms - gap.start_ms >= options.shortest_ms
    return long and begin_ms - gap.end_ms <= options.voice_gap_ms


def _spoken(lines: Iterable[Line], options: MissedSpeechOptions) -> tuple[Span, ...]:
    """When something was recognised on these lines; merged, in order."""
    margin_ms = options.word_margin_ms
    return merge(
        Span(max(0, word.start_ms - margin_ms), believed_end_ms(word, options) + margin_ms)
        for line in lines
        for word in line.words
        if word.kind is WordKind.WORD
    )


def _answering(
    question: Question, voices: Sequence[Span], options: MissedSpeechOptions, *, goes_on: bool
) -> Iterator[Span]:
    """The voices that begin in time for an answer, from the end of the question on; `goes_on`: those of who asks, who
    may say himself what is to be confirmed."""
    begin_ms = question.end_ms
    within_ms = options.own_within_ms if goes_on else options.answer_within_ms
    for voice in touching(Span(begin_ms, begin_ms + within_ms), voices):
        latest_ms = max(begin_ms, voice.start_ms) + options.longest_answer_ms
        yield Span(max(begin_ms, voice.start_ms - options.word_margin_ms), min(voice.end_ms, latest_ms))


def _without(span: Span, spoken: Sequence[Span]) -> Iterator[Span]:
    """What is left of a span between the spans in it, which are in order."""
    begin_ms = span.start_ms
    for words in spoken:
        if words.start_ms > begin_ms:
            yield Span(begin_ms, words.start_ms)
        begin_ms = max(begin_ms, words.end_ms)
    if span.end_ms > begin_ms:
        yield Span(begin_ms, span.end_ms)
