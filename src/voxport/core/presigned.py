"""Reads a pre-signed URL without asking anybody: whose signature, which content type and headers, until when.

Recognised by its query keys, not by its host, since stores sign alike (docs/contract/callbacks.md section 3,
docs/contract/open-questions.md 7; the references of AWS signature version 2 and 4, Google Cloud Storage, Azure service
and account SAS, Alibaba OSS, Tencent COS and Huawei OBS).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

from voxport.core.signed_headers import told_headers

LONGEST_LIFE = timedelta(days=7)
"""What stores grant a signature of version 4; longer ones are refused."""
Query = Mapping[str, str]
"""Decoded, with keys in lower case."""
_SAS_VERSION = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]")
"""Other services of Azure sign with `sv=1.0`."""
_COS_UNSIGNED = frozenset({"host", "content-type"})


class TypeInUrl(StrEnum):
    """What a URL tells of the Content-Type that its signature covers."""

    WRITTEN = "written"
    """It stands in the query, and has to (version 2)."""
    NAMED = "named"
    """Whether it is signed is told, not which (version 4)."""
    HIDDEN = "hidden"
    """It is signed, and nothing tells which."""
    FREE = "free"
    """It is never signed."""


@dataclass(frozen=True, slots=True)
class PresignedUrl:
    """What a pre-signed URL says of itself."""

    store: str
    """Whose signature it is, for sentences: `S3`, which many other stores speak too, `Google Cloud Storage`."""
    signature_version: int
    """2 or 4 of S3 and of stores that sign alike; 1 where there are no versions."""
    type_in_url: TypeInUrl
    content_type: str | None
    """The Content-Type in its query; None: none stands there."""
    signs_content_type: bool
    """Whether the signature covers the Content-Type."""
    expires: datetime | None
    """When the signature ends; None: what says so cannot be read, or stands at the store."""
    life: timedelta | None = None
    """For how long it is signed, where it says so; None: it does not."""
    headers: tuple[tuple[str, str], ...] = ()
    """What goes with the body beside Content-Type: signed headers whose value the URL tells, or the store's own."""
    untold: tuple[str, ...] = ()
    """Signed headers whose value the URL does not tell, or that belong to other bytes than will be sent."""
    foreign_checksums: tuple[str, ...] = ()
    """Checksums in the query, of bytes that the signer had and nobody will send."""
    writes: bool = True
    """Whether it may put an object, by what it says itself."""


def read_presigned(url: str) -> PresignedUrl | None:
    """None when `url` carries no signature of a store. Query keys are compared without regard to case."""
    query = {key.lower(): value for key, value in parse_qsl(urlsplit(url).query, keep_blank_values=True)}
    return next((read(query) for needed, read in _KINDS if needed <= query.keys()), None) or _sas(query)


def _version_4(store: str, prefix: str) -> Callable[[Query], PresignedUrl]:
    """`X-Amz-...` and what is like it: names of the signed headers in the query, a date and a life."""

    def read(query: Query) -> PresignedUrl:
        signed = _names(query.get(f"{prefix}signedheaders", ""))
        choice = told_headers((name for name in signed if name not in ("host", "content-type")), query)
        checksums = tuple(name for name in query if name.startswith(f"{prefix}checksum-") and name not in signed)
        life = _seconds(query.get(f"{prefix}expires"))
        return PresignedUrl(
            store,
            4,
            TypeInUrl.NAMED,
            query.get("content-type"),
            "content-type" in signed,
            _after(_basic_time(query.get(f"{prefix}date")), life),
            life,
            choice.told,
            choice.untold,
            checksums,
            writes=query.get("x-id", "PutObject") in ("PutObject", "UploadPart"),
        )

    return read


def _s3_version_2(query: Query) -> PresignedUrl:
    content_type = query.get("content-type")
    # The query repeats what was signed as a header; a token of temporary credentials is taken from there.
    named = [name for name in query if name.startswith("x-amz-") and name != "x-amz-security-token"]
    named += ["content-md5"] * ("content-md5" in query)
    choice = told_headers(named, query)
    return PresignedUrl(
        "S3",
        2,
        TypeInUrl.WRITTEN,
        content_type,
        content_type is not None,
        _epoch(query["expires"]),
        headers=choice.told,
        untold=choice.untold,
    )


def _like_version_2(store: str) -> Callable[[Query], PresignedUrl]:
    """Content type and headers are signed as they are sent, and nothing in the URL tells them."""
    return lambda query: PresignedUrl(store, 2, TypeInUrl.HIDDEN, None, True, _epoch(query["expires"]))


def _oss_version_4(query: Query) -> PresignedUrl:
    life = _seconds(query.get("x-oss-expires"))
    signed = (name for name in _names(query.get("x-oss-additional-headers", "")) if name != "host")
    choice = told_headers(signed, query)
    expires = _after(_basic_time(query.get("x-oss-date")), life)
    return PresignedUrl("Alibaba Cloud OSS", 4, TypeInUrl.HIDDEN, None, True, expires, life, choice.told, choice.untold)


def _cos(query: Query) -> PresignedUrl:
    signed = _names(query.get("q-header-list", ""))
    choice = told_headers((name for name in signed if name not in _COS_UNSIGNED), {})
    ends = query.get("q-sign-time", "").rpartition(";")[2]
    return PresignedUrl(
        "Tencent Cloud COS",
        1,
        TypeInUrl.NAMED,
        None,
        "content-type" in signed,
        _epoch(ends),
        headers=choice.told,
        untold=choice.untold,
    )


def _sas(query: Query) -> PresignedUrl | None:
    """Azure's shared access signatures, of one object or container (`sr`) and of an account (`ss`)."""
    if "sig" not in query or not _SAS_VERSION.fullmatch(query.get("sv", "")) or not {"sr", "ss"} & query.keys():
        return None
    return PresignedUrl(
        "Azure Blob Storage",
        1,
        TypeInUrl.FREE,
        None,
        False,
        _iso_time(query.get("se", "")),
        headers=(("x-ms-blob-type", "BlockBlob"),),
        # A policy that is kept at the store (`si`) may say it instead.
        writes="sp" not in query or bool({"w", "c"} & set(query["sp"])),
    )


_KINDS: tuple[tuple[frozenset[str], Callable[[Query], PresignedUrl]], ...] = (
    (frozenset({"x-amz-signature"}), _version_4("S3", "x-amz-")),
    (frozenset({"x-goog-signature"}), _version_4("Google Cloud Storage", "x-goog-")),
    (frozenset({"x-oss-signature"}), _oss_version_4),
    (frozenset({"q-signature", "q-ak"}), _cos),
    (frozenset({"signature", "expires", "awsaccesskeyid"}), _s3_version_2),
    (frozenset({"signature", "expires", "googleaccessid"}), _like_version_2("Google Cloud Storage")),
    (frozenset({"signature", "expires", "ossaccesskeyid"}), _like_version_2("Alibaba Cloud OSS")),
    (frozenset({"signature", "expires", "accesskeyid"}), _like_version_2("Huawei Cloud OBS")),
)
"""Query keys that tell a signature of a kind, and how it is read."""


def _names(written: str) -> list[str]:
    return [name for part in written.split(";") if (name := part.strip().lower())]


def _epoch(written: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(written), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _seconds(written: str | None) -> timedelta | None:
    try:
        return None if written is None else timedelta(seconds=int(written))
    except (ValueError, OverflowError):
        return None


def _basic_time(written: str | None) -> datetime | None:
    """`20310203T040506Z`."""
    try:
        return datetime.strptime(written or "", "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _iso_time(written: str) -> datetime | None:
    """`2031-02-03`, `2031-02-03T04:05Z` or `2031-02-03T04:05:06Z`."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _after(begins: datetime | None, life: timedelta | None) -> datetime | None:
    try:
        return None if begins is None or life is None else begins + life
    except OverflowError:
        return None
