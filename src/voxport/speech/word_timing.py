"""When a word really begins: the alignment's times, corrected by the voice and the sound of the channel.

The alignment leans into the pause before a word and lets a word last through the pause after it. Each word is assigned
to a stretch of voice; the first one of a stretch begins where its voice does, the others where the alignment says, less
its lead. Order is kept, every word lasts, and nothing leaves the segment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np

from voxport.core.spans import shift
from voxport.core.transcript import Span, Word, WordKind
from voxport.speech.digit_groups import divide, joined_text
from voxport.speech.engine import AlignmentLead
from voxport.speech.levels import FRAME_MS, Levels
from voxport.speech.options import WordTimingOptions
from voxport.speech.word_assignment import assign_words
from voxport.speech.word_order import follow_one_another, letters
from voxport.speech.word_splitting import DecodedWord


@dataclass(frozen=True, slots=True)
class SegmentSound:
    """What is known of the sound of a segment."""

    span: Span
    """Where the segment lies in the recording."""
    voice: Sequence[Span]
    """When it carries a voice, in order, from the start of the segment; empty where that is not known."""
    levels: Levels
    """How loud its channel is."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A word, or a digit of one, and where it was said; times are on the clock of the recording."""

    word: DecodedWord
    number: int
    """Of the word that it is a part of."""
    first: Span
    """The stretch of voice in which it begins,"""
    last: Span
    """and the one in which it ends."""
    opens: bool
    """Whether it is the first one of its stretch."""


def place_words(
    words: Sequence[DecodedWord], sound: SegmentSound, lead: AlignmentLead, options: WordTimingOptions
) -> list[Word]:
    """Words and marks of one segment, whose times count from its start, on the clock of the recording.

    `lead` is that of the engine which aligned them.
    """
    stretches = [shift(span, sound.span.start_ms) for span in sound.voice] or [sound.span]
    parts = _joined(_parts(words, sound.span.start_ms, stretches, options), options)
    aligned = [_start_ms(part, sound.levels, lead, options) for part in parts]
    starts, known = _spaced(parts, aligned, options)
    placed: list[Word] = []
    for index, part in enumerate(parts):
        begin_ms = starts[index]
        until_ms = starts[index + 1] if index + 1 < len(parts) else sound.span.end_ms
        end_ms = _end_ms(part, Span(begin_ms, max(begin_ms, until_ms)), sound.levels, options)
        word = part.word
        measured = word.measured and known[index] and word.end_ms > word.start_ms
        confidence = min(1.0, max(0.0, word.probability))
        placed.append(Word(word.text, begin_ms, end_ms, confidence, measured=measured))
        if word.mark:
            placed.append(Word(word.mark, end_ms, end_ms, 0.0, WordKind.PUNCTUATION, measured=measured))
    return follow_one_another(placed, sound.span, options.min_word_ms)


def _parts(
    words: Sequence[DecodedWord], segment_ms: int, stretches: Sequence[Span], options: WordTimingOptions
) -> list[_Part]:
    """Words, and digits of words that are numbers, with their stretches."""
    own = [(number, part) for number, word in enumerate(words) for part in divide(word.shifted(segment_ms), stretches)]
    goes_on = [index > 0 and own[index - 1][0] == number for index, (number, _) in enumerate(own)]
    aligned = [Span(part.start_ms, part.end_ms) for _, part in own]
    assigned = assign_words(aligned, goes_on, stretches, options)
    opens = [index == 0 or assigned[index - 1] != stretch for index, stretch in enumerate(assigned)]
    return [
        _Part(part, number, stretches[stretch], stretches[stretch], first)
        for (number, part), stretch, first in zip(own, assigned, opens, strict=True)
    ]


def _joined(parts: Sequence[_Part], options: WordTimingOptions) -> list[_Part]:
    """Digits of one word made one again, but for where a long pause parts them."""
    joined: list[_Part] = []
    for _, group in groupby(parts, key=lambda part: part.number):
        own = list(group)
        pauses = [after.first.start_ms - before.last.end_ms for before, after in pairwise(own)]
        cuts = [index + 1 for index, pause_ms in enumerate(pauses) if pause_ms > options.parting_pause_ms]
        for begin, end in pairwise([0, *cuts, len(own)]):
            joined.append(_one(own[begin:end]) if len(own) > 1 else own[0])
    return joined


def _one(digits: Sequence[_Part]) -> _Part:
    first, last = digits[0], digits[-1]
    text = joined_text(part.word.text for part in digits)
    word = replace(first.word, text=text, end_ms=last.word.end_ms, mark=last.word.mark)
    return replace(first, word=word, last=last.last)


def _start_ms(part: _Part, levels: Levels, lead: AlignmentLead, options: WordTimingOptions) -> int | None:
    """Where a word begins by the alignment, the voice and the sound; None where they do not tell."""
    aligned_ms, voice, lead_ms = part.word.start_ms, part.first, _lead_ms(part.word, lead, options)
    if part.opens and aligned_ms + lead.base_ms <= voice.start_ms + options.onset_ms:
        return voice.start_ms
    if not voice.start_ms <= aligned_ms + lead_ms <= voice.end_ms:
        return voice.start_ms if part.opens else None
    latest_ms = max(aligned_ms, part.word.end_ms - options.min_word_ms)
    audible = levels.between(aligned_ms, min(latest_ms, aligned_ms + options.max_wait_ms)) > levels.audible_db
    if audible.size and not audible[0]:
        risen = _first_run(audible)
        if risen is not None:
            return aligned_ms + risen * FRAME_MS
    return min(aligned_ms + lead_ms, latest_ms)


def _lead_ms(word: DecodedWord, lead: AlignmentLead, options: WordTimingOptions) -> int:
    """How early the alignment begins a word in fluent speech, by its first token; nothing where times are estimated."""
    if not word.measured:
        return 0
    length_ms, text = word.end_ms - word.start_ms, word.text
    if word.tokens:
        length_ms, text = word.tokens[0].end_ms - word.tokens[0].start_ms, word.tokens[0].text
    lead_ms = lead.base_ms + lead.length_share * length_ms - lead.letter_ms * letters(text)
    return min(options.max_lead_ms, max(-options.max_lag_ms, round(lead_ms)))


def _spaced(
    parts: Sequence[_Part], starts: Sequence[int | None], options: WordTimingOptions
) -> tuple[list[int], list[bool]]:
    """Starts with room for a word between any two, and which of them are as they were.

    Words that have no start, or one too near to another, share the time up to the next good one by their letters.
    """
    kept: list[tuple[int, int]] = []
    for index, start_ms in enumerate(starts):
        if not kept or (start_ms is not None and start_ms >= kept[-1][1] + options.min_word_ms * (index - kept[-1][0])):
            kept.append((index, parts[index].first.start_ms if start_ms is None else start_ms))
    spaced: list[int] = []
    for number, (first, from_ms) in enumerate(kept):
        last, to_ms = kept[number + 1] if number + 1 < len(kept) else (len(parts), parts[-1].last.end_ms)
        voice_end_ms = max(parts[last - 1].last.end_ms, from_ms + options.min_word_ms * (last - first))
        shares = np.cumsum([0, *(letters(part.word.text) for part in parts[first:last])])
        length_ms = min(to_ms, voice_end_ms) - from_ms
        spaced += [from_ms + int(length_ms * share / shares[-1]) for share in shares[:-1]]
    known = {index for index, _ in kept}
    return spaced, [index in known for index in range(len(parts))]


def _end_ms(part: _Part, within: Span, levels: Levels, options: WordTimingOptions) -> int:
    """Where the sound falls, between the start of the word and that of the next."""
    begin_ms, aligned_ms = within.start_ms, part.word.end_ms
    if aligned_ms > part.last.end_ms - options.tail_ms:
        aligned_ms = part.last.end_ms
    longest_ms = options.max_word_base_ms + options.max_word_letter_ms * letters(part.word.text)
    said_ms = max(begin_ms + options.min_word_ms, aligned_ms + options.trail_ms)
    until_ms = min(within.end_ms, said_ms, begin_ms + longest_ms)
    audible = np.flatnonzero(levels.between(begin_ms, until_ms) > levels.audible_db)
    if audible.size:
        until_ms = min(until_ms, begin_ms + (int(audible[-1]) + 1) * FRAME_MS)
    return max(begin_ms, until_ms)


def _first_run(audible: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int | None:
    """The first frame of the first two audible ones in a row: a single frame is a click."""
    both = np.flatnonzero(audible[:-1] & audible[1:])
    return int(both[0]) if both.size else None
