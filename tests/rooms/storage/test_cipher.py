from __future__ import annotations

import base64
import multiprocessing
import stat
from pathlib import Path

import pytest

from voxport.core.errors import Misconfigured
from voxport.storage.cipher import KEY_FILE, Cipher

KEY = bytes(range(32))


def test_what_is_sealed_opens_only_for_the_same_row_and_key() -> None:
    cipher = Cipher(KEY)
    sealed = cipher.encrypt(b"https://bucket/?X-Amz-Signature=1", b"row one")
    assert b"Amz" not in sealed
    assert cipher.decrypt(sealed, b"row one") == b"https://bucket/?X-Amz-Signature=1"
    assert sealed != cipher.encrypt(b"https://bucket/?X-Amz-Signature=1", b"row one")
    with pytest.raises(Misconfigured):
        cipher.decrypt(sealed, b"row two")
    with pytest.raises(Misconfigured, match="not the one"):
        Cipher(bytes(32)).decrypt(sealed, b"row one")
    with pytest.raises(Misconfigured):
        cipher.decrypt(sealed[:5], b"row one")


@pytest.mark.parametrize("written", [base64.b64encode(KEY).decode(), KEY.hex(), base64.urlsafe_b64encode(KEY).decode()])
def test_the_key_is_read_in_base64_or_hex(written: str, tmp_path: Path) -> None:
    cipher = Cipher.load(f" {written}\n", tmp_path)
    assert Cipher(KEY).decrypt(cipher.encrypt(b"x", b""), b"") == b"x"
    assert not (tmp_path / KEY_FILE).exists()


@pytest.mark.parametrize("written", ["secret", KEY[:16].hex(), base64.b64encode(KEY + b"1").decode(), "ß" * 64])
def test_a_wrong_key_is_refused_and_not_shown(written: str, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="VOXPORT_SECRET_KEY") as refused:
        Cipher.load(written, tmp_path)
    assert written not in str(refused.value)


def test_the_key_file_is_made_once_and_private(tmp_path: Path) -> None:
    first = Cipher.load(None, tmp_path / "data")
    path = tmp_path / "data" / KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Cipher.load("", tmp_path / "data").decrypt(first.encrypt(b"x", b""), b"") == b"x"
    assert [entry.name for entry in path.parent.iterdir()] == [KEY_FILE]


def _derive(folder: Path) -> bytes:
    return Cipher.load(None, folder).derive("race")


def test_processes_that_start_at_once_agree_on_the_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        keys = pool.map(_derive, [tmp_path] * 12, chunksize=1)
    assert len(set(keys)) == 1


def test_a_damaged_key_file_is_named(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text("half a k")
    with pytest.raises(Misconfigured, match=KEY_FILE):
        Cipher.load(None, tmp_path)
    (tmp_path / KEY_FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(Misconfigured, match=KEY_FILE):
        Cipher.load(None, tmp_path)


def test_derived_keys_differ_by_purpose_and_from_the_key() -> None:
    cipher = Cipher(KEY)
    assert cipher.derive("links") == Cipher(KEY).derive("links")
    assert len({cipher.derive("links"), cipher.derive("webhooks"), KEY}) == 3
