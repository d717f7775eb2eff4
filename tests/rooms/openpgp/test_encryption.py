"""What is encrypted here is opened by its owner with GnuPG, whatever its length; faults leave nothing behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.openpgp import KeyPair, running_gpg
from voxport.openpgp.encryption import encrypt
from voxport.openpgp.inspection import InspectedKey, KeyInspector, UnusableKey

PIECE = bytes(range(256)) * 4096


async def test_gnupg_opens_it_with_a_key_of_its_own() -> None:
    """RSA 2048, as the guides advise."""
    with running_gpg() as gpg:
        gpg.run("--quick-gen-key", "calls@acme.example", "rsa2048", "sign,encrypt", "never")
        public = gpg.run("--armor", "--export", "calls@acme.example")
        assert (await KeyInspector().inspect(public)).expires is None
        with encrypt(public, iter([PIECE] * 12), scratch=None) as message:
            sent = message.read()
        assert PIECE[:64] not in sent
        assert gpg.run("--decrypt", given=sent) == PIECE * 12


async def test_a_key_is_judged_by_a_process_of_its_own() -> None:
    key, inspector = KeyPair(), KeyInspector()
    assert await inspector.inspect(key.public) == InspectedKey(key.certificate.fingerprint, None)
    with pytest.raises(UnusableKey, match="cannot be read"):
        await inspector.inspect(b"no key")


def test_what_stops_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield PIECE
        raise ValueError("the recording ends here")

    with pytest.raises(ValueError, match="ends here"):
        encrypt(KeyPair().public, broken(), scratch=tmp_path)
    assert os.listdir(tmp_path) == []  # noqa: PTH208
    # More than a pipe holds: the child is gone before it is written.
    with pytest.raises(UnusableKey, match="cannot be read"):
        encrypt(b"no key", iter([PIECE] * 3), scratch=tmp_path)
