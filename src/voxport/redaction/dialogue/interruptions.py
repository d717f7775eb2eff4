"""When the other side says more than a nod, which ends a number: what follows answers something else."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voxport.redaction.dialogue.lines import DialogueOptions, Line
from voxport.redaction.dialogue.word_lists import common_words


@dataclass(frozen=True)
class Interruptions:
    """What the other sides say beside one line."""

    starts_ms: Sequence[int]
    """When each word that is no nod begins, in order."""
    options: DialogueOptions

    @classmethod
    def of(cls, line: Line, lines: Iterable[Line], options: DialogueOptions) -> Interruptions:
        nods = common_words().nods
        others = (other for other in lines if other.channel != line.channel and not other.is_keyed)
        starts_ms = sorted(
            word.start_ms
            for other in others
            for word, text in zip(other.words, other.plain_words, strict=True)
            if text and text not in nods
        )
        return cls(starts_ms, options)

    def between(self, end_ms: int, start_ms: int) -> bool:
        """Whether something is asked from the end of one word of the line to the beginning of the next."""
        said = bisect_right(self.starts_ms, start_ms - 1)
        said -= bisect_right(self.starts_ms, end_ms - self.options.talked_over_ms)
        return said >= self.options.question_words and start_ms > end_ms
