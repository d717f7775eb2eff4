"""The `metadata` part of v2-beta, kept under the names of v3: `external.id` here is `externalId` there."""

from __future__ import annotations

from typing import Any

from voxport.core.errors import Problem, RequestRefused
from voxport.wire.v3.metadata import MetadataOptions, checked_metadata, read_metadata

_WRAPPER = "metadata"
_EXTERNAL, _ID = "external", "id"
_FOUND = ("length", "contentType")
"""Found of the recording and shown among what was given; a client may send them back."""


def parse_wrapped_metadata(text: str | bytes | None, options: MetadataOptions | None = None) -> dict[str, Any]:
    """The metadata of a part or of the body of a PUT, with its wrapper or bare. Raises RequestRefused 10107-10110."""
    options = options or MetadataOptions()
    document = read_metadata(text, options.limits)
    if isinstance(document, dict) and _WRAPPER in document:
        document = document[_WRAPPER]
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise RequestRefused(Problem.of(10107, reason="metadata must be an object"))
    kept = {name: value for name, value in document.items() if name not in _FOUND}
    external = kept.pop(_EXTERNAL, None)
    if external is not None and not isinstance(external, dict):
        raise RequestRefused(Problem.of(10107, reason="external must be an object"))
    if external:
        rest = {name: value for name, value in external.items() if name != _ID}
        if external.get(_ID) is not None:
            kept["externalId"] = external[_ID]
        if rest:
            kept[_EXTERNAL] = rest
    return checked_metadata(kept, options)
