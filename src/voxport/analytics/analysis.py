"""All that analysis is asked for, in one pass: the call is read once, and only what is needed is loaded."""

from __future__ import annotations

from collections.abc import Mapping

from voxport.analytics.call_text import CallText
from voxport.analytics.registry import FINDINGS, AnalysedCall
from voxport.analytics.voice_features import with_voice_features
from voxport.core.audio import PcmSource
from voxport.core.findings import Findings
from voxport.core.plan import VOICE_FEATURES, Plan
from voxport.core.transcript import Transcript


def analyse(
    transcript: Transcript,
    findings: Findings,
    plan: Plan,
    duration_ms: int,
    sources: Mapping[int, PcmSource],
    models: Mapping[str, bytes] | None = None,
) -> tuple[Transcript, Findings]:
    """The transcript with voice features where they are asked for, and `findings` with what else is.

    `transcript` must be the redacted one, and `findings` that of its redaction. `sources` has the sound of the channels
    by index; nothing is read of it unless voice features are asked for. `models` are those of the plan's classifiers,
    by their SHA-256. A failing part raises; nothing is half done.
    """
    if VOICE_FEATURES in plan.speech.features:
        transcript = with_voice_features(transcript, sources, findings.covered)
    text = CallText(transcript, findings.covered, _replacements(plan))
    call = AnalysedCall(text, plan.analytics, duration_ms, models or {})
    for finding in FINDINGS:
        if finding.is_asked(plan.analytics):
            findings = finding.add(call, findings)
    return transcript, findings


def _replacements(plan: Plan) -> set[str]:
    """What stands in the transcript for what was covered, now and before."""
    now = {detector.replacement for detector in plan.detectors if detector.replacement is not None}
    return now if plan.before is None else now | set(plan.before.replacements)
