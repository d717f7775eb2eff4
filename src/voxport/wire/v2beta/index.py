"""Pages of v2-beta that only lead to others (docs/contract/v2-beta.md section 1)."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import TypedDict

from voxport.wire.v2beta.keys import KEYS_PATH, PROFILE_PATH
from voxport.wire.v2beta.links import ROOT_HREF
from voxport.wire.writing.links import Link
from voxport.wire.writing.shapes import closed


@closed
class IndexEntry(TypedDict):
    href: str
    title: str


class IndexLinks(TypedDict):
    self: Link
    collections: list[IndexEntry]


closed(IndexLinks)


@closed
class Index(TypedDict):
    """What lies below a path."""

    _links: IndexLinks


def index_body(path: str, places: Sequence[tuple[str, str]]) -> Index:
    """The page under `path`; each of `places` is an address with its title."""
    collections: list[IndexEntry] = [{"href": href, "title": title} for href, title in places]
    return {"_links": {"self": {"href": path}, "collections": collections}}


def root_body() -> Index:
    """An index of what there is, for a client that tries its token."""
    places = (("media", "Media"), ("definitions", "Definitions"), ("profile", "Profile"), ("access/users", "Users"))
    return index_body(f"{ROOT_HREF}/", [(f"{ROOT_HREF}/{place}", title) for place, title in places])


def profile_body() -> Index:
    """The one thing that a profile has."""
    return index_body(PROFILE_PATH, ((KEYS_PATH, "Keys"),))
