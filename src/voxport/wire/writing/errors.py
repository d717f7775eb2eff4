"""Errors and warnings, and the body of an answer that refuses or fails (docs/contract/errors.md section 1)."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from typing_extensions import TypedDict

from voxport.core.errors import Problem
from voxport.wire.writing.shapes import closed


@closed
class ErrorEntry(TypedDict):
    """One element of an `errors` list."""

    code: int
    error: str


@closed
class WarningEntry(TypedDict):
    """One element of a `warnings` list."""

    code: int
    message: str


@closed
class ErrorBody(TypedDict):
    """The one body of every answer from 400 up."""

    status: int
    errors: list[ErrorEntry]
    warnings: list[WarningEntry]
    reference: str


def error_entry(problem: Problem) -> ErrorEntry:
    return {"code": problem.code, "error": problem.message}


def warning_entry(problem: Problem) -> WarningEntry:
    return {"code": problem.code, "message": problem.message}


def error_body(problems: Sequence[Problem], status: int, reference: str) -> ErrorBody:
    """The body that tells `problems`; `reference` names this one request.

    What is the client's fault stands in `warnings`, where v3 has it, and again in `errors`, the list that clients
    display. Faults of the server stand in `errors` alone (docs/contract/open-questions.md 49).
    """
    warnings = problems if status < HTTPStatus.INTERNAL_SERVER_ERROR else ()
    return {
        "status": status,
        "errors": [error_entry(problem) for problem in problems],
        "warnings": [warning_entry(problem) for problem in warnings],
        "reference": reference,
    }
