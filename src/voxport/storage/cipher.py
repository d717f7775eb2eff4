"""Encrypts the addresses we keep (callback and media URLs carry signatures) with AES-256-GCM.

Never logs, prints or shows a key or a clear text.
"""

from __future__ import annotations

from pathlib import Path


class Cipher:
    """Authenticated encryption under one 32-byte key; `bound_to` ties a text to its row, so rows cannot be swapped."""

    def __init__(self, key: bytes) -> None:
        raise NotImplementedError

    @classmethod
    def load(cls, secret_key: str | None, data_dir: Path) -> Cipher:
        """The key of `secret_key` (32 bytes in base64 or hex), else of `data_dir/secret.key`, made 0600 when absent.

        Raises Misconfigured when the key cannot be read or is not 32 bytes.
        """
        raise NotImplementedError

    def encrypt(self, clear: bytes, bound_to: bytes) -> bytes:
        raise NotImplementedError

    def decrypt(self, sealed: bytes, bound_to: bytes) -> bytes:
        """Raises Misconfigured when the key is not the one that sealed it."""
        raise NotImplementedError

    def derive(self, purpose: str) -> bytes:
        """A 32-byte key for another purpose (signing links), from which this one cannot be found (HKDF-SHA256)."""
        raise NotImplementedError
