"""Signed URLs of every store: known as such, read for their end, refused by name where nothing could arrive."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from voxport.core.presigned import read_presigned
from voxport.wire.reading.callback_urls import check_signature
from voxport.wire.reading.documents import CONFIGURATION
from voxport.wire.reading.refusals import Refusals
from voxport.wire.v3.wording import WORDING

JSON = "application/json"
V4 = "X-Amz-Date=20310203T040506Z&X-Amz-Expires=3600&X-Amz-Signature=s&X-Amz-SignedHeaders=content-type%3Bhost"
V2 = "AWSAccessKeyId=A&Expires=1927861506&Signature=s&content-type=application%2Fjson"
ENDS = datetime(2031, 2, 3, 5, 5, 6, tzinfo=UTC)
SHA256 = "x-amz-content-sha256"
SAS = "sv=2022-11-02&sr=b&sp=cw&se=2031-02-03T05:05:06Z&sig=s"


def noted(query: str) -> tuple[list[str], list[str]]:
    """Sentences of refusals and of warnings."""
    refusals = Refusals(WORDING, CONFIGURATION)
    check_signature(f"https://store.example/b/k.json?{query}", "PUT", JSON, refusals)
    told = [f"{one.code} {one.message}" for one in refusals.rendered_problems()]
    return told, [f"{one.code} {one.message}" for one in refusals.rendered_warnings()]


@pytest.mark.parametrize(
    ("query", "store"),
    [
        (V4, "S3"),
        (V2, "S3"),
        (V4.replace("Amz", "Goog"), "Google Cloud Storage"),
        ("GoogleAccessId=a@b.iam&Expires=1927861506&Signature=s", "Google Cloud Storage"),
        (SAS, "Azure Blob Storage"),
        ("sv=2022-11-02&ss=b&srt=o&sp=rwc&se=2031-02-03T05:05:06Z&sig=s", "Azure Blob Storage"),
        ("OSSAccessKeyId=A&Expires=1927861506&Signature=s", "Alibaba Cloud OSS"),
        (
            "x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-date=20310203T040506Z&x-oss-expires=3600&x-oss-signature=s",
            "Alibaba Cloud OSS",
        ),
        ("q-ak=A&q-sign-time=1;1927861506&q-header-list=host&q-signature=s", "Tencent Cloud COS"),
        ("AccessKeyId=A&Expires=1927861506&Signature=s", "Huawei Cloud OBS"),
    ],
)
def test_whose_signature_it_is_and_when_it_ends(query: str, store: str) -> None:
    signed = read_presigned(f"https://store.example/k?{query}")
    assert signed is not None
    assert (signed.store, signed.expires, signed.untold) == (store, ENDS, ())
    refused, warned = noted(query)
    assert refused == []
    # Where the type is signed and nothing tells which, the customer is told which it has to be.
    assert all(JSON in one for one in warned)


@pytest.mark.parametrize(
    "query",
    [
        # A workflow of Azure's that takes webhooks.
        "api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=s",
        "sig=s&se=2031-02-03",
        "signature=s",
        "Signature=s&Expires=1",
        "token=s&expires=1927861506",
    ],
)
def test_what_is_no_store_gets_webhooks(query: str) -> None:
    assert read_presigned(f"https://hooks.example/k?{query}") is None


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        (f"{V4}%3Bx-amz-acl&x-amz-acl=private", {"x-amz-acl": "private"}),
        (f"{V4}%3BIf-None-Match&if-none-match=%2A", {"if-none-match": "*"}),
        (f"{V4}%3B{SHA256}&{SHA256}=UNSIGNED-PAYLOAD", {SHA256: "UNSIGNED-PAYLOAD"}),
        (f"{V2}&x-amz-meta-a=b&x-amz-security-token=t", {"x-amz-meta-a": "b"}),
        # What stands in the query and is not signed as a header is none (SDKs move headers there).
        (f"{V4}&x-amz-acl=private&x-id=PutObject", {}),
        (SAS, {"x-ms-blob-type": "BlockBlob"}),
    ],
)
def test_headers_that_a_url_tells_are_sent(query: str, headers: dict[str, str]) -> None:
    signed = read_presigned(f"https://store.example/k?{query}")
    assert signed is not None
    assert dict(signed.headers) == headers
    assert noted(query) == ([], [])


UNTOLD = (
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-acl",
    "x-amz-meta-a",
    "x-amz-tagging",
    "content-md5",
    "content-length",
    "cache-control",
    "if-none-match",
    "x-amz-checksum-crc32",
    "user-agent",
)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        *((f"{V4}%3B{name}", name) for name in UNTOLD),
        (f"{V4}%3Bx-amz-acl%3Bx-amz-tagging", "x-amz-acl, x-amz-tagging"),
        # Of other bytes than the result, or no header of a store's, whatever the query tells.
        (f"{V4}%3Bcontent-md5&content-md5=mZFLkyvTelC5g8XnyQrpOw%3D%3D", "content-md5"),
        (f"{V4}%3Bx-amz-checksum-crc32&x-amz-checksum-crc32=AAAAAA%3D%3D", "x-amz-checksum-crc32"),
        (f"{V4}%3Bx-amz-content-sha256&x-amz-content-sha256=0123", "x-amz-content-sha256"),
        (f"{V4}%3Bx-amz-copy-source&x-amz-copy-source=/b/k", "x-amz-copy-source"),
        (f"{V4}%3Bcontent-length&content-length=7", "content-length"),
        (f"{V4}%3Bauthorization&authorization=Basic", "authorization"),
        (f"{V4}%3Bx-amz-acl&x-amz-acl=a%0D%0Ab:c", "x-amz-acl"),
        (f"{V2}&content-md5=mZFLkyvTelC5g8XnyQrpOw%3D%3D", "content-md5"),
        ("q-ak=A&q-sign-time=1;1927861506&q-header-list=host;x-cos-acl&q-signature=s", "x-cos-acl"),
    ],
)
def test_what_could_never_arrive_is_refused_by_name(query: str, names: str) -> None:
    (refused,), _ = noted(query)
    assert refused.startswith("60006 ")
    assert f": {names}. Sign it without" in refused


@pytest.mark.parametrize("query", [SAS.replace("sp=cw", "sp=r"), f"{V4}&x-id=GetObject"])
def test_what_is_signed_for_reading_is_refused(query: str) -> None:
    (refused,), _ = noted(query)
    assert "not signed for putting an object" in refused


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (V4.replace("=3600", "=604801"), "more than 7 days; stores refuse that"),
        (V4.replace("=3600", "=604801").replace("Amz", "Goog"), "more than 7 days; stores refuse that"),
        (f"{V4}&x-amz-checksum-crc32=AAAAAA%3D%3D", "checksum of other bytes than the result: x-amz-checksum-crc32"),
    ],
)
def test_what_a_store_may_refuse_is_warned_of(query: str, words: str) -> None:
    refused, (warned,) = noted(query)
    assert refused == []
    assert words in warned


@pytest.mark.parametrize("written", ["x", "-" + "9" * 30, "9" * 4000, "1e9"])
def test_numbers_that_are_none_end_nothing(written: str) -> None:
    signed = read_presigned(f"https://store.example/k?{V4.replace('3600', written)}")
    assert signed is not None
    assert (signed.expires, signed.life) == (None, None)
