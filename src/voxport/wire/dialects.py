"""THE table of dialects: one row for each, with all that sets it apart for the resources that every dialect has.

A recording is the same whichever way it came in. So the API serves each such resource once for each row, and the
workflow writes a callback with the row of the dialect that asked for it. A new dialect is a member of
`core.plan.Dialect` (its name is stored with callbacks), a folder beside `v3/` and `v2beta/`, and a row here. What only
one dialect serves (text formats, deliveries, usage) has routes of its own in `api/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from voxport.core.definitions import SpottingGroup, Vocabulary
from voxport.core.errors import Problem
from voxport.core.findings import Findings
from voxport.core.media import Media, MediaSummary
from voxport.core.media_query import MediaQuery
from voxport.core.paging import Page
from voxport.core.plan import CallbackPlan, Dialect, Plan, TextFormat
from voxport.core.transcript import Transcript
from voxport.wire.reading.configuration import ConfigurationOptions, ParsedConfiguration
from voxport.wire.reading.key_requests import AskedKey
from voxport.wire.reading.metadata import MetadataOptions
from voxport.wire.reading.query import Parameters
from voxport.wire.v2beta import callback as v2beta_callback
from voxport.wire.v2beta import callbacks_section as v2beta_callbacks_section
from voxport.wire.v2beta import configuration as v2beta_configuration
from voxport.wire.v2beta import definition_requests as v2beta_definition_requests
from voxport.wire.v2beta import definitions as v2beta_definitions
from voxport.wire.v2beta import described as v2beta_described
from voxport.wire.v2beta import key_requests as v2beta_key_requests
from voxport.wire.v2beta import keys as v2beta_keys
from voxport.wire.v2beta import links as v2beta_links
from voxport.wire.v2beta import listing as v2beta_listing
from voxport.wire.v2beta import media as v2beta_media
from voxport.wire.v2beta import metadata as v2beta_metadata
from voxport.wire.v2beta import progress as v2beta_progress
from voxport.wire.v2beta import specification as v2beta_specification
from voxport.wire.v2beta import streams as v2beta_streams
from voxport.wire.v3 import (
    callback,
    callbacks_section,
    configuration,
    definition_requests,
    definitions,
    keys,
    links,
    listing,
    media,
    metadata,
    progress,
    search,
    specification,
    streams,
)
from voxport.wire.writing.callbacks import MediaResult
from voxport.wire.writing.errors import error_body
from voxport.wire.writing.keys import ShownKey
from voxport.wire.writing.streams import StreamLink

Body = Mapping[str, object]
Formats = Sequence[TextFormat]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class DefinitionDialect(Generic[Value]):
    """How a dialect spells one collection of saved definitions."""

    path: str
    called: str
    """The collection in a sentence, as in "There is no ... of that name"."""
    parse: Callable[[bytes, str], Value]
    """The body of a PUT and the name in its path. Raises RequestRefused."""
    body: Callable[[str, Value], Body]
    list_body: Callable[[Mapping[str, Value]], Body]
    """Its last value is the list, of what `body` makes."""


@dataclass(frozen=True, slots=True)
class KeyDialect:
    """How a dialect spells keys."""

    path: str
    parse: Callable[[bytes, datetime], AskedKey]
    """The body of a POST, and the time by the clock that ends keys. Raises RequestRefused."""
    body: Callable[[ShownKey], Body]
    list_body: Callable[[Sequence[ShownKey]], Body]


@dataclass(frozen=True, slots=True)
class WireDialect:
    """A row: how one dialect reads and writes what all of them have."""

    name: Dialect
    """As it is stored with a callback."""
    root: str
    """The prefix of every path, without a slash at its end."""
    media_may_be_a_url: bool
    """Whether the part `media` of a POST may hold the address to fetch the recording from."""
    configuration: Callable[[str | None, ConfigurationOptions], ParsedConfiguration]
    """Reads the part `configuration`; None where there is none. Raises RequestRefused."""
    placed: Callable[[Plan, UUID], Plan]
    """Puts the id of a new recording where its plan has a place for it."""
    metadata: Callable[[str | bytes, MetadataOptions], dict[str, Any]]
    """Reads the part `metadata` or the body of a PUT; what it returns is kept. Raises RequestRefused."""
    query: Callable[[Parameters], MediaQuery]
    """Reads the query of a list of media. Raises RequestRefused."""
    groups: DefinitionDialect[SpottingGroup]
    vocabularies: DefinitionDialect[Vocabulary]
    search_path: str
    search_body: Callable[[Sequence[str]], Body]
    """The fields of the metadata that are declared."""
    keys: KeyDialect
    accepted_body: Callable[[Media], Body]
    """The answer to a POST of a recording or of a further run."""
    media_body: Callable[[Media, Transcript | None, Findings | None, Formats], Body]
    """Results are None unless the media is finished; text formats are added where the dialect has a place for them."""
    list_body: Callable[[Page[MediaSummary], MediaQuery], Body]
    metadata_body: Callable[[Media], Body]
    progress_body: Callable[[Media], Body]
    streams_body: Callable[[UUID, Sequence[StreamLink]], Body]
    callback_sections: tuple[str, ...]
    """The names that `include` of a callback may hold; a callback without it has them all."""
    callback: Callable[[CallbackPlan, MediaResult], tuple[bytes, str]]
    """Body and Content-Type of an analytics or transcript callback."""
    error_body: Callable[[Sequence[Problem], int, str], Body]
    """Of problems, the HTTP status and the reference of the request."""
    specifications: Mapping[str, Callable[[], bytes]]
    """Where the machine spec is served, and what is served there, YAML: as OpenAPI 3, and as Swagger 2."""


V3 = WireDialect(
    name=Dialect.V3,
    root="/v3",
    media_may_be_a_url=False,
    configuration=configuration.parse_configuration,
    placed=lambda plan, _: plan,
    metadata=metadata.parse_metadata,
    query=listing.parse_media_query,
    groups=DefinitionDialect(
        path=definitions.GROUPS_PATH,
        called="spotting groups",
        parse=definition_requests.parse_group,
        body=definitions.group_body,
        list_body=definitions.groups_body,
    ),
    vocabularies=DefinitionDialect(
        path=definitions.VOCABULARIES_PATH,
        called="vocabularies",
        parse=definition_requests.parse_vocabulary,
        body=definitions.vocabulary_body,
        list_body=definitions.vocabularies_body,
    ),
    search_path=search.SEARCH_PATH,
    search_body=search.search_body,
    keys=KeyDialect(links.KEYS_HREF, keys.parse_key, keys.key_body, keys.keys_body),
    accepted_body=media.accepted_body,
    media_body=lambda one, found, findings, formats: media.media_body(one, found, findings, alternate_formats=formats),
    list_body=listing.list_body,
    metadata_body=lambda one: metadata.metadata_body(one.id, one.metadata),
    progress_body=progress.progress_body,
    streams_body=streams.streams_body,
    callback_sections=callbacks_section.INCLUDABLE,
    callback=callback.callback_content,
    error_body=error_body,
    specifications={
        links.SPECIFICATION_HREF: specification.specification,
        links.SWAGGER_HREF: specification.swagger,
    },
)
V2_BETA = WireDialect(
    name=Dialect.V2_BETA,
    root=v2beta_links.ROOT_HREF,
    media_may_be_a_url=True,
    configuration=v2beta_configuration.parse_configuration,
    placed=v2beta_callbacks_section.with_media_id,
    metadata=v2beta_metadata.parse_wrapped_metadata,
    query=v2beta_listing.parse_media_query,
    groups=DefinitionDialect(
        path=v2beta_definitions.GROUPS_PATH,
        called="keyword groups",
        parse=v2beta_definition_requests.parse_group,
        body=v2beta_definitions.group_body,
        list_body=v2beta_definitions.groups_body,
    ),
    vocabularies=DefinitionDialect(
        path=v2beta_definitions.VOCABULARIES_PATH,
        called="vocabularies",
        parse=v2beta_definition_requests.parse_vocabulary,
        body=v2beta_definitions.vocabulary_body,
        list_body=v2beta_definitions.vocabularies_body,
    ),
    search_path=v2beta_definitions.SEARCH_PATH,
    search_body=v2beta_definitions.search_body,
    keys=KeyDialect(v2beta_keys.KEYS_PATH, v2beta_key_requests.parse_key, v2beta_keys.key_body, v2beta_keys.keys_body),
    accepted_body=v2beta_media.accepted_body,
    media_body=lambda one, found, findings, _: v2beta_media.media_item_body(one, found, findings),
    list_body=lambda page, _: v2beta_listing.list_body(page),
    metadata_body=v2beta_described.metadata_body,
    progress_body=v2beta_progress.progress_body,
    streams_body=v2beta_streams.streams_body,
    callback_sections=v2beta_callback.INCLUDABLE,
    callback=v2beta_callback.callback_content,
    error_body=error_body,
    specifications={
        v2beta_specification.SPECIFICATION_HREF: v2beta_specification.specification,
        v2beta_specification.SWAGGER_HREF: v2beta_specification.swagger,
    },
)

DIALECTS: dict[Dialect, WireDialect] = {row.name: row for row in (V3, V2_BETA)}
"""By the name that is stored with a callback."""


def dialect_below(path: str) -> WireDialect | None:
    """The dialect below whose root `path` lies; None for what lies below none, as /healthz."""
    return next((row for row in DIALECTS.values() if f"{path}/".startswith(f"{row.root}/")), None)


def dialect_at(path: str) -> WireDialect:
    """As `dialect_below`, and v3 for what lies below none."""
    return dialect_below(path) or V3
