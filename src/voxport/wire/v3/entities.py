"""`entities`: what was named in the call (docs/contract/v3-results.md section 8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from voxport.core.findings import Entity, EntityType
from voxport.wire.writing.shapes import Milliseconds, Named, closed, one_of


@closed
class VbMoney(TypedDict):
    whole: int
    centi: Annotated[int, Field(ge=0, le=99)]


@closed
class VbEntity(TypedDict):
    type: Annotated[str, one_of(EntityType)]
    text: Named
    """As spoken"""
    formattedText: NotRequired[str]
    """As it is written, where that is known"""
    s: Milliseconds
    e: Milliseconds
    money: NotRequired[VbMoney]
    """Of type money"""
    speakerName: NotRequired[str]
    """An addition of this server"""


def entities_body(entities: Sequence[Entity]) -> list[VbEntity]:
    return [_entity(entity) for entity in entities]


def _entity(entity: Entity) -> VbEntity:
    kind, text, start_ms, end_ms = entity.type.value, entity.text, entity.span.start_ms, entity.span.end_ms
    body: VbEntity
    if entity.formatted is None:
        body = {"type": kind, "text": text, "s": start_ms, "e": end_ms}
    else:
        body = {"type": kind, "text": text, "formattedText": entity.formatted, "s": start_ms, "e": end_ms}
    if entity.whole is not None:
        body["money"] = {"whole": entity.whole, "centi": entity.centi or 0}
    if entity.speaker is not None:
        body["speakerName"] = entity.speaker
    return body
