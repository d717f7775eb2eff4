"""What was keyed on a telephone as lines of a dialogue: it answers questions as spoken digits do."""

from __future__ import annotations

from collections.abc import Iterator

from voxport.core.transcript import KeyedSign, Span, Transcript, Word, WordKind, sound_channel
from voxport.language.numbers import Group, NumberRun
from voxport.language.numbers.reading import Digit
from voxport.redaction.dialogue.lines import DialogueOptions, Line, keypad_of


def keypad_lines(transcript: Transcript, language: str, options: DialogueOptions) -> dict[int, Line]:
    """A line for each channel on which keys were pressed, by its number."""
    keys = transcript.keyed or ()
    channels = sorted({key.channel for key in keys})
    lines = (
        _line(
            channel, [key for key in keys if key.channel == channel], _presser(transcript, channel), language, options
        )
        for channel in channels
    )
    return {line.channel: line for line in lines}


def _presser(transcript: Transcript, channel: int) -> str | None:
    """Who presses the keys of a channel; None where it carries several people: keys have no voice."""
    people = {one.channel for one in transcript.voice_activity if sound_channel(one.channel) == channel}
    return transcript.speaker_on(channel) if len(people) == 1 else None


def _line(channel: int, keys: list[KeyedSign], speaker: str | None, language: str, options: DialogueOptions) -> Line:
    words = tuple(
        Word(key.sign, key.start_ms, key.end_ms, 1.0)
        if key.sign.isdecimal()
        else Word(key.sign, key.start_ms, key.end_ms, 0.0, WordKind.PUNCTUATION)
        for key in keys
    )
    number = keypad_of(channel)
    return Line(number, words, (speaker,) * len(words), language, tuple(_runs(number, words, options)))


def _runs(number: int, words: tuple[Word, ...], options: DialogueOptions) -> Iterator[NumberRun]:
    """Digits up to `*`, `#` or a long pause, which end a number."""
    groups: list[Group] = []
    for index, word in enumerate(words):
        ends = word.kind is WordKind.PUNCTUATION
        if groups and (ends or word.start_ms - groups[-1].span.end_ms > options.keyed_gap_ms):
            yield NumberRun(number, tuple(groups), (groups[0].words[0], groups[-1].words[1]))
            groups = []
        if not ends:
            digit = Digit(word.text, Span(word.start_ms, word.end_ms), index, measured=True)
            groups.append(Group((digit,), int(word.text), (index, index)))
    if groups:
        yield NumberRun(number, tuple(groups), (groups[0].words[0], groups[-1].words[1]))
