"""The documented codes: sentence and HTTP status of each (contract/errors.md)."""

from __future__ import annotations

CODES: dict[int, str] = {
    10201: "The media could not be read: {reason}.",
    10205: "The requested resource was not found.",
}

HTTP_STATUS: dict[int, int] = {10205: 404}
