"""The proxy and the authorities: what cannot be used is told in a sentence before anything starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from voxport.app.network import outbound_options
from voxport.app.resources import open_resources
from voxport.core.errors import Misconfigured
from voxport.outbound import Proxy
from voxport.settings import read_settings


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"ca_file": "/nowhere/ca.pem"}, "VOXPORT_CA_FILE cannot be used: there is no file /nowhere/ca.pem."),
        ({"proxy": "http://us:geheim@proxy:none"}, "VOXPORT_PROXY cannot be used: its port is not a number."),
        ({"no_proxy": "inside.example"}, "VOXPORT_NO_PROXY has no effect without VOXPORT_PROXY."),
        ({"proxy_resolves": "true"}, "VOXPORT_PROXY_RESOLVES has no effect without VOXPORT_PROXY."),
    ],
)
def test_what_cannot_be_used_is_told_before_anything_starts(tmp_path: Path, given: dict[str, str], told: str) -> None:
    settings = read_settings({}, {"data": str(tmp_path), **given})
    with pytest.raises(Misconfigured) as refused:
        open_resources(settings)
    assert str(refused.value) == told
    assert not list(tmp_path.iterdir())


def test_the_proxy_is_what_the_settings_say() -> None:
    settings = read_settings(
        {}, {"proxy": "http://proxy:3128", "no_proxy": "inside.example,10.0.0.0/8", "proxy_resolves": "true"}
    )
    expected = Proxy.read("http://proxy:3128", resolves=True, direct=["inside.example", "10.0.0.0/8"])
    assert outbound_options(settings).proxy == expected
