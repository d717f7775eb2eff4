"""The body of an answer that refuses or fails (errors.md section 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from voxport.core.errors import Problem
from voxport.wire.v3.media import error_entry, warning_entry

_FIRST_SERVER_FAULT = 500


def error_body(problems: Sequence[Problem], status: int, reference: str) -> dict[str, Any]:
    """What is the client's fault stands in `warnings`, where v3 has it, and again in `errors`, the list that clients
    display; faults of the server stand in `errors` alone (open-questions 49). `reference` names this one request."""
    warnings = problems if status < _FIRST_SERVER_FAULT else ()
    return {
        "status": status,
        "errors": [error_entry(problem) for problem in problems],
        "warnings": [warning_entry(problem) for problem in warnings],
        "reference": reference,
    }
