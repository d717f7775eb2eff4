"""Tries a role before results depend on it: assumes it, puts, gets, lists and deletes an object of its own, and begins
and aborts an upload in parts.

The object is put by the code that delivers, so what passes here is what a delivery does. It is deleted at the end.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from uuid import UUID, uuid4

from voxport.core.delivery import Cause
from voxport.core.plan import RoleTarget
from voxport.core.role_check import CheckStep, Outcome
from voxport.core.s3_address import read_bucket_address
from voxport.delivery.s3.bucket import BucketClient
from voxport.delivery.s3.multipart import create_upload
from voxport.delivery.s3.refusals import StepRefused
from voxport.delivery.s3.role_store import ObjectTarget, RoleOptions, RoleStore
from voxport.delivery.s3.sessions import RoleSessions
from voxport.delivery.webhook import DeliveryRequest
from voxport.outbound import Outbound, OutboundFailure


class RoleCheck:
    """The check of one role for one organisation's deliveries to the bucket at `url`."""

    def __init__(
        self, outbound: Outbound, sessions: RoleSessions, options: RoleOptions, organization_id: UUID, url: str
    ) -> None:
        self._outbound, self._sessions, self._options = outbound, sessions, options
        self._organization_id, self._url = organization_id, url

    async def run(self, role: RoleTarget) -> AsyncIterator[CheckStep]:
        """The steps as they end; those that need one that failed are left out. Raises ValueError for the url."""
        probe = uuid4()
        address = read_bucket_address(self._url, self._options.hosts)
        ask = partial(self._sessions.credentials, self._organization_id, role.role, f"voxport-check-{probe}")
        kms_key = role.kms_key_id or self._options.kms_key_id
        bucket = BucketClient(self._outbound, address, ask, kms_key=kms_key, purpose=f"check/{probe}")
        assumed = await _step("AssumeRole", partial(self._assume, role, ask))
        yield assumed
        if assumed.outcome is Outcome.FAILED:
            for name in ("PutObject", "AbortMultipartUpload", "GetObject", "ListBucket", "DeleteObject"):
                yield CheckStep(name, Outcome.LEFT_OUT, "needs the role.")
            return
        below = "/".join(part for part in (role.prepend_folder, f"voxport-check-{probe}.json") if part)
        key = "/".join(part for part in (address.prefix, below) if part)
        body = json.dumps({"organization": str(self._organization_id), "probe": str(probe)}).encode()
        request = DeliveryRequest(self._url, "PUT", "application/json", body, len(body), probe)
        store = RoleStore(self._outbound, self._sessions, self._options)
        put = await _step("PutObject", partial(self._put, store, role, below, request))
        yield put
        there = put.outcome is Outcome.DONE
        abort = partial(_abort, bucket, key, store.headers(request, role))
        yield await _step("AbortMultipartUpload", abort, needed=there)
        yield await _step("GetObject", partial(_get, bucket, key, body), needed=there)
        yield await _step("ListBucket", partial(_list, bucket, key))
        yield await _step("DeleteObject", partial(_delete, bucket, key), needed=there)

    async def _assume(self, role: RoleTarget, ask: Callable[[], Awaitable[object]]) -> str:
        await ask()
        return f"{role.role} is assumed with the external id {self._organization_id}."

    async def _put(self, store: RoleStore, role: RoleTarget, key: str, request: DeliveryRequest) -> str:
        target = ObjectTarget(self._organization_id, self._url, role, key)
        attempt = await store.send(request, target, 1, Cause.FIRST)
        if attempt.error is not None:
            raise StepRefused(attempt.error, status=attempt.status)
        return f"{attempt.address} is written."


async def _abort(bucket: BucketClient, key: str, headers: dict[str, str]) -> str:
    """Takes no part: nothing is kept of it, whether or not the role may abort."""
    await bucket.find_region()
    upload_id = await create_upload(bucket, key, headers)
    await bucket.request("AbortMultipartUpload", "DELETE", key, query={"uploadId": upload_id})
    return "an upload in parts that breaks is cleared away."


async def _get(bucket: BucketClient, key: str, body: bytes) -> str:
    await bucket.find_region()
    if (await bucket.request("GetObject", "GET", key)).body_excerpt != body:
        raise StepRefused("GetObject failed: the object holds other bytes than were put; does something change them?")
    return "the same bytes came back."


async def _list(bucket: BucketClient, key: str) -> str:
    await bucket.find_region()
    folder = key.rpartition("/")[0]
    query = {"list-type": "2", "max-keys": "1", "prefix": f"{folder}/" if folder else ""}
    await bucket.request("ListBucket", "GET", "", query=query)
    return f"the folder {folder} can be listed." if folder else "the bucket can be listed."


async def _delete(bucket: BucketClient, key: str) -> str:
    await bucket.find_region()
    await bucket.request("DeleteObject", "DELETE", key)
    return "the object is gone again."


async def _step(name: str, act: Callable[[], Awaitable[str]], *, needed: bool = True) -> CheckStep:
    if not needed:
        return CheckStep(name, Outcome.LEFT_OUT, "needs the object.")
    try:
        return CheckStep(name, Outcome.DONE, await act())
    except (StepRefused, OutboundFailure) as failure:
        return CheckStep(name, Outcome.FAILED, str(failure))
