"""Which form of a transcript the header Accept asks for (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.plan import TextFormat
from voxport.wire.v2beta.transcript import ACCEPTED

_NOT_ACCEPTABLE = 406
_MOST_ASKED = 64


def accepted_format(headers: Sequence[str]) -> TextFormat:
    """The best of what is asked for; JSON without a header or where everything is welcome.

    Raises RequestRefused 10011 (406) when nothing that is asked for can be made.
    """
    asked = [part for header in headers for part in header.split(",") if part.strip()][:_MOST_ASKED]
    if not asked:
        return TextFormat.JSON
    best, best_rank = None, (0.0, 0)
    for part in asked:
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        found, exactness = _meant(kind)
        rank = (_quality(parameters), exactness)
        if found is not None and rank[0] > 0 and rank > best_rank:
            best, best_rank = found, rank
    if best is None:
        forms = ", ".join(ACCEPTED)
        raise RequestRefused(
            Problem(Code.QUERY_PARAMETER_INVALID, f"The header Accept must ask for one of {forms}."),
            status=_NOT_ACCEPTABLE,
        )
    return best


def _meant(kind: str) -> tuple[TextFormat | None, int]:
    """The form, and how exactly it was named."""
    if kind in ACCEPTED:
        return ACCEPTED[kind], 3
    if kind == "text/*":
        return TextFormat.TEXT, 2
    return (TextFormat.JSON, 1) if kind in ("*/*", "application/*") else (None, 0)


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
