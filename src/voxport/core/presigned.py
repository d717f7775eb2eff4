"""Reads an S3 pre-signed URL without asking anybody: which signature, which content type, until when.

Recognised by its query keys, not by its host, since other stores sign the same way (docs/contract/callbacks.md
section 3, docs/contract/open-questions.md 7; AWS signature version 2 query authentication and version 4 `X-Amz-*`
parameters).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True)
class PresignedUrl:
    """What a pre-signed URL says of itself."""

    signature_version: int
    """2 or 4."""
    content_type: str | None
    """The Content-Type in its query; None: none stands there."""
    signs_content_type: bool
    """Whether the signature covers the Content-Type."""
    expires: datetime | None
    """When the signature ends; None: what says so cannot be read."""


def read_presigned(url: str) -> PresignedUrl | None:
    """None when `url` carries no S3 signature. Query keys are compared without regard to case."""
    query = {key.lower(): value for key, value in parse_qsl(urlsplit(url).query, keep_blank_values=True)}
    if "x-amz-signature" in query:
        signed = {name.strip().lower() for name in query.get("x-amz-signedheaders", "").split(";")}
        return PresignedUrl(4, query.get("content-type"), "content-type" in signed, _v4_expiry(query))
    if "signature" in query and "awsaccesskeyid" in query and "expires" in query:
        content_type = query.get("content-type")
        return PresignedUrl(2, content_type, content_type is not None, _v2_expiry(query))
    return None


def _v2_expiry(query: dict[str, str]) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(query["expires"]), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _v4_expiry(query: dict[str, str]) -> datetime | None:
    try:
        signed_at = datetime.strptime(query["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return signed_at + timedelta(seconds=int(query["x-amz-expires"]))
    except (KeyError, ValueError, OverflowError):
        return None
