"""Groups of phrases, vocabularies and metrics as bodies (docs/contract/v3-endpoints.md section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from voxport.core.definitions import SpottingGroup, Vocabulary
from voxport.core.metric_names import METRICS
from voxport.core.plan import VocabularyTerm
from voxport.wire.v3.conversation import MetricGroupName
from voxport.wire.writing.links import Links, path_of, self_link
from voxport.wire.writing.shapes import Named, closed

GROUPS_PATH = "/v3/definition/spotting/groups"
VOCABULARIES_PATH = "/v3/definition/vocabularies"
METRICS_PATH = "/v3/definition/metrics"


@closed
class VbKeywordGroup(TypedDict):
    _links: Links
    groupName: str
    keywords: Annotated[list[str], Field(min_length=1)]


@closed
class VbKeywordGroups(TypedDict):
    _links: Links
    groups: list[VbKeywordGroup]


_Sound = Annotated[str, Field(min_length=1, max_length=64)]


@closed
class VbTerm(TypedDict):
    """A word or phrase that recognition should know."""

    term: _Sound
    soundsLike: NotRequired[Annotated[list[_Sound], Field(max_length=100)]]
    weight: NotRequired[Annotated[int, Field(ge=0, le=5, json_schema_extra={"default": 0})]]


@closed
class VbScript(TypedDict):
    """A text that is close to what is said."""

    script: Named


@closed
class VbVocabulary(TypedDict):
    _links: Links
    vocabularyName: str
    vocabularyType: NotRequired[Literal["terms", "scripts"]]
    """Absent where there are terms and the PUT did not name it"""
    terms: NotRequired[list[VbTerm]]
    scripts: NotRequired[list[VbScript]]


@closed
class VbVocabularies(TypedDict):
    _links: Links
    vocabularies: list[VbVocabulary]


@closed
class VbMetricDefinition(TypedDict):
    metricName: str
    metricDescription: str


@closed
class VbMetricGroupDefinition(TypedDict):
    metricGroupName: MetricGroupName
    metrics: Annotated[list[VbMetricDefinition], Field(min_length=1)]


@closed
class VbMetricDefinitions(TypedDict):
    _links: Links
    metricGroups: list[VbMetricGroupDefinition]


def group_body(name: str, group: SpottingGroup) -> VbKeywordGroup:
    """The answer to GET and PUT of one group."""
    return {"_links": self_link(path_of(GROUPS_PATH, name)), "groupName": name, "keywords": list(group.keywords)}


def groups_body(groups: Mapping[str, SpottingGroup]) -> VbKeywordGroups:
    """The answer to GET of all."""
    return {"_links": self_link(GROUPS_PATH), "groups": [group_body(name, group) for name, group in groups.items()]}


def vocabulary_body(name: str, vocabulary: Vocabulary) -> VbVocabulary:
    """The answer to GET and PUT of one; one of terms names its type where the PUT did."""
    body: VbVocabulary = {"_links": self_link(path_of(VOCABULARIES_PATH, name)), "vocabularyName": name}
    if vocabulary.scripts:
        body["vocabularyType"] = "scripts"
        body["scripts"] = [{"script": script} for script in vocabulary.scripts]
    else:
        if vocabulary.names_type:
            body["vocabularyType"] = "terms"
        body["terms"] = [_term(term) for term in vocabulary.terms]
    return body


def vocabularies_body(vocabularies: Mapping[str, Vocabulary]) -> VbVocabularies:
    """The answer to GET of all."""
    bodies = [vocabulary_body(name, vocabulary) for name, vocabulary in vocabularies.items()]
    return {"_links": self_link(VOCABULARIES_PATH), "vocabularies": bodies}


def metrics_body() -> VbMetricDefinitions:
    """The answer to GET of the metrics; the same for every organisation."""
    groups: list[VbMetricGroupDefinition] = [
        {
            "metricGroupName": group,
            "metrics": [{"metricName": name, "metricDescription": description} for name, description in metrics],
        }
        for group, metrics in METRICS.items()
    ]
    return {"_links": self_link(METRICS_PATH), "metricGroups": groups}


def _term(term: VocabularyTerm) -> VbTerm:
    body: VbTerm = {"term": term.term}
    if term.sounds_like:
        body["soundsLike"] = list(term.sounds_like)
    if term.weight:
        body["weight"] = term.weight
    return body
