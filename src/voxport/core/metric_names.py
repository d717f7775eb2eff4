"""The conversation metrics there are: 44 in four groups, each with what it says in one line.

Source: docs/contract/v3-results.md section 12.

How they are computed is the room of analytics; a test holds both against each other.
"""

from __future__ import annotations

OVERTALK = "overtalk"
SENTIMENT = "sentiment"
STYLE = "talk-style-tone-and-volume"
RATE = "talk-time-and-rate"

_SIDES = ("agent", "caller")
_VOLUME = "relative-voice-volume-energy"


def _by_side(name: str, description: str) -> tuple[tuple[str, str], ...]:
    """The metric of both sides; `{}` stands for who it is about."""
    return tuple((name.format(side), description.format(side)) for side in _SIDES)


METRICS: dict[str, tuple[tuple[str, str], ...]] = {
    OVERTALK: (
        ("overtalk-incidents", "How often agent and caller spoke at once."),
        ("agent-overtalk-incidents", "How often the agent began while the caller was speaking."),
        ("caller-overtalk-incidents", "How often the caller began while the agent was speaking."),
        ("overtalk-ratio", "Share of the call in which both spoke, 0 to 1."),
        ("agent-overtalk-ratio", "Share of the call in which the agent talked over the caller, 0 to 1."),
        ("caller-overtalk-ratio", "Share of the call in which the caller talked over the agent, 0 to 1."),
    ),
    SENTIMENT: (
        ("call-sentiment", "Mean sentiment of all sentences, -1 to 1."),
        *_by_side("{}-sentiment", "Mean sentiment of the sentences of the {}, -1 to 1."),
        ("start-sentiment", "Mean sentiment of the first third of all sentences, -1 to 1."),
        *_by_side("{}-start-sentiment", "Mean sentiment of the first third of the sentences of the {}, -1 to 1."),
        ("end-sentiment", "Mean sentiment of the last third of all sentences, -1 to 1."),
        *_by_side("{}-end-sentiment", "Mean sentiment of the last third of the sentences of the {}, -1 to 1."),
        ("call-change-in-sentiment", "Sentiment at the end less that at the start, -2 to 2."),
        *_by_side(
            "{}-intra-call-change-in-sentiment", "Sentiment of the {} at the end less that at the start, -2 to 2."
        ),
    ),
    STYLE: (
        *_by_side(
            "{}-intra-call-change-in-pitch", "Mean pitch of the last third of the words of the {} against the first."
        ),
        *_by_side(
            f"{{}}-intra-call-change-in-{_VOLUME}",
            "Mean volume of the last third of the words of the {} against the first.",
        ),
        *_by_side(f"{{}}-{_VOLUME}", "Mean word volume of the {0} against that of a reference {0}."),
        *_by_side("{}-voice-dynamism-std-dev-score", "Standard deviation of the word volume of the {}."),
    ),
    RATE: (
        *_by_side("{}-talk-ratio", "Share of the time with speech in which the {} spoke, 0 to 1."),
        ("silence-ratio", "Share of the call in which nobody spoke, 0 to 1."),
        ("silence-incidents", "How often nobody spoke for more than 4 seconds."),
        *_by_side("{}-talk-rate", "Words a minute of the talking of the {}."),
        ("agent-to-caller-talk-rate-ratio", "Talk rate of the agent against that of the caller."),
        *_by_side("{}-intra-call-change-in-talk-rate", "Talk rate of the {} in the last third against the first."),
        *(
            metric
            for side in _SIDES
            for metric in (
                (f"{side}-average-streak", f"Mean length of the streaks of the {side}, in seconds."),
                (f"{side}-longest-streak", f"Longest streak of the {side}, in seconds."),
                (f"{side}-median-streak", f"Median length of the streaks of the {side}, in seconds."),
            )
        ),
        ("average-streak", "Mean length of the streaks of both, in seconds."),
        ("longest-streak", "Longest streak of both, in seconds."),
        ("median-streak", "Median length of the streaks of both, in seconds."),
    ),
}
"""Name and description of each metric by group, in the order in which results have them."""
