"""Groups of phrases, vocabularies and metrics as bodies (docs/contract/v3-endpoints.md section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from voxport.core.definitions import SpottingGroup, Vocabulary
from voxport.core.metric_names import METRICS
from voxport.core.plan import VocabularyTerm
from voxport.wire.writing.links import self_link

GROUPS_PATH = "/v3/definition/spotting/groups"
VOCABULARIES_PATH = "/v3/definition/vocabularies"
METRICS_PATH = "/v3/definition/metrics"
_SCRIPTS = "scripts"


def group_body(name: str, group: SpottingGroup) -> dict[str, Any]:
    """The answer to GET and PUT of one group."""
    return {"_links": self_link(_path(GROUPS_PATH, name)), "groupName": name, "keywords": list(group.keywords)}


def groups_body(groups: Mapping[str, SpottingGroup]) -> dict[str, Any]:
    """The answer to GET of all."""
    return {"_links": self_link(GROUPS_PATH), "groups": [group_body(name, group) for name, group in groups.items()]}


def vocabulary_body(name: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """The answer to GET and PUT of one; a vocabulary of terms names no type, as the guides show it."""
    head = {"_links": self_link(_path(VOCABULARIES_PATH, name)), "vocabularyName": name}
    if vocabulary.scripts:
        scripts = [{"script": script} for script in vocabulary.scripts]
        return {**head, "vocabularyType": _SCRIPTS, _SCRIPTS: scripts}
    return {**head, "terms": [_term(term) for term in vocabulary.terms]}


def vocabularies_body(vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    """The answer to GET of all."""
    bodies = [vocabulary_body(name, vocabulary) for name, vocabulary in vocabularies.items()]
    return {"_links": self_link(VOCABULARIES_PATH), "vocabularies": bodies}


def metrics_body() -> dict[str, Any]:
    """The answer to GET of the metrics; the same for every organisation."""
    groups = [
        {
            "metricGroupName": group,
            "metrics": [{"metricName": name, "metricDescription": description} for name, description in metrics],
        }
        for group, metrics in METRICS.items()
    ]
    return {"_links": self_link(METRICS_PATH), "metricGroups": groups}


def _path(collection: str, name: str) -> str:
    return f"{collection}/{quote(name, safe='')}"


def _term(term: VocabularyTerm) -> dict[str, Any]:
    sounds = {"soundsLike": list(term.sounds_like)} if term.sounds_like else {}
    return {"term": term.term, **sounds, **({"weight": term.weight} if term.weight else {})}
