"""Signs of a recogniser that repeats itself: words that stand twice and were said once, and words of no length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jiwer

from benchmarks.scoring import Heard, compared_text, is_english, pair_speakers, truth_words

MIN_RUN_WORDS = 4
"""People say three words twice all the time ("thank you very thank you very much")."""
MAX_DISTANCE_WORDS = 30
"""From the start of a run to the start of its copy; what stands again later was said again."""
UNSAID_SHARE = 0.75
"""Of the words of one copy: how many of both have to be without a word of the truth. One misheard name is less."""
MIN_TIMELESS_WORDS = 3
"""As many words in a row without length are a copy that the alignment found no sound for."""


@dataclass(frozen=True)
class _Run:
    """Words from `start` on that stand again from `copy` on; the two do not overlap."""

    start: int
    copy: int
    length: int

    @property
    def indices(self) -> Iterator[int]:
        yield from range(self.start, self.start + self.length)
        yield from range(self.copy, self.copy + self.length)


def repeated_runs(heard: Sequence[Heard], truth: dict[str, Any]) -> list[str]:
    """Every run of four or more words of one speaker that stands again within thirty and was not said again.

    The result is lined up with what the speaker said: a copy was not said where its words have no equal in the truth.
    The copy may follow at once or after other words. A word counts in one run; numbers are as many words as digits.
    """
    said, english = truth_words(truth), is_english(truth)
    pairing = pair_speakers(list(heard), said)
    found: list[str] = []
    for speaker, said_by in pairing.items():
        words = compared_text([word for word in heard if word.speaker == speaker], english).split()
        true = compared_text([w for w in said if len(pairing) < 2 or w.speaker == said_by], english).split()
        unsaid = _unsaid(true, words)
        found += [
            " ".join(words[run.start : run.start + run.length])
            for run in _runs(words)
            if sum(index in unsaid for index in run.indices) >= UNSAID_SHARE * run.length
        ]
    return found


def timeless_runs(heard: Sequence[Heard]) -> list[str]:
    """Every run of three or more words of one speaker that end where they begin."""
    found: list[str] = []
    for speaker in sorted({word.speaker for word in heard}):
        words = sorted((word for word in heard if word.speaker == speaker), key=lambda word: word.start_ms)
        run: list[str] = []
        for word in [*words, None]:
            if word is not None and word.end_ms <= word.start_ms:
                run.append(word.text)
                continue
            if len(run) >= MIN_TIMELESS_WORDS:
                found.append(" ".join(run))
            run = []
    return found


def _runs(words: Sequence[str]) -> Iterator[_Run]:
    """From the first word on, the longest run at each; the nearest copy of equally long ones."""
    index = 0
    while index < len(words):
        copies = range(index + MIN_RUN_WORDS, min(len(words), index + MAX_DISTANCE_WORDS + 1))
        run = max((_Run(index, copy, _shared(words, index, copy)) for copy in copies), key=_length, default=None)
        if run is None or run.length < MIN_RUN_WORDS:
            index += 1
            continue
        yield run
        index += run.length


def _length(run: _Run) -> int:
    return run.length


def _shared(words: Sequence[str], index: int, copy: int) -> int:
    length = 0
    while index + length < copy and copy + length < len(words) and words[index + length] == words[copy + length]:
        length += 1
    return length


def _unsaid(said: Sequence[str], words: Sequence[str]) -> set[int]:
    """Places of words that have no equal in what was said."""
    if not said or not words:
        return set(range(len(words)))
    lined_up = jiwer.process_words(" ".join(said), " ".join(words)).alignments[0]
    return {
        index for chunk in lined_up if chunk.type != "equal" for index in range(chunk.hyp_start_idx, chunk.hyp_end_idx)
    }
