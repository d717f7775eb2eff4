"""Keys of customers, and the program with which they open what they are sent: gpg."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pysequoia import Cert, Tsk, decrypt
from pysequoia.packet import Packet, PacketPile, Tag

TWO_SUBKEYS = Path(__file__).with_name("two-subkeys.asc").read_bytes()
"""Made by gpg at a faked time: one key for encryption ended in 2020, the other does not end."""
ENDED, ENDLESS = "1c2eb7450e27bd84dd7e1457aa6dbe97e0b03f64", "f704edfa5ba97a6a784589067ce3df57ac04c18d"


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Both halves of an OpenPGP key; what the server must never see is `private`."""

    private: Tsk = field(default_factory=lambda: Tsk.from_bytes(_generated()))

    @property
    def certificate(self) -> Cert:
        return self.private.extract_certificate()

    @property
    def public(self) -> bytes:
        """Armored, as customers export it."""
        return str(self.certificate).encode()

    def opened(self, message: bytes) -> bytes:
        clear = decrypt(message, self.private.decryptor()).bytes
        assert clear is not None
        return bytes(clear)


@dataclass(frozen=True, slots=True)
class Gpg:
    """GnuPG with a home of its own."""

    home: Path

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        common = ("gpg", "--homedir", str(self.home), "--batch", "--no-tty", "--quiet", "--pinentry-mode", "loopback")
        command = (*common, "--passphrase", "", *arguments)
        return subprocess.run(command, input=given, capture_output=True, check=True).stdout


def without(data: bytes, unwanted: Callable[[Packet], bool]) -> bytes:
    """The key without those subkeys."""
    kept, keeping = [], True
    for packet in PacketPile.from_bytes(data):
        if packet.tag != Tag.Signature:
            keeping = packet.tag != Tag.PublicSubkey or not unwanted(packet)
        if keeping:
            kept.append(packet)
    return bytes(Cert.from_packets(kept))


@contextmanager
def running_gpg() -> Iterator[Gpg]:
    """Skips the test where there is no gpg; ends the agent that gpg starts."""
    if shutil.which("gpg") is None:
        pytest.skip("gpg is not installed: nobody has shown that GnuPG opens what is encrypted here")
    # A short path: the socket of the agent lies in it.
    with tempfile.TemporaryDirectory(prefix="gpg-") as home:
        try:
            yield Gpg(Path(home))
        finally:
            subprocess.run(("gpgconf", "--homedir", home, "--kill", "gpg-agent"), check=False, capture_output=True)


def _generated() -> bytes:
    return bytes(Tsk.generate("Acme <calls@acme.example>"))
