"""How a request to a customer's address can fail; messages name scheme, host, port and path at most."""

from __future__ import annotations

from enum import StrEnum

from voxport.core.errors import VoxportError


class FailureKind(StrEnum):
    """Where a request ended that got no answer."""

    REFUSED = "refused"
    """At our guard; no connection was made."""
    UNREACHABLE = "unreachable"
    """At the name, the connection or TLS; or the connection broke."""
    TIMEOUT = "timeout"
    """At a limit of time."""
    PROTOCOL = "protocol"
    """At an answer that is not HTTP, breaks off, or redirects too often."""


class OutboundFailure(VoxportError):
    """The request got no answer."""

    def __init__(self, kind: FailureKind, message: str, *, transient: bool = True) -> None:
        self.kind = kind
        """Where it ended."""
        self.transient = transient
        """Whether another attempt may fare better."""
        super().__init__(message)


class AddressRefused(OutboundFailure):
    """The guard refuses the address."""

    def __init__(self, reason: str, *, malformed: bool = False) -> None:
        self.reason = reason
        """A clause without the address."""
        self.malformed = malformed
        """Whether it is no address at all.

        A refusal of a well-formed one may be lifted by the operator (VOXPORT_ALLOW_NETWORKS, VOXPORT_ALLOW_HTTP).
        """
        super().__init__(FailureKind.REFUSED, f"the address is refused: {reason}", transient=False)
