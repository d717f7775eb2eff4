"""`voxport webhook-secret`: the secret alone on standard output, the rest for people."""

from __future__ import annotations

import asyncio
import base64
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from voxport.cli.errors import CommandFailed
from voxport.cli.main import app
from voxport.cli.webhook_secret import duration
from voxport.storage.cipher import Cipher
from voxport.storage.store import Store

KEY = bytes(range(32))


@pytest.fixture
def run(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    async def prepare() -> None:
        store = await Store.open(postgres_url, Cipher(KEY), pool_size=1)
        await store.organizations.create("Acme")
        await store.close()

    asyncio.run(prepare())
    monkeypatch.setenv("VOXPORT_SECRET_KEY", base64.b64encode(KEY).decode())

    def call(*words: str) -> Result:
        place = ["--data", str(tmp_path), "--database-url", postgres_url]
        return CliRunner().invoke(app, ["webhook-secret", *words, *place])

    return call


def test_the_secret_is_printed_alone_and_stays_until_it_is_rotated(run: Any) -> None:
    shown = run("show", "--org", "Acme")
    assert shown.exit_code == 0, shown.stderr
    first = shown.stdout
    assert first.startswith("whsec_")
    assert len(base64.b64decode(first.removeprefix("whsec_"))) == 32
    assert run("show", "--org", "Acme").stdout == first

    rotated = run("rotate", "--org", "Acme", "--overlap", "90m")
    assert rotated.exit_code == 0, rotated.stderr
    assert rotated.stdout.startswith("whsec_")
    assert rotated.stdout.count("\n") == 1
    assert rotated.stdout != first
    assert "90m" in rotated.stderr
    assert run("show", "--org", "Acme").stdout == rotated.stdout

    listed = [line.split("\t") for line in run("list", "--org", "Acme").stdout.splitlines()]
    assert [line[2][:5] for line in listed] == ["signs", "until"]
    assert "whsec_" not in str(listed)

    run("rotate", "--org", "Acme", "--overlap", "0")
    assert len(run("list", "--org", "Acme").stdout.splitlines()) == 1


def test_what_cannot_be_done_is_said(run: Any) -> None:
    assert isinstance(run("show", "--org", "Nobody").exception, CommandFailed)
    wrong = run("rotate", "--org", "Acme", "--overlap", "soon").exception
    assert isinstance(wrong, CommandFailed)
    assert "24h" in str(wrong)


def test_times_as_people_write_them() -> None:
    hours, minutes, days, none = (duration(text) for text in ("24h", " 90m", "7d", "0"))
    assert (hours, minutes, days, none) == (
        timedelta(hours=24),
        timedelta(minutes=90),
        timedelta(days=7),
        timedelta(0),
    )
    for wrong in ("", "-1h", "1 h", "1w", "h", "9999999d", "1.5h"):
        with pytest.raises(ValueError, match="24h"):
            duration(wrong)
