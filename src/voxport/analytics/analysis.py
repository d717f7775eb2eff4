"""All that analysis is asked for, in one pass: the call is read once, and only what is needed is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from voxport.analytics.metrics import Measured, ScoredSentence, metric_groups
from voxport.analytics.sentences import Read
from voxport.analytics.sides import sides_of
from voxport.analytics.voice import with_voice
from voxport.core.audio import PcmSource
from voxport.core.findings import Findings
from voxport.core.metric_names import SENTIMENT
from voxport.core.plan import VOICE_FEATURES, Plan
from voxport.core.transcript import Transcript


def analyse(
    transcript: Transcript,
    findings: Findings,
    plan: Plan,
    duration_ms: int,
    sources: Mapping[int, PcmSource],
) -> tuple[Transcript, Findings]:
    """The transcript with voice features where they are asked for, and `findings` with what else is.

    `transcript` must be the redacted one, and `findings` that of its redaction. `sources` has the sound of the channels
    by index; nothing is read of it unless voice features are asked for. A failing part raises; nothing is half done.
    """
    asked = plan.analytics
    if VOICE_FEATURES in plan.speech.features:
        transcript = with_voice(transcript, sources, findings.covered)
    read = Read(transcript, findings.covered, _replacements(plan))
    if asked.discovery:
        from voxport.analytics.knowledge import discover

        findings = replace(findings, knowledge=discover(read))
    if asked.spotting:
        from voxport.analytics.spotting import spot

        findings = replace(findings, spotting=spot(read, asked.spotting))
    if asked.entities:
        from voxport.analytics.entities import find_entities

        findings = replace(findings, entities=find_entities(read))
    if asked.sentiments:
        from voxport.analytics.sentiment import speaker_sentiments

        findings = replace(findings, sentiments=speaker_sentiments(read))
    if asked.verb_noun_pairs:
        from voxport.analytics.verb_noun import verb_noun_pairs

        findings = replace(findings, verb_noun_pairs=verb_noun_pairs(read))
    if asked.metrics:
        measured = Measured(sides_of(transcript, duration_ms), _sentences(read) if SENTIMENT in asked.metrics else ())
        findings = replace(findings, metrics=metric_groups(measured, asked.metrics))
    return transcript, findings


def _replacements(plan: Plan) -> set[str]:
    """What stands in the transcript for what was covered, now and before."""
    now = {detector.replacement for detector in plan.detectors if detector.replacement is not None}
    return now if plan.before is None else now | set(plan.before.replacements)


def _sentences(read: Read) -> tuple[ScoredSentence, ...]:
    from voxport.analytics.sentiment import sentence_scores

    scored = [
        ScoredSentence(one.sentence.channel, one.sentence.span.start_ms, one.value) for one in sentence_scores(read)
    ]
    return tuple(sorted(scored, key=lambda one: one.start_ms))
