"""The rows of `make bench analytics` about meaning: figures of the cases rules were chosen on, and of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from benchmarks import meaning_measures as measures
from benchmarks.meaning_cases import Part
from benchmarks.meaning_measures import Outcome
from benchmarks.table import Row

_BARS = {"numbers": 97.0, "numbers in words": 97.0, "further topics": 85.0}
"""Per cent right of what rules were not chosen on."""


def rows(console: Console) -> list[Row]:
    """Prints what came out wrong where rules were chosen; of the other parts only how many."""
    found: list[Row] = []
    for part in Part:
        bar = part is not Part.CHOOSE
        if part in (Part.CHOOSE, Part.REPORT, Part.FIFTH):
            found += _sentiment(console, part, bar)
        for name, outcomes in _shares(part):
            if not outcomes:
                continue
            _told(console, name, part, outcomes)
            found.append(_share(f"{name}, {part}", outcomes, _BARS.get(name) if bar else None))
        found += _entities(console, part, bar)
    moods = measures.moods()
    correlation = measures.rank_correlation([judged for _, judged, _ in moods], [mean for *_, mean in moods])
    return [*found, Row(f"rank correlation of the caller's mood, {len(moods)} calls", correlation, "", 0.8, True)]


def _shares(part: Part) -> Iterator[tuple[str, list[Outcome]]]:
    yield "numbers", list(measures.numbers(part))
    yield "numbers in words", list(measures.spoken(part))
    yield "sentiment in Spanish", list(measures.spanish_sentiment(part))
    yield "words that are terms too", list(measures.vocabulary(part))
    topics = list(measures.topics(part))
    yield "first topics", [one for one in topics if one.kind == "first"]
    yield "further topics", [one for one in topics if one.kind == "further"]


def _sentiment(console: Console, part: Part, bar: bool) -> list[Row]:
    lexicon = SentimentIntensityAnalyzer()
    vader = list(measures.sentiment(part, lambda text: float(lexicon.polarity_scores(text)["compound"])))
    outcomes = list(measures.sentiment(part))
    _told(console, "sentiment", part, outcomes)
    opposite = 100 * sum(one.opposite for one in outcomes) / len(outcomes)
    return [
        _share(f"sentiment, class of three, {part}", outcomes, 85.0 if bar else None),
        Row(f"sentiment, opposite sign, {part}", opposite, "%", 2.0 if bar else None),
        _share(f"sentiment, class of three, {part}, by VADER as it is", vader, None),
    ]


def _entities(console: Console, part: Part, bar: bool) -> list[Row]:
    tallies, outcomes = measures.entities(part)
    if not tallies:
        return []
    _told(console, "entities", part, outcomes)
    worst = min(tallies, key=lambda kind: tallies[kind].f1)
    named = [Row(f"entities: F1 of {kind}, {part}", tally.f1, "") for kind, tally in tallies.items()]
    bound = 0.85 if bar else None
    return [*named, Row(f"entities: F1 of the worst kind ({worst}), {part}", tallies[worst].f1, "", bound, True)]


def _share(name: str, outcomes: Sequence[Outcome], bar: float | None) -> Row:
    right = 100 * sum(one.good for one in outcomes) / max(1, len(outcomes))
    return Row(f"{name} ({len(outcomes)})", right, "% right", bar, more_is_better=True)


def _told(console: Console, name: str, part: Part, outcomes: Sequence[Outcome]) -> None:
    if part is Part.CHOOSE:
        for one in outcomes:
            if not one.good:
                console.print(f"{name}: {one.text!r} is {one.right!r}, came {one.came!r}", markup=False)
