"""The one door to an address that a customer gave, callbacks and media URLs, and to an operator's own model endpoint.

Every address is parsed once, resolved once, judged, and then connected to, with no second look-up in between; time,
size and redirects are limited here. Nothing else in the program makes HTTP clients for such addresses, and no message
that leaves this room holds a query, a user name or a resolved address.
"""

from __future__ import annotations

from voxport.outbound.client import AnswerBroken, Outbound, OutboundResponse, OutboundStream
from voxport.outbound.connect import check_form
from voxport.outbound.errors import AddressRefused, FailureKind, OutboundFailure
from voxport.outbound.form import Form, FormFile
from voxport.outbound.networks import EVERYWHERE
from voxport.outbound.options import OutboundOptions
from voxport.outbound.proxy import Proxy
from voxport.outbound.threaded import ThreadedOutbound
from voxport.outbound.tls import client_context, tls_fault
from voxport.outbound.url import safe_address

__all__ = [
    "EVERYWHERE",
    "AddressRefused",
    "AnswerBroken",
    "FailureKind",
    "Form",
    "FormFile",
    "Outbound",
    "OutboundFailure",
    "OutboundOptions",
    "OutboundResponse",
    "OutboundStream",
    "Proxy",
    "ThreadedOutbound",
    "check_form",
    "client_context",
    "safe_address",
    "tls_fault",
]
