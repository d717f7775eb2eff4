"""Definitions: what can be asked for in a configuration, and the collections that both dialects save."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from starlette.responses import Response

from voxport.api.context import RequestContext, not_found
from voxport.api.request_body import parsed
from voxport.api.responses import json_response, made_response, raw_response
from voxport.core.classifiers import Classifier, classifier_from_json
from voxport.core.codes import Code
from voxport.core.definitions import (
    DefinitionKind,
    group_from_json,
    group_to_json,
    vocabulary_from_json,
    vocabulary_to_json,
)
from voxport.core.detectors import find_detector
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.dialects import DefinitionDialect, WireDialect
from voxport.wire.reading.definitions import BODY_LIMITS
from voxport.wire.reading.excerpts import clip
from voxport.wire.v3.classifiers import classifier_body, classifiers_body
from voxport.wire.v3.definitions import metrics_body
from voxport.wire.v3.prediction import detector_body, detectors_body
from voxport.wire.writing.content_types import JSON
from voxport.wire.writing.encoding import json_list_bytes

Value = TypeVar("Value")


async def detectors(context: RequestContext) -> Response:
    """The detectors there are; the same for every organisation."""
    await context.caller()
    return json_response(detectors_body())


async def detector(context: RequestContext) -> Response:
    """One detector, by id or by name."""
    await context.caller()
    definition = find_detector(context.request.path_params["detector_id"])
    if definition is None:
        raise not_found()
    return json_response(detector_body(definition))


async def classifiers(context: RequestContext) -> Response:
    """The classifiers that the caller's organisation has trained, by name."""
    return json_response(classifiers_body(await _trained(context)))


async def classifier(context: RequestContext) -> Response:
    """One classifier, by id or by name."""
    asked, trained = context.request.path_params["classifier_id"], await _trained(context)
    for name, one in trained.items():
        if asked in (name, str(one.id)):
            return json_response(classifier_body(name, one))
    raise not_found()


async def _trained(context: RequestContext) -> dict[str, Classifier]:
    found = await (await context.tenant()).definitions.all(DefinitionKind.CLASSIFIER)
    return {one.name: classifier_from_json(one.body) for one in found}


async def conversation_metrics(context: RequestContext) -> Response:
    """The conversation metrics there are; the same for every organisation."""
    await context.caller()
    return json_response(metrics_body())


@dataclass(frozen=True, slots=True)
class Collection(Generic[Value]):
    """A collection that an organisation fills itself: groups of phrases to listen for, vocabularies.

    The fields are what sets one collection apart, the methods are its handlers.
    """

    kind: DefinitionKind
    """Where its values are kept; both dialects share them."""
    refused: Code
    """The code of a body that stopped arriving."""
    to_json: Callable[[Value], dict[str, Any]]
    """A value as it is stored."""
    from_json: Callable[[dict[str, Any]], Value]
    """A stored value."""
    spelling: Callable[[WireDialect], DefinitionDialect[Value]]
    """The path and the bodies that a dialect has for it."""

    async def list(self, context: RequestContext) -> Response:
        """All definitions of the caller's organisation."""
        found = await (await context.tenant()).definitions.all(self.kind)
        spelling = self.spelling(context.dialect)

        def content() -> bytes:
            bodies = (spelling.body(one.name, self.from_json(one.body)) for one in found)
            return json_list_bytes(spelling.list_body({}), bodies)

        return raw_response(await asyncio.to_thread(content), JSON)

    async def show(self, context: RequestContext) -> Response:
        """One definition, by name."""
        tenant, name = await context.tenant(), name_in_path(context)
        found = await tenant.definitions.get(self.kind, name)
        if found is None:
            raise self._unknown(context, name)
        body = self.spelling(context.dialect).body
        return await made_response(lambda: body(name, self.from_json(found.body)))

    async def put(self, context: RequestContext) -> Response:
        """Makes the definition or replaces it; recordings that were accepted before keep what it was."""
        tenant, name = await context.tenant(), name_in_path(context)
        stopped = Problem(self.refused, "The request stopped arriving.")
        spelling = self.spelling(context.dialect)
        body = await context.body(BODY_LIMITS.size_bytes, stopped)
        value = await parsed(body, lambda: spelling.parse(body, name))
        await tenant.definitions.put(self.kind, name, await parsed(body, lambda: self.to_json(value)))
        return await parsed(body, lambda: json_response(spelling.body(name, value)))

    async def delete(self, context: RequestContext) -> Response:
        """Removes the definition; recordings that were accepted before keep what it was."""
        tenant, name = await context.tenant(), name_in_path(context)
        if not await tenant.definitions.delete(self.kind, name):
            raise self._unknown(context, name)
        return Response(status_code=204)

    def _unknown(self, context: RequestContext, name: str) -> RequestRefused:
        called = self.spelling(context.dialect).called
        return RequestRefused(Problem.of(Code.DEFINITION_NOT_FOUND, definition=clip(name), collection=called))


SPOTTING_GROUPS = Collection(
    kind=DefinitionKind.SPOTTING_GROUP,
    refused=Code.SPOTTING_GROUP_MISSING,
    to_json=group_to_json,
    from_json=group_from_json,
    spelling=lambda dialect: dialect.groups,
)
VOCABULARIES = Collection(
    kind=DefinitionKind.VOCABULARY,
    refused=Code.VOCABULARY_MISSING,
    to_json=vocabulary_to_json,
    from_json=vocabulary_from_json,
    spelling=lambda dialect: dialect.vocabularies,
)


def name_in_path(context: RequestContext) -> str:
    """The name in the path: a slash that is sent as such at its end is the address's, as `%2F` it is the name's."""
    name: str = context.request.path_params["name"]
    if context.request.scope.get("raw_path", b"").endswith(b"/"):
        name = name.removesuffix("/")
    # No database text holds it, so there is nothing of that name.
    if "\0" in name:
        raise not_found()
    return name
