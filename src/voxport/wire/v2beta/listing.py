"""Lists of media in v2-beta: its query becomes that of v3, the answer is its own.

Source: docs/contract/v2-beta.md section 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.media import Media
from voxport.core.media_query import MediaQuery
from voxport.wire.reading.query import bad_value
from voxport.wire.v2beta.links import MEDIA_HREF
from voxport.wire.v2beta.media import list_item_body
from voxport.wire.v3.listing import parse_media_query as parse_v3
from voxport.wire.writing.links import self_link

_SAME = ("after", "limit", "sortOrder", "externalId", "query")
_NAMES = {
    **{name: name for name in _SAME},
    "externalID": "externalId",
    "filter.created.gte": "onOrAfterDate",
    "filter.created.lte": "onOrBeforeDate",
}
_EXTENDED = "filter.metadata.extended."
_INCLUDE = "include"
_METADATA = "metadata"


def parse_media_query(parameters: Iterable[tuple[str, str]]) -> MediaQuery:
    """The query of decoded names and values; raises RequestRefused for what cannot be filtered by, as v3 does.

    `include=metadata` changes nothing: every element of the list has its metadata.
    """
    renamed: list[tuple[str, str]] = []
    for name, value in parameters:
        if name.startswith(_EXTENDED):
            reason = f"Filtering by declared fields ({_EXTENDED}*) is not built into this server yet."
            raise RequestRefused(Problem(Code.PROPERTY_UNKNOWN, reason))
        if name == _INCLUDE:
            if value.lower() not in ("", _METADATA):
                raise bad_value(_INCLUDE, _METADATA)
            continue
        renamed.append((_NAMES.get(name, f"{name} (of v2-beta)" if name in _NAMES.values() else name), value))
    try:
        return parse_v3(renamed)
    except RequestRefused as refused:
        raise RequestRefused([_in_these_names(problem) for problem in refused.problems]) from None


def _in_these_names(problem: Problem) -> Problem:
    message = problem.message
    for ours, theirs in _NAMES.items():
        if ours.startswith("filter."):
            message = message.replace(f"parameter {theirs} ", f"parameter {ours} ")
    return replace(problem, message=message)


def list_body(media: Sequence[Media]) -> dict[str, Any]:
    """The answer: elements with their status and metadata."""
    return {"_links": self_link(MEDIA_HREF), "media": [list_item_body(one) for one in media]}
