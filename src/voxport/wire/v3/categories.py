"""Categories as saved and shown (docs/contract/v3-endpoints.md section 5, docs/contract/open-questions.md 44)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from voxport.core.codes import Code
from voxport.core.definitions import Category, Definition, category_from_json
from voxport.core.statement import FieldType
from voxport.search.limits import StatementInvalid, StatementLimits
from voxport.search.parsing import read_category
from voxport.wire.reading.definitions import read_body
from voxport.wire.reading.documents import body_kind
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.shape_reader import read_shape
from voxport.wire.v3.shapes.definitions import SavedCategory
from voxport.wire.v3.wording import WORDING
from voxport.wire.writing.links import Links, path_of, self_link
from voxport.wire.writing.shapes import Moment, closed
from voxport.wire.writing.times import wire_time

CATEGORIES_PATH = "/v3/definition/categories"
CATEGORY = body_kind("category", Code.CONFIGURATION_INVALID)
MAX_TAGS, MAX_TAG_CHARS, MAX_NOTES_CHARS = 32, 64, 4_000
_MAX_NAME_CHARS, _MAX_DESCRIPTION_CHARS, _MAX_VERSION_CHARS = 256, 4_000, 64


@closed
class VbCategory(TypedDict):
    _links: Links
    categoryName: str
    categoryDescription: NotRequired[str]
    tags: NotRequired[Annotated[list[str], Field(max_length=32)]]
    query: str
    """A whole statement (VBQL); a call that it would find is in the category"""
    version: str
    """As it was put; without one the server counts, and gives no number to two queries"""
    notes: NotRequired[str]
    dateCreated: Moment
    dateModified: Moment


@closed
class VbCategories(TypedDict):
    _links: Links
    categories: list[VbCategory]


def parse_category(
    body: bytes,
    name: str,
    limits: StatementLimits,
    declared: Mapping[str, FieldType | None],
) -> Category:
    """The category that is put under `name`, with an empty `version` where none was sent.

    Raises RequestRefused 10007, 10008, 10010.
    """
    refusals = Refusals(WORDING, CATEGORY)
    asked = read_shape(read_body(body, CATEGORY), SavedCategory, (CATEGORY.name,), refusals)
    refusals.refuse_if_any()
    asked = asked or SavedCategory.nothing()
    _check(asked, name, refusals)
    try:
        read_category(asked.query or "", limits, declared)
    except StatementInvalid as error:
        refusals.unreadable(("query",), f"a statement (VBQL); {str(error).replace('{', '{{').replace('}', '}}')}")
    refusals.refuse_if_any()
    return Category(
        query=asked.query or "",
        description=asked.category_description,
        tags=tuple(asked.tags),
        version=asked.version or "",
        notes=asked.notes,
    )


def category_body(one: Definition) -> VbCategory:
    """The answer to GET and PUT of one."""
    category = category_from_json(one.body)
    body: VbCategory = {
        "_links": self_link(path_of(CATEGORIES_PATH, one.name)),
        "categoryName": one.name,
        "query": category.query,
        "version": category.version,
        "dateCreated": wire_time(one.created),
        "dateModified": wire_time(one.updated),
    }
    if category.description is not None:
        body["categoryDescription"] = category.description
    if category.tags:
        body["tags"] = list(category.tags)
    if category.notes is not None:
        body["notes"] = category.notes
    return body


def categories_body(found: Sequence[Definition]) -> VbCategories:
    """The answer to GET of all."""
    return {"_links": self_link(CATEGORIES_PATH), "categories": [category_body(one) for one in found]}


def _check(asked: SavedCategory, name: str, refusals: Refusals) -> None:
    if not name or len(name) > _MAX_NAME_CHARS or not name.isprintable() or any(map(str.isspace, name)):
        sentence = f"A name has 1 to {_MAX_NAME_CHARS} printable characters and no space; {{name}} has not."

        refusals.refuse(CATEGORY.unreadable, sentence, name=clip(name))
    if asked.category_name not in (None, name):
        refusals.unreadable(("categoryName",), "the name in the path, or left out")
    if len(asked.tags) > MAX_TAGS or any(len(tag) > MAX_TAG_CHARS for tag in asked.tags):
        refusals.unreadable(("tags",), f"at most {MAX_TAGS} texts of at most {MAX_TAG_CHARS} characters")
    if len(asked.notes or "") > MAX_NOTES_CHARS:
        refusals.unreadable(("notes",), f"a text of at most {MAX_NOTES_CHARS} characters")
    if len(asked.category_description or "") > _MAX_DESCRIPTION_CHARS:
        refusals.unreadable(("categoryDescription",), f"a text of at most {_MAX_DESCRIPTION_CHARS} characters")
    if len(asked.version or "") > _MAX_VERSION_CHARS:
        refusals.unreadable(("version",), f"a text of at most {_MAX_VERSION_CHARS} characters")
