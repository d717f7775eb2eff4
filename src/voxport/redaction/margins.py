"""How much is covered around a secret: the levels of detection and their margins.

| level | covered | margin before, after |
|---|---|---|
| `entireRegion` | from the first digit to the last, with all that is said between on every channel | 500, 500 ms |
| `probableNumbers` | the words that carry digits, and what hesitates between them | 250, 600 ms, not into other words |
| `numbersOnly` | the words that carry digits | none |

At `entireRegion` a number that has lost digits (a card of 12) reaches 1800 ms over the words beside it as well.
Where the times of a word were filled in rather than measured, its margins grow by 400 ms on both sides, at every level.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem
from voxport.core.plan import DetectionLevel
from voxport.core.spans import merge, pad
from voxport.core.transcript import Span, Word, WordKind
from voxport.redaction.detectors.matches import Match
from voxport.redaction.dialogue.lines import Dialogue, Line

_REGION_MARGIN_MS = 500
_REGION_REACH_MS = 1200
"""At `entireRegion`: how far a cover reaches into the wordless time around it, where a digit may have been missed."""
_REGION_GAP_MS = 4000
_INCOMPLETE = frozenset((5, 6, 7, 8, 10, 11, 12, 13, 14))
_INCOMPLETE_MS = 1800
"""Numbers of such lengths have lost digits: at `entireRegion` the words right beside them are covered too."""
_NUMBER_BEFORE_MS, _NUMBER_AFTER_MS = 250, 600
_NUMBER_GAP_MS = 700
_ONLY_GAP_MS = 150
_FILLED_IN_MS = 400
_SLACK_MS = 1000
"""How far beyond the end of the recording the times of a word may lie: recognisers round up."""


def cover(dialogue: Dialogue, secrets: Sequence[Match], level: DetectionLevel, duration_ms: int) -> tuple[Span, ...]:
    """The stretches to be covered, merged, in order, within the recording.

    Raises MediaFailed 10201 when a word of a secret has no place in the recording.
    """
    for secret in secrets:
        _check_placed(dialogue.lines[secret.channel], secret, duration_ms)
    match level:
        case DetectionLevel.ENTIRE_REGION:
            spans = _whole_regions(dialogue, secrets, duration_ms)
        case DetectionLevel.PROBABLE_NUMBERS:
            spans = _probable_numbers(dialogue, secrets, duration_ms)
        case DetectionLevel.NUMBERS_ONLY:
            spans = _numbers_only(dialogue, secrets, duration_ms)
    return merge(pad(span, 0, 0, duration_ms) for span in spans)


def _check_placed(line: Line, secret: Match, duration_ms: int) -> None:
    for index in secret.words:
        word = line.words[index]
        if not 0 <= word.start_ms <= word.end_ms <= duration_ms + _SLACK_MS or word.start_ms >= duration_ms:
            reason = "a number that must be covered has no place in time"
            raise MediaFailed(Problem.of(Code.MEDIA_UNREADABLE, reason=reason))


def _whole_regions(dialogue: Dialogue, secrets: Sequence[Match], duration_ms: int) -> Iterable[Span]:
    """Secrets with their margins; those close to one another become one unless another number stands between."""
    kept = other_numbers(dialogue, secrets)
    joined: list[Span] = []
    for secret in sorted(secrets, key=lambda one: one.span.start_ms):
        line = dialogue.lines[secret.channel]
        first, last = _placed(line, secret.words[0]), _placed(line, secret.words[-1])
        begin = first.start_ms - max(_margin(line, secret.words[0], _REGION_MARGIN_MS), _quiet_before(line, secret))
        end = last.end_ms + max(_margin(line, secret.words[-1], _REGION_MARGIN_MS), _quiet_after(line, secret))
        if len(secret.digits) in _INCOMPLETE:
            begin, end = min(begin, first.start_ms - _INCOMPLETE_MS), max(end, last.end_ms + _INCOMPLETE_MS)
        span = _without(kept, pad(Span(max(0, begin), end), 0, 0, duration_ms), Span(first.start_ms, last.end_ms))
        if joined and span.start_ms - joined[-1].end_ms <= _REGION_GAP_MS:
            between = Span(joined[-1].end_ms, span.start_ms)
            if not any(between.start_ms < other.end_ms and other.start_ms < between.end_ms for other in kept):
                span = Span(min(joined[-1].start_ms, span.start_ms), max(joined.pop().end_ms, span.end_ms))
        joined.append(span)
    return joined


def _without(kept: Sequence[Span], span: Span, core: Span) -> Span:
    """The span with its margins drawn in from numbers that stay; `core` stays whole."""
    begin = max((k.end_ms for k in kept if k.end_ms <= core.start_ms), default=0)
    end = min((k.start_ms for k in kept if k.start_ms >= core.end_ms), default=span.end_ms)
    return Span(max(span.start_ms, begin), min(span.end_ms, end))


def other_numbers(dialogue: Dialogue, secrets: Sequence[Match]) -> list[Span]:
    """The digits of the call that are no secret."""
    taken = {(secret.channel, index) for secret in secrets for index in secret.words}
    return [run.span for run in dialogue.runs() if (run.channel, run.words[0]) not in taken]


def _quiet_before(line: Line, secret: Match) -> int:
    """The wordless time before the secret on its channel, up to the reach."""
    first = secret.words[0]
    before = next((word for word in reversed(line.words[:first]) if word.kind is WordKind.WORD), None)
    quiet = line.words[first].start_ms - (before.end_ms if before else 0)
    return max(0, min(_REGION_REACH_MS, quiet))


def _quiet_after(line: Line, secret: Match) -> int:
    last = secret.words[-1]
    after = next((word for word in line.words[last + 1 :] if word.kind is WordKind.WORD), None)
    quiet = after.start_ms - line.words[last].end_ms if after else _REGION_REACH_MS
    return max(0, min(_REGION_REACH_MS, quiet))


def _probable_numbers(dialogue: Dialogue, secrets: Sequence[Match], duration_ms: int) -> Iterable[Span]:
    for secret in secrets:
        line = dialogue.lines[secret.channel]
        spans = []
        for index in secret.words:
            placed = _placed(line, index)
            before, after = _margin(line, index, _NUMBER_BEFORE_MS), _margin(line, index, _NUMBER_AFTER_MS)
            spans.append(_within_neighbours(line, index, pad(placed, before, after, duration_ms)))
        yield from merge(spans, _NUMBER_GAP_MS)


def _within_neighbours(line: Line, index: int, span: Span) -> Span:
    """The span without the parts that lie in the words beside; the times of the word itself always stay."""
    word = line.words[index]
    if not _is_measured(word):
        return span
    before = max((w.end_ms for w in line.words[max(0, index - 3) : index] if w.kind is WordKind.WORD), default=0)
    after = min((w.start_ms for w in line.words[index + 1 : index + 4] if w.kind is WordKind.WORD), default=span.end_ms)
    return Span(min(word.start_ms, max(span.start_ms, before)), max(word.end_ms, min(span.end_ms, after)))


def _numbers_only(dialogue: Dialogue, secrets: Sequence[Match], duration_ms: int) -> Iterable[Span]:
    for secret in secrets:
        line = dialogue.lines[secret.channel]
        spans = (
            pad(_placed(line, index), _margin(line, index, 0), _margin(line, index, 0), duration_ms)
            for index in secret.words
        )
        yield from merge(spans, _ONLY_GAP_MS)


def _margin(line: Line, index: int, margin_ms: int) -> int:
    return margin_ms + (0 if _is_measured(line.words[index]) else _FILLED_IN_MS)


def _is_measured(word: Word) -> bool:
    """A word without length was put somewhere, whatever its times are said to be."""
    return word.measured and word.end_ms > word.start_ms


def _placed(line: Line, index: int) -> Span:
    """The time of a word; one without length gets the time up to its neighbours."""
    word: Word = line.words[index]
    if word.end_ms > word.start_ms:
        return Span(word.start_ms, word.end_ms)
    before = max((w.end_ms for w in line.words[:index] if w.kind is WordKind.WORD), default=0)
    after = min((w.start_ms for w in line.words[index + 1 :] if w.kind is WordKind.WORD), default=word.end_ms + 500)
    return Span(min(before, word.start_ms), max(after, word.end_ms + 1))
