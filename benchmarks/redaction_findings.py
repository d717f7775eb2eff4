"""What findings still tell of a secret: keywords, topics, entities, verb-noun pairs and the words that search asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from benchmarks.redaction_measures import Region
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
_COMMON = frozenset(
    (
        *("gmail", "yahoo", "outlook", "hotmail", "street", "avenue", "road", "lane", "drive", "court", "circle"),
        *("place", "apartment", "unit", "underscore", "hyphen", "dash", "word", "that", "number"),
        *("calle", "avenida", "apartamento", "segundo", "guion", "arroba", "punto", "todo", "junto", "número"),
    )
)
"""Words of addresses of either kind that everybody says: they tell none."""
_NO_CENTS = re.compile(r"\.00\b")
"""Cents that nobody said: `$70.00` is written for "seventy dollars"."""


def left_in_findings(
    shown: Transcript,
    detections: Detections,
    plans: tuple[DetectorPlan, ...],
    secrets: Iterable[Region],
    ordinary: frozenset[str] = frozenset(),
    others: frozenset[str] = frozenset(),
) -> int:
    """How many of the secrets are still told by something that analysis or search makes of the words shown.

    `ordinary` are words that are said as no secret, too: an agent may have the first name of the caller. `others` are
    the digits of other numbers of the call: four digits of a card stand in one telephone number of thirty by chance.
    """
    plan = Plan(
        detectors=plans, analytics=AnalyticsPlan(discovery=True, entities=True, sentiments=True, verb_noun_pairs=True)
    )
    covered = Findings(detections.detections, covered=detections.covered)
    duration_ms = max((word.end_ms for word in shown.words), default=0)
    shown, findings = analyse(shown, covered, plan, duration_ms, {})
    told = [*strings_of(asdict(findings)), *(line.text for line in lay_out(shown, findings, plan).lines)]
    return sum(any(tells(text, secret, ordinary, others) for text in told) for secret in secrets)


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


def tells(
    text: str, secret: Region, ordinary: frozenset[str] = frozenset(), others: frozenset[str] = frozenset()
) -> bool:
    """Whether a text holds digits of a secret in a row, in figures or words, or a word of a detail."""
    if secret.digits and _tells_digits(_NO_CENTS.sub("", text), secret.digits, others):
        return True
    if secret.digits and not secret.type.startswith("pii."):
        return False
    words = set(re.findall(rf"\w{{{_LEAST_LETTERS},}}", secret.text.lower())) - _COMMON - set(NUMBER_WORDS) - ordinary
    return not words.isdisjoint(re.findall(r"\w+", text.lower()))


def _tells_digits(text: str, digits: str, others: frozenset[str]) -> bool:
    """Whether digits are told: of many some in a row that no other number holds, of few all where they are a number by
    themselves. Within a longer number two or three digits stand by chance, and nobody can tell that they are others as
    well."""
    said = [NUMBER_WORDS.get(word, re.sub(r"\D", "", word)) for word in text.lower().split()]
    if len(digits) < _LEAST_DIGITS:
        apart = "".join(one if len(one) == 1 else f" {one} " for one in said)
        return digits in apart.split() and digits not in others
    joined = "".join(one or " " for one in said)
    runs = (digits[begin : begin + _LEAST_DIGITS] for begin in range(len(digits) - _LEAST_DIGITS + 1))
    return any(run in joined and not any(run in other for other in others) for run in runs)
