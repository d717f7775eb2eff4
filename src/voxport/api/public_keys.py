"""`/v3/security/public-keys`: the OpenPGP keys with which an organisation wants its results encrypted."""

from __future__ import annotations

import hashlib

from starlette.responses import Response

from voxport.api.context import RequestContext, not_found
from voxport.api.responses import json_response, raw_response
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.public_keys import MAX_KEY_BYTES, NewPublicKey
from voxport.openpgp.inspection import UnusableKey
from voxport.wire.v3.public_keys import public_key_body, public_keys_body
from voxport.wire.writing.content_types import RECORDING

_STOPPED = Problem(Code.CONFIGURATION_INVALID, "The public key stopped arriving.")


async def list_keys(context: RequestContext) -> Response:
    """All keys of the organisation, in the order in which they were uploaded."""
    return json_response(public_keys_body(await (await context.tenant()).public_keys.all()))


async def add_key(context: RequestContext) -> Response:
    """Keeps a key that something can be encrypted with now; raises RequestRefused 10007 with the reason for another."""
    tenant = await context.tenant()
    data = await context.body(MAX_KEY_BYTES, _STOPPED)
    try:
        inspected = await context.dependencies.key_inspector.inspect(data)
    except UnusableKey as reason:
        problem = Problem(Code.CONFIGURATION_INVALID, f"The public key cannot be used: {reason}.")
        raise RequestRefused(problem) from None
    new = NewPublicKey(hashlib.sha256(data).hexdigest(), data, inspected.fingerprint, inspected.expires)
    return json_response(public_key_body(await tenant.public_keys.add(new)))


async def show_key(context: RequestContext) -> Response:
    """The key as it was uploaded, byte for byte."""
    key = await (await context.tenant()).public_keys.get(context.path_id("key_id"))
    if key is None:
        raise not_found()
    # A page of this server's origin is never made of it, whatever it holds.
    return raw_response(key.data, RECORDING, headers={"Content-Disposition": f'attachment; filename="{key.id}.asc"'})


async def delete_key(context: RequestContext) -> Response:
    """Takes the key back; what was encrypted with it stays as it is."""
    if not await (await context.tenant()).public_keys.delete(context.path_id("key_id")):
        raise not_found()
    return Response(status_code=204)
