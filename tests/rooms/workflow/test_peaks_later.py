"""The waveform of a call that an earlier version has finished: from the sound that is served, once, and of no other."""

from __future__ import annotations

import json
from typing import Any

from tests.rooms.console.visits import tone
from tests.rooms.storage.recordings import accept
from voxport.core.artefacts import original_key
from voxport.core.media import Media
from voxport.core.plan import AudioRedactor, DetectorPlan, Plan
from voxport.core.stages import PEAKS
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.intake import Intake
from voxport.workflow.stages.peaks import measure_later

REDACTED = Plan(detectors=(DetectorPlan("PCI", replacement="[redacted]", audio=AudioRedactor(270, 0.5)),))


async def finished(deps: Dependencies, plan: Plan) -> Media:
    acme = await deps.store.organizations.create("Acme")
    accepted = await accept(deps.store, acme.id, plan)
    await deps.store.media.finish(accepted.id, run=1)
    media = await deps.store.media.get(accepted.id)
    assert media is not None
    return media


def measured(deps: Dependencies, media: Media) -> Any:
    stored = deps.blobs.get(media.paths.peaks)
    return None if stored is None else json.loads(stored)["channels"]


async def test_the_served_sound_is_measured_once(deps: Dependencies) -> None:
    media = await finished(deps, Plan())
    deps.blobs.put(original_key(media.id), tone(1))
    await measure_later(deps, media.id)
    channels = measured(deps, media)
    assert (len(channels), 15 < max(channels[0]) < 30) == (2, True)
    deps.blobs.put(original_key(media.id), b"no sound")
    await measure_later(deps, media.id)
    assert measured(deps, media) == channels


async def test_the_recording_of_a_redacted_call_is_never_measured(deps: Dependencies) -> None:
    media = await finished(deps, REDACTED)
    deps.blobs.put(original_key(media.id), tone(1))
    await measure_later(deps, media.id)
    assert measured(deps, media) == []
    deps.blobs.delete(media.paths.peaks)
    deps.blobs.put(media.paths.written_audio, tone(1, channels=1))
    await measure_later(deps, media.id)
    assert len(measured(deps, media)) == 1


async def test_a_sound_that_cannot_be_read_is_tried_once(deps: Dependencies) -> None:
    media = await finished(deps, Plan())
    deps.blobs.put(original_key(media.id), b"RIFF no sound")
    await measure_later(deps, media.id)
    assert measured(deps, media) == []
    deps.blobs.put(original_key(media.id), tone(1))
    await measure_later(deps, media.id)
    assert measured(deps, media) == []


async def test_what_is_not_finished_or_gone_is_left_alone(deps: Dependencies) -> None:
    acme = await deps.store.organizations.create("Acme")
    waiting = await accept(deps.store, acme.id)
    deps.blobs.put(original_key(waiting.id), tone(1))
    await measure_later(deps, waiting.id)
    assert measured(deps, waiting) is None
    gone = await finished(deps, Plan())
    assert await deps.store.media.mark_deleted(gone.id)
    await measure_later(deps, gone.id)
    assert measured(deps, gone) is None


async def test_it_is_queued_once_behind_all_other_work(deps: Dependencies) -> None:
    media = await finished(deps, Plan())
    intake = Intake(deps.store, deps.blobs, deps.engine)
    for _ in range(3):
        await intake.measure_peaks(media.id)
    (depth,) = [one for one in await deps.engine.depths() if one.queue == PEAKS.queue.value]
    assert depth.waiting == 1
