"""Every form in which the address of a bucket is written, and what it means."""

from __future__ import annotations

import pytest

from voxport.core.s3_address import read_bucket_address

AWS = [
    # path style: the guide, its successor, the page about Parquet delivery
    ("http://s3-us-east-1.amazonaws.com/calls", "us-east-1", "https://calls.s3.us-east-1.amazonaws.com", ""),
    ("https://s3-eu-west-1.amazonaws.com/calls/", "eu-west-1", "https://calls.s3.eu-west-1.amazonaws.com", ""),
    ("https://s3.eu-west-1.amazonaws.com/calls", "eu-west-1", "https://calls.s3.eu-west-1.amazonaws.com", ""),
    (
        "https://ap-southeast-2.amazonaws.com/calls",
        "ap-southeast-2",
        "https://calls.s3.ap-southeast-2.amazonaws.com",
        "",
    ),
    ("https://s3.amazonaws.com/calls", None, "https://calls.s3.amazonaws.com", ""),
    ("https://s3-external-1.amazonaws.com/calls", "us-east-1", "https://calls.s3.us-east-1.amazonaws.com", ""),
    ("https://S3.EU-West-1.AmazonAWS.com:443/calls", "eu-west-1", "https://calls.s3.eu-west-1.amazonaws.com", ""),
    # the bucket before the service
    ("https://calls.s3.eu-west-1.amazonaws.com", "eu-west-1", "https://calls.s3.eu-west-1.amazonaws.com", ""),
    ("https://calls.s3-eu-west-1.amazonaws.com/", "eu-west-1", "https://calls.s3.eu-west-1.amazonaws.com", ""),
    ("http://calls.s3.amazonaws.com/", None, "https://calls.s3.amazonaws.com", ""),
    (
        "https://my.s3.calls.s3.us-west-2.amazonaws.com",
        "us-west-2",
        "https://s3.us-west-2.amazonaws.com/my.s3.calls",
        "",
    ),
    # dual stack, FIPS, other partitions
    (
        "https://s3.dualstack.eu-west-1.amazonaws.com/calls",
        "eu-west-1",
        "https://calls.s3.dualstack.eu-west-1.amazonaws.com",
        "",
    ),
    (
        "https://calls.s3.dualstack.eu-west-1.amazonaws.com/a",
        "eu-west-1",
        "https://calls.s3.dualstack.eu-west-1.amazonaws.com",
        "a",
    ),
    (
        "https://s3-fips.us-gov-west-1.amazonaws.com/calls",
        "us-gov-west-1",
        "https://calls.s3-fips.us-gov-west-1.amazonaws.com",
        "",
    ),
    ("https://s3.cn-north-1.amazonaws.com.cn/calls", "cn-north-1", "https://calls.s3.cn-north-1.amazonaws.com.cn", ""),
    ("https://calls.s3.cn-north-1.amazonaws.com.cn", "cn-north-1", "https://calls.s3.cn-north-1.amazonaws.com.cn", ""),
    # folders, and buckets that no certificate covers
    (
        "https://s3.eu-west-1.amazonaws.com/calls/a/b%20c/",
        "eu-west-1",
        "https://calls.s3.eu-west-1.amazonaws.com",
        "a/b c",
    ),
    ("https://calls.s3.eu-west-1.amazonaws.com//a", "eu-west-1", "https://calls.s3.eu-west-1.amazonaws.com", "a"),
    (
        "https://s3.eu-west-1.amazonaws.com/calls.example.com",
        "eu-west-1",
        "https://s3.eu-west-1.amazonaws.com/calls.example.com",
        "",
    ),
    ("https://s3.amazonaws.com/Old_Bucket", None, "https://s3.amazonaws.com/Old_Bucket", ""),
]
OTHERS = [
    ("https://minio.example:9000/calls", None, "https://minio.example:9000/calls", ""),
    ("http://minio.example/calls/a/b/", None, "http://minio.example/calls", "a/b"),
    ("http://127.0.0.1:9000/calls", None, "http://127.0.0.1:9000/calls", ""),
    ("https://[2001:db8::1]:9000/calls", None, "https://[2001:db8::1]:9000/calls", ""),
    ("https://s3.eu-central-1.wasabisys.com/calls", "eu-central-1", "https://s3.eu-central-1.wasabisys.com/calls", ""),
    ("https://store.example/calls", None, "https://store.example/calls", ""),
    ("https://amazonaws.com.example/calls", None, "https://amazonaws.com.example/calls", ""),
]


@pytest.mark.parametrize(("url", "region", "base", "prefix"), AWS)
def test_an_address_of_aws(url: str, region: str | None, base: str, prefix: str) -> None:
    address = read_bucket_address(url)
    assert (address.region, address.base, address.prefix, address.aws) == (region, base, prefix, True)


@pytest.mark.parametrize(("url", "region", "base", "prefix"), OTHERS)
def test_any_other_host_has_the_bucket_in_its_path(url: str, region: str | None, base: str, prefix: str) -> None:
    address = read_bucket_address(url)
    assert (address.region, address.base, address.prefix, address.aws) == (region, base, prefix, False)


def test_stores_that_the_operator_named_may_have_it_before_their_name() -> None:
    address = read_bucket_address("https://calls.Store.example:8443/a/b", ("other.example", "store.example"))
    assert (address.bucket, address.base, address.prefix) == ("calls", "https://calls.store.example:8443", "a/b")
    path = read_bucket_address("https://store.example/calls", ("store.example",))
    assert (path.bucket, path.base) == ("calls", "https://store.example/calls")


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://s3.amazonaws.com/calls", "https://calls.s3.eu-west-1.amazonaws.com"),
        ("https://s3.dualstack.us-east-1.amazonaws.com/calls", "https://calls.s3.dualstack.eu-west-1.amazonaws.com"),
        ("https://s3.us-east-1.amazonaws.com/a.b", "https://s3.eu-west-1.amazonaws.com/a.b"),
        ("https://minio.example/calls", "https://minio.example/calls"),
    ],
)
def test_a_region_that_is_found_out_later(url: str, base: str) -> None:
    address = read_bucket_address(url).in_region("eu-west-1")
    assert (address.region, address.base) == ("eu-west-1", base)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "calls",
        "s3://calls",
        "https://s3.eu-west-1.amazonaws.com",
        "https://s3.eu-west-1.amazonaws.com/",
        "https://eu-west-1.amazonaws.com",
        "https://minio.example",
        "https://key:secret@minio.example/calls",
        "https://minio.example/calls?versioning",
        "https://minio.example/calls#a",
        "https://minio.example/../calls",
        "https://minio.example/calls/%2e%2e/a",
        "https://minio.example/calls/a%00b",
        "https://minio.example/-calls",
        "https://minio.example/ca..lls",
        "https://minio.example:99999/calls",
        "https://calls.s3-website-eu-west-1.amazonaws.com",
        "https://calls.s3-accelerate.amazonaws.com",
        "https://point-111122223333.s3-accesspoint.eu-west-1.amazonaws.com",
        "https://abc.execute-api.eu-west-1.amazonaws.com/calls",
        "https://amazonaws.com/calls",
        f"https://s3.eu-west-1.amazonaws.com/calls/{'a' * 2000}",
        f"https://minio.example/calls/{'%C3%A9' * 400}",
    ],
)
def test_what_is_no_address_of_a_bucket(url: str) -> None:
    with pytest.raises(ValueError, match=r"^it|^the name"):
        read_bucket_address(url)
