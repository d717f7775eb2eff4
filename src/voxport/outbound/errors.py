"""How a request to a customer's address can fail; messages name scheme, host, port and path at most."""

from __future__ import annotations

from enum import StrEnum

from voxport.core.errors import VoxportError


class FailureKind(StrEnum):
    """`refused`: by our guard, no connection was made. `unreachable`: no answer for want of a connection.

    `timeout`: a limit of time passed. `protocol`: what came was not an answer we can use.
    """

    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"


class OutboundFailure(VoxportError):
    """The request got no answer; `kind` says where it ended, `transient` whether another try may fare better."""

    def __init__(self, kind: FailureKind, message: str, *, transient: bool = True) -> None:
        self.kind = kind
        self.transient = transient
        super().__init__(message)


class AddressRefused(OutboundFailure):
    """The guard refuses the address; `reason` is a clause without the address, `malformed` tells whether it is one.

    A refusal of a well-formed address may be lifted by the operator (VOXPORT_ALLOW_NETWORKS, VOXPORT_ALLOW_HTTP).
    """

    def __init__(self, reason: str, *, malformed: bool = False) -> None:
        self.reason = reason
        self.malformed = malformed
        super().__init__(FailureKind.REFUSED, f"the address is refused: {reason}", transient=False)
