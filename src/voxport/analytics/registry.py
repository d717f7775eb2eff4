"""All findings in the order in which they are made: one row and one file each.

A new finding is a file in this room, a value in `core/findings.py`, what asks for it in `core/plan.py`, a row here, and
its section in `wire/`. Files are imported when their finding is asked for: some load a model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from voxport.analytics.call_text import CallText
from voxport.core.analytics_plan import AnalyticsPlan
from voxport.core.findings import Findings
from voxport.core.metric_names import SENTIMENT

if TYPE_CHECKING:
    from voxport.analytics.conversation_metrics import ScoredSentence


@dataclass(frozen=True, slots=True)
class AnalysedCall:
    """What findings are made from."""

    text: CallText
    """The redacted transcript, made ready for reading; every finding reads the same one."""
    asked: AnalyticsPlan
    duration_ms: int
    """Of the recording."""
    models: Mapping[str, bytes] = field(default_factory=dict)
    """Stored models of classifiers by their SHA-256; one that is not there says nothing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of finding. Findings do not know of each other; what was found before is handed on unchanged."""

    name: str
    """The field of `Findings` that it fills."""
    is_asked: Callable[[AnalyticsPlan], bool]
    add: Callable[[AnalysedCall, Findings], Findings]
    """Gives the findings with that field filled. What it raises fails the analysis."""


def _add_knowledge(call: AnalysedCall, findings: Findings) -> Findings:
    from voxport.analytics.knowledge import find_knowledge

    return replace(findings, knowledge=find_knowledge(call.text))


def _add_spotting(call: AnalysedCall, findings: Findings) -> Findings:
    from voxport.analytics.spotting import find_spotted_groups

    return replace(findings, spotting=find_spotted_groups(call.text, call.asked.spotting))


def _add_entities(call: AnalysedCall, findings: Findings) -> Findings:
    from voxport.analytics.entities import find_entities

    return replace(findings, entities=find_entities(call.text))


def _add_sentiments(call: AnalysedCall, findings: Findings) -> Findings:
    from voxport.analytics.sentiment import find_sentiments

    return replace(findings, sentiments=find_sentiments(call.text))


def _add_verb_noun_pairs(call: AnalysedCall, findings: Findings) -> Findings:
    from voxport.analytics.verb_noun import find_verb_noun_pairs

    return replace(findings, verb_noun_pairs=find_verb_noun_pairs(call.text))


def _add_metrics(call: AnalysedCall, findings: Findings) -> Findings:
    from voxport.analytics.conversation_metrics import MetricInput, find_metrics
    from voxport.analytics.sides import sides_of

    sentences = _scored_sentences(call.text) if SENTIMENT in call.asked.metrics else ()
    given = MetricInput(sides_of(call.text.transcript, call.duration_ms), sentences)
    return replace(findings, metrics=find_metrics(given, call.asked.metrics))


def _scored_sentences(text: CallText) -> tuple[ScoredSentence, ...]:
    """In order of time."""
    from voxport.analytics.conversation_metrics import ScoredSentence
    from voxport.analytics.sentiment import sentence_scores

    scored = [
        ScoredSentence(one.sentence.channel, one.sentence.span.start_ms, one.value) for one in sentence_scores(text)
    ]
    return tuple(sorted(scored, key=lambda one: one.start_ms))


def _add_classifications(call: AnalysedCall, findings: Findings) -> Findings:
    from voxport.analytics.classification.classification import classify

    return replace(findings, classifications=classify(call.text, call.asked.classifiers, call.models))


FINDINGS: tuple[Finding, ...] = (
    Finding("knowledge", lambda asked: asked.discovery, _add_knowledge),
    Finding("spotting", lambda asked: bool(asked.spotting), _add_spotting),
    Finding("entities", lambda asked: asked.entities, _add_entities),
    Finding("sentiments", lambda asked: asked.sentiments, _add_sentiments),
    Finding("verb_noun_pairs", lambda asked: asked.verb_noun_pairs, _add_verb_noun_pairs),
    Finding("metrics", lambda asked: bool(asked.metrics), _add_metrics),
    Finding("classifications", lambda asked: bool(asked.classifiers), _add_classifications),
)
