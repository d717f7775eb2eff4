"""`/v2-beta/definitions`: groups of phrases and vocabularies, the same as those of v3 in the older shapes.

Bodies are those of docs/contract/v2-beta.md section 1. A `revision` names what a definition says: the same words have
the same one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NotRequired
from uuid import NAMESPACE_URL, uuid5

from pydantic import Field
from typing_extensions import TypeAliasType, TypedDict

from voxport.core.definitions import SpottingGroup, Vocabulary
from voxport.wire.v2beta.links import ROOT_HREF
from voxport.wire.v2beta.terms import write_term
from voxport.wire.writing.links import Links, path_of, self_link
from voxport.wire.writing.shapes import Uuid, closed, open_ended

DEFINITIONS_PATH = f"{ROOT_HREF}/definitions"
GROUPS_PATH = f"{DEFINITIONS_PATH}/keywords/groups"
VOCABULARIES_PATH = f"{DEFINITIONS_PATH}/transcripts/vocabularies"
SEARCH_PATH = f"{DEFINITIONS_PATH}/media/search"
MODELS_PATH = f"{DEFINITIONS_PATH}/predictions/models"

INDEXES: dict[str, tuple[tuple[str, str], ...]] = {
    DEFINITIONS_PATH: (
        (f"{DEFINITIONS_PATH}/keywords", "Keywords"),
        (f"{DEFINITIONS_PATH}/transcripts", "Transcripts"),
        (f"{DEFINITIONS_PATH}/media", "Media"),
        (f"{DEFINITIONS_PATH}/predictions", "Predictions"),
    ),
    f"{DEFINITIONS_PATH}/keywords": ((GROUPS_PATH, "Groups of phrases"),),
    f"{DEFINITIONS_PATH}/transcripts": ((VOCABULARIES_PATH, "Vocabularies"),),
    f"{DEFINITIONS_PATH}/media": ((SEARCH_PATH, "Fields to search by"),),
    f"{DEFINITIONS_PATH}/predictions": ((MODELS_PATH, "Models"),),
}
"""Pages that only lead to others: where each lies, and what it leads to with a title."""


@closed
class KeywordGroup(TypedDict):
    _links: Links
    name: str
    revision: Uuid
    keywords: list[str]


@closed
class KeywordGroups(TypedDict):
    _links: Links
    groups: list[KeywordGroup]


Term = TypeAliasType(
    "Term",
    Annotated[
        str,
        Field(
            description="term, term;like1,like2, term;like1,like2;weight or term;weight; weights are 0 to 5",
            json_schema_extra={"example": "Voxport;vox port;2"},
        ),
    ],
)


@closed
class SavedVocabulary(TypedDict):
    _links: Links
    name: str
    revision: Uuid
    terms: list[Term]
    scripts: NotRequired[list[str]]
    """Of a vocabulary that was made with v3"""


@closed
class Vocabularies(TypedDict):
    _links: Links
    vocabularies: list[SavedVocabulary]


@open_ended
class SearchableFields(TypedDict):
    revision: Uuid
    fields: list[str]


@closed
class SearchFields(TypedDict):
    _links: Links
    searchableFields: SearchableFields


@closed
class Models(TypedDict):
    _links: Links
    models: Annotated[list[dict[str, Any]], Field(max_length=0)]


def group_body(name: str, group: SpottingGroup) -> KeywordGroup:
    """The answer to GET and PUT of one."""
    keywords = list(group.keywords)
    return {
        "_links": self_link(path_of(GROUPS_PATH, name)),
        "name": name,
        "revision": _revision(GROUPS_PATH, name, {"keywords": keywords}),
        "keywords": keywords,
    }


def groups_body(groups: Mapping[str, SpottingGroup]) -> KeywordGroups:
    """The answer to GET of all."""
    return {"_links": self_link(GROUPS_PATH), "groups": [group_body(name, group) for name, group in groups.items()]}


def vocabulary_body(name: str, vocabulary: Vocabulary) -> SavedVocabulary:
    """The answer to GET and PUT of one; scripts, which v3 has too, stand beside an empty list of terms."""
    terms, scripts = [write_term(term) for term in vocabulary.terms], list(vocabulary.scripts)
    content = {"terms": terms, "scripts": scripts} if scripts else {"terms": terms}
    body: SavedVocabulary = {
        "_links": self_link(path_of(VOCABULARIES_PATH, name)),
        "name": name,
        "revision": _revision(VOCABULARIES_PATH, name, content),
        "terms": terms,
    }
    if scripts:
        body["scripts"] = scripts
    return body


def vocabularies_body(vocabularies: Mapping[str, Vocabulary]) -> Vocabularies:
    """The answer to GET of all."""
    bodies = [vocabulary_body(name, vocabulary) for name, vocabulary in vocabularies.items()]
    return {"_links": self_link(VOCABULARIES_PATH), "vocabularies": bodies}


def search_body(fields: Sequence[str]) -> SearchFields:
    """The fields of the metadata that are declared."""
    fields = list(fields)
    return {
        "_links": self_link(SEARCH_PATH),
        "searchableFields": {"revision": _revision(SEARCH_PATH, "", {"fields": fields}), "fields": fields},
    }


def models_body() -> Models:
    """Classifiers are listed over v3; detectors are named in `detections` and are no models of this list."""
    return {"_links": self_link(MODELS_PATH), "models": []}


def _revision(path: str, name: str, content: Mapping[str, list[str]]) -> str:
    return str(uuid5(NAMESPACE_URL, json.dumps([path, name, content], ensure_ascii=False)))
