"""Which categories a call is in, found from the words as they are shown: redacted.

What cannot be found out of one category says nothing of the others, and never fails the call.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from voxport.core.analytics_plan import CategoryPlan
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.findings import CategoryResult, Findings
from voxport.core.statement import Condition, FieldType
from voxport.core.transcript import Transcript
from voxport.search.call_text import describe, lay_out
from voxport.search.limits import StatementInvalid, StatementLimits
from voxport.search.parsing import read_category
from voxport.storage.search.evaluation import Category, UnpublishedCall
from voxport.storage.tenant import Tenant
from voxport.wire.reading.search_fields import types_of
from voxport.workflow.stage_run import StageRun

AT_ONCE = 50
"""Categories that one statement asks."""
ALONE_S = 2.0
"""Time for one category and one call by itself."""
ALL_S = 20.0
"""Time for all categories of one call together: others wait for the stage meanwhile."""
_MOST_WARNED = 10
_SILENT = "The category {name} {version} says nothing of this call: {reason}."
_TOO_COSTLY = "finding it out took longer than a call has for one"
_NO_TIME = "those before it took all the time there is for a call"
_NO_TIME_OF_ITS_OWN = 0.05
_LIMITS = StatementLimits(cost=1_000_000)
"""What a statement may ask was judged when it was put; here its time is bounded."""


async def categorised(run: StageRun, transcript: Transcript, findings: Findings) -> Findings:
    """The findings with the categories that the plan asks for; warns of those that say nothing."""
    tenant = run.deps.store.tenant(run.media.organization.id)
    categories, silent = read_categories(
        run.media.plan.analytics.categories, types_of(await tenant.definitions.search_fields())
    )
    call = await _call(run, transcript, findings)
    found, costly = await _evaluated(tenant, categories, call, run.deps.options.category_timeout_s)
    silent |= costly
    told = [silent[name] for name in sorted(silent)]
    if len(told) > _MOST_WARNED:
        told[_MOST_WARNED:] = [f"{len(told) - _MOST_WARNED} more categories say nothing of this call."]
    for sentence in told:
        await run.deps.store.media.add_warning(run.media.id, Problem(Code.CONFIGURATION_INVALID, sentence))
    return replace(findings, categories=tuple(sorted(found, key=lambda one: one.name)))


def read_categories(
    plans: Sequence[CategoryPlan], types: Mapping[str, FieldType | None]
) -> tuple[list[Category], dict[str, str]]:
    """The categories that can be read, and by name what is to be said of the others: fields have changed since."""
    found, unreadable = [], {}
    for plan in plans:
        try:
            found.append(read_plan(plan, types))
        except StatementInvalid as error:
            unreadable[plan.name] = _SILENT.format(name=plan.name, version=plan.version, reason=error)
    return found, unreadable


def read_plan(plan: CategoryPlan, types: Mapping[str, FieldType | None]) -> Category:
    """The category of a plan; raises StatementInvalid."""
    return Category(plan.name, plan.version, _condition(plan.query, frozenset(types.items())))


@lru_cache(maxsize=512)
def _condition(query: str, declared: frozenset[tuple[str, FieldType | None]]) -> Condition:
    return read_category(query, _LIMITS, dict(declared))


async def _call(run: StageRun, transcript: Transcript, findings: Findings) -> UnpublishedCall:
    media = run.media
    sealed = media.plan.encryption is not None
    metadata = await run.deps.store.media.sealed_metadata(media.id) if sealed else media.metadata
    text = await run.in_thread(lambda: lay_out(transcript, findings, media.plan))
    return UnpublishedCall(media.id, media.created, media.duration_ms or 0, describe(metadata), text)


async def _evaluated(
    tenant: Tenant, categories: Sequence[Category], call: UnpublishedCall, timeout_s: float
) -> tuple[list[CategoryResult], dict[str, str]]:
    """Together first; where one takes too long each of them by itself, so that it alone says nothing."""
    ends = time.monotonic() + ALL_S
    found: list[CategoryResult] = []
    silent: dict[str, str] = {}
    waiting = [categories[at : at + AT_ONCE] for at in range(0, len(categories), AT_ONCE)]
    while waiting:
        some, *waiting = waiting
        left_s = ends - time.monotonic()
        if left_s < _NO_TIME_OF_ITS_OWN:
            silent |= {one.name: _said_of(one, _NO_TIME) for one in some}
            continue
        time_s = min(timeout_s, left_s) if len(some) > 1 else min(timeout_s, left_s, ALONE_S)
        try:
            found += await tenant.categories.evaluate(some, call, time_s)
        except RequestRefused:
            if len(some) > 1:
                waiting = [*([one] for one in some), *waiting]
            else:
                silent[some[0].name] = _said_of(some[0], _TOO_COSTLY)
    return found, silent


def _said_of(category: Category, reason: str) -> str:
    return _SILENT.format(name=category.name, version=category.version, reason=reason)
