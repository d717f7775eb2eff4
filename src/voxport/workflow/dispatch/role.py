"""Delivery by role: which object a callback becomes in the customer's bucket."""

from __future__ import annotations

import asyncio

from voxport.core.artefacts import audio_form_from_json
from voxport.core.audio_formats import FORMATS
from voxport.core.delivery import Attempt, Cause, Delivery
from voxport.core.media import Media
from voxport.core.plan import ORIGINAL, REDACTED_AUDIO
from voxport.core.served_audio import served_audio_of
from voxport.delivery.attempts import StartedAttempt
from voxport.delivery.rounds import Sending
from voxport.delivery.s3.keys import KeyOf, object_key
from voxport.delivery.s3.role_store import ObjectTarget
from voxport.delivery.webhook import DeliveryRequest
from voxport.workflow.dependencies import Dependencies

_EXTENSIONS = {
    **{one.content_type: one.extension for one in reversed(FORMATS.values())},
    "audio/aac": "aac",
    "audio/aiff": "aiff",
    "audio/amr": "amr",
    "audio/amr-wb": "awb",
    "audio/basic": "au",
    "audio/x-caf": "caf",
    "audio/ogg": "ogg",
    "audio/webm": "webm",
    "audio/mp4": "m4a",
    "audio/3gpp": "3gp",
    "audio/x-matroska": "mka",
    "audio/x-ms-wma": "wma",
    "audio/x-pn-realaudio": "ra",
    "audio/x-w64": "w64",
    "audio/quicktime": "mov",
    "video/quicktime": "mov",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "video/ogg": "ogv",
    "video/3gpp": "3gp",
    "video/mpeg": "mpg",
    "video/mp2t": "ts",
    "video/x-matroska": "mkv",
    "video/x-msvideo": "avi",
    "video/x-flv": "flv",
    "video/x-ms-wmv": "wmv",
}
"""Of what ingest finds a recording to be."""


def sending_by_role(deps: Dependencies, media: Media, delivery: Delivery) -> Sending | None:
    """Puts the body of one try into the bucket; None for a callback without a role."""
    role = delivery.callback.role
    if role is None:
        return None

    async def send(request: DeliveryRequest, number: int, cause: Cause) -> Attempt:
        of = await asyncio.to_thread(_key_of, deps, media)
        try:
            key = object_key(deps.role_store.options.template, of, media.plan.callbacks, delivery.position)
        except ValueError as error:
            return StartedAttempt.now(number, cause).ended(status=None, error=f"The object cannot be named: {error}.")
        target = ObjectTarget(delivery.organization_id, delivery.callback.url, role, key)
        return await deps.role_store.send(request, target, number, cause)

    return send


def _key_of(deps: Dependencies, media: Media) -> KeyOf:
    extensions = {ORIGINAL: _EXTENSIONS.get(media.content_type or "", "bin")}
    audio = served_audio_of(media)
    form = None if audio is None or audio.form_key is None else deps.blobs.get(audio.form_key)
    if form is not None:
        # What was written stands for the recording under either name (core/served_audio.py).
        extensions = dict.fromkeys((ORIGINAL, REDACTED_AUDIO), audio_form_from_json(form).extension)
    external = media.metadata.get("externalId")
    return KeyOf(media.id, media.created, external if isinstance(external, str) else None, extensions)
