"""Delivery by role against an S3 and an STS that check signatures, policies and the external id."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID

import boto3
import pytest
from botocore.config import Config

from tests.support.aws_accounts import Customer, Sender, make_sender
from tests.support.receiver import Answer, Receiver
from tests.support.s3_server import S3Server
from voxport.core.delivery import Attempt, Cause
from voxport.core.plan import RoleTarget
from voxport.core.s3_address import read_bucket_address
from voxport.delivery.s3.bucket import BucketClient, Payload
from voxport.delivery.s3.refusals import StepRefused
from voxport.delivery.s3.role_store import DELIVERY_ID_HEADER, ObjectTarget, RoleOptions, RoleStore
from voxport.delivery.s3.sessions import SESSION_S, RoleCredentials, RoleSessions
from voxport.delivery.webhook import DeliveryRequest
from voxport.outbound import Outbound, OutboundOptions

ORGANIZATION = UUID("11111111-2222-4333-8444-555555555555")
SMALL_PARTS = RoleOptions(multipart_above_bytes=1000, part_bytes=5 << 20)


@pytest.fixture(scope="module")
def sender(s3_server: S3Server) -> Sender:
    return make_sender(s3_server)


@pytest.fixture
def customer(s3_server: S3Server) -> Customer:
    return Customer.on(s3_server)


@pytest.fixture
def sessions(s3_server: S3Server, sender: Sender, monkeypatch: pytest.MonkeyPatch) -> RoleSessions:
    for name, value in sender.environment.items():
        monkeypatch.setenv(name, value)
    return RoleSessions(s3_server.endpoint)


@pytest.fixture
def roles(outbound: Outbound, sessions: RoleSessions) -> RoleStore:
    return RoleStore(outbound, sessions)


class Pieces:
    """A stream that can be read again, in pieces of an odd size; `fails` at its end when asked to."""

    def __init__(self, body: bytes, *, fails: bool = False) -> None:
        self.body, self.fails, self.times = body, fails, 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.times += 1
        for start in range(0, len(self.body), 700_001):
            yield self.body[start : start + 700_001]
        if self.fails:
            raise OSError("the store broke")


def request(body: bytes | Pieces, content_type: str = "application/json") -> DeliveryRequest:
    length = len(body.body if isinstance(body, Pieces) else body)
    return DeliveryRequest("https://never.example/", "PUT", content_type, body, length, uuid.uuid4())


async def put(
    roles: RoleStore, customer: Customer, role: str, body: bytes | Pieces = b"{}", key: str = "a/b.json", **options: str
) -> Attempt:
    target = ObjectTarget(ORGANIZATION, customer.url, RoleTarget(role, **options), key)
    return await roles.send(request(body), target, 1, Cause.FIRST)


async def test_a_body_becomes_an_object(roles: RoleStore, customer: Customer, sender: Sender) -> None:
    role = customer.role(sender, str(ORGANIZATION))
    sent = request(b'{"a": 1}', "text/srt")
    target = ObjectTarget(ORGANIZATION, f"{customer.url}/sub folder/", RoleTarget(role), "a/ä b+c.json")
    attempt = await roles.send(sent, target, 3, Cause.SCHEDULE)
    assert (attempt.status, attempt.error, attempt.sent_bytes) == (200, None, 8)
    assert (attempt.number, attempt.cause) == (3, Cause.SCHEDULE)
    assert attempt.address == f"{customer.url}/sub%20folder/a/%C3%A4%20b%2Bc.json"
    stored = customer.client("s3").get_object(Bucket=customer.bucket, Key="sub folder/a/ä b+c.json")
    assert stored["Body"].read() == b'{"a": 1}'
    assert stored["ContentType"] == "text/srt"
    assert stored["Metadata"] == {DELIVERY_ID_HEADER.removeprefix("x-amz-meta-"): str(sent.delivery_id)}


@pytest.mark.parametrize("length", [0, 1001, (5 << 20) - 1, 5 << 20, (10 << 20) + 17])
async def test_a_stream_arrives_whole_in_one_piece_or_in_parts(
    outbound: Outbound, sessions: RoleSessions, customer: Customer, sender: Sender, length: int
) -> None:
    role, body = customer.role(sender, str(ORGANIZATION)), bytes(range(251)) * (length // 251) + bytes(length % 251)
    attempt = await put(
        RoleStore(outbound, sessions, SMALL_PARTS), customer, role, Pieces(body), server_side_encryption="AES256"
    )
    assert (attempt.error, attempt.sent_bytes) == (None, length)
    assert customer.objects() == {"a/b.json": body}
    head = customer.client("s3").head_object(Bucket=customer.bucket, Key="a/b.json")
    assert head["ServerSideEncryption"] == "AES256"
    assert ("-" in head["ETag"]) is (length > 1000)


async def test_an_upload_that_breaks_is_aborted_and_the_fault_comes_through(
    outbound: Outbound, sessions: RoleSessions, customer: Customer, sender: Sender
) -> None:
    role = customer.role(sender, str(ORGANIZATION))
    with pytest.raises(OSError, match="the store broke"):
        await put(RoleStore(outbound, sessions, SMALL_PARTS), customer, role, Pieces(bytes(6 << 20), fails=True))
    assert customer.client("s3").list_multipart_uploads(Bucket=customer.bucket).get("Uploads", []) == []
    assert customer.objects() == {}


async def test_another_external_id_is_refused_and_the_right_trust_policy_named(
    roles: RoleStore, customer: Customer, sender: Sender, s3_server: S3Server
) -> None:
    attempt = await put(roles, customer, customer.role(sender, str(uuid.uuid4())))
    assert attempt.status == 403
    error = attempt.error or ""
    assert error.startswith("AssumeRole failed (AccessDenied).")
    assert f"AWS account {s3_server.account}" in error
    assert f"{ORGANIZATION} as sts:ExternalId" in error
    assert sender.secret_key not in error
    assert customer.objects() == {}


async def test_a_missing_action_is_named(roles: RoleStore, customer: Customer, sender: Sender) -> None:
    role = customer.role(sender, str(ORGANIZATION), actions=("s3:ListBucket", "s3:GetObject*"))
    attempt = await put(roles, customer, role)
    assert attempt.status == 403
    assert f"Allow s3:PutObject on arn:aws:s3:::{customer.bucket}/a/b.json" in (attempt.error or "")
    assert (attempt.error or "").startswith("PutObject failed: the store answered 403")


async def test_another_folder_or_bucket_of_the_account_is_not_reached(
    roles: RoleStore, customer: Customer, sender: Sender, s3_server: S3Server
) -> None:
    role = customer.role(sender, str(ORGANIZATION), prefix="mine/")
    assert (await put(roles, customer, role, key="mine/a.json")).error is None
    assert (await put(roles, customer, role, key="yours/a.json")).status == 403
    assert (await put(roles, Customer.on(s3_server), role, key="mine/a.json")).status == 403
    gone = await put(roles, replace(customer, bucket="never-made"), role)
    assert gone.status in (403, 404)
    assert "never-made" in (gone.error or "")


async def test_credentials_are_asked_for_once_and_again_when_they_end(
    s3_server: S3Server, sessions: RoleSessions, customer: Customer, sender: Sender
) -> None:
    role = customer.role(sender, str(ORGANIZATION))
    names = [f"voxport-{uuid.uuid4()}" for _ in range(5)]
    given = await asyncio.gather(*(sessions.credentials(ORGANIZATION, role, name) for name in names))
    assert len({one.access_key for one in given}) == 1
    sessions.forget(ORGANIZATION, role)
    assert (await sessions.credentials(ORGANIZATION, role, names[0])).access_key != given[0].access_key

    now = 1000.0
    timed = RoleSessions(s3_server.endpoint, clock=lambda: now)
    first = await timed.credentials(ORGANIZATION, role, names[0])
    now += SESSION_S - 301
    assert await timed.credentials(ORGANIZATION, role, names[0]) is first
    now += 2
    assert (await timed.credentials(ORGANIZATION, role, names[0])).access_key != first.access_key


async def test_real_credentials_that_have_ended_are_told_as_such(
    s3_server: S3Server, outbound: Outbound, customer: Customer, sender: Sender
) -> None:
    """AWS gives none for less than a quarter of an hour; this server does."""
    role = customer.role(sender, str(ORGANIZATION))
    sts = boto3.client(
        "sts",
        endpoint_url=s3_server.endpoint,
        region_name=s3_server.region,
        aws_access_key_id=sender.access_key,
        aws_secret_access_key=sender.secret_key,
        config=Config(parameter_validation=False),
    )
    given = sts.assume_role(RoleArn=role, RoleSessionName="s", ExternalId=str(ORGANIZATION), DurationSeconds=1)
    keys = given["Credentials"]

    async def credentials() -> RoleCredentials:
        return RoleCredentials(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])

    door = BucketClient(outbound, read_bucket_address(customer.url), credentials)

    async def until_refused() -> None:
        while True:
            await door.request("PutObject", "PUT", "k", payload=await Payload.of(b"{}", 2))

    with pytest.raises(StepRefused, match="have ended") as refusal:
        await asyncio.wait_for(until_refused(), 20)
    assert refusal.value.code == "ExpiredToken"


async def test_credentials_that_the_store_calls_ended_are_forgotten(
    receiver: Receiver, outbound: Outbound, sessions: RoleSessions, customer: Customer, sender: Sender
) -> None:
    role = customer.role(sender, str(ORGANIZATION))
    body = b"<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>"
    url = receiver.script("/bucket/k.json", Answer(400, body), Answer(200)).removesuffix("/k.json")
    roles = RoleStore(outbound, sessions)
    target = ObjectTarget(ORGANIZATION, url, RoleTarget(role), "k.json")
    first, second = [await roles.send(request(b"{}"), target, number, Cause.FIRST) for number in (1, 2)]
    assert (first.status, second.status) == (400, 200)
    assert "assumes the role again" in (first.error or "")
    tokens = [one.header("x-amz-security-token") for one in receiver.requests_to("/bucket/k.json")]
    assert len(set(tokens)) == 2
    assert all(token not in (first.error or "") for token in tokens if token)


async def test_nothing_is_chunked_and_every_body_has_its_digests(
    receiver: Receiver, outbound: Outbound, sessions: RoleSessions, customer: Customer, sender: Sender
) -> None:
    role = customer.role(sender, str(ORGANIZATION))
    target = ObjectTarget(
        ORGANIZATION,
        receiver.url("/plain"),
        RoleTarget(role, None, "aws:kms", "alias/calls", "STANDARD_IA"),
        "k.json",
    )
    await RoleStore(outbound, sessions).send(request(Pieces(b"{}")), target, 1, Cause.FIRST)
    (sent,) = receiver.requests_to("/plain/k.json")
    assert sent.body == b"{}"
    assert sent.header("content-length") == "2"
    assert sent.header("content-md5") == "mZFLkyvTelC5g8XnyQrpOw=="
    assert len(sent.header("x-amz-content-sha256") or "") == 64
    assert sent.header("x-amz-server-side-encryption") == "aws:kms"
    assert sent.header("x-amz-server-side-encryption-aws-kms-key-id") == "alias/calls"
    assert sent.header("x-amz-storage-class") == "STANDARD_IA"
    assert sent.header("transfer-encoding") is None
    assert sent.header("x-amz-trailer") is None


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (404, "NoSuchBucket", "There is no bucket calls: correct the url"),
        (503, "SlowDown", "asks for fewer requests"),
        (403, "RequestTimeTooSkewed", "clock of this server"),
        (400, "KMS.DisabledException", "kms:GenerateDataKey"),
        (301, "PermanentRedirect", "The bucket is in eu-west-1"),
    ],
)
async def test_what_a_store_refuses_comes_with_what_to_change(
    receiver: Receiver, outbound: Outbound, sessions: RoleSessions, customer: Customer, sender: Sender,
    status: int, code: str, words: str,
) -> None:  # fmt: skip
    role = customer.role(sender, str(ORGANIZATION))
    body = f"<Error><Code>{code}</Code><Message>It is so.</Message><Region>eu-west-1</Region></Error>".encode()
    key = f"{code}.json"
    receiver.script(f"/calls/{key}", Answer(status, body, (("Retry-After", "7"),)))
    target = ObjectTarget(ORGANIZATION, receiver.url("/calls"), RoleTarget(role), key)
    attempt = await RoleStore(outbound, sessions).send(request(b"{}"), target, 1, Cause.FIRST)
    assert attempt.status == status
    assert attempt.retry_after_s == 7
    assert f"({code}: It is so)" in (attempt.error or "")
    assert words in (attempt.error or "")


async def test_a_completion_that_fails_after_its_200_is_no_success(
    receiver: Receiver, outbound: Outbound, sessions: RoleSessions, customer: Customer, sender: Sender
) -> None:
    role = customer.role(sender, str(ORGANIZATION))
    path = "/late/k.json"
    begun = b"<InitiateMultipartUploadResult><UploadId>u&amp;1</UploadId></InitiateMultipartUploadResult>"
    late = b"<?xml version='1.0'?>\n  <Error><Code>InternalError</Code><Message>We failed</Message></Error>"
    receiver.script(path, Answer(200, begun), Answer(200, headers=(("ETag", '"e"'),)), Answer(200, late), Answer(204))
    target = ObjectTarget(ORGANIZATION, receiver.url("/late"), RoleTarget(role), "k.json")
    roles = RoleStore(outbound, sessions, SMALL_PARTS)
    attempt = await roles.send(request(bytes(2000)), target, 1, Cause.FIRST)
    assert attempt.status is None
    assert (attempt.error or "").startswith("CompleteMultipartUpload failed")
    sent = receiver.requests_to(path)
    assert [one.method for one in sent] == ["POST", "PUT", "POST", "DELETE"]
    assert sent[1].target == f"{path}?partNumber=1&uploadId=u%261"
    assert b"<ETag>&quot;e&quot;</ETag>" in sent[2].body or b'<ETag>"e"</ETag>' in sent[2].body


async def test_a_private_store_is_not_reached_unless_the_operator_named_its_network(
    sessions: RoleSessions, customer: Customer, sender: Sender
) -> None:
    role = customer.role(sender, str(ORGANIZATION))
    door = Outbound(OutboundOptions(allow_http=True))
    try:
        attempt = await put(RoleStore(door, sessions), customer, role)
        assert attempt.status is None
        assert "loopback network" in (attempt.error or "")
        metadata = ObjectTarget(ORGANIZATION, "http://169.254.169.254/latest", RoleTarget(role), "k")
        assert "link-local" in (
            (await RoleStore(door, sessions).send(request(b""), metadata, 1, Cause.FIRST)).error or ""
        )
    finally:
        await door.aclose()
    assert customer.objects() == {}


async def test_without_an_identity_of_its_own_the_operator_gets_a_sentence(
    s3_server: S3Server, outbound: Outbound, customer: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
    roles = RoleStore(outbound, RoleSessions(s3_server.endpoint))
    attempt = await put(roles, customer, "arn:aws:iam::111122223333:role/out")
    assert attempt.status is None
    assert "no AWS identity" in (attempt.error or "")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAUNKNOWNUNKNOWN")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wr0ng-secret")
    wrong = await put(
        RoleStore(outbound, RoleSessions(s3_server.endpoint)), customer, "arn:aws:iam::111122223333:role/out"
    )
    assert "own key" in (wrong.error or "")
    assert "wr0ng-secret" not in (wrong.error or "")
