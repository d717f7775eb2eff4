"""From the words of each channel to turns on one clock.

A phrase is what one speaker says without a pause or the end of a sentence; phrases of all channels are put in order of
their start, and neighbours of one channel become a turn. So overtalk keeps the words of both, and a short "yeah" into
a long sentence does not tear it.
"""

from __future__ import annotations

from collections.abc import Sequence

from voxport.core.transcript import Turn, Word, WordKind

PAUSE_MS = 700
"""A pause after which another speaker may come in between."""


def build_turns(channels: Sequence[tuple[int, str | None, Sequence[Word]]]) -> tuple[Turn, ...]:
    """Turns in order of start from (channel, speaker, words in order) of each channel; no word is lost."""
    phrases = [
        (phrase[0].start_ms, channel, speaker, phrase)
        for channel, speaker, words in channels
        for phrase in _phrases(words)
    ]
    phrases.sort(key=lambda entry: (entry[0], entry[1]))
    turns: list[Turn] = []
    gathered: list[Word] = []
    for index, (_, channel, speaker, phrase) in enumerate(phrases):
        gathered.extend(phrase)
        if index + 1 == len(phrases) or phrases[index + 1][1] != channel:
            turns.append(Turn(channel, speaker, tuple(gathered)))
            gathered = []
    return tuple(turns)


def _phrases(words: Sequence[Word]) -> list[list[Word]]:
    phrases: list[list[Word]] = []
    ended = True
    for word in words:
        if word.kind is WordKind.PUNCTUATION and phrases:
            phrases[-1].append(word)
            ended = ended or word.text in ".?"
            continue
        if ended or word.start_ms - phrases[-1][-1].end_ms >= PAUSE_MS:
            phrases.append([])
        phrases[-1].append(word)
        ended = False
    return phrases
