"""The metadata of a recording: checked where the contract says so, otherwise kept and returned untouched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from voxport.core.codes import Code
from voxport.wire.reading.documents import METADATA
from voxport.wire.reading.json_reader import JsonLimits
from voxport.wire.reading.names import Name, Wording
from voxport.wire.reading.refusals import Refusals

KEPT_ID = "externalId"
"""The name under which the id that a client gives is kept, whichever dialect it came in by."""
LINKS = "_links"
"""Ours: a client gets it with GET and may send it back with PUT."""
_TEXTS = ("title", "description", KEPT_ID)
_OBJECTS = ("extended", "callDetails")


@dataclass(frozen=True, slots=True)
class MetadataOptions:
    """What an operator may set about metadata."""

    max_external_id_chars: int = 256
    """The longest `externalId` taken, in characters."""
    limits: JsonLimits = field(default_factory=JsonLimits)
    """Bounds of the whole part."""


def checked_metadata(document: Any, options: MetadataOptions, wording: Wording) -> dict[str, Any]:
    """The metadata that a value holds. Raises RequestRefused 10107-10109.

    Top-level nulls are absent; what lies in `extended`, `callDetails` and unknown fields is not looked into.
    """
    if document is None:
        return {}
    refusals = Refusals(wording, METADATA)
    if not isinstance(document, dict):
        refusals.unreadable((METADATA.name,), "an object")
        document = {}
    kept = {name: value for name, value in document.items() if value is not None and name != LINKS}
    for names, kind, wanted in ((_TEXTS, str, "a string"), (_OBJECTS, dict, "an object")):
        for name in names:
            if name in kept and not isinstance(kept[name], kind):
                refusals.unreadable((Name.EXTERNAL_ID if name == KEPT_ID else name,), wanted)
    _check_external_id(kept.get(KEPT_ID), options.max_external_id_chars, refusals)
    refusals.refuse_if_any()
    return kept


def _check_external_id(external_id: object, maximum: int, refusals: Refusals) -> None:
    if not isinstance(external_id, str):
        return
    if not external_id.strip():
        refusals.add(Code.EXTERNAL_ID_EMPTY, maximum=maximum)
    elif len(external_id) > maximum:
        refusals.add(Code.EXTERNAL_ID_TOO_LONG, maximum=maximum)
