"""Keys of v3 as they are asked for and shown (docs/contract/v3-endpoints.md section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, NotRequired, cast

from pydantic import Field
from typing_extensions import TypedDict

from voxport.core.scope import playing, written
from voxport.wire.reading.key_requests import KEY, AskedKey, asked_key, object_of
from voxport.wire.v3.links import KEYS_HREF
from voxport.wire.v3.wording import WORDING
from voxport.wire.writing.keys import ShownKey
from voxport.wire.writing.links import Links, path_of, self_link
from voxport.wire.writing.shapes import Moment, Uuid, open_ended
from voxport.wire.writing.times import wire_time


@open_ended
class VbKey(TypedDict):
    _links: Links
    id: Uuid
    bearerToken: NotRequired[str]
    """In the answer to POST alone"""
    lastSix: Annotated[str, Field(min_length=6, max_length=6)]
    issued: Moment
    expirationDate: NotRequired[Moment]
    """Absent for a key that is valid until it is revoked"""
    expired: Literal[False]
    """A key that has ended is not shown"""
    scope: NotRequired[str]
    """`resource:verb?filter`, several with spaces; absent for a key that may do everything but make keys"""


@open_ended
class VbKeysResponse(TypedDict):
    _links: Links
    keys: list[VbKey]


def parse_key(body: bytes, now: datetime) -> AskedKey:
    """Raises RequestRefused 70000-70006, 70008, 10008, 10010, 10800."""
    return asked_key(object_of(body, KEY), WORDING, now)


def key_body(key: ShownKey) -> VbKey:
    """The answer to POST and GET of one."""
    body: dict[str, object] = {"_links": self_link(path_of(KEYS_HREF, str(key.id))), "id": str(key.id)}
    if key.bearer is not None:
        body["bearerToken"] = key.bearer
    body |= {"lastSix": key.last_six, "issued": wire_time(key.issued)}
    if key.expires is not None:
        body["expirationDate"] = wire_time(key.expires)
    body["expired"] = False
    scope = key.scope if key.plays is None else written(playing(sorted(key.plays)))
    if scope is not None:
        body["scope"] = scope
    return cast("VbKey", body)


def keys_body(keys: Sequence[ShownKey]) -> VbKeysResponse:
    """The answer to GET of all."""
    return {"_links": self_link(KEYS_HREF), "keys": [key_body(key) for key in keys]}
