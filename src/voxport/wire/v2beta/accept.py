"""Which form of a transcript the header Accept asks for (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.plan import TextFormat
from voxport.wire.reading.weights import weighted
from voxport.wire.v2beta.transcript import ACCEPTED

_NOT_ACCEPTABLE = 406


def accepted_format(headers: Sequence[str]) -> TextFormat:
    """The best of what is asked for; JSON without a header or where everything is welcome.

    Raises RequestRefused 10011 (406) when nothing that is asked for can be made.
    """
    asked = weighted(headers)
    if not asked:
        return TextFormat.JSON
    best, best_rank = None, (0.0, 0)
    for kind, weight in asked:
        found, exactness = _meant(kind)
        rank = (weight, exactness)
        if found is not None and weight > 0 and rank > best_rank:
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
