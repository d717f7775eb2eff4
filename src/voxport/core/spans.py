"""Spans of time: put together, widened, cut, compared. One copy for detection, redaction of text and of audio."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from voxport.core.transcript import Span, Word, WordKind


def merge(spans: Iterable[Span], gap_ms: int = 0) -> tuple[Span, ...]:
    """In order, without overlap; spans that are at most `gap_ms` apart become one. Empty spans are dropped."""
    merged: list[Span] = []
    for span in sorted((span for span in spans if span.end_ms > span.start_ms), key=lambda span: span.start_ms):
        if merged and span.start_ms <= merged[-1].end_ms + gap_ms:
            merged[-1] = Span(merged[-1].start_ms, max(merged[-1].end_ms, span.end_ms))
        else:
            merged.append(span)
    return tuple(merged)


def without(spans: Iterable[Span], taken: Iterable[Span]) -> tuple[Span, ...]:
    """What of `spans` lies in none of `taken`; merged, in order."""
    left: list[Span] = []
    others = merge(taken)
    place = 0
    for span in merge(spans):
        begin_ms = span.start_ms
        while place < len(others) and others[place].end_ms <= begin_ms:
            place += 1
        at = place
        while at < len(others) and others[at].start_ms < span.end_ms:
            left.append(Span(begin_ms, others[at].start_ms))
            begin_ms = others[at].end_ms
            at += 1
        left.append(Span(begin_ms, span.end_ms))
    return tuple(one for one in left if one.end_ms > one.start_ms)


def pad(span: Span, before_ms: int, after_ms: int, duration_ms: int | None = None) -> Span:
    """Wider on both sides, never before 0 nor beyond `duration_ms`."""
    end_ms = span.end_ms + after_ms
    return Span(max(0, span.start_ms - before_ms), end_ms if duration_ms is None else min(end_ms, duration_ms))


def shift(span: Span, by_ms: int) -> Span:
    """Later by `by_ms`, or earlier where that is negative."""
    return Span(span.start_ms + by_ms, span.end_ms + by_ms)


def clip(spans: Iterable[Span], within: Span) -> tuple[Span, ...]:
    """What of each lies inside `within`."""
    inside = (Span(max(span.start_ms, within.start_ms), min(span.end_ms, within.end_ms)) for span in spans)
    return tuple(span for span in inside if span.end_ms > span.start_ms)


def overlaps(span: Span, spans: Sequence[Span]) -> bool:
    return any(span.start_ms < other.end_ms and other.start_ms < span.end_ms for other in spans)


def touching(span: Span, merged: Sequence[Span]) -> Sequence[Span]:
    """Those of `merged`, which are in order and do not overlap, that overlap the span."""
    begin = bisect_right(merged, span.start_ms, key=lambda one: one.end_ms)
    return merged[begin : bisect_left(merged, span.end_ms, lo=begin, key=lambda one: one.start_ms)]


def covers(word: Word, spans: Sequence[Span]) -> bool:
    """Whether any part of the word lies in `spans`; a mark, which has no length, at or before the end of one."""
    if word.kind is WordKind.PUNCTUATION or word.end_ms <= word.start_ms:
        return any(span.start_ms < word.start_ms <= span.end_ms for span in spans)
    return overlaps(Span(word.start_ms, word.end_ms), spans)
