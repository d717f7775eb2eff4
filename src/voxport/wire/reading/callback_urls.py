"""The url of a callback: what can be seen of it by reading alone (60002, 60006, 60012, 60013).

Where a name leads is decided when it is called; an address written as a number is judged here. Sentences show the
address without user, query and fragment, since those carry secrets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import SplitResult, urlsplit

from voxport.core.codes import Code
from voxport.core.presigned import LONGEST_LIFE, PresignedUrl, TypeInUrl, read_presigned
from voxport.core.s3_address import read_bucket_address
from voxport.outbound import AddressRefused, OutboundOptions, check_form
from voxport.outbound.networks import Network
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.refusals import Refusals

SECOND_ROUND_S = 900.0
"""The documented second round of attempts (docs/contract/callbacks.md section 2)."""
PROCESSING_S = 600.0
"""What an ordinary call takes until its first delivery, with some waiting."""
_MAX_URL_CHARS = 8192
_NOT_VALID = "The callback url {url} is not valid: {reason}."
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")


@dataclass(frozen=True, slots=True)
class UrlRules:
    """Where callbacks may go, and when a failed one is attempted again. Delivery goes by the same values."""

    allow_http: bool = False
    """Whether an address may be one of plain HTTP."""
    allow_networks: tuple[Network, ...] = ()
    """Private networks that addresses may lie in all the same."""
    second_round_s: float = SECOND_ROUND_S
    """Seconds until a failed delivery is attempted again."""
    store_hosts: tuple[str, ...] = ()
    """Hosts of object stores, besides those of AWS, that a role can deliver to."""
    roles_of_aws: bool = True
    """Whether roles are given by the STS of AWS; that of another store (Ceph) has accounts of any name, or none."""

    @property
    def schemes(self) -> tuple[str, ...]:
        return ("https", "http") if self.allow_http else ("https",)


def callback_url(written: str, rules: UrlRules, refusals: Refusals) -> str | None:
    """The url of a callback as it will be called; None when something was noted against it (60001, 60002, 60006)."""
    url = written.strip()
    if not url:
        refusals.add(Code.CALLBACK_WITHOUT_URL)
        return None
    return url if check_url(url, rules.schemes, refusals) and check_host(url, rules, refusals) else None


def check_url(url: str, schemes: tuple[str, ...], refusals: Refusals) -> bool:
    """Whether `url` can be called; notes 60002 or 60006 when not."""
    parts = _split(url)
    if parts is None:
        refusals.add(
            Code.CALLBACK_URL_INVALID, url=clip(re.split(r"[?#]", url, maxsplit=1)[0]) if "@" not in url else "given"
        )
        return False
    if parts.scheme not in schemes:
        refusals.add(Code.CALLBACK_PROTOCOL_UNSUPPORTED, url=_shown(parts), supported=", ".join(schemes))
        return False
    if not parts.hostname or parts.username is not None or parts.password is not None:
        refusals.add(Code.CALLBACK_URL_INVALID, url=_shown(parts))
        return False
    return True


def check_host(url: str, rules: UrlRules, refusals: Refusals) -> bool:
    """Whether the guard would let `url`, which `check_url` found right, be called; notes 60006 with its reason."""
    try:
        check_form(url, OutboundOptions(rules.allow_networks, rules.allow_http))
    except AddressRefused as refusal:
        shown = _shown(urlsplit(url))
        refusals.refuse(Code.CALLBACK_URL_INVALID, _NOT_VALID, url=shown, reason=refusal.reason)
        return False
    return True


def check_bucket(url: str, rules: UrlRules, refusals: Refusals) -> bool:
    """Whether `url` is the address of a bucket that a role can deliver to; notes 60002 or 60006 when not."""
    if not check_url(url, ("https", "http"), refusals):
        return False
    shown = _shown(urlsplit(url))
    try:
        address = read_bucket_address(url, rules.store_hosts)
    except ValueError as error:
        refusals.refuse(Code.CALLBACK_URL_INVALID, _NOT_VALID, url=shown, reason=str(error))
        return False
    # An address of AWS only names region and bucket; nothing is sent to it in the clear
    # (docs/contract/open-questions.md 8).
    return address.aws or (check_url(url, rules.schemes, refusals) and check_host(url, rules, refusals))


def is_presigned(url: str) -> bool:
    """Whether `url` carries the signature of a store."""
    return read_presigned(url) is not None


def check_signature(url: str, method: str, content_type: str, refusals: Refusals) -> None:
    """Notes what a signature in `url` says against sending `content_type` with `method`.

    Source: docs/contract/open-questions.md 7.
    """
    signed = read_presigned(url)
    if signed is None:
        return
    _check_content_type(signed, content_type, refusals)
    _check_reach(signed, refusals)
    if method == "POST":
        refusals.warn(
            Code.CALLBACK_METHOD_UNSUPPORTED,
            "A callback posts to a pre-signed {store} url; such urls are usually signed for the method PUT.",
            store=signed.store,
        )


def _check_content_type(signed: PresignedUrl, content_type: str, refusals: Refusals) -> None:
    match signed.type_in_url:
        case TypeInUrl.NAMED if not signed.signs_content_type:
            refusals.warn(
                Code.PRESIGNED_WITHOUT_CONTENT_TYPE,
                "The pre-signed {store} url of a callback does not sign its content type, {expected}.",
                store=signed.store,
                expected=content_type,
            )
        case TypeInUrl.HIDDEN:
            refusals.warn(
                Code.PRESIGNED_WITHOUT_CONTENT_TYPE,
                "A pre-signed {store} url does not tell its content type; it has to be signed for {expected}.",
                store=signed.store,
                expected=content_type,
            )
        case TypeInUrl.WRITTEN if not signed.content_type:
            refusals.add(Code.PRESIGNED_WITHOUT_CONTENT_TYPE, expected=content_type)
        case TypeInUrl.WRITTEN if signed.content_type and signed.content_type != content_type:
            refusals.add(Code.PRESIGNED_CONTENT_TYPE_DIFFERS, found=clip(signed.content_type), expected=content_type)


def _check_reach(signed: PresignedUrl, refusals: Refusals) -> None:
    """What can never arrive is refused, what the store may refuse is warned of."""
    if signed.untold:
        refusals.refuse(
            Code.CALLBACK_URL_INVALID,
            "The pre-signed {store} url of a callback signs headers that cannot be sent, since it does not tell their "
            "value or they belong to other bytes than the result: {names}. Sign it without them.",
            store=signed.store,
            names=clip(", ".join(signed.untold)),
        )
    if not signed.writes:
        refusals.refuse(
            Code.CALLBACK_URL_INVALID,
            "The pre-signed {store} url of a callback is not signed for putting an object.",
            store=signed.store,
        )
    if signed.life is not None and signed.life > LONGEST_LIFE:
        refusals.warn(
            Code.CALLBACK_URL_INVALID,
            "The pre-signed {store} url of a callback is signed for more than 7 days; stores refuse that.",
            store=signed.store,
        )
    if signed.foreign_checksums:
        refusals.warn(
            Code.CALLBACK_URL_INVALID,
            "The pre-signed {store} url of a callback carries a checksum of other bytes than the result: {names}. Sign "
            "it without (in AWS's SDKs: request checksums only when required).",
            store=signed.store,
            names=clip(", ".join(signed.foreign_checksums)),
        )


def check_life(url: str, rules: UrlRules, refusals: Refusals) -> None:
    """Warns of a pre-signed url that has ended, or ends before its first two rounds of attempts, with the time.

    Not refused: the recording is processed all the same, and whether the store's clock agrees is known later.
    """
    signed = read_presigned(url)
    if signed is None or signed.expires is None:
        return
    now = datetime.now(UTC)
    if signed.expires <= now:
        refusals.warn(Code.CALLBACK_URL_INVALID, f"{_ends('ended', signed)}: nothing can be delivered to it.")
    elif signed.expires <= now + timedelta(seconds=PROCESSING_S + rules.second_round_s):
        refusals.warn(
            Code.CALLBACK_URL_INVALID,
            f"{_ends('ends', signed)}, probably before a second round of tries: sign it for longer than processing "
            "and the retries.",
        )


def _ends(word: str, signed: PresignedUrl) -> str:
    return f"The pre-signed {signed.store} url of a callback {word} at {signed.expires:%Y-%m-%d %H:%M:%S} UTC"


def _split(url: str) -> SplitResult | None:
    if len(url) > _MAX_URL_CHARS or _FORBIDDEN.search(url):
        return None
    try:
        parts = urlsplit(url)
        if parts.port == 0:
            return None
    except ValueError:
        return None
    return parts if parts.scheme else None


def _shown(parts: SplitResult) -> str:
    host = parts.netloc.rpartition("@")[2]
    return clip(f"{parts.scheme}://{host}{parts.path}")
