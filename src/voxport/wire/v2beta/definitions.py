"""`/v2-beta/definitions`: groups of phrases and vocabularies, the same as those of v3 in the older shapes.

Bodies are those of v2-beta.md section 1; a PUT is taken with its wrapper or bare. Limits and codes are those of v3,
which does the judging. A `revision` names what a definition says: the same words have the same one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from voxport.core.definitions import SpottingGroup, Vocabulary
from voxport.wire.v2beta.links import ROOT_HREF
from voxport.wire.v2beta.terms import read_term, write_term
from voxport.wire.v3 import definitions as v3
from voxport.wire.v3.links import self_link
from voxport.wire.v3.reader import NameTwice, NotJson, PartTooLarge, read_json

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

_OURS = ("revision", "_links")
"""What a client gets and may send back."""


def index_body(path: str) -> dict[str, Any]:
    """The page under `path`, a key of `INDEXES`."""
    collections = [{"href": href, "title": title} for href, title in INDEXES[path]]
    return {"_links": {**self_link(path), "collections": collections}}


def parse_group(body: bytes, name: str) -> SpottingGroup:
    """As `v3.parse_group`."""
    return v3.parse_group(_renamed(body, "group", {"name": "groupName"}), name)


def parse_vocabulary(body: bytes, name: str) -> Vocabulary:
    """As `v3.parse_vocabulary`; terms are strings here."""
    return v3.parse_vocabulary(_renamed(body, "vocabulary", {"name": "vocabularyName"}), name)


def group_body(name: str, group: SpottingGroup) -> dict[str, Any]:
    """The answer to GET and PUT of one."""
    return _described(GROUPS_PATH, name, {"keywords": list(group.keywords)})


def groups_body(groups: Mapping[str, SpottingGroup]) -> dict[str, Any]:
    """The answer to GET of all."""
    return {"_links": self_link(GROUPS_PATH), "groups": [group_body(name, group) for name, group in groups.items()]}


def vocabulary_body(name: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """The answer to GET and PUT of one; scripts, which only v3 can write, stand beside an empty list of terms."""
    scripts = {"scripts": list(vocabulary.scripts)} if vocabulary.scripts else {}
    return _described(VOCABULARIES_PATH, name, {"terms": [write_term(term) for term in vocabulary.terms], **scripts})


def vocabularies_body(vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    """The answer to GET of all."""
    bodies = [vocabulary_body(name, vocabulary) for name, vocabulary in vocabularies.items()]
    return {"_links": self_link(VOCABULARIES_PATH), "vocabularies": bodies}


def search_body() -> dict[str, Any]:
    """No field can be declared here; lists are filtered by what the query of a list takes."""
    return {"_links": self_link(SEARCH_PATH), "searchableFields": {"fields": []}}


def models_body() -> dict[str, Any]:
    """There are no classifiers here; detectors are named in `detections` and are no models of this list."""
    return {"_links": self_link(MODELS_PATH), "models": []}


def _described(path: str, name: str, content: dict[str, Any]) -> dict[str, Any]:
    revision = uuid5(NAMESPACE_URL, json.dumps([path, name, content], ensure_ascii=False))
    return {"_links": self_link(f"{path}/{quote(name, safe='')}"), "name": name, "revision": str(revision), **content}


def _renamed(body: bytes, wrapper: str, names: Mapping[str, str]) -> bytes:
    """The body as v3 has it; one that cannot be read is left to v3, which says what is wrong with it."""
    try:
        document = read_json(body, v3.BODY_LIMITS)
    except (NotJson, NameTwice, PartTooLarge):
        return body
    if isinstance(document, dict) and set(document) - {"_links"} == {wrapper}:
        document = document[wrapper]
    if not isinstance(document, dict):
        return body
    renamed = {names.get(name, name): value for name, value in document.items() if name not in _OURS}
    terms = renamed.get("terms")
    if isinstance(terms, list) and all(isinstance(term, str) for term in terms):
        renamed["terms"] = _terms(terms)
    return json.dumps(renamed).encode()


def _terms(terms: Sequence[str]) -> list[dict[str, Any]]:
    return [read_term(term) for term in terms]
