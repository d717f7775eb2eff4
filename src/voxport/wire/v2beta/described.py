"""`metadata` of v2-beta: what a client said of its recording, and what was found of the recording itself, flat.

Kept under the names of v3, so that both dialects find and show the same: `externalId` there is `external.id` here.
"""

from __future__ import annotations

from typing import Annotated, Any

from typing_extensions import TypeAliasType, TypedDict

from voxport.core.media import ListedMedia, Media
from voxport.wire.v2beta.links import media_href
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import closed, free_form

_EXTERNAL_ID = "externalId"
_EXTERNAL = "external"

Metadata = TypeAliasType(
    "Metadata",
    Annotated[
        dict[str, Any],
        free_form(
            title={"type": "string"},
            external={
                "type": "object",
                "additionalProperties": True,
                "properties": {"id": {"type": "string", "minLength": 1, "maxLength": 256}},
            },
            extended={"type": "object", "additionalProperties": True},
            positional={"type": "object", "additionalProperties": True},
            length={
                "type": "object",
                "readOnly": True,
                "additionalProperties": False,
                "required": ["milliseconds", "descriptive"],
                "properties": {
                    "milliseconds": {"type": "integer", "format": "int64"},
                    "descriptive": {"type": "string", "example": "5.0 sec"},
                },
            },
            contentType={"type": "string", "readOnly": True},
        ),
    ],
)
"""What the client said, as it said it, with what was found of the recording."""


@closed
class MetadataAnswer(TypedDict):
    _links: Links
    metadata: Metadata


def metadata_values(media: ListedMedia) -> Metadata:
    """`title`, `length` and `contentType` once they are known, `external`, and whatever else the client gave."""
    found: dict[str, Any] = {}
    if media.duration_ms is not None:
        found["length"] = {"milliseconds": media.duration_ms, "descriptive": _descriptive(media.duration_ms)}
    if media.content_type is not None:
        found["contentType"] = media.content_type
    given = given_metadata(media.metadata)
    title = {"title": given["title"]} if "title" in given else {}
    # What was found stands above what a client says of it, who may send back what it once read here.
    return {**title, **found, **given, **found}


def given_metadata(given: dict[str, Any]) -> dict[str, Any]:
    """What the client gave, under the names of this dialect."""
    external = given.get(_EXTERNAL)
    written = dict(external) if isinstance(external, dict) else {}
    if _EXTERNAL_ID in given:
        written["id"] = given[_EXTERNAL_ID]
    body: dict[str, Any] = {}
    for name, value in given.items():
        if name not in (_EXTERNAL_ID, _EXTERNAL):
            body[name] = value
        elif written:
            body[_EXTERNAL] = written
    return body


def metadata_body(media: Media) -> MetadataAnswer:
    """The answer to GET and PUT of the metadata, wrapped as the part of a POST is."""
    return {"_links": self_link(media_href(media.id, "metadata")), "metadata": metadata_values(media)}


def _descriptive(duration_ms: int) -> str:
    """`5.0 sec` for 5070 ms: tenths, cut."""
    return f"{duration_ms // 100 / 10} sec"
