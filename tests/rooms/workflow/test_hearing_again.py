"""Digits that were written as something else are recognised once more, in a first run and in a further one."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest

from tests.rooms.workflow.test_redaction_check import PLAN, after, recognised, steps, tiny, words
from voxport.core.artefacts import RunPaths, transcript_from_json
from voxport.core.media import MediaStatus, StepStatus
from voxport.core.plan import Plan, RunBefore
from voxport.core.spans import overlaps
from voxport.core.stages import Step
from voxport.core.submission import FurtherRun
from voxport.core.transcript import Span, Transcript, Turn
from voxport.redaction.detection import detect
from voxport.speech.recognizer import Recognizer
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.intake import Intake
from voxport.workflow.stage_run import StageJob, StageRun
from voxport.workflow.stages import speech
from voxport.workflow.stages.ingest import decode_recording
from voxport.workflow.stages.starting_point import read_start

__all__ = ["tiny"]
QUEUES = ["speech", "analysis"]
ASKED = [("It", 24_600), ("is", 24_800), ("the", 25_000), ("card", 25_200), ("fee", 25_400)]
BENT = [("My", 28_500), ("phone", 28_800), ("is", 29_000), ("411-111-1111", 29_300)]
"""What the sample call says there is a card number."""
HEARD = Transcript(
    "en-US",
    (Turn(0, "Agent", words(ASKED, 180)), Turn(1, "Caller", (*words(BENT[:3], 180), *words(BENT[3:], 4_800)))),
    (),
    "test",
)


def test_without_it_the_number_stays() -> None:
    number = HEARD.turns[1].words[-1]
    covered = detect(HEARD, PLAN.detectors, 49_533).covered
    assert not overlaps(Span(number.start_ms, number.end_ms), covered)


async def test_a_further_run_covers_what_only_the_second_pass_hears(deps: Dependencies, tiny: Recognizer) -> None:
    hearing = replace(deps, recognizer=lambda: tiny)
    media = await after(hearing, await recognised(hearing, Plan(ingest=PLAN.ingest), HEARD), Step.TEXT)
    plan = replace(PLAN, before=RunBefore(1))
    assert await Intake(hearing.store, hearing.blobs, hearing.engine).run_again(
        FurtherRun(media.id, media.organization.id, 1, plan)
    )
    await hearing.engine.app.run_worker_async(queues=QUEUES, wait=False, install_signal_handlers=False)
    ended = await hearing.store.media.get(media.id)
    assert ended is not None
    assert (ended.status, ended.errors) == (MediaStatus.FINISHED, ())
    assert steps(ended)[Step.HEAR_AGAIN] is StepStatus.COMPLETED
    shown = hearing.blobs.get(RunPaths(media.id, 2).transcript)
    assert shown is not None
    said = [word.text for turn in transcript_from_json(shown).turns for word in turn.words]
    assert "411-111-1111" not in said
    assert "[redacted]" in said
    assert list(hearing.blobs.sizes(RunPaths(media.id, 2).working)) == []


async def test_a_first_run_keeps_it_for_the_stages_that_detect(
    deps: Dependencies, tiny: Recognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recognition is made to bend the number; the second pass is that of the model."""
    monkeypatch.setattr(speech, "transcribe", lambda *_, **__: HEARD)
    hearing = replace(deps, recognizer=lambda: tiny)
    media = await recognised(hearing)
    hearing.blobs.delete(media.paths.heard)
    run = StageRun(hearing, media, StageJob(media_id=media.id, step=Step.INGEST, run=1, priority=0, faults=0), Event())
    await decode_recording(run)
    await speech.recognise_speech(run)
    second = read_start(hearing.blobs, media).second
    assert second is not None
    digits = "".join(sign for word in second.words for sign in word.text if sign.isdecimal())
    assert "1111111" in digits
    assert "411-111-1111" not in [word.text for word in second.words]
