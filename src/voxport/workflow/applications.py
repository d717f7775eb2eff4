"""Categories are looked for in past calls: the work of one organisation at a time, some calls at a time.

How far it is stands in the database, so a worker that dies costs the calls that it was looking at. Half of the time is
left to calls that come in, and the queue to whatever else waits in it.
"""

from __future__ import annotations

import asyncio
import time
from uuid import UUID

import structlog

from voxport.core.analytics_plan import CategoryPlan
from voxport.core.categories import Application
from voxport.core.errors import TransientFault
from voxport.core.stages import APPLY
from voxport.search.limits import StatementInvalid
from voxport.storage.search.evaluation import Category
from voxport.storage.tenant import Tenant
from voxport.wire.reading.search_fields import types_of
from voxport.workflow.categories import ALONE_S, read_plan
from voxport.workflow.dependencies import Dependencies

log = structlog.get_logger(__name__)

AT_ONCE = 200
"""Calls of one step."""
JOB_S = 5.0
"""So long a job goes on before it lets others of its queue come first."""
MOST_FAILURES = 100
"""Calls that may take too long before an application ends: its statement would keep the database busy for days."""
BEHIND = -1
"""Priority of the job: what is to be erased comes first."""
_TOO_COSTLY = "More than {failures} calls took longer than the server has time for; ask for less in the statement."
_FAULT = "A fault of the server ended it."


async def apply_categories(deps: Dependencies, organization_id: UUID) -> None:
    """Goes on with the oldest application of the organisation, and queues itself again while there is one."""
    applications = deps.store.tenant(organization_id).applications
    application = await applications.next()
    if application is None:
        return
    try:
        await _go_on(deps, deps.store.tenant(organization_id), application)
    except TransientFault:
        raise
    except Exception:
        # One that nobody expected would come again for ever, and keep those behind it from coming at all.
        log.exception("a category could not be looked for in past calls", application_id=str(application.id))
        await applications.fail(application.id, _FAULT)
    if await applications.next() is not None:
        await deps.engine.defer(APPLY, organization_id, priority=BEHIND, once=True)


async def resume_applications(deps: Dependencies) -> None:
    """Queues the job of organisations that have lost it: a worker died, or met a fault of the database."""
    for organization_id in await deps.engine.orphans(await deps.store.applications.waiting()):
        await deps.engine.defer(APPLY, organization_id, priority=BEHIND, once=True)


async def _go_on(deps: Dependencies, tenant: Tenant, application: Application) -> None:
    types = types_of(await tenant.definitions.search_fields())
    try:
        query = await tenant.applications.statement(application.id)
        category = read_plan(CategoryPlan(application.category, application.version, query), types)
    except StatementInvalid as error:
        await tenant.applications.fail(application.id, f"The statement cannot be read any more: {error}.")
        return
    going = await tenant.applications.begin(application) if application.started is None else application
    ends = time.monotonic() + JOB_S
    at_once = AT_ONCE
    while going is not None:
        began = time.monotonic()
        going, at_once = await _step(deps, tenant, going, category, at_once)
        if going is not None and going.ended is not None:
            log.info("a category was looked for in past calls", application_id=str(going.id), calls=going.done)
            return
        if going is not None and going.failures > MOST_FAILURES:
            await tenant.applications.fail(going.id, _TOO_COSTLY.format(failures=MOST_FAILURES))
            return
        await asyncio.sleep(min(time.monotonic() - began, JOB_S))
        if time.monotonic() >= ends:
            return


async def _step(
    deps: Dependencies, tenant: Tenant, application: Application, category: Category, at_once: int
) -> tuple[Application | None, int]:
    """The application as it is then, and how many calls come at once; fewer where so many took too long."""
    timeout_s = deps.options.category_timeout_s
    time_s = timeout_s if at_once > 1 else min(timeout_s, ALONE_S)
    found = await tenant.applications.following(application, category, at_once, time_s)
    if found is not None:
        return await tenant.applications.advance(application, found), min(AT_ONCE, 2 * at_once)
    if at_once > 1:
        return application, max(1, at_once // 8)
    place = await tenant.applications.place_behind(application)
    return await tenant.applications.advance(application, (), failed=place), 2
