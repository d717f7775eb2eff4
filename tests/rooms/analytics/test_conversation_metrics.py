"""Every metric computed by hand on a call whose sides talk in known stretches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rooms.analytics.calls import call
from voxport.analytics.conversation_metrics import MetricInput, ScoredSentence, find_metrics
from voxport.analytics.sides import RELEASE_MS, Side, Sides, sides_of
from voxport.core.metric_names import METRICS, OVERTALK, RATE, SENTIMENT, STYLE
from voxport.core.transcript import Span, WordVoice

MINUTE_MS = 60_000
AGENT = [(0, 10_000, 30), (19_000, 30_000, 33), (50_000, 60_000, 60)]
CALLER = [(9_000, 12_000, 6), (29_000, 40_000, 22), (41_500, 42_500, 2)]
"""The caller comes in at 9 s and at 29 s while the agent talks; nobody talks 12-19, 40-41.5 and 42.5-50 s."""


def measured(*, stereo: bool = True) -> MetricInput:
    transcript = call(AGENT, CALLER)
    if not stereo:
        transcript = replace(transcript, turns=transcript.turns[:1], voice_activity=transcript.voice_activity[:1])
    return MetricInput(sides_of(transcript, MINUTE_MS))


def values(group: str, of: MetricInput) -> dict[str, float]:
    (found,) = find_metrics(of, (group,))
    assert found.name == group
    return dict(found.values)


def test_overtalk() -> None:
    assert values(OVERTALK, measured()) == {
        "overtalk-incidents": 2.0,
        "agent-overtalk-incidents": 0.0,
        "caller-overtalk-incidents": 2.0,
        "overtalk-ratio": 0.03,
        "agent-overtalk-ratio": 0.0,
        "caller-overtalk-ratio": 0.03,
    }


def test_who_comes_in_second_talks_over_the_other() -> None:
    transcript = call([(5_000, 15_000, 20)], [(0, 8_000, 20), (14_950, 15_000, 1)])
    found = values(OVERTALK, MetricInput(sides_of(transcript, 30_000)))
    assert (found["agent-overtalk-incidents"], found["caller-overtalk-incidents"]) == (1.0, 0.0)
    assert (found["agent-overtalk-ratio"], found["overtalk-ratio"]) == (0.1, 0.1)


def test_talk_time_and_rate() -> None:
    # Somebody talks 0-12, 19-40, 41.5-42.5 and 50-60 s: 44 of 60.
    assert values(RATE, measured()) == {
        "agent-talk-ratio": 0.7,  # 31 of 44 s
        "caller-talk-ratio": 0.34,  # 15 of 44 s
        "silence-ratio": 0.27,  # 16 of 60 s
        "silence-incidents": 2.0,  # 7 s and 7.5 s
        "agent-talk-rate": 238.0,  # 123 words in 31 s
        "caller-talk-rate": 120.0,  # 30 words in 15 s
        "agent-to-caller-talk-rate-ratio": 1.98,
        "agent-intra-call-change-in-talk-rate": 2.0,  # 60 words in 10 s against 33 in 11 s
        "caller-intra-call-change-in-talk-rate": 1.0,
        "agent-average-streak": 10.33,
        "agent-longest-streak": 11.0,
        "agent-median-streak": 10.0,
        "caller-average-streak": 8.25,  # 3 s, and 29 to 42.5 s with a pause below 3 s
        "caller-longest-streak": 13.5,
        "caller-median-streak": 8.25,
        "average-streak": 9.5,
        "longest-streak": 13.5,
        "median-streak": 10.0,
    }


@pytest.mark.parametrize("agent", [[(1_000, 5_000, 12)], [(50_000, 55_000, 12)], [(25_000, 35_000, 30)]])
def test_who_is_silent_in_a_third_has_not_slowed_down(agent: list[tuple[int, int, int]]) -> None:
    found = values(RATE, MetricInput(sides_of(call(agent, [(10_000, 20_000, 20)]), 60_000)))
    assert found["agent-intra-call-change-in-talk-rate"] == 1.0


def test_sentiment() -> None:
    scores = [(0, 0.9), (1, -0.6), (0, 0.3), (1, 0.0), (0, 0.0), (1, 0.6)]
    sentences = tuple(ScoredSentence(channel, at * 1000, score) for at, (channel, score) in enumerate(scores))
    assert values(SENTIMENT, replace(measured(), sentences=sentences)) == {
        "call-sentiment": 0.2,
        "agent-sentiment": 0.4,
        "caller-sentiment": 0.0,
        "start-sentiment": 0.15,
        "agent-start-sentiment": 0.9,
        "caller-start-sentiment": -0.6,
        "end-sentiment": 0.3,
        "agent-end-sentiment": 0.0,
        "caller-end-sentiment": 0.6,
        "call-change-in-sentiment": 0.15,
        "agent-intra-call-change-in-sentiment": -0.9,
        "caller-intra-call-change-in-sentiment": 1.2,
    }


def voiced(side: Side, pitches: tuple[float, float], volumes: tuple[float, float]) -> Side:
    """The first half of the side's words has the first pitch and volume, the rest the second."""
    half = len(side.words) // 2
    words = tuple(
        replace(word, voice=WordVoice(((pitches[at >= half], 0.5), (0.0, 0.0)), volumes[at >= half]))
        for at, word in enumerate(side.words)
    )
    return replace(side, words=words)


def test_style() -> None:
    sides = measured().sides
    assert sides.agent is not None
    assert sides.caller is not None
    agent, caller = voiced(sides.agent, (200.0, 220.0), (4.0, 5.0)), voiced(sides.caller, (100.0, 90.0), (8.0, 8.0))
    found = values(STYLE, MetricInput(Sides(agent, caller, (agent, caller), MINUTE_MS)))
    assert found == {
        "agent-intra-call-change-in-pitch": 1.1,
        "caller-intra-call-change-in-pitch": 0.9,
        "agent-intra-call-change-in-relative-voice-volume-energy": 1.25,
        "caller-intra-call-change-in-relative-voice-volume-energy": 1.0,
        "agent-relative-voice-volume-energy": 1.04,  # 4.504 of 4.33
        "caller-relative-voice-volume-energy": 1.06,
        "agent-voice-dynamism-std-dev-score": 0.5,
        "caller-voice-dynamism-std-dev-score": 0.0,
    }


ONE_SIDED = {
    OVERTALK: {},
    # A voice is heard 0-10, 19-30 and 50-60 s; the words are all in the first ten.
    RATE: {
        "silence-ratio": 0.48,
        "silence-incidents": 2.0,
        "average-streak": 10.0,
        "longest-streak": 10.0,
        "median-streak": 10.0,
    },
    SENTIMENT: {
        "call-sentiment": 0.1,
        "start-sentiment": 0.5,
        "end-sentiment": -0.2,
        "call-change-in-sentiment": -0.7,
    },
    STYLE: {},
}
"""What is said of the whole call needs no second side (docs/contract/v3-results.md section 12, column S)."""


@pytest.mark.parametrize("group", ONE_SIDED)
def test_a_call_with_one_side_has_zeros_for_what_needs_two(group: str) -> None:
    sentences = tuple(ScoredSentence(0, at * 1000, score) for at, score in enumerate((0.5, 0.0, -0.2)))
    found = values(group, replace(measured(stereo=False), sentences=sentences))
    assert {name: value for name, value in found.items() if value} == ONE_SIDED[group]


def test_no_sentiment_is_minus_nothing() -> None:
    sentences = tuple(ScoredSentence(channel, 0, -0.001) for channel in (0, 1))
    found = values(SENTIMENT, replace(measured(), sentences=sentences))
    assert {str(value) for value in found.values()} == {"0.0"}


def test_all_of_them() -> None:
    groups = find_metrics(measured(), (OVERTALK, SENTIMENT, STYLE, RATE))
    names = [name for group in groups for name, _ in group.values]
    assert len(names) == len(set(names)) == 44


@pytest.mark.parametrize(
    ("names", "agent"),
    [
        (("Agent", "Caller"), 0),
        (("Customer", "Representative"), 1),
        (("Call Center", None), 0),
        ((None, "contact-center"), 1),
        (("Speaker1", "Speaker2"), 0),
    ],
)
def test_sides_go_by_their_names_then_by_who_speaks_first(names: tuple[str | None, ...], agent: int) -> None:
    sides = sides_of(call(AGENT, CALLER, *names), MINUTE_MS)
    assert sides.agent is not None
    assert sides.agent.channel == agent


def test_an_empty_call() -> None:
    nothing = MetricInput(sides_of(call([], []), 0))
    for group in find_metrics(nothing, (OVERTALK, SENTIMENT, STYLE, RATE)):
        assert {value for _, value in group.values} == {0.0}


def test_names_and_their_order_are_those_that_are_listed() -> None:
    assert {group: len(METRICS[group]) for group in METRICS} == {OVERTALK: 6, SENTIMENT: 12, STYLE: 8, RATE: 18}
    for group in find_metrics(measured(), tuple(METRICS)):
        assert [name for name, _ in group.values] == [name for name, _ in METRICS[group.name]]


def test_talk_is_where_the_voice_was_heard_from_the_beginning_of_its_first_word() -> None:
    transcript = call([(1_000, 3_000, 4), (9_000, 9_500, 1)], [(20_000, 21_000, 2)])
    heard = (Span(1_400, 3_600 + RELEASE_MS), Span(30_000, 31_000 + RELEASE_MS))
    activity = (replace(transcript.voice_activity[0], spans=heard), transcript.voice_activity[1])
    sides = sides_of(replace(transcript, voice_activity=activity), MINUTE_MS)
    assert sides.agent is not None
    # Softly begun, a last word that ends late, a word that the detector missed, and a voice without words.
    assert sides.agent.talk == (Span(1_000, 3_600), Span(9_000, 9_500), Span(30_000, 31_000))
    found = values(RATE, MetricInput(sides))
    assert (found["agent-longest-streak"], found["agent-average-streak"]) == (2.6, 1.55)
