"""What findings still tell of a secret: keywords, topics, entities, verb-noun pairs and the words that search asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from benchmarks.redaction_measures import Region, longest_run
from benchmarks.redaction_stages import NUMBER_WORDS
from voxport.analytics.analysis import analyse
from voxport.core.analytics_plan import AnalyticsPlan
from voxport.core.findings import Findings
from voxport.core.plan import DetectorPlan, Plan
from voxport.core.transcript import Transcript
from voxport.redaction.covers import Detections
from voxport.search.call_text import lay_out

_LEAST_DIGITS = 4
"""So many digits of a secret in a row, or all of it, are that secret; fewer stand in amounts and times by chance."""
_LEAST_LETTERS = 4
"""Letters of a word of a name, an address or an e-mail address that tells it."""
_COMMON = frozenset({"gmail", "yahoo", "outlook", "hotmail", "street", "avenue", "road", "lane", "drive", "court"})


def left_in_findings(
    shown: Transcript,
    detections: Detections,
    plans: tuple[DetectorPlan, ...],
    secrets: Iterable[Region],
    ordinary: frozenset[str] = frozenset(),
) -> int:
    """How many of the secrets are still told by something that analysis or search makes of the words shown.

    `ordinary` are words that are said as no secret, too: an agent may have the first name of the caller.
    """
    plan = Plan(
        detectors=plans, analytics=AnalyticsPlan(discovery=True, entities=True, sentiments=True, verb_noun_pairs=True)
    )
    covered = Findings(detections.detections, covered=detections.covered)
    duration_ms = max((word.end_ms for word in shown.words), default=0)
    shown, findings = analyse(shown, covered, plan, duration_ms, {})
    told = [*strings_of(asdict(findings)), *(line.text for line in lay_out(shown, findings, plan).lines)]
    return sum(any(tells(text, secret, ordinary) for text in told) for secret in secrets)


def strings_of(value: Any) -> Iterator[str]:
    """Every text in nested values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings_of(inner)


def tells(text: str, secret: Region, ordinary: frozenset[str] = frozenset()) -> bool:
    """Whether a text holds digits of a secret in a row, in figures or words, or a word of a detail."""
    if secret.digits:
        digits = "".join(NUMBER_WORDS.get(word, re.sub(r"\D", "", word) or " ") for word in text.lower().split())
        return longest_run(secret.digits, digits) >= min(_LEAST_DIGITS, len(secret.digits))
    words = set(re.findall(rf"\w{{{_LEAST_LETTERS},}}", secret.text.lower())) - _COMMON - set(NUMBER_WORDS) - ordinary
    return not words.isdisjoint(re.findall(r"\w+", text.lower()))
