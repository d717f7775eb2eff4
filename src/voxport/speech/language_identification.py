"""Language identification: in which stretches of a channel another language is spoken than the one asked for.

The engine says of each stretch how probable each language is. On "yes", a name or a number that says little, so the
evidence of a channel is taken together: a hidden Markov model with two states (the asked language, another one) in
which short stretches count less and changing the language has a price. Which other language it is, is decided for all
neighbouring stretches of one kind together. Pure functions over numbers; knows neither sound nor model.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise, takewhile
from math import exp, log

import numpy as np
import numpy.typing as npt

from voxport.core.transcript import Span
from voxport.speech.engine import LanguageProbability
from voxport.speech.language_options import LanguageOptions

_BEST_KNOWN = "en"
"""Two thirds of what whisper was trained with are English; what it says of other languages is spread over their kin."""
_KIN = (
    frozenset({"ca", "es", "fr", "gl", "it", "oc", "pt", "ro"}),
    frozenset({"da", "nn", "no", "sv"}),
    frozenset({"af", "de", "lb", "nl", "yi"}),
    frozenset({"be", "bg", "cs", "hr", "mk", "pl", "ru", "sk", "sl", "sr", "uk"}),
)
"""Languages that the model takes for one another."""
_Logs = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What the engine said of a stretch of one channel. Stored with sections."""

    channel: int
    """Place of the channel among those given, from 0."""
    start_ms: int
    end_ms: int
    voiced_ms: int
    """How much of it is voice."""
    languages: tuple[LanguageProbability, ...]
    """The most probable first; what is missing is all but impossible."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring stretches of one channel in another language than the one asked for."""

    channel: int
    """Place of the channel among those given, from 0."""
    span: Span
    """From the first of the stretches to the end of the last."""
    voiced_ms: int
    """How much of them is voice."""
    language: str
    """The most probable other language, by the engine's code."""
    probability: float
    """How probable it is that another language than the one asked for is spoken, 0 to 1."""


def stretches_of(voice: Sequence[Span], options: LanguageOptions) -> list[Span]:
    """Voices of a segment joined over short pauses; long ones without a pause are divided evenly."""
    joined: list[Span] = []
    for span in voice:
        if (
            joined
            and span.start_ms - joined[-1].end_ms < options.max_pause_ms
            and span.end_ms - joined[-1].start_ms <= options.max_joined_ms
        ):
            joined[-1] = replace(joined[-1], end_ms=span.end_ms)
        else:
            joined.append(span)
    return [part for span in joined for part in _divided(span, options.max_stretch_ms)]


def voice_within(voice: Sequence[Span], stretch: Span) -> list[Span]:
    """What of the voices, which are in order, lies in a stretch."""
    first = bisect_right(voice, stretch.start_ms, key=lambda span: span.end_ms)
    inside = takewhile(lambda span: span.start_ms < stretch.end_ms, islice(voice, first, None))
    return [Span(max(span.start_ms, stretch.start_ms), min(span.end_ms, stretch.end_ms)) for span in inside]


def kept(languages: Sequence[LanguageProbability], options: LanguageOptions) -> tuple[LanguageProbability, ...]:
    """What is stored of a stretch's languages: those that are not all but impossible."""
    return tuple(
        LanguageProbability(one.language, round(one.probability, 4))
        for one in languages
        if one.probability >= options.floor
    )


def find_passages(
    stretches: Sequence[Stretch], asked: str, allowed: Sequence[str], options: LanguageOptions
) -> list[Passage]:
    """Passages by channel, in order. `allowed` are expected beside `asked`; all are codes of the engine."""
    passages: list[Passage] = []
    ordered = sorted(stretches, key=lambda one: (one.channel, one.start_ms))
    for _, group in groupby(ordered, key=lambda one: one.channel):
        channel = list(group)
        others = other_probabilities([_log_odds(one, asked, allowed, options) for one in channel], options)
        rated = zip(channel, others, strict=True)
        for is_other, run in groupby(rated, key=lambda pair: pair[1] >= options.min_probability):
            if is_other:
                passages.append(_passage(list(run), asked, allowed, options))
    return passages


def sounds_like_another(stretches: Sequence[Stretch], asked: str, options: LanguageOptions) -> bool:
    """Whether a segment is so surely in another language that its text in the asked one need not be made better."""
    voiced_ms = sum(one.voiced_ms for one in stretches)
    share = sum(one.voiced_ms * _probability(one, asked) for one in stretches)
    return voiced_ms >= options.full_weight_ms and share < options.hopeless_probability * voiced_ms


def other_probabilities(log_odds: Sequence[float], options: LanguageOptions) -> list[float]:
    """How probable another language is in each stretch of a channel, given all of them (forward-backward algorithm).

    `log_odds` are those of the asked language against all others, stretch by stretch.
    """
    emissions = np.array([(odds / 2, -odds / 2) for odds in log_odds], np.float64).reshape(-1, 2)
    change = -options.change_price
    moves = np.array([(log(1 - exp(change)), change), (change, log(1 - exp(change)))], np.float64)
    first = np.array([-log(1 + exp(-options.start_log_odds)), -log(1 + exp(options.start_log_odds))], np.float64)
    forward, backward = np.zeros_like(emissions), np.zeros_like(emissions)
    for index, emission in enumerate(emissions):
        reached = first if index == 0 else _sum_logs(forward[index - 1][:, None] + moves, axis=0)
        forward[index] = reached + emission
    for index in range(len(emissions) - 2, -1, -1):
        backward[index] = _sum_logs(moves + emissions[index + 1] + backward[index + 1], axis=1)
    both = forward + backward
    return [float(value) for value in np.exp(both[:, 1] - _sum_logs(both, axis=1))]


def _sum_logs(values: _Logs, axis: int) -> _Logs:
    return np.asarray(np.logaddexp.reduce(values, axis=axis), np.float64)


def _log_odds(stretch: Stretch, asked: str, allowed: Sequence[str], options: LanguageOptions) -> float:
    """Of the asked language against all others: limited, as no single stretch decides, and less where it is short."""
    probability = _probability(stretch, asked)
    others = 1 - probability
    odds = 0.0
    if asked != _BEST_KNOWN:
        named = [one for one in stretch.languages if one.language != asked]
        unnamed = max(0.0, others - sum(one.probability for one in named))
        others = sum(one.probability * _prior(one.language, asked, allowed, options) for one in named)
        others += unnamed * options.unlikely_prior
        odds += options.not_english_log_odds
    odds += log((probability + options.floor) / (others + options.floor))
    weight = min(1.0, stretch.voiced_ms / options.full_weight_ms)
    return weight * max(-options.max_log_odds, min(options.max_log_odds, odds))


def _prior(language: str, asked: str, allowed: Sequence[str], options: LanguageOptions) -> float:
    """How probable another language is before anything is heard, where the asked one is not the best known one."""
    if language in allowed:
        return 1.0
    prior = _general_prior(language, options)
    return prior * options.kin_prior if any({language, asked} <= kin for kin in _KIN) else prior


def _general_prior(language: str, options: LanguageOptions) -> float:
    """How probable a language is that nobody named, before anything is heard."""
    if language in options.likely:
        return 1.0
    return options.mistaken_prior if language in options.mistaken else options.unlikely_prior


def _passage(
    run: Sequence[tuple[Stretch, float]], asked: str, allowed: Sequence[str], options: LanguageOptions
) -> Passage:
    stretches = [stretch for stretch, _ in run]
    voiced_ms = sum(stretch.voiced_ms for stretch in stretches)
    certain = sum(stretch.voiced_ms * other for stretch, other in run) / max(1, voiced_ms)
    return Passage(
        stretches[0].channel,
        Span(stretches[0].start_ms, stretches[-1].end_ms),
        voiced_ms,
        _most_probable(stretches, asked, allowed, options),
        certain,
    )


def _most_probable(stretches: Sequence[Stretch], asked: str, allowed: Sequence[str], options: LanguageOptions) -> str:
    heard = {one.language for stretch in stretches for one in stretch.languages} | set(allowed)

    def prior(language: str) -> float:
        if allowed:
            return 1.0 if language in allowed else options.not_allowed_prior
        return _general_prior(language, options)

    return max(
        sorted(heard - {asked}),
        key=lambda language: (
            sum(
                min(1.0, stretch.voiced_ms / options.full_weight_ms)
                * log(_probability(stretch, language) + options.floor)
                for stretch in stretches
            )
            + log(prior(language))
        ),
    )


def _probability(stretch: Stretch, language: str) -> float:
    return next((one.probability for one in stretch.languages if one.language == language), 0.0)


def _divided(span: Span, longest_ms: int) -> list[Span]:
    length_ms = span.end_ms - span.start_ms
    count = max(1, -(-length_ms // longest_ms))
    edges = [span.start_ms + length_ms * index // count for index in range(count + 1)]
    return [Span(start_ms, end_ms) for start_ms, end_ms in pairwise(edges)]
