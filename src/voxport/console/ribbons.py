"""Ribbons below the waveform: who talks when, overtalk, silence, what is covered, sentiment, pitch and loudness.

All of them have the width of the recording in units of `WIDTH`, so that they stand below each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voxport.console.call_text import covers_of
from voxport.console.public_api import Document
from voxport.console.rendering import shown_clock

WIDTH = 10_000
HEIGHT = 100
_LEAST_OVERTALK_MS = 100
_LEAST_SILENCE_MS = 4_000
_MOST_POINTS = 1_000
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle, in units of the ribbon, with what it says when it is pointed at."""

    x: float
    width: float
    y: float
    height: float
    style: str
    """Its class in the style sheet."""
    title: str
    start_ms: int


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One line of the drawing."""

    name: str
    summary: str
    """In words, for those who do not see it."""
    blocks: Sequence[Block] = ()
    points: str = ""
    """Of a curve: `x,y x,y`; empty: there is none."""


def ribbons_of(media: Document) -> Sequence[Ribbon]:
    """Those that there is something for, from above to below."""
    length = max(int(media.get("length", 0)), 1)
    transcript = media["transcript"]
    talk = {one["speakerName"]: _spans(one["occurrences"]) for one in transcript.get("voiceActivity", ())}
    drawn = [
        Ribbon(name, f"talks for {_total(spans)}", _blocks(spans, length, f"talk speaker-{min(number, 4)}", name))
        for number, (name, spans) in enumerate(talk.items(), 1)
    ]
    both = overlaps(list(talk.values()))
    if len(talk) > 1:
        drawn.append(Ribbon("Overtalk", _counted(both), _blocks(both, length, "overtalk", "overtalk")))
    if talk:
        quiet = silences([span for spans in talk.values() for span in spans], length)
        drawn.append(Ribbon("Silence", _counted(quiet), _blocks(quiet, length, "silence", "silence")))
    covers = covers_of(media)
    if covers:
        spans = [(cover.start_ms, cover.end_ms) for cover in covers]
        titles = [f"redacted: {cover.kind}" for cover in covers]
        blocks = [_block(span, length, "cover", title) for span, title in zip(spans, titles, strict=True)]
        drawn.append(Ribbon("Redacted", _counted(spans), blocks))
    drawn += [_sentiment(one, length) for one in media.get("speakerSentiments", ())]
    return [*drawn, *_voice(transcript["words"], length)]


def cover_ribbon(kind: str, spans: Spans, length: int) -> Ribbon:
    """What one detector has redacted in a call of `length` ms."""
    return Ribbon(kind, _counted(spans), _blocks(spans, length, "cover", f"redacted: {kind}"))


def overlaps(talks: Sequence[Spans]) -> Spans:
    """Where at least two talk at once, long enough to be meant."""
    edges = sorted((at, step) for spans in talks for start, end in spans for at, step in ((start, 1), (end, -1)))
    found: Spans = []
    talking, since = 0, 0
    for at, step in edges:
        if talking == 2 and step < 0 and at - since >= _LEAST_OVERTALK_MS:
            found.append((since, at))
        talking += step
        if talking == 2 and step > 0:
            since = at
    return found


def silences(talk: Spans, length: int) -> Spans:
    """Where nobody talks for long."""
    found: Spans = []
    until = 0
    for start, end in [*sorted(talk), (length, length)]:
        if start - until >= _LEAST_SILENCE_MS:
            found.append((until, start))
        until = max(until, end)
    return found


def _sentiment(speaker: Document, length: int) -> Ribbon:
    values = speaker["sentimentValues"]
    mean = sum(one["v"] for one in values) / len(values)
    blocks = []
    for one in values:
        height = max(abs(one["v"]) * HEIGHT / 2, 1)
        y = HEIGHT / 2 - height if one["v"] >= 0 else HEIGHT / 2
        style = "good-feeling" if one["v"] >= 0 else "bad-feeling"
        title = f"sentiment of {speaker['speakerName']}: {one['v']:+.2f}"
        blocks.append(_block((one["s"], one["e"]), length, style, title, y, height))
    return Ribbon(f"Sentiment, {speaker['speakerName']}", f"{mean:+.2f} on the whole", blocks)


def _voice(words: Iterable[Document], length: int) -> Iterable[Ribbon]:
    """Pitch and loudness of the words, where they were asked for."""
    said = sorted((word for word in words if "v" in word), key=lambda word: word["s"])
    if not said:
        return
    pitched = [(word["s"], word["frq"][0]["f"]) for word in said if word["frq"][0]["f"] > 0]
    for name, curve in (("Pitch", pitched), ("Loudness", [(word["s"], word["v"]) for word in said])):
        if curve:
            top = max(value for _, value in curve) or 1
            taken = curve[:: max(1, len(curve) // _MOST_POINTS)]
            points = " ".join(f"{_x(at, length):.0f},{HEIGHT - HEIGHT * value / top:.0f}" for at, value in taken)
            mean = sum(value for _, value in curve) / len(curve)
            yield Ribbon(name, f"{mean:.0f} Hz on average" if name == "Pitch" else "of the words", points=points)


def _spans(occurrences: Iterable[Document]) -> Spans:
    return [(int(one["s"]), int(one["e"])) for one in occurrences]


def _blocks(spans: Spans, length: int, style: str, title: str) -> list[Block]:
    return [_block(span, length, style, title) for span in spans]


def _block(span: tuple[int, int], length: int, style: str, title: str, y: float = 0, height: float = HEIGHT) -> Block:
    start, end = span
    x = _x(start, length)
    told = f"{title}, {shown_clock(start)} to {shown_clock(end)}"
    return Block(round(x, 1), round(max(_x(end, length) - x, WIDTH / 1500), 1), y, height, style, told, start)


def _x(at_ms: float, length: int) -> float:
    return WIDTH * at_ms / length


def _total(spans: Spans) -> str:
    return shown_clock(sum(end - start for start, end in spans))


def _counted(spans: Spans) -> str:
    times = "once" if len(spans) == 1 else f"{len(spans)} times"
    return f"{times}, {_total(spans)} in all" if spans else "none"
