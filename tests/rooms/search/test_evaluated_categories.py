"""A category of a call that is not published yet is what the same statement finds of it later."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from benchmarks.search_golden import CALLS, STATEMENTS
from benchmarks.search_hostile import HOSTILE
from tests.rooms.search.golden_store import Golden, golden  # noqa: F401 - a fixture
from tests.support.spoken_calls import WORD_MS, spoken
from voxport.core.errors import RequestRefused
from voxport.core.findings import CategoryResult, Findings, Mention, MetricGroup, Occurrence
from voxport.core.plan import Plan
from voxport.core.transcript import Span
from voxport.search.call_text import describe, lay_out
from voxport.search.limits import StatementInvalid, StatementLimits
from voxport.search.parsing import read_category
from voxport.storage.cipher import Cipher
from voxport.storage.search.evaluation import Category, UnpublishedCall
from voxport.storage.search.limited import limited
from voxport.storage.store import Store

LIMITS = StatementLimits(cost=10_000)
WORKING = [(statement, names) for statement, names in STATEMENTS if names != "!" and "categories" not in statement]


def category(statement: str) -> Category:
    return Category(statement, "1", read_category(statement, LIMITS))


async def evaluated(golden: Golden, *categories: Category) -> dict[str, list[CategoryResult]]:  # noqa: F811
    store = await Store.open(golden.url, Cipher(bytes(range(32))), pool_size=1)
    found = {}
    try:
        tenant = store.tenant(golden.organization_id)
        for media_id, name in golden.names.items():
            call, media = CALLS[name], await tenant.media.get(media_id)
            assert media is not None
            transcript = spoken(*call.turns, language=call.language)
            findings = Findings(metrics=(MetricGroup("overtalk", tuple(call.metrics.items())),))
            text = lay_out(transcript, findings, Plan())
            unpublished = UnpublishedCall(
                media_id, media.created, media.duration_ms or 0, describe(dict(call.metadata)), text
            )
            found[name] = await tenant.categories.evaluate(categories, unpublished, 5.0)
    finally:
        await store.close()
    return found


def test_each_statement_says_of_each_call_what_it_finds(golden: Golden) -> None:  # noqa: F811
    # LIMIT has no meaning in a category.
    asked = [(one, names) for one, names in WORKING if "limit" not in one.lower()]
    found = asyncio.run(evaluated(golden, *(category(one) for one, _ in asked)))
    wrong = [
        (statement, name)
        for at, (statement, names) in enumerate(asked)
        for name, results in found.items()
        if results[at].matched is not (name in names)
    ]
    assert wrong == []


def test_a_match_has_its_places_by_speaker(golden: Golden) -> None:  # noqa: F811
    said = category('SELECT * FROM media WHERE * SAYS "thank you" OR "thank" AND length > 1')
    unsaid = category("SELECT * FROM media WHERE wordCount > 3")
    ((one, another),) = [
        results for name, results in asyncio.run(evaluated(golden, said, unsaid)).items() if name == "refund"
    ]
    turns = [text.split() for _, text in CALLS["refund"].turns]
    last = sum(map(len, turns[:3])) * WORD_MS
    assert one.mentions == (
        Mention(
            "Agent",
            (Occurrence(Span(500, 900), "thank"), Occurrence(Span(500, 1400), "thank you")),
        ),
        Mention(
            "Caller",
            (Occurrence(Span(last, last + 400), "thank"), Occurrence(Span(last, last + 900), "thank you")),
        ),
    )
    assert (another.matched, another.mentions) == (True, ())


def test_a_category_that_takes_too_long_is_ended(golden: Golden) -> None:  # noqa: F811
    words = " || ".join(f'"a{one} b c d"/5' for one in range(100))
    costly = category(f"SELECT * FROM media WHERE * SAYS ({words})")  # noqa: S608 - VBQL

    async def ask() -> None:
        store = await Store.open(golden.url, Cipher(bytes(range(32))), pool_size=1)
        try:
            text = lay_out(spoken(("Caller", "a b c d " * 5_000)), Findings(), Plan())
            media = await store.tenant(golden.organization_id).media.get(next(iter(golden.names)))
            assert media is not None
            call = UnpublishedCall(media.id, media.created, 10_000_000, describe({}), text)
            await store.tenant(golden.organization_id).categories.evaluate([costly], call, 0.002)
        finally:
            await store.close()

    with pytest.raises(RequestRefused, match="took longer"):
        asyncio.run(ask())


def test_the_parts_of_a_search_share_its_time(golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    async def given() -> list[str]:
        store = await Store.open(golden.url, Cipher(bytes(range(32))), pool_size=1)
        try:
            async with store.transaction() as connection:
                read, found = text("SHOW statement_timeout"), []
                passing = iter((100.0, 100.0, 100.7, 102.0))
                monkeypatch.setattr("voxport.storage.search.limited.monotonic", lambda: next(passing))
                async with limited(connection, 0.9) as shorten:
                    found.append((await connection.execute(read)).scalar_one())
                    for _ in range(2):
                        await shorten()
                        found.append((await connection.execute(read)).scalar_one())
                return found
        finally:
            await store.close()

    # Where none is left the next part is ended at once: 0 would be no limit.
    assert asyncio.run(given()) == ["900ms", "200ms", "1ms"]


def test_hostile_statements_are_refused_or_answered_as_categories_too(golden: Golden) -> None:  # noqa: F811
    categories = []
    for statement in HOSTILE:
        try:
            categories.append(category(statement))
        except StatementInvalid:
            continue
    assert len(categories) > 30
    for results in asyncio.run(evaluated(golden, *categories)).values():
        assert [one.name for one in results] == [one.name for one in categories]
