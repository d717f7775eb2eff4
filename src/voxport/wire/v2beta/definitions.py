"""`/v2-beta/definitions`: groups of phrases and vocabularies, the same as those of v3 in the older shapes.

Bodies are those of docs/contract/v2-beta.md section 1; a PUT is taken with its wrapper or bare. Limits and codes are
those of v3, which does the judging. A `revision` names what a definition says: the same words have the same one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from voxport.core.codes import Code
from voxport.core.definitions import SpottingGroup, Vocabulary
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.json_reader import JsonLimits, NameTwice, NotJson, PartTooLarge, read_json
from voxport.wire.reading.shape import Many, Plain, Record, conform
from voxport.wire.v2beta.links import ROOT_HREF
from voxport.wire.v2beta.terms import read_term, write_term
from voxport.wire.v3 import definitions as v3
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

SEARCH_LIMITS = JsonLimits(size_bytes=64 << 10, depth=8)
SEARCH_REFUSED = Code.SEARCH_FIELDS_MISSING

_SEARCHED = ("externalId",)
"""What a list of media can be filtered by, besides time."""
_MOST_NAMED = 10
_OURS = ("revision", "_links")
"""What a client gets and may send back."""
_GROUP = Record({"name": Plain.TEXT, "keywords": Many(Plain.TEXT), **dict.fromkeys(_OURS, Plain.ANY)})
_VOCABULARY = Record(
    {
        "name": Plain.TEXT,
        "terms": Many(Plain.TEXT),
        "scripts": Many(Plain.TEXT),
        **dict.fromkeys(_OURS, Plain.ANY),
    }
)


def index_body(path: str) -> dict[str, Any]:
    """The page under `path`, a key of `INDEXES`."""
    collections = [{"href": href, "title": title} for href, title in INDEXES[path]]
    return {"_links": {**self_link(path), "collections": collections}}


def parse_group(body: bytes, name: str) -> SpottingGroup:
    """As `v3.parse_group`."""
    document = _document(body, "group", _GROUP, v3.BodyFaults(v3.GROUP_REFUSED, "keyword group"))
    if document is None:
        return v3.parse_group(body, name)
    return v3.parse_group(_newer(document, "groupName"), name)


def parse_vocabulary(body: bytes, name: str) -> Vocabulary:
    """As `v3.parse_vocabulary`; terms are strings here, and so are scripts, which a GET shows."""
    document = _document(body, "vocabulary", _VOCABULARY, v3.BodyFaults(v3.VOCABULARY_REFUSED, "vocabulary"))
    if document is None:
        return v3.parse_vocabulary(body, name)
    if document.get("terms"):
        document["terms"] = [read_term(term) for term in document["terms"]]
    if document.get("scripts"):
        document["scripts"] = [{"script": script} for script in document["scripts"]]
    return v3.parse_vocabulary(_newer(document, "vocabularyName"), name)


def check_search(body: bytes) -> None:
    """A PUT of searchable fields may say what there is; raises RequestRefused 80300, 80301 for anything else."""
    try:
        document = read_json(body, SEARCH_LIMITS)
    except (NotJson, NameTwice, PartTooLarge) as error:
        raise RequestRefused(Problem.of(SEARCH_REFUSED)) from error
    if isinstance(document, dict) and set(document) - {"_links"} == {"searchableFields"}:
        document = document["searchableFields"]
    fields = document.get("fields") if isinstance(document, dict) else None
    if not isinstance(fields, list) or not fields or not all(isinstance(field, str) for field in fields):
        raise RequestRefused(Problem.of(SEARCH_REFUSED))
    reason = "this server searches no metadata but externalId"
    unknown = [field for field in fields if field not in _SEARCHED]
    if unknown:
        raise RequestRefused(
            [
                Problem.of(Code.SEARCH_FIELD_NAME_INVALID, field=clip(field), reason=reason)
                for field in unknown[:_MOST_NAMED]
            ]
        )


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
    fields = list(_SEARCHED)
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


def _document(body: bytes, wrapper: str, shape: Record, faults: v3.BodyFaults) -> dict[str, Any] | None:
    """The body without its wrapper, absent values as None; raises RequestRefused 10008, and the code of the body.

    None for one that cannot be read as an object: v3 says what is wrong with it.
    """
    try:
        document = read_json(body, v3.BODY_LIMITS)
    except (NotJson, NameTwice, PartTooLarge):
        return None
    if isinstance(document, dict) and set(document) - {"_links"} == {wrapper}:
        document = document[wrapper]
    if not isinstance(document, dict):
        return None
    found: dict[str, Any] = conform(document, shape, wrapper, faults) or {}
    faults.refuse_if_any()
    return {**dict.fromkeys(document), **found}


def _newer(document: dict[str, Any], name_there: str) -> bytes:
    """The document as v3 has it."""
    return json.dumps(
        {name_there if key == "name" else key: value for key, value in document.items() if key not in _OURS}
    ).encode()
