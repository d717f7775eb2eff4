"""Encrypts any length of bytes with a public key, in a process of its own and in little memory."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from voxport.openpgp.inspection import UnusableKey
from voxport.openpgp.protocol import REFUSED, command, preamble

_REASON_BYTES = 1000


class EncryptionFault(Exception):
    """The child ended without a message, for no fault of the key."""


def encrypt(
    public_key: bytes, pieces: Iterable[bytes], *, scratch: Path | None, moment: datetime | None = None
) -> BinaryIO:
    """The OpenPGP message of all `pieces`, binary, as a nameless file at its beginning; the caller closes it.

    `scratch`: where that file lies, None: the system's folder. `moment`: at which the key has to be good, None: now;
    one that has ended since is taken all the same. What is clear never touches a disk here. What `pieces`
    raises comes through. Raises UnusableKey and EncryptionFault.
    """
    message = tempfile.TemporaryFile(dir=scratch)  # noqa: SIM115 - handed on open
    try:
        _run(public_key, pieces, message, moment or datetime.now(UTC))
    except BaseException:
        message.close()
        raise
    message.seek(0)
    return message


def _run(public_key: bytes, pieces: Iterable[bytes], message: BinaryIO, moment: datetime) -> None:
    with (
        tempfile.TemporaryFile() as reason,
        subprocess.Popen(  # noqa: S603 - this very interpreter
            command("encrypt", moment), stdin=subprocess.PIPE, stdout=message, stderr=reason
        ) as child,
    ):
        try:
            _feed(child, public_key, pieces)
        except BaseException:
            child.kill()
            raise
        status = child.wait()
        reason.seek(0)
        said = reason.read(_REASON_BYTES).decode(errors="replace")
    if status == REFUSED:
        raise UnusableKey(said)
    if status != 0:
        raise EncryptionFault(f"the OpenPGP process ended with status {status}")


def _feed(child: subprocess.Popen[bytes], public_key: bytes, pieces: Iterable[bytes]) -> None:
    """Ends early, without a word, where the child has ended: its status says why."""
    to_child = child.stdin
    if to_child is None:
        raise EncryptionFault("the OpenPGP process has no input")
    try:
        to_child.write(preamble(public_key))
        for piece in pieces:
            to_child.write(piece)
        to_child.close()
    except BrokenPipeError:
        return
