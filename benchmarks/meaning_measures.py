"""How many of the cases of `meaning_cases` come out right, by part: sentiment, numbers, entities, topics, moods."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.meaning_cases import Case, Dialogue, Part, cases, dialogues, sentence_of, transcript_of, words_of
from voxport.analytics.call_text import CallText
from voxport.analytics.entities import find_entities
from voxport.analytics.knowledge import find_knowledge
from voxport.analytics.sentiment import find_sentiments, sentence_scores
from voxport.core.plan import VocabularyTerm
from voxport.core.transcript import WordKind
from voxport.language.number_formatting import format_numbers, spell_numbers
from voxport.speech.contextual_biasing import spell_terms
from voxport.speech.options import BiasingOptions
from voxport.speech.vocabulary import Vocabulary
from voxport.speech.word_splitting import DecodedWord, split_marks

NEUTRAL = 0.05
"""Values nearer to 0 say nothing."""
_MOOD_SIGNS = {"+": 1, "0": 0, "-": -1}


@dataclass(frozen=True)
class Outcome:
    """A case beside what came."""

    kind: str
    text: str
    right: str
    came: str
    good: bool
    opposite: bool = False
    """Whether a mood came with the sign turned."""


def numbers(part: Part | None) -> Iterator[Outcome]:
    """Said in words; how a reader writes it."""
    for case in _of(part, cases("numbers")):
        said, right = case.fields
        came = written(said)
        yield Outcome(case.kind, said, right, came, came in {option.lower() for option in right.split("|")})


def written(said: str) -> str:
    return _joined(format_numbers(words_of(said), "en-US"))


def spoken(part: Part | None) -> Iterator[Outcome]:
    """Written in figures; how it is said where number formatting is off."""
    for case in _of(part, cases("spoken")):
        figures, right = case.fields
        came = _joined(spell_numbers(words_of(figures), "en-US")).replace(",", "")
        good = came in {option.lower().replace(",", "") for option in right.split("|")}
        yield Outcome(case.kind, figures, right, came, good)


def _joined(words: Sequence[object]) -> str:
    text = ""
    for word in words:
        mark = getattr(word, "kind", None) is WordKind.PUNCTUATION
        text += ("" if mark or not text else " ") + getattr(word, "text", "")
    return text.lower()


def vocabulary(part: Part | None) -> Iterator[Outcome]:
    """Words that are terms too, as they were recognised without capitals; how they are meant."""
    terms = dict.fromkeys(case.fields[0] for case in cases("vocabulary"))
    known = Vocabulary.of([VocabularyTerm(term[0].upper() + term[1:]) for term in terms], (), "en")
    for case in _of(part, cases("vocabulary")):
        _, said, right = case.fields
        came = " ".join(word.text + word.mark for word in spell_terms(_decoded(said), known, BiasingOptions()))
        yield Outcome(case.kind, said, right, came, came == right)


def _decoded(said: str) -> list[DecodedWord]:
    """A sentence as an engine would hear it, each word clearly."""
    return [
        DecodedWord(text, 200 * at, 200 * at + 200, 0.98, mark)
        for at, (text, mark) in enumerate(map(split_marks, said.split()))
    ]


def sentiment(part: Part | None, score: Callable[[str], float] | None = None) -> Iterator[Outcome]:
    """A sentence and its sign; `+0` is either. `score` puts another way of telling beside ours."""
    for case in _of(part, cases("sentiment")):
        right, text = case.fields
        value = score(text) if score else _sentence_score(text)
        yield mood_outcome(case.kind, text, right, value)


def spanish_sentiment(part: Part | None) -> Iterator[Outcome]:
    """The same in Spanish, which has a lexicon."""
    for case in _of(part, cases("sentiment-es")):
        right, text = case.fields
        yield mood_outcome(case.kind, text, right, _sentence_score(text, "es-US"))


def mood_outcome(kind: str, text: str, right: str, value: float) -> Outcome:
    sign = "+" if value >= NEUTRAL else "-" if value <= -NEUTRAL else "0"
    opposite = sign != "0" and {"+": "-", "-": "+"}[sign] in right and sign not in right
    return Outcome(kind, text, right, f"{value:+.2f}", sign in right, opposite)


def _sentence_score(text: str, language: str = "en-US") -> float:
    read = CallText(sentence_of(text, language))
    return max((one.value for one in sentence_scores(read)), key=abs, default=0.0)


@dataclass(frozen=True)
class Tally:
    """Entities of one type, counted."""

    hits: int
    missed: int
    added: int

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, 2 * self.hits + self.missed + self.added)


def entities(part: Part | None) -> tuple[dict[str, Tally], list[Outcome]]:
    """By type: the same type, and one text within the other, is a hit."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    outcomes = []
    for case in _of(part, cases("entities")):
        text = case.fields[0]
        right = case.fields[1] if len(case.fields) > 1 else ""
        wanted = [tuple(one.split(":", 1)) for one in right.split("; ") if one]
        found = [(one.type.value, one.text) for one in find_entities(CallText(sentence_of(text)))]
        missed = [one for one in wanted if not any(_same(one, other) for other in found)]
        added = [one for one in found if not any(_same(one, other) for other in wanted)]
        for kind, text_of in wanted:
            counts[kind]["missed" if (kind, text_of) in missed else "hits"] += 1
        for kind, _ in added:
            counts[kind]["added"] += 1
        outcomes.append(Outcome(case.kind, text, right, str(found), not missed and not added))
    return {kind: Tally(c["hits"], c["missed"], c["added"]) for kind, c in sorted(counts.items())}, outcomes


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    texts = [re.sub(r"[.,?! ]+$", "", text.lower()) for text in (one[1], other[1])]
    return one[0] == other[0] and (texts[0] in texts[1] or texts[1] in texts[0])


def topics(part: Part | None) -> Iterator[Outcome]:
    """Every topic of a call behind its first; right where it was judged to be, or names one of the words judged."""
    for call in _of_calls(part):
        allowed = [name.strip() for name in call.judged[1].split(";") if name.strip()]
        found = find_knowledge(CallText(transcript_of(call.lines))).topics
        for place, topic in enumerate(found):
            good = any(name == topic.name or (name.islower() and name in topic.name.lower()) for name in allowed)
            evidence = ", ".join(keyword.keyword for keyword in topic.keywords)
            yield Outcome(
                "further" if place else "first", call.name, call.judged[1], f"{topic.name} ({evidence})", good
            )


def _of_calls(part: Part | None) -> Iterator[Dialogue]:
    for name in ("calls", "topics"):
        yield from (call for call in dialogues(name) if part in (None, call.part))


def moods() -> list[tuple[str, float, float]]:
    """Of each call its name, the mood that was judged, and the mean of the caller's turns, weighed by their length."""
    measured = []
    for call in dialogues("calls"):
        values = next(one for one in find_sentiments(CallText(transcript_of(call.lines))) if one.speaker == "Caller")
        lengths = [one.span.end_ms - one.span.start_ms for one in values.values]
        mean = float(np.average([one.value for one in values.values], weights=lengths))
        measured.append((call.name, float(call.judged[0]), mean))
    return measured


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's, ties at their mean rank."""
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: Sequence[float]) -> list[float]:
    return [
        sum(other < value for other in values) + (sum(other == value for other in values) - 1) / 2 for value in values
    ]


def _of(part: Part | None, all_cases: Iterator[Case]) -> Iterator[Case]:
    return (case for case in all_cases if part in (None, case.part))
