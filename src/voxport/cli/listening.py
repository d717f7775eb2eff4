"""The address that `serve` listens on: taken first, so that nothing is begun where it cannot be had."""

from __future__ import annotations

import socket
from urllib.parse import urljoin

from voxport.core.errors import Misconfigured

BACKLOG = 2048
"""Connections that may wait to be taken, as many as uvicorn lets wait."""


def bind(host: str, port: int) -> socket.socket:
    """Takes the address before anything else is started, so that a taken one is reported at once and touches no data.

    Nothing listens on it yet: who asks is turned away until there is somebody to answer. Raises Misconfigured.
    """
    address = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        address.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if address.family == socket.AF_INET6:
            address.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        address.bind((host, port))
    except OSError as error:
        address.close()
        raise _taken(host, port, error) from error
    return address


def listen(address: socket.socket) -> None:
    """Raises Misconfigured where another process was quicker."""
    try:
        address.listen(BACKLOG)
    except OSError as error:
        host, port = address.getsockname()[:2]
        raise _taken(host, port, error) from error


def console_address(address: socket.socket, public_url: str | None) -> str:
    """Where people find the console: on the host of the public address where there is one, else on this machine.

    Its pages name each other from the root of their host on, whatever path a proxy puts the API below.
    """
    if public_url:
        return urljoin(public_url, "/console")
    host, port = address.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - what is listened on is no place to go
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/console"


def _taken(host: str, port: int, error: OSError) -> Misconfigured:
    return Misconfigured(
        f"{host}:{port} cannot be listened on: {error.strerror}. VOXPORT_HOST and VOXPORT_PORT choose another."
    )
