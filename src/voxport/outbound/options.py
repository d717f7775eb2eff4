"""What an operator may set about requests to customers' addresses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from voxport.outbound.networks import Network
from voxport.outbound.proxy import Proxy


@dataclass(frozen=True, slots=True)
class OutboundOptions:
    """Limits on each request, and what the guard lets through."""

    allow_networks: tuple[Network, ...] = ()
    """Networks that are not public and may be reached all the same."""
    allow_http: bool = False
    """Whether plain http is allowed."""
    connect_timeout_s: float = 10.0
    """For the look-up of the name, and again for the connection with TLS."""
    answer_timeout_s: float = 60.0
    """For each write without progress; once the request is sent, for the whole answer.

    A body that is taken more slowly than 16 KiB a second on the whole is left.
    """
    max_answer_bytes: int = 16 * 1024
    """So much of the answer to a `request` is read, the rest never."""
    max_redirects: int = 5
    """Redirects that a `stream_get` follows."""
    proxy: Proxy | None = None
    """By which every address is reached; None: directly."""
    ca_file: Path | None = None
    """Authorities (PEM) that are trusted beside the public ones."""
    keep_alive_s: float = 15.0
    """Time for which an idle connection is kept for the next request to the same origin."""
