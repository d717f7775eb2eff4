"""What can be said of a public key: whose it is, how long it can be used, or in words why it cannot.

Imported by the child process alone: it loads the OpenPGP library.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pysequoia import Cert, encrypt
from pysequoia.packet import Packet, PacketPile, SignatureType, Tag

_UNREADABLE = "it cannot be read as an OpenPGP public key, armored or binary"
_NO_ENCRYPTION = (
    "it has no key for encryption that can be used here; RSA from 2048 bits and Curve25519 are, DSA with ElGamal is not"
)
_PEM = "it is a PEM key; export an OpenPGP one, as by gpg --armor --export"
_PRIVATE = "it holds a private key; export the public one, and take care of the private one, which was sent"


class Unusable(Exception):
    """The text says why, as the end of a sentence; nothing in it is the uploader's."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A public key that something can be encrypted with at this moment."""

    certificate: Cert
    """Without those keys for encryption that have expired."""
    expires: datetime | None
    """When the last of its keys for encryption ends; None: not by itself."""


def recipient_of(data: bytes, now: datetime | None = None) -> Recipient:
    """The key in `data`; raises Unusable. `now`: the moment at which it is to be used; None: this one."""
    now = now or datetime.now(UTC)
    certificate = _read(data)
    if certificate.is_revoked:
        raise Unusable("it is revoked")
    ends = certificate.expiration
    if ends is not None and ends <= now:
        raise Unusable(f"it expired on {ends:%Y-%m-%d}")
    keys = tuple(_keys_for_encryption(PacketPile.from_bytes(data)))
    dead = [key for key in keys if key.expires is not None and key.expires <= now]
    if keys and len(dead) == len(keys):
        raise Unusable(f"its key for encryption expired on {max(_end(key.expires) for key in dead):%Y-%m-%d}")
    usable = _without(certificate, [key.packet for key in dead])
    _try(usable)
    return Recipient(usable, _earlier(ends, _latest([key.expires for key in keys if key not in dead])))


@dataclass(frozen=True, slots=True)
class _Key:
    packet: Packet
    expires: datetime | None


def _read(data: bytes) -> Cert:
    if b"-----BEGIN PUBLIC KEY" in data or b"-----BEGIN RSA PUBLIC KEY" in data or b"-----BEGIN CERTIFICATE" in data:
        raise Unusable(_PEM)
    try:
        certificate = Cert.from_bytes(data)
    except RuntimeError:
        raise Unusable(_several(data) or _UNREADABLE) from None
    if any(packet.tag in (Tag.SecretKey, Tag.SecretSubkey) for packet in PacketPile.from_bytes(data)):
        raise Unusable(_PRIVATE)
    return certificate


def _several(data: bytes) -> str | None:
    try:
        found = len(Cert.split_bytes(data))
    except RuntimeError:
        return None
    return f"it holds {found} keys; upload each by itself" if found > 1 else None


def _keys_for_encryption(packets: PacketPile) -> Iterator[_Key]:
    """Each with the end that its newest signature gives it; the primary key ends with the whole (`Cert.expiration`)."""
    key: Packet | None = None
    bindings: list[Packet] = []
    for packet in packets:
        if packet.tag == Tag.PublicSubkey:
            yield from _bound(key, bindings)
            key, bindings = packet, []
        elif packet.tag == Tag.Signature and packet.signature_type == SignatureType.SubkeyBinding:
            bindings.append(packet)
    yield from _bound(key, bindings)


def _bound(key: Packet | None, bindings: Sequence[Packet]) -> Iterator[_Key]:
    if key is None or not bindings:
        return
    newest = max(bindings, key=lambda one: _end(one.signature_created))
    flags, created, valid_for = newest.key_flags, key.key_created, newest.key_validity_period
    if flags is not None and (flags.transport_encryption or flags.storage_encryption):
        yield _Key(key, None if valid_for is None or created is None else created + valid_for)


def _without(certificate: Cert, dead: Sequence[Packet]) -> Cert:
    """The library would encrypt with an expired key too."""
    if not dead:
        return certificate
    gone = {key.fingerprint for key in dead}
    kept: list[Packet] = []
    keeping = True
    for packet in PacketPile.from_bytes(bytes(certificate)):
        if packet.tag != Tag.Signature:
            keeping = packet.tag != Tag.PublicSubkey or packet.fingerprint not in gone
        if keeping:
            kept.append(packet)
    return Cert.from_packets(kept)


def _try(certificate: Cert) -> None:
    try:
        encrypt(bytes=b"", recipients=[certificate])
    except RuntimeError:
        # Revoked, made for signing alone, of an algorithm that is not known here or no longer safe.
        raise Unusable(_NO_ENCRYPTION) from None


def _end(moment: datetime | None) -> datetime:
    return moment or datetime.max.replace(tzinfo=UTC)


def _latest(ends: Sequence[datetime | None]) -> datetime | None:
    return None if None in ends or not ends else max(end for end in ends if end is not None)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    ends = [end for end in (one, other) if end is not None]
    return min(ends) if ends else None
