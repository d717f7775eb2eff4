"""How much strangers may take of a server, in connections, bytes and time."""

from __future__ import annotations

import resource
from dataclasses import dataclass, field

from voxport.api.pace import LeastPace

RESERVED_DESCRIPTORS = 128
"""For the database, the store, the log and what else the process opens besides connections and their files."""
DESCRIPTORS_EACH = 2
"""A connection, and the file that its request may read or write."""
_MOST_DESCRIPTORS = 65_536


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """What strangers may take."""

    connections: int = 10_000
    """Connections at once, however many of them are in a request."""
    of_address: int = 5_000
    """Those of them from one address; a proxy is one."""
    head_bytes: int = 64 * 1024
    """Length of a request line with its headers."""
    head_s: float = 10.0
    """Time in which they have to arrive whole, from the connection or from their first byte on."""
    pace: LeastPace = field(default_factory=LeastPace)
    """Of a peer that takes an answer, or sends a body that is answered already."""

    @classmethod
    def of(cls, connections: int, of_address: int) -> ConnectionLimits:
        """As set, where the process may have that many descriptors; 0 of an address is half of all."""
        most = max(1, min(connections, (_descriptors() - RESERVED_DESCRIPTORS) // DESCRIPTORS_EACH))
        return cls(most, min(of_address, most) if of_address else max(1, most // 2))


def _descriptors() -> int:
    """How many this process may have, after raising its soft limit as far as it may; more than that nobody needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _MOST_DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return _MOST_DESCRIPTORS if soft == resource.RLIM_INFINITY else soft
