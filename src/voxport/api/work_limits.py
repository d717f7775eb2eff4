"""How much of one organisation is in work at once, as the operator allows it; asked before a byte of a body is."""

from __future__ import annotations

from uuid import UUID

from voxport.api.context import RequestContext
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused

_TOO_MANY = 429


async def demand_room(context: RequestContext, organization_id: UUID) -> None:
    """Raises RequestRefused 90004 (429) for a recording that has to wait until others have ended.

    What is posted at the same moment may go beyond the limits together, once. No code is documented for it
    (docs/contract/errors.md): clients take anything but 400 for a reason to try again, which is what is meant.
    """
    options = context.dependencies.options
    if not options.organization_calls and not options.organization_bytes:
        return
    number, size_bytes = await context.dependencies.store.tenant(organization_id).media.in_work()
    length = context.request.headers.get("content-length", "")
    coming_bytes = int(length) if length.isascii() and length.isdigit() else 0
    if options.organization_calls and number >= options.organization_calls:
        what = f"{options.organization_calls} recordings"
    elif options.organization_bytes and number and size_bytes + coming_bytes > options.organization_bytes:
        what = f"{options.organization_bytes} bytes of recordings"
    else:
        return
    reason = f"The organisation has as much in work as it may, {what}; post this one when others have ended."
    raise RequestRefused(Problem(Code.BROKER_FAILED, reason), status=_TOO_MANY)
