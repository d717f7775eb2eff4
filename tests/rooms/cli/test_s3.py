"""`voxport s3`: what it prints is pasted into an S3 and an STS that check policies, and has to hold there."""

from __future__ import annotations

import asyncio
import base64
import json
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner, Result

from tests.support.aws_accounts import CUSTOMER, Customer, Sender, make_sender
from tests.support.s3_server import S3Server
from voxport.cli.main import app
from voxport.core.presigned import read_presigned
from voxport.storage.cipher import Cipher
from voxport.storage.store import Store

KEY = bytes(range(32))
STEPS = ["AssumeRole", "PutObject", "AbortMultipartUpload", "GetObject", "ListBucket", "DeleteObject"]


@pytest.fixture(scope="module")
def sender(s3_server: S3Server) -> Sender:
    return make_sender(s3_server)


@pytest.fixture
def customer(s3_server: S3Server) -> Customer:
    return Customer.on(s3_server)


@pytest.fixture
def organizations(postgres_url: str) -> dict[str, str]:
    """Ids by name."""
    ids: dict[str, str] = {}

    async def prepare() -> None:
        store = await Store.open(postgres_url, Cipher(KEY), pool_size=1)
        for name in ("Acme", "Other"):
            ids[name] = str((await store.organizations.create(name)).id)
        await store.close()

    asyncio.run(prepare())
    return ids


@pytest.fixture
def run(postgres_url: str, tmp_path: Path, s3_server: S3Server, sender: Sender, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings = {
        "VOXPORT_SECRET_KEY": base64.b64encode(KEY).decode(),
        "VOXPORT_STS_ENDPOINT_URL": s3_server.endpoint,
        "VOXPORT_ALLOW_NETWORKS": "127.0.0.0/8",
        "VOXPORT_ALLOW_HTTP": "true",
        **sender.environment,
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    def call(*words: str) -> Result:
        place = [] if words[0] == "presign" else ["--data", str(tmp_path), "--database-url", postgres_url]
        return CliRunner().invoke(app, ["s3", *words, *place])

    return call


def outcomes(checked: Result) -> dict[str, str]:
    """What became of each step, by its name."""
    lines = (line.split(":", 1)[0].split() for line in checked.stdout.splitlines())
    return {name: outcome for outcome, name in lines}


@pytest.mark.parametrize("prefix", ["", "results/2031"])
def test_the_printed_policies_make_a_role_that_passes_the_check(
    run: Any, organizations: dict[str, str], customer: Customer, prefix: str
) -> None:
    below = ("--prefix", prefix) if prefix else ()
    printed = [
        run("policy", "--bucket", customer.bucket, *below, "--org", "Acme", "--only", which)
        for which in ("permission", "trust")
    ]
    assert [one.exit_code for one in printed] == [0, 0], printed
    trust = json.loads(printed[1].stdout)["Statement"][0]
    assert trust["Principal"] == {"AWS": f"arn:aws:iam::{customer.server.account}:root"}
    assert trust["Condition"] == {"StringEquals": {"sts:ExternalId": organizations["Acme"]}}
    role = customer.make_role(printed[0].stdout, printed[1].stdout)

    of = ("--role", role, "--url", customer.url)
    good = run("check", *of, "--prepend-folder", prefix or "anything", "--org", "Acme")
    assert outcomes(good) == dict.fromkeys(STEPS, "ok"), good.output
    assert good.exit_code == 0
    assert customer.objects() == {}

    # Another organisation of the same server is not let in.
    other = run("check", *of, "--org", "Other")
    assert outcomes(other) == {**dict.fromkeys(STEPS, "skip"), "AssumeRole": "fail"}
    assert organizations["Other"] in other.stdout
    assert other.exit_code == 1
    if prefix:
        outside = outcomes(run("check", *of, "--prepend-folder", "elsewhere", "--org", "Acme"))
        assert (outside["AssumeRole"], outside["PutObject"], outside["GetObject"]) == ("ok", "fail", "skip")


def test_both_policies_are_printed_one_after_the_other(run: Any, organizations: dict[str, str]) -> None:
    both = run("policy", "--bucket", "calls", "--org", "Acme", "--account", CUSTOMER, "--partition", "aws-cn")
    permission, end = json.JSONDecoder().raw_decode(both.stdout)
    trust = json.loads(both.stdout[end:])
    assert permission["Statement"][1]["Resource"] == ["arn:aws-cn:s3:::calls/*"]
    assert {"s3:GetObject*", "s3:PutObject*", "s3:DeleteObject*"} < set(permission["Statement"][1]["Action"])
    assert trust["Statement"][0]["Principal"] == {"AWS": f"arn:aws-cn:iam::{CUSTOMER}:root"}
    assert "permission policy" in both.stderr
    assert "trust policy" in both.stderr


def test_a_missing_permission_is_told_by_step(
    run: Any, organizations: dict[str, str], customer: Customer, sender: Sender
) -> None:
    only_put = customer.role(sender, organizations["Acme"], actions=("s3:PutObject*",))
    checked = run("check", "--role", only_put, "--url", customer.url, "--org", "Acme")
    failed = {name for name, outcome in outcomes(checked).items() if outcome == "fail"}
    assert failed == {"AbortMultipartUpload", "GetObject", "ListBucket", "DeleteObject"}
    for action in ("s3:AbortMultipartUpload", "s3:GetObject", "s3:ListBucket", "s3:DeleteObject"):
        assert action in checked.stdout
    assert checked.exit_code == 1
    assert sender.secret_key not in checked.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("check", "--role", "role/x", "--url", "https://s3.amazonaws.com/b", "--org", "Acme"), "role"),
        (("check", "--role", "arn:aws:iam::111122223333:role/x", "--url", "https://s3.amazonaws.com/"), "bucket"),
        (("policy", "--bucket", "b-1", "--org", "Nobody"), "no organisation"),
        (("policy", "--bucket", "b-1"), "several organisations"),
        (("policy", "--bucket", "https://b", "--org", "Acme"), "bucket's name alone"),
        (("policy", "--bucket", "b-1", "--org", "Acme", "--account", "12"), "twelve digits"),
        (("policy", "--bucket", "b-1", "--only", "both"), "permission or trust"),
        (("policy", "--bucket", "b-1", "--prefix", "calls*"), "wildcards"),
        (("policy", "--bucket", "b-1", "--prefix", "${aws:username}"), "dollar signs"),
        (("presign", "--bucket", "b-1", "--key", "k", "--expires", "604801"), "7 days"),
        (("presign", "--bucket", "b-1", "--key", "k", "--signature-version", "3"), "2 or 4"),
        (("presign", "--bucket", "b-1", "--key", "k", "--profile", "nobody"), "nobody"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    run: Any, organizations: dict[str, str], words: tuple[str, ...], told: str
) -> None:
    refused = run(*words)
    assert refused.exit_code != 0
    assert refused.stdout == ""
    assert told in str(refused.exception)


def test_without_an_identity_the_account_can_be_given(
    run: Any, organizations: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    assert "--account NUMBER" in str(run("policy", "--bucket", "calls", "--org", "Acme").exception)
    assert run("policy", "--bucket", "calls", "--org", "Acme", "--account", CUSTOMER).exit_code == 0


@pytest.mark.parametrize("version", [2, 4])
def test_a_presigned_url_takes_one_object_of_its_type(
    run: Any, s3_server: S3Server, customer: Customer, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    # Not the account's root: the server does not check version 2 signatures of that one.
    iam, name = customer.client("iam"), f"signer-{uuid.uuid4().hex[:8]}"
    iam.create_user(UserName=name)
    allowed = {"Effect": "Allow", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{customer.bucket}/*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    iam.put_user_policy(UserName=name, PolicyName="put", PolicyDocument=document)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key["AccessKeyId"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", key["SecretAccessKey"])
    options = ("--endpoint-url", s3_server.endpoint, "--region", s3_server.region, "--expires", "600")
    signing = ("--content-type", "text/srt", "--signature-version", str(version), *options)
    signed = run("presign", "--bucket", customer.bucket, "--key", "a/ä b.srt", *signing)
    assert signed.exit_code == 0, signed.output
    assert (signed.stderr, signed.stdout.count("\n")) == ("", 1)
    url = signed.stdout.strip()
    read = read_presigned(url)
    assert read is not None
    assert (read.signature_version, read.signs_content_type) == (version, True)
    assert httpx.put(url, content=b"1", headers={"Content-Type": "application/json"}).status_code == 403
    assert httpx.put(url, content=b"2", headers={"Content-Type": "text/srt"}).status_code == 200
    assert customer.objects() == {"a/ä b.srt": b"2"}
