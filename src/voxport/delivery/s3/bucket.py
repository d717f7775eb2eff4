"""Signed requests to a customer's bucket, through the one guarded door; nothing chunked, nothing with a trailer.

Signatures are botocore's. Each body goes with its SHA-256 in the signature and its MD5 in Content-MD5: older stores
know both and refuse the chunked trailers of today's SDKs (411).
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from voxport.core.s3_address import DEFAULT_REGION, BucketAddress
from voxport.delivery.answers import retry_after_s
from voxport.delivery.remedies.kinds import Asked
from voxport.delivery.s3.refusals import StoreAnswer, read_answer, store_refusal
from voxport.delivery.s3.sessions import RoleCredentials
from voxport.outbound import AnswerBroken, Outbound, OutboundResponse
from voxport.outbound.client import USER_AGENT

_SENT_AT_ONCE_BYTES = 64 * 1024
_SAFE = "/-._~"
_STORING = ("x-amz-server-side-encryption", "x-amz-storage-class")
_TOLD_BY_STATUS = frozenset({"PutObject", "DeleteObject", "AbortMultipartUpload"})
"""Steps that are done once 2xx has come; what the others did stands in the rest of the answer."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a body in a buffer that is used again; it can be read any number of times until then."""

    view: memoryview

    @property
    def length_bytes(self) -> int:
        return len(self.view)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self.view), _SENT_AT_ONCE_BYTES):
            yield bytes(self.view[start : start + _SENT_AT_ONCE_BYTES])


@dataclass(frozen=True, slots=True)
class Payload:
    """A body with its digests."""

    body: bytes | AsyncIterable[bytes]
    """A stream has to bear being read again."""
    length_bytes: int
    sha256: str
    """In hex, as the signature takes it."""
    md5: str
    """In Base64, as Content-MD5 takes it."""

    @classmethod
    async def of(cls, body: bytes | AsyncIterable[bytes], length_bytes: int) -> Payload:
        """Reads a stream once to its end; what reading raises passes through."""
        sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)

        def update(chunk: bytes | memoryview) -> None:
            sha256.update(chunk)
            md5.update(chunk)

        if isinstance(body, bytes | Part):
            await asyncio.to_thread(update, body.view if isinstance(body, Part) else body)
        else:
            async for chunk in body:
                # Off the event loop, which has other deliveries to make.
                await asyncio.to_thread(update, chunk)
        return cls(body, length_bytes, sha256.hexdigest(), base64.b64encode(md5.digest()).decode())


EMPTY = Payload(
    b"", 0, hashlib.sha256().hexdigest(), base64.b64encode(hashlib.md5(usedforsecurity=False).digest()).decode()
)


class BucketClient:
    """One bucket as a role sees it. `credentials` is asked before each request, so that none is sent with old ones."""

    def __init__(
        self,
        outbound: Outbound,
        address: BucketAddress,
        credentials: Callable[[], Awaitable[RoleCredentials]],
        kms_key: str | None = None,
        purpose: str = "",
    ) -> None:
        """`purpose` goes into User-Agent, which CloudTrail and the store's access log show beside each object."""
        self._outbound, self._credentials, self._kms_key = outbound, credentials, kms_key
        self._agent = f"{USER_AGENT} {purpose}".rstrip()
        self.address = address

    def url(self, key: str) -> str:
        """The object's address."""
        return f"{self.address.base}/{quote(key, safe=_SAFE)}"

    async def find_region(self) -> None:
        """Where the address does not tell the region, the store is asked, before a body is sent to the wrong place.

        Raises what `request` raises, but for refusals: that a role may not list says nothing of its puts.
        """
        if self.address.region is None:
            _, answer = await self._send("GET", "?list-type=2&max-keys=1", {}, EMPTY, by_status=True)
            self.address = self.address.in_region(answer.region or DEFAULT_REGION)

    async def request(
        self,
        step: str,
        method: str,
        key: str,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        payload: Payload = EMPTY,
    ) -> OutboundResponse:
        """A 2xx answer; raises StepRefused in the words of `step` (the name of the S3 operation), OutboundFailure.

        Where the store names another region as the bucket's, it is asked there, once.
        """
        written = "&".join(
            f"{quote(name, safe='')}={quote(value, safe='-._~')}" for name, value in (query or {}).items()
        )
        target = quote(key, safe=_SAFE) + (f"?{written}" if written else "")
        region = self.address.region or DEFAULT_REGION
        send = partial(self._send, method, target, headers or {}, payload, by_status=step in _TOLD_BY_STATUS)
        response, answer = await send()
        if answer.other_region and answer.region is not None and answer.region != region:
            self.address = self.address.in_region(answer.region)
            response, answer = await send()
        # CompleteMultipartUpload may begin its answer with 200 before it has failed.
        late = answer.code if step == "CompleteMultipartUpload" and b"<Error" in response.body_excerpt else ""
        if 200 <= response.status < 300 and not late:
            return response
        asked = Asked(
            bucket=self.address.bucket,
            resource=f"arn:aws:s3:::{self.address.bucket}/{key}",
            asked_region=region,
            stored=", ".join(value for name, value in (headers or {}).items() if name in _STORING),
            kms_key=f"the KMS key {self._kms_key}" if self._kms_key else "the bucket's KMS key",
        )
        refusal = store_refusal(step, answer, asked)
        refusal.retry_after_s = retry_after_s(response.headers, datetime.now(UTC))
        if 200 <= response.status < 300:
            refusal.status = None
        raise refusal

    async def _send(
        self, method: str, target: str, headers: Mapping[str, str], payload: Payload, *, by_status: bool
    ) -> tuple[OutboundResponse, StoreAnswer]:
        """`target` is what follows the bucket; `by_status`: a 2xx that breaks off afterwards is one all the same."""
        url = f"{self.address.base}/{target}"
        given = {"User-Agent": self._agent, **headers}
        if method in ("PUT", "POST") and payload.length_bytes:
            given["Content-MD5"] = payload.md5
        credentials = await self._credentials()
        request = AWSRequest(method=method, url=url, headers=given)
        try:
            response = await self._outbound.request(
                method,
                url,
                headers=_signed(request, payload, credentials, self.address.region or DEFAULT_REGION),
                content=payload.body if isinstance(payload.body, bytes) else aiter(payload.body),
                content_length=payload.length_bytes,
            )
        except AnswerBroken as broken:
            response = broken.answer
            if 200 <= response.status < 300 and not by_status:
                raise
        return response, _without_secrets(read_answer(response), credentials)


def _without_secrets(answer: StoreAnswer, credentials: RoleCredentials) -> StoreAnswer:
    """A store may repeat what it was sent; what it says is kept and shown."""
    code, message = answer.code, answer.message
    for secret in (credentials.token, credentials.secret_key, credentials.access_key):
        code, message = code.replace(secret, "…"), message.replace(secret, "…")
    return replace(answer, code=code, message=message)


def _signed(request: AWSRequest, payload: Payload, credentials: RoleCredentials, region: str) -> dict[str, str]:
    """The headers of the request and of its signature."""
    keys = Credentials(credentials.access_key, credentials.secret_key, credentials.token)
    signer: Any = S3SigV4Auth(keys, "s3", region)
    # The digest is known; without this the signer would read the body, and leave it unsigned over https.
    signer.payload = lambda _: payload.sha256
    signer.add_auth(request)
    return {name: value for name, value in request.headers.items() if name.lower() != "host"}
