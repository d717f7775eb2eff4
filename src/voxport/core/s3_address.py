"""Reads the base address of a bucket, in every form that is in use, without asking anybody.

An address of AWS names bucket and region and nothing else: requests go to the store by https, whatever its scheme
(docs/contract/open-questions.md 8). Any other host is an S3-compatible store, and is spoken to exactly where it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

DEFAULT_REGION = "us-east-1"
_REGION = r"[a-z]{2,4}(?:-[a-z]+){1,3}-[0-9]{1,2}"
_AWS_S3 = re.compile(
    r"(?:(?P<bucket>[a-z0-9][a-z0-9._-]{1,253}[a-z0-9])\.)?(?P<service>s3(?:-fips)?)"
    rf"(?P<dual>\.dualstack)?(?:[.-](?P<region>{_REGION}|external-1))?\.amazonaws\.com(?P<china>\.cn)?"
)
_AWS_REGION_ONLY = re.compile(rf"(?P<region>{_REGION})\.amazonaws\.com(?P<china>\.cn)?")
"""As the platform's page about Parquet delivery writes it."""
_OTHER_REGION = re.compile(rf"s3\.(?P<region>{_REGION}|[a-z]{{2}}-[a-z]{{3,9}})\..+")
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,254}")
_MAX_PATH_BYTES = 2000
"""As written, with escapes: far more than the 1,024 bytes of a key leave room for, and what an index can hold."""
_HOST_LABEL = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class BucketAddress:
    """A bucket, and a folder in it."""

    bucket: str
    region: str | None
    """None: the address does not name it."""
    host: str
    """The service's host, with its port where it has one."""
    prefix: str = ""
    """The folder, without a slash at its ends; empty: the bucket itself."""
    scheme: str = "https"
    virtual: bool = False
    """Whether requests have the bucket before the host (`bucket.s3.example.com`) instead of in the path."""
    aws: bool = True
    """Whether the host is AWS; False: an S3-compatible store."""

    @property
    def base(self) -> str:
        """Where requests to the bucket itself go, without a slash at its end."""
        if self.virtual:
            return f"{self.scheme}://{self.bucket}.{self.host}"
        return f"{self.scheme}://{self.host}/{self.bucket}"

    def in_region(self, region: str) -> BucketAddress:
        """The same bucket, once its region is known."""
        if not self.aws:
            return replace(self, region=region)
        host = re.sub(rf"^(s3(?:-fips)?)(\.dualstack)?(\.{_REGION})?", rf"\1\2.{region}", self.host)
        return replace(self, region=region, host=host)


def read_bucket_address(url: str, hosts: tuple[str, ...] = ()) -> BucketAddress:
    """`hosts` are stores besides AWS that take the bucket before their name (`bucket.s3.example.com`).

    Raises ValueError with a clause that says what is wrong, without the address.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise ValueError("it is not an address") from None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("https", "http") or not host or "@" in parts.netloc:
        raise ValueError("it is not an address like https://s3.eu-west-1.amazonaws.com/bucket")
    if parts.query or parts.fragment:
        raise ValueError("it is to be the plain address of a bucket, without a query")
    if len(parts.path.encode("utf-8", "replace")) > _MAX_PATH_BYTES:
        raise ValueError("its path is longer than a key in a bucket can be")
    segments = [unquote(segment) for segment in parts.path.split("/") if segment]
    if any(segment in (".", "..") or not segment.isprintable() for segment in segments):
        raise ValueError("its path holds what a folder cannot be called")
    if re.search(r"(^|\.)amazonaws\.com(\.cn)?$", host):
        return _aws(host, segments)
    return _other(parts.scheme, f"[{host}]" if ":" in host else host, port, segments, hosts)


def _aws(host: str, segments: list[str]) -> BucketAddress:
    found = _AWS_REGION_ONLY.fullmatch(host) or _AWS_S3.fullmatch(host)
    if found is None:
        raise ValueError("it is no address of Amazon S3 that this server knows")
    named = found.groupdict()
    bucket, segments = _bucket(named.get("bucket"), segments)
    region = DEFAULT_REGION if named["region"] == "external-1" else named["region"]
    domain = "amazonaws.com" + (named["china"] or "")
    service = (named.get("service") or "s3") + (named.get("dual") or "")
    where = f"{service}.{region}.{domain}" if region else f"{service}.{domain}"
    # Certificates of the service hold for one label before its name, so a bucket with dots goes into the path.
    virtual = _HOST_LABEL.fullmatch(bucket) is not None
    return BucketAddress(bucket, region, where, "/".join(segments), virtual=virtual)


def _other(scheme: str, host: str, port: int | None, segments: list[str], hosts: tuple[str, ...]) -> BucketAddress:
    own = next((one for one in hosts if host.endswith(f".{one.lower()}")), None)
    in_host = host.removesuffix(f".{own.lower()}") if own is not None else None
    bucket, segments = _bucket(in_host, segments)
    service = own.lower() if own is not None else host
    found = _OTHER_REGION.fullmatch(service)
    region = None if found is None else found["region"]
    where = service if port is None else f"{service}:{port}"
    return BucketAddress(bucket, region, where, "/".join(segments), scheme, virtual=in_host is not None, aws=False)


def _bucket(in_host: str | None, segments: list[str]) -> tuple[str, list[str]]:
    bucket, rest = (in_host, segments) if in_host else ("".join(segments[:1]), segments[1:])
    if not bucket:
        raise ValueError("it names no bucket")
    if not _BUCKET.fullmatch(bucket) or ".." in bucket:
        raise ValueError("the name of its bucket is not one that S3 takes")
    return bucket, rest
