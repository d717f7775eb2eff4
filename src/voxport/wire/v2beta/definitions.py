"""`/v2-beta/definitions`: groups of phrases and vocabularies, the same as those of v3 in the older shapes.

Bodies are those of docs/contract/v2-beta.md section 1. A `revision` names what a definition says: the same words have
the same one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from voxport.core.definitions import SpottingGroup, Vocabulary
from voxport.wire.v2beta.definition_requests import SEARCHED
from voxport.wire.v2beta.links import ROOT_HREF
from voxport.wire.v2beta.terms import write_term
from voxport.wire.writing.links import self_link

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


def index_body(path: str) -> dict[str, Any]:
    """The page under `path`, a key of `INDEXES`."""
    collections = [{"href": href, "title": title} for href, title in INDEXES[path]]
    return {"_links": {**self_link(path), "collections": collections}}


def group_body(name: str, group: SpottingGroup) -> dict[str, Any]:
    """The answer to GET and PUT of one."""
    return _described(GROUPS_PATH, name, {"keywords": list(group.keywords)})


def groups_body(groups: Mapping[str, SpottingGroup]) -> dict[str, Any]:
    """The answer to GET of all."""
    return {"_links": self_link(GROUPS_PATH), "groups": [group_body(name, group) for name, group in groups.items()]}


def vocabulary_body(name: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """The answer to GET and PUT of one; scripts, which v3 has too, stand beside an empty list of terms."""
    scripts = {"scripts": list(vocabulary.scripts)} if vocabulary.scripts else {}
    return _described(VOCABULARIES_PATH, name, {"terms": [write_term(term) for term in vocabulary.terms], **scripts})


def vocabularies_body(vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    """The answer to GET of all."""
    bodies = [vocabulary_body(name, vocabulary) for name, vocabulary in vocabularies.items()]
    return {"_links": self_link(VOCABULARIES_PATH), "vocabularies": bodies}


def search_body() -> dict[str, Any]:
    """What lists can be filtered by; no other field can be declared."""
    fields = list(SEARCHED)
    return {
        "_links": self_link(SEARCH_PATH),
        "searchableFields": {"revision": _revision(SEARCH_PATH, "", {"fields": fields}), "fields": fields},
    }


def models_body() -> dict[str, Any]:
    """There are no classifiers here; detectors are named in `detections` and are no models of this list."""
    return {"_links": self_link(MODELS_PATH), "models": []}


def _described(path: str, name: str, content: dict[str, Any]) -> dict[str, Any]:
    revision = _revision(path, name, content)
    return {"_links": self_link(f"{path}/{quote(name, safe='')}"), "name": name, "revision": revision, **content}


def _revision(path: str, name: str, content: dict[str, Any]) -> str:
    return str(uuid5(NAMESPACE_URL, json.dumps([path, name, content], ensure_ascii=False)))
