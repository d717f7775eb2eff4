"""The ingest step, run as a worker runs it."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest

from voxport.core.artefacts import RunPaths, decoded_from_json, original_key
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.core.media import Media, MediaStatus, StepStatus
from voxport.core.plan import IngestPlan, Plan
from voxport.core.stages import Step, first_steps, job_of
from voxport.storage.records import NewMedia
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.story import register

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


async def ingested(deps: Dependencies, content: bytes, *, runs: int = 1, plan: Plan | None = None) -> Media:
    """The media after so many runs of its ingest job."""
    acme, store = await deps.store.organizations.create("Acme"), deps.store
    plan = plan or Plan()
    new = NewMedia(acme.id, plan, first_steps(plan, fetches=False))
    async with deps.store.transaction() as connection:
        await store.media.insert(connection, new)
    deps.blobs.put(original_key(new.id), content)
    for _ in range(runs):
        await deps.engine.defer(job_of(Step.INGEST), new.id)
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
    pcm = deps.blobs.get(RunPaths(mixed.id, 1).channel("channel-0.pcm"))
    assert pcm is not None
    assert np.abs(np.frombuffer(pcm, "<i2")).mean() > 2_000


async def test_inverted_channels_that_stay_apart_are_nothing_to_tell(deps: Dependencies) -> None:
    register(deps.engine, deps)
    assert (await ingested(deps, inverted())).warnings == ()
