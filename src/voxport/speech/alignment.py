"""Aligns a corrected transcript: its words get the times of the words that were recognised.

Both texts are compared as a whole. A word that stands in both keeps the time and confidence that were measured; words
written instead of others, or added, share the time that is free there by their letters, and say that it was filled in.
Sets no threshold: the caller judges how alike the texts are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from voxport.core.spans import merge
from voxport.core.transcript import Span, Transcript, Turn, Word, WordKind, sound_channel
from voxport.language.corrected_text import Token, key_of
from voxport.language.likeness import Block, compare
from voxport.speech.turns import build_turns

CERTAIN = 1.0
"""The confidence of a word that a person wrote and nobody measured."""
_MIN_LETTER_MS = 25
"""Nobody says a letter faster: words that would have to take the free time beside them too."""
_REST_MS = 200
"""A voice that reaches so little into a gap is the end, or the beginning, of the word beside it."""
_FIGURE_LETTERS = 6
"""How many letters a figure has when it is said."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A corrected transcript with times."""

    transcript: Transcript
    alike: float
    """The share of words that stand in both texts, of those of the longer one; 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Recognised:
    word: Word
    channel: int


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word of the corrected text with its time."""

    token: int
    """Its place in the corrected text."""
    channel: int
    word: Word


def align(tokens: Sequence[Token], recognised: Transcript, duration_ms: int) -> Aligned:
    """The corrected text as a transcript of the same call of `duration_ms`.

    Speakers are the channels of the recognised words, or of the names that stand in the text. Where more words fit that
    way, as in a text that has one speaker after the other, each speaker's words are aligned by themselves.
    """
    words = [index for index, token in enumerate(tokens) if not token.is_mark]
    heard = [
        _Recognised(word, turn.channel)
        for turn in recognised.turns
        for word in turn.words
        if word.kind is WordKind.WORD
    ]
    longer = max(len(words), len(heard))
    matched, placed = _align(tokens, words, _Timeline(recognised, heard, duration_ms))
    channels = {token.channel for token in tokens}
    apart = 0
    if len(channels) > 1 and None not in channels:
        parts = [
            _align(
                tokens,
                [index for index in words if tokens[index].channel == channel],
                _Timeline(recognised, [one for one in heard if one.channel == channel], duration_ms),
            )
            for channel in channels
        ]
        apart = sum(count for count, _ in parts)
    if apart > matched:
        placed = sorted((one for _, found in parts for one in found), key=lambda one: one.token)
        return Aligned(_by_pauses(tokens, placed, recognised), apart / longer)
    return Aligned(_as_written(tokens, placed, recognised), matched / longer if longer else 0.0)


class _Timeline:
    """What was recognised, and where on each channel there is time for a word."""

    def __init__(self, recognised: Transcript, heard: Sequence[_Recognised], duration_ms: int) -> None:
        self.heard = heard
        unclaimed = {voice.channel: voice.spans for voice in recognised.unclaimed}
        # Words that nobody understood may be of whoever speaks on the channel.
        self._voices = {
            voice.channel: merge([*voice.spans, *unclaimed.get(sound_channel(voice.channel), ())])
            for voice in recognised.voice_activity
        }
        self._end_ms = max([duration_ms, *(one.word.end_ms for one in heard)])
        self._of_channel: dict[int, list[int]] = {}
        for index, one in enumerate(heard):
            self._of_channel.setdefault(one.channel, []).append(index)

    def free(self, channel: int, first: int, last: int) -> Span:
        """From the end of the word before `heard[first]` to the start of the one from `heard[last]` on, where there is
        a voice in between; all of it where there is none."""
        known = self._of_channel.get(channel, [])
        before, after = bisect_left(known, first), bisect_left(known, last)
        begin_ms = self.heard[known[before - 1]].word.end_ms if before else 0
        end_ms = self.heard[known[after]].word.start_ms if after < len(known) else self._end_ms
        voices = self._voices.get(channel, ())
        lowest = bisect_right(voices, begin_ms + _REST_MS, key=lambda span: span.end_ms)
        highest = bisect_left(voices, end_ms - _REST_MS, key=lambda span: span.start_ms)
        if lowest < highest:
            begin_ms, end_ms = max(begin_ms, voices[lowest].start_ms), min(end_ms, voices[highest - 1].end_ms)
        return Span(begin_ms, max(begin_ms, end_ms))

    def taken(self, channel: int, first: int, last: int) -> Span | None:
        """The time of the words `heard[first:last]` of that channel; None when there are none."""
        own = [one.word for one in self.heard[first:last] if one.channel == channel]
        return Span(min(word.start_ms for word in own), max(word.end_ms for word in own)) if own else None

    def channel_near(self, first: int) -> int:
        """Who spoke where `heard[first]` stands, or stood before it."""
        if not self.heard:
            return 0
        return self.heard[min(first, len(self.heard) - 1)].channel


def _align(tokens: Sequence[Token], words: Sequence[int], timeline: _Timeline) -> tuple[int, list[_Placed]]:
    """How many words stand in both texts, and all those of the corrected one in their place."""
    placed: list[_Placed] = []
    matched = 0
    for block in compare([key_of(one.word.text) for one in timeline.heard], [tokens[index].key for index in words]):
        own = words[block.begin : block.end]
        if not block.same:
            placed += _filled_in(tokens, own, timeline, block)
            continue
        matched += len(own)
        for index, one in zip(own, timeline.heard[block.first : block.last], strict=True):
            token = tokens[index]
            channel = one.channel if token.channel is None else token.channel
            placed.append(_Placed(index, channel, replace(one.word, text=token.text)))
    return matched, placed


def _filled_in(tokens: Sequence[Token], words: Sequence[int], timeline: _Timeline, block: Block) -> Iterator[_Placed]:
    """Words without a time of their own, those of each channel over the time that is theirs."""
    near = timeline.channel_near(block.first if block.first < block.last else block.first - 1)
    of_channel: dict[int, list[int]] = {}
    for index in words:
        known = tokens[index].channel
        of_channel.setdefault(near if known is None else known, []).append(index)
    for channel, own in of_channel.items():
        letters = [_letters(tokens[index].text) for index in own]
        span = timeline.taken(channel, block.first, block.last)
        free = timeline.free(channel, block.first, block.last)
        if span is None:
            span = free
        elif span.end_ms - span.start_ms < sum(letters) * _MIN_LETTER_MS:
            span = Span(min(span.start_ms, free.start_ms), max(span.end_ms, free.end_ms))
        step_ms = (span.end_ms - span.start_ms) / sum(letters)
        done = 0
        for index, count in zip(own, letters, strict=True):
            begin_ms, end_ms = span.start_ms + step_ms * done, span.start_ms + step_ms * (done + count)
            word = Word(tokens[index].text, round(begin_ms), round(end_ms), CERTAIN, measured=False)
            yield _Placed(index, channel, word)
            done += count


def _letters(text: str) -> int:
    return max(1, sum(_FIGURE_LETTERS if sign.isdecimal() else 1 for sign in text if sign.isalnum()))


def _as_written(tokens: Sequence[Token], placed: Sequence[_Placed], recognised: Transcript) -> Transcript:
    """Turns as the text has them, in order of their start."""
    speakers = _speakers(recognised)
    said = groupby(_with_marks(tokens, placed), key=lambda one: one[0])
    turns = [Turn(channel, speakers.get(channel), tuple(word for _, word in own)) for channel, own in said]
    return replace(recognised, turns=tuple(sorted(turns, key=lambda turn: turn.start_ms)))


def _by_pauses(tokens: Sequence[Token], placed: Sequence[_Placed], recognised: Transcript) -> Transcript:
    """Turns as they are made of recognised words: the text does not tell how the speakers took turns."""
    speakers = _speakers(recognised)
    said: dict[int, list[Word]] = {}
    for channel, word in _with_marks(tokens, placed):
        said.setdefault(channel, []).append(word)
    return replace(recognised, turns=build_turns([(one, speakers.get(one), said[one]) for one in sorted(said)]))


def _with_marks(tokens: Sequence[Token], placed: Sequence[_Placed]) -> Iterator[tuple[int, Word]]:
    """All words and marks in the order of the text, each with its channel; a mark has the end of the word before it."""
    following = {one.token: one for one in placed}
    channel, end_ms, begun = 0, 0, False
    for index, token in enumerate(tokens):
        one = following.get(index)
        if one is not None:
            channel, end_ms, begun = one.channel, one.word.end_ms, True
            yield channel, one.word
        elif begun:
            yield channel, Word(token.text, end_ms, end_ms, 0.0, WordKind.PUNCTUATION)


def _speakers(recognised: Transcript) -> dict[int, str | None]:
    named = {voice.channel: voice.speaker for voice in recognised.voice_activity}
    return named | {turn.channel: turn.speaker for turn in recognised.turns}
