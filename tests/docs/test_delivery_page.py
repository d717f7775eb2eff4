"""docs/delivery.md does what it says: its blocks are run as they stand, against a server, an S3 and a receiver."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from tests.support.aws_accounts import Customer as AwsCustomer
from tests.support.aws_accounts import make_sender
from tests.support.receiver import Receiver, running_receiver
from tests.support.s3_server import S3Server
from tests.support.server import VoxportServer, running_server
from voxport.settings import SETTINGS
from voxport.wire.v3.configuration import parse_configuration
from voxport.workflow.dispatch.gauges import DeliveryGauges

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/delivery.md").read_text("utf-8")
RECORDING = (ROOT / "tests/audio/go-forward-3s.wav").read_bytes()
ORGANIZATION = "Your Organisation"
BUCKET = "your-bucket"

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="the page's commands are written for curl")


def blocks(section: str, language: str) -> list[str]:
    """The code blocks of that language in the section, without the indent of a list."""
    text = PAGE.split(f"\n## {section}\n", 1)[1].split("\n## ", 1)[0]
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, flags=re.M | re.S)
    return [re.sub(rf"^{indent}", "", block, flags=re.M) for indent, block in found]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VoxportServer]:
    with running_server(
        tmp_path_factory.mktemp("delivery") / "data", delivery_rounds="3600", delivery_tries="1"
    ) as one:
        yield one


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver


class Customer:
    """Somebody who pastes the commands; only the port, the token and the ids are their own."""

    def __init__(self, server: VoxportServer) -> None:
        self.server, self.token = server, server.token(ORGANIZATION)
        self.client = server.client(self.token)

    def paste(self, commands: str, **variables: str) -> list[str]:
        """What each line printed."""
        script = commands.replace("127.0.0.1:8000", f"127.0.0.1:{self.server.port}")
        environment = {
            **self.server.environment,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "VOXPORT_URL": self.server.url,
            "VOXPORT_TOKEN": self.token,
            **variables,
        }
        printed: list[str] = []
        for line in script.strip().splitlines():
            if line.startswith("export "):
                continue
            done = subprocess.run(
                ["/bin/sh", "-c", line], env=environment, capture_output=True, text=True, timeout=60, check=False
            )
            assert done.returncode == 0, f"{line}\n{done.stderr}"
            printed.append(done.stdout)
        return printed

    def submit(self, *callbacks: dict[str, Any]) -> str:
        configuration = json.dumps({"publish": {"callbacks": callbacks}})
        files: dict[str, Any] = {"configuration": (None, configuration), "media": ("short.wav", RECORDING)}
        answer = self.client.post("/v3/media", files=files)
        assert answer.status_code == 200, answer.text
        assert "warnings" not in answer.json()
        media_id: str = answer.json()["mediaId"]
        return media_id

    def deliveries(self, media_id: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.client.get(f"/v3/media/{media_id}/deliveries").json()["deliveries"]
        return found

    def until(self, media_id: str, *statuses: str) -> list[dict[str, Any]]:
        def there() -> list[dict[str, Any]] | None:
            found = self.deliveries(media_id)
            return found if [one["status"] for one in found] == list(statuses) else None

        found: list[dict[str, Any]] = self.server.wait_until(there)
        return found


@pytest.fixture(scope="module")
def customer(server: VoxportServer) -> Iterator[Customer]:
    customer = Customer(server)
    yield customer
    customer.client.close()


def test_a_signed_url_takes_the_result_into_the_bucket(customer: Customer, s3_server: S3Server) -> None:
    s3_server.client().create_bucket(Bucket=BUCKET)
    policy, _ = blocks("A pre-signed URL", "json")
    iam = s3_server.client("iam")
    iam.create_user(UserName="signer")
    iam.put_user_policy(UserName="signer", PolicyName="put", PolicyDocument=policy)
    key = iam.create_access_key(UserName="signer")["AccessKey"]
    (program,) = blocks("A pre-signed URL", "python")
    environment = {
        **os.environ,
        "AWS_ENDPOINT_URL": s3_server.endpoint,
        "AWS_ACCESS_KEY_ID": key["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"],
        "AWS_DEFAULT_REGION": s3_server.region,
    }
    signed = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    media_id = customer.submit({"url": signed.stdout.strip(), "method": "PUT"})
    customer.until(media_id, "delivered")
    stored = s3_server.client().get_object(Bucket=BUCKET, Key="calls/0001.json")
    assert stored["ContentType"] == "application/json"
    assert json.loads(stored["Body"].read())["mediaId"] == media_id


def test_the_printed_policies_make_the_role_that_is_checked(customer: Customer, s3_server: S3Server) -> None:
    (assume,) = (block for block in blocks("S3 by role", "json") if "sts:AssumeRole" in block)
    own = make_sender(s3_server, assume)
    aws = {**own.environment, "VOXPORT_STS_ENDPOINT_URL": s3_server.endpoint}
    account = AwsCustomer.on(s3_server)
    policy, check = blocks("S3 by role", "sh")
    (printed,) = customer.paste(policy.replace(BUCKET, account.bucket), **aws)
    permission, end = json.JSONDecoder().raw_decode(printed)
    role = account.make_role(json.dumps(permission), printed[end:])
    (told,) = customer.paste(check, **aws, ROLE=role, BUCKET_URL=account.url)
    assert [line.split()[0] for line in told.splitlines()] == ["ok"] * 6
    assert account.objects() == {}


def test_a_webhook_is_verified_with_the_secret_that_the_command_prints(customer: Customer, receiver: Receiver) -> None:
    (show,) = blocks("A webhook", "sh")
    (secret,) = customer.paste(show)
    media_id = customer.submit({"url": receiver.url("/voxport")})
    (delivery,) = customer.until(media_id, "delivered")
    (request,) = receiver.requests_to("/voxport")
    headers = {name.lower(): value for name, value in request.headers()}
    assert Webhook(secret.strip()).verify(request.body, headers)["mediaId"] == media_id
    named = re.findall(r"^\| `([VUw][\w-]+)` \|", PAGE.split("\n## A webhook\n")[1].split("\n## ")[0], flags=re.M)
    assert len(named) == 7
    assert all(name.lower() in headers for name in named)
    assert request.header("webhook-id") == request.header("voxport-delivery-id") == delivery["deliveryId"]


def test_record_and_replay_go_as_the_page_says(customer: Customer, receiver: Receiver) -> None:
    look, ask, again = blocks("Record and replay", "sh")
    media_id = customer.submit({"url": f"{receiver.answer('/gone', [410])}?key=5ecre7"})
    (delivery,) = customer.until(media_id, "failed")
    ids = {"ID": media_id, "DELIVERY": delivery["deliveryId"]}

    listed, dead, shown = customer.paste(look, **ids)
    assert delivery["deliveryId"] in listed
    assert dead.split("\t")[0] == delivery["deliveryId"]
    assert "410" in shown
    of_media, dead_ones, one, endpoints = (json.loads(printed) for printed in customer.paste(ask, **ids))
    assert of_media["deliveries"] == [one] == [delivery]
    assert [found["deliveryId"] for found in dead_ones["deliveries"]] == [delivery["deliveryId"]]
    assert endpoints["endpoints"] == []
    (example,) = blocks("Record and replay", "json")
    assert set(one["attempts"][0]) <= set(json.loads(example))

    receiver.answer("/gone", [200])
    first, many, single, ranged = customer.paste(again, **ids)
    assert first.strip() == delivery["deliveryId"]
    assert many == ""
    # The command before may be under way still: then this one is told so.
    assert json.loads(single)["status"] in ("pending", "delivered", 409)
    assert json.loads(ranged)["more"] is False
    (made,) = customer.until(media_id, "delivered")
    assert made["deliveryId"] == delivery["deliveryId"]
    assert [attempt["number"] for attempt in made["attempts"]] == list(range(1, len(made["attempts"]) + 1))
    assert (made["attempts"][0]["status"], made["attempts"][-1]["cause"]) == (410, "replay")
    sent = {request.header("voxport-delivery-id") for request in receiver.requests_to("/gone")}
    assert sent == {delivery["deliveryId"]}


def test_the_figures_of_the_page_are_those_of_the_server(customer: Customer, server: VoxportServer) -> None:
    named = set(re.findall(r"^\| `(voxport_\w+)`", PAGE, flags=re.M))
    counted = set(re.findall(r'"(voxport_(?:deliveries|endpoints)\w*)"', source(DeliveryGauges)))
    assert named == counted
    text = customer.client.get("/metrics").text
    assert re.search(r'^voxport_deliveries\{organization="[-0-9a-f]{36}",status="delivered"\} \d', text, flags=re.M)


def source(kind: type) -> str:
    return Path(sys.modules[kind.__module__].__file__ or "").read_text("utf-8")


def test_every_configuration_of_the_page_is_taken() -> None:
    found = re.findall(r"^ *(\{\"publish\".*\})$", PAGE, flags=re.M)
    assert len(found) >= 2
    for configuration in found:
        assert parse_configuration(configuration).plan.callbacks


def test_the_settings_that_the_page_names_are_settings() -> None:
    known = {setting.variable for setting in SETTINGS} | {"VOXPORT_URL", "VOXPORT_TOKEN"}
    assert set(re.findall(r"VOXPORT_[A-Z_0-9]+", PAGE)) <= known
