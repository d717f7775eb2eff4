"""The `metadata` part of v2-beta: `external.id` here is kept as the id that a client gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.documents import METADATA, read_document
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.metadata import KEPT_ID, LINKS, MetadataOptions, checked_metadata
from voxport.wire.reading.names import Name
from voxport.wire.reading.refusals import Refusals
from voxport.wire.v2beta.wording import WORDING

_WRAPPER = "metadata"
_EXTERNAL, _ID = "external", "id"
_POSITIONAL = "positional"
"""What a client says of moments of its recording, by their second; it stands beside the wrapper, as one of them has it
(docs/contract/v2-beta.md section 2)."""
_FOUND = ("length", "contentType")
"""Found of the recording and shown among what was given; a client may send them back."""
_BARE_ID = replace(WORDING, names={**WORDING.names, Name.EXTERNAL_ID: KEPT_ID}, sentences={})
"""For a client that writes the id under the name it is kept under."""


def parse_wrapped_metadata(text: str | bytes | None, options: MetadataOptions | None = None) -> dict[str, Any]:
    """The metadata of a part or of a PUT, with its wrapper or bare. Raises RequestRefused 10107-10110, 10008."""
    options = options or MetadataOptions()
    document = _unwrapped(read_document(text, METADATA, options.limits))
    for name in (_EXTERNAL, _POSITIONAL):
        if not isinstance(document.get(name), dict | None):
            raise RequestRefused(Problem.of(Code.METADATA_INVALID, reason=f"{name} must be an object"))
    external = document.get(_EXTERNAL)
    kept: dict[str, Any] = {}
    for name, value in document.items():
        if name == _EXTERNAL:
            kept |= _kept_external(external or {}, document.get(KEPT_ID))
        elif name not in _FOUND and value is not None:
            kept[name] = value
    return checked_metadata(kept, options, WORDING if external else _BARE_ID)


def _kept_external(external: dict[str, Any], bare: object) -> dict[str, Any]:
    """`external` with its id under the name it is kept under; raises RequestRefused 10110 where `bare` is another."""
    kept: dict[str, Any] = {}
    if external.get(_ID) is not None:
        if bare not in (None, external[_ID]):
            raise RequestRefused(Problem.of(Code.METADATA_FIELD_REPEATED, field=f"{_EXTERNAL}.{_ID} (and {KEPT_ID})"))
        kept[KEPT_ID] = external[_ID]
    rest = {name: value for name, value in external.items() if name != _ID}
    return {**kept, _EXTERNAL: rest} if rest else kept


def _unwrapped(document: Any) -> dict[str, Any]:
    """The metadata alone, with what has its place beside the wrapper."""
    positional = None
    if isinstance(document, dict) and _WRAPPER in document:
        positional, document = _beside(document), document[_WRAPPER]
    if not isinstance(document, dict | None):
        raise RequestRefused(Problem.of(Code.METADATA_INVALID, reason="metadata must be an object"))
    inner = document or {}
    if positional is None:
        return inner
    if inner.get(_POSITIONAL) not in (None, positional):
        raise RequestRefused(Problem.of(Code.METADATA_FIELD_REPEATED, field=_POSITIONAL))
    return {**inner, _POSITIONAL: positional}


def _beside(document: dict[str, Any]) -> Any:
    """What has its place beside the wrapper; raises RequestRefused 10008 for anything else, which would be lost."""
    refusals = Refusals(WORDING, METADATA)
    for name in document:
        if name not in (_WRAPPER, LINKS, _POSITIONAL):
            refusals.unknown(clip(name), ("the metadata part",))
    refusals.refuse_if_any()
    return document.get(_POSITIONAL)
