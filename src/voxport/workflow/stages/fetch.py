"""The stage that brings the recording of a `mediaUrl` into the store."""

from __future__ import annotations

import asyncio

from voxport.core.artefacts import original_key
from voxport.core.errors import MediaFailed
from voxport.ingest.download import FetchFault, fetch
from voxport.workflow.stage_run import StageRun


async def fetch_recording(run: StageRun) -> None:
    """At once, since such links may live minutes. Raises MediaFailed when the last try has failed too."""
    deps, media = run.deps, run.media
    key = original_key(media.id)
    if media.source_url is None or await asyncio.to_thread(deps.blobs.exists, key):
        return
    try:
        size = await deps.blobs.write_stream(key, fetch(deps.outbound, media.source_url, deps.options.fetch))
    except FetchFault as fault:
        if run.job.faults + 1 >= deps.options.fetch_tries:
            raise MediaFailed(fault.problem) from fault
        raise
    await deps.store.media.set_probe(media.id, size_bytes=size)
