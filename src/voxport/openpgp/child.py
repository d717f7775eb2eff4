"""What runs in the child process: `python -m voxport.openpgp.child inspect|encrypt MOMENT`.

Standard input has the length of the key in four bytes, the key, and for `encrypt` what is to be encrypted. Standard
output has what was found of the key as JSON, or the encrypted message; a key that cannot be used ends the process with
`REFUSED` and the reason on standard error.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime

from voxport.openpgp.protocol import LENGTH_BYTES, REFUSED

_STDIN, _STDOUT = "/dev/stdin", "/dev/stdout"


def main(mode: str, moment: str) -> int:
    from pysequoia import encrypt_file

    from voxport.openpgp.certificate import Unusable, recipient_of

    key = _exactly(int.from_bytes(_exactly(LENGTH_BYTES), "big"))
    try:
        recipient = recipient_of(key, datetime.fromisoformat(moment))
    except Unusable as reason:
        sys.stderr.write(str(reason))
        return REFUSED
    if mode == "encrypt":
        # Opened by name: the library takes paths. Both are pipes or files of the parent; nothing is kept in memory.
        encrypt_file(_STDIN, _STDOUT, recipients=[recipient.certificate], armor=False)
        return 0
    ends = None if recipient.expires is None else recipient.expires.isoformat()
    sys.stdout.write(json.dumps({"fingerprint": recipient.certificate.fingerprint, "expires": ends}))
    return 0


def _exactly(length: int) -> bytes:
    """Read without a buffer: what follows is read by the library, through the same pipe."""
    data = b""
    while len(data) < length and (piece := os.read(0, length - len(data))):
        data += piece
    return data


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
