"""Each refusal of STS and stores has one row: who must act, what to change, and whether waiting helps."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import fields
from string import Formatter
from uuid import UUID

import pytest

from tests.support.receiver import Answer, Receiver
from voxport.core.delivery import Cause
from voxport.core.plan import RoleTarget
from voxport.delivery.remedies.kinds import Asked, Way, Who
from voxport.delivery.remedies.table import REMEDIES, advice_for
from voxport.delivery.s3.refusals import StepRefused
from voxport.delivery.s3.role_store import ObjectTarget, RoleStore
from voxport.delivery.s3.sessions import RoleCredentials, RoleSessions
from voxport.delivery.webhook import DeliveryRequest
from voxport.outbound import Outbound

ORGANIZATION = UUID("11111111-2222-4333-8444-555555555555")
ROLE = "arn:aws:iam:::role/out"


def test_each_code_has_one_row_for_each_way() -> None:
    counted = Counter((way, code) for remedy in REMEDIES for way in remedy.ways for code in remedy.codes)
    assert [key for key, times in counted.items() if times > 1] == []


def test_sentences_name_only_what_is_known_and_who_has_to_act() -> None:
    known = {field.name for field in fields(Asked)}
    for remedy in REMEDIES:
        named = {name for _, name, _, _ in Formatter().parse(remedy.sentence) if name}
        assert named <= known, remedy.codes
        assert ("operator" in remedy.sentence) >= (remedy.who is Who.OPERATOR), remedy.codes
        # What passes by itself is waited for.
        assert remedy.waiting_helps or remedy.who is Who.CUSTOMER, remedy.codes


def test_a_row_about_what_nobody_asked_for_is_none() -> None:
    assert advice_for(Way.ROLE, "InvalidArgument", 400, Asked()).who is None
    asked = advice_for(Way.ROLE, "InvalidArgument", 400, Asked(stored="GLACIER"))
    assert "(GLACIER)" in asked.words
    assert not asked.waiting_helps


def ceph(status: int, code: str, more: str = "") -> Answer:
    """As a Ceph gateway answers, also as STS: the error at the top, without a message."""
    body = f'<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message></Message>{more}</Error>'
    return Answer(status, body.encode(), (("Content-Type", "application/xml"),))


DENIED, NO_ROLE, NOT_OFFERED = ceph(403, "AccessDenied"), ceph(404, "NoSuchEntity"), ceph(405, "MethodNotAllowed")


@pytest.mark.parametrize(
    ("answers", "words", "waiting_helps"),
    [
        ((NO_ROLE,), ("AssumeRole failed (NoSuchEntity).", f"no role {ROLE}"), True),
        (
            (DENIED, NOT_OFFERED, NO_ROLE),
            ("AssumeRole failed (AccessDenied).", "trust policy", str(ORGANIZATION)),
            True,
        ),
        ((DENIED, NOT_OFFERED, DENIED), ("AssumeRole failed.", "this server's own key", "its operator"), True),
        ((ceph(400, "InvalidArgument"),), ("correct the callback's role",), False),
        ((ceph(400, "Strange"),), ("AssumeRole failed (Strange). It gives no reason",), True),
        ((Answer(200, b"Hello"),), ("knows no AssumeRole",), True),
    ],
    ids=["missing role", "no trust", "own key", "no ARN", "unknown", "no STS"],
)
async def test_what_a_ceph_sts_refuses_is_told_apart(
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
    answers: tuple[Answer, ...],
    words: tuple[str, ...],
    waiting_helps: bool,
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "VOXKEY")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "voxsecret")
    receiver.script("/", *answers)
    with pytest.raises(StepRefused) as refused:
        await RoleSessions(receiver.url("/")).credentials(ORGANIZATION, ROLE, "voxport-test")
    assert all(one in str(refused.value) for one in words), str(refused.value)
    assert refused.value.waiting_helps is waiting_helps


class Given(RoleSessions):
    """Credentials that nobody asks for."""

    async def credentials(self, *_: object) -> RoleCredentials:
        return RoleCredentials("key", "secret", "token")


@pytest.mark.parametrize(
    ("answer", "stored", "words", "waiting_helps"),
    [
        (ceph(400, "InvalidRequest"), {"server_side_encryption": "aws:kms"}, "(aws:kms): change or leave out", False),
        (ceph(400, "InvalidArgument"), {"storage_class": "GLACIER"}, "(GLACIER): change or leave out", False),
        (ceph(400, "InvalidStorageClass"), {"storage_class": "SNOW"}, "(SNOW): change or leave out", False),
        (ceph(400, "InvalidArgument"), {}, "400 Bad Request (InvalidArgument).", True),
        (ceph(404, "NoSuchBucket"), {}, "There is no bucket calls", True),
        (ceph(403, "AccessDenied"), {}, "Allow s3:PutObject on arn:aws:s3:::calls/k.json", True),
        (ceph(403, "QuotaExceeded"), {}, "make room", True),
        (ceph(501, "NotImplemented"), {"server_side_encryption": "AES256"}, "(AES256): change or leave out", False),
        (Answer(405), {}, "address of a bucket", False),
    ],
)
async def test_what_a_store_refuses_for_ever_ends_at_once(
    receiver: Receiver,
    outbound: Outbound,
    answer: Answer,
    stored: dict[str, str],
    words: str,
    waiting_helps: bool,
) -> None:
    receiver.script("/calls/k.json", answer)
    request = DeliveryRequest("", "PUT", "application/json", b"{}", 2, uuid.uuid4())
    target = ObjectTarget(ORGANIZATION, receiver.url("/calls"), RoleTarget(ROLE, None, **stored), "k.json")
    attempt = await RoleStore(outbound, Given()).send(request, target, 1, Cause.FIRST)
    assert words in (attempt.error or "")
    assert (attempt.status, attempt.waiting_helps) == (answer.status, waiting_helps)
