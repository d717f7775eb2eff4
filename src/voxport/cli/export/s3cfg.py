"""Who signs and where the store is: an s3cmd file, the AWS variables, and what the command line says over both.

Read as s3cmd reads it: `key = value` lines, `#` comments, values perhaps in double quotes, no interpolation. Keys that
have nothing to do with signing are passed over.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from configparser import Error, RawConfigParser
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from voxport.cli.errors import CommandFailed

USUAL_FILE = Path("~/.s3cfg")
DEFAULT_SECTION = "default"
AWS_HOST = "s3.amazonaws.com"
_BUCKET = "%(bucket)s"
_LOCATION = "%(location)s"
_OLD_LOCATIONS = {"": "us-east-1", "US": "us-east-1", "EU": "eu-west-1"}
_TRUE = frozenset({"true", "yes", "on", "1", "y", "t"})
_FALSE = frozenset({"false", "no", "off", "0", "n", "f"})
_NAME_IN_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]|\.(?=[a-z0-9])){1,61}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class AccessOptions:
    """What the command line says; None where it says nothing."""

    config: Path | None = None
    """The s3cmd file."""
    profile: str | None = None
    """A section of the file."""
    region: str | None = None
    endpoint_url: str | None = None
    """A store that is not AWS."""
    signature_version: int | None = None
    """2 or 4."""


@dataclass(frozen=True, slots=True)
class StoreAccess:
    """Keys, and where buckets are."""

    access_key: str
    secret_key: str = field(repr=False)
    token: str | None = field(repr=False)
    """The session token that belongs to temporary keys; None: the keys are permanent."""
    base_url: str
    """Scheme and host of the store, without a slash at the end."""
    host_bucket: str | None
    """The host of a bucket, with `%(bucket)s` in place of its name; None: paths begin with the bucket."""
    region: str
    """Empty: not named."""
    signature_version: int
    """2 or 4."""

    def object_url(self, bucket: str, key: str) -> tuple[str, str]:
        """The address of an object without a signature, and its path with the bucket, as version 2 signs it."""
        path = quote(key, safe="/~")
        scheme = urlsplit(self.base_url).scheme
        if self.host_bucket is None or not _fits_into_a_host(bucket, scheme):
            url = f"{self.base_url}/{bucket}/{path}"
            return url, urlsplit(url).path
        return f"{scheme}://{self.host_bucket.replace(_BUCKET, bucket)}/{path}", f"/{bucket}/{path}"


def read_access(options: AccessOptions, environment: Mapping[str, str] = os.environ) -> StoreAccess:
    """Raises CommandFailed with what is missing: the file, its section, a key, a usable address."""
    path = (options.config or USUAL_FILE).expanduser()
    values: dict[str, str] = {}
    if options.config is not None or path.exists():
        values = _section(path, options.profile)
    elif options.profile is not None:
        raise CommandFailed(
            f"--profile {options.profile} names a section, but there is no {path}; name it with --config."
        )
    access_key, secret_key, token = _keys(values, path, environment)
    given = options.region or values.get("bucket_location", "")
    region = _OLD_LOCATIONS.get(given, given)
    base_url, host_bucket = _addresses(options.endpoint_url, values, region)
    version = options.signature_version or (2 if _flag(values, "signature_v2", default=False) else 4)
    return StoreAccess(
        access_key=access_key,
        secret_key=secret_key,
        token=token,
        base_url=base_url,
        host_bucket=host_bucket,
        region=region,
        signature_version=version,
    )


def _section(path: Path, profile: str | None) -> dict[str, str]:
    """The keys of the section that was asked for, of `[default]`, or of the only one there is."""
    parser = RawConfigParser(
        delimiters=("=",), comment_prefixes=("#", ";"), strict=False, default_section="", allow_no_value=True
    )
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        # Indented lines would be taken for continued values, and s3cmd needs no section line.
        lines = (line.strip() for line in path.read_text("utf-8-sig").splitlines())
        parser.read_string("\n".join([f"[{DEFAULT_SECTION}]", *lines]))
    except OSError as error:
        raise CommandFailed(
            f"{path} cannot be read: {error.strerror}. `s3cmd --configure` makes such a file."
        ) from None
    except (UnicodeDecodeError, Error):
        raise CommandFailed(f"{path} is not an s3cmd file: `key = value` lines below `[default]`.") from None
    sections = {name: dict(parser[name]) for name in parser.sections() if name != DEFAULT_SECTION or parser[name]}
    if profile is not None and profile not in sections:
        raise CommandFailed(f"{path} has no section [{profile}]; there is {_named(sections)}.")
    if profile is None and len(sections) > 1 and DEFAULT_SECTION not in sections:
        raise CommandFailed(f"{path} has several sections: choose one with --profile. There is {_named(sections)}.")
    chosen = profile or (DEFAULT_SECTION if DEFAULT_SECTION in sections else next(iter(sections), None))
    found = sections.get(chosen, {}) if chosen is not None else {}
    return {name: _unquoted(value) for name, value in found.items() if value}


def _keys(values: dict[str, str], path: Path, environment: Mapping[str, str]) -> tuple[str, str, str | None]:
    """Of the file; where it names none, of the AWS variables."""
    access_key, secret_key = values.get("access_key"), values.get("secret_key")
    if access_key and secret_key:
        return access_key, secret_key, values.get("access_token") or values.get("session_token")
    if access_key or secret_key:
        missing = "secret_key" if access_key else "access_key"
        raise CommandFailed(f"{path} has no {missing}.")
    access_key = environment.get("AWS_ACCESS_KEY") or environment.get("AWS_ACCESS_KEY_ID")
    secret_key = environment.get("AWS_SECRET_KEY") or environment.get("AWS_SECRET_ACCESS_KEY")
    if access_key and secret_key:
        token = environment.get("AWS_SESSION_TOKEN") or environment.get("AWS_SECURITY_TOKEN")
        return access_key, secret_key, token or None
    raise CommandFailed(
        f"There are no keys to sign with: {path} has no access_key and secret_key, and AWS_ACCESS_KEY_ID and "
        "AWS_SECRET_ACCESS_KEY are not set. `s3cmd --configure` asks for them."
    )


def _addresses(endpoint_url: str | None, values: dict[str, str], region: str) -> tuple[str, str | None]:
    """Base URL, and the host of a bucket with a place for its name; None where the bucket goes into the path."""
    if endpoint_url is not None:
        parts = urlsplit(endpoint_url)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
            raise CommandFailed("--endpoint-url takes an address like https://store.example.com:9000.")
        return endpoint_url.rstrip("/"), None
    scheme = "https" if _flag(values, "use_https", default=True) else "http"
    base = values.get("host_base", AWS_HOST).replace(_LOCATION, region)
    buckets = values.get("host_bucket", f"{_BUCKET}.{base}").replace(_LOCATION, region)
    # s3cmd follows AWS to a bucket's region; a signed URL has to name it from the start.
    if base == AWS_HOST and region != "us-east-1":
        regional = f"s3.{region}.amazonaws.com" + (".cn" if region.startswith("cn-") else "")
        base, buckets = regional, buckets.replace(AWS_HOST, regional)
    if not re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", base):
        raise CommandFailed(f"host_base takes a host and perhaps a port, not {base!r}.")
    return f"{scheme}://{base}", buckets if _BUCKET in buckets else None


def _fits_into_a_host(bucket: str, scheme: str) -> bool:
    """A dot in the name would not match the certificate of the store."""
    return _NAME_IN_HOST.fullmatch(bucket) is not None and not (scheme == "https" and "." in bucket)


def _flag(values: Mapping[str, str], name: str, *, default: bool) -> bool:
    """As s3cmd, which takes no other words: a slip must not make the signed URLs plain HTTP."""
    value = values.get(name, "").strip().lower()
    if not value:
        return default
    if value not in _TRUE | _FALSE:
        raise CommandFailed(f"{name} is True or False, not {value!r}.")
    return value in _TRUE


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def _named(sections: Mapping[str, object]) -> str:
    return ", ".join(f"[{name}]" for name in sections) or "none"
