"""Addresses with secrets are taken out of a plan and sealed beside it; a corrected transcript is sealed whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from voxport.core.json_text import json_text, read_json_text
from voxport.core.plan import CallbackPlan, Plan, plan_from_json, plan_to_json
from voxport.storage.cipher import Cipher, SealedOtherwise

_CALLBACK = TypeAdapter(CallbackPlan)


@dataclass(frozen=True, slots=True)
class SealedPlan:
    """A plan as two columns of its row."""

    plan: dict[str, Any]
    """The plan as JSON, its callbacks without addresses."""
    secrets: bytes | None
    """The addresses of its callbacks and of its source, encrypted; None when there are none."""


def seal(cipher: Cipher, media_id: UUID, plan: Plan, source_url: str | None) -> SealedPlan:
    stripped = replace(plan, callbacks=tuple(replace(callback, url="") for callback in plan.callbacks))
    urls = [callback.url for callback in plan.callbacks]
    if not urls and source_url is None:
        return SealedPlan(plan_to_json(stripped), None)
    clear = json.dumps({"source_url": source_url, "callbacks": urls}).encode()
    return SealedPlan(plan_to_json(stripped), cipher.encrypt(clear, media_id.bytes))


def unseal(cipher: Cipher, media_id: UUID, plan: dict[str, Any], secrets: bytes | None) -> tuple[Plan, str | None]:
    """The whole plan and the source address; raises Misconfigured under another key."""
    stripped = plan_from_json(plan)
    if secrets is None:
        return stripped, None
    clear = json.loads(cipher.decrypt(secrets, media_id.bytes))
    pairs = zip(stripped.callbacks, clear["callbacks"], strict=True)
    callbacks = tuple(replace(callback, url=url) for callback, url in pairs)
    return replace(stripped, callbacks=callbacks), clear["source_url"]


def unseal_known(
    cipher: Cipher, media_id: UUID, plan: dict[str, Any], secrets: bytes | None
) -> tuple[Plan, str | None]:
    """As `unseal`; under another key without the addresses, which are empty then: what needs none can be shown."""
    try:
        return unseal(cipher, media_id, plan, secrets)
    except SealedOtherwise:
        return plan_from_json(plan), None


def callback_to_json(callback: CallbackPlan) -> dict[str, Any]:
    """The stored form of a callback without its address; `callback_from_json` is its inverse."""
    value: dict[str, Any] = _CALLBACK.dump_python(replace(callback, url=""), mode="json")
    return value


def callback_from_json(value: dict[str, Any]) -> CallbackPlan:
    return _CALLBACK.validate_python(value)


def unseal_addresses(cipher: Cipher, media_id: UUID, secrets: bytes | None) -> Sequence[str]:
    """The addresses of the callbacks of a plan, in their order; raises Misconfigured under another key."""
    if secrets is None:
        return ()
    addresses: list[str] = json.loads(cipher.decrypt(secrets, media_id.bytes))["callbacks"]
    return addresses


def seal_corrected(cipher: Cipher, media_id: UUID, transcript: str | None) -> bytes | None:
    """What was said is kept from whoever reads the database alone; None when there is nothing to seal."""
    return None if transcript is None else cipher.encrypt(transcript.encode(), _corrected_of(media_id))


def unseal_corrected(cipher: Cipher, media_id: UUID, sealed: bytes) -> str:
    """Raises Misconfigured under another key."""
    return cipher.decrypt(sealed, _corrected_of(media_id)).decode()


def seal_metadata(cipher: Cipher, media_id: UUID, metadata: dict[str, Any]) -> bytes:
    """Until it is encrypted with the customer's key, what he says of a recording is kept with the server's."""
    return cipher.encrypt(json_text(metadata).encode(), _metadata_of(media_id))


def unseal_metadata(cipher: Cipher, media_id: UUID, sealed: bytes) -> dict[str, Any]:
    """Raises Misconfigured under another key."""
    metadata: dict[str, Any] = read_json_text(cipher.decrypt(sealed, _metadata_of(media_id)).decode())
    return metadata


def _metadata_of(media_id: UUID) -> bytes:
    return b"metadata" + media_id.bytes


def _corrected_of(media_id: UUID) -> bytes:
    return b"corrected" + media_id.bytes
