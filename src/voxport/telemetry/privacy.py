"""What a log line may hold: personal fields are dropped by name, secrets are cut out of any text.

Called for every log line, ours and our libraries'. What is not a plain value is named by its type and never printed,
since the text of an object may hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import PurePath
from typing import Any
from uuid import UUID

DROPPED = "[dropped]"
"""What stands in place of a personal or secret value."""
MAX_TEXT = 8192
"""Characters of one text that a log line holds."""
_MAX_DEPTH = 6
"""Mappings and lists inside each other; what lies deeper is named by its type."""

_PERSONAL = frozenset(
    {
        *("answer_excerpt", "answer_headers", "body", "body_excerpt", "caption", "captions", "configuration"),
        *("content", "entities"),
        *("keywords", "metadata", "speaker", "speakers", "text", "transcript", "transcripts", "turn", "turns"),
        *("utterance", "word", "words", "exact", "hits", "mentions", "places"),
    }
)
_SECRET = re.compile(
    r"authorization|cookie|password|passwd|secret|token|api_?key|access_?key|private_?key|credential|signature", re.I
)

_URL = re.compile(
    r"""(?P<scheme>[a-z][a-z0-9+.-]{1,20}://)      # any scheme: a database's password is a secret too
        (?P<user>[^\s/?#"'<>]*@)?
        (?P<place>[^\s?#"'<>]*)
        (?P<query>[?\#][^\s"'<>]*)?""",
    re.VERBOSE | re.IGNORECASE,
)
_PATH_QUERY = re.compile(r"""((?:^|[\s"'(=])/[^\s?#"'<>]*)\?[^\s"'<>]+""")
# Our own sentence about "a valid bearer token" gives none away.
_CREDENTIAL = re.compile(r"\b(bearer|basic)\s+(?!tokens?[.,;]?(?:[\s\"']|$))[A-Za-z0-9._~+/=-]+", re.IGNORECASE)
_TOKEN = re.compile(
    r"\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.?[A-Za-z0-9_-]*|\b(?:AKIA|ASIA)[A-Z0-9]{12,}|\bwhsec_\S+|\bvx_[\w-]{16,}"
)
_PAIR = re.compile(
    r"""(?P<name>[\w-]*(?:signature|awsaccesskeyid|x-amz-[\w-]+|password|passwd|secret|token|api[_-]?key|access[_-]?key
         |authorization|cookie|credential)[\w-]*)
        (?P<sign>["']?\s*[=:]\s*["']?)
        (?P<value>(?:(?:bearer|basic)\s+)?[^\s&"',;)}\]]+)""",
    re.VERBOSE | re.IGNORECASE,
)
# What databases quote of the rows and parameters that they were given.
_ROW = re.compile(r"(?m)^(\s*DETAIL:).*$")
_PARAMETERS = re.compile(r"\[parameters: .*?\](?=\s*(?:$|\n|\(Background))", re.DOTALL)


def scrub_text(text: str) -> str:
    """`text` without URL queries, user names in URLs, credentials and quoted rows; at most `MAX_TEXT` characters."""
    text = text[: 4 * MAX_TEXT]
    text = _PARAMETERS.sub(f"[parameters: {DROPPED}]", text)
    text = _ROW.sub(rf"\1 {DROPPED}", text)
    text = _URL.sub(_cut_url, text)
    text = _PATH_QUERY.sub(rf"\1?{DROPPED}", text)
    text = _PAIR.sub(rf"\g<name>\g<sign>{DROPPED}", text)
    text = _CREDENTIAL.sub(rf"\1 {DROPPED}", text)
    text = _TOKEN.sub(DROPPED, text)
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}… (cut)"


def _cut_url(match: re.Match[str]) -> str:
    user = f"{DROPPED}@" if match["user"] else ""
    query = f"{match['query'][0]}{DROPPED}" if match["query"] else ""
    return f"{match['scheme']}{user}{match['place']}{query}"


def scrub_value(value: object, depth: int = 0) -> Any:
    """`value` fit for a log line: plain values, scrubbed texts, mappings and lists of them; the rest by type name."""
    if value is None or isinstance(value, bool | int | float):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, str):
        return scrub_text(value)
    if isinstance(value, UUID | datetime | date | time | timedelta | PurePath | Enum):
        return scrub_text(str(value))
    if isinstance(value, bytes | bytearray | memoryview):
        return f"<{len(value)} bytes>"
    if isinstance(value, BaseException):
        return scrub_text(f"{type(value).__name__}: {value}")
    if depth < _MAX_DEPTH and isinstance(value, Mapping):
        return {scrub_text(str(key)): scrub_field(str(key), item, depth + 1) for key, item in value.items()}
    if depth < _MAX_DEPTH and isinstance(value, list | tuple | set | frozenset):
        return [scrub_value(item, depth + 1) for item in value]
    return f"<{type(value).__name__}>"


def scrub_field(name: str, value: object, depth: int = 0) -> Any:
    """`value` of the field `name`: dropped when the name says that it is personal or secret."""
    written = name.lower().replace("-", "_")
    if value is not None and (written in _PERSONAL or _SECRET.search(written)):
        return DROPPED
    return scrub_value(value, depth)
