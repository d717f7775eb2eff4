"""Which keys something can be encrypted with, and in which words the others are refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pysequoia import Cert, Tsk, encrypt
from pysequoia.packet import PacketPile, Tag

from tests.support.openpgp import ENDLESS, TWO_SUBKEYS, KeyPair, without
from voxport.openpgp.certificate import Unusable, recipient_of

KEY = KeyPair()
NOW = datetime.now(UTC)


def revoked() -> bytes:
    signature = KEY.certificate.revoke(KEY.private.certifier())
    return bytes(Cert.from_packets([*PacketPile.from_bytes(KEY.public), *PacketPile.from_bytes(bytes(signature))]))


def for_signing_alone() -> bytes:
    return without(TWO_SUBKEYS, lambda _: True)


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        (b"", "cannot be read"),
        (b"hello", "cannot be read"),
        (KEY.public[: len(KEY.public) // 2], "cannot be read"),
        (KEY.public.replace(b"=", b"+", 1), "cannot be read"),
        (encrypt(b"hello", [KEY.certificate]), "cannot be read"),
        (b"-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n", "PEM key; export an OpenPGP one"),
        (bytes(KEY.private), "private key"),
        (str(KEY.private).encode(), "private key"),
        (KEY.public + KeyPair().public, "holds 2 keys"),
        (revoked(), "it is revoked"),
        (for_signing_alone(), "no key for encryption"),
        (without(TWO_SUBKEYS, lambda subkey: subkey.fingerprint == ENDLESS), "expired on 2020-12-31"),
    ],
)
def test_a_key_that_cannot_be_used_is_refused_in_words(key: bytes, reason: str) -> None:
    with pytest.raises(Unusable, match=reason):
        recipient_of(key)


def test_armored_and_binary_are_one_key() -> None:
    for key in (KEY.public, bytes(KEY.certificate)):
        found = recipient_of(key)
        assert (found.certificate.fingerprint, found.expires) == (KEY.certificate.fingerprint, None)


def test_a_key_is_good_until_it_ends() -> None:
    key = str(Tsk.generate("acme", validity_seconds=3600).extract_certificate()).encode()
    expires = recipient_of(key).expires
    assert expires is not None
    assert NOW < expires < NOW + timedelta(hours=2)
    with pytest.raises(Unusable, match=f"expired on {expires:%Y-%m-%d}"):
        recipient_of(key, now=expires)


def test_nothing_is_encrypted_with_a_subkey_that_has_ended() -> None:
    """The library alone would."""
    found = recipient_of(TWO_SUBKEYS)
    subkeys = {
        one.fingerprint for one in PacketPile.from_bytes(bytes(found.certificate)) if one.tag == Tag.PublicSubkey
    }
    assert subkeys == {ENDLESS}
    assert found.expires is None
    both = recipient_of(TWO_SUBKEYS, now=datetime(2020, 6, 1, tzinfo=UTC))
    assert len([one for one in PacketPile.from_bytes(bytes(both.certificate)) if one.tag == Tag.PublicSubkey]) == 2
