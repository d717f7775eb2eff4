"""What makes sense to deliver, and the sentences for customers where it does not: plain rules over plain values."""

from __future__ import annotations

from datetime import datetime

from voxport.core.delivery import Delivery, DeliveryStatus
from voxport.core.media import MediaStatus
from voxport.core.plan import CallbackPlan, CallbackType, Plan
from voxport.core.presigned import read_presigned

SKIPPED_REASON = "the media failed, there is nothing of this type to deliver"
NOT_REDACTED = (
    "no detector redacts audio, so there is no redacted audio to deliver; the recording is never sent in its place"
)
ADDRESS_LOST = "Its address was stored encrypted with a secret key that the server no longer has; name a new url."
SKIPPED = "It was skipped: {reason}. There is nothing to send."
UNDER_WAY = "It is being tried at this moment; its record tells in a few seconds what came of it."
PROCESSED_AGAIN = (
    "Its media is being processed again. Replay it when the media is finished: it then tells the new result."
)
EXPIRED = (
    "Its pre-signed URL ended at {expires:%Y-%m-%d %H:%M:%S} UTC and would be refused. Sign a new one for the same "
    "method and content type and replay this delivery with it as url."
)


def skipped_after_failure(callback: CallbackPlan) -> str | None:
    """Why nothing is delivered to the callback of a media that failed; None: it says that the media failed.

    Only analytics callbacks have something to say then (docs/contract/callbacks.md section 1).
    """
    return None if callback.type is CallbackType.ANALYTICS else SKIPPED_REASON


def skipped_after_finish(plan: Plan, callback: CallbackPlan) -> str | None:
    """Why nothing is delivered to the callback of a media that finished; None: what it asks for is there."""
    return NOT_REDACTED if callback.needs_redaction and not plan.serves_redacted else None


def replay_refusal(delivery: Delivery, media_status: MediaStatus, now: datetime) -> str | None:
    """Why it makes no sense to make the delivery again, with the remedy if there is one; None: it makes sense."""
    if not media_status.ended:
        return PROCESSED_AGAIN
    if media_status is MediaStatus.FAILED and (reason := skipped_after_failure(delivery.callback)) is not None:
        return SKIPPED.format(reason=reason)
    if delivery.status is DeliveryStatus.SKIPPED:
        return SKIPPED.format(reason=delivery.reason)
    if not delivery.callback.url:
        return ADDRESS_LOST
    signed = read_presigned(delivery.callback.url) if delivery.callback.role is None else None
    if signed is not None and signed.expires is not None and signed.expires <= now:
        return EXPIRED.format(expires=signed.expires)
    return None
