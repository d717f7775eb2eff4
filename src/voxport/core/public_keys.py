"""Public keys of customers, with which they have encrypted what their recordings leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

MAX_KEY_BYTES = 64 * 1024
"""Of one key; a key with many signatures of others is exported without them (`export-minimal`)."""
MAX_KEYS = 100
"""Of one organisation, with those that are deleted and still in use."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that an organisation has uploaded."""

    id: UUID
    hash: str
    """SHA-256 of what was uploaded, hexadecimal in lower case."""
    data: bytes = field(repr=False)
    """What was uploaded, byte for byte; empty in a list."""
    expires: datetime | None
    """When nothing can be encrypted with it any more; None: it does not end by itself."""


@dataclass(frozen=True, slots=True)
class NewPublicKey:
    """A key that was found to be usable."""

    hash: str
    """As of `PublicKey`."""
    data: bytes = field(repr=False)
    """As of `PublicKey`."""
    fingerprint: str
    """Of its primary key, hexadecimal in lower case."""
    expires: datetime | None
    """As of `PublicKey`."""


@dataclass(frozen=True, slots=True)
class EncryptionPlan:
    """Everything that the media leaves is encrypted with a public key of the customer's."""

    public_key_id: UUID
    """The key, as the organisation has uploaded it."""
    public_key_hash: str
    """SHA-256 of the key as it was uploaded, hexadecimal."""
