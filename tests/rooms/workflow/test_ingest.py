"""The ingest step, run as a worker runs it."""

from __future__ import annotations

import io
import json
import threading
from dataclasses import replace

import av
import numpy as np
import pytest

from voxport.core.artefacts import DecodedMedia, RunPaths, decoded_from_json, decoded_to_json, original_key
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.core.media import Media, MediaStatus, StepStatus
from voxport.core.plan import IngestPlan, Plan
from voxport.core.stages import Step, first_steps, job_of
from voxport.storage.records import NewMedia
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.stage_run import StageJob, StageRun
from voxport.workflow.story import register
from voxport.workflow.working_audio import channels_of
from voxport.workflow.working_audio_bound import WorkingAudioBound

RATE_HZ = 16_000


def recording(tracks: int) -> bytes:
    """A second of a tone on each of so many audio tracks."""
    file = io.BytesIO()
    sound = np.sin(np.arange(RATE_HZ) * 2 * np.pi * 440 / RATE_HZ) * 8000
    with av.open(file, "w", format="matroska") as output:
        streams = [output.add_stream("pcm_s16le", rate=RATE_HZ, layout="mono") for _ in range(tracks)]
        for stream in streams:
            frame = av.AudioFrame.from_ndarray(sound.astype(np.int16).reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate, frame.pts = RATE_HZ, 0
            output.mux(stream.encode(frame))
            output.mux(stream.encode(None))
    return file.getvalue()


def inverted() -> bytes:
    """Two seconds of noise on the left, and the same turned over on the right."""
    noise = (np.random.default_rng(1).normal(size=2 * RATE_HZ) * 3_000).astype(np.int16)
    file = io.BytesIO()
    with av.open(file, "w", format="wav") as output:
        stream = output.add_stream("pcm_s16le", rate=RATE_HZ, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.stack([noise, -noise]).T.reshape(1, -1), format="s16", layout="stereo")
        frame.sample_rate, frame.pts = RATE_HZ, 0
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return file.getvalue()


def stage_run(deps: Dependencies, media: Media) -> StageRun:
    return StageRun(deps, media, StageJob(media.id, Step.SPEECH, run=1, priority=0, faults=0), threading.Event())


def decoding_of(deps: Dependencies, media: Media) -> DecodedMedia:
    return decoded_from_json(deps.blobs.get(media.paths.decoded) or b"")


async def ingested(
    deps: Dependencies, content: bytes, *, runs: int = 1, plan: Plan | None = None, priority: int = 0
) -> Media:
    """The media after so many runs of its ingest job."""
    acme, store = await deps.store.organizations.create("Acme"), deps.store
    plan = plan or Plan()
    new = NewMedia(acme.id, plan, first_steps(plan, fetches=False))
    async with deps.store.transaction() as connection:
        await store.media.insert(connection, new)
    deps.blobs.put(original_key(new.id), content)
    for _ in range(runs):
        await deps.engine.defer(job_of(Step.INGEST), new.id, priority=priority)
        await deps.engine.app.run_worker_async(queues=["ingest"], wait=False, install_signal_handlers=False)
    media = await store.media.get(new.id)
    assert media is not None
    return media


@pytest.mark.parametrize(
    ("tracks", "sentence"),
    [
        (2, "The recording has 1 more audio track, which was left out."),
        (3, "The recording has 2 more audio tracks, which were left out."),
    ],
)
async def test_tracks_that_are_left_out_are_reported(deps: Dependencies, tracks: int, sentence: str) -> None:
    register(deps.engine, deps)
    media = await ingested(deps, recording(tracks), runs=2)
    assert media.status is MediaStatus.RUNNING
    assert {step.step: step.status for step in media.steps}[Step.INGEST] is StepStatus.COMPLETED
    assert media.warnings == (Problem(Code.MEDIA_UNREADABLE, sentence),)
    assert media.duration_ms == pytest.approx(1000, abs=5)
    stored = deps.blobs.get(RunPaths(media.id, 1).decoded)
    assert stored is not None
    assert decoded_from_json(stored).warnings == media.warnings


async def test_a_recording_with_one_track_has_nothing_to_tell(deps: Dependencies) -> None:
    register(deps.engine, deps)
    assert (await ingested(deps, recording(1))).warnings == ()


async def test_channels_that_would_have_cancelled_out_are_reported(deps: Dependencies) -> None:
    register(deps.engine, deps)
    mixed = await ingested(deps, inverted(), runs=2, plan=Plan(ingest=IngestPlan(mix_as="Caller")))
    assert (Code.MEDIA_UNREADABLE, "The channels of the recording are inverted against each other") in [
        (one.code, one.message.partition(";")[0]) for one in mixed.warnings
    ]
    # What works on the sound later hears what was found here.
    with channels_of(stage_run(deps, mixed), decoding_of(deps, mixed)) as (channel,):
        assert channel.source.samples == channel.decoded.samples == 2 * RATE_HZ
        assert np.abs(channel.source.read(0, 2 * RATE_HZ)).mean() > 2_000


async def test_no_sound_is_kept_however_long_the_recording_waits(deps: Dependencies) -> None:
    register(deps.engine, deps)
    media = await ingested(deps, recording(1))
    kept = {key for key, _ in deps.blobs.sizes(media.paths.prefix)}
    assert kept == {original_key(media.id), media.paths.decoded, media.paths.peaks}
    assert max(json.loads(deps.blobs.get(media.paths.peaks) or b"")["channels"][0]) == 62  # 8000 of 32767
    assert sum(size for _, size in deps.blobs.sizes(media.paths.working)) < 1_000
    with channels_of(stage_run(deps, media), decoding_of(deps, media)) as (channel,):
        assert np.abs(channel.source.read(0, RATE_HZ)).max() > 7_000
        assert deps.working_audio.held_bytes > 0
    assert deps.working_audio.held_bytes == 0


async def test_sound_that_an_earlier_version_has_decoded_is_read(deps: Dependencies) -> None:
    register(deps.engine, deps)
    media = await ingested(deps, recording(1))
    stored = replace(decoding_of(deps, media), names=("channel-0.pcm",))
    kept = np.arange(RATE_HZ, dtype="<i2")
    deps.blobs.put(media.paths.decoded, decoded_to_json(stored))
    deps.blobs.put(media.paths.channel("channel-0.pcm"), kept.tobytes())
    with channels_of(stage_run(deps, media), decoding_of(deps, media)) as (channel,):
        assert np.array_equal(channel.source.read(0, RATE_HZ), kept)


async def test_a_stage_without_room_is_put_off_and_keeps_its_turn(deps: Dependencies) -> None:
    full = replace(deps, working_audio=WorkingAudioBound(1, 1, wait_s=0))
    register(full.engine, full)
    media = await ingested(full, recording(1), priority=-7)  # queues its recognition
    with full.working_audio.held(media.organization.id):
        await deps.engine.app.run_worker_async(queues=["speech"], wait=False, install_signal_handlers=False)
    rows = await deps.engine.app.connector.execute_query_all_async(
        "SELECT priority, args, scheduled_at > now() AS later FROM procrastinate_jobs WHERE status = 'todo'"
    )
    waiting = [row for row in rows if row["args"]["subject"] == str(media.id)]
    assert [(row["priority"], row["later"], "faults" in row["args"]) for row in waiting] == [(-7, True, False)]


async def test_inverted_channels_that_stay_apart_are_nothing_to_tell(deps: Dependencies) -> None:
    register(deps.engine, deps)
    assert (await ingested(deps, inverted())).warnings == ()
