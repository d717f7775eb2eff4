"""What the demo makes of a media document: a summary of the call as a manager would read it.

Every line is read from the document that was delivered; nothing is computed that a customer could not read there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Console

Groups = dict[str, list[str]]

GROUPS: Groups = {
    "New order": ["I would like to order", "place an order"],
    "Delivery": ["delivered", "pick it up at the store", "arrive before the weekend"],
    "At risk": ["cancel my order", "send it back", "speak to a manager"],
}
"""Phrases that the demo listens for, put over the API as an organisation would put its own."""

ANALYTICS: dict[str, Any] = {
    "speechModel": {"language": "en-US", "features": ["advancedPunctuation", "voiceFeatures"]},
    "knowledge": {"enableDiscovery": True},
    "spotting": {"groups": [{"groupName": name} for name in GROUPS]},
    "entity": {"enableEntityExtraction": True},
    "speakerSentiments": True,
    "conversation": {"verbNounPairsEnabled": True},
    "metrics": [
        {"metricGroupName": name}
        for name in ("talk-time-and-rate", "overtalk", "sentiment", "talk-style-tone-and-volume")
    ],
}
"""The part of the demo's configuration that asks for findings."""

SIDES = {"agent": "Agent", "caller": "Caller"}
_MOST = 6
_GOOD, _BAD = 0.1, -0.1
"""Of the mean of all sentences of a side, most of which say nothing."""


def print_summary(console: Console, document: dict[str, Any]) -> None:
    """The findings of a call with two sides, a few lines each."""
    console.print("\nWhat the call was about", style="bold")
    for title, lines in summary(document):
        for number, line in enumerate(lines):
            console.print(f"  {title if not number else '':<13}{line}", markup=False, soft_wrap=True)


def summary(document: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """(title, lines) in the order in which one would ask; a part that found nothing says so."""
    values = {one["metricName"]: one["metricValue"] for group in document["metrics"] for one in group["metricValues"]}
    yield "talk", _talk(values)
    yield "sentiment", _sentiment(values)
    yield "topics", [_topic(topic) for topic in document["knowledge"]["topics"][:_MOST]] or ["none"]
    keywords = [keyword["keyword"] for keyword in document["knowledge"]["keywords"][:_MOST]]
    yield "keywords", [", ".join(keywords) or "none"]
    yield "spotted", list(_spotted(document["spotting"]["groups"]))
    yield "entities", _entities(document["entities"]) or ["none"]


def _talk(values: dict[str, float]) -> list[str]:
    shares = ", ".join(f"{name} {values[f'{side}-talk-ratio']:.0%}" for side, name in SIDES.items())
    rates = ", ".join(f"{name} {values[f'{side}-talk-rate']:.0f}" for side, name in SIDES.items())
    incidents = int(values["overtalk-incidents"])
    times = "once" if incidents == 1 else f"{incidents} times"
    return [
        f"{shares} of the talking; silence {values['silence-ratio']:.0%} of the call, overtalk {times}",
        f"words a minute: {rates}",
    ]


def _sentiment(values: dict[str, float]) -> list[str]:
    lines = []
    for side, name in SIDES.items():
        overall, begins, ends = (values[f"{side}-{part}sentiment"] for part in ("", "start-", "end-"))
        lines.append(f"{name:<7}{overall:+.2f} {_called(overall)}, from {begins:+.2f} at the start to {ends:+.2f}")
    return lines


def _called(value: float) -> str:
    return "positive" if value >= _GOOD else "negative" if value <= _BAD else "neutral"


def _topic(topic: dict[str, Any]) -> str:
    return f"{topic['topicName']}: {', '.join(keyword['keyword'] for keyword in topic['keywords'][:_MOST])}"


def _spotted(groups: Iterable[dict[str, Any]]) -> Iterator[str]:
    for group in groups:
        heard = "; ".join(_said(keyword) for keyword in group["spottedKeywords"])
        outcome = f"{heard} (score {group['score']:.2f})" if group["spotted"] else "not heard"
        yield f"{group['groupName']}: {outcome}"


def _said(keyword: dict[str, Any]) -> str:
    times = ", ".join(
        f"{mention['speakerName']} {clock(occurrence['s'])}"
        for mention in keyword["mentions"]
        for occurrence in mention["occurrences"]
    )
    return f'"{keyword["keyword"]}" {times}'


def _entities(entities: Iterable[dict[str, Any]]) -> list[str]:
    """By kind, each text once, in the order in which they were said."""
    by_kind: dict[str, dict[str, None]] = {}
    for entity in entities:
        by_kind.setdefault(entity["type"], {})[entity.get("formattedText", entity["text"])] = None
    return [f"{kind}: {', '.join(texts)}" for kind, texts in by_kind.items()]


def clock(milliseconds: int) -> str:
    """A time in a call, as `0:07`."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02d}"
