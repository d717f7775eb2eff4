"""Every address of the API, in one table: the method, the path, and the handler that answers there.

A new endpoint is a handler in a module of its own, and a line here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from voxport.api import (
    applications,
    categories,
    definitions,
    deliveries,
    delivery_requests,
    encrypted,
    endpoints,
    keys,
    media,
    metadata,
    operations,
    peaks,
    presets,
    progress,
    public_keys,
    retention,
    root,
    search,
    streams,
    transcript,
    usage,
)
from voxport.api.routing import ApiRoute
from voxport.api.v2beta import definitions as v2beta_definitions
from voxport.api.v2beta import keys as v2beta_keys
from voxport.api.v2beta import media_sections
from voxport.core.plan import Dialect
from voxport.wire.dialects import WireDialect
from voxport.wire.v2beta import definitions as v2beta_paths
from voxport.wire.v2beta.keys import PROFILE_PATH, USERS_PATH
from voxport.wire.v2beta.links import ROOT_HREF
from voxport.wire.v3.applications import APPLICATIONS_PATH, TRIALS_PATH
from voxport.wire.v3.categories import CATEGORIES_PATH
from voxport.wire.v3.classifiers import CLASSIFIERS_PATH
from voxport.wire.v3.definitions import METRICS_PATH
from voxport.wire.v3.endpoints import STATISTICS_PATH
from voxport.wire.v3.links import ENDPOINTS_HREF, USAGE_HREF
from voxport.wire.v3.prediction import DETECTORS_PATH
from voxport.wire.v3.presets import PRESETS_PATH
from voxport.wire.v3.public_keys import PUBLIC_KEYS_PATH
from voxport.wire.v3.search import VBQL_PATH
from voxport.wire.v3.trials import ROLE_CHECK_PATH, ROLE_POLICIES_PATH, SECRETS_PATH, TEST_PATH

_MEDIA = "/v3/media/{media_id}"
_V2_MEDIA = f"{ROOT_HREF}/media/{{media_id}}"
# A name may have anything in it, also a slash.
_CATEGORY_PATH = f"{CATEGORIES_PATH}/{{name:path}}"
_PRESET_PATH = f"{PRESETS_PATH}/{{name:path}}"
_TOKENS_PATH = f"{USERS_PATH}/{{user}}/tokens"
# A client of v2-beta that became one of v3 still logs in so (docs/contract/v3-endpoints.md section 6).
_V3_TOKENS_PATH = "/v3/access/users/{user}/tokens"


def shared_routes(dialect: WireDialect) -> Sequence[ApiRoute]:
    """What both dialects have, at the addresses of one: their handlers ask the context for its dialect."""
    collection = f"{dialect.root}/media"
    item = f"{collection}/{{media_id}}"
    return (
        ApiRoute("POST", collection, media.post),
        ApiRoute("GET", collection, media.list_media),
        ApiRoute("GET", item, media.show),
        ApiRoute("DELETE", item, media.delete),
        ApiRoute("POST", item, media.reprocess),
        ApiRoute("GET", f"{item}/progress", progress.show),
        ApiRoute("GET", f"{item}/metadata", metadata.show),
        ApiRoute("PUT", f"{item}/metadata", metadata.replace),
        *_collection(definitions.SPOTTING_GROUPS, dialect.groups.path),
        *_collection(definitions.VOCABULARIES, dialect.vocabularies.path),
        ApiRoute("GET", dialect.search_path, search.fields),
        ApiRoute("PUT", dialect.search_path, search.declare_fields),
        *(ApiRoute("GET", path, root.describe(made)) for path, made in dialect.specifications.items()),
        ApiRoute("GET", dialect.keys.path, keys.list_keys),
        ApiRoute("POST", dialect.keys.path, keys.make_key),
        ApiRoute("GET", f"{dialect.keys.path}/{{key_id}}", keys.show_key),
        ApiRoute("DELETE", f"{dialect.keys.path}/{{key_id}}", keys.revoke_key),
    )


def _collection(collection: definitions.Collection[Any], path: str) -> Sequence[ApiRoute]:
    # A name may have anything in it, also a slash.
    item = f"{path}/{{name:path}}"
    return (
        ApiRoute("GET", path, collection.list),
        ApiRoute("GET", item, collection.show),
        ApiRoute("PUT", item, collection.put),
        ApiRoute("DELETE", item, collection.delete),
    )


V3_ROUTES: Sequence[ApiRoute] = (
    ApiRoute("GET", "/v3", root.show),
    ApiRoute("GET", "/v3/", root.show),
    ApiRoute("GET", f"{_MEDIA}/transcript", transcript.show),
    *(ApiRoute("GET", f"{_MEDIA}/transcript/{one}", transcript.show_text(one)) for one in transcript.TEXT_FORMATS),
    ApiRoute("GET", f"{_MEDIA}/streams", streams.list_streams),
    ApiRoute("GET", f"{_MEDIA}/streams/{{name}}", streams.redirect),
    ApiRoute("GET", f"{_MEDIA}/streams/{{name}}/content", streams.content),
    ApiRoute("GET", f"{_MEDIA}/peaks", peaks.show),
    ApiRoute("POST", f"{_MEDIA}/peaks", peaks.measure),
    ApiRoute("GET", f"{_MEDIA}/encrypted", encrypted.show),
    ApiRoute("GET", f"{_MEDIA}/deliveries", deliveries.of_media),
    ApiRoute("GET", f"{_MEDIA}/delivery-requests/{{delivery_id}}", delivery_requests.show),
    ApiRoute("GET", f"{_MEDIA}/retention", retention.show),
    ApiRoute("GET", "/v3/deliveries", deliveries.list_deliveries),
    ApiRoute("POST", "/v3/deliveries/replay", deliveries.replay_many),
    ApiRoute("GET", "/v3/deliveries/{delivery_id}", deliveries.show),
    ApiRoute("POST", "/v3/deliveries/{delivery_id}/replay", deliveries.replay),
    ApiRoute("GET", ENDPOINTS_HREF, endpoints.failing),
    ApiRoute("GET", STATISTICS_PATH, endpoints.statistics),
    ApiRoute("POST", TEST_PATH, endpoints.test),
    ApiRoute("POST", ROLE_CHECK_PATH, endpoints.check_role),
    ApiRoute("GET", ROLE_POLICIES_PATH, endpoints.role_policies),
    ApiRoute("GET", SECRETS_PATH, endpoints.show_secrets),
    ApiRoute("POST", SECRETS_PATH, endpoints.rotate_secret),
    ApiRoute("GET", f"{USAGE_HREF}/months", usage.months),
    ApiRoute("GET", f"{USAGE_HREF}/monthly/{{year}}/{{month}}", usage.monthly),
    ApiRoute("GET", f"{USAGE_HREF}/monthly/{{year}}/{{month}}/csv", usage.monthly_csv),
    ApiRoute("GET", f"{USAGE_HREF}/daily/{{year}}/{{month}}", usage.daily),
    ApiRoute("GET", f"{USAGE_HREF}/daily/{{year}}/{{month}}/csv", usage.daily_csv),
    ApiRoute("GET", CLASSIFIERS_PATH, definitions.classifiers),
    ApiRoute("GET", f"{CLASSIFIERS_PATH}/{{classifier_id}}", definitions.classifier),
    ApiRoute("GET", DETECTORS_PATH, definitions.detectors),
    ApiRoute("GET", f"{DETECTORS_PATH}/{{detector_id}}", definitions.detector),
    ApiRoute("GET", METRICS_PATH, definitions.conversation_metrics),
    ApiRoute("GET", CATEGORIES_PATH, categories.list_categories),
    ApiRoute("GET", _CATEGORY_PATH, categories.show),
    ApiRoute("PUT", _CATEGORY_PATH, categories.put),
    ApiRoute("DELETE", _CATEGORY_PATH, categories.delete),
    ApiRoute("GET", PRESETS_PATH, presets.list_presets),
    ApiRoute("GET", _PRESET_PATH, presets.show),
    ApiRoute("PUT", _PRESET_PATH, presets.put),
    ApiRoute("DELETE", _PRESET_PATH, presets.delete),
    ApiRoute("POST", TRIALS_PATH, applications.attempt),
    ApiRoute("GET", APPLICATIONS_PATH, applications.list_applications),
    ApiRoute("POST", APPLICATIONS_PATH, applications.apply),
    ApiRoute("GET", f"{APPLICATIONS_PATH}/{{application_id}}", applications.show),
    ApiRoute("POST", f"{APPLICATIONS_PATH}/{{application_id}}/cancel", applications.cancel),
    ApiRoute("POST", VBQL_PATH, search.vbql),
    ApiRoute("GET", _V3_TOKENS_PATH, v2beta_keys.list_tokens),
    ApiRoute("GET", PUBLIC_KEYS_PATH, public_keys.list_keys),
    ApiRoute("POST", PUBLIC_KEYS_PATH, public_keys.add_key),
    ApiRoute("GET", f"{PUBLIC_KEYS_PATH}/{{key_id}}", public_keys.show_key),
    ApiRoute("DELETE", f"{PUBLIC_KEYS_PATH}/{{key_id}}", public_keys.delete_key),
)

V2_BETA_ROUTES: Sequence[ApiRoute] = (
    ApiRoute("GET", ROOT_HREF, v2beta_keys.index),
    ApiRoute("GET", f"{ROOT_HREF}/", v2beta_keys.index),
    ApiRoute("GET", f"{_V2_MEDIA}/transcripts", media_sections.transcripts),
    ApiRoute("GET", f"{_V2_MEDIA}/transcripts/{{revision}}", media_sections.transcript),
    ApiRoute("GET", f"{_V2_MEDIA}/streams", media_sections.streams),
    ApiRoute("GET", f"{_V2_MEDIA}/streams/original", media_sections.stream),
    ApiRoute("GET", f"{_V2_MEDIA}/keywords", media_sections.keywords),
    ApiRoute("GET", f"{_V2_MEDIA}/keywords/{{revision}}", media_sections.keywords),
    ApiRoute("GET", f"{_V2_MEDIA}/topics", media_sections.topics),
    ApiRoute("GET", f"{_V2_MEDIA}/topics/{{revision}}", media_sections.topics),
    *(ApiRoute("GET", path, v2beta_definitions.index(path)) for path in v2beta_paths.INDEXES),
    ApiRoute("GET", v2beta_paths.MODELS_PATH, v2beta_definitions.models),
    ApiRoute("GET", f"{v2beta_paths.MODELS_PATH}/{{name}}", v2beta_definitions.model),
    ApiRoute("GET", PROFILE_PATH, v2beta_keys.profile),
    ApiRoute("GET", USERS_PATH, v2beta_keys.list_users),
    ApiRoute("GET", f"{USERS_PATH}/{{user}}", v2beta_keys.show_user),
    ApiRoute("GET", _TOKENS_PATH, v2beta_keys.list_tokens),
    ApiRoute("POST", _TOKENS_PATH, v2beta_keys.make_token),
    ApiRoute("GET", f"{_TOKENS_PATH}/{{token}}", v2beta_keys.show_token),
    ApiRoute("DELETE", f"{_TOKENS_PATH}/{{token}}", v2beta_keys.revoke_token),
)

OWN_ROUTES: Mapping[Dialect, Sequence[ApiRoute]] = {Dialect.V3: V3_ROUTES, Dialect.V2_BETA: V2_BETA_ROUTES}
"""What one dialect has beside `shared_routes`; a dialect may have nothing."""

OPERATOR_ROUTES: Sequence[ApiRoute] = (
    ApiRoute("GET", "/healthz", operations.health),
    ApiRoute("GET", "/readyz", operations.readiness),
    ApiRoute("GET", "/metrics", operations.metrics),
)
