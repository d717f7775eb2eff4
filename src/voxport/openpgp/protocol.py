"""How this program and its OpenPGP processes talk."""

from __future__ import annotations

import sys

LENGTH_BYTES = 4
"""Before the key: its length, most significant byte first."""
REFUSED = 3
"""The exit status where the key cannot be used."""


def command(mode: str) -> tuple[str, ...]:
    """The command line of a child; `mode`: inspect or encrypt."""
    return sys.executable, "-m", "voxport.openpgp.child", mode


def preamble(public_key: bytes) -> bytes:
    """What the child reads first."""
    return len(public_key).to_bytes(LENGTH_BYTES, "big") + public_key
