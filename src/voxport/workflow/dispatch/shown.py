"""What an attempt sends, shown to whoever wants to know: made again by the code that sends it, with its secrets masked.

No body of a delivery is kept: it is made anew for each round (`requests`), and anew here. Signatures are never made.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from voxport.core.delivery import Attempt, Delivery
from voxport.core.media import Media
from voxport.core.presigned import read_presigned
from voxport.core.shown_request import MASK, SHOWN_BYTES, ShownRequest
from voxport.delivery.s3.role_store import RoleOptions, object_headers
from voxport.delivery.signing import ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER
from voxport.delivery.webhook import DeliveryRequest, headers_of
from voxport.workflow.dispatch.requests import Material, request_for

_TOLD_IN_QUERY = re.compile(
    r"(?:x-(?:amz|goog|oss)-|q-)?(?:algorithm|date|expires|signedheaders|additional-headers|sign-time|key-time|header-list"
    r"|content-type|signature-version)|se|st|sp|sv|sr",
    re.IGNORECASE,
)
"""Parameters of signatures that tell how and until when, and let nobody in."""
_SECRET_HEADER = re.compile("token|signature|authorization|credential|secret|customer|password", re.IGNORECASE)
_LINK_SECRET = re.compile(rb"(streams/[a-z-]+/content\?)[^\s\"<>\\]+")
"""What opens a recording for a quarter of an hour (`wire/v3/stream_links.py`)."""


class ShownRequests:
    """One for each server process."""

    def __init__(self, material: Material, role_options: RoleOptions) -> None:
        self._material, self._role_options = material, role_options

    async def show(self, media: Media, delivery: Delivery, attempt: Attempt | None) -> ShownRequest:
        """As `api.previews.Previews`, which says what it does."""
        request = await request_for(self._material, media, delivery)
        headers = await self._headers(request, delivery, attempt)
        body = await asyncio.to_thread(_beginning, request.body) if isinstance(request.body, bytes) else None
        return ShownRequest(
            method=request.method if delivery.callback.role is None else "PUT",
            query=tuple(masked_query(request.url)),
            headers=tuple(_masked(headers)),
            content_type=request.content_type,
            length_bytes=request.length_bytes,
            body=body,
        )

    async def _headers(
        self, request: DeliveryRequest, delivery: Delivery, attempt: Attempt | None
    ) -> Mapping[str, str]:
        if delivery.callback.role is not None:
            # Signed for each request by the credentials of the role.
            signed = object_headers(request, delivery.callback.role, self._role_options)
            return {**signed, "Authorization": MASK}
        number, cause = (1, delivery.cause) if attempt is None else (attempt.number, attempt.cause)
        headers = dict(await headers_of(replace(request, secrets=()), number, cause))
        if request.secrets:
            headers[ID_HEADER] = str(delivery.id)
            if attempt is not None:
                headers[TIMESTAMP_HEADER] = str(int(attempt.started.timestamp()))
            headers[SIGNATURE_HEADER] = " ".join(f"v1,{MASK}" for _ in request.secrets)
        return headers


def masked_query(url: str) -> Iterable[tuple[str, str]]:
    """The parameters of an address; of a pre-signed one with the values that say how and until when it is signed.

    What the parameters of any other address mean is its owner's secret.
    """
    signed = read_presigned(url) is not None
    for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True):
        yield name, value if signed and _TOLD_IN_QUERY.fullmatch(name) else MASK


def _masked(headers: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for name, value in headers.items():
        yield name, MASK if _SECRET_HEADER.search(name) and not value.startswith("v1,") else value


def _beginning(body: bytes) -> str:
    # Masked before it is cut: a secret that is cut in two is none that would be found.
    shown = _LINK_SECRET.sub(rb"\1" + MASK.encode(), body[: 2 * SHOWN_BYTES])
    return shown[:SHOWN_BYTES].decode("utf-8", "ignore")
