"""HAL links: `_links` of an answer, each relation with its `href` (docs/contract/v3-endpoints.md section 1)."""

from __future__ import annotations

from urllib.parse import quote

from typing_extensions import TypeAliasType, TypedDict

from voxport.wire.writing.shapes import open_ended


@open_ended
class Link(TypedDict):
    href: str


Links = TypeAliasType("Links", dict[str, Link])
"""By relation: `self`, `progress`."""


def self_link(href: str) -> dict[str, Link]:
    """The links of an answer that leads to nothing but itself."""
    return {"self": {"href": href}}


def path_of(head: str, *below: str) -> str:
    """The path of what lies `below` `head`, which stands as it is; each segment below is percent-encoded."""
    return "/".join((head, *(quote(segment, safe="") for segment in below)))
