"""What was said: words, turns and voice activity, in integer milliseconds from the start of the recording."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from voxport.core.errors import Problem


class WordKind(StrEnum):
    """What an entry of a transcript is."""

    WORD = "word"
    """Something that was said."""
    PUNCTUATION = "punctuation"
    """A mark that belongs to the word before it."""


@dataclass(frozen=True, slots=True)
class WordVoice:
    """How a word sounded (docs/contract/v3-results.md section 2)."""

    peaks: tuple[tuple[float, float], tuple[float, float]]
    """(frequency in Hz, relative energy 0 to 1) of the two highest peaks; zeros where there is none."""
    volume: float
    """Relative: 4.33 and 7.57 are the means of the reference agent and caller."""


@dataclass(frozen=True, slots=True)
class Word:
    """A spoken word or a punctuation mark (docs/contract/v3-results.md section 2)."""

    text: str
    """As it is shown, without spaces."""
    start_ms: int
    end_ms: int
    """Equal to `start_ms` for a mark: the end of the word before it."""
    confidence: float
    """0 to 1; 0.0 for a mark."""
    kind: WordKind = WordKind.WORD
    measured: bool = True
    """False where the times were filled in (interpolated) rather than found by alignment."""
    voice: WordVoice | None = None
    """How it sounded; None where voice features were not asked for, and for marks."""


_PEOPLE = 1 << 10
"""More channels than a file can have."""


def person_channel(channel: int, number: int) -> int:
    """The number that stands for one of several people on a channel; the first of them (0) has the channel's own."""
    return channel + _PEOPLE * number


def sound_channel(channel: int) -> int:
    """The index in the file of the channel that a number of `person_channel` is on."""
    return channel % _PEOPLE


def person_number(channel: int) -> int:
    """Which of the people on its channel a number of `person_channel` stands for, from 0."""
    return channel // _PEOPLE


@dataclass(frozen=True, slots=True)
class Turn:
    """Words of one speaker without another speaker taking over; `speaker` is None in mono without a name."""

    channel: int
    """Index of the channel in the file, 0 left; of one of several people on it as `person_channel` says."""
    speaker: str | None
    """None in mono without a name."""
    words: tuple[Word, ...]
    """Words and marks in order; at least one word."""
    speaker_confidence: float | None = None
    """How probably it was this speaker, 0 to 1; None where a channel has one speaker, which is certain."""

    @property
    def start_ms(self) -> int:
        return self.words[0].start_ms

    @property
    def end_ms(self) -> int:
        return max(word.end_ms for word in self.words)

    @property
    def text(self) -> str:
        """Words joined by spaces, punctuation glued to the word before it."""
        return join_words(self.words)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, [start_ms, end_ms)."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class VoiceActivity:
    """When one channel carries a voice, or one of the people on it speaks."""

    channel: int
    """As `Turn.channel`."""
    speaker: str | None
    """None in mono without a name."""
    spans: tuple[Span, ...]
    """In order, apart from one another."""


@dataclass(frozen=True, slots=True)
class LanguagePassage:
    """What one channel says without a break in another language than the one that was asked for."""

    channel: int
    """As `Turn.channel`."""
    span: Span
    language: str
    """The code of an allowed language as the request has it (`es-US`), of any other its first part (`fr`)."""
    probability: float
    """How probable it is that another language than the one asked for is spoken, 0 to 1."""


@dataclass(frozen=True, slots=True)
class KeyedSign:
    """One key pressed on a telephone, heard by its two tones (DTMF)."""

    channel: int
    """Index of the channel in the file, 0 left."""
    sign: str = field(repr=False)
    """`0` to `9`, `*`, `#`, `A` to `D`."""
    start_ms: int
    end_ms: int
    """Up to 16 ms after the tone, as `start_ms` is before it."""


_PASSAGE_EDGE_MS = 350
"""A word that lies so little outside a passage belongs to it: times of words and of voices differ."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """All channels of a recording on one clock; turns in order of their start."""

    language: str
    """The request's code (`en-US`)."""
    turns: tuple[Turn, ...]
    """In order of start."""
    voice_activity: tuple[VoiceActivity, ...]
    """One for each channel that was recognised."""
    engine: str
    """Recogniser and model, e.g. `faster-whisper base int8`."""
    warnings: tuple[Problem, ...] = ()
    """What recognition found that a customer should know, in the order in which it was found."""
    passages: tuple[LanguagePassage, ...] = ()
    """What was said in other languages, in order of start; all else is in the language asked for."""
    keyed: tuple[KeyedSign, ...] | None = None
    """What was keyed, in order of channel and time; None where nobody listened for it (versions before)."""
    echo_ms: int = 0
    """How much earlier or later the speech of one channel was found on another (crosstalk); 0 where it was not."""
    unclaimed: tuple[VoiceActivity, ...] = ()
    """By channel of the file: voices that are of none of the people told apart on it; no speaker has them."""

    @property
    def has_people_apart(self) -> bool:
        """Whether several people on one channel were told apart."""
        return any(person_number(turn.channel) for turn in self.turns) or any(
            person_number(voice.channel) for voice in self.voice_activity
        )

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for turn in self.turns for word in turn.words)

    def speaker_on(self, channel: int) -> str | None:
        """Who is heard on a channel; None in mono without a name."""
        return next((one.speaker for one in self.voice_activity if one.channel == channel), None)

    def language_of(self, channel: int, word: Word) -> str | None:
        """The other language in which a word of a channel was said; None: the one that was asked for."""
        middle_ms = (word.start_ms + word.end_ms) // 2
        begun = bisect_right(self.passages, middle_ms + _PASSAGE_EDGE_MS, key=lambda one: one.span.start_ms)
        following = None
        for index in range(begun - 1, -1, -1):
            passage = self.passages[index]
            if passage.channel != channel:
                continue
            if passage.span.start_ms > middle_ms:
                following = passage
            elif middle_ms <= passage.span.end_ms + (0 if following else _PASSAGE_EDGE_MS):
                return passage.language
            else:
                break
        return following.language if following else None

    @property
    def confidence(self) -> float:
        """Mean confidence of the lexical words; 0.0 when there are none (docs/contract/open-questions.md 17)."""
        spoken = [word.confidence for word in self.words if word.kind is WordKind.WORD]
        return sum(spoken) / len(spoken) if spoken else 0.0


def join_words(words: Sequence[Word]) -> str:
    """Words joined by single spaces, punctuation glued to the word before it."""
    parts: list[str] = []
    for word in words:
        if parts and word.kind is not WordKind.PUNCTUATION:
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)
