"""What a version without an index has finished comes into it as it may be found: redacted, and only what is there."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.support.spoken_calls import WORD_MS, finished_call, spoken
from voxport.core.artefacts import transcript_to_json
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.core.findings import Findings, findings_to_json
from voxport.core.media import Media
from voxport.core.plan import AudioRedactor, DetectorPlan
from voxport.core.statement import Selection
from voxport.core.transcript import Span
from voxport.search.call_text import lay_out
from voxport.search.limits import StatementLimits
from voxport.search.parsing import read_statement
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.index_backfill import index_earlier_calls

EVERY = "SELECT * FROM media"
SOUND_ALONE = (DetectorPlan("PCI", audio=AudioRedactor(270, 0.5)),)
WARNED = Problem(Code.CONFIGURATION_INVALID, "publish.enableAnalyticIndexing changes nothing here: search is not built")
CARD = ("Caller", "It is 4111 1111 thanks")
COVERED = Findings(covered=(Span(2 * WORD_MS, 4 * WORD_MS),))


async def finished_before(deps: Dependencies, *, findings: Findings | None = COVERED, **plan: object) -> Media:
    """A call that an earlier version has finished."""
    organization = await deps.store.organizations.create("Acme")
    media = await finished_call(deps.store, organization.id, CARD, **plan)  # type: ignore[arg-type]
    deps.blobs.put(media.paths.transcript, transcript_to_json(spoken(CARD)))
    if findings is not None:
        deps.blobs.put(media.paths.findings, findings_to_json(findings))
    async with deps.store.transaction() as connection:
        await connection.execute(text("DELETE FROM call_index"))
        await connection.execute(text("INSERT INTO index_backfill (calls) SELECT count(*) FROM media"))
    return media


async def found(deps: Dependencies, media: Media, word: str) -> int:
    asked = read_statement(f'{EVERY} MATCH "{word}"', StatementLimits())
    assert isinstance(asked, Selection)
    return (await deps.store.tenant(media.organization.id).search.select(asked)).total


@pytest.mark.parametrize(
    ("plan", "findings", "words"),
    [
        ({"detectors": SOUND_ALONE}, COVERED, 1),
        # Without its findings nobody knows what was covered.
        ({"detectors": SOUND_ALONE}, None, 0),
        ({"indexed": False}, COVERED, 0),
    ],
)
async def test_what_was_covered_is_not_found(
    deps: Dependencies, plan: dict[str, object], findings: Findings | None, words: int
) -> None:
    media = await finished_before(deps, findings=findings, **plan)
    await index_earlier_calls(deps)
    assert (await found(deps, media, "thanks"), await found(deps, media, "4111")) == (words, 0)
    progress = await deps.store.index_backfill.progress()
    assert progress is not None
    assert progress.ended


async def test_who_asked_for_it_before_it_was_built_has_it(deps: Dependencies) -> None:
    media = await finished_before(deps, indexed=False)
    await deps.store.media.add_warning(media.id, WARNED)
    await index_earlier_calls(deps)
    assert await found(deps, media, "thanks") == 1


async def test_what_changes_meanwhile_is_left_alone(deps: Dependencies) -> None:
    media = await finished_before(deps)
    batch = await deps.store.index_backfill.claim(10, lease_s=60)
    assert batch is not None
    assert await deps.store.index_backfill.claim(10, lease_s=60) is None
    assert await deps.store.media.mark_deleted(media.id)
    (taken,) = batch.media
    assert not await deps.store.index_backfill.add(taken, taken.plan, lay_out(spoken(CARD), Findings(), taken.plan))
    async with deps.store.transaction() as connection:
        left = text("SELECT count(*) FROM call_index WHERE media_id = :id")
        assert (await connection.execute(left, {"id": taken.id})).scalar_one() == 0
