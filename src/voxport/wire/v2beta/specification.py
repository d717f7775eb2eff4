"""The machine-readable description of v2-beta: paths and what is asked for by hand, answers from shapes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from voxport.wire.v2beta.callback import Callback
from voxport.wire.v2beta.definitions import (
    KeywordGroup,
    KeywordGroups,
    Models,
    SavedVocabulary,
    SearchFields,
    Term,
    Vocabularies,
)
from voxport.wire.v2beta.described import Metadata, MetadataAnswer
from voxport.wire.v2beta.findings import DetectionEntry, KeywordEntry, Scored, SpottedGroupEntry, Times, TopicEntry
from voxport.wire.v2beta.index import Index
from voxport.wire.v2beta.keys import (
    Key,
    KeyAnswer,
    Keys,
    Login,
    MadeToken,
    Privilege,
    TokenAnswer,
    Tokens,
    UsedToken,
    User,
    Users,
)
from voxport.wire.v2beta.links import ROOT_HREF
from voxport.wire.v2beta.listing import MediaList
from voxport.wire.v2beta.media import (
    Accepted,
    Keywords,
    KeywordsAnswer,
    MediaItem,
    MediaListItem,
    MediaSections,
    Topics,
    TopicsAnswer,
)
from voxport.wire.v2beta.progress import Job, PhaseName, PhaseStatus, Progress
from voxport.wire.v2beta.streams import Streams
from voxport.wire.v2beta.transcript import TranscriptAnswer, Transcripts, TranscriptsAnswer
from voxport.wire.writing.errors import ErrorBody, ErrorEntry, WarningEntry
from voxport.wire.writing.links import Link, Links
from voxport.wire.writing.specification import whole_specification, written
from voxport.wire.writing.swagger import swagger_2
from voxport.wire.writing.tasks import StatusName, Task
from voxport.wire.writing.words import WordEntry

SPECIFICATION_HREF = f"{ROOT_HREF}/defs/v2-beta-api.yaml"
SWAGGER_HREF = f"{ROOT_HREF}/defs/v2-beta-api-swagger2.yaml"

COMPONENTS: dict[str, Any] = {
    "Link": Link,
    "Links": Links,
    "Problem": ErrorEntry,
    "Warning": WarningEntry,
    "Error": ErrorBody,
    "Metadata": Metadata,
    "MetadataAnswer": MetadataAnswer,
    "MediaStatus": StatusName,
    "PhaseName": PhaseName,
    "PhaseStatus": PhaseStatus,
    "Accepted": Accepted,
    "MediaList": MediaList,
    "MediaListItem": MediaListItem,
    "MediaItem": MediaItem,
    "Media": MediaSections,
    "Progress": Progress,
    "Job": Job,
    "Task": Task,
    "Transcripts": Transcripts,
    "TranscriptsAnswer": TranscriptsAnswer,
    "TranscriptAnswer": TranscriptAnswer,
    "Word": WordEntry,
    "Times": Times,
    "KeywordsAnswer": KeywordsAnswer,
    "Keywords": Keywords,
    "Keyword": KeywordEntry,
    "SpottedGroup": SpottedGroupEntry,
    "TopicsAnswer": TopicsAnswer,
    "Topics": Topics,
    "Topic": TopicEntry,
    "Scored": Scored,
    "Detection": DetectionEntry,
    "Streams": Streams,
    "Callback": Callback,
    "Index": Index,
    "Term": Term,
    "KeywordGroup": KeywordGroup,
    "KeywordGroups": KeywordGroups,
    "Vocabulary": SavedVocabulary,
    "Vocabularies": Vocabularies,
    "SearchFields": SearchFields,
    "Models": Models,
    "Login": Login,
    "Key": Key,
    "KeyAnswer": KeyAnswer,
    "Keys": Keys,
    "Privilege": Privilege,
    "Users": Users,
    "User": User,
    "UsedToken": UsedToken,
    "Tokens": Tokens,
    "MadeToken": MadeToken,
    "TokenAnswer": TokenAnswer,
}
"""Shapes by their names in the document; those inside them go by the names of their classes."""


@cache
def document() -> dict[str, Any]:
    """The document, OpenAPI 3.0."""
    by_hand = files(__package__).joinpath("v2-beta-api.yaml").read_bytes()
    return whole_specification(by_hand, COMPONENTS, error_schema="Error")


@cache
def specification() -> bytes:
    """The document as served at `SPECIFICATION_HREF`, UTF-8."""
    return written(document())


@cache
def swagger() -> bytes:
    """Its Swagger 2.0 form as served at `SWAGGER_HREF`, UTF-8."""
    return written(swagger_2(document()))
