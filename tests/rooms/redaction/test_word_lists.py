"""The lists of phrases and words are what the loader says they are."""

from __future__ import annotations

from dataclasses import fields

import pytest

from voxport.language.numbers.lexicon import plain
from voxport.redaction.dialogue.phrases import find_phrases
from voxport.redaction.dialogue.word_lists import LANGUAGES, Topic, common_words, topic_patterns, word_lists_of


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_word_is_plain_and_every_list_has_some(language: str) -> None:
    for lists in (word_lists_of(language), common_words()):
        for field in fields(lists):
            words = getattr(lists, field.name)
            assert words, field.name
            assert {word for word in words if plain(word) != word} == set()


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_topic_has_phrases(language: str) -> None:
    assert {row.topic for row in topic_patterns(language)} == set(Topic)


def test_a_language_without_lists_has_no_phrases() -> None:
    assert topic_patterns("fr") == ()
    assert word_lists_of("fr").months == frozenset()


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("what is the card number", [Topic.CARD]),
        ("your gift card number", [Topic.ORDINARY]),
        ("on social media", []),
        ("my social", [Topic.SOCIAL]),
        ("the offer expires", []),
        ("it expires", [Topic.EXPIRY_NAMED]),
    ],
)
def test_words_before_and_after_a_phrase_count(text: str, topics: list[Topic]) -> None:
    assert [phrase.topic for phrase in find_phrases(text, "en")] == topics
