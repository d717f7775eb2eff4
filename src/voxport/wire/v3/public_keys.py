"""Public keys of a client (docs/contract/v3-endpoints.md section 6), and which one a media is encrypted with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired

from typing_extensions import TypedDict

from voxport.core.public_keys import EncryptionPlan, PublicKey
from voxport.wire.writing.links import Links, path_of, self_link
from voxport.wire.writing.shapes import Uuid, open_ended

PUBLIC_KEYS_PATH = "/v3/security/public-keys"


@open_ended
class VbPublicKey(TypedDict):
    _links: NotRequired[Links]
    publicKeyId: Uuid
    publicKeyHash: str
    """SHA-256 of the key as it was uploaded, hexadecimal"""


@open_ended
class VbPublicKeys(TypedDict):
    _links: NotRequired[Links]
    keys: list[VbPublicKey]
    """In the order in which they were uploaded"""


@open_ended
class VbEncryption(TypedDict):
    publicKeyId: Uuid
    publicKeyHash: str
    """SHA-256 of the key as it was uploaded, hexadecimal"""


def public_key_body(key: PublicKey) -> VbPublicKey:
    """The answer to an upload, and one element of the list."""
    links = self_link(path_of(f"{PUBLIC_KEYS_PATH}/{key.id}"))
    return {"_links": links, "publicKeyId": str(key.id), "publicKeyHash": key.hash}


def public_keys_body(keys: Sequence[PublicKey]) -> VbPublicKeys:
    """The answer to GET of all."""
    return {"_links": self_link(PUBLIC_KEYS_PATH), "keys": [public_key_body(key) for key in keys]}


def encryption_body(plan: EncryptionPlan) -> VbEncryption:
    """`encryption` of the media document."""
    return {"publicKeyId": str(plan.public_key_id), "publicKeyHash": plan.public_key_hash}
