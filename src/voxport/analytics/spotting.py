"""Spotting: phrases that were listened for, found by their words and inflections whatever marks stand between.

A word matches another when they are the same, or share a lemma (`refunds`, `refunded`). Case, apostrophes, hyphens,
hesitations and sentence marks do not matter, contractions are taken apart ("can't" is "can not"). A phrase may run on
into the speaker's next turn when the other only cut in. Nothing is matched across what redaction covered.

Scores: a mention is worth the mean confidence of its words, times 0.9 where it is inflected; a phrase is worth its best
mention; a group is worth the chance that one of its mentions was really said, 1 - product of (1 - worth).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod

from voxport.analytics.call_text import CallText, TurnText
from voxport.analytics.inflection import lemmas, spoken_forms
from voxport.analytics.mentions import by_speaker
from voxport.core.analytics_plan import SpottingPlan
from voxport.core.findings import Keyword, Occurrence, SpottedGroup
from voxport.core.transcript import Span, WordKind, join_words

_INFLECTED = 0.9
"""What a mention in another form is worth beside one in the form that was asked for."""
_HESITATIONS = frozenset({"uh", "um", "er", "erm", "ah", "hm", "hmm", "mm", "eh"})
_MAX_GAP_MS = 3000
"""A longer silence inside a phrase means that it was not said as one."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """One spoken form."""

    text: str | None
    """None for what must not be read."""
    place: tuple[int, int]
    """(turn, word)."""
    start_ms: int
    end_ms: int
    confidence: float


@dataclass(frozen=True, slots=True)
class _Phrase:
    group: int
    keyword: str
    forms: tuple[str, ...]


_Index = dict[tuple[str, ...], list[_Phrase]]


def find_spotted_groups(call: CallText, groups: tuple[SpottingPlan, ...]) -> tuple[SpottedGroup, ...]:
    """One for each group, in their order; a group of which nothing was said stays, with `spotted` False and score 0.

    Keywords are as they were defined, most relevant first. All languages; inflections in those of the wire's table.
    """
    index = _index(groups, call.language)
    found: dict[tuple[int, str], list[tuple[float, int, str | None, Occurrence]]] = defaultdict(list)
    for channel in sorted({turn.channel for turn in call.turns}):
        turns = [turn for turn in call.turns if turn.channel == channel]
        heard = list(_heard(turns, call.language))
        for at in range(len(heard)):
            for phrase in _candidates(index, heard, at, call.language):
                worth = _match(phrase, heard[at : at + len(phrase.forms)], call.language)
                if worth is not None:
                    occurrence = _occurrence(call, heard[at : at + len(phrase.forms)])
                    speaker = call.turns[heard[at].place[0]].speaker
                    found[phrase.group, phrase.keyword].append((worth, channel, speaker, occurrence))
    return tuple(_group(number, group, found) for number, group in enumerate(groups))


def _group(
    number: int, group: SpottingPlan, found: dict[tuple[int, str], list[tuple[float, int, str | None, Occurrence]]]
) -> SpottedGroup:
    keywords = []
    worths: list[float] = []
    for keyword in dict.fromkeys(group.keywords):
        hits = found.get((number, keyword))
        if hits:
            worths += [worth for worth, *_ in hits]
            mentions = by_speaker((channel, speaker, occurrence) for _, channel, speaker, occurrence in hits)
            keywords.append(Keyword(keyword, round(max(worth for worth, *_ in hits), 3), mentions))
    keywords.sort(key=lambda keyword: -keyword.relevance)
    score = round(1.0 - prod(1.0 - worth for worth in worths), 3)
    return SpottedGroup(group.group, bool(keywords), score, tuple(keywords))


@lru_cache(maxsize=4)
def _index(groups: tuple[SpottingPlan, ...], language: str) -> _Index:
    """Phrases by the lemmas of their first two words (of their only word)."""
    index: _Index = defaultdict(list)
    for number, group in enumerate(groups):
        for keyword in dict.fromkeys(group.keywords):
            forms = tuple(form for word in keyword.split() for form in spoken_forms(word, language))
            if not forms:
                continue
            phrase = _Phrase(number, keyword, forms)
            for first in lemmas(forms[0], language):
                for second in lemmas(forms[1], language) if len(forms) > 1 else ("",):
                    index[first, second].append(phrase)
    return dict(index)


def _heard(turns: Sequence[TurnText], language: str) -> Iterator[_Heard]:
    for turn in turns:
        for index, word in enumerate(turn.words):
            if word.kind is WordKind.PUNCTUATION:
                continue
            place = (turn.index, index)
            if turn.hidden(index):
                yield _Heard(None, place, word.start_ms, word.end_ms, 0.0)
                continue
            for form in spoken_forms(word.text, language):
                if form not in _HESITATIONS:
                    yield _Heard(form, place, word.start_ms, word.end_ms, word.confidence)


def _candidates(index: _Index, heard: Sequence[_Heard], at: int, language: str) -> Iterator[_Phrase]:
    first = heard[at].text
    if first is None:
        return
    second = heard[at + 1].text if at + 1 < len(heard) else None
    seen: set[tuple[int, str]] = set()
    for one in lemmas(first, language):
        for two in ("", *(lemmas(second, language) if second is not None else ())):
            for phrase in index.get((one, two), ()):
                if (phrase.group, phrase.keyword) not in seen:
                    seen.add((phrase.group, phrase.keyword))
                    yield phrase


def _match(phrase: _Phrase, heard: Sequence[_Heard], language: str) -> float | None:
    """What the mention is worth; None where the words are others, or too far apart."""
    if len(heard) < len(phrase.forms):
        return None
    inflected = False
    for position, (form, spoken) in enumerate(zip(phrase.forms, heard, strict=True)):
        if spoken.text is None or (position and spoken.start_ms - heard[position - 1].end_ms > _MAX_GAP_MS):
            return None
        if spoken.text != form:
            if not set(lemmas(form, language)) & set(lemmas(spoken.text, language)):
                return None
            inflected = True
    confidence = sum(spoken.confidence for spoken in heard) / len(heard)
    return min(1.0, max(0.0, confidence)) * (_INFLECTED if inflected else 1.0)


def _occurrence(call: CallText, heard: Sequence[_Heard]) -> Occurrence:
    places = list(dict.fromkeys(spoken.place for spoken in heard))
    words = [call.turns[turn].words[index] for turn, index in places]
    span = Span(words[0].start_ms, max(word.end_ms for word in words))
    if places[0][0] == places[-1][0]:
        return Occurrence(span, call.turns[places[0][0]].exact(places[0][1], places[-1][1]))
    return Occurrence(span, join_words(words))
