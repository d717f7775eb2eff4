"""Names and texts that would be programs where a page did not escape them, in every place that others write to."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace

from tests.rooms.api.served import Customer
from tests.rooms.console.visits import tone
from tests.rooms.wire.analysed import analysed_findings, analysed_transcript
from voxport.core.artefacts import RunPaths
from voxport.core.findings import (
    DetectedSegment,
    Detection,
    Findings,
    Keyword,
    Knowledge,
    Mention,
    Occurrence,
    SpottedGroup,
    Topic,
)
from voxport.core.transcript import Span, Transcript, VoiceActivity

PAYLOADS = (
    "<script>window.ran = 1</script>",
    '"><script>window.ran = 1</script>',
    "<img src=x onerror=window.ran=1>",
    "' onmouseover='window.ran=1' autofocus onfocus='window.ran=1",
    "</title><svg onload=window.ran=1>",
    "</textarea></pre><svg/onload=window.ran=1>",
    "javascript:window.ran=1//",
    "{{ 7 * 7 }}{% raw %}<script>window.ran=1</script>",
    "<a hx-get='/console/sign-in' hx-trigger='load' hx-target='body'>x</a>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "<details open ontoggle=window.ran=1>",
    "\u2028<script>window.ran=1</script>\u202e",
)
"""Each stands in a dozen places of its call."""
HOOK = "https://hooks.example/in"
_REDACTION = {"detectors": [{"detectorName": "PCI", "redactor": {"audio": {"tone": 270, "gain": 0.5}}}]}


def hostile_call(customer: Customer, payload: str) -> str:
    """A finished call in which everything that a customer, a caller or a model writes is `payload`."""
    media_id = customer.accepted(
        tone(1),
        metadata=json.dumps({"title": payload, "externalId": payload, "extended": {payload: payload}}),
        configuration=json.dumps({"prediction": _REDACTION, "publish": {"callbacks": [{"url": HOOK}]}}),
    )
    customer.served.blobs.put(RunPaths(uuid.UUID(media_id), 1).written_audio, tone(1))
    customer.finish(media_id, _transcript(payload), _findings(payload), length_ms=14_000)
    return media_id


def _transcript(payload: str) -> Transcript:
    transcript = analysed_transcript()
    turns = tuple(
        replace(turn, speaker=payload, words=(replace(turn.words[0], text=payload), *turn.words[1:]))
        for turn in transcript.turns
    )
    return replace(transcript, turns=turns, voice_activity=(VoiceActivity(0, payload, (Span(480, 3800),)),))


def _findings(payload: str) -> Findings:
    findings = analysed_findings()
    keyword = Keyword(payload, 1.0, (Mention(payload, (Occurrence(Span(1700, 1949), payload),)),))
    redacted = DetectedSegment(1, payload, (Occurrence(Span(7700, 7949), ""),))
    entities = tuple(replace(one, text=payload, formatted=payload) for one in findings.entities or ())
    return replace(
        findings,
        detections=(Detection("PCI", "PCI", (redacted,)),),
        knowledge=Knowledge((keyword,), (Topic(payload, 1.0, (keyword,)),)),
        spotting=(SpottedGroup(payload, True, 0.9, (keyword,)),),
        entities=entities,
        sentiments=tuple(replace(one, speaker=payload) for one in findings.sentiments or ()),
    )
