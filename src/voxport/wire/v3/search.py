"""What recordings can be searched by: fields of the metadata; categories and VBQL are not built into this server.

Bodies and addresses are those of docs/contract/v3-endpoints.md sections 4, 5 and 7.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

from voxport.wire.reading.search_fields import SEARCHED
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import closed

SEARCH_PATH = "/v3/definition/media/search"
CATEGORIES_PATH = "/v3/definition/categories"
VBQL_PATH = "/v3/analytics/vbql"


@closed
class VbSearchableFields(TypedDict):
    _links: Links
    fields: list[str]


@closed
class VbCategories(TypedDict):
    _links: Links
    categories: Annotated[list[dict[str, Any]], Field(max_length=0)]


def search_body() -> VbSearchableFields:
    """What lists can be filtered by; no other field can be declared."""
    return {"_links": self_link(SEARCH_PATH), "fields": list(SEARCHED)}


def categories_body() -> VbCategories:
    """There are none: no category can be saved here."""
    return {"_links": self_link(CATEGORIES_PATH), "categories": []}
