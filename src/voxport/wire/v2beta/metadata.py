"""The `metadata` part of v2-beta, kept under the names of v3: `external.id` here is `externalId` there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.metadata import MetadataOptions, checked_metadata, read_metadata

_WRAPPER = "metadata"
_EXTERNAL, _ID, _KEPT_ID = "external", "id", "externalId"
_LINKS = "_links"
_FOUND = ("length", "contentType")
"""Found of the recording and shown among what was given; a client may send them back."""


def parse_wrapped_metadata(text: str | bytes | None, options: MetadataOptions | None = None) -> dict[str, Any]:
    """The metadata of a part or of a PUT, with its wrapper or bare. Raises RequestRefused 10107-10110, 10008."""
    options = options or MetadataOptions()
    document = read_metadata(text, options.limits)
    if isinstance(document, dict) and _WRAPPER in document:
        _refuse_beside(document)
        document = document[_WRAPPER]
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise RequestRefused(Problem.of(Code.METADATA_INVALID, reason="metadata must be an object"))
    kept = {name: value for name, value in document.items() if name not in _FOUND}
    external = kept.pop(_EXTERNAL, None)
    if external is not None and not isinstance(external, dict):
        raise RequestRefused(Problem.of(Code.METADATA_INVALID, reason="external must be an object"))
    if external:
        rest = {name: value for name, value in external.items() if name != _ID}
        if external.get(_ID) is not None:
            if kept.get(_KEPT_ID) not in (None, external[_ID]):
                raise RequestRefused(
                    Problem.of(Code.METADATA_FIELD_REPEATED, field=f"{_EXTERNAL}.{_ID} (and {_KEPT_ID})")
                )
            kept[_KEPT_ID] = external[_ID]
        if rest:
            kept[_EXTERNAL] = rest
    try:
        return checked_metadata(kept, options)
    except RequestRefused as refused:
        if not external:
            raise
        raise RequestRefused([_in_these_names(problem) for problem in refused.problems]) from None


def _in_these_names(problem: Problem) -> Problem:
    return replace(problem, message=problem.message.replace(_KEPT_ID, f"{_EXTERNAL}.{_ID}"))


def _refuse_beside(document: dict[str, Any]) -> None:
    """What stands beside the wrapper is none of the metadata and would be lost."""
    lost = [name for name in document if name not in (_WRAPPER, _LINKS)]
    if lost:
        raise RequestRefused(
            [Problem.of(Code.PROPERTY_UNKNOWN, property=clip(name), section="the metadata part") for name in lost[:20]]
        )
