"""The `metadata` of a recording in this dialect."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from typing_extensions import TypeAliasType

from voxport.wire.reading.documents import METADATA, read_document
from voxport.wire.reading.metadata import MetadataOptions, checked_metadata
from voxport.wire.v3.links import metadata_links
from voxport.wire.v3.wording import WORDING
from voxport.wire.writing.shapes import free_form

VbMetadata = TypeAliasType(
    "VbMetadata",
    Annotated[
        dict[str, Any],
        free_form(
            title={"type": "string"},
            description={"type": "string"},
            externalId={"type": "string", "minLength": 1, "maxLength": 256},
            extended={"type": "object", "additionalProperties": True},
            callDetails={"type": "object", "additionalProperties": True},
        ),
    ],
)
"""What the client said of its recording, kept and returned untouched."""


def parse_metadata(text: str | bytes | None, options: MetadataOptions | None = None) -> dict[str, Any]:
    """The metadata of a part or PUT body; None means there was none. Raises RequestRefused 10107-10110, 10800.

    Top-level nulls are absent; what lies in `extended`, `callDetails` and unknown fields is not looked into. `_links`,
    which a client gets with GET and may send back with PUT, is ours and dropped.
    """
    options = options or MetadataOptions()
    return checked_metadata(read_document(text, METADATA, options.limits), options, WORDING)


def metadata_body(media_id: UUID, metadata: dict[str, Any]) -> VbMetadata:
    """The answer to GET and PUT of the metadata of a media."""
    return {"_links": metadata_links(media_id), **metadata}
