"""Judges an uploaded public key, beside the event loop and within limits of time."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE
from dataclasses import dataclass
from datetime import UTC, datetime

from voxport.openpgp.protocol import REFUSED, command, preamble

_LIMIT_S = 20.0
_AT_ONCE = 2
"""A key can be made so that judging it takes long; those who send such wait for each other, and for nobody else."""


class UnusableKey(Exception):
    """Nothing can be encrypted with it; the text says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class InspectedKey:
    """A public key that can be used."""

    fingerprint: str
    """Of its primary key, hexadecimal in lower case."""
    expires: datetime | None
    """When nothing can be encrypted with it any more; None: it does not end by itself."""


class KeyInspector:
    """One for each process."""

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def inspect(self, public_key: bytes) -> InspectedKey:
        """What is in the key; raises UnusableKey."""
        async with self._slots:
            asked = command("inspect", datetime.now(UTC))
            child = await asyncio.create_subprocess_exec(*asked, stdin=PIPE, stdout=PIPE, stderr=PIPE)
            try:
                async with asyncio.timeout(_LIMIT_S):
                    found, reason = await child.communicate(preamble(public_key))
            except TimeoutError:
                raise UnusableKey(f"it could not be read within {_LIMIT_S:g} seconds") from None
            finally:
                if child.returncode is None:
                    child.kill()
                    await child.wait()
        if child.returncode == REFUSED:
            raise UnusableKey(reason.decode(errors="replace"))
        if child.returncode != 0:
            # The library has failed on it: what it cannot read it cannot encrypt with.
            raise UnusableKey("it cannot be read as an OpenPGP public key")
        said = json.loads(found)
        ends = said["expires"]
        return InspectedKey(said["fingerprint"], None if ends is None else datetime.fromisoformat(ends))
