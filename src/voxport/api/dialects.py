"""What sets the two dialects apart for the resources that both have: where they lie, how requests are read, bodies.

A recording is the same whichever way it came in, so each resource is there once and takes a dialect.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from voxport.core.findings import Findings
from voxport.core.media import Media
from voxport.core.media_query import MediaQuery
from voxport.core.plan import Plan, TextFormat
from voxport.core.transcript import Transcript
from voxport.wire.reading.configuration import ConfigurationOptions, ParsedConfiguration
from voxport.wire.reading.metadata import MetadataOptions
from voxport.wire.reading.query import Parameters
from voxport.wire.v2beta import callbacks_section as v2beta_callbacks
from voxport.wire.v2beta import configuration as v2beta_configuration
from voxport.wire.v2beta import described as v2beta_described
from voxport.wire.v2beta import listing as v2beta_listing
from voxport.wire.v2beta import media as v2beta_media
from voxport.wire.v2beta import metadata as v2beta_metadata
from voxport.wire.v2beta import progress as v2beta_progress
from voxport.wire.v2beta import streams as v2beta_streams
from voxport.wire.v3 import configuration, listing, media, metadata, progress, streams
from voxport.wire.writing.streams import StreamLink

Formats = Sequence[TextFormat]


@dataclass(frozen=True, slots=True)
class Dialect:
    """`root` is the prefix of every path. `media_may_be_a_url`: the part `media` may hold where to fetch it from.

    `placed` puts the id of a new recording where its plan has a place for it.
    """

    root: str
    media_may_be_a_url: bool
    configuration: Callable[[str | None, ConfigurationOptions], ParsedConfiguration]
    placed: Callable[[Plan, UUID], Plan]
    metadata: Callable[[str | bytes, MetadataOptions], dict[str, Any]]
    query: Callable[[Parameters], MediaQuery]
    list_body: Callable[[Sequence[Media], MediaQuery], dict[str, Any]]
    accepted_body: Callable[[Media], dict[str, Any]]
    media_body: Callable[[Media, Transcript | None, Findings | None, Formats], dict[str, Any]]
    metadata_body: Callable[[Media], dict[str, Any]]
    progress_body: Callable[[Media], dict[str, Any]]
    streams_body: Callable[[UUID, Sequence[StreamLink]], dict[str, Any]]


V3 = Dialect(
    root="/v3",
    media_may_be_a_url=False,
    configuration=configuration.parse_configuration,
    placed=lambda plan, _: plan,
    metadata=metadata.parse_metadata,
    query=listing.parse_media_query,
    list_body=listing.list_body,
    accepted_body=media.accepted_body,
    media_body=lambda one, found, findings, formats: media.media_body(one, found, findings, alternate_formats=formats),
    metadata_body=lambda one: metadata.metadata_body(one.id, one.metadata),
    progress_body=progress.progress_body,
    streams_body=streams.streams_body,
)
V2_BETA = Dialect(
    root="/v2-beta",
    media_may_be_a_url=True,
    configuration=v2beta_configuration.parse_configuration,
    placed=v2beta_callbacks.with_media_id,
    metadata=v2beta_metadata.parse_wrapped_metadata,
    query=v2beta_listing.parse_media_query,
    list_body=v2beta_listing.list_body,
    accepted_body=v2beta_media.accepted_body,
    media_body=lambda one, found, findings, _: v2beta_media.media_item_body(one, found, findings),
    metadata_body=v2beta_described.metadata_body,
    progress_body=v2beta_progress.progress_body,
    streams_body=v2beta_streams.streams_body,
)
