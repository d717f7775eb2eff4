"""Where `serve` says that the console is."""

from __future__ import annotations

import socket

import pytest

from voxport.cli.listening import bind, console_address


@pytest.mark.parametrize(
    ("host", "public_url", "shown"),
    [
        ("127.0.0.1", None, "http://127.0.0.1:{port}/console"),
        ("0.0.0.0", None, "http://127.0.0.1:{port}/console"),  # noqa: S104 - what is asked about
        ("127.0.0.1", "https://voice.example/", "https://voice.example/console"),
        ("127.0.0.1", "https://voice.example:8443/below/a/path", "https://voice.example:8443/console"),
    ],
)
def test_the_console_is_where_people_can_go(host: str, public_url: str | None, shown: str) -> None:
    with bind(host, 0) as address:
        assert console_address(address, public_url) == shown.format(port=address.getsockname()[1])


def test_an_address_of_ipv6_stands_in_brackets() -> None:
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with bind("::", 0) as address:
        assert console_address(address, None) == f"http://[::1]:{address.getsockname()[1]}/console"
