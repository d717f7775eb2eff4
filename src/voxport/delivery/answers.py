"""What a customer's server answered, in words a person can act on and without any secret."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote, urlsplit

from voxport.outbound import AnswerBroken

EXCERPT_CHARS = 1024
"""The first kilobyte of an answer is kept."""
_LOOK_AT_BYTES = 8192
_KEPT_HEADERS = re.compile(
    "content-type|content-length|date|server|via|location|retry-after|allow|www-authenticate|x-cache|cf-ray|etag"
    "|x-amz-(?:id-2|version-id|server-side-encryption|bucket-region|error-.*)"
    "|(?:x-)?(?:[a-z]+-)?(?:request|correlation|trace|transaction)-?id"
)
"""What says who answered, and under which name its owner finds the request; no cookie is kept."""
_MOST_HEADERS, _HEADER_CHARS = 16, 200
_SHORTEST_SECRET = 6
_SECONDS_DIGITS = 9
_CODE = re.compile(r"<Code>([^<]{1,100})</Code>")
_BUCKET = re.compile(r"<BucketName>([^<]{1,100})</BucketName>")
_MESSAGE = re.compile(r"<Message>([^<]{1,500})</Message>")


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as far as its words go."""

    status: int
    """The HTTP status."""
    body: bytes
    """Its beginning."""


def error_fields(body: bytes) -> tuple[str, str, str]:
    """Code, message and bucket's name of the XML error of a store; empty where it has none."""
    text = body[:_LOOK_AT_BYTES].decode("utf-8", "replace")
    if "<Error" not in text:
        return "", "", ""
    found = (pattern.search(text) for pattern in (_CODE, _MESSAGE, _BUCKET))
    code, message, bucket = (printable(html.unescape(one[1])).strip() if one else "" for one in found)
    return code, message, bucket


def answer_error(status: int, body: bytes, url: str) -> str:
    """One sentence for an answer that is not 2xx; an S3 store's code and message are taken out of its XML."""
    code, message, _ = error_fields(body)
    if code:
        said = f"{code}: {message.rstrip('.')}" if message else code
        return without_secrets(f"The store answered {status_words(status)} ({said}).", url)
    if 300 <= status < 400:
        return f"The address answered {status_words(status)}; redirects are not followed."
    return f"The address answered {status_words(status)}."


def excerpt(body: bytes, url: str) -> str | None:
    """The beginning of a text answer, without secrets; None when it is empty, not text, or a store's XML.

    A store's refusal repeats key ids and signatures; what it has to say is in `answer_error`.
    """
    try:
        # Not "ignore", which finds text in anything; a character cut in two at the end is left off all the same.
        text = codecs.getincrementaldecoder("utf-8")().decode(body[: EXCERPT_CHARS * 4])
    except UnicodeDecodeError:
        return None
    text = printable(text).strip()
    if not text or "<Error" in text:
        return None
    return without_secrets(text, url)[:EXCERPT_CHARS]


def kept_headers(headers: Mapping[str, str], url: str) -> tuple[tuple[str, str], ...]:
    """Those headers of an answer that are kept, by name, without secrets of `url`; an address without its query."""
    found = []
    for name in sorted(headers):
        if not _KEPT_HEADERS.fullmatch(name):
            continue
        value = headers[name].partition("?")[0] if name == "location" else headers[name]
        found.append((name, without_secrets(printable(value), url)[:_HEADER_CHARS]))
    return tuple(found[:_MOST_HEADERS])


def noted(said: str | None, broken: AnswerBroken | None) -> str | None:
    """What is kept of an answer, `said` being its excerpt, with a note where it broke off after its status."""
    if broken is None:
        return said
    note = f"(After its status the answer could not be read: {broken.reason}.)"
    return f"{(said or '')[: EXCERPT_CHARS - len(note) - 1]} {note}".strip()


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """What Retry-After asks for (RFC 9110, 10.2.3): seconds from now, never below 0; None without it, or unreadable.

    A date is taken against the answer's own Date where it has one, so that a receiver's wrong clock does no harm.
    `headers` has lower-case names.
    """
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:_SECONDS_DIGITS])
    until = _http_date(asked)
    return None if until is None else max(0.0, (until - (_http_date(headers.get("date", "")) or now)).total_seconds())


def _http_date(written: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def printable(text: str) -> str:
    """With spaces for what a database cannot hold or a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)


def without_secrets(text: str, url: str) -> str:
    """`text` with every query value, user name and password of `url` replaced, as written and as decoded."""
    parts = urlsplit(url)
    secrets = {value for _, value in parse_qsl(parts.query)}
    secrets |= {pair.partition("=")[2] for pair in parts.query.split("&")} | {parts.query}
    secrets |= {written for written in (parts.username, parts.password) if written}
    secrets |= {unquote(secret) for secret in secrets}
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, "…")
    return text


def status_words(status: int) -> str:
    """`503 Service Unavailable`; the bare number where HTTP has no name for it."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
