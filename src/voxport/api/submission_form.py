"""The parts of a posted form that a first upload and a further run have in common.

Parts are judged as they arrive, so what is wrong in one is refused before the next is received. Accepts what real
clients send (docs/contract/v3-endpoints.md section 2): parts as fields or as files, with or without a type, in any
order.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any
from uuid import UUID

from voxport.api.context import RequestContext
from voxport.api.multipart import MultipartReader, PartHead, boundary_of, unreadable
from voxport.api.options import ApiOptions
from voxport.api.request_body import parsed
from voxport.api.text_parts import corrected_part, part_text
from voxport.core.classifiers import classifier_from_json
from voxport.core.codes import Code
from voxport.core.definitions import (
    Definition,
    DefinitionKind,
    category_from_json,
    group_from_json,
    vocabulary_from_json,
)
from voxport.core.errors import Problem, RequestRefused
from voxport.storage.tenant import Tenant
from voxport.wire.reading.callback_urls import UrlRules
from voxport.wire.reading.categories import AskedCategories
from voxport.wire.reading.configuration import ConfigurationOptions, NamedDefinitions, ParsedConfiguration
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.json_reader import JsonLimits
from voxport.wire.reading.limits import MAX_ASKED_CATEGORIES
from voxport.wire.reading.metadata import MetadataOptions
from voxport.wire.reading.saved_definitions import SavedDefinitions, complete_plan


class SubmissionForm(ABC):
    """The parts taken so far. Raises RequestRefused 10001 for a request that is not multipart."""

    def __init__(self, context: RequestContext, organization_id: UUID, *, max_bytes: int) -> None:
        self.context, self.options = context, context.dependencies.options
        self.organization_id = organization_id
        boundary = boundary_of(context.request.headers.get("content-type"))
        self.reader = MultipartReader(
            context.receive(), boundary, max_bytes=max_bytes, idle_s=self.options.upload_idle_s
        )
        self.metadata: dict[str, Any] | None = None
        """None without the part."""
        self.corrected: str | None = None
        """The transcript to align; None without the part."""
        self.warnings: list[Problem] = []
        self._seen: set[str] = set()

    @abstractmethod
    async def take_configuration(self, head: PartHead) -> None:
        """Reads the part `configuration`."""

    @abstractmethod
    async def take_recording(self, head: PartHead) -> None:
        """Reads or passes over the part `media` or `mediaUrl`."""

    async def receive(self) -> None:
        """Takes all parts; raises RequestRefused (408 for a body that takes too long) and ClientGone."""
        try:
            async with asyncio.timeout(self.options.upload_total_s) as limit:
                while (head := await self.reader.next_part()) is not None:
                    await self._take(head)
        except TimeoutError:
            if not limit.expired():
                raise
            raise RequestRefused(unreadable("it took too long to arrive").problems, status=408) from None

    async def parse_configuration(self, head: PartHead, options: ConfigurationOptions) -> ParsedConfiguration | None:
        """The configuration, with its warnings noted and what it names of saved definitions filled in.

        None for a field that was left empty.
        """
        text = await self._document(head, options.limits)
        if text is None:
            return None
        found = await parsed(text, lambda: self.context.dialect.configuration(text, options))
        self.warnings += found.warnings
        if not found.named:
            return found
        saved = await _saved_definitions(self.context.dependencies.store.tenant(self.organization_id), found.named)
        return replace(found, plan=await asyncio.to_thread(complete_plan, found, saved))

    async def _take(self, head: PartHead) -> None:
        if head.name in self._seen:
            raise RequestRefused(Problem.of(Code.PART_REPEATED, part=clip(head.name)))
        self._seen.add(head.name)
        if head.name in ("media", "mediaUrl"):
            await self.take_recording(head)
        elif head.name == "configuration":
            await self.take_configuration(head)
        elif head.name == "metadata":
            options = MetadataOptions()
            text = await self._document(head, options.limits)
            if text is not None:
                self.metadata = await parsed(text, lambda: self.context.dialect.metadata(text, options))
        elif head.name == "transcript":
            self.corrected = await corrected_part(self.reader, head, self.warnings)
        else:
            self.warnings.append(
                Problem(Code.MULTIPART_UNREADABLE, f"The part {clip(head.name)} is not known here and was not used.")
            )

    async def _document(self, head: PartHead, limits: JsonLimits) -> str | None:
        """The text of the part; None for a field of a form that was left empty, which is as good as none."""
        text = part_text(await self.reader.text(limits.size_bytes), head)
        return text if text.strip() else None


def configuration_options(options: ApiOptions) -> ConfigurationOptions:
    """What every configuration that is posted here is read with."""
    return ConfigurationOptions(
        callback_urls(options), separate_channels=options.separate_channels, diarization=options.diarization
    )


def callback_urls(options: ApiOptions) -> UrlRules:
    """What a callback's url may be here."""
    return UrlRules(
        options.allow_http, options.allow_networks, options.second_round_s, options.store_hosts, options.roles_of_aws
    )


async def _saved_definitions(tenant: Tenant, named: NamedDefinitions) -> SavedDefinitions:
    """Those of the names that there are; what is missing is for the wire to refuse."""
    vocabularies = await tenant.definitions.named(DefinitionKind.VOCABULARY, named.vocabularies)
    groups = await tenant.definitions.named(DefinitionKind.SPOTTING_GROUP, named.groups)
    trained = await tenant.definitions.all(DefinitionKind.CLASSIFIER) if named.classifiers else []
    categories = await _categories(tenant, named.categories)
    key = None if named.public_key is None else await tenant.public_keys.get(named.public_key)
    return await asyncio.to_thread(
        lambda: SavedDefinitions(
            {name: vocabulary_from_json(one.body) for name, one in vocabularies.items()},
            {name: group_from_json(one.body) for name, one in groups.items()},
            key,
            {one.name: classifier_from_json(one.body) for one in trained},
            {name: category_from_json(one.body) for name, one in categories.items()},
        )
    )


async def _categories(tenant: Tenant, asked: AskedCategories) -> dict[str, Definition]:
    if asked.everything:
        # One more than can be asked for tells that there are too many.
        found = await tenant.definitions.all(DefinitionKind.CATEGORY, MAX_ASKED_CATEGORIES + 1)
        return {one.name: one for one in found}
    return await tenant.definitions.named(DefinitionKind.CATEGORY, [name for _, name in asked.names])
