"""`/v3/endpoints` and `/v3/webhook-secrets`: receivers, how they fare, tries of them, and what signs webhooks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from starlette.responses import Response

from voxport.api.context import RequestContext
from voxport.api.keys import operator_token
from voxport.api.responses import NO_STORE, json_response
from voxport.api.trials import Trials
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.callback_urls import UrlRules
from voxport.wire.v3.endpoints import endpoints_body, parse_statistics_query, statistics_body
from voxport.wire.v3.trials import (
    BODY_LIMITS,
    parse_overlap,
    parse_policies_query,
    parse_role,
    parse_test_url,
    role_check_body,
    role_policies_body,
    secrets_body,
    test_event_body,
)

_STOPPED = Problem.of(Code.CONFIGURATION_INVALID, reason="the request stopped arriving")


async def failing(context: RequestContext) -> Response:
    """The receivers of the organisation that fail, and how they fare."""
    return json_response(endpoints_body(await (await context.tenant()).endpoints.failing()))


async def statistics(context: RequestContext) -> Response:
    """Attempts at each receiver: how many, how many arrived, how long they took."""
    tenant = await context.tenant()
    since = parse_statistics_query(context.query(), datetime.now(UTC))
    return json_response(statistics_body(since, await tenant.endpoints.statistics(since)))


async def test(context: RequestContext) -> Response:
    """Sends a signed event to a webhook, and says what came of it."""
    caller = await context.caller()
    url = parse_test_url(await context.body(BODY_LIMITS.size_bytes, _STOPPED), _rules(context))
    async with context.dependencies.trying.turn(caller.organization.id):
        tried = await _trials(context).send_test_event(caller.organization.id, url)
    return json_response(test_event_body(tried))


async def check_role(context: RequestContext) -> Response:
    """Goes the way of a delivery by role, with an object of its own."""
    caller = await context.caller()
    callback = parse_role(await context.body(BODY_LIMITS.size_bytes, _STOPPED), _rules(context))
    async with context.dependencies.trying.turn(caller.organization.id):
        steps = await _trials(context).check_role(caller.organization.id, callback)
    return json_response(role_check_body(steps))


async def role_policies(context: RequestContext) -> Response:
    """The policies of a role that delivers."""
    caller = await context.caller()
    bucket, prefix, partition = parse_policies_query(context.query())
    try:
        async with context.dependencies.trying.turn(caller.organization.id):
            policies = await _trials(context).policies(caller.organization.id, bucket, prefix, partition)
    except ValueError as error:
        raise RequestRefused(Problem(Code.QUERY_PARAMETER_INVALID, f"prefix: {error}.")) from None
    return json_response(role_policies_body(caller.organization.id, policies))


async def show_secrets(context: RequestContext) -> Response:
    """The secrets that sign the organisation's webhooks."""
    caller = await operator_token(context)
    return json_response(secrets_body(await _secrets(context, caller.organization.id)), headers=NO_STORE)


async def rotate_secret(context: RequestContext) -> Response:
    """Makes a new secret; those before sign beside it for a while."""
    caller = await operator_token(context)
    overlap = parse_overlap(await context.body(BODY_LIMITS.size_bytes, _STOPPED))
    await context.dependencies.store.webhook_secrets.rotate(caller.organization.id, overlap)
    return json_response(secrets_body(await _secrets(context, caller.organization.id)), headers=NO_STORE)


async def _secrets(
    context: RequestContext, organization_id: UUID
) -> Sequence[tuple[UUID, datetime, datetime | None, str]]:
    found = await context.dependencies.store.webhook_secrets.shown(organization_id)
    return [(one.id, one.created, one.expires, secret) for one, secret in found]


def _rules(context: RequestContext) -> UrlRules:
    options = context.dependencies.options
    return UrlRules(
        options.allow_http,
        options.allow_networks,
        options.second_round_s,
        options.store_hosts,
        roles_of_aws=options.roles_of_aws,
    )


def _trials(context: RequestContext) -> Trials:
    trials = context.dependencies.trials
    if trials is None:
        raise RequestRefused(Problem(Code.RESOURCE_NOT_FOUND, "This server tries no receivers."))
    return trials
