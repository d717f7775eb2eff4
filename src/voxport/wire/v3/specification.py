"""The machine-readable description of v3: paths and what is asked for by hand in `v3-api.yaml`, answers from shapes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from voxport.wire.v3.applications import ApplicationBody, ApplicationsBody, TrialBody
from voxport.wire.v3.categories import VbCategories, VbCategory
from voxport.wire.v3.category_results import VbCategoryResult
from voxport.wire.v3.classifiers import VbClassifierModel, VbClassifierModels
from voxport.wire.v3.conversation import (
    MetricGroupName,
    VbConversation,
    VbMetricGroup,
    VbMetricValue,
    VbSpeakerSentiments,
)
from voxport.wire.v3.definitions import (
    VbKeywordGroup,
    VbKeywordGroups,
    VbMetricDefinition,
    VbMetricDefinitions,
    VbMetricGroupDefinition,
    VbScript,
    VbTerm,
    VbVocabularies,
    VbVocabulary,
)
from voxport.wire.v3.deliveries import (
    AttemptEntry,
    Deliveries,
    DeliveryBody,
    DeliverySummary,
    MediaDeliveries,
    ReplaysBody,
)
from voxport.wire.v3.endpoints import Endpoints, EndpointStatisticsBody
from voxport.wire.v3.entities import VbEntity
from voxport.wire.v3.keys import VbKey, VbKeysResponse
from voxport.wire.v3.knowledge import VbKeyword, VbKnowledge, VbSpottedGroup, VbSpotting
from voxport.wire.v3.listing import VbMediaQueryResponse
from voxport.wire.v3.media import VbMedia, VbMediaSummary
from voxport.wire.v3.metadata import VbMetadata
from voxport.wire.v3.paging import Pagination, SortOrder
from voxport.wire.v3.peaks import VbPeaks
from voxport.wire.v3.prediction import (
    VbClassifier,
    VbDetectorClass,
    VbDetectorModel,
    VbDetectorModels,
    VbParameterDefinition,
    VbPrediction,
)
from voxport.wire.v3.presets import PresetBody, PresetsBody
from voxport.wire.v3.progress import VbJob
from voxport.wire.v3.public_keys import VbEncryption, VbPublicKey, VbPublicKeys
from voxport.wire.v3.retention import RetentionBody
from voxport.wire.v3.root import VbRoot
from voxport.wire.v3.search import VbMatchResult, VbSearchableFields, VbStatementResult
from voxport.wire.v3.shown_requests import DeliveryRequestBody
from voxport.wire.v3.streams import VbStream, VbStreams
from voxport.wire.v3.transcript import VbActivitySpan, VbTranscript
from voxport.wire.v3.trials import RoleCheckBody, RolePolicies, TestEvent, WebhookSecretsBody
from voxport.wire.v3.usage import VbAvailableMonths, VbDailyUsage, VbMonthlyUsage
from voxport.wire.writing.errors import ErrorBody, ErrorEntry, WarningEntry
from voxport.wire.writing.formats import AlternateFormat
from voxport.wire.writing.links import Link, Links
from voxport.wire.writing.specification import whole_specification, written
from voxport.wire.writing.swagger import swagger_2
from voxport.wire.writing.tasks import JobProgress, StatusName, Task
from voxport.wire.writing.words import Peak, WordEntry

COMPONENTS: dict[str, Any] = {
    "Link": Link,
    "Links": Links,
    "VbRoot": VbRoot,
    "VbError": ErrorEntry,
    "VbMessage": WarningEntry,
    "VbErrorResponse": ErrorBody,
    "VbMetadata": VbMetadata,
    "VbStatusEnum": StatusName,
    "VbMediaSummary": VbMediaSummary,
    "VbMedia": VbMedia,
    "VbMediaQueryResponse": VbMediaQueryResponse,
    "VbPagination": Pagination,
    "VbSortOrder": SortOrder,
    "VbJob": VbJob,
    "VbProgress": JobProgress,
    "VbProgressTask": Task,
    "VbTranscript": VbTranscript,
    "VbTranscriptFormat": AlternateFormat,
    "VbVoiceActivityOccurrence": VbActivitySpan,
    "VbWord": WordEntry,
    "VbFrequency": Peak,
    "VbStream": VbStream,
    "VbStreams": VbStreams,
    "VbPeaks": VbPeaks,
    "VbKnowledge": VbKnowledge,
    "VbKeyword": VbKeyword,
    "VbSpotting": VbSpotting,
    "VbGroup": VbSpottedGroup,
    "VbPrediction": VbPrediction,
    "MetricGroupName": MetricGroupName,
    "VbMetricGroup": VbMetricGroup,
    "VbMetric": VbMetricValue,
    "VbConversation": VbConversation,
    "VbSpeakerSentiments": VbSpeakerSentiments,
    "VbEntity": VbEntity,
    "VbClassifier": VbClassifier,
    "VbClassifierModel": VbClassifierModel,
    "VbClassifierModelsResponse": VbClassifierModels,
    "VbDetectorModel": VbDetectorModel,
    "VbDetectorModelsResponse": VbDetectorModels,
    "VbParameterDefinition": VbParameterDefinition,
    "VbPublicKey": VbPublicKey,
    "VbPublicKeysResponse": VbPublicKeys,
    "VbMediaEncryption": VbEncryption,
    "VbClass": VbDetectorClass,
    "VbVocabularyTerm": VbTerm,
    "VbVocabularyScript": VbScript,
    "VbKeywordGroup": VbKeywordGroup,
    "VbKeywordGroupsResponse": VbKeywordGroups,
    "VbVocabulary": VbVocabulary,
    "VbVocabulariesResponse": VbVocabularies,
    "VbMetricGroupsDefResponse": VbMetricDefinitions,
    "VbMetricGroupDef": VbMetricGroupDefinition,
    "VbMetricDef": VbMetricDefinition,
    "VbSearchableFields": VbSearchableFields,
    "VbCategory": VbCategory,
    "VbCategoryResult": VbCategoryResult,
    "VbCategoriesResponse": VbCategories,
    "Preset": PresetBody,
    "Presets": PresetsBody,
    "CategoryTrial": TrialBody,
    "CategoryApplication": ApplicationBody,
    "CategoryApplications": ApplicationsBody,
    "VbStatementResult": VbStatementResult,
    "VbMatchResult": VbMatchResult,
    "Attempt": AttemptEntry,
    "DeliverySummary": DeliverySummary,
    "Delivery": DeliveryBody,
    "Deliveries": Deliveries,
    "MediaDeliveries": MediaDeliveries,
    "DeliveryRequest": DeliveryRequestBody,
    "Replays": ReplaysBody,
    "Endpoints": Endpoints,
    "EndpointStatisticsBody": EndpointStatisticsBody,
    "TestEvent": TestEvent,
    "RoleCheckBody": RoleCheckBody,
    "RolePolicies": RolePolicies,
    "WebhookSecretsBody": WebhookSecretsBody,
    "VbKey": VbKey,
    "VbKeysResponse": VbKeysResponse,
    "Retention": RetentionBody,
    "VbMonthlyUsage": VbMonthlyUsage,
    "VbDailyUsage": VbDailyUsage,
    "VbAvailableMonths": VbAvailableMonths,
}
"""Shapes by their names in the document, those of the original where it has them; what clients are generated from it
then go by the same names. Those inside them go by the names of their classes."""


@cache
def document() -> dict[str, Any]:
    """The document, OpenAPI 3.0."""
    by_hand = files(__package__).joinpath("v3-api.yaml").read_bytes()
    return whole_specification(by_hand, COMPONENTS, error_schema="VbErrorResponse")


@cache
def specification() -> bytes:
    """The document as served at `SPECIFICATION_HREF`, UTF-8."""
    return written(document())


@cache
def swagger() -> bytes:
    """Its Swagger 2.0 form as served at `SWAGGER_HREF`, UTF-8."""
    return written(swagger_2(document()))
