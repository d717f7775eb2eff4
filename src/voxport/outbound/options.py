"""What an operator may set about requests to customers' addresses."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class OutboundOptions:
    """`allow_networks` names networks that are not public and may be reached all the same.

    `answer_timeout_s` limits each write without progress, and, once the request is sent, the whole answer. A body that
    is taken more slowly than 16 KiB a second on the whole is left.
    `max_answer_bytes` of an answer are read, the rest never.
    """

    allow_networks: tuple[Network, ...] = ()
    allow_http: bool = False
    connect_timeout_s: float = 10.0
    answer_timeout_s: float = 60.0
    max_answer_bytes: int = 16 * 1024
    max_redirects: int = 5
    keep_alive_s: float = 15.0
