"""Passages that stand twice: where a model may have lost count, and what counting again changes.

Models write a sentence twice that was said once, and count wrongly what was said many times; their probabilities tell
neither (decision 0012). The sound of such a passage is decoded again in short parts, cut at its pauses, in which there
is little to count. What was decoded first stays everywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from voxport.core.spans import clip, merge, overlaps
from voxport.core.transcript import Span
from voxport.language.likeness import Block, compare
from voxport.language.numbers.lexicon import Lexicon, lexicon_of, plain
from voxport.speech.options import RepetitionOptions
from voxport.speech.word_splitting import DecodedWord

_GROUP_DIGITS = 4
"""As word splitting writes what is spelled out."""
_Unit = list[DecodedWord]
_LAST_MS = 1 << 40
"""Later than any recording ends."""


def repeated_passages(words: Sequence[DecodedWord], options: RepetitionOptions) -> list[range]:
    """Stretches of words, in order and apart, that repeat themselves or to which the alignment gave no time."""
    keys = [_key(word) for word in words]
    found = [*_copies(keys, options), *_digits(words, options), *_timeless(words, options)]
    passages: list[range] = []
    for one in sorted(found, key=lambda one: one.start):
        if passages and one.start <= passages[-1].stop:
            passages[-1] = range(passages[-1].start, max(passages[-1].stop, one.stop))
        else:
            passages.append(one)
    return passages


def sound_of(
    words: Sequence[DecodedWord], passages: Sequence[range], voice: Sequence[Span], options: RepetitionOptions
) -> tuple[Span, ...]:
    """Where the words of the passages may have been said, in ms from the start of the segment, in order and apart.

    That is all voice between the words before a passage and those behind it: what was said more often than it stands
    there has no word.
    """
    found: list[Span] = []
    for passage in passages:
        before, behind = words[: passage.start], words[passage.stop :]
        within = Span(
            min(before[-1].end_ms if before else 0, words[passage.start].start_ms) - options.reach_ms,
            max(behind[0].start_ms if behind else _LAST_MS, words[passage.stop - 1].end_ms) + options.reach_ms,
        )
        found += clip(voice, within)
    return merge(found)


def count_again(
    words: Sequence[DecodedWord],
    passages: Sequence[range],
    again: Sequence[DecodedWord],
    sound: Sequence[Span],
    language: str,
) -> list[DecodedWord]:
    """`words`, with what `again` (decoded from `sound`, in parts) has more or less often inside the passages.

    A word in whose place `again` has another one stays as it is: parts are decoded without what was said around them.
    Numbers inside a passage are those of `again`, in figures or in the words of `language`: digits are what is counted,
    and none is dropped.
    """
    lexicon = lexicon_of(language)
    first, last = _scope(words, passages, sound)
    heard, counted = _units(words[first:last]), _without_edges(_units(again), words[:first], words[last:], lexicon)
    place = [index for index, unit in enumerate(heard) for _ in unit]
    inside = [range(place[one.start - first], place[one.stop - 1 - first] + 1) for one in passages]
    settled: list[_Unit] = []
    for block in compare([_unit_key(unit) for unit in heard], [_unit_key(unit) for unit in counted]):
        settled += _settled(block, heard, counted[block.begin : block.end], inside, lexicon)
    return [*words[:first], *(word for unit in settled for word in unit), *words[last:]]


def _without_edges(
    again: Sequence[_Unit], before: Sequence[DecodedWord], behind: Sequence[DecodedWord], lexicon: Lexicon
) -> Sequence[_Unit]:
    """The units without a number at either end that stands right beside them already: their sound reaches into it."""
    if again and before and _tells_digits(again[0], lexicon) and _unit_key(again[0]) == _key(before[-1]):
        again = again[1:]
    if again and behind and _tells_digits(again[-1], lexicon) and _unit_key(again[-1]) == _key(behind[0]):
        again = again[:-1]
    return again


def counts_figures(words: Sequence[DecodedWord], passages: Sequence[range]) -> bool:
    """Whether digits are to be counted, for which the model needs the wider window."""
    return any(_is_figure(words[index]) for passage in passages for index in passage)


def once(words: Sequence[DecodedWord], passages: Sequence[range]) -> list[DecodedWord]:
    """The words with the first copy only of what the passages repeat: where a line is too bad to count on it."""
    dropped: set[int] = set()
    for passage in passages:
        keys = [_key(words[index]) for index in passage]
        lengths = range(1, len(keys))
        same = {length: sum(map(str.__eq__, keys, keys[length:])) for length in lengths}
        length = max(lengths, key=lambda one: same[one], default=len(keys))
        dropped.update(passage[length:])
    return [word for index, word in enumerate(words) if index not in dropped]


def sure_passages(words: Sequence[DecodedWord], passages: Sequence[range], unsure: Sequence[Span]) -> list[range]:
    """The passages that can be counted again; not figures where what was decoded again is not believed.

    Their digits would be lost, and a number that lacks some is not found by redaction. `unsure` is on the clock of
    the words.
    """
    return [
        one
        for one in passages
        if not all(_is_figure(word) for word in words[one.start : one.stop])
        or not overlaps(Span(words[one.start].start_ms, words[one.stop - 1].end_ms), unsure)
    ]


def _units(words: Sequence[DecodedWord]) -> list[_Unit]:
    """Words one by one, but that figures in a row are one unit: how they are grouped says nothing."""
    units: list[_Unit] = []
    for word in words:
        if units and _is_figure(word) and _is_figure(units[-1][0]):
            units[-1] = [*units[-1], word]
        else:
            units.append([word])
    return units


def _unit_key(unit: _Unit) -> str:
    return "0" if _is_figure(unit[0]) else _key(unit[0])


def _is_figure(word: DecodedWord) -> bool:
    return _key(word).isdigit()


def _tells_digits(unit: _Unit, lexicon: Lexicon) -> bool:
    """Whether it is a number, in figures or in words."""
    word = plain(unit[0].text)
    return _is_figure(unit[0]) or any(
        word in words for words in (lexicon.digits, lexicon.zeros, lexicon.teens, lexicon.tens, lexicon.repeats)
    )


def _key(word: DecodedWord) -> str:
    return "".join(character for character in word.text.casefold() if character.isalnum())


def _copies(keys: Sequence[str], options: RepetitionOptions) -> Iterator[range]:
    """Passages of which each word stands again at the same distance: `distance` is the length of what is repeated."""
    for distance in range(1, min(len(keys), options.max_distance_words + 1)):
        start = None
        for index in range(len(keys) - distance + 1):
            same = index + distance < len(keys) and keys[index] == keys[index + distance]
            if same and start is None:
                start = index
            if not same and start is not None:
                if _is_copy(index - start, distance, options):
                    yield range(start, index + distance)
                start = None


def _is_copy(length: int, distance: int, options: RepetitionOptions) -> bool:
    """Whether so many words that stand again at that distance are a repetition: copy upon copy, or nearly."""
    if length >= 2 * distance:
        return length + distance >= options.min_repeated_words
    return length >= options.min_copy_words and distance - length <= options.max_words_between


def _digits(words: Sequence[DecodedWord], options: RepetitionOptions) -> Iterator[range]:
    """Figures in a row in which one digit stands so often that the model is likely to have lost count."""
    start = 0
    for unit in _units(words):
        stop = start + len(unit)
        if re.search(rf"(\d)\1{{{options.max_repeated_digit},}}", "".join(_key(word) for word in unit)):
            yield range(start, stop)
        start = stop


def _timeless(words: Sequence[DecodedWord], options: RepetitionOptions) -> Iterator[range]:
    """Runs of words of no length, and as many words around them: what they may be a copy of."""
    start = None
    for index in range(len(words) + 1):
        lasts = index == len(words) or words[index].end_ms > words[index].start_ms
        if not lasts and start is None:
            start = index
        if lasts and start is not None:
            length = index - start
            if length >= options.min_timeless_words:
                yield range(max(0, start - length), min(len(words), index + length))
            start = None


def _scope(words: Sequence[DecodedWord], passages: Sequence[range], sound: Sequence[Span]) -> tuple[int, int]:
    """The words to compare with: those of the passages, and those whose middle lies in the sound."""
    start_ms, end_ms = min(span.start_ms for span in sound), max(span.end_ms for span in sound)
    inside = [index for index, word in enumerate(words) if start_ms <= (word.start_ms + word.end_ms) // 2 < end_ms] + [
        passages[0].start,
        passages[-1].stop - 1,
    ]
    return min(inside), max(inside) + 1


def _settled(
    block: Block, scope: Sequence[_Unit], again: Sequence[_Unit], passages: Sequence[range], lexicon: Lexicon
) -> Sequence[_Unit]:
    """What of both stands: inside a passage the count of `again`; at its edges more copies, beside what was heard."""
    heard = scope[block.first : block.last]
    for passage in passages:
        if not block.first <= passage.stop or not block.last >= passage.start:
            continue
        before, behind = max(0, passage.start - block.first), max(0, passage.stop - block.first)
        own = heard[before:behind]
        if own and len(heard) == len(again):
            pairs = enumerate(zip(heard, again, strict=True))
            return [_recounted(old, new) if before <= at < behind else old for at, (old, new) in pairs]
        if len(own) == len(heard) > 0:
            return [_grouped(unit) for unit in again]
        known = {_unit_key(scope[index]) for index in passage}
        said = [word for index in passage for word in scope[index]]
        figures = 2 * sum(map(_is_figure, said)) > len(said)
        told = [at for at, unit in enumerate(again) if figures and _tells_digits(unit, lexicon)]
        if told and not heard:
            # The model has passed over a part of the number.
            return [_grouped(unit) for unit in again]
        copies = [_grouped(unit) for at, unit in enumerate(again) if _unit_key(unit) in known or at in told]
        if own or len(copies) == len(again):
            return [*heard[:before], *copies, *heard[behind:]]
    return heard


def _recounted(heard: _Unit, again: _Unit) -> _Unit:
    if _is_figure(heard[0]) and not _is_figure(again[0]):
        # "for" in the place of 4: a digit that is lost is worse than one that is counted wrongly.
        return heard
    if _is_figure(again[0]):
        return _grouped(again)
    return [replace(again[0], text=heard[0].text, mark=heard[0].mark or again[0].mark)]


def _grouped(unit: _Unit) -> _Unit:
    """Single digits in a row in groups of up to four, as a number that is read out is written elsewhere."""
    grouped: _Unit = []
    for word in unit:
        last = grouped[-1] if grouped else None
        open_group = last is not None and last.text.isdigit() and not last.mark and len(last.text) < _GROUP_DIGITS
        if last is None or not open_group or not word.text.isdigit() or len(word.text) > 1:
            grouped.append(word)
        else:
            grouped[-1] = DecodedWord(
                text=last.text + word.text,
                start_ms=last.start_ms,
                end_ms=word.end_ms,
                probability=(last.probability * len(last.text) + word.probability) / (len(last.text) + 1),
                mark=word.mark,
                measured=last.measured and word.measured,
                tokens=(*last.tokens, *word.tokens),
            )
    return grouped
