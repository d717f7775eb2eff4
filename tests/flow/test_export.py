"""`voxport export` against a whole server, in both dialects: what it finds again, and a URL that ended too soon."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.support.s3_server import S3Server
from tests.support.s3cmd import Customer, make_customer
from tests.support.server import VoxportServer
from voxport.cli.export.batch import Batch
from voxport.cli.export.dialects import Configuration, Dialect, Server
from voxport.cli.export.journal import Journal
from voxport.cli.export.platform import Platform
from voxport.cli.export.recordings import Naming, collect
from voxport.cli.export.s3cfg import AccessOptions, read_access
from voxport.cli.export.signing import Signer
from voxport.cli.export.upload import UploadOptions
from voxport.cli.main import app

RECORDING = Path(__file__).resolve().parents[1] / "audio" / "go-forward-3s.wav"

pytestmark = pytest.mark.parametrize("dialect", list(Dialect), ids=lambda dialect: dialect.value)


@pytest.fixture
def customer(s3_server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flow_token: str) -> Customer:
    customer = make_customer(s3_server, tmp_path / "home")
    monkeypatch.setenv("HOME", str(customer.home))
    monkeypatch.setenv("VOXPORT_TOKEN", flow_token)
    monkeypatch.chdir(customer.folder)
    for name in ("one.wav", "two.wav"):
        shutil.copy(RECORDING, customer.folder / name)
    return customer


def export(*words: str) -> Result:
    return CliRunner().invoke(app, ["export", *words])


def listed(server: VoxportServer, token: str, external_id: str) -> list[dict[str, Any]]:
    with server.client(token) as client:
        found: list[dict[str, Any]] = client.get("/v3/media", params={"externalId": external_id}).json()["media"]
    return found


def test_what_a_killed_export_had_sent_is_found_on_the_server(
    customer: Customer, flow_server: VoxportServer, flow_token: str, dialect: Dialect
) -> None:
    bucket = customer.make_bucket()
    words = ("--bucket", bucket, "--submit", f"{flow_server.url}/{dialect.value}", "--wait", ".")
    first = export(*words)
    assert first.exit_code == 0, first.output
    # As if it had been killed between the last byte of each upload and the answer.
    journal = customer.folder / f"voxport-export-{bucket}.journal"
    lines = [line for line in journal.read_text().splitlines() if json.loads(line)["step"] == "begun"]
    journal.write_text("\n".join(lines) + "\n")
    second = export(*words)
    assert second.exit_code == 0, second.output
    assert sorted(second.stdout.splitlines()) == sorted(first.stdout.splitlines())
    assert set(customer.objects(bucket)) == {"one.wav.json", "two.wav.json"}
    for name in ("one.wav", "two.wav"):
        assert len(listed(flow_server, flow_token, f"s3://{bucket}/{name}.json")) == 1


async def test_a_url_that_ended_before_the_delivery_is_signed_again(
    customer: Customer, flow_server: VoxportServer, flow_token: str, dialect: Dialect
) -> None:
    bucket = customer.make_bucket()
    signer = Signer(read_access(AccessOptions()), bucket, 0)
    (recording,) = collect(["one.wav"], [], Naming(prefix="a folder"))
    order = UploadOptions(Configuration(dialect, {}), attach=False, wait=True, again=False, at_once=1)
    server = Server(flow_server.url, dialect)
    with Journal(Path("journal"), server.root, bucket, attach=False) as journal:
        async with Platform(server, flow_token) as platform:
            batch = Batch(order, platform, signer, journal)

            def accepted(_: object, media_id: str) -> None:
                signer.life_s = 600
                with flow_server.client(flow_token) as client:
                    flow_server.wait_until(lambda: is_expired(client, media_id))

            batch.on_accepted = accepted
            (outcome,) = await batch.run([recording])
    assert (outcome.status, outcome.error) == ("delivered", None)
    assert set(customer.objects(bucket)) == {"a folder/one.wav.json"}


def is_expired(client: Any, media_id: str) -> bool:
    deliveries = client.get(f"/v3/media/{media_id}/deliveries").json()["deliveries"]
    return [one["status"] for one in deliveries] == ["expired"]
