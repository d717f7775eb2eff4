"""One attempt to deliver a body into a customer's bucket by a role of the customer's account.

Small bodies go in one request, large ones in parts. The result is an Attempt like a webhook's; its error says which
step failed and what is to be changed, and holds no secret.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from cachetools import LRUCache

from voxport.core.delivery import Attempt, Cause
from voxport.core.plan import RoleTarget
from voxport.core.s3_address import BucketAddress, read_bucket_address
from voxport.delivery.attempts import StartedAttempt
from voxport.delivery.s3.bucket import BucketClient, Payload
from voxport.delivery.s3.keys import KeyTemplate
from voxport.delivery.s3.multipart import MultipartUpload
from voxport.delivery.s3.refusals import ENDED, StepRefused
from voxport.delivery.s3.sessions import RoleSessions, session_name
from voxport.delivery.webhook import DeliveryRequest
from voxport.outbound import Outbound, OutboundFailure

PART_BYTES = 5 << 20
"""The least that S3 takes: as many uploads as a worker makes at once each hold one part."""
_REGIONS_KEPT = 1000
DELIVERY_ID_HEADER = "x-amz-meta-voxport-delivery-id"
"""Object metadata, by which an object is found in the record of deliveries."""


@dataclass(frozen=True, slots=True)
class RoleOptions:
    """What the operator sets for deliveries by role."""

    template: KeyTemplate = field(default_factory=KeyTemplate)
    """Keys of objects, below the folder of the callback."""
    server_side_encryption: str | None = None
    """Encryption where a callback names none; None: the bucket's own."""
    kms_key_id: str | None = None
    """KMS key where a callback names none; None: the bucket's own."""
    storage_class: str | None = None
    """Storage class where a callback names none; None: the bucket's own."""
    hosts: tuple[str, ...] = ()
    """Stores besides AWS that take the bucket before their name."""
    multipart_above_bytes: int = 16 << 20
    """Longer bodies go in parts."""
    part_bytes: int = PART_BYTES
    """The least length of a part."""
    part_waits_s: tuple[float, ...] = (1.0, 4.0)
    """Pauses after which a part that does not arrive is sent again."""


@dataclass(frozen=True, slots=True)
class ObjectTarget:
    """Where a body goes."""

    organization_id: UUID
    """The organisation that delivers; it is the external id."""
    url: str
    """The base address of the callback."""
    role: RoleTarget
    key: str
    """What follows the address, folder included."""


class RoleStore:
    """Delivers by role. One for each worker; safe for any number of tasks of its event loop."""

    def __init__(self, outbound: Outbound, sessions: RoleSessions, options: RoleOptions | None = None) -> None:
        self._outbound, self._sessions, self.options = outbound, sessions, options or RoleOptions()
        self._found: LRUCache[BucketAddress, BucketAddress] = LRUCache(_REGIONS_KEPT)
        """Addresses whose region turned out to be another one, or was not named."""

    async def send(self, request: DeliveryRequest, target: ObjectTarget, number: int, cause: Cause) -> Attempt:
        """Makes attempt `number` and says what came of it; what reading `request.body` raises passes through."""
        attempt = StartedAttempt.now(number, cause)
        address = None
        try:
            written = self._address(target.url)
            bucket, key = self._bucket(request.delivery_id, target, written)
            address = bucket.url(key)
            try:
                await bucket.find_region()
                await self._put(bucket, key, request, target)
            finally:
                if bucket.address != written:
                    self._found[written] = bucket.address
                address = bucket.url(key)
        except StepRefused as refusal:
            if refusal.code in ENDED:
                self._forget(target)
            return attempt.ended(
                status=refusal.status,
                error=str(refusal),
                retry_after_s=refusal.retry_after_s,
                address=address,
                waiting_helps=refusal.waiting_helps,
            )
        except OutboundFailure as failure:
            return attempt.ended(status=None, error=f"The store could not be spoken to: {failure}", address=address)
        return attempt.ended(
            status=200,
            error=None,
            sent_bytes=request.length_bytes,
            answer_excerpt=_note(written, bucket.address),
            address=address,
        )

    def _address(self, url: str) -> BucketAddress:
        try:
            return read_bucket_address(url, self.options.hosts)
        except ValueError as error:
            raise StepRefused(f"The url of the bucket cannot be used: {error}.") from None

    def _bucket(self, delivery_id: UUID, target: ObjectTarget, address: BucketAddress) -> tuple[BucketClient, str]:
        """The bucket as the role sees it, and the object's whole key."""
        role = target.role
        bucket = BucketClient(
            self._outbound,
            self._found.get(address, address),
            partial(self._sessions.credentials, target.organization_id, role.role, session_name(delivery_id)),
            kms_key=role.kms_key_id or self.options.kms_key_id,
            purpose=f"delivery/{delivery_id}",
        )
        return bucket, "/".join(part for part in (address.prefix, target.key) if part)

    def _forget(self, target: ObjectTarget) -> None:
        self._sessions.forget(target.organization_id, target.role.role)

    def headers(self, request: DeliveryRequest, role: RoleTarget) -> dict[str, str]:
        """As `object_headers`, by what the operator set."""
        return object_headers(request, role, self.options)

    async def _put(self, bucket: BucketClient, key: str, request: DeliveryRequest, target: ObjectTarget) -> None:
        headers = self.headers(request, target.role)
        if request.length_bytes <= self.options.multipart_above_bytes:
            payload = await Payload.of(request.body, request.length_bytes)
            await bucket.request("PutObject", "PUT", key, headers=headers, payload=payload)
            return
        upload = MultipartUpload(
            bucket,
            key,
            least_part_bytes=self.options.part_bytes,
            part_waits_s=self.options.part_waits_s,
            renew=partial(self._forget, target),
        )
        await upload.send(request.body, request.length_bytes, headers)


def object_headers(request: DeliveryRequest, role: RoleTarget, options: RoleOptions) -> dict[str, str]:
    """How the object is to be stored, and by which delivery."""
    encryption = role.server_side_encryption or options.server_side_encryption
    key = role.kms_key_id or options.kms_key_id
    headers = {
        "Content-Type": request.content_type,
        DELIVERY_ID_HEADER: str(request.delivery_id),
        "x-amz-server-side-encryption": encryption,
        "x-amz-server-side-encryption-aws-kms-key-id": key if (encryption or "").startswith("aws:kms") else None,
        "x-amz-storage-class": role.storage_class or options.storage_class,
    }
    return {name: value for name, value in headers.items() if value}


def _note(written: BucketAddress, found: BucketAddress) -> str | None:
    """What the customer had better change although it arrived."""
    if written.region is None or written.region == found.region:
        return None
    return f"The bucket is in {found.region}; the url names {written.region}. Delivered all the same."
