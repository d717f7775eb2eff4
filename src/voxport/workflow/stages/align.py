"""The step that a corrected transcript asks for: its words get the times of those that were recognised."""

from __future__ import annotations

import asyncio

from voxport.core.artefacts import transcript_to_json
from voxport.core.codes import Code
from voxport.core.errors import MediaFailed, Problem
from voxport.core.speakers import speakers_of
from voxport.language.corrected_text import read_corrected
from voxport.language.likeness import LEAST_ALIKE, UNLIKE
from voxport.speech.alignment import align
from voxport.workflow.stage_run import StageRun
from voxport.workflow.stages.starting_point import read_published, read_recognised


async def align_correction(run: StageRun) -> None:
    """Leaves the corrected transcript with its times among the working files; 20005 when it is of another call."""
    deps, media = run.deps, run.media
    if await asyncio.to_thread(deps.blobs.exists, media.paths.aligned):
        return
    corrected = await deps.store.runs.corrected(media.id)
    if corrected is None:
        raise FileNotFoundError("the transcript that was to be aligned is gone")
    await run.in_thread(lambda: _align(run, corrected))


def _align(run: StageRun, corrected: str) -> None:
    blobs, media = run.deps.blobs, run.media
    recognised = read_recognised(blobs, media)
    # Who renames speakers in the same request has written the text under the names it was given out with.
    names = speakers_of(read_published(blobs, media)) | speakers_of(recognised)
    aligned = align(read_corrected(corrected, names), recognised, media.duration_ms or 0)
    if aligned.alike < LEAST_ALIKE:
        raise MediaFailed(Problem(Code.ALIGNMENT_UNAVAILABLE, UNLIKE))
    blobs.put(media.paths.aligned, transcript_to_json(aligned.transcript))
