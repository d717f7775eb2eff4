"""Every address of the API, in one table: the method, the path, and the handler that answers there.

A new endpoint is a handler in a module of its own, and a line here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from voxport.api import (
    definitions,
    deliveries,
    media,
    metadata,
    operations,
    progress,
    root,
    streams,
    transcript,
)
from voxport.api.routing import Endpoint
from voxport.api.v2beta import definitions as v2beta_definitions
from voxport.api.v2beta import keys, media_sections
from voxport.wire.dialects import WireDialect
from voxport.wire.v2beta import definitions as v2beta_paths
from voxport.wire.v2beta.access import KEYS_PATH, PROFILE_PATH, USERS_PATH
from voxport.wire.v2beta.links import ROOT_HREF
from voxport.wire.v3.definitions import METRICS_PATH
from voxport.wire.v3.prediction import DETECTORS_PATH

_MEDIA = "/v3/media/{media_id}"
_V2_MEDIA = f"{ROOT_HREF}/media/{{media_id}}"
_TOKENS_PATH = f"{USERS_PATH}/{{user}}/tokens"


def shared_endpoints(dialect: WireDialect) -> Sequence[Endpoint]:
    """What both dialects have, at the addresses of one: their handlers ask the context for its dialect."""
    collection = f"{dialect.root}/media"
    item = f"{collection}/{{media_id}}"
    return (
        Endpoint("POST", collection, media.post),
        Endpoint("GET", collection, media.list_media),
        Endpoint("GET", item, media.show),
        Endpoint("DELETE", item, media.delete),
        Endpoint("POST", item, media.reprocess),
        Endpoint("GET", f"{item}/progress", progress.show),
        Endpoint("GET", f"{item}/metadata", metadata.show),
        Endpoint("PUT", f"{item}/metadata", metadata.replace),
        *_collection(definitions.SPOTTING_GROUPS, dialect.groups.path),
        *_collection(definitions.VOCABULARIES, dialect.vocabularies.path),
        Endpoint("GET", dialect.specification_path, root.describe),
    )


def _collection(collection: definitions.Collection[Any], path: str) -> Sequence[Endpoint]:
    # A name may have anything in it, also a slash.
    item = f"{path}/{{name:path}}"
    return (
        Endpoint("GET", path, collection.list),
        Endpoint("GET", item, collection.show),
        Endpoint("PUT", item, collection.put),
        Endpoint("DELETE", item, collection.delete),
    )


V3_ENDPOINTS: Sequence[Endpoint] = (
    Endpoint("GET", "/v3", root.show),
    Endpoint("GET", "/v3/", root.show),
    Endpoint("GET", f"{_MEDIA}/transcript", transcript.show),
    *(Endpoint("GET", f"{_MEDIA}/transcript/{one}", transcript.show_text(one)) for one in transcript.TEXT_FORMATS),
    Endpoint("GET", f"{_MEDIA}/streams", streams.list_streams),
    Endpoint("GET", f"{_MEDIA}/streams/{{name}}", streams.redirect),
    Endpoint("GET", f"{_MEDIA}/streams/{{name}}/content", streams.content),
    Endpoint("GET", f"{_MEDIA}/deliveries", deliveries.of_media),
    Endpoint("GET", "/v3/deliveries", deliveries.list_deliveries),
    Endpoint("POST", "/v3/deliveries/replay", deliveries.replay_many),
    Endpoint("GET", "/v3/deliveries/{delivery_id}", deliveries.show),
    Endpoint("POST", "/v3/deliveries/{delivery_id}/replay", deliveries.replay),
    Endpoint("GET", "/v3/endpoints", deliveries.endpoints),
    Endpoint("GET", DETECTORS_PATH, definitions.detectors),
    Endpoint("GET", f"{DETECTORS_PATH}/{{detector_id}}", definitions.detector),
    Endpoint("GET", METRICS_PATH, definitions.metrics),
)

V2_BETA_ENDPOINTS: Sequence[Endpoint] = (
    Endpoint("GET", ROOT_HREF, keys.index),
    Endpoint("GET", f"{ROOT_HREF}/", keys.index),
    Endpoint("GET", f"{_V2_MEDIA}/transcripts", media_sections.transcript),
    Endpoint("GET", f"{_V2_MEDIA}/transcripts/{{revision}}", media_sections.transcript),
    Endpoint("GET", f"{_V2_MEDIA}/streams", media_sections.streams),
    Endpoint("GET", f"{_V2_MEDIA}/streams/original", media_sections.stream),
    Endpoint("GET", f"{_V2_MEDIA}/keywords", media_sections.keywords),
    Endpoint("GET", f"{_V2_MEDIA}/keywords/{{revision}}", media_sections.keywords),
    Endpoint("GET", f"{_V2_MEDIA}/topics", media_sections.topics),
    Endpoint("GET", f"{_V2_MEDIA}/topics/{{revision}}", media_sections.topics),
    *(Endpoint("GET", path, v2beta_definitions.index(path)) for path in v2beta_paths.INDEXES),
    Endpoint("GET", v2beta_paths.SEARCH_PATH, v2beta_definitions.search),
    Endpoint("PUT", v2beta_paths.SEARCH_PATH, v2beta_definitions.declare),
    Endpoint("GET", v2beta_paths.MODELS_PATH, v2beta_definitions.models),
    Endpoint("GET", f"{v2beta_paths.MODELS_PATH}/{{name}}", v2beta_definitions.model),
    Endpoint("GET", PROFILE_PATH, keys.profile),
    Endpoint("GET", KEYS_PATH, keys.list_keys),
    Endpoint("POST", KEYS_PATH, keys.make_key),
    Endpoint("GET", f"{KEYS_PATH}/{{key_id}}", keys.show_key),
    Endpoint("DELETE", f"{KEYS_PATH}/{{key_id}}", keys.revoke_key),
    Endpoint("GET", USERS_PATH, keys.list_users),
    Endpoint("GET", f"{USERS_PATH}/{{user}}", keys.show_user),
    Endpoint("GET", _TOKENS_PATH, keys.list_tokens),
    Endpoint("POST", _TOKENS_PATH, keys.make_token),
    Endpoint("GET", f"{_TOKENS_PATH}/{{token}}", keys.show_token),
    Endpoint("DELETE", f"{_TOKENS_PATH}/{{token}}", keys.revoke_token),
)

OPERATOR_ENDPOINTS: Sequence[Endpoint] = (
    Endpoint("GET", "/healthz", operations.health),
    Endpoint("GET", "/readyz", operations.readiness),
    Endpoint("GET", "/metrics", operations.metrics),
)
