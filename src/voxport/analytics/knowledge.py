"""Knowledge: the key phrases of a call with every mention, and the topics they belong to.

A phrase counts for more when it is said often, by both speakers, early, in several words, when it names an
organisation or place, or belongs to what contact centres talk about; for less when it is a common word or a person's
name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log1p

from voxport.analytics.call_text import CallText
from voxport.analytics.candidates import LANGUAGES, Candidate, find_candidates, is_name, is_person
from voxport.analytics.casing import is_word
from voxport.analytics.mentions import by_speaker
from voxport.analytics.topics import Theme, belongs_to, find_topics
from voxport.analytics.word_lists import read_word_lists
from voxport.core.findings import Keyword, Knowledge, Occurrence

MAX_KEYWORDS = 25
"""Real result documents stop there (docs/contract/v3-results.md section 4)."""
_BY_WORDS = {1: 1.0, 2: 1.5, 3: 1.6}
"""Factor of a phrase by its number of words: several words say more."""
_LONG = 1.4
"""Factor of a phrase of four words."""
_PERSON, _NAME, _ACTION = 0.45, 1.5, 0.9
"""Factors of a person's name, of any other name, and of a verb with its object."""
_THEME = 1.35
"""Factor of what contact centres talk about."""
_COMMON = 0.45
"""Factor of a common word that is said once."""
_EARLY = 0.3
"""What a phrase gains at the beginning of the call; nothing at its end."""
_BOTH = 1.25
"""Factor of what both speakers say."""
_MIN_REPEATED = 2
"""Mentions from which a common word is what the call is about."""


@dataclass(frozen=True)
class _Group:
    """All candidates of one key."""

    key: tuple[str, ...]
    members: tuple[Candidate, ...]

    @property
    def shown(self) -> str:
        """The form said most often; of equals the shortest."""
        counts = Counter(member.shown for member in self.members)
        return min(counts, key=lambda shown: (-counts[shown], len(shown), shown))

    @property
    def kind(self) -> str:
        return Counter(member.kind for member in self.members).most_common(1)[0][0]


def find_knowledge(call: CallText) -> Knowledge:
    """At most 25 keywords and their topics, most relevant first; the highest relevance of each list is 1.0.

    English, Spanish and French; empty in other languages and for a call without telling words.
    """
    if call.language not in LANGUAGES:
        return Knowledge((), ())
    groups = _absorbed(_grouped(find_candidates(call)), call.language)
    scores = {group.key: _score(call, group) for group in groups}
    ranked = sorted(groups, key=lambda group: (-scores[group.key], group.shown))[:MAX_KEYWORDS]
    best = max((scores[group.key] for group in ranked), default=1.0)
    themes = [
        Theme(_keyword(call, group, scores[group.key] / best), group.key, is_name(group.members[0])) for group in ranked
    ]
    return Knowledge(tuple(theme.keyword for theme in themes), find_topics(call, themes))


def _grouped(candidates: Sequence[Candidate]) -> list[_Group]:
    by_key: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    key_of: dict[str, tuple[str, ...]] = {}
    for candidate in candidates:
        # The same words may be read with other lemmas elsewhere; they are one keyword all the same.
        by_key[key_of.setdefault(candidate.shown, candidate.key)].append(candidate)
    return [_Group(key, tuple(members)) for key, members in by_key.items()]


def _absorbed(groups: list[_Group], language: str) -> list[_Group]:
    """Without phrases that say no more than another: a part of one name or longer phrase belongs to it.

    The short form stays a keyword of its own where several longer ones end in it ("plan" beside two plans) or it is
    said more often than the only longer one.
    """
    by_key = {group.key: group for group in groups}
    for key in sorted(by_key, key=len):
        group = by_key[key]
        longer = [other for other in by_key.values() if other.key != group.key and _is_part(group.key, other, language)]
        places = {(m.turn, i) for other in longer for m in other.members for i in range(m.first, m.last + 1)}
        alone = tuple(m for m in group.members if not all((m.turn, i) in places for i in range(m.first, m.last + 1)))
        if not alone:
            del by_key[group.key]
        elif len(longer) == 1 and (len(alone) <= len(longer[0].members) or longer[0].kind not in ("phrase", "action")):
            target = longer[0]
            del by_key[group.key]
            shown = tuple(replace(member, key=target.key, shown=target.shown) for member in alone)
            by_key[target.key] = _Group(target.key, target.members + shown)
        else:
            by_key[group.key] = _Group(group.key, alone)
    return list(by_key.values())


def _is_part(short: tuple[str, ...], other: _Group, language: str) -> bool:
    """Whether it is the head of a longer phrase (its beginning in Spanish and French), or the beginning of a name."""
    long = other.key
    if len(short) >= len(long):
        return False
    begins = language != "en" or is_name(other.members[0])
    return long[-len(short) :] == short or (begins and long[: len(short)] == short)


def _score(call: CallText, group: _Group) -> float:
    times = len({(m.turn, m.first) for m in group.members})
    score = log1p(times) * _BY_WORDS.get(len(group.shown.split()), _LONG)
    first = group.members[0]
    duration_ms = max(1, call.duration_ms)
    score *= 1 + _EARLY * (1 - call.turns[first.turn].words[first.first].start_ms / duration_ms)
    if len({call.turns[m.turn].channel for m in group.members}) > 1:
        score *= _BOTH
    if is_person(first):
        return score * _PERSON
    if group.kind == "action":
        score *= _ACTION
    elif group.kind != "phrase":
        doubtful = len(group.key) == 1 and times < _MIN_REPEATED and is_word(group.key[0])
        return score * (_COMMON if doubtful else _NAME)
    if belongs_to(group.key, call.language):
        score *= _THEME
    if (
        call.language == "en"
        and " ".join(group.key) in read_word_lists("keywords-en")["common"]
        and times < _MIN_REPEATED
    ):
        score *= _COMMON
    return score


def _keyword(call: CallText, group: _Group, relevance: float) -> Keyword:
    def occurrence(member: Candidate) -> Occurrence:
        turn = call.turns[member.turn]
        return Occurrence(turn.span(member.first, member.last), turn.exact(member.first, member.last))

    turns = call.turns
    mentions = by_speaker((turns[m.turn].channel, turns[m.turn].speaker, occurrence(m)) for m in group.members)
    return Keyword(group.shown, round(relevance, 4), mentions)
