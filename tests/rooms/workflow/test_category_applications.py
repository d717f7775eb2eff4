"""A category over past calls: work that goes on where it was, of one organisation, over calls that are there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, text, update
from structlog.testing import capture_logs

from tests.support.spoken_calls import finished_call
from voxport.core.artefacts import transcript_to_json
from voxport.core.categories import MAX_UNENDED, Application, ApplicationStatus, NewApplication
from voxport.core.definitions import DefinitionKind, fields_to_json
from voxport.core.findings import CategoryResult, Findings, Mention, Occurrence, findings_to_json
from voxport.core.media import Media, Organization
from voxport.core.plan import CallbackPlan
from voxport.core.stages import further_steps
from voxport.core.statement import DeclaredField, FieldType
from voxport.core.submission import FurtherRun
from voxport.core.transcript import Span, Transcript
from voxport.storage.postgres.tables import category_applications, category_results, media
from voxport.storage.search.results import FoundResult
from voxport.storage.tenant.applications import TenantApplications
from voxport.workflow import applications
from voxport.workflow.applications import apply_categories, resume_applications
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.dispatch.requests import request_for
from voxport.workflow.intake import Intake
from voxport.workflow.story import register

REFUNDS = "SELECT * FROM media WHERE 'Caller' SAYS 'refund'"
YES, NO = ("Caller", "I want a refund"), ("Caller", "I want nothing")


async def apply(deps: Dependencies, of: Organization, query: str = REFUNDS, version: str = "2") -> UUID:
    new = NewApplication(of.id, "refunds", version, query)
    accepted = await Intake(deps.store, deps.blobs, deps.engine).apply_category(new)
    assert accepted is not None
    assert accepted.status is ApplicationStatus.WAITING
    return accepted.id


async def carried_out(deps: Dependencies, of: Organization, application_id: UUID) -> Application:
    await deps.engine.app.run_worker_async(queues=["housekeeping"], wait=False, install_signal_handlers=False)
    return await state(deps, of, application_id)


async def state(deps: Dependencies, of: Organization, application_id: UUID) -> Application:
    found = await deps.store.tenant(of.id).applications.get(application_id)
    assert found is not None
    return found


async def known(deps: Dependencies, call: Media) -> list[CategoryResult]:
    return await deps.store.tenant(call.organization.id).categories.of_call(call.id)


async def figures(deps: Dependencies) -> tuple[int, int, int]:
    found = await deps.store.applications.figures()
    assert 0 <= found.stalled_s < 60
    return found.unended, found.calls, found.failed_day


async def applied(deps: Dependencies) -> list[Any]:
    async with deps.store.transaction() as connection:
        return list((await connection.execute(select(category_results.c.applied))).scalars())


@pytest.fixture
async def acme(deps: Dependencies) -> Organization:
    register(deps.engine, deps)
    return await deps.store.organizations.create("Acme")


async def test_past_calls_are_looked_at_and_say_which_version(deps: Dependencies, acme: Organization) -> None:
    older = [CategoryResult("refunds", "1", False), CategoryResult("other", "1", True)]
    matching = await finished_call(deps.store, acme.id, YES, categories=older)
    unindexed = await finished_call(deps.store, acme.id, YES, indexed=False)
    without = await finished_call(deps.store, acme.id, NO)
    deleted = await finished_call(deps.store, acme.id, YES)
    hidden = await finished_call(deps.store, acme.id, YES, indexed=False, searchable=False)
    other = await finished_call(deps.store, (await deps.store.organizations.create("Other")).id, YES)
    assert await deps.store.media.mark_deleted(deleted.id)
    application_id = await apply(deps, acme)
    assert await figures(deps) == (1, 0, 0)
    its = deps.store.tenant(acme.id).applications
    assert await its.begin(await state(deps, acme, application_id))
    assert await figures(deps) == (1, 3, 0)
    ended = await carried_out(deps, acme, application_id)
    assert (ended.status, ended.calls, ended.done, ended.matched, ended.failures) == ("finished", 3, 3, 2, 0)
    assert await figures(deps) == (0, 0, 0)
    place = (Mention("Caller", (Occurrence(Span(1500, 1900), "refund"),)),)
    for call in (matching, unindexed):
        assert CategoryResult("refunds", "2", True, place) in await known(deps, call)
    assert CategoryResult("other", "1", True) in await known(deps, matching)
    assert await known(deps, without) == [CategoryResult("refunds", "2", False)]
    assert [await known(deps, call) for call in (deleted, hidden, other)] == [[], [], []]


async def test_applying_again_changes_nothing_that_is_known(deps: Dependencies, acme: Organization) -> None:
    for turn in (YES, NO):
        await finished_call(deps.store, acme.id, turn)
    await carried_out(deps, acme, await apply(deps, acme))
    first = await applied(deps)
    again = await carried_out(deps, acme, await apply(deps, acme))
    assert (again.status, again.done, again.matched) == ("finished", 2, 1)
    assert await applied(deps) == first
    await carried_out(deps, acme, await apply(deps, acme, version="3"))
    assert set(await applied(deps)).isdisjoint(first)


async def test_a_document_and_a_callback_say_what_was_found_later(deps: Dependencies, acme: Organization) -> None:
    callbacks = (CallbackPlan("https://hook.example/", include=("categories",)),)
    call = await finished_call(deps.store, acme.id, YES, callbacks=callbacks)
    with_it = Findings(categories=(CategoryResult("a", "1", True), CategoryResult("refunds", "1", False)))
    deps.blobs.put(call.paths.transcript, transcript_to_json(Transcript("en-US", (), (), "test")))
    deps.blobs.put(call.paths.findings, findings_to_json(with_it))
    (record,) = (await deps.store.tenant(acme.id).deliveries.of_media(call.id)).elements

    async def sent() -> bytes:
        now = await deps.store.media.get(call.id)
        assert now is not None
        body = (await request_for(deps, now, record.delivery)).body
        assert isinstance(body, bytes)
        return body

    assert b'"refunds","categoryValue":0,"categoryVersion":"1"' in await sent()
    await carried_out(deps, acme, await apply(deps, acme))
    assert b'[{"categoryName":"a","categoryValue":1' in await sent()
    assert b'"refunds","categoryValue":1,"categoryVersion":"2"' in await sent()


async def test_it_goes_on_behind_the_calls_that_were_looked_at(
    deps: Dependencies, acme: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job ends after one step, as one whose worker dies does; the next one finds its place."""
    calls = [await finished_call(deps.store, acme.id, YES) for _ in range(5)]
    await deps.store.media.mark_deleted(calls[2].id)
    monkeypatch.setattr(applications, "AT_ONCE", 2)
    monkeypatch.setattr(applications, "JOB_S", 0.0)
    application_id = await apply(deps, acme)
    steps: list[list[UUID]] = []

    async def step(self: TenantApplications, *arguments: Any) -> Any:
        found = await following(self, *arguments)
        steps.append([one.media_id for one in found or ()])
        return found

    following = TenantApplications.following
    monkeypatch.setattr(TenantApplications, "following", step)
    ended = await carried_out(deps, acme, application_id)
    assert (ended.status, ended.done, ended.matched) == ("finished", 4, 4)
    assert steps == [[calls[4].id, calls[3].id], [calls[1].id, calls[0].id], []]


async def test_it_can_be_cancelled(deps: Dependencies, acme: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    tenant = deps.store.tenant(acme.id)
    for _ in range(3):
        await finished_call(deps.store, acme.id, YES)
    application_id = await apply(deps, acme)
    following = TenantApplications.following

    async def cancelled_meanwhile(self: TenantApplications, *arguments: Any) -> Any:
        found = await following(self, *arguments)
        assert await tenant.applications.cancel(application_id)
        return found

    monkeypatch.setattr(TenantApplications, "following", cancelled_meanwhile)
    ended = await carried_out(deps, acme, application_id)
    assert (ended.status, ended.done) == ("cancelled", 0)
    assert await applied(deps) == []
    assert not await tenant.applications.cancel(application_id)


async def test_what_changes_between_the_look_and_the_result_gets_none(
    deps: Dependencies, acme: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    deleted, again, stays = [await finished_call(deps.store, acme.id, YES) for _ in range(3)]
    following = TenantApplications.following

    async def changed_meanwhile(self: TenantApplications, *arguments: Any) -> list[FoundResult] | None:
        found = await following(self, *arguments)
        if found:
            await deps.store.media.mark_deleted(deleted.id)
            async with deps.store.transaction() as connection:
                further = FurtherRun(again.id, acme.id, 1, again.plan)
                assert await deps.store.runs.start(connection, further, further_steps(again.plan))
        return found

    monkeypatch.setattr(TenantApplications, "following", changed_meanwhile)
    ended = await carried_out(deps, acme, await apply(deps, acme))
    assert (ended.status, ended.done) == ("finished", 3)
    assert [await known(deps, call) for call in (deleted, again)] == [[], []]
    assert len(await known(deps, stays)) == 1


async def test_calls_that_take_too_long_are_counted_and_passed_over(
    deps: Dependencies, acme: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = [await finished_call(deps.store, acme.id, YES) for _ in range(4)]
    following = TenantApplications.following

    async def slow(self: TenantApplications, *arguments: Any) -> list[FoundResult] | None:
        found = await following(self, *arguments)
        return None if any(one.media_id == calls[1].id for one in found or ()) else found

    monkeypatch.setattr(TenantApplications, "following", slow)
    ended = await carried_out(deps, acme, await apply(deps, acme))
    assert (ended.status, ended.done, ended.matched, ended.failures) == ("finished", 4, 3, 1)
    assert [len(await known(deps, call)) for call in calls] == [1, 0, 1, 1]
    monkeypatch.setattr(applications, "MOST_FAILURES", 0)
    ended = await carried_out(deps, acme, await apply(deps, acme))
    assert (ended.status, ended.failures) == ("failed", 1)
    assert "took longer" in (ended.problem or "")
    assert await figures(deps) == (0, 0, 1)


async def test_who_watches_sees_what_does_not_move(deps: Dependencies, acme: Organization) -> None:
    """The last look of the organisation counts, at whichever of its categories it was."""
    other = await deps.store.organizations.create("Other")
    for of in (acme, other):
        await finished_call(deps.store, of.id, YES)
        await apply(deps, of)
    async with deps.store.transaction() as connection:
        past = {"created": func.now() - timedelta(hours=2), "advanced": func.now() - timedelta(hours=1)}
        await connection.execute(update(category_applications).values(past))
    assert 3600 <= (await deps.store.applications.figures()).stalled_s < 3660
    its = deps.store.tenant(acme.id).applications
    first = await its.next()
    assert first is not None
    begun = await its.begin(first)
    assert begun is not None
    assert await its.cancel(begun.id)
    assert 3600 <= (await deps.store.applications.figures()).stalled_s < 3660
    await carried_out(deps, other, await apply(deps, other))
    assert (await deps.store.applications.figures()).stalled_s == 0


async def test_a_statement_that_cannot_be_read_any_more_ends_it(deps: Dependencies, acme: Organization) -> None:
    await finished_call(deps.store, acme.id, YES)
    application_id = await apply(deps, acme, "SELECT * FROM media WHERE metadata.score = 'high'")
    declared = fields_to_json((DeclaredField("extended.score", FieldType.INTEGER),))
    await deps.store.tenant(acme.id).definitions.put(DefinitionKind.SEARCH_FIELDS, "media", declared)
    ended = await carried_out(deps, acme, application_id)
    assert (ended.status, ended.done) == ("failed", 0)
    assert "line 1" in (ended.problem or "")


async def test_a_fault_of_ours_ends_one_and_keeps_no_other_from_coming(
    deps: Dependencies, acme: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    await finished_call(deps.store, acme.id, YES)
    first, second = await apply(deps, acme), await apply(deps, acme)
    begin = TenantApplications.begin

    async def broken(self: TenantApplications, application: Application) -> Application | None:
        if application.id == first:
            raise ZeroDivisionError
        return await begin(self, application)

    monkeypatch.setattr(TenantApplications, "begin", broken)
    with capture_logs() as lines:
        await carried_out(deps, acme, first)
    assert {"a category could not be looked for in past calls"} <= {line["event"] for line in lines}
    assert [(await state(deps, acme, one)).status for one in (first, second)] == ["failed", "finished"]


async def test_so_many_wait_at_most_and_a_job_that_is_lost_comes_again(
    deps: Dependencies, acme: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = Intake(deps.store, deps.blobs, deps.engine)
    new = NewApplication(acme.id, "refunds", "1", REFUNDS)
    accepted = [await intake.apply_category(replace(new, id=UUID(int=at))) for at in range(MAX_UNENDED + 1)]
    assert [one is None for one in accepted] == [False] * MAX_UNENDED + [True]
    async with deps.store.transaction() as connection:
        await connection.execute(text("DELETE FROM procrastinate_jobs"))
    await resume_applications(deps)
    await resume_applications(deps)
    async with deps.store.transaction() as connection:
        jobs = (await connection.execute(text("SELECT task_name, priority FROM procrastinate_jobs"))).all()
    assert [tuple(job) for job in jobs] == [("categories.apply", -1)]
    tenant = deps.store.tenant(acme.id).applications
    assert [await tenant.cancel(one.id) for one in await tenant.newest()] == [True] * MAX_UNENDED
    monkeypatch.setattr("voxport.storage.applications.KEPT", 3)
    await apply(deps, acme)
    assert len(await tenant.newest()) == 4
    assert await deps.store.applications.forget(timedelta(days=1)) == 0
    assert await deps.store.applications.forget(timedelta(0)) == 3


async def test_a_call_that_came_later_is_not_among_them(deps: Dependencies, acme: Organization) -> None:
    await finished_call(deps.store, acme.id, YES)
    application_id = await apply(deps, acme)
    later = await finished_call(deps.store, acme.id, YES)
    expired = await finished_call(deps.store, acme.id, YES)
    async with deps.store.transaction() as connection:
        its = update(media).where(media.c.id == expired.id)
        await connection.execute(its.values(created=text("now() - interval '1 day'"), expires=text("now()")))
    ended = await carried_out(deps, acme, application_id)
    assert (ended.calls, ended.done) == (1, 1)
    assert await known(deps, later) == await known(deps, expired) == []
    # Nothing is left to do.
    await apply_categories(deps, acme.id)
