"""What mends a delivery that was not taken, by what its receiver answered: a person reads it below the reason.

Stores say themselves what is wrong, and `delivery/s3/refusals.py` what to change: those words stand in the reason.
"""

from __future__ import annotations

from collections.abc import Mapping

from voxport.console.public_api import Document

_OF_A_RECEIVER = "The address answered"
"""How the error of an answer begins that is none of a store."""
_BY_STATUS: Mapping[int, str] = {
    401: "The receiver wants credentials: correct what it expects, or send this to an address with them.",
    403: "The receiver lets nobody in with this address: correct its rules, or send this to another address.",
    404: "Nothing is at this address: correct the path at the receiver, or send this to the right address.",
    405: "The receiver takes other methods at this address: correct the receiver, or send this to another address.",
    408: "The receiver was too slow: let it answer first and work afterwards.",
    410: "The receiver takes no more deliveries: send this to another address, as further calls.",
    413: "The receiver, or a proxy before it, limits the size of requests: raise it, or leave out some of `include`.",
    429: "The receiver takes fewer requests at a time: what it refused is tried again later by itself.",
}
_OTHER: Mapping[int, str] = {
    3: "Send this to the address that it leads to, and correct the configuration of further calls.",
    4: "The receiver does not take what it was sent: its own log says why.",
    5: "The receiver failed: its own log says why. Mend it; then replay this.",
}
_UNREACHED = (
    "There was no answer: look whether the address is right, the receiver runs and is quick enough, and no firewall "
    "is between. Then replay this."
)


def remedy(delivery: Document) -> str:
    """What to do about a delivery whose last attempt failed; empty where nothing is, or the reason says it."""
    made = delivery.get("attempts", ())
    last = delivery.get("lastAttempt") or (made[-1] if made else None)
    if last is None or "error" not in last or delivery["status"] in ("delivered", "skipped") or "role" in delivery:
        return ""
    status = last.get("status")
    if status is None:
        return _UNREACHED
    if not last["error"].startswith(_OF_A_RECEIVER):
        return ""
    return _BY_STATUS.get(status, _OTHER.get(status // 100, ""))
