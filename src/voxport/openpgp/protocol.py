"""How this program and its OpenPGP processes talk."""

from __future__ import annotations

import sys
from datetime import datetime

LENGTH_BYTES = 4
"""Before the key: its length, most significant byte first."""
REFUSED = 3
"""The exit status where the key cannot be used."""


def command(mode: str, moment: datetime) -> tuple[str, ...]:
    """The command line of a child; `mode`: inspect or encrypt. `moment`: at which the key has to be good."""
    return sys.executable, "-m", "voxport.openpgp.child", mode, moment.isoformat()


def preamble(public_key: bytes) -> bytes:
    """What the child reads first."""
    return len(public_key).to_bytes(LENGTH_BYTES, "big") + public_key
