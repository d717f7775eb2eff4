"""`encryption`: which public key of the client encrypts what the recording leaves."""

from __future__ import annotations

from uuid import UUID

from voxport.wire.reading.refusals import Refusals
from voxport.wire.v3.shapes.configuration import Encryption


def public_key_named(section: Encryption | None, refusals: Refusals) -> UUID | None:
    """The id of the key; None without the section, and where it was noted that it names none."""
    if section is None:
        return None
    try:
        return UUID(section.public_key_id or "")
    except ValueError:
        refusals.unreadable(("encryption", "publicKeyId"), "the id of an uploaded public key, a UUID")
        return None
