"""What goes wrong with an object store, told as a kind of fault; a store's own message may quote keys and addresses."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager

from obstore.exceptions import BaseError

from voxport.core.errors import TransientFault, system_errno

_NO_BUCKET = "NoSuchBucket"
_CODE = re.compile(r"<Code>([A-Za-z]{1,60})</Code>")
_LOOKED_AT = 8_000
"""Characters of a message in which its code is looked for."""
_NOT_KNOWN = ("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "TokenRefreshRequired")
_SENTENCES = {
    _NO_BUCKET: "The bucket of the object store does not exist",
    **dict.fromkeys(_NOT_KNOWN, "The object store refuses the credentials"),
    "AccessDenied": "The object store does not allow that with these credentials",
    "RequestTimeTooSkewed": "The object store refuses this machine's clock",
}
"""By code of S3."""
_OF_SYSTEM = {
    errno.ENOSPC: "The disk of the object store is full",
    errno.EDQUOT: "The disk of the object store is full for this user",
    errno.EROFS: "The disk of the object store takes no writes",
    errno.EACCES: "The folder of the object store may not be used by this user",
    errno.EPERM: "The folder of the object store may not be used by this user",
}
_NO_CREDENTIALS = "There are no credentials for the object store, and nobody gives this machine any"


@contextmanager
def faults() -> Iterator[None]:
    """Around calls of the store that read: its errors as TransientFault, except that something is not there."""
    try:
        yield
    except FileNotFoundError as error:
        if not is_without_bucket(error):
            raise
        raise as_fault(error) from error
    except (BaseError, OSError) as error:
        raise as_fault(error) from error


@contextmanager
def write_faults() -> Iterator[None]:
    """Around calls of the store that write: they need nothing that is there but the store itself."""
    try:
        yield
    except (BaseError, OSError) as error:
        raise as_fault(error) from error


@contextmanager
def unless_there() -> Iterator[None]:
    """Within `faults`: goes on when something is not there, in a store that is."""
    try:
        yield
    except FileNotFoundError as error:
        if is_without_bucket(error):
            raise


def is_without_bucket(error: FileNotFoundError) -> bool:
    """Whether it is the whole bucket that is missing; S3 says so where its answer has a body, to HEAD it has none."""
    return f"<Code>{_NO_BUCKET}</Code>" in str(error)[:_LOOKED_AT]


def as_fault(error: Exception) -> TransientFault:
    """Names the kind of fault only."""
    said = str(error)[:_LOOKED_AT]
    found = _CODE.search(said)
    code = found.group(1) if found else ""
    sentence = _SENTENCES.get(code) if found else _OF_SYSTEM.get(system_errno(error) or 0)
    if sentence is None and "169.254.169.254" in said:
        return TransientFault(f"{_NO_CREDENTIALS}.")
    return TransientFault(f"{sentence or 'The object store failed'} ({code or type(error).__name__}).")
