"""Metrics of a call as people read them: counts whole, shares in per cent, times and rates with their units."""

from __future__ import annotations

from collections.abc import Mapping

from voxport.core.metric_names import METRICS

DESCRIPTIONS: Mapping[str, str] = {name: text for group in METRICS.values() for name, text in group}
"""What each metric says, in one line."""
_TIMES_AS_MUCH = "agent-to-caller-talk-rate-ratio"
"""A ratio that is no share of anything."""


def shown_metric(name: str, value: float) -> str:
    """The value of the metric `name`, with its unit where it has one."""
    if name.endswith("-incidents"):
        return f"{value:.0f}"
    if name.endswith("-streak"):
        return f"{value:.1f} s"
    if ("-change-in-" in name and "sentiment" not in name) or name == _TIMES_AS_MUCH:
        return f"{value:.2f} times"
    if name.endswith("-talk-rate"):
        return f"{value:.0f} words/min"
    if name.endswith("-ratio"):
        return f"{100 * value:.1f} %"
    if "sentiment" in name:
        return f"{value:+.2f}"
    return f"{value:.2f}"
