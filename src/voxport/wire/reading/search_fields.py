"""Searchable fields: a PUT of them may say what there is, and nothing else (80300, 80301)."""

from __future__ import annotations

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.json_reader import JsonLimits, NameTwice, NotJson, PartTooLarge, read_json

SEARCH_LIMITS = JsonLimits(size_bytes=64 << 10, depth=8)
SEARCHED = ("externalId",)
"""What a list of media can be filtered by, besides time."""
_MOST_NAMED = 10
_LINKS = "_links"
_WRAPPER = "searchableFields"


def check_search(body: bytes) -> None:
    """Bare or in the wrapper of v2-beta; raises RequestRefused 80300, 80301 for anything but what there is."""
    try:
        document = read_json(body, SEARCH_LIMITS)
    except (NotJson, NameTwice, PartTooLarge) as error:
        raise RequestRefused(Problem.of(Code.SEARCH_FIELDS_MISSING)) from error
    if isinstance(document, dict) and set(document) - {_LINKS} == {_WRAPPER}:
        document = document[_WRAPPER]
    fields = document.get("fields") if isinstance(document, dict) else None
    if not isinstance(fields, list) or not fields or not all(isinstance(field, str) for field in fields):
        raise RequestRefused(Problem.of(Code.SEARCH_FIELDS_MISSING))
    reason = "this server searches no metadata but externalId"
    unknown = [field for field in fields if field not in SEARCHED]
    if unknown:
        raise RequestRefused(
            [
                Problem.of(Code.SEARCH_FIELD_NAME_INVALID, field=clip(field), reason=reason)
                for field in unknown[:_MOST_NAMED]
            ]
        )
