"""The bars of `make bench analytics` for meaning, on the half of the sentences that rules were not chosen on."""

from __future__ import annotations

import json

import pytest

from benchmarks import meaning_measures as measures
from benchmarks import train_sentiment
from benchmarks.meaning_cases import Part, cases, dialogues
from voxport.analytics.sentiment_features import features_of
from voxport.analytics.sentiment_lexicon import english_lexicon


@pytest.mark.parametrize("name", ["sentiment", "numbers", "spoken", "entities"])
def test_each_half_has_its_share_of_the_sentences(name: str) -> None:
    parts = [case.part for case in cases(name)]
    halves = parts.count(Part.CHOOSE) + parts.count(Part.REPORT)
    assert 0.35 < parts.count(Part.REPORT) / halves < 0.65
    # Authors of sets who did not know each other's may have thought of the same sentence; nothing counts twice in one.
    assert len({(case.part, case.fields) for case in cases(name)}) == len(parts)
    chosen, reported = ({one.fields for one in cases(name) if one.part is part} for part in (Part.CHOOSE, Part.REPORT))
    assert not chosen & reported


def test_sentiment_of_the_half_that_reports() -> None:
    outcomes = list(measures.sentiment(Part.REPORT))
    assert sum(one.good for one in outcomes) >= 0.85 * len(outcomes)
    assert sum(one.opposite for one in outcomes) <= 0.02 * len(outcomes)


def test_spanish_sentences_are_never_turned() -> None:
    outcomes = list(measures.spanish_sentiment(None))
    assert sum(one.good for one in outcomes) >= 0.9 * len(outcomes)
    assert not any(one.opposite for one in outcomes)


@pytest.mark.parametrize("part", [Part.REPORT, Part.SECOND, Part.THIRD, Part.FOURTH])
def test_numbers_are_written_and_said(part: Part) -> None:
    outcomes = [*measures.numbers(part), *measures.spoken(part)]
    assert sum(one.good for one in outcomes) >= 0.97 * len(outcomes)


@pytest.mark.parametrize("part", [Part.REPORT, Part.SECOND])
def test_entities_of_every_kind(part: Part) -> None:
    tallies, _ = measures.entities(part)
    assert set(tallies) == {"date", "location", "money", "number", "organization", "person", "phone", "time"}
    assert min(tally.f1 for tally in tallies.values()) >= 0.85


def test_further_topics_are_what_was_talked_about() -> None:
    later = (Part.SECOND, Part.THIRD, Part.FOURTH)
    further = [one for part in later for one in measures.topics(part) if one.kind == "further"]
    assert len(further) >= 20
    assert sum(one.good for one in further) >= 0.85 * len(further)


def test_words_that_are_terms_too_are_written_as_they_are_meant() -> None:
    outcomes = list(measures.vocabulary(None))
    assert sum(one.good for one in outcomes) >= 0.95 * len(outcomes)
    assert all(one.good for one in outcomes if one.kind == "meant by nobody")


def test_calls_are_ordered_by_mood() -> None:
    assert len(list(dialogues("calls"))) == 30
    moods = measures.moods()
    assert measures.rank_correlation([judged for _, judged, _ in moods], [mean for *_, mean in moods]) >= 0.8


def test_the_model_is_what_its_sentences_make() -> None:
    sentences, classes = train_sentiment.read_sentences()
    names, weights = train_sentiment.train([features_of(one, english_lexicon()) for one in sentences], classes)
    written = json.loads(train_sentiment.MODEL.read_text("utf-8"))
    above = 100 * (weights[:, [0, 2]] - weights[:, [1]])
    assert set(written) <= set(names)
    for name, (bad, good) in zip(names, above, strict=True):
        if name in written:
            # Sums come in another order on another processor.
            assert written[name] == pytest.approx([bad, good], abs=4), name
        else:
            assert max(abs(bad), abs(good)) < 8, name
