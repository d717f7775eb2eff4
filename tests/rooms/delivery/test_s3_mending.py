"""Delivery by role mends what it can by itself: another region, a part that did not arrive, credentials that end."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import uuid
from collections.abc import AsyncIterator, Sequence
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
from voxport.delivery.s3.refusals import ENDED, StepRefused
from voxport.delivery.s3.role_store import ObjectTarget, RoleOptions, RoleStore
from voxport.delivery.s3.sessions import RoleCredentials, RoleSessions
from voxport.delivery.webhook import DeliveryRequest
from voxport.outbound import Outbound, OutboundOptions

ORGANIZATION = UUID("11111111-2222-4333-8444-555555555555")
IN_PARTS = RoleOptions(multipart_above_bytes=1000, part_bytes=1000, part_waits_s=(0.0, 0.0))
BEGUN = Answer(200, b"<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>")
TAKEN = Answer(200, headers=(("ETag", '"e"'),))
EXPIRED = Answer(400, b"<Error><Code>ExpiredToken</Code><Message>It has expired.</Message></Error>")
DENIED = Answer(403, b"<Error><Code>AccessDenied</Code><Message>No</Message></Error>")


def elsewhere(region: str) -> Answer:
    said = f"<Error><Code>AuthorizationHeaderMalformed</Code><Message>No</Message><Region>{region}</Region></Error>"
    return Answer(400, said.encode())


@pytest.fixture(scope="module")
def role(s3_server: S3Server) -> tuple[Sender, str]:
    sender = make_sender(s3_server)
    return sender, Customer.on(s3_server).role(sender, str(ORGANIZATION))


@pytest.fixture
def customer(s3_server: S3Server) -> Customer:
    return Customer.on(s3_server)


@pytest.fixture
def sessions(s3_server: S3Server, role: tuple[Sender, str], monkeypatch: pytest.MonkeyPatch) -> RoleSessions:
    for name, value in role[0].environment.items():
        monkeypatch.setenv(name, value)
    return RoleSessions(s3_server.endpoint)


@pytest.fixture
async def named() -> AsyncIterator[Outbound]:
    """A door for which every name is this machine."""

    async def here(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    options = OutboundOptions((ipaddress.ip_network("127.0.0.0/8"),), allow_http=True)
    door = Outbound(options, resolver=here)
    yield door
    await door.aclose()


async def send(roles: RoleStore, url: str, role: tuple[Sender, str], body: bytes = b"{}") -> Attempt:
    request = DeliveryRequest(url, "PUT", "application/json", body, len(body), uuid.uuid4())
    target = ObjectTarget(ORGANIZATION, url, RoleTarget(role[1]), "k.json")
    return await roles.send(request, target, 1, Cause.FIRST)


def regions(receiver: Receiver, path: str) -> list[str]:
    """That each request was signed for."""
    signed = (request.header("authorization") or "" for request in receiver.requests_to(path))
    return [found[1] for one in signed if (found := re.search(r"/\d{8}/([^/]+)/s3/", one))]


async def test_a_bucket_in_another_region_is_found_told_and_remembered(
    receiver: Receiver, named: Outbound, sessions: RoleSessions, role: tuple[Sender, str]
) -> None:
    receiver.script("/moved/k.json", elsewhere("us-west-2"), Answer(200))
    url = f"http://s3.eu-west-1.example.com:{receiver.port}/moved"
    roles = RoleStore(named, sessions)
    first, second = await send(roles, url, role), await send(roles, url, role)
    assert (first.status, first.error, second.error) == (200, None, None)
    assert regions(receiver, "/moved/k.json") == ["eu-west-1", "us-west-2", "us-west-2"]
    for attempt in (first, second):
        assert attempt.answer_excerpt is not None
        assert "The bucket is in us-west-2; the url names eu-west-1" in attempt.answer_excerpt


async def test_a_store_that_sends_on_for_ever_is_asked_twice(
    receiver: Receiver, named: Outbound, sessions: RoleSessions, role: tuple[Sender, str]
) -> None:
    receiver.script("/round/k.json", elsewhere("us-west-2"), elsewhere("us-east-2"))
    attempt = await send(RoleStore(named, sessions), f"http://s3.eu-west-1.example.com:{receiver.port}/round", role)
    assert attempt.status == 400
    assert "The bucket is in us-east-2" in (attempt.error or "")
    assert len(receiver.requests_to("/round/k.json")) == 2


async def test_a_part_that_does_not_arrive_is_sent_again(
    receiver: Receiver, outbound: Outbound, sessions: RoleSessions, role: tuple[Sender, str]
) -> None:
    busy, broken = Answer(503, b"<Error><Code>SlowDown</Code></Error>"), Answer(drop=True)
    receiver.script("/parts/k.json", BEGUN, TAKEN, busy, broken, TAKEN, TAKEN)
    body = bytes(1000) + b"\x01" * 1000
    attempt = await send(RoleStore(outbound, sessions, IN_PARTS), receiver.url("/parts"), role, body)
    assert attempt.error is None
    sent = receiver.requests_to("/parts/k.json")
    parts = [(request.target.partition("partNumber=")[2][:1], request.body) for request in sent[1:-1]]
    assert parts == [("1", body[:1000]), *[("2", body[1000:])] * 3]
    assert [request.method for request in sent] == ["POST", "PUT", "PUT", "PUT", "PUT", "POST"]


@pytest.mark.parametrize("answers", [(Answer(500),), (DENIED,)], ids=["busy", "denied"])
async def test_a_part_that_never_arrives_ends_the_upload(
    receiver: Receiver,
    outbound: Outbound,
    sessions: RoleSessions,
    role: tuple[Sender, str],
    answers: tuple[Answer, ...],
) -> None:
    path = f"/never-{answers[0].status}/k.json"
    receiver.script(path, BEGUN, *answers)
    url = receiver.url(path.removesuffix("/k.json"))
    attempt = await send(RoleStore(outbound, sessions, IN_PARTS), url, role, bytes(1500))
    assert (attempt.error or "").startswith("UploadPart failed: the store answered")
    methods = [request.method for request in receiver.requests_to(path)]
    tries = 3 if answers[0].status == 500 else 1  # what is denied now is denied in a second too
    assert methods == ["POST", *["PUT"] * tries, "DELETE"]


async def test_an_answer_that_breaks_off_counts_where_its_status_says_all(
    receiver: Receiver, outbound: Outbound, sessions: RoleSessions, role: tuple[Sender, str]
) -> None:
    broken = Answer(200, headers=(("Content-Length", "50"),))  # and a second length, which no parser takes
    receiver.script("/cut/k.json", broken)
    assert (await send(RoleStore(outbound, sessions), receiver.url("/cut"), role)).error is None
    receiver.script("/cut-parts/k.json", BEGUN, TAKEN, TAKEN, broken, Answer(204))
    attempt = await send(RoleStore(outbound, sessions, IN_PARTS), receiver.url("/cut-parts"), role, bytes(1500))
    assert (attempt.status, attempt.arrived) == (None, False)


async def test_credentials_that_end_in_mid_upload_are_renewed_and_the_part_goes_on(
    receiver: Receiver, outbound: Outbound, sessions: RoleSessions, role: tuple[Sender, str]
) -> None:
    receiver.script("/long/k.json", BEGUN, TAKEN, EXPIRED, TAKEN, Answer(200))
    attempt = await send(RoleStore(outbound, sessions, IN_PARTS), receiver.url("/long"), role, bytes(1500))
    assert attempt.error is None
    tokens = [request.header("x-amz-security-token") for request in receiver.requests_to("/long/k.json")]
    assert tokens[:3] == [tokens[0]] * 3
    assert tokens[3:] == [tokens[3]] * 2
    assert tokens[3] != tokens[0]


async def test_what_a_store_says_of_ended_credentials_is_known(
    s3_server: S3Server, outbound: Outbound, role: tuple[Sender, str], customer: Customer
) -> None:
    sender, arn = role[0], customer.role(role[0], str(ORGANIZATION))
    given = boto3.client(
        "sts",
        endpoint_url=s3_server.endpoint,
        region_name=s3_server.region,
        aws_access_key_id=sender.access_key,
        aws_secret_access_key=sender.secret_key,
        config=Config(parameter_validation=False),  # AWS gives a quarter of an hour at least, the server here a second
    ).assume_role(RoleArn=arn, RoleSessionName="short", ExternalId=str(ORGANIZATION), DurationSeconds=1)["Credentials"]
    short = RoleCredentials(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])

    async def ask() -> RoleCredentials:
        return short

    door = BucketClient(outbound, read_bucket_address(customer.url), ask)
    upload = await door.request("CreateMultipartUpload", "POST", "k", {"uploads": ""})
    found = re.search(rb"<UploadId>([^<]+)", upload.body_excerpt)
    assert found is not None
    query = {"partNumber": "1", "uploadId": found[1].decode()}
    part = await Payload.of(b"1", 1)
    refusal = None
    while refusal is None:
        try:
            await door.request("UploadPart", "PUT", "k", query, payload=part)
            await asyncio.sleep(0.05)
        except StepRefused as refused:
            refusal = refused
    assert refusal.code in ENDED
    assert "assumes the role again" in str(refusal)
    assert short.token not in str(refusal)


async def test_secrets_that_a_store_repeats_are_not_kept(
    receiver: Receiver, outbound: Outbound, sessions: RoleSessions, role: tuple[Sender, str]
) -> None:
    by = await sessions.credentials(ORGANIZATION, role[1], "voxport-test")
    said = f"{by.access_key} with {by.token[:400]} is not mine".encode()
    receiver.script("/told/k.json", Answer(403, b"<Error><Code>X</Code><Message>" + said + b"</Message></Error>"))
    attempt = await send(RoleStore(outbound, sessions), receiver.url("/told"), role)
    assert "is not mine" in (attempt.error or "")
    assert by.access_key not in (attempt.error or "")
    assert by.token not in (attempt.error or "")


async def test_each_request_names_its_delivery_to_who_reads_the_access_log(
    receiver: Receiver, outbound: Outbound, sessions: RoleSessions, role: tuple[Sender, str]
) -> None:
    receiver.script("/audit/k.json", BEGUN, TAKEN)
    await send(RoleStore(outbound, sessions, IN_PARTS), receiver.url("/audit"), role, bytes(1500))
    agents = {request.header("user-agent") for request in receiver.requests_to("/audit/k.json")}
    assert len(agents) == 1
    assert re.fullmatch(r"Voxport/[0-9.]+ delivery/[0-9a-f-]{36}", agents.pop() or "")
