"""Trying receivers before results depend on them, and the secrets that sign webhooks: Voxport's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, NotRequired, cast
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from voxport.core.codes import Code
from voxport.core.delivery import Attempt
from voxport.core.errors import Problem, RequestRefused
from voxport.core.plan import CallbackPlan
from voxport.core.presigned import read_presigned
from voxport.core.role_check import CheckStep, Outcome
from voxport.wire.reading.callback_urls import UrlRules, callback_url
from voxport.wire.reading.documents import CONFIGURATION, read_document
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.json_reader import JsonLimits
from voxport.wire.reading.shape_reader import read_shape
from voxport.wire.v3.callbacks_section import callback_plans
from voxport.wire.v3.links import ENDPOINTS_HREF
from voxport.wire.v3.shapes.publish import Callback
from voxport.wire.v3.wording import configuration_refusals
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Long, Moment, Uuid, one_of, open_ended
from voxport.wire.writing.times import wire_time

SECRETS_PATH = "/v3/webhook-secrets"
TEST_PATH = f"{ENDPOINTS_HREF}/test"
ROLE_CHECK_PATH = f"{ENDPOINTS_HREF}/role-check"
ROLE_POLICIES_PATH = f"{ENDPOINTS_HREF}/role-policies"
BODY_LIMITS = JsonLimits(size_bytes=64 << 10, depth=4)
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,254}")
_PARTITIONS = ("aws", "aws-cn", "aws-us-gov")
_OVERLAP_S, _MOST_OVERLAP_S = 86_400, 366 * 86_400


@open_ended
class TestEvent(TypedDict):
    """What came of a test event."""

    succeeded: bool
    """Whether it was answered with 2xx"""
    time: Moment
    durationMs: Long
    bytes: Long
    """Sent"""
    status: NotRequired[int]
    """HTTP status; absent when no answer came"""
    error: NotRequired[str]
    answer: NotRequired[str]
    """The first kilobyte of a text answer"""


@open_ended
class RoleCheckStep(TypedDict):
    name: str
    """The operation of STS or S3"""
    outcome: Annotated[str, one_of(Outcome)]
    what: str
    """What happened, with the remedy where it failed"""


@open_ended
class RoleCheckBody(TypedDict):
    """How a delivery by the role would fare."""

    succeeded: bool
    steps: list[RoleCheckStep]


@open_ended
class RolePolicies(TypedDict):
    """What to paste into IAM."""

    externalId: Uuid
    permissionPolicy: dict[str, Any]
    trustPolicy: NotRequired[dict[str, Any]]
    """Absent where this server has no AWS account of its own"""


@open_ended
class WebhookSecretBody(TypedDict):
    secretId: Uuid
    secret: str
    """whsec_..., for the verifiers of Standard Webhooks"""
    dateCreated: Moment
    expiresOn: NotRequired[Moment]
    """It signs until then; absent: until another takes over"""


@open_ended
class WebhookSecretsBody(TypedDict):
    _links: Links
    secrets: Annotated[list[WebhookSecretBody], Field(min_length=1)]
    """Those that sign, newest first"""


def parse_test_url(body: bytes, rules: UrlRules) -> str:
    """The `url` that a test event goes to. Raises RequestRefused 10007, 10008, 60001, 60002, 60006."""
    url = _object(body, ("url",)).get("url")
    if not isinstance(url, str):
        raise _wrong("url must be a string")
    refusals = configuration_refusals()
    found = callback_url(url, rules, refusals)
    refusals.refuse_if_any()
    if found is None or read_presigned(found) is not None:
        raise _wrong("a pre-signed URL is good for one object; what is tried is a webhook")
    return found


def parse_role(body: bytes, rules: UrlRules) -> CallbackPlan:
    """The callback whose role is checked: `role`, `url`, `prependFolder`. Raises RequestRefused as a POST does."""
    names = ("role", "url", "prependFolder")
    refusals = configuration_refusals()
    written = {**_object(body, names), "s3Delivery": True}
    shape = read_shape(written, Callback, ("publish", "callbacks"), refusals)
    refusals.refuse_if_any()
    plans = callback_plans([shape or Callback.nothing()], rules, refusals)
    refusals.refuse_if_any()
    return plans[0]


def parse_policies_query(parameters: Sequence[tuple[str, str]]) -> tuple[str, str, str]:
    """`bucket`, `prefix` without slashes at its ends, `partition`. Raises RequestRefused 10008, 10011."""
    given = dict(parameters)
    for name in given:
        if name not in ("bucket", "prefix", "partition"):
            raise RequestRefused(Problem.of(Code.PROPERTY_UNKNOWN, property=clip(name), section="the query"))
    bucket, partition = given.get("bucket", ""), given.get("partition", "aws")
    if not _BUCKET.fullmatch(bucket):
        raise _bad("bucket", "the name of a bucket, without an address")
    if partition not in _PARTITIONS:
        raise _bad("partition", f"one of {', '.join(_PARTITIONS)}")
    return bucket, given.get("prefix", "").strip("/"), partition


def parse_overlap(body: bytes) -> timedelta:
    """For how long the secrets before sign beside a new one: `overlapSeconds`, a day. Raises RequestRefused 10007."""
    seconds = _object(body, ("overlapSeconds",)).get("overlapSeconds", _OVERLAP_S) if body.strip() else _OVERLAP_S
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 <= seconds <= _MOST_OVERLAP_S:
        raise _wrong(f"overlapSeconds must be a whole number from 0 to {_MOST_OVERLAP_S}")
    return timedelta(seconds=seconds)


def test_event_body(attempt: Attempt) -> TestEvent:
    """The answer to a test event."""
    body: TestEvent = {
        "succeeded": attempt.error is None,
        "time": wire_time(attempt.started),
        "durationMs": attempt.duration_ms,
        "bytes": attempt.sent_bytes,
    }
    if attempt.status is not None:
        body["status"] = attempt.status
    if attempt.error is not None:
        body["error"] = attempt.error
    if attempt.answer_excerpt is not None:
        body["answer"] = attempt.answer_excerpt
    return body


def role_check_body(steps: Sequence[CheckStep]) -> RoleCheckBody:
    """The answer to a check of a role."""
    return {
        "succeeded": all(step.outcome is Outcome.DONE for step in steps),
        "steps": [{"name": step.name, "outcome": step.outcome.value, "what": step.what} for step in steps],
    }


def role_policies_body(external_id: UUID, policies: Mapping[str, Mapping[str, object] | None]) -> RolePolicies:
    """The answer to GET of the policies."""
    body: RolePolicies = {"externalId": str(external_id), "permissionPolicy": dict(policies["permission"] or {})}
    if policies["trust"] is not None:
        body["trustPolicy"] = dict(policies["trust"])
    return body


def secrets_body(secrets: Sequence[tuple[UUID, datetime, datetime | None, str]]) -> WebhookSecretsBody:
    """The answer to GET and POST of the secrets."""
    return {"_links": self_link(SECRETS_PATH), "secrets": [_secret(*one) for one in secrets]}


def _secret(secret_id: UUID, created: datetime, expires: datetime | None, secret: str) -> WebhookSecretBody:
    body: WebhookSecretBody = {"secretId": str(secret_id), "secret": secret, "dateCreated": wire_time(created)}
    if expires is not None:
        body["expiresOn"] = wire_time(expires)
    return body


def _object(body: bytes, names: Sequence[str]) -> dict[str, Any]:
    """The JSON object of a body, which has none but `names`."""
    document = read_document(body, CONFIGURATION, BODY_LIMITS)
    if not isinstance(document, dict):
        raise _wrong("it must be a JSON object")
    for name in document:
        if name not in names:
            raise RequestRefused(Problem.of(Code.PROPERTY_UNKNOWN, property=clip(name), section="the request"))
    return cast("dict[str, Any]", document)


def _wrong(reason: str) -> RequestRefused:
    return RequestRefused(Problem.of(Code.CONFIGURATION_INVALID, reason=reason))


def _bad(name: str, wanted: str) -> RequestRefused:
    return RequestRefused(Problem(Code.QUERY_PARAMETER_INVALID, f"The query parameter {name} must be {wanted}."))
