"""What goes wrong with a database: what passes and is tried again, and what a person must set right first.

Messages of the driver may quote values, so of a statement only the kind of its fault is told. What a server says to
somebody whom it does not let in holds no values, and is told.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import psycopg
from sqlalchemy import exc
from sqlalchemy.engine import ExceptionContext

from voxport.core.errors import Misconfigured, TransientFault

T = TypeVar("T")

FAULTS = (
    exc.OperationalError,
    exc.InterfaceError,
    exc.TimeoutError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
    psycopg.errors.ReadOnlySqlTransaction,
    ConnectionError,
)
"""What SQLAlchemy and psycopg raise when the server is away, starting, full, read-only, or broke a deadlock."""

TAKES_NO_WRITES = "The database takes no writes: it is a standby, or set to read-only"
_AS_MANY_AS_IT_TAKES = "The database has as many connections as it takes"
_TOO_MANY = re.compile(r"too many (clients|connections)|remaining connection slots|no more connections allowed")
"""What a server, or a pooler, says before there is a connection."""
_RETRY_FOR_S = 8.0
_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 1.0
_LONGEST_REASON = 200

_KINDS: tuple[tuple[type[psycopg.Error], str], ...] = (
    (psycopg.errors.DiskFull, "The database's disk is full"),
    (psycopg.errors.ReadOnlySqlTransaction, TAKES_NO_WRITES),
    (psycopg.errors.TooManyConnections, _AS_MANY_AS_IT_TAKES),
    (psycopg.errors.OutOfMemory, "The database is out of memory"),
)
_ADDRESS = "correct VOXPORT_DATABASE_URL"
_NOT_LET_IN = (
    (r"(password|SASL) authentication failed|no password supplied|no such user", f"{_ADDRESS}, or the password there"),
    (r"(role|database) .* does not exist|no such database", f"create it, or {_ADDRESS}"),
    (r"no pg_hba\.conf entry|authentication failed|not permitted to log in", "let this machine and role in there"),
    (r"permission denied for database", "GRANT CONNECT ON DATABASE ... TO the role"),
    (r"SSL (was required|off)|does not support SSL|certificate verify failed", f"{_ADDRESS} (sslmode)"),
    (r"unsupported startup parameter", f"leave it out: {_ADDRESS}"),
)
"""What a server, or a pooler before it, says to whom it will not let in however often it is asked; what to do.

Its words, since the driver has no code of what happens before a connection is there. A server that speaks another
language is waited for, and what it says is in the log.
"""


def as_fault(error: BaseException) -> TransientFault:
    """Names the kind of fault only: driver messages may quote values."""
    cause = getattr(error, "orig", None) or error
    for kind, sentence in _KINDS:
        if isinstance(cause, kind):
            return TransientFault(f"{sentence} ({type(cause).__name__}).")
    reason = _reason(cause)
    if _TOO_MANY.search(reason):
        return TransientFault(f"{_AS_MANY_AS_IT_TAKES} ({reason}).")
    return TransientFault(f"The database does not answer ({type(cause).__name__}{f': {reason}' if reason else ''}).")


def read_only_is_a_fault(context: ExceptionContext) -> None:
    """For SQLAlchemy's event `handle_error`: that a server takes no writes passes, as that it is away does."""
    cause = context.original_exception
    if isinstance(cause, psycopg.errors.ReadOnlySqlTransaction):
        raise exc.OperationalError(context.statement, None, cause, hide_parameters=True) from cause


def refusal(error: BaseException) -> Misconfigured | None:
    """What a person must set right before the database can be used, as a sentence; None for what may pass."""
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, psycopg.ProgrammingError) and cause.sqlstate is None:
        return Misconfigured("VOXPORT_DATABASE_URL cannot be used: the driver does not know one of its options.")
    said = _reason(cause)
    if not said or "Multiple connection attempts" in str(cause):  # another of the servers may let us in
        return None
    for words, remedy in _NOT_LET_IN:
        if re.search(words, said):
            return Misconfigured(f"The database refuses the connection: {said}. What to do: {remedy}.")
    return None


def _reason(cause: BaseException) -> str:
    """What the client library, or a server that lets nobody in, says; empty for faults of statements."""
    if not isinstance(cause, psycopg.OperationalError) or cause.sqlstate is not None:
        return ""
    said = str(cause).strip().split("\n")[0]
    said = re.sub(r"^(FATAL|ERROR):\s+", "", re.sub(r"^.* failed: ", "", said))
    return said[:_LONGEST_REASON].rstrip(".")


async def retry(once: Callable[[], Awaitable[T]]) -> T:
    """Runs `once` again after a fault, with growing pauses; raises TransientFault after `_RETRY_FOR_S`.

    A loop of our own: a library's costs 50 microseconds for each call that succeeds, a twentieth of a polled read.
    """
    deadline = time.monotonic() + _RETRY_FOR_S
    pause_s = _FIRST_PAUSE_S
    while True:
        try:
            return await once()
        except FAULTS as error:
            if time.monotonic() + pause_s > deadline:
                raise as_fault(error) from error
        await asyncio.sleep(pause_s)
        pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
