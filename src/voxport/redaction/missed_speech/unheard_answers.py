"""Answers of which nothing was recognised: a voice right after a question, and no words in it.

Recognisers drop spelled addresses and dictated digits as a whole. What lies there answers the question, whatever it is;
nothing that was understood is covered for it, so this holds at every level.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from voxport.core.spans import merge, pad, touching
from voxport.core.transcript import Span, WordKind
from voxport.redaction.dialogue.lines import Dialogue
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
    spoken = merge(
        Span(max(0, word.start_ms - options.word_margin_ms), believed_end_ms(word, options) + options.word_margin_ms)
        for line in dialogue.lines.values()
        for word in line.words
        if word.kind is WordKind.WORD
    )
    alone = len(dialogue.voices) == 1
    voices = {
        channel: merge((*spans, *(dialogue.unclaimed if alone else ())), options.voice_gap_ms)
        for channel, spans in dialogue.voices.items()
    }
    found = (
        gap
        for question in questions
        for channel, spans in voices.items()
        if channel != question.channel or alone
        for voice in _answering(question, spans, options)
        for gap in _without(voice, touching(voice, spoken))
    )
    margin_ms = options.answer_margin_ms
    return merge(pad(gap, 0, margin_ms) for gap in found if gap.end_ms - gap.start_ms >= options.shortest_ms)


def _answering(question: Question, voices: Sequence[Span], options: MissedSpeechOptions) -> Iterator[Span]:
    """The voices that begin in time for an answer, from the end of the question on."""
    begin_ms = question.end_ms
    for voice in touching(Span(begin_ms, begin_ms + options.answer_within_ms), voices):
        latest_ms = max(begin_ms, voice.start_ms) + options.longest_answer_ms
        yield Span(max(begin_ms, voice.start_ms), min(voice.end_ms, latest_ms))


def _without(span: Span, spoken: Sequence[Span]) -> Iterator[Span]:
    """What is left of a span between the spans in it, which are in order."""
    begin_ms = span.start_ms
    for words in spoken:
        if words.start_ms > begin_ms:
            yield Span(begin_ms, words.start_ms)
        begin_ms = max(begin_ms, words.end_ms)
    if span.end_ms > begin_ms:
        yield Span(begin_ms, span.end_ms)
