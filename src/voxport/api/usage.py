"""`/v3/usage`: minutes and calls of the caller's organisation by product, for one month at a time."""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from voxport.api.context import RequestContext
from voxport.api.responses import json_response, raw_response
from voxport.wire.v3.usage import (
    CSV,
    daily_body,
    monthly_body,
    months_body,
    parse_month,
)
from voxport.wire.v3.usage import (
    daily_csv as csv_of_days,
)
from voxport.wire.v3.usage import (
    monthly_csv as csv_of_month,
)


async def months(context: RequestContext) -> Response:
    """The months in which something finished."""
    organization = (await context.caller()).organization
    found = await context.dependencies.store.tenant(organization.id).usage.months()
    return json_response(months_body(organization.id, found))


async def monthly(context: RequestContext) -> Response:
    """One month, product by product."""
    organization = (await context.caller()).organization
    month = _month(context)
    found = await context.dependencies.store.tenant(organization.id).usage.of_month(month)
    return json_response(monthly_body(organization.id, month, found))


async def monthly_csv(context: RequestContext) -> Response:
    """As `monthly`, as a table."""
    tenant = await context.tenant()
    return raw_response(csv_of_month(await tenant.usage.of_month(_month(context))), CSV)


async def daily(context: RequestContext) -> Response:
    """One month, day by day and product by product."""
    organization = (await context.caller()).organization
    month = _month(context)
    found = await context.dependencies.store.tenant(organization.id).usage.of_days(month)
    return json_response(daily_body(organization.id, month, found))


async def daily_csv(context: RequestContext) -> Response:
    """As `daily`, as a table."""
    tenant = await context.tenant()
    return raw_response(csv_of_days(await tenant.usage.of_days(_month(context))), CSV)


def _month(context: RequestContext) -> date:
    path = context.request.path_params
    return parse_month(path["year"], path["month"])
