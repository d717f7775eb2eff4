"""The taxonomy of topics as it is looked up: from the lemmas of a seed to the topics and sub-topics that have it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from voxport.analytics.inflection import lemmas
from voxport.analytics.word_lists import list_text

Seed = tuple[str, ...]
"""A phrase of the taxonomy as the lemmas of its words."""
Place = tuple[str, str]
"""Topic and sub-topic."""


@cache
def seeds(language: str) -> dict[Seed, tuple[Place, ...]]:
    """Every seed of the language by its lemmas."""
    found: dict[Seed, list[Place]] = defaultdict(list)
    for topic, subtopics in _taxonomy(language).items():
        for subtopic, phrases in subtopics.items():
            for phrase in phrases:
                found[reduced(phrase.split(), language)].append((topic, subtopic))
    return {seed: tuple(places) for seed, places in found.items()}


@cache
def topic_names(language: str) -> tuple[str, ...]:
    """In the order of the taxonomy, which decides where nothing else does."""
    return tuple(_taxonomy(language))


def reduced(words: Sequence[str], language: str) -> Seed:
    """The lemmas of words, by which phrases are compared."""
    return tuple(lemmas(word, language)[-1] for word in words)


def is_seed(word: str, language: str) -> bool:
    """Whether a single word, in any of its forms, stands for a topic."""
    return reduced([word], language) in seeds(language)


@cache
def _taxonomy(language: str) -> dict[str, dict[str, list[str]]]:
    taxonomy: dict[str, dict[str, list[str]]] = json.loads(list_text(f"topics-{language}"))
    return taxonomy
