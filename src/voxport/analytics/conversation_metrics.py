"""Conversation metrics: 44 of them in four groups, by the definitions of docs/contract/v3-results.md section 12.

A side talks where its voice was heard, pauses up to a second included (`sides.py`). Ratios have two decimals. What is
said of the agent, of the caller or of both at once is 0.0 in a call that has not two sides.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voxport.analytics.sides import Side, Sides, touching
from voxport.core.findings import MetricGroup
from voxport.core.metric_names import METRICS, OVERTALK, RATE, SENTIMENT, STYLE
from voxport.core.spans import merge
from voxport.core.transcript import Span, Word

SILENCE_MS = 4_000
"""A silence longer than this is an incident."""
STREAK_PAUSE_MS = 3_000
"""A pause of this length ends a streak."""
_MIN_OVERTALK_MS = 100
"""What is shorter is the end of one breath and the start of another."""
_REFERENCE_AGENT_VOLUME, _REFERENCE_CALLER_VOLUME = 4.33, 7.57
"""Mean word volumes of the reference speakers (docs/contract/v3-results.md section 12)."""


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """What one side felt in a sentence."""

    channel: int
    start_ms: int
    score: float
    """From -1 (bad) to 1 (good)."""


@dataclass(frozen=True, slots=True)
class MetricInput:
    """What metrics are computed from."""

    sides: Sides
    sentences: tuple[ScoredSentence, ...] = ()
    """In order of time; empty where sentiment is not asked for."""


Values = tuple[tuple[str, float], ...]
"""(name, value) in the order of the contract."""


def find_metrics(given: MetricInput, names: Sequence[str]) -> tuple[MetricGroup, ...]:
    """The groups of that name, in the order asked for. KeyError for a name that is none."""
    return tuple(MetricGroup(name, _GROUPS[name](given)) for name in names)


def _overtalk(given: MetricInput) -> Values:
    sides = given.sides
    if sides.agent is None or sides.caller is None:
        return tuple((name, 0.0) for name in _OVERTALK_NAMES)
    by_agent: list[Span] = []
    by_caller: list[Span] = []
    for agent in sides.agent.talk:
        for caller in sides.caller.talk:
            both = Span(max(agent.start_ms, caller.start_ms), min(agent.end_ms, caller.end_ms))
            if both.end_ms - both.start_ms >= _MIN_OVERTALK_MS:
                # Who comes in second talks over the other.
                (by_agent if agent.start_ms > caller.start_ms else by_caller).append(both)
    values = (
        len(by_agent) + len(by_caller),
        len(by_agent),
        len(by_caller),
        _ratio(_length_ms(by_agent) + _length_ms(by_caller), sides.duration_ms),
        _ratio(_length_ms(by_agent), sides.duration_ms),
        _ratio(_length_ms(by_caller), sides.duration_ms),
    )
    return tuple(zip(_OVERTALK_NAMES, map(float, values), strict=True))


_UNCHANGED = 1.0
_OVERTALK_NAMES = tuple(name for name, _ in METRICS[OVERTALK])


def _talk_time(given: MetricInput) -> Values:
    sides = given.sides
    talk = merge(span for side in sides.all for span in side.talk)
    silences = _silences(talk, sides.duration_ms)
    agent, caller = sides.agent, sides.caller
    agent_rate, caller_rate = _talk_rate(agent), _talk_rate(caller)
    everybody = [streak for side in sides.all for streak in _streaks_s(side)]
    return (
        ("agent-talk-ratio", _share(agent, talk)),
        ("caller-talk-ratio", _share(caller, talk)),
        ("silence-ratio", _ratio(_length_ms(silences), sides.duration_ms)),
        ("silence-incidents", float(sum(one.end_ms - one.start_ms > SILENCE_MS for one in silences))),
        ("agent-talk-rate", agent_rate),
        ("caller-talk-rate", caller_rate),
        ("agent-to-caller-talk-rate-ratio", round(agent_rate / caller_rate, 2) if caller_rate else 0.0),
        ("agent-intra-call-change-in-talk-rate", _rate_change(agent, sides.duration_ms)),
        ("caller-intra-call-change-in-talk-rate", _rate_change(caller, sides.duration_ms)),
        *_streak_values("agent-", _streaks_s(agent)),
        *_streak_values("caller-", _streaks_s(caller)),
        *_streak_values("", everybody),
    )


def _silences(talk: Sequence[Span], duration_ms: int) -> list[Span]:
    """The stretches in which nobody talks, also before the first and after the last word."""
    edges = [0, *(edge for span in talk for edge in (span.start_ms, span.end_ms)), duration_ms]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return [Span(start, end) for start, end in gaps if end > start]


def _share(side: Side | None, talk: Sequence[Span]) -> float:
    return _ratio(_length_ms(side.talk), _length_ms(talk)) if side is not None else 0.0


def _talk_rate(side: Side | None, within: Span | None = None) -> float:
    """Words a minute of the side's own talking, a whole number."""
    if side is None:
        return 0.0
    words = [word for word in side.words if within is None or within.start_ms <= word.start_ms < within.end_ms]
    talk = side.talk if within is None else [_cut(span, within) for span in side.talk]
    talk_ms = sum(max(0, span.end_ms - span.start_ms) for span in talk)
    return float(round(len(words) * 60_000 / talk_ms)) if talk_ms else 0.0


def _rate_change(side: Side | None, duration_ms: int) -> float:
    """The rate in the last third of the call against that in the first.

    Who is silent in one of them has no rate there: nothing is known to have changed, 1.0; 0.0 for a side without words.
    """
    third = duration_ms // 3
    first = _talk_rate(side, Span(0, third))
    last = _talk_rate(side, Span(duration_ms - third, duration_ms))
    if not (first and last):
        return _UNCHANGED if _talk_rate(side) else 0.0
    return round(last / first, 2)


def _cut(span: Span, within: Span) -> Span:
    return Span(max(span.start_ms, within.start_ms), min(span.end_ms, within.end_ms))


def _streaks_s(side: Side | None) -> list[float]:
    if side is None:
        return []
    said = merge(Span(word.start_ms, word.end_ms) for word in side.words)
    spans = merge(touching(side.talk, said), STREAK_PAUSE_MS - 1)
    return [(span.end_ms - span.start_ms) / 1000 for span in spans]


def _streak_values(prefix: str, streaks_s: Sequence[float]) -> Values:
    return (
        (f"{prefix}average-streak", round(statistics.fmean(streaks_s), 2) if streaks_s else 0.0),
        (f"{prefix}longest-streak", round(max(streaks_s), 2) if streaks_s else 0.0),
        (f"{prefix}median-streak", round(statistics.median(streaks_s), 2) if streaks_s else 0.0),
    )


def _style(given: MetricInput) -> Values:
    agent, caller = given.sides.agent, given.sides.caller
    sides = (("agent", agent, _REFERENCE_AGENT_VOLUME), ("caller", caller, _REFERENCE_CALLER_VOLUME))
    changes = tuple(
        (f"{name}-intra-call-change-in-{what}", _change(value_of(side)))
        for what, value_of in (("pitch", _pitches), ("relative-voice-volume-energy", _volumes))
        for name, side, _ in sides
    )
    volumes = tuple(
        (f"{name}-relative-voice-volume-energy", round(_mean(_volumes(side)) / reference, 2))
        for name, side, reference in sides
    )
    dynamism = tuple(
        (f"{name}-voice-dynamism-std-dev-score", round(statistics.pstdev(_volumes(side) or [0.0]), 2))
        for name, side, _ in sides
    )
    return (*changes, *volumes, *dynamism)


def _pitches(side: Side | None) -> list[float]:
    """Of voiced words: an unvoiced one has no pitch."""
    return [word.voice.peaks[0][0] for word in _voiced(side) if word.voice and word.voice.peaks[0][0] > 0]


def _volumes(side: Side | None) -> list[float]:
    return [word.voice.volume for word in _voiced(side) if word.voice]


def _voiced(side: Side | None) -> Sequence[Word]:
    return () if side is None else [word for word in side.words if word.voice is not None]


def _change(values: Sequence[float]) -> float:
    """The mean of the last third against that of the first; 0.0 where there are fewer than three."""
    third = len(values) // 3
    first = _mean(values[:third])
    return round(_mean(values[-third:]) / first, 2) if third and first else 0.0


def _mean(values: Sequence[float]) -> float:
    return statistics.fmean(values) if values else 0.0


def _sentiment(given: MetricInput) -> Values:
    sides, sentences = given.sides, given.sentences
    everybody = [one.score for one in sentences]
    by_side = {
        name: [one.score for one in sentences if side is not None and one.channel == side.channel]
        for name, side in (("agent", sides.agent), ("caller", sides.caller))
    }
    groups = (("call", "", everybody), ("agent", "agent-", by_side["agent"]), ("caller", "caller-", by_side["caller"]))
    return (
        *((f"{name}-sentiment", _score(_mean(scores))) for name, _, scores in groups),
        *((f"{prefix}start-sentiment", _score(_mean(_first_third(scores)))) for _, prefix, scores in groups),
        *((f"{prefix}end-sentiment", _score(_mean(_last_third(scores)))) for _, prefix, scores in groups),
        ("call-change-in-sentiment", _sentiment_change(everybody)),
        ("agent-intra-call-change-in-sentiment", _sentiment_change(by_side["agent"])),
        ("caller-intra-call-change-in-sentiment", _sentiment_change(by_side["caller"])),
    )


def _sentiment_change(scores: Sequence[float]) -> float:
    """End minus start (docs/contract/open-questions.md 26)."""
    return _score(_mean(_last_third(scores)) - _mean(_first_third(scores)))


def _score(value: float) -> float:
    """With two decimals; never -0.0, which a reader takes for a mistake."""
    return round(value, 2) + 0.0


def _first_third(scores: Sequence[float]) -> Sequence[float]:
    """At least one sentence where there is one."""
    return scores[: max(1, len(scores) // 3)]


def _last_third(scores: Sequence[float]) -> Sequence[float]:
    return scores[-max(1, len(scores) // 3) :]


def _length_ms(spans: Sequence[Span]) -> int:
    return sum(span.end_ms - span.start_ms for span in spans)


def _ratio(part: int, whole: int) -> float:
    return round(part / whole, 2) if whole else 0.0


_GROUPS: dict[str, Callable[[MetricInput], Values]] = {
    OVERTALK: _overtalk,
    SENTIMENT: _sentiment,
    STYLE: _style,
    RATE: _talk_time,
}
