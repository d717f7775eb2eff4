"""Which categories a call is in: by the version that its plan has, from redacted words, in the index or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from tests.rooms.workflow.test_encrypting import document_in, to_encrypt
from tests.rooms.workflow.test_redacting import CARD, after, found, recognised, unchecked
from voxport.core.analytics_plan import AnalyticsPlan, CategoryPlan
from voxport.core.codes import Code
from voxport.core.definitions import DefinitionKind, fields_to_json
from voxport.core.errors import Problem, RequestRefused
from voxport.core.findings import CategoryResult, Mention
from voxport.core.media import Media, MediaStatus
from voxport.core.plan import AudioRedactor, DetectionLevel, DetectorPlan, Plan
from voxport.core.statement import DeclaredField, FieldType
from voxport.storage.postgres.tables import category_results
from voxport.storage.search.evaluation import Category, UnpublishedCall
from voxport.storage.tenant.categories import TenantCategories
from voxport.workflow import categories
from voxport.workflow.dependencies import Dependencies

MONEY = CategoryPlan("money", "3", "SELECT * FROM media WHERE 'Caller' SAYS 'bastard'")
SECRET = CategoryPlan("secret", "1", "SELECT * FROM media WHERE * SAYS '4111 1111'")
SOUND_ALONE = DetectorPlan("PCI", DetectionLevel.PROBABLE_NUMBERS, None, AudioRedactor(1_000, 0.5))


def asking(*plans: CategoryPlan, **more: Any) -> Plan:
    return replace(Plan(analytics=AnalyticsPlan(categories=plans)), **more)


async def kept(deps: Dependencies, media: Media) -> list[tuple[str, str, bool]]:
    columns = (category_results.c.category, category_results.c.version, category_results.c.matched)
    its = select(*columns).where(category_results.c.media_id == media.id).order_by(category_results.c.category)
    async with deps.store.transaction() as connection:
        return [(row.category, row.version, row.matched) for row in await connection.execute(its)]


@pytest.mark.parametrize("detector", [CARD, SOUND_ALONE])
async def test_categories_are_found_in_redacted_words(deps: Dependencies, detector: DetectorPlan) -> None:
    plan = asking(MONEY, SECRET, detectors=(detector,), indexed=False)
    media = await after(unchecked(deps), await recognised(deps, plan))
    assert media.status is MediaStatus.FINISHED
    money, secret = found(deps, media).categories or ()
    (mention,) = money.mentions
    assert money == CategoryResult("money", "3", True, (Mention("Caller", mention.occurrences),))
    assert mention.occurrences[0].exact == "bastard"
    assert secret == CategoryResult("secret", "1", False)
    assert await kept(deps, media) == [("money", "3", True), ("secret", "1", False)]


async def test_a_call_that_is_encrypted_has_its_categories_in_its_result_alone(deps: Dependencies) -> None:
    title = CategoryPlan("title", "1", "SELECT * FROM media WHERE title = 'Erika Mustermann'")
    media = await after(unchecked(deps), await to_encrypt(deps, asking(title)))
    opened = document_in(deps.blobs.get(media.paths.encrypted_result) or b"")
    assert opened["categories"] == [{"categoryName": "title", "categoryValue": 1, "categoryVersion": "1"}]
    assert await kept(deps, media) == []


async def test_a_category_that_cannot_be_read_any_more_keeps_no_other_from_it(deps: Dependencies) -> None:
    score = CategoryPlan("score", "2", "SELECT * FROM media WHERE metadata.score = 'high'")
    media = await recognised(deps, asking(MONEY, SECRET, score))
    tenant = deps.store.tenant(media.organization.id)
    declared = fields_to_json((DeclaredField("extended.score", FieldType.INTEGER),))
    await tenant.definitions.put(DefinitionKind.SEARCH_FIELDS, "media", declared)
    media = await after(unchecked(deps), media)
    assert [one.name for one in found(deps, media).categories or ()] == ["money", "secret"]
    (warning,) = media.warnings
    assert warning.code is Code.CONFIGURATION_INVALID
    assert "score 2 says nothing of this call" in warning.message


async def test_without_time_they_are_left_out_and_told_of(deps: Dependencies, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(categories, "ALL_S", 0.0)
    many = tuple(replace(MONEY, name=f"money{at:02}") for at in range(20))
    media = await after(unchecked(deps), await recognised(deps, asking(*many)))
    assert media.status is MediaStatus.FINISHED
    assert found(deps, media).categories == ()
    assert len(media.warnings) == 11
    assert "10 more categories" in media.warnings[-1].message


async def test_one_that_takes_too_long_alone_says_nothing(deps: Dependencies, monkeypatch: pytest.MonkeyPatch) -> None:
    evaluate = TenantCategories.evaluate

    async def costly(
        self: TenantCategories, asked: Sequence[Category], call: UnpublishedCall, timeout_s: float
    ) -> list[CategoryResult]:
        if any(one.name == "secret" for one in asked):
            raise RequestRefused(Problem(Code.CONFIGURATION_INVALID, "It took longer."))
        return await evaluate(self, asked, call, timeout_s)

    monkeypatch.setattr(TenantCategories, "evaluate", costly)
    media = await after(unchecked(deps), await recognised(deps, asking(MONEY, SECRET)))
    assert [(one.name, one.matched) for one in found(deps, media).categories or ()] == [("money", True)]
    (warning,) = media.warnings
    assert warning.message.startswith("The category secret 1 says nothing of this call: finding it out took longer")
