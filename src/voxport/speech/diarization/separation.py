"""A transcript in which one channel had one speaker, and the same with the people who speak on it apart.

The people of one channel are numbered like channels of their own (`core/transcript.person_channel`), so that whatever
reads a transcript by its sides - turns, metrics, sentiment, redaction by question and answer - has two sides to read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from voxport.core.spans import merge, without
from voxport.core.speakers import names_of_people
from voxport.core.transcript import LanguagePassage, Span, Transcript, VoiceActivity, Word, WordKind, person_channel
from voxport.speech.diarization.diarizer import SpokenStretch
from voxport.speech.diarization.options import DiarizationOptions
from voxport.speech.diarization.words import GivenWord, give_words
from voxport.speech.turns import build_turns

_BREATH_MS = 200
"""Stretches of one speaker that are closer are one voice activity."""


@dataclass(frozen=True, slots=True)
class Person:
    """One of the people on a channel."""

    channel: int
    """The number that stands for the channel of this person."""
    speaker: str
    words: tuple[Word, ...]
    confidences: tuple[float, ...]
    """For each word or mark: how probably this person said it."""
    spans: tuple[Span, ...]
    """When the person speaks."""


def people_of(
    channel: int,
    name: str | None,
    words: Sequence[Word],
    stretches: Sequence[SpokenStretch],
    options: DiarizationOptions,
    taken: Collection[str] = (),
) -> list[Person]:
    """The people who say words on a channel, in order of their number; empty where that is one alone, or nobody.

    Without a `name` they are `Speaker1`, `Speaker2`, ... as they begin to speak. With one, who talks most has it, and
    the others have names made of it (`names_of_people`), none of which is `taken`.
    """
    if len({one.speaker for one in stretches}) < 2:
        return []
    given = give_words(words, stretches, options.words)
    said = {one.speaker: [other for other in given if other.speaker == one.speaker] for one in given}
    if len(said) < 2:
        return []
    spans = {
        speaker: merge((Span(one.start_ms, one.end_ms) for one in stretches if one.speaker == speaker), _BREATH_MS)
        for speaker in said
    }
    ordered = sorted(said, key=lambda speaker: said[speaker][0].word.start_ms)
    if name is not None:
        ordered.sort(key=lambda speaker: -sum(span.end_ms - span.start_ms for span in spans[speaker]))
    unnamed = [f"Speaker{number + 1}" for number in range(len(ordered))]
    names = unnamed if name is None else names_of_people(name, len(ordered), taken)
    return [
        _person(person_channel(channel, number), names[number], said[speaker], spans[speaker])
        for number, speaker in enumerate(ordered)
    ]


def separated(transcript: Transcript, people: Mapping[int, Sequence[Person]]) -> Transcript:
    """The transcript with the people of each channel of `people` apart; channels without people are as they were."""
    kept = [turn for turn in transcript.turns if not people.get(turn.channel)]
    said: list[tuple[int, str | None, Sequence[Word]]] = []
    for channel in sorted({turn.channel for turn in kept}):
        own = [turn for turn in kept if turn.channel == channel]
        said.append((channel, own[0].speaker, [word for turn in own for word in turn.words]))
    everybody = [person for some in people.values() for person in some]
    said += [(person.channel, person.speaker, person.words) for person in everybody]
    confidences = {
        (person.channel, id(word)): sure
        for person in everybody
        for word, sure in zip(person.words, person.confidences, strict=True)
    }
    turns = tuple(
        replace(turn, speaker_confidence=_mean([confidences[turn.channel, id(word)] for word in turn.words]))
        if (turn.channel, id(turn.words[0])) in confidences
        else turn
        for turn in build_turns(said)
    )
    activity = [one for one in transcript.voice_activity if not people.get(one.channel)]
    activity += [VoiceActivity(person.channel, person.speaker, person.spans) for person in everybody]
    return replace(
        transcript,
        turns=turns,
        voice_activity=tuple(sorted(activity, key=lambda one: one.channel)),
        passages=_passages(transcript.passages, people),
        unclaimed=tuple(
            _unclaimed(one, some) for one in transcript.voice_activity if (some := people.get(one.channel))
        ),
    )


def _unclaimed(heard: VoiceActivity, people: Sequence[Person]) -> VoiceActivity:
    """What carries a voice and is of nobody: somebody may have spoken there who was not understood."""
    claimed = (span for person in people for span in person.spans)
    return VoiceActivity(heard.channel, None, without(heard.spans, claimed))


def _person(channel: int, speaker: str, given: Sequence[GivenWord], spans: tuple[Span, ...]) -> Person:
    return Person(
        channel, speaker, tuple(one.word for one in given), tuple(one.confidence for one in given), tuple(spans)
    )


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 3)


def _passages(
    passages: Sequence[LanguagePassage], people: Mapping[int, Sequence[Person]]
) -> tuple[LanguagePassage, ...]:
    """Passages in other languages, each for whoever says words in it."""
    found: list[LanguagePassage] = []
    for passage in passages:
        own = [
            replace(passage, channel=person.channel, span=Span(words[0].start_ms, words[-1].end_ms))
            for person in people.get(passage.channel, ())
            if (words := [word for word in person.words if _inside(word, passage.span)])
        ]
        found += own or [passage]
    return tuple(sorted(found, key=lambda one: (one.span.start_ms, one.channel)))


def _inside(word: Word, span: Span) -> bool:
    return word.kind is WordKind.WORD and span.start_ms <= (word.start_ms + word.end_ms) // 2 < span.end_ms
