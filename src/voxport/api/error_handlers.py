"""What a request can end in besides its answer: refusals, faults around us, and mistakes of ours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from voxport.api.content_coding import ACCEPTED, UNSUPPORTED
from voxport.api.readiness import Readiness
from voxport.api.responses import error_response, reference_of
from voxport.api.routing import methods_at
from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused

log = structlog.get_logger(__name__)

_RETRY_AFTER_S = "2"
_WAIT_S = "30"
_BASIC_TOO = ("/v2-beta/access/", "/v3/access/")


async def refused(request: Request, error: Exception) -> Response:
    """The documented body; a 401 says which schemes are taken, a 429 when to ask again."""
    assert isinstance(error, RequestRefused)  # noqa: S101  (narrows the type that the framework widened)
    schemes = 'Bearer, Basic realm="Voxport"' if request.url.path.startswith(_BASIC_TOO) else "Bearer"
    headers = {
        HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": schemes},
        HTTPStatus.TOO_MANY_REQUESTS: {"Retry-After": _WAIT_S},
        UNSUPPORTED: {"Accept-Encoding": ACCEPTED},
    }.get(error.status)
    return error_response(request, error.problems, error.status, headers)


def unavailable(readiness: Readiness) -> Callable[[Request, Exception], Awaitable[Response]]:
    """A handler that answers 503 and when to ask again; whether the server is ready is looked into."""

    async def unavailable(request: Request, error: Exception) -> Response:
        readiness.doubt()
        log.warning("unavailable", reference=reference_of(request), error=str(error))
        problem = Problem(
            Code.DATABASE_FAILED, "The database or the store does not answer at the moment; try again shortly."
        )
        return error_response(request, [problem], 503, {"Retry-After": _RETRY_AFTER_S})

    return unavailable


async def unrouted(request: Request, error: Exception) -> Response:
    """Addresses and methods that do not exist."""
    assert isinstance(error, HTTPException)  # noqa: S101
    if error.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
        return error_response(request, [Problem.of(Code.NO_SUCH_ADDRESS)], error.status_code, error.headers)
    # The framework knows the methods of the first route alone that has this path.
    allowed = ", ".join(methods_at(request))
    problem = Problem(
        Code.NO_SUCH_ADDRESS, f"This address does not know the method {request.method}; it knows {allowed}."
    )
    return error_response(request, [problem], error.status_code, {"Allow": allowed})


def failed(request: Request) -> Response:
    """500 for a mistake of ours: the reference finds it in the log, the answer tells nothing of it."""
    problem = Problem(Code.SERVER_FAILED, "The server failed; its log knows this request by the reference.")
    return error_response(request, [problem], 500)
