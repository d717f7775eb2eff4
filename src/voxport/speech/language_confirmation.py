"""A second opinion on passages in another language, by the words that were decoded in both languages.

What a stretch sounds like misleads where a speaker has an accent, or says two words. The words tell more: in the
language that was spoken they are more probable, and there are enough of them for the time. Models that are asked for
the wrong language leave much out or write a phrase that they know ("thank you for watching"). The asked language's
words are kept unless those of the other one are better, by the probability of the stretches and of the words together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp, inf, log
from unicodedata import east_asian_width

from voxport.core.transcript import Word, WordKind
from voxport.speech.language_identification import Passage
from voxport.speech.language_options import LanguageOptions

_LETTERS_OF_DIGIT = 4
"""As many as the word for a digit has on average."""
_LETTERS_OF_WIDE = 2
"""Ideographs and kana: each is a syllable or two."""
_OWN_SCRIPT = frozenset({"ar", "bg", "el", "fa", "he", "hi", "ja", "ko", "ru", "th", "uk", "ur", "yue", "zh"})
"""Languages that are not written with Latin letters; those in their text are of another language."""
_PART = re.compile(r"\w+")
_CERTAIN = 1e9
"""Odds beyond it are certainty."""

ChannelWords = Mapping[int, Sequence[Word]]
"""Words by place of the channel."""


@dataclass(frozen=True, slots=True)
class WordsInBoth:
    """What was decoded in the asked language and in others."""

    asked: str
    """The engine's code of the asked language."""
    in_asked: ChannelWords
    """Of the whole call."""
    in_others: Mapping[str, ChannelWords]
    """Of the passages, each in its own language."""


def confirmed(
    passages: Sequence[Passage], words: WordsInBoth, allowed: Sequence[str], options: LanguageOptions
) -> list[Passage]:
    """The passages that the words confirm, with the probability that sound and words give together.

    `allowed` are the engine's codes of languages that are expected.
    """
    judged: list[Passage] = []
    for passage in passages:
        log_odds = _of_sound(passage, options) + _of_words(passage, words, options)
        if passage.language in allowed:
            log_odds += options.allowed_log_odds
        if not allowed:
            log_odds -= _price(passage, passages, options)
        judged.append(replace(passage, probability=_probability(log_odds)))
    return [passage for passage in judged if passage.probability >= options.min_probability]


def words_score(words: Sequence[Word], language: str, voiced_ms: int, options: LanguageOptions) -> float:
    """How well words account for a stretch of voice, 0 to 1: their mean probability (geometric), less where too few
    stand in it."""
    said = [word for word in words if word.kind is WordKind.WORD]
    if not said:
        return options.missing_probability
    mean = sum(log(max(word.confidence, options.least_word_probability)) for word in said) / len(said)
    letters = sum(_letters(character, language) for part in _said_once(said) for character in part)
    share = min(1.0, letters * 1000 / (options.letters_per_second * max(1, voiced_ms)))
    return exp(share * mean + (1 - share) * log(options.missing_probability))


def _of_sound(passage: Passage, options: LanguageOptions) -> float:
    """Log-odds of another language by what was identified: limited, as an accent misleads from beginning to end."""
    nothing = 1 / _CERTAIN
    odds = max(passage.probability, nothing) / max(1 - passage.probability, nothing)
    return min(options.max_sound_log_odds, log(odds))


def _of_words(passage: Passage, words: WordsInBoth, options: LanguageOptions) -> float:
    """Log-odds of another language by the words in both; without words in the other one it was not spoken."""
    in_other = _within(passage, words.in_others.get(passage.language, {}), options)
    if not in_other:
        return -inf
    in_asked = _within(passage, words.in_asked, options)
    other = words_score(in_other, passage.language, passage.voiced_ms, options)
    return options.words_weight * (other - words_score(in_asked, words.asked, passage.voiced_ms, options))


def _price(passage: Passage, passages: Sequence[Passage], options: LanguageOptions) -> float:
    """What speaks against a short passage when nothing else on its channel is in its language."""
    alike = sum((one.channel, one.language) == (passage.channel, passage.language) for one in passages)
    if alike > 1 or passage.voiced_ms >= options.lone_ms:
        return 0.0
    return options.lone_price if passage.voiced_ms >= options.min_lone_ms else inf


def _within(passage: Passage, words: ChannelWords, options: LanguageOptions) -> list[Word]:
    """What was said in a passage; the next stretch is a longer pause away than the times of words are wrong."""
    start_ms, end_ms = passage.span.start_ms - options.max_pause_ms, passage.span.end_ms + options.max_pause_ms
    return [
        word
        for word in words.get(passage.channel, ())
        if word.kind is WordKind.WORD and start_ms <= (word.start_ms + word.end_ms) // 2 <= end_ms
    ]


def _said_once(words: Sequence[Word]) -> list[str]:
    """The parts of words without those that follow the same part again: loops are probable, but account for nothing."""
    parts = _PART.findall(" ".join(word.text for word in words).lower())
    pairs = dict.fromkeys(pairwise(["", *parts]))
    return [part for _, part in pairs]


def _letters(character: str, language: str) -> int:
    if character.isdigit():
        return _LETTERS_OF_DIGIT
    if not character.isalpha() or (character.isascii() and language in _OWN_SCRIPT):
        return 0
    return _LETTERS_OF_WIDE if east_asian_width(character) in "WF" else 1


def _probability(log_odds: float) -> float:
    return 1 / (1 + exp(min(log(_CERTAIN), -log_odds)))
