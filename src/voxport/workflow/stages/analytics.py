"""The stage that says what a call was about, from the transcript as the customer sees it: redacted."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from voxport.analytics.analysis import analyse
from voxport.core.artefacts import (
    decoded_from_json,
    transcript_from_json,
    transcript_to_json,
)
from voxport.core.audio import PcmSource
from voxport.core.classifiers import model_key
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.core.findings import Findings, findings_from_json, findings_to_json
from voxport.core.plan import VOICE_FEATURES
from voxport.core.transcript import Transcript
from voxport.workflow.categories import categorised
from voxport.workflow.stage_run import StageRun
from voxport.workflow.working_audio import channels_of

_GONE = "The classifier {name} {version} is gone, so it says nothing of this call."


async def analyse_call(run: StageRun) -> None:
    """Adds to transcript and findings what the plan asks for; done again from the same input it gives the same."""
    models = await asyncio.to_thread(_models, run)
    for plan in run.media.plan.analytics.classifiers:
        if plan.sha256 not in models:
            warning = Problem(Code.CLASSIFIER_UNSUPPORTED, _GONE.format(name=plan.name, version=plan.version))
            await run.deps.store.media.add_warning(run.media.id, warning)
    transcript, findings = await run.in_thread(lambda: _analyse(run, models))
    if run.media.plan.analytics.categories:
        findings = await categorised(run, transcript, findings)
    await asyncio.to_thread(run.deps.blobs.put, run.media.paths.findings, findings_to_json(findings))


def _models(run: StageRun) -> dict[str, bytes]:
    """Stored models of the plan's classifiers by their SHA-256, without those that are gone or not what they were."""
    found = {}
    for plan in run.media.plan.analytics.classifiers:
        stored = run.deps.blobs.get(model_key(run.media.organization.id, plan.id, plan.version))
        if stored is not None and hashlib.sha256(stored).hexdigest() == plan.sha256:
            found[plan.sha256] = stored
    return found


def _analyse(run: StageRun, models: Mapping[str, bytes]) -> tuple[Transcript, Findings]:
    """The transcript, which is stored, and what is found in it."""
    blobs, media = run.deps.blobs, run.media
    text_at, found_at = media.paths.transcript, media.paths.findings
    transcript, findings = blobs.get(text_at), blobs.get(found_at)
    if transcript is None or findings is None:
        raise FileNotFoundError("the text that was to be analysed is gone")
    with _sources(run) as sources:
        analysed, found = analyse(
            transcript_from_json(transcript),
            findings_from_json(findings),
            media.plan,
            media.duration_ms or 0,
            sources,
            models,
        )
    blobs.put(text_at, transcript_to_json(analysed))
    return analysed, found


@contextmanager
def _sources(run: StageRun) -> Iterator[dict[int, PcmSource]]:
    """The sound of each channel; none where it is not asked for."""
    data = run.deps.blobs.get(run.media.paths.decoded)
    if VOICE_FEATURES not in run.media.plan.speech.features or data is None:
        yield {}
        return
    with channels_of(run, decoded_from_json(data)) as channels:
        yield {channel.decoded.index: channel.source for channel in channels}
