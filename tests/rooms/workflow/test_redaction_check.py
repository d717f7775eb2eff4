"""The last look at redacted audio: what can still be heard there fails the media."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.sample_call import whole_call
from voxport.core.artefacts import (
    AudioForm,
    RunPaths,
    audio_form_to_json,
    original_key,
    transcript_to_json,
)
from voxport.core.media import Media, MediaStatus, StepStatus
from voxport.core.plan import AudioRedactor, ChannelPlan, DetectorPlan, IngestPlan, Plan
from voxport.core.stages import Step, first_steps, job_of
from voxport.core.transcript import Transcript, Turn, Word
from voxport.speech.engines.faster_whisper import FasterWhisperModel
from voxport.speech.models import locate
from voxport.speech.options import EngineOptions
from voxport.speech.recognizer import Recognizer
from voxport.storage.records import NewMedia
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.story import register

QUEUES = ["speech", "analysis"]
PLAN = Plan(
    ingest=IngestPlan(channels=(ChannelPlan("Agent"), ChannelPlan("Caller"))),
    detectors=(DetectorPlan("PCI", replacement="[redacted]", audio=AudioRedactor(270, 0.3)),),
)
# As it was recognised; the truth file of the sample call says when.
ASKED = [("Which", 25_400), ("card", 25_800), ("number", 26_200)]
SAID = [("4111", 29_300), ("1111", 30_600), ("1111", 31_900), ("1111", 33_200)]


def words(said: list[tuple[str, int]], length_ms: int) -> tuple[Word, ...]:
    return tuple(Word(text, start_ms, start_ms + length_ms, 0.9) for text, start_ms in said)


HEARD = Transcript(
    language="en-US",
    turns=(Turn(0, "Agent", words(ASKED, 300)), Turn(1, "Caller", words(SAID, 1_250))),
    voice_activity=(),
    engine="test",
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recognizer]:
    folder: Path = tmp_path_factory.mktemp("models")
    recognizer = Recognizer(FasterWhisperModel(locate("tiny.en", folder), EngineOptions(device="cpu")))
    yield recognizer
    recognizer.close()


@pytest.fixture
async def hearing(deps: Dependencies, tiny: Recognizer) -> Dependencies:
    return replace(deps, recognizer=lambda: tiny)


async def recognised(deps: Dependencies, plan: Plan = PLAN, heard: Transcript = HEARD) -> Media:
    """A recording that has come as far as its transcript as it was heard."""
    acme = await deps.store.organizations.create("Acme")
    new = NewMedia(acme.id, plan, first_steps(plan, fetches=False))
    async with deps.store.transaction() as connection:
        await deps.store.media.insert(connection, new)
    await deps.store.media.set_probe(new.id, content_type="audio/flac", duration_ms=49_533)
    deps.blobs.put(original_key(new.id), whole_call())
    deps.blobs.put(RunPaths(new.id, 1).heard, transcript_to_json(heard))
    media = await deps.store.media.get(new.id)
    assert media is not None
    return media


async def after(deps: Dependencies, media: Media, step: Step) -> Media:
    """The media when that job and all that follow have run."""
    register(deps.engine, deps)
    await deps.engine.defer(job_of(step), media.id)
    await deps.engine.app.run_worker_async(queues=QUEUES, wait=False, install_signal_handlers=False)
    ended = await deps.store.media.get(media.id)
    assert ended is not None
    return ended


def steps(media: Media) -> dict[Step, StepStatus]:
    return {step.step: step.status for step in media.steps}


async def test_audio_in_which_the_number_can_be_heard_fails_the_media(hearing: Dependencies) -> None:
    media = await recognised(hearing)
    hearing.blobs.put(RunPaths(media.id, 1).written_audio, whole_call())
    hearing.blobs.put(RunPaths(media.id, 1).written_audio_form, audio_form_to_json(AudioForm("audio/flac", "flac")))
    ended = await after(hearing, media, Step.CHECK)
    assert ended.status is MediaStatus.FAILED
    (problem,) = ended.errors
    assert problem.code == 50011
    assert "still be heard" in problem.message
    assert "1111" not in problem.message
    assert steps(ended)[Step.CHECK] is StepStatus.FAILED
    assert steps(ended)[Step.PUBLISH] is StepStatus.SKIPPED
    left = [RunPaths(media.id, 1).heard, RunPaths(media.id, 1).written_audio, RunPaths(media.id, 1).written_audio_form]
    assert not any(hearing.blobs.exists(key) for key in left)


async def test_covered_audio_passes_it(hearing: Dependencies) -> None:
    media = await recognised(hearing)
    ended = await after(hearing, media, Step.TEXT)
    assert ended.status is MediaStatus.FINISHED
    assert {steps(ended)[step] for step in (Step.TEXT, Step.AUDIO, Step.CHECK)} == {StepStatus.COMPLETED}
    assert not hearing.blobs.exists(RunPaths(media.id, 1).heard)
    assert list(hearing.blobs.sizes(RunPaths(media.id, 1).working)) == []
    assert hearing.working_audio.held_bytes == 0


async def test_a_check_that_is_off_is_not_shown_as_made(deps: Dependencies) -> None:
    """Its recogniser would fail the test."""
    unchecked = replace(deps, options=replace(deps.options, check_redaction=False))
    ended = await after(unchecked, await recognised(unchecked), Step.TEXT)
    assert ended.status is MediaStatus.FINISHED
    assert steps(ended)[Step.CHECK] is StepStatus.SKIPPED


async def test_the_original_is_erased_where_the_server_is_told_to(deps: Dependencies) -> None:
    erasing = replace(deps, options=replace(deps.options, check_redaction=False, erase_original=True))
    media = await recognised(erasing)
    assert (await after(erasing, media, Step.TEXT)).status is MediaStatus.FINISHED
    assert not erasing.blobs.exists(original_key(media.id))
    assert erasing.blobs.exists(RunPaths(media.id, 1).written_audio)


async def test_what_processing_left_goes_when_its_end_had_met_a_fault(
    deps: Dependencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store is away just when a media has failed: the job comes again and tidies up."""
    media = await recognised(deps)
    deps.blobs.put(RunPaths(media.id, 1).heard, b"not a transcript")
    real, faults = deps.blobs.delete_prefix, [OSError("the store is away")]

    def delete_prefix(prefix: str) -> None:
        if faults:
            raise faults.pop()
        real(prefix)

    monkeypatch.setattr(deps.blobs, "delete_prefix", delete_prefix)
    monkeypatch.setattr("voxport.workflow.stage_run.MAX_FAULTS", 1)
    monkeypatch.setattr("voxport.workflow.stage_run.backoff_s", lambda _: 0.0)
    ended = await after(deps, media, Step.TEXT)
    assert ended.status is MediaStatus.FAILED
    assert faults == []
    assert not deps.blobs.exists(RunPaths(media.id, 1).heard)
