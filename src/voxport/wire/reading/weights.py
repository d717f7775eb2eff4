"""Lists in headers whose elements may have a weight: Accept, Accept-Encoding (RFC 9110, section 12.4.2)."""

from __future__ import annotations

from collections.abc import Sequence

_MOST_READ = 64


def weighted(headers: Sequence[str]) -> list[tuple[str, float]]:
    """The elements in small letters, each with its weight from 0 to 1; a weight that cannot be read is 0."""
    parts = [part for header in headers for part in header.split(",") if part.strip()][:_MOST_READ]
    elements = ([piece.strip().lower() for piece in part.split(";")] for part in parts)
    return [(value, _weight(parameters)) for value, *parameters in elements]


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
