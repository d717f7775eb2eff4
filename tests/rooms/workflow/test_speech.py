"""The speech step, run as a worker runs it, over a transcript that an attempt before it has left."""

from __future__ import annotations

from dataclasses import replace

from tests.rooms.workflow.test_redacting import heard, loaded, recognised
from voxport.core.artefacts import RunPaths, transcript_to_json
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.core.plan import Plan
from voxport.core.stages import Step, job_of
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.story import register

WARNING = Problem(Code.CHANNEL_COUNT_DIFFERS, "Two channels carry the same sound.")


async def test_what_recognition_warns_of_is_told_once(deps: Dependencies) -> None:
    """Also where the attempt that recognised the call died before it could say so."""
    media = await recognised(deps, Plan())
    transcript = replace(heard("hello there"), warnings=(WARNING,))
    deps.blobs.put(RunPaths(media.id, 1).heard, transcript_to_json(transcript))
    register(deps.engine, deps)
    for _ in range(2):
        await deps.engine.defer(job_of(Step.SPEECH), media.id)
        await deps.engine.app.run_worker_async(queues=["speech"], wait=False, install_signal_handlers=False)
    assert (await loaded(deps, media.id)).warnings == (WARNING,)
