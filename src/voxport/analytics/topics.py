"""Topics: keywords that belong together, under a name people can read.

A taxonomy of our own of what contact centres talk about (`lists/topics-*.json`: topic, sub-topic, seed words) takes the
keywords it knows; those it does not know are put together by the sentences they share, under the strongest of them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from voxport.analytics.inflection import lemmas
from voxport.analytics.sentences import Read
from voxport.core.findings import Keyword, Topic

_NEAR_MS = 8000
"""Keywords said within this time of one another, again and again, are about the same thing."""
_LEAST_LONE = 0.5
_PARTIAL = 0.5
Seed = tuple[str, ...]
Place = tuple[str, str]
"""Topic and sub-topic."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A keyword and the lemmas it consists of; `named` where it is the name of somebody, something or some place."""

    keyword: Keyword
    key: tuple[str, ...]
    named: bool = False


@cache
def _seeds(language: str) -> dict[Seed, tuple[Place, ...]]:
    text = files("voxport.analytics").joinpath(f"lists/topics-{language}.json").read_text("utf-8")
    found: dict[Seed, list[Place]] = defaultdict(list)
    for topic, subtopics in json.loads(text).items():
        for subtopic, seeds in subtopics.items():
            for seed in seeds:
                found[_reduced(seed.split(), language)].append((topic, subtopic))
    return {seed: tuple(places) for seed, places in found.items()}


@cache
def _names(language: str) -> tuple[str, ...]:
    return tuple(json.loads(files("voxport.analytics").joinpath(f"lists/topics-{language}.json").read_text("utf-8")))


def _reduced(words: Sequence[str], language: str) -> Seed:
    return tuple(lemmas(word, language)[-1] for word in words)


def belongs_to(key: tuple[str, ...], language: str) -> dict[Place, float]:
    """The places in the taxonomy that a phrase belongs to: 1.0 where all of it is a seed, 0.5 where only a part is."""
    reduced = _reduced([word for part in key for word in part.split()], language)
    seeds = _seeds(language)
    found: dict[Place, float] = {}
    for length in range(len(reduced), 0, -1):
        for at in range(len(reduced) - length + 1):
            for place in seeds.get(reduced[at : at + length], ()):
                found.setdefault(place, 1.0 if length == len(reduced) else _PARTIAL)
        if found:
            break
    return found


def find_topics(read: Read, themes: Sequence[Theme]) -> tuple[Topic, ...]:
    """Topics of the keywords, most relevant first; the highest has relevance 1.0."""
    weights: dict[str, float] = defaultdict(float)
    places = {theme.keyword.keyword: belongs_to(theme.key, read.language) for theme in themes}
    for theme in themes:
        for (topic, _), share in places[theme.keyword.keyword].items():
            weights[topic] += theme.keyword.relevance * share
    members: dict[str, list[Theme]] = defaultdict(list)
    left: list[Theme] = []
    order = _names(read.language)
    for theme in themes:
        known = {topic for topic, _ in places[theme.keyword.keyword]}
        if known:
            members[min(known, key=lambda topic: (-weights[topic], order.index(topic)))].append(theme)
        elif not theme.named:
            left.append(theme)
    topics = [(topic, themes_of, _subtopics(topic, themes_of, places)) for topic, themes_of in members.items()]
    topics += [(_title(group[0]), group, ()) for group in _by_nearness(left)]
    sums = [sum(theme.keyword.relevance for theme in themes_of) for _, themes_of, _ in topics]
    best = max(sums, default=1.0)
    found = [
        Topic(name, round(total / best, 4), tuple(theme.keyword for theme in themes_of), subtopics)
        for (name, themes_of, subtopics), total in zip(topics, sums, strict=True)
    ]
    return tuple(sorted(found, key=lambda topic: (-topic.relevance, topic.name)))


def _subtopics(
    topic: str, themes: Sequence[Theme], places: dict[str, dict[Place, float]]
) -> tuple[tuple[str, float], ...]:
    """Their scores are the shares of the topic's keywords."""
    scores: dict[str, float] = defaultdict(float)
    for theme in themes:
        for (name, subtopic), share in places[theme.keyword.keyword].items():
            if name == topic:
                scores[subtopic] += theme.keyword.relevance * share
    total = sum(scores.values()) or 1.0
    return tuple(sorted(((name, round(score / total, 4)) for name, score in scores.items()), key=lambda pair: -pair[1]))


def _by_nearness(themes: Sequence[Theme]) -> list[list[Theme]]:
    """Groups of keywords of which each is said near the first; the strongest first. Weak ones that stay alone go."""
    groups: list[list[Theme]] = []
    for theme in themes:
        home = next((group for group in groups if _near(group[0].keyword, theme.keyword)), None)
        if home is None:
            groups.append([theme])
        else:
            home.append(theme)
    return [group for group in groups if len(group) > 1 or group[0].keyword.relevance >= _LEAST_LONE]


def _near(one: Keyword, other: Keyword) -> bool:
    starts = [[o.span.start_ms for m in keyword.mentions for o in m.occurrences] for keyword in (one, other)]
    return any(abs(a - b) <= _NEAR_MS for a in starts[0] for b in starts[1])


def _title(theme: Theme) -> str:
    return theme.keyword.keyword[:1].upper() + theme.keyword.keyword[1:]
