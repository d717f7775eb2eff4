"""What clients ask about deliveries: which ones to show, which ones to make again, and where to.

A name that is unknown or stands twice is refused: a filter left out would show, or send, more than was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.delivery import DEAD, DeliveryStatus
from voxport.core.delivery_query import (
    DEFAULT_LIMIT,
    MAX_LIMIT,
    MAX_OF_MEDIA,
    REPLAY_LIMIT,
    DeliveryQuery,
    MediaDeliveriesQuery,
    ReplayQuery,
)
from voxport.core.errors import Problem, RequestRefused
from voxport.core.paging import Cursor
from voxport.core.plan import CallbackPlan
from voxport.wire.reading.callback_urls import UrlRules, check_host, check_signature, check_url
from voxport.wire.reading.documents import CONFIGURATION, read_document
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.json_reader import JsonLimits
from voxport.wire.reading.query import bad_value, empty_filter, moment, read_cursor, read_limit
from voxport.wire.v3.wording import configuration_refusals
from voxport.wire.writing.content_types import content_type_of

_NUMBER = re.compile("[1-9][0-9]{0,8}")
_DEAD, _HELD = "dead", "held"
_SHOWN = (*DeliveryStatus, _DEAD, _HELD)
_SENT_AGAIN = tuple(name for name in _SHOWN if name not in (DeliveryStatus.SKIPPED, _HELD))
_PAGING = ("limit", "after")
"""What chooses a page and not which deliveries there are: empty it is absent, as a client sends it for its first."""
_FILTERS = ("status", "since", "until", "host", "mediaId", *_PAGING)
BODY_LIMITS = JsonLimits(size_bytes=64 << 10, depth=4)


def parse_delivery_query(parameters: Iterable[tuple[str, str]]) -> DeliveryQuery:
    """The query of decoded names and values. Raises RequestRefused, also for a filter that is empty."""
    given = _given(parameters, "the query of a list of deliveries")
    statuses, held = _statuses(given, _SHOWN)
    return DeliveryQuery(
        statuses=statuses,
        held=held,
        since=moment(given, "since", last=False),
        until=moment(given, "until", last=True),
        host=_host(given),
        media_id=_id(given, "mediaId", "the mediaId of a media"),
        after=_after(given),
        limit=_limit(given, DEFAULT_LIMIT, MAX_LIMIT),
    )


def parse_media_deliveries_query(parameters: Iterable[tuple[str, str]]) -> MediaDeliveriesQuery:
    """The page of a media's deliveries that is asked for. Raises RequestRefused."""
    given = _given(parameters, "the query of the deliveries of a media", _PAGING)
    after = given.get("after")
    cursor = None if after is None else read_cursor("after", after, "nothing else")
    if isinstance(cursor, UUID):
        raise bad_value("after", "the after of a page")
    return MediaDeliveriesQuery(cursor, _limit(given, MAX_OF_MEDIA, MAX_OF_MEDIA))


def parse_attempt_query(parameters: Iterable[tuple[str, str]]) -> int | None:
    """The number of the attempt that is asked for; None: the last one. Raises RequestRefused."""
    written = _given(parameters, "the query of the request of a delivery", ("attempt",)).get("attempt")
    if written is None:
        return None
    if not _NUMBER.fullmatch(written):
        raise bad_value("attempt", "the number of an attempt")
    return int(written)


def parse_replay_query(parameters: Iterable[tuple[str, str]], body: bytes) -> ReplayQuery:
    """From the query or a JSON object with the same names, not both. Raises RequestRefused.

    `since` is required, so that a request without a thought behind it sends nothing.
    """
    asked = list(parameters)
    if body.strip():
        if asked:
            raise RequestRefused(
                Problem(
                    Code.QUERY_PARAMETER_INVALID, "Say what is to be replayed in the query or in the body, not in both."
                )
            )
        asked = _pairs(_object(body))
    given = _given(asked, "a replay of deliveries")
    since = moment(given, "since", last=False)
    if since is None:
        raise RequestRefused(
            Problem(
                Code.QUERY_PARAMETER_INVALID, "A replay of many deliveries needs since, the time from which they count."
            )
        )
    statuses, _ = _statuses(given, _SENT_AGAIN)
    return ReplayQuery(
        since=since,
        statuses=statuses or DEAD,
        until=moment(given, "until", last=True),
        host=_host(given),
        media_id=_id(given, "mediaId", "the mediaId of a media"),
        after=_after(given),
        limit=_limit(given, REPLAY_LIMIT, REPLAY_LIMIT),
    )


def parse_new_url(body: bytes) -> str | None:
    """The `url` of the body of a replay; None when there is no body or no url. Raises RequestRefused."""
    if not body.strip():
        return None
    document = _object(body)
    for name in document:
        if name != "url":
            raise RequestRefused(
                Problem.of(Code.PROPERTY_UNKNOWN, property=clip(name), section="the replay of a delivery")
            )
    url = document.get("url")
    if url is not None and not isinstance(url, str):
        raise RequestRefused(Problem.of(Code.CONFIGURATION_INVALID, reason="url must be a string"))
    return None if url is None else url.strip()


def check_new_url(callback: CallbackPlan, url: str, rules: UrlRules) -> None:
    """As the url of a callback is checked when it is posted. Raises RequestRefused (600xx)."""
    refusals = configuration_refusals()
    if callback.role is not None:
        refusals.refuse(
            Code.CALLBACK_URL_INVALID, "S3 delivery by role keeps its bucket; a replay cannot name another url."
        )
    elif not url:
        refusals.add(Code.CALLBACK_WITHOUT_URL)
    elif check_url(url, rules.schemes, refusals) and check_host(url, rules, refusals):
        check_signature(url, callback.method, content_type_of(callback), refusals)
    refusals.refuse_if_any()


def _given(parameters: Iterable[tuple[str, str]], section: str, known: tuple[str, ...] = _FILTERS) -> dict[str, str]:
    given: dict[str, str] = {}
    for name, value in parameters:
        if name not in known:
            raise RequestRefused(Problem.of(Code.PROPERTY_UNKNOWN, property=clip(name), section=section))
        if not value.strip():
            if name in _PAGING:
                continue
            raise empty_filter(name)
        if name == "status" and name in given:
            given[name] += f",{value}"
        elif name in given:
            raise bad_value(name, "given once")
        else:
            given[name] = value
    return given


def _statuses(given: Mapping[str, str], known: tuple[str, ...]) -> tuple[tuple[DeliveryStatus, ...], bool]:
    """`status`, given several times or separated by commas, in any letter case."""
    words = {word.strip().lower() for word in given.get("status", "").split(",")} - {""}
    if "status" in given and not words:
        raise empty_filter("status")
    if words - set(known):
        raise bad_value("status", f"among {', '.join(known)}")
    chosen = {DeliveryStatus(word) for word in words - {_DEAD, _HELD}}
    if _DEAD in words:
        chosen |= set(DEAD)
    return tuple(status for status in DeliveryStatus if status in chosen), _HELD in words


def _host(given: Mapping[str, str]) -> str | None:
    host = given.get("host")
    if host is not None and not re.fullmatch(r"[^\s/?#@:\x00]{1,253}|[0-9A-Fa-f:.]{2,45}", host):
        raise bad_value("host", "the name of a host without its port, as hooks.example.com")
    return host


def _id(given: Mapping[str, str], name: str, wanted: str) -> UUID | None:
    if name not in given:
        return None
    try:
        return UUID(given[name])
    except ValueError as error:
        raise bad_value(name, wanted) from error


def _after(given: Mapping[str, str]) -> Cursor | None:
    return read_cursor("after", given["after"], "the deliveryId of a delivery") if "after" in given else None


def _limit(given: Mapping[str, str], default: int, maximum: int) -> int:
    return read_limit("limit", given.get("limit", str(default)), maximum)


def _object(body: bytes) -> dict[str, Any]:
    document = read_document(body, CONFIGURATION, BODY_LIMITS)
    if not isinstance(document, dict):
        raise RequestRefused(Problem.of(Code.CONFIGURATION_INVALID, reason="the body must be a JSON object"))
    return document


def _pairs(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """As a query would give them: lists repeat their name, nulls and lists of nothing are empty."""
    pairs: list[tuple[str, str]] = []
    for name, value in document.items():
        for one in value or [None] if isinstance(value, list) else [value]:
            if one is not None and (isinstance(one, bool) or not isinstance(one, str | int)):
                raise bad_value(name, "a string")
            pairs.append((name, "" if one is None else str(one)))
    return pairs
