"""`s3Delivery` of a callback as it is read at submission."""

from __future__ import annotations

import json
from typing import Any

import pytest

from voxport.core.errors import RequestRefused
from voxport.core.plan import CallbackPlan, CallbackType, RoleTarget, TextFormat
from voxport.wire.reading.callback_urls import UrlRules
from voxport.wire.reading.configuration import ConfigurationOptions, ParsedConfiguration
from voxport.wire.v3.configuration import parse_configuration

URL = "https://s3.eu-west-1.amazonaws.com/calls"
ROLE = "arn:aws:iam::111122223333:role/voxport"


def parsed(rules: UrlRules | None = None, **fields: Any) -> ParsedConfiguration:
    document = {"publish": {"callbacks": [{"s3Delivery": True, "url": URL, "role": ROLE, **fields}]}}
    return parse_configuration(json.dumps(document), ConfigurationOptions(rules or UrlRules()))


def callback(**fields: Any) -> CallbackPlan:
    made = parsed(**fields)
    assert made.warnings == ()
    (plan,) = made.plan.callbacks
    return plan


def refused(rules: UrlRules | None = None, **fields: Any) -> tuple[int, str]:
    with pytest.raises(RequestRefused) as refusal:
        parsed(rules, **fields)
    (problem,) = refusal.value.problems
    return problem.code, problem.message


def test_role_and_bucket_are_enough() -> None:
    assert callback() == CallbackPlan(URL, "PUT", role=RoleTarget(ROLE))


@pytest.mark.parametrize("method", ["POST", "put", "DELETE", None])
def test_the_method_says_nothing(method: str | None) -> None:
    assert callback(method=method) == callback()


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"type": "analytics", "include": ["metadata"]}, CallbackType.ANALYTICS),
        ({"type": "transcript", "format": "srt"}, CallbackType.TRANSCRIPT),
        ({"type": "media", "stream": "original"}, CallbackType.MEDIA),
    ],
)
def test_every_type_goes_by_role(fields: dict[str, Any], kind: CallbackType) -> None:
    made = callback(**fields)
    assert (made.type, made.role) == (kind, RoleTarget(ROLE))
    assert made.format is (TextFormat.SRT if kind is CallbackType.TRANSCRIPT else None)


@pytest.mark.parametrize(
    ("written", "folder"),
    [("results", "results"), ("/a/b/", "a/b"), ("", None), ("//", None), (None, None), ("a b/ü", "a b/ü")],
)
def test_a_folder_has_no_slash_at_its_ends(written: str | None, folder: str | None) -> None:
    assert callback(prependFolder=written).role == RoleTarget(ROLE, folder)


@pytest.mark.parametrize("folder", ["..", "a/../b", "./a", "a//b", "a\nb", "x" * 513, "ü" * 257])
def test_a_folder_that_is_none_is_refused(folder: str) -> None:
    code, message = refused(prependFolder=folder)
    assert code == 10007
    assert "prependFolder" in message


@pytest.mark.parametrize(
    "role",
    [
        "arn:aws-cn:iam::111122223333:role/r",
        "arn:aws-us-gov:iam::111122223333:role/r",
        "arn:aws:iam::111122223333:role/service/team/r+=,.@-_",
    ],
)
def test_roles_of_every_partition(role: str) -> None:
    made = callback(role=f" {role} ").role
    assert made is not None
    assert made.role == role


@pytest.mark.parametrize(
    "role",
    [
        "voxport",
        "arn:aws:iam::1111:role/r",
        "arn:aws:iam::111122223333:user/r",
        "arn:aws:iam::111122223333:role/",
        "arn:aws:s3:::bucket",
        "arn:aws:iam::111122223333:role/a b",
    ],
)
def test_what_is_no_role_is_refused(role: str) -> None:
    code, message = refused(role=role)
    assert code == 10007
    assert "callbacks[0].role" in message


@pytest.mark.parametrize(
    "role", ["arn:aws:iam:::role/S3Access", "arn:aws:iam::acme:role/out", "arn:aws:iam::RGW33567154695143645:role/out"]
)
def test_roles_of_another_store_have_an_account_of_its_own_or_none(role: str) -> None:
    """As those of Ceph: of no tenant, of a tenant, of an account."""
    assert refused(role=role)[0] == 10007
    (plan,) = parsed(UrlRules(roles_of_aws=False), role=role).plan.callbacks
    assert plan.role == RoleTarget(role)
    assert refused(UrlRules(roles_of_aws=False), role="arn:aws:iam::a/b:role/out")[0] == 10007


@pytest.mark.parametrize("role", ["", None])
def test_a_role_is_required(role: str | None) -> None:
    code, message = refused(role=role)
    assert code == 60009
    assert "role" in message


def test_how_objects_are_stored() -> None:
    made = callback(serverSideEncryption="AWS:KMS", kmsKeyId="alias/calls", storageClass="standard_ia")
    assert made.role == RoleTarget(ROLE, None, "aws:kms", "alias/calls", "STANDARD_IA")
    assert callback(kmsKeyId="alias/calls").role == RoleTarget(ROLE, None, "aws:kms", "alias/calls")
    assert callback(serverSideEncryption="aes256").role == RoleTarget(ROLE, None, "AES256")


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"serverSideEncryption": "rot13"}, "serverSideEncryption"),
        ({"serverSideEncryption": "AES256", "kmsKeyId": "alias/calls"}, "serverSideEncryption"),
        ({"kmsKeyId": "a b"}, "kmsKeyId"),
        ({"storageClass": "ATTIC"}, "storageClass"),
    ],
)
def test_what_the_store_would_not_take_is_refused(fields: dict[str, Any], name: str) -> None:
    code, message = refused(**fields)
    assert code == 10007
    assert name in message


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://s3.eu-west-1.amazonaws.com", 60006),
        ("https://s3.eu-west-1.amazonaws.com/b", 60006),
        ("https://example.amazonaws.com/bucket", 60006),
        ("https://minio.example/", 60006),
        ("https://10.0.0.1/bucket", 60006),
        ("https://localhost/bucket", 60006),
        ("http://minio.example/bucket", 60002),
        ("ftp://minio.example/bucket", 60002),
        ("https://minio.example/bucket?x=1", 60006),
    ],
)
def test_what_names_no_bucket_is_refused(url: str, code: int) -> None:
    assert refused(url=url)[0] == code


def test_an_address_of_aws_may_be_http_and_another_where_the_server_allows_it() -> None:
    assert callback(url="http://s3-us-east-1.amazonaws.com/calls/").role is not None
    assert parsed(UrlRules(allow_http=True), url="http://minio.example/calls").plan.callbacks[0].role is not None


def test_a_bucket_before_the_name_of_a_store_that_the_operator_named() -> None:
    named = UrlRules(store_hosts=("minio.example",))
    assert parsed(named, url="https://calls.minio.example").plan.callbacks[0].role is not None
    assert refused(url="https://calls.minio.example")[0] == 60006


def test_a_pre_signed_url_is_refused_in_words_of_its_own() -> None:
    code, message = refused(url=f"{URL}/a.json?AWSAccessKeyId=K&Expires=1999999999&Signature=geheim99")
    assert (code, "pre-signed" in message) == (60006, True)
    assert "geheim99" not in message


@pytest.mark.parametrize("decides", [{}, {"s3Delivery": False}, {"s3Delivery": None}])
def test_without_s3_delivery_all_of_it_has_no_effect_and_says_so(decides: dict[str, Any]) -> None:
    fields = {"role": "x", "prependFolder": "..", "serverSideEncryption": "?", "kmsKeyId": "?", "storageClass": "?"}
    document = {"publish": {"callbacks": [{"url": "https://hooks.example.com/", **fields, **decides}]}}
    made = parse_configuration(json.dumps(document))
    assert made.plan.callbacks == (CallbackPlan("https://hooks.example.com/"),)
    assert [warning.code for warning in made.warnings] == [60008] * 5
