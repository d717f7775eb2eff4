"""The `metadata` of a recording: checked where the contract says so, otherwise kept and returned untouched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.faults import Faults
from voxport.wire.reading.json_reader import JsonLimits, NameTwice, NotJson, PartTooLarge, read_json

_TEXTS = ("title", "description", "externalId")
_OBJECTS = ("extended", "callDetails")
_LINKS = "_links"


@dataclass(frozen=True, slots=True)
class MetadataOptions:
    """The longest `externalId` taken, and the bounds of the whole part."""

    max_external_id_chars: int = 256
    limits: JsonLimits = field(default_factory=JsonLimits)


def read_metadata(text: str | bytes | None, limits: JsonLimits) -> Any:
    """The JSON value, None where there was no part. Raises RequestRefused 10107, 10110, 10800."""
    if text is None:
        return None
    try:
        return read_json(text, limits)
    except NotJson as error:
        raise RequestRefused(Problem.of(Code.METADATA_INVALID, reason=str(error))) from error
    except NameTwice as error:
        raise RequestRefused(Problem.of(Code.METADATA_FIELD_REPEATED, field=error.name)) from error
    except PartTooLarge as error:
        raise RequestRefused(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=error.limit_bytes)) from error


def checked_metadata(document: Any, options: MetadataOptions) -> dict[str, Any]:
    """The metadata that a value holds. Raises RequestRefused 10107-10109."""
    if document is None:
        return {}
    faults = Faults()
    if not isinstance(document, dict):
        faults.add(Code.METADATA_INVALID, reason="metadata must be an object")
        document = {}
    kept = {name: value for name, value in document.items() if value is not None and name != _LINKS}
    for name in _TEXTS:
        if name in kept and not isinstance(kept[name], str):
            faults.add(Code.METADATA_INVALID, reason=f"{name} must be a string")
    for name in _OBJECTS:
        if name in kept and not isinstance(kept[name], dict):
            faults.add(Code.METADATA_INVALID, reason=f"{name} must be an object")
    _check_external_id(kept.get("externalId"), options.max_external_id_chars, faults)
    faults.refuse_if_any()
    return kept


def _check_external_id(external_id: object, maximum: int, faults: Faults) -> None:
    if not isinstance(external_id, str):
        return
    if not external_id.strip():
        faults.add(Code.EXTERNAL_ID_EMPTY, maximum=maximum)
    elif len(external_id) > maximum:
        faults.add(Code.EXTERNAL_ID_TOO_LONG, maximum=maximum)
