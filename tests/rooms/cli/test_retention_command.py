"""`voxport retention`: set and shown in the database."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from voxport.cli.errors import CommandFailed
from voxport.cli.main import app
from voxport.cli.retention import time_to_live_s
from voxport.storage.cipher import Cipher
from voxport.storage.store import Store

KEY = bytes(range(32))


def test_it_is_set_shown_and_refused(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def prepare() -> None:
        store = await Store.open(postgres_url, Cipher(KEY), pool_size=1)
        for name in ("Acme", "Other"):
            await store.organizations.create(name)
        await store.close()

    asyncio.run(prepare())
    monkeypatch.setenv("VOXPORT_SECRET_KEY", base64.b64encode(KEY).decode())

    def call(*words: str) -> Result:
        place = ["--data", str(tmp_path), "--database-url", postgres_url]
        return CliRunner().invoke(app, ["retention", *words, *place])

    assert call("set", "--org", "Acme", "--keep", "121d", "--keep-failed", "12h").exit_code == 0
    assert call("show").stdout == "Acme\t121d\t12h\nOther\tforever\tas all\n"
    assert call("set", "--org", "Acme", "--keep", "forever", "--keep-failed", "forever").exit_code == 0
    assert call("show", "--org", "Acme").stdout == "Acme\tforever\tforever\n"
    for words in (("set", "--org", "Nobody", "--keep", "1d"), ("set", "--org", "Acme", "--keep", "0d")):
        assert isinstance(call(*words).exception, CommandFailed)
    assert call("show", "--org", "Acme").stdout == "Acme\tforever\tforever\n"


@pytest.mark.parametrize("written", ["", "d", "1w", "-1d", "1.5d", "9999999999d", "٣d"])
def test_a_time_to_live_that_is_none(written: str) -> None:
    with pytest.raises(CommandFailed, match="--keep takes a time"):
        time_to_live_s(written, "--keep")
