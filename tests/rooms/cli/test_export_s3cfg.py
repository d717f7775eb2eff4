"""Who signs and where the store is: what is read from an s3cmd file, and URLs that are those of the AWS SDK."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.config import Config

from voxport.cli.errors import CommandFailed
from voxport.cli.export.s3cfg import AccessOptions, StoreAccess, read_access
from voxport.cli.export.signing import Signer

KEYS = "access_key = AKIAEXAMPLE\nsecret_key = s3cr3t/with+signs==\n"


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Reads a file of that text."""

    def read(text: str, environment: dict[str, str] | None = None, **wanted: Any) -> StoreAccess:
        path = tmp_path / ".s3cfg"
        path.write_text(text, "utf-8")
        return read_access(AccessOptions(path, **wanted), environment or {})

    return read


def test_what_s3cmd_configure_writes_is_aws(read: Any) -> None:
    text = (
        f"[default]\n{KEYS}access_token = \nbucket_location = US\ncheck_ssl_hostname = True\ngpg_passphrase = \n"
        "host_base = s3.amazonaws.com\nhost_bucket = %(bucket)s.s3.amazonaws.com\nsignature_v2 = False\n"
        "use_https = True\nwebsite_endpoint = http://%(bucket)s.s3-website-%(location)s.amazonaws.com/\n"
    )
    access = read(text)
    assert (access.access_key, access.secret_key, access.token) == ("AKIAEXAMPLE", "s3cr3t/with+signs==", None)
    assert (access.region, access.signature_version) == ("us-east-1", 4)
    assert access.object_url("calls-out", "a b/ä.json")[0] == "https://calls-out.s3.amazonaws.com/a%20b/%C3%A4.json"
    assert "s3cr3t" not in repr(access)


@pytest.mark.parametrize(
    ("keys", "url"),
    [
        ("bucket_location = EU", "https://b-1.s3.eu-west-1.amazonaws.com/k"),
        ("bucket_location = cn-north-1", "https://b-1.s3.cn-north-1.amazonaws.com.cn/k"),
        ("host_base = s3.amazonaws.com\nhost_bucket = s3.amazonaws.com", "https://s3.amazonaws.com/b-1/k"),
        ("host_base = store.example.com:9000\nhost_bucket = store.example.com:9000\nuse_https = False",
         "http://store.example.com:9000/b-1/k"),
        ("host_base = fra1.example.com\nhost_bucket = %(bucket)s.fra1.example.com", "https://b-1.fra1.example.com/k"),
        ("host_base = s3-%(location)s.example.com\nbucket_location = fra", "https://b-1.s3-fra.example.com/k"),
        ("host_base = gate.example.com\nhost_bucket = x-%(bucket)s.other.example.com", "https://x-b-1.other.example.com/k"),
        ("use_https = no", "http://b-1.s3.amazonaws.com/k"),
    ],
)  # fmt: skip
def test_the_address_of_an_object_follows_the_file(read: Any, keys: str, url: str) -> None:
    assert read(f"{KEYS}{keys}\n").object_url("b-1", "k")[0] == url


def test_the_command_line_stands_above_the_file(read: Any) -> None:
    text = f"{KEYS}host_base = store.example.com\nsignature_v2 = True\nbucket_location = fra\n"
    of_file = read(text)
    assert (of_file.signature_version, of_file.region) == (2, "fra")
    access = read(text, region="ams", endpoint_url="http://127.0.0.1:9000/", signature_version=4)
    assert (access.signature_version, access.region) == (4, "ams")
    assert access.object_url("b-1", "k")[0] == "http://127.0.0.1:9000/b-1/k"


@pytest.mark.parametrize("bucket", ["with.dots", "Upper_case"])
def test_a_bucket_that_no_host_name_can_have_goes_into_the_path(read: Any, bucket: str) -> None:
    assert read(KEYS).object_url(bucket, "k")[0] == f"https://s3.amazonaws.com/{bucket}/k"


def test_lines_are_read_as_s3cmd_reads_them(read: Any) -> None:
    text = '# a comment\n   access_key = "AKIA"\n[default]\n  secret_key=a=b # c\nnot a line\nsession_token = t%(x)s\n'
    access = read(text)
    assert (access.access_key, access.secret_key, access.token) == ("AKIA", "a=b # c", "t%(x)s")


def test_a_section_is_chosen_by_its_name(read: Any) -> None:
    two = "[work]\naccess_key = W\nsecret_key = w\n[home]\naccess_key = H\nsecret_key = h\n"
    assert read(two, profile="home").access_key == "H"
    assert read(f"[default]\n{KEYS}{two}").access_key == "AKIAEXAMPLE"
    assert read("[only]\naccess_key = O\nsecret_key = o\n").access_key == "O"
    with pytest.raises(CommandFailed, match=r"\[work\], \[home\]"):
        read(two)
    with pytest.raises(CommandFailed, match=r"no section \[nobody\]"):
        read(two, profile="nobody")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[default]\nhost_base = x\n", "no keys to sign with"),
        ("access_key = A\n", "has no secret_key"),
        ("secret_key = A\n", "has no access_key"),
        (f"{KEYS}host_base = https://x/y\n", "host_base takes a host"),
        (f"{KEYS}use_https = ture\n", "use_https is True or False, not 'ture'"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(read: Any, text: str, told: str) -> None:
    with pytest.raises(CommandFailed, match=told):
        read(text)


def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path, read: Any) -> None:
    with pytest.raises(CommandFailed, match=r"s3cmd --configure"):
        read_access(AccessOptions(tmp_path / "nowhere"), {})
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandFailed, match="not an s3cmd file"):
        read_access(AccessOptions(tmp_path / "binary"), {})
    with pytest.raises(CommandFailed, match="--endpoint-url"):
        read(KEYS, endpoint_url="store.example.com")


def test_without_keys_in_the_file_the_variables_are_taken(read: Any) -> None:
    environment = {"AWS_ACCESS_KEY_ID": "E", "AWS_SECRET_ACCESS_KEY": "e", "AWS_SESSION_TOKEN": "t"}
    access = read("[default]\nbucket_location = fra\n", environment)
    assert (access.access_key, access.secret_key, access.token, access.region) == ("E", "e", "t", "fra")


def test_the_usual_file_is_in_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(CommandFailed, match="no keys to sign with"):
        read_access(AccessOptions(), {})
    (tmp_path / ".s3cfg").write_text(KEYS)
    assert read_access(AccessOptions(), {}).access_key == "AKIAEXAMPLE"
    assert read_access(AccessOptions(Path("~/.s3cfg")), {}).access_key == "AKIAEXAMPLE"


@pytest.mark.parametrize("version", [2, 4])
@pytest.mark.parametrize("style", ["path", "virtual"])
@pytest.mark.parametrize("token", [None, "a/temporary+token=="])
def test_a_url_is_the_one_that_the_sdk_signs(
    monkeypatch: pytest.MonkeyPatch, version: int, style: str, token: str | None
) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_900_000_000.0)
    host_bucket = "%(bucket)s.store.example.com" if style == "virtual" else None
    access = StoreAccess("AKIA", "secret", token, "https://store.example.com", host_bucket, "eu-west-1", version)
    sdk = boto3.client(
        "s3",
        endpoint_url="https://store.example.com",
        aws_access_key_id="AKIA",
        aws_secret_access_key="secret",
        aws_session_token=token,
        region_name="eu-west-1",
        config=Config(signature_version="s3v4" if version == 4 else "s3", s3={"addressing_style": style}),
    )
    parameters = {"Bucket": "calls-out", "Key": "a b/ä~+.json", "ContentType": "application/json"}
    for _ in range(3):  # version 4 signs the second, which may pass between the two
        own = Signer(access, "calls-out", 600).put_url("a b/ä~+.json", "application/json")
        theirs = sdk.generate_presigned_url("put_object", Params=parameters, ExpiresIn=600, HttpMethod="PUT")
        if parse_qs(urlsplit(own).query) == parse_qs(urlsplit(theirs).query):
            break
    assert parse_qs(urlsplit(own).query) == parse_qs(urlsplit(theirs).query)
    assert urlsplit(own)[:3] == urlsplit(theirs)[:3]


def test_a_life_that_version_4_does_not_allow_is_refused(read: Any) -> None:
    with pytest.raises(CommandFailed, match="7 days"):
        Signer(read(KEYS), "b-1", 604_801)
    assert Signer(read(KEYS, signature_version=2), "b-1", 604_801).put_url("k", "t/t")
