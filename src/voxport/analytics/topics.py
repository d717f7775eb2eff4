"""Topics: keywords that belong together, under a name people can read.

A taxonomy of our own of what contact centres talk about (`lists/topics-*.json`: topic, sub-topic, seed words) takes the
keywords it knows; those it does not know are put together by the sentences they share, under the strongest of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from voxport.analytics.call_text import CallText
from voxport.analytics.taxonomy import Place, reduced, seeds, topic_names
from voxport.analytics.word_lists import read_word_lists
from voxport.core.findings import Keyword, Topic

_NEAR_MS = 8000
"""Keywords said within this time of one another, again and again, are about the same thing."""
_MIN_LONE = 0.5
"""Relevance from which a keyword that the taxonomy does not know is a topic by itself."""
_HEAD, _MODIFIER = 0.5, 0.25
"""What a phrase counts for a topic that knows only what it is ("first bill"), or only what describes it ("price
increase"): the latter is no evidence of the topic."""
_GROUPED = 0.6
"""What a group that the taxonomy does not know weighs beside one that it does: nearness is a weaker reason."""
_MAX_GROUPS = 3
"""Topics outside the taxonomy."""
_NEARLY = 0.7
"""A keyword of several words names a group when it is so much as relevant as the strongest."""
_MIN_MENTIONS, _MIN_SHARE = 2, 0.4
"""Evidence of a further topic: so many mentions, of one keyword, or of several in a topic of the taxonomy that has this
share of the strongest. A group outside has a keyword that is said again."""
_ONLY_FORM = 0.3
"""What a topic counts for that only the words of forms speak for."""
_FORM_WORDS = read_word_lists("topics-form-en")["form"]
"""What every call asks for, whatever it is about."""
_MIN_RELEVANCE, _MIN_GROUP = 0.1, 0.2
"""A topic of the taxonomy, or one outside of it, below this share of the strongest is one passing word of the call."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A keyword as topics are made of it."""

    keyword: Keyword
    key: tuple[str, ...]
    """The lemmas that it consists of."""
    named: bool
    """Whether it is the name of somebody, something or some place: those make no topic of their own."""


def belongs_to(key: tuple[str, ...], language: str) -> dict[Place, float]:
    """The places in the taxonomy that a phrase belongs to: 1.0 where all of it is a seed, less where only a part is."""
    words = reduced([word for part in key for word in part.split()], language)
    known = seeds(language)
    found: dict[Place, float] = {}
    for length in range(len(words), 0, -1):
        for at in range(len(words) - length + 1):
            is_head = at + length == len(words) if language == "en" else at == 0
            share = 1.0 if length == len(words) else _HEAD if is_head else _MODIFIER
            for place in known.get(words[at : at + length], ()):
                found[place] = max(share, found.get(place, 0.0))
        if found:
            break
    return found


def find_topics(call: CallText, themes: Sequence[Theme]) -> tuple[Topic, ...]:
    """Topics of the keywords, most relevant first; the highest has relevance 1.0."""
    weights: dict[str, float] = defaultdict(float)
    places = {theme.keyword.keyword: belongs_to(theme.key, call.language) for theme in themes}
    for theme in themes:
        for (topic, _), share in places[theme.keyword.keyword].items():
            weights[topic] += theme.keyword.relevance * share
    members: dict[str, list[Theme]] = defaultdict(list)
    left: list[Theme] = []
    order = topic_names(call.language)
    for theme in themes:
        known = {topic for topic, _ in places[theme.keyword.keyword]}
        if known:
            members[min(known, key=lambda topic: (-weights[topic], order.index(topic)))].append(theme)
        elif not theme.named:
            left.append(theme)
    topics = [
        (topic, of, _subtopics(topic, of, places), _sum(of) * _telling(of))
        for topic, of in members.items()
        if _heads(of, topic, places) or sum(map(_times, of)) >= _MIN_MENTIONS
    ]
    groups = [group for group in _by_nearness(left)[:_MAX_GROUPS] if _has_evidence(group, None)]
    topics += [(_title(group), group, (), _sum(group) * _GROUPED) for group in groups]
    best = max((total for *_, total in topics), default=1.0)
    chosen = [
        (topic, of, subtopics, total)
        for topic, of, subtopics, total in sorted(topics, key=lambda one: (-one[-1], one[0]))
        if total >= (_MIN_RELEVANCE if topic in members else _MIN_GROUP) * best
    ]
    return tuple(
        Topic(topic, round(total / best, 4), tuple(theme.keyword for theme in of), subtopics)
        for place, (topic, of, subtopics, total) in enumerate(chosen)
        if not place or _has_evidence(_heads(of, topic, places), total / best if topic in members else None)
    )


def _heads(themes: Sequence[Theme], topic: str, places: dict[str, dict[Place, float]]) -> list[Theme]:
    """Without those that are only described by what the topic knows; all of a group outside the taxonomy."""
    return [
        theme
        for theme in themes
        if max((share for (name, _), share in places[theme.keyword.keyword].items() if name == topic), default=1.0)
        >= _HEAD
    ]


def _telling(themes: Sequence[Theme]) -> float:
    """What a topic counts for: little where every call has what speaks for it."""
    return 1.0 if any(theme.keyword.keyword not in _FORM_WORDS for theme in themes) else _ONLY_FORM


def _has_evidence(themes: Sequence[Theme], share: float | None) -> bool:
    """Whether a topic behind the first was really talked about; names of companies and what fills a form do not tell.

    `share` is that of the strongest topic; None for a group outside the taxonomy, of which common words do not tell.
    """
    passing = _FORM_WORDS if share is not None else _FORM_WORDS | read_word_lists("keywords-en")["common"]
    times = [_times(theme) for theme in themes if not theme.named and theme.keyword.keyword not in passing]
    return max(times, default=0) >= _MIN_MENTIONS or (sum(times) >= _MIN_MENTIONS and (share or 0.0) >= _MIN_SHARE)


def _times(theme: Theme) -> int:
    return sum(len(mention.occurrences) for mention in theme.keyword.mentions)


def _sum(themes: Sequence[Theme]) -> float:
    return sum(theme.keyword.relevance for theme in themes)


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
    return [group for group in groups if len(group) > 1 or group[0].keyword.relevance >= _MIN_LONE]


def _near(one: Keyword, other: Keyword) -> bool:
    starts, others = (
        sorted(o.span.start_ms for m in keyword.mentions for o in m.occurrences) for keyword in (one, other)
    )
    following = (bisect_left(others, start - _NEAR_MS) for start in starts)
    return any(at < len(others) and others[at] <= start + _NEAR_MS for start, at in zip(starts, following, strict=True))


def _title(group: Sequence[Theme]) -> str:
    """The strongest keyword, or the first of several words that is nearly as strong: it says more."""
    strong = [theme.keyword for theme in group if theme.keyword.relevance >= _NEARLY * group[0].keyword.relevance]
    chosen = next((keyword for keyword in strong if " " in keyword.keyword), strong[0]).keyword
    return chosen[:1].upper() + chosen[1:]
