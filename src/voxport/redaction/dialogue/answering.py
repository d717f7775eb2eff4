"""Which words answer those of another side, whatever these were."""

from __future__ import annotations

from bisect import bisect_left

from voxport.redaction.dialogue.lines import Dialogue, Line

_ANSWERS_MS = 8_000
"""ms from the last word of the other side to what answers it. A judgement, as for any question."""
_ANSWERS_WITHIN = 8
"""Words and marks of the same side in between: "yes, one moment, it is". A judgement."""


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
