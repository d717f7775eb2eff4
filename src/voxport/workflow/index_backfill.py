"""Recordings that a version without an index of calls has finished come into it, in batches beside a worker's jobs.

Nothing of it is lost with a worker: what was looked at stands in the database, and the next worker goes on behind it.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace

import structlog

from voxport.core.media import Media
from voxport.core.plan import Plan
from voxport.storage.search.index import is_found
from voxport.workflow.call_text import call_text_of
from voxport.workflow.dependencies import Dependencies

log = structlog.get_logger(__name__)

AT_ONCE = 20
"""Recordings of a batch."""
LEASE_S = 300.0
"""So long a worker that has died keeps others from a batch."""
_WARNED = "publish.enableAnalyticIndexing changes nothing here"
"""How versions without an index answered those who asked for it; their plans do not say it."""


async def index_earlier_calls(deps: Dependencies) -> None:
    """Goes on until nothing is left; half of the time it leaves the machine to calls that come in."""
    while (batch := await deps.store.index_backfill.claim(AT_ONCE, LEASE_S)) is not None:
        began = time.monotonic()
        for media in batch.media:
            await _index(deps, media)
        await deps.store.index_backfill.advance(batch)
        if batch.last:
            log.info("the recordings of earlier versions are in the index of calls")
        await asyncio.sleep(time.monotonic() - began)


async def _index(deps: Dependencies, media: Media) -> None:
    plan = _plan_of(media)
    if not is_found(plan):
        return
    try:
        call = await asyncio.to_thread(call_text_of, deps.blobs, media)
    except (FileNotFoundError, ValueError) as error:
        # One that cannot be read must not keep the others from being found.
        log.warning("a recording of an earlier version is not searched", media_id=str(media.id), reason=str(error))
        return
    await deps.store.index_backfill.add(media, plan, call)


def _plan_of(media: Media) -> Plan:
    asked = any(warning.message.startswith(_WARNED) for warning in media.warnings)
    return replace(media.plan, indexed=True) if asked else media.plan
