"""The form of a row: which refusals it is about, who has to act, the sentence, and whether waiting helps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """Where a refusal comes from."""

    ASSUME_ROLE = "AssumeRole"
    """STS, asked for the role of a callback."""
    ROLE = "by role"
    """The store, in a delivery by role."""
    SIGNED_URL = "signed URL"
    """The store, in a delivery to a URL that carries a signature."""


class Who(StrEnum):
    """Who has to act."""

    CUSTOMER = "customer"
    """Whoever owns the bucket and asked for the delivery."""
    OPERATOR = "operator"
    """Whoever runs this server."""
    NOBODY = "nobody"
    """It passes by itself."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A row of the table."""

    ways: tuple[Way, ...]
    codes: tuple[str, ...]
    """Error codes, exceptions of botocore, `HTTP 403` for an answer without a code that has a row, and our "
    "own words."""
    who: Who
    sentence: str
    """What to change; the names in braces are those of `Asked`."""
    waiting_helps: bool = True
    """Whether a later try may fare better, by itself or once somebody has acted; else the delivery ends at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a refused request was about, for the sentences; what does not apply stays empty."""

    bucket: str = ""
    action: str = ""
    """The permission that the step needs."""
    resource: str = ""
    """What that permission is needed on, as an ARN."""
    region: str = ""
    """The region of the bucket, as the store tells it."""
    asked_region: str = ""
    """The region that the request was signed for."""
    stored: str = ""
    """Encryption and storage class that were asked for."""
    kms_key: str = ""
    role: str = ""
    account: str = ""
    """Of this server, in words."""
    external_id: str = ""
    method: str = ""
    content_type: str = ""
