"""Which words answer those of another side, whatever these were."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from voxport.language.numbers import NumberRun
from voxport.redaction.dialogue.lines import Dialogue, Line

_ANSWERS_MS = 8_000
"""ms from the last word of the other side to what answers it. A judgement, as for any question."""
_ANSWERS_WITHIN = 8
"""Words and marks of the same side in between: "yes, one moment, it is". A judgement."""

_ASKED_WITHIN = 30
"""Words and marks of a question in which figures are looked for. A judgement: one that says digits one by one."""


def answered_by(dialogue: Dialogue, line: Line, index: int) -> tuple[int, int] | None:
    """Line and index of the last word of another side that the word at `index` answers; None where it goes on."""
    begin_ms = line.words[index].start_ms
    latest: tuple[int, int, int] | None = None
    for other in dialogue.lines.values():
        if other.channel == line.channel or other.is_keyed:
            continue
        place = bisect_left(other.words, begin_ms, key=lambda word: word.start_ms) - 1
        if place > 0 and not other.plain_words[place]:
            place -= 1
        if place >= 0 and other.plain_words[place]:
            latest = max(latest or (-1, -1, -1), (other.words[place].end_ms, other.channel, place))
    if latest is None or begin_ms - latest[0] > _ANSWERS_MS:
        return None
    first = bisect_left(line.words, latest[0], key=lambda word: word.end_ms)
    return latest[1:] if index - first <= _ANSWERS_WITHIN else None


def answers_mark(dialogue: Dialogue, line: Line, index: int, *, figures: bool = False) -> bool:
    """Whether the word at `index` answers a sentence of the other side that ends in a question mark, "is that right?",
    with `figures` in it where those are wanted: "4571 or 4517?"."""
    asked = _question(dialogue, line, index)
    return asked is not None and (not figures or bool(_figures(dialogue, asked)))


def asked_figures(dialogue: Dialogue, line: Line, run: NumberRun) -> Sequence[NumberRun]:
    """The figures of the question that digits answer: 4571 and 4517 of "4571 or 4517?"."""
    asked = _question(dialogue, line, run.words[0])
    return () if asked is None else _figures(dialogue, asked)


def _question(dialogue: Dialogue, line: Line, index: int) -> tuple[int, int] | None:
    """Line and index of the question mark that the word at `index` answers."""
    asked = answered_by(dialogue, line, index)
    if asked is None:
        return None
    other, behind = dialogue.lines[asked[0]], asked[1] + 1
    return (asked[0], behind) if behind < len(other.words) and other.words[behind].text == "?" else None


def _figures(dialogue: Dialogue, asked: tuple[int, int]) -> Sequence[NumberRun]:
    """The figures in the sentence that a mark ends."""
    other, mark = dialogue.lines[asked[0]], asked[1]
    return other.runs_in(max(bisect_left(other.sentences, other.sentences[mark]), mark - _ASKED_WITHIN), mark)
