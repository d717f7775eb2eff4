"""The call as analysis reads it: sentences with times, hidden words silent, read once."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.rooms.analytics.dialogue import call_text, lower, shown, transcript_of
from voxport.analytics.call_text import HIDDEN, CallText
from voxport.analytics.english_pipeline import parse
from voxport.analytics.entities import find_entities
from voxport.analytics.knowledge import find_knowledge
from voxport.analytics.sentiment import find_sentiments
from voxport.analytics.spotting import find_spotted_groups
from voxport.analytics.verb_noun import find_verb_noun_pairs
from voxport.core.analytics_plan import SpottingPlan
from voxport.core.transcript import LanguagePassage, Span, Transcript, Turn, Word

SAID = """
A: Thank you for calling Acme Telecom. My name is Daniel. May I have your card number?
C: It is four one one one and my name is Rachel Whitfield. I want to cancel the router subscription.
"""


def test_sentences_end_at_marks_and_know_questions() -> None:
    found = call_text("A: Hello. How are you? Fine.\nC: Well").sentences
    assert [(s.speaker, s.text, s.question) for s in found] == [
        ("Agent", "Hello.", False),
        ("Agent", "How are you?", True),
        ("Agent", "Fine.", False),
        ("Caller", "Well", False),
    ]
    words = call_text("A: Hello. How are you? Fine.").transcript.words
    assert (found[1].span.start_ms, found[1].span.end_ms) == (words[2].start_ms, words[4].end_ms)


def test_a_long_pause_ends_a_sentence() -> None:
    words = tuple(Word(text, at, at + 300, 0.9) for text, at in (("so", 0), ("we", 320), ("went", 640), ("he", 5000)))
    read = CallText(Transcript("en-US", (Turn(0, None, words),), (), "test"))
    assert [sentence.text for sentence in read.sentences] == ["so we went", "he"]


@pytest.mark.parametrize("hidden", ["[redacted]", "...", "****", "<removed>", "###", ""])
def test_what_stands_for_something_is_hidden(hidden: str) -> None:
    words = (Word("my", 0, 300, 0.9), Word(hidden, 320, 600, 1.0), Word("card", 640, 900, 0.9))
    read = CallText(Transcript("en-US", (Turn(0, None, words),), (), "test"))
    assert [word.text for word in read.turns[0].words] == ["my", HIDDEN, "card"]
    assert read.turns[0].text == f"my {HIDDEN} card"


def test_a_replacement_that_looks_like_a_word_is_hidden_where_it_replaces() -> None:
    words = (Word("secret", 0, 300, 1.0), Word("secret", 320, 600, 0.8))
    read = CallText(Transcript("en-US", (Turn(0, None, words),), (), "test"), replacements=("secret",))
    assert [word.text for word in read.turns[0].words] == [HIDDEN, "secret"]


def test_nothing_hidden_reaches_any_finding() -> None:
    transcript = transcript_of(SAID)
    secret = {"four", "one", "Rachel", "Whitfield", "router"}
    turns = tuple(
        replace(
            turn,
            words=tuple(
                replace(word, text="cancelled order", confidence=1.0) if word.text in secret else word
                for word in turn.words
            ),
        )
        for turn in transcript.turns
    )
    read = CallText(replace(transcript, turns=turns), replacements=("cancelled order",))
    found = shown(
        (find_knowledge(read), find_entities(read), find_sentiments(read), find_verb_noun_pairs(read),
         find_spotted_groups(read, (SpottingPlan("secret", ("cancelled order", "order", "cancelled")),))[0].spotted)
    )  # fmt: skip
    assert "order" not in found
    assert HIDDEN not in found
    assert "Daniel" in found


def test_every_finding_reads_the_call_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def counted(texts: Sequence[Any]) -> Any:
        calls.append(len(texts))
        return parse(texts)

    monkeypatch.setattr("voxport.analytics.call_text.parse", counted)
    read = call_text(SAID)
    find_spotted_groups(read, (SpottingPlan("group", ("router",)),))
    find_sentiments(read)
    assert calls == []
    find_knowledge(read), find_entities(read), find_verb_noun_pairs(read)
    assert calls == [2]


def test_lower_case_speech_is_read_with_capitals_and_shown_without() -> None:
    read = CallText(lower(transcript_of(SAID)))
    people = [entity.text for entity in find_entities(read) if entity.type.value == "person"]
    assert people == ["daniel", "rachel whitfield"]
    assert "Acme Telecom" in read.turns[0].written
    assert len(read.turns[0].written) == len(read.turns[0].text)


def test_tokens_lie_in_their_words() -> None:
    read = call_text("C: I don't have a two-pound bag of $20 coffee, Mister O'Neil.")
    turn = read.turns[0]
    for token, word in zip(read.parsed[0].tokens, read.token_words[0], strict=True):
        assert token.text in turn.words[word].text


def test_threads_read_at_the_same_time() -> None:
    found: list[int] = []

    def read() -> None:
        found.append(len(find_knowledge(call_text(SAID)).keywords))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [found[0]] * 4
    assert found[0] > 0


def test_words_in_another_language_say_nothing_to_english_findings() -> None:
    transcript = transcript_of("A: How can I help you?\nC: Mala experiencia, terrible.")
    caller = transcript.turns[1]
    span = Span(caller.start_ms, caller.end_ms)
    marked = CallText(replace(transcript, passages=(LanguagePassage(caller.channel, span, "es-US", 0.9),)))
    assert {word.text for word in marked.turns[1].words if word.text not in ",."} == {HIDDEN}
    assert HIDDEN not in {word.text for word in marked.turns[0].words}
    kept = CallText(replace(transcript, passages=(LanguagePassage(caller.channel, span, "en-UK", 0.9),)))
    assert HIDDEN not in {word.text for word in kept.turns[1].words}
