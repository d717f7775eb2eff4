"""Passages in another language are decoded again, each in its own, and the words that they had are thrown away.

A segment that is touched by a passage is cut where the language changes, and the parts in another language are decoded
once more in it. Where the words confirm that (language_confirmation.py), the rest is decoded once more too, without the
sound that is not in the asked language. So no sound is decoded more than once more, but for passages beside others that
were not confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.core.transcript import LanguagePassage, Span, Transcript, Word
from voxport.speech.language_identification import Passage, voice_within
from voxport.speech.sections import CallPlan
from voxport.speech.segmentation import Segment


@dataclass(frozen=True, slots=True)
class LanguagePlan:
    """What is decoded again in one language."""

    language: str
    """The engine's code."""
    plan: CallPlan
    origins: tuple[int, ...]
    """For each of its segments the number of the one that it was cut from."""

    def words_from(self, whole: LanguagePlan, words: Mapping[int, tuple[Word, ...]]) -> dict[int, tuple[Word, ...]]:
        """The words of its segments, all of which are among those of `whole`, whose words are given."""
        known = {segment: words[number] for number, segment in enumerate(whole.plan.segments)}
        return {number: known[segment] for number, segment in enumerate(self.plan.segments)}


def language_plans(plan: CallPlan, passages: Sequence[Passage], asked: str) -> list[LanguagePlan]:
    """Everything that has to be decoded again, by language; empty without passages."""
    cut: dict[str, list[tuple[Segment, int]]] = {}
    for number, segment in enumerate(plan.segments):
        voice = voice_within(plan.voices[segment.channel], Span(segment.voice_start_ms, segment.voice_end_ms))
        own = [passage for passage in passages if passage.channel == segment.channel]
        spoken = [_passage_of(span, own) for span in voice]
        if any(spoken):
            for passage, part in _cut(segment, voice, spoken):
                cut.setdefault(passage.language if passage else asked, []).append((part, number))
    return [
        LanguagePlan(
            language,
            replace(
                plan,
                language=language,
                segments=tuple(part for part, _ in parts),
                peaks=tuple(plan.peaks[number] for _, number in parts),
            ),
            tuple(number for _, number in parts),
        )
        for language, parts in sorted(cut.items())
    ]


def with_heard_again(
    words: Mapping[int, tuple[Word, ...]], again: Sequence[tuple[LanguagePlan, Mapping[int, tuple[Word, ...]]]]
) -> dict[int, tuple[Word, ...]]:
    """The words by segment, where it was heard again those of its parts, in order of start."""
    parts: dict[int, list[tuple[int, tuple[Word, ...]]]] = {}
    for plan, heard in again:
        for index, number in enumerate(plan.origins):
            parts.setdefault(number, []).append((plan.plan.segments[index].start_ms, heard[index]))
    replaced = {
        number: tuple(word for _, one in sorted(cut, key=lambda part: part[0]) for word in one)
        for number, cut in parts.items()
    }
    return {**words, **replaced}


def channel_words(plan: CallPlan, words: Mapping[int, tuple[Word, ...]]) -> dict[int, list[Word]]:
    """The words of a plan's segments by place of their channel."""
    said: dict[int, list[Word]] = {}
    for number, segment in enumerate(plan.segments):
        said.setdefault(segment.channel, []).extend(words[number])
    return said


def spoken_passages(
    passages: Sequence[Passage], channels: Sequence[int], allowed: Mapping[str, str]
) -> tuple[LanguagePassage, ...]:
    """Passages as a transcript has them.

    `channels` are the indexes of the channels in the file; `allowed` has the request's code for each allowed language
    of the engine.
    """
    spoken = (
        LanguagePassage(
            channels[one.channel],
            one.span,
            allowed.get(one.language, one.language),
            round(one.probability, 3),
        )
        for one in passages
    )
    return tuple(sorted(spoken, key=lambda one: (one.span.start_ms, one.channel)))


def language_warnings(
    transcript: Transcript, allowed: Sequence[str], *, identifies_languages: bool
) -> tuple[Problem, ...]:
    """One for each channel and language that nobody expected, and one where nothing can be told of languages."""
    if allowed and not identifies_languages:
        reason = f"{transcript.engine} cannot tell languages; allowed languages have no effect"
        return (Problem.of(Code.ENGINE_CANNOT_DO_THIS, reason=reason),)
    unexpected = [one for one in transcript.passages if one.language not in allowed]
    ordered = sorted(unexpected, key=lambda one: (one.channel, one.language))
    return tuple(
        _unexpected(transcript, language, list(group))
        for (_, language), group in groupby(ordered, key=lambda one: (one.channel, one.language))
    )


def _unexpected(transcript: Transcript, language: str, passages: Sequence[LanguagePassage]) -> Problem:
    lengths = [one.span.end_ms - one.span.start_ms for one in passages]
    probability = sum(one.probability * length for one, length in zip(passages, lengths, strict=True)) / sum(lengths)
    first = passages[0]
    speaker = transcript.speaker_on(first.channel)
    named = f" ({speaker})" if speaker is not None else ""
    spoken = f"{sum(lengths) / 1000:.1f} s, the first at {first.span.start_ms / 1000:.1f} s"
    return Problem(
        Code.LANGUAGE_UNSUPPORTED,
        f"Another language than {transcript.language} is spoken on channel {first.channel + 1}{named}, most probably "
        f"{language}: {spoken}, with a probability of {probability:.2f}. It is written in that language and marked.",
    )


def _passage_of(voice: Span, passages: Sequence[Passage]) -> Passage | None:
    middle_ms = (voice.start_ms + voice.end_ms) // 2
    return next((one for one in passages if one.span.start_ms <= middle_ms < one.span.end_ms), None)


def _cut(
    segment: Segment, voice: Sequence[Span], spoken: Sequence[Passage | None]
) -> list[tuple[Passage | None, Segment]]:
    """The parts of a segment by passage; they meet in the middle of the pauses between them."""
    runs = [
        (passage, [span for span, _ in run])
        for passage, run in groupby(zip(voice, spoken, strict=True), key=lambda pair: pair[1])
    ]
    parts: list[tuple[Passage | None, Segment]] = []
    start_ms = segment.start_ms
    for index, (passage, spans) in enumerate(runs):
        last_ms = spans[-1].end_ms
        end_ms = segment.end_ms if index + 1 == len(runs) else (last_ms + runs[index + 1][1][0].start_ms) // 2
        sound = tuple(
            Span(max(part.start_ms, start_ms), min(part.end_ms, end_ms))
            for part in segment.sound
            if part.end_ms > start_ms and part.start_ms < end_ms
        )
        piece = Segment(segment.channel, sound[0].start_ms, sound[-1].end_ms, spans[0].start_ms, last_ms, parts=sound)
        parts.append((passage, piece))
        start_ms = end_ms
    return parts
