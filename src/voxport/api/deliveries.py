"""`/v3/deliveries` and `/v3/endpoints`: the record of every attempt, and making a delivery again."""

from __future__ import annotations

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from voxport.api.answers import json_answer
from voxport.api.bodies import small_body
from voxport.api.desk import Desk, not_found, path_id, query_of
from voxport.api.routing import NamedRoute
from voxport.core.codes import Code
from voxport.core.delivery_query import DeliveryRecord
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.callback_urls import UrlRules
from voxport.wire.v3.deliveries import (
    deliveries_body,
    delivery_body,
    endpoints_body,
    media_deliveries_body,
    replays_body,
)
from voxport.wire.v3.delivery_requests import (
    BODY_LIMITS,
    check_new_url,
    parse_delivery_query,
    parse_new_url,
    parse_replay_query,
)

_STOPPED = Problem.of(Code.CONFIGURATION_INVALID, reason="the request stopped arriving")
_CANNOT_BE_SENT = Code.CALLBACK_URL_INVALID
_CONFLICT = 409


class DeliveriesResource:
    """Reads go through the tenant; a replay is the pipeline's."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[NamedRoute]:
        one = "/v3/deliveries/{delivery_id}"
        return [
            NamedRoute("/v3/media/{media_id}/deliveries", self.of_media, methods=["GET"]),
            NamedRoute("/v3/deliveries", self.list, methods=["GET"]),
            NamedRoute("/v3/deliveries/replay", self.replay_many, methods=["POST"]),
            NamedRoute(one, self.show, methods=["GET"]),
            NamedRoute(f"{one}/replay", self.replay, methods=["POST"]),
            NamedRoute("/v3/endpoints", self.endpoints, methods=["GET"]),
        ]

    async def of_media(self, request: Request) -> Response:
        media = await self._desk.media(request)
        records = await self._desk.store.tenant(media.organization.id).media_deliveries(media.id)
        return json_answer(media_deliveries_body(media.id, records))

    async def list(self, request: Request) -> Response:
        caller = await self._desk.caller(request)
        query = parse_delivery_query(query_of(request))
        found = await self._desk.store.tenant(caller.organization.id).list_deliveries(query)
        return json_answer(deliveries_body(found, query))

    async def show(self, request: Request) -> Response:
        caller = await self._desk.caller(request)
        return json_answer(delivery_body(await self._record(caller.organization.id, _delivery_id(request))))

    async def replay(self, request: Request) -> Response:
        """The delivery as it is then, pending; 409 with the remedy when it cannot be sent again."""
        caller = await self._desk.caller(request)
        organization_id, delivery_id = caller.organization.id, _delivery_id(request)
        url = parse_new_url(await self._body(request))
        record = await self._record(organization_id, delivery_id)
        if url is not None:
            options = self._desk.options
            rules = UrlRules(options.allow_http, options.allow_networks, options.second_round_s)
            check_new_url(record.delivery.callback, url, rules)
        try:
            refusal = await self._desk.pipeline.replay(organization_id, delivery_id, url)
        except LookupError:
            raise not_found() from None
        if refusal is not None:
            reason = f"The delivery cannot be replayed. {refusal.reason}"
            raise RequestRefused(Problem(_CANNOT_BE_SENT, reason), status=_CONFLICT)
        return json_answer(delivery_body(await self._record(organization_id, delivery_id)))

    async def replay_many(self, request: Request) -> Response:
        caller = await self._desk.caller(request)
        query = parse_replay_query(query_of(request), await self._body(request))
        return json_answer(replays_body(await self._desk.pipeline.replay_many(caller.organization.id, query)))

    async def endpoints(self, request: Request) -> Response:
        caller = await self._desk.caller(request)
        return json_answer(endpoints_body(await self._desk.store.tenant(caller.organization.id).endpoints()))

    async def _record(self, organization_id: UUID, delivery_id: UUID) -> DeliveryRecord:
        record = await self._desk.store.tenant(organization_id).delivery(delivery_id)
        if record is None:
            raise not_found()
        return record

    async def _body(self, request: Request) -> bytes:
        return await small_body(request, BODY_LIMITS.size_bytes, self._desk.options.upload_idle_s, _STOPPED)


def _delivery_id(request: Request) -> UUID:
    return path_id(request, "delivery_id")
