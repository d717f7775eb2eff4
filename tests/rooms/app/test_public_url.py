from __future__ import annotations

import pytest

from voxport.app.network import public_url
from voxport.settings import read_settings


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"host": "voice.internal", "port": "81"}, "http://voice.internal:81"),
        ({"host": "::1"}, "http://[::1]:8000"),
        ({"host": "0.0.0.0", "public_url": "https://voice.example/"}, "https://voice.example"),  # noqa: S104
        ({"public_url": "https://example.com/voice"}, "https://example.com/voice"),
    ],
)
def test_the_address_that_customers_see(flags: dict[str, str], expected: str) -> None:
    assert public_url(read_settings({}, flags)) == expected
