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

from voxport.core.errors import Misconfigured

KEY_BYTES = 32
KEY_FILE = "secret.key"
_NONCE_BYTES = 12
_HEX = re.compile(r"[0-9a-fA-F]{64}")


class Cipher:
    """Authenticated encryption under one 32-byte key; `bound_to` ties a text to its row, so rows cannot be swapped."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise Misconfigured(f"The secret key must have {KEY_BYTES} bytes; it has {len(key)}.")
        self._key = key
        self._aead = AESGCM(key)

    @classmethod
    def load(cls, secret_key: str | None, data_dir: Path) -> Cipher:
        """The key of `secret_key` (32 bytes in base64 or hex), else of `data_dir/secret.key`, made 0600 when absent.

        Raises Misconfigured when the key cannot be read or is not 32 bytes.
        """
        if secret_key:
            return cls(_decode(secret_key, "VOXPORT_SECRET_KEY"))
        path = data_dir / KEY_FILE
        try:
            if not path.exists():
                _create_key(path)
            return cls(_decode(path.read_text("ascii"), str(path)))
        except (OSError, UnicodeDecodeError) as error:
            raise Misconfigured(f"The key file {path} cannot be used: {type(error).__name__}.") from error

    def encrypt(self, clear: bytes, bound_to: bytes) -> bytes:
        """A random nonce, then text and tag."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, clear, bound_to)

    def decrypt(self, sealed: bytes, bound_to: bytes) -> bytes:
        """Raises Misconfigured when the key is not the one that sealed it."""
        try:
            return self._aead.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
        except (InvalidTag, ValueError):
            raise Misconfigured(
                "Stored addresses cannot be decrypted: the secret key is not the one they were stored with."
            ) from None

    def derive(self, purpose: str) -> bytes:
        """A 32-byte key for another purpose (signing links), from which this one cannot be found (HKDF-SHA256)."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(self._key)


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


def _create_key(path: Path) -> None:
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
