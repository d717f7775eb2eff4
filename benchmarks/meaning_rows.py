"""The rows of `make bench analytics` about meaning: figures of the cases rules were chosen on, and of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from benchmarks import meaning_measures as measures
from benchmarks.halves import Half
from benchmarks.meaning_measures import Outcome
from benchmarks.table import Row

_BARS = {"numbers": 97.0, "numbers in words": 97.0, "further topics": 85.0}
"""Per cent right of the half that only reports."""


def rows(console: Console) -> list[Row]:
    """Prints what came out wrong in the half that rules are chosen on; of the other half only how many."""
    found: list[Row] = []
    for half in Half:
        bar = half is Half.REPORT
        found += _sentiment(console, half, bar)
        for name, outcomes in _shares(half):
            _told(console, name, half, outcomes)
            found.append(_share(f"{name}, {half}", outcomes, _BARS.get(name) if bar else None))
        found += _entities(console, half, bar)
    moods = measures.moods()
    correlation = measures.rank_correlation([judged for _, judged, _ in moods], [mean for *_, mean in moods])
    return [*found, Row(f"rank correlation of the caller's mood, {len(moods)} calls", correlation, "", 0.8, True)]


def _shares(half: Half) -> Iterator[tuple[str, list[Outcome]]]:
    yield "numbers", list(measures.numbers(half))
    yield "numbers in words", list(measures.spoken(half))
    topics = list(measures.topics(half))
    yield "first topics", [one for one in topics if one.kind == "first"]
    yield "further topics", [one for one in topics if one.kind == "further"]


def _sentiment(console: Console, half: Half, bar: bool) -> list[Row]:
    lexicon = SentimentIntensityAnalyzer()
    vader = list(measures.sentiment(half, lambda text: float(lexicon.polarity_scores(text)["compound"])))
    outcomes = list(measures.sentiment(half))
    _told(console, "sentiment", half, outcomes)
    opposite = 100 * sum(one.opposite for one in outcomes) / len(outcomes)
    return [
        _share(f"sentiment, class of three, {half}", outcomes, 85.0 if bar else None),
        Row(f"sentiment, opposite sign, {half}", opposite, "%", 2.0 if bar else None),
        _share(f"sentiment, class of three, {half}, by VADER as it is", vader, None),
    ]


def _entities(console: Console, half: Half, bar: bool) -> list[Row]:
    tallies, outcomes = measures.entities(half)
    _told(console, "entities", half, outcomes)
    worst = min(tallies, key=lambda kind: tallies[kind].f1)
    named = [Row(f"entities: F1 of {kind}, {half}", tally.f1, "") for kind, tally in tallies.items()]
    bound = 0.85 if bar else None
    return [*named, Row(f"entities: F1 of the worst kind ({worst}), {half}", tallies[worst].f1, "", bound, True)]


def _share(name: str, outcomes: Sequence[Outcome], bar: float | None) -> Row:
    right = 100 * sum(one.good for one in outcomes) / max(1, len(outcomes))
    return Row(f"{name} ({len(outcomes)})", right, "% right", bar, more_is_better=True)


def _told(console: Console, name: str, half: Half, outcomes: Sequence[Outcome]) -> None:
    if half is Half.CHOOSE:
        for one in outcomes:
            if not one.good:
                console.print(f"{name}: {one.text!r} is {one.right!r}, came {one.came!r}", markup=False)
