"""Encrypts the addresses we keep (callback and media URLs carry signatures) with AES-256-GCM.

Never logs, prints or shows a key or a clear text.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
import re
import secrets
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from voxport.core.errors import Misconfigured, start_fault

KEY_BYTES = 32
KEY_FILE = "secret.key"
_USED = "postgres"
"""What a data folder has once a server was started on it, after its key was made."""
_GONE = (
    "The secret key {path} is gone, and the data folder was used with it: nothing was started. Put it back from your "
    "backup; if it is lost for good, `voxport secret-key replace --lost` makes a new one and says what is lost."
)
_NONCE_BYTES = 12
_HEX = re.compile(r"[0-9a-fA-F]{64}")


class SealedOtherwise(Misconfigured):
    """Something is sealed with a key that this program was not given."""


class Cipher:
    """Authenticated encryption under a 32-byte key; `bound_to` ties a text to its row, so rows cannot be swapped.

    Keys of before open what they have sealed, and seal nothing.
    """

    def __init__(self, key: bytes, *before: bytes) -> None:
        self._keys = (key, *before)
        for one in self._keys:
            if len(one) != KEY_BYTES:
                raise Misconfigured(f"The secret key must have {KEY_BYTES} bytes; it has {len(one)}.")
        self._aeads = tuple(map(AESGCM, self._keys))

    @classmethod
    def load(cls, secret_key: str | None, data_dir: Path) -> Cipher:
        """The key of `secret_key` (32 bytes in base64 or hex), else of `data_dir/secret.key`, made in a new folder.

        Either may name keys of before behind it, with commas or spaces between. Raises Misconfigured when a key cannot
        be read, is not 32 bytes, or is gone from a folder that was used with it; TransientFault where the disk is full.
        """
        if secret_key:
            return cls(*_decode_all(secret_key, "VOXPORT_SECRET_KEY"))
        path = data_dir / KEY_FILE
        try:
            if not path.exists():
                if (data_dir / _USED).exists():
                    raise Misconfigured(_GONE.format(path=path))
                create_key(path)
            return cls(*_decode_all(path.read_text("ascii"), str(path)))
        except OSError as error:
            raise start_fault(error, f"The key file {path} cannot be used: {error.strerror or error}.") from error
        except UnicodeDecodeError as error:
            raise Misconfigured(f"The key file {path} cannot be used: {type(error).__name__}.") from error

    def encrypt(self, clear: bytes, bound_to: bytes) -> bytes:
        """A random nonce, then text and tag."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._aeads[0].encrypt(nonce, clear, bound_to)

    def decrypt(self, sealed: bytes, bound_to: bytes) -> bytes:
        """Raises SealedOtherwise when none of the keys has sealed it."""
        for aead in self._aeads:
            with contextlib.suppress(InvalidTag, ValueError):
                return aead.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
        raise SealedOtherwise(
            "Stored addresses cannot be decrypted: the secret key is not the one they were stored with."
        )

    def derive(self, purpose: str) -> bytes:
        """A 32-byte key for another purpose (signing links), from which this one cannot be found (HKDF-SHA256)."""
        return self.derive_all(purpose)[0]

    def derive_all(self, purpose: str) -> tuple[bytes, ...]:
        """As `derive`, of the key and of those before it."""
        return tuple(HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(key) for key in self._keys)


def _decode_all(written: str, source: str) -> list[bytes]:
    return [_decode(one, source) for one in re.split(r"[\s,]+", written.strip())]


def _decode(written: str, source: str) -> bytes:
    written = written.strip()
    try:
        if _HEX.fullmatch(written):
            return bytes.fromhex(written)
        padded = written + "=" * (-len(written) % 4)
        key = base64.b64decode(padded.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise Misconfigured(f"{source} must hold {KEY_BYTES} bytes in base64 or hex.")
    return key


def create_key(path: Path) -> None:
    """Whole and 0600 from the first moment; of two processes that make it at once, the first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".secret-")  # mkstemp makes it 0600
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()
