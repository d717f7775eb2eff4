"""Delivery by role, whole: a customer's account with a bucket and a role, a running server, a POST, objects read back.

What the servers of these tests cannot show (AWS's own redirects between regions, KMS, throttling) stands in
tests/rooms/delivery against a scripted store.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.aws_accounts import Customer, Sender, make_sender
from tests.support.s3_server import S3Server
from tests.support.server import VoxportServer

CALL = Path(__file__).resolve().parents[1] / "audio" / "go-forward-3s.wav"
ORGANIZATION = "Role"


class Account:
    """An organisation of the server, and the AWS account of that customer."""

    def __init__(self, server: VoxportServer, sender: Sender, customer: Customer) -> None:
        self.server, self.sender, self.customer = server, sender, customer
        self.client = server.client(server.token(ORGANIZATION))

    def program(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "voxport", *words, "--data", str(self.server.data_dir)],
            env=self.server.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def role(self) -> str:
        """Made of the policies that the server's operator prints for the customer."""
        printed = self.program("s3", "policy", "--bucket", self.customer.bucket, "--org", ORGANIZATION)
        assert printed.returncode == 0, printed.stderr
        permission, end = json.JSONDecoder().raw_decode(printed.stdout)
        return self.customer.make_role(json.dumps(permission), printed.stdout[end:])

    def submit(self, callbacks: list[dict[str, Any]]) -> str:
        parts: dict[str, Any] = {
            "configuration": (None, json.dumps({"publish": {"callbacks": callbacks}})),
            "metadata": (None, json.dumps({"externalId": "call-7"})),
            "media": (CALL.name, CALL.read_bytes()),
        }
        answer = self.client.post("/v3/media", files=parts)
        assert answer.status_code == 200, answer.text
        assert "warnings" not in answer.json()
        return str(answer.json()["mediaId"])

    def until_ended(self, media_id: str) -> list[dict[str, Any]]:
        def ended() -> list[dict[str, Any]] | None:
            found = self.client.get(f"/v3/media/{media_id}/deliveries").json()["deliveries"]
            return found if found and all(one["status"] != "pending" for one in found) else None

        found: list[dict[str, Any]] = self.server.wait_until(ended)
        return found


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory, s3_server: S3Server) -> Iterator[Account]:
    sender, folder = make_sender(s3_server), tmp_path_factory.mktemp("role")
    server = VoxportServer(folder, delivery_rounds="0.2,0.4", delivery_tries="2", sts_endpoint_url=s3_server.endpoint)
    server.environment |= {**sender.environment, "AWS_DEFAULT_REGION": s3_server.region}
    try:
        server.start()
        account = Account(server, sender, Customer.on(s3_server))
        yield account
        account.client.close()
    finally:
        server.stop()


@pytest.fixture(scope="module")
def role(account: Account) -> str:
    return account.role()


def test_every_type_becomes_an_object_of_its_own(account: Account, role: str) -> None:
    base = {"s3Delivery": True, "url": account.customer.url, "role": role, "prependFolder": "voicebase-output"}
    formats = ("json", "text", "srt", "webvtt", "dfxp")
    callbacks = [
        {**base, "type": "analytics", "include": ["transcript", "metadata"]},
        {**base, "type": "analytics", "include": ["metadata"], "method": "POST"},
        *({**base, "type": "transcript", "format": name} for name in formats),
        {**base, "type": "media", "stream": "original", "url": account.customer.url + "/"},
    ]
    media_id = account.submit(callbacks)
    deliveries = account.until_ended(media_id)
    assert [one["status"] for one in deliveries] == ["delivered"] * len(callbacks), deliveries
    objects = account.customer.objects()
    begin = f"voicebase-output/{media_id}"
    texts = {name: f"{begin}.transcript.{name}" for name in ("json", "txt", "srt", "vtt", "dfxp")}
    assert set(objects) == {f"{begin}.json", f"{begin}.2.json", *texts.values(), f"{begin}.original.wav"}

    whole, small = json.loads(objects[f"{begin}.json"]), json.loads(objects[f"{begin}.2.json"])
    assert whole["mediaId"] == small["mediaId"] == media_id
    assert whole["metadata"]["externalId"] == "call-7"
    assert "transcript" not in small
    alternates = {one["format"]: base64.b64decode(one["data"]) for one in whole["transcript"]["alternateFormats"]}
    assert objects[texts["txt"]] == alternates["text"]
    assert objects[texts["vtt"]] == alternates["webvtt"]
    assert json.loads(objects[texts["json"]])["words"] == whole["transcript"]["words"]
    assert objects[f"{begin}.original.wav"] == CALL.read_bytes()
    types = {
        f"{begin}.json": "application/json",
        texts["txt"]: "text/plain",
        texts["srt"]: "text/srt",
        texts["vtt"]: "text/vtt",
        texts["dfxp"]: "application/ttaf+xml",
        f"{begin}.original.wav": "application/octet-stream",
    }
    s3 = account.customer.client("s3")
    stored = {key: s3.head_object(Bucket=account.customer.bucket, Key=key) for key in types}
    assert {key: head["ContentType"] for key, head in stored.items()} == types
    # An object leads back to its delivery.
    assert stored[f"{begin}.json"]["Metadata"]["voxport-delivery-id"] == deliveries[0]["deliveryId"]
    (attempt,) = deliveries[0]["attempts"]
    assert attempt["address"] == f"{account.customer.url}/{begin}.json"
    assert (attempt["status"], attempt["bytes"]) == (200, len(objects[f"{begin}.json"]))


def test_the_check_passes_with_that_role(account: Account, role: str) -> None:
    before = account.customer.objects()
    checked = account.program("s3", "check", "--role", role, "--url", account.customer.url)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert [line.split()[0] for line in checked.stdout.splitlines()] == ["ok"] * 6
    assert account.customer.objects() == before


def test_a_refusal_is_on_record_and_a_replay_after_the_remedy_arrives(account: Account) -> None:
    stranger = "00000000-0000-4000-8000-000000000000"
    customer = Customer.on(account.customer.server)
    role = customer.role(account.sender, stranger)
    media_id = account.submit([{"s3Delivery": True, "url": customer.url, "role": role}])
    (delivery,) = account.until_ended(media_id)
    assert (delivery["status"], len(delivery["attempts"])) == ("failed", 6)
    errors = {attempt["error"] for attempt in delivery["attempts"]}
    assert len(errors) == 1
    error = errors.pop()
    organization_id = account.client.get(f"/v3/media/{media_id}").json()["accountId"]
    assert error.startswith("AssumeRole failed (AccessDenied).")
    assert f"{organization_id} as sts:ExternalId" in error
    assert account.sender.secret_key not in account.server.log_path.read_text()

    iam, name = customer.client("iam"), role.rpartition("/")[2]
    document = iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"]
    mended = json.dumps(document).replace(stranger, organization_id)
    iam.update_assume_role_policy(RoleName=name, PolicyDocument=mended)
    answer = account.client.post(f"/v3/deliveries/{delivery['deliveryId']}/replay")
    assert answer.status_code == 200, answer.text
    (delivered,) = account.until_ended(media_id)
    assert delivered["status"] == "delivered"
    assert [*customer.objects()] == [f"{media_id}.json"]
