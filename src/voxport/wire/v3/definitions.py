"""`/v3/definition`: groups of phrases, vocabularies and metrics as bodies.

Source: docs/contract/v3-endpoints.md section 5; codes 80000 to 80209.

Names stand in the path; a name in the body has to be the same. `_links`, which a client gets and may send back, is
ours and dropped. Limits that were never public are those of docs/contract/open-questions.md 46.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from voxport.core.codes import Code
from voxport.core.definitions import SpottingGroup, Vocabulary
from voxport.core.errors import Problem, RequestRefused
from voxport.core.metric_names import METRICS
from voxport.core.plan import VocabularyTerm
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.faults import Faults
from voxport.wire.reading.json_reader import JsonLimits, NameTwice, NotJson, PartTooLarge, read_json
from voxport.wire.reading.shape import Many, Plain, Record, conform
from voxport.wire.reading.vocabulary_rules import (
    MAX_SCRIPT_WORDS,
    MAX_SCRIPTS,
    MAX_TERMS,
    MAX_WORD_CHARS,
    has_endless_word,
    read_term,
    sound_reasons,
    term_reasons,
    text_of,
    twice,
    weight_fits,
    words_in,
)
from voxport.wire.writing.links import self_link

GROUPS_PATH = "/v3/definition/spotting/groups"
VOCABULARIES_PATH = "/v3/definition/vocabularies"
METRICS_PATH = "/v3/definition/metrics"
BODY_LIMITS = JsonLimits(size_bytes=4 << 20, depth=16)
GROUP_REFUSED, VOCABULARY_REFUSED = Code.SPOTTING_GROUP_MISSING, Code.VOCABULARY_MISSING
"""Also the codes of what has none of its own: a body that is no JSON, a wrong type, a name that cannot be kept."""

_MAX_NAME_CHARS = 256
_MAX_KEYWORD_CHARS, _MAX_KEYWORD_WORDS = 100, 10
_MOST_NAMED = 10
_TERMS, _SCRIPTS = "terms", "scripts"
_T = Plain.TEXT
_GROUP = Record({"groupName": _T, "keywords": Many(_T), "_links": Plain.ANY})
_VOCABULARY = Record(
    {
        "vocabularyName": _T,
        "vocabularyType": _T,
        _TERMS: Many(Record({"term": _T, "soundsLike": Many(_T), "weight": Plain.ANY}, kept_empty=True)),
        _SCRIPTS: Many(Record({"script": _T}, kept_empty=True)),
        "_links": Plain.ANY,
    }
)


class BodyFaults(Faults):
    """What is wrong with a definition; a wrong type has the code of the whole body."""

    def __init__(self, code: Code, what: str) -> None:
        super().__init__()
        self._code, self._what = code, what

    def unreadable(self, path: str, wanted: str) -> None:
        self.refuse(self._code, f"The {self._what} could not be understood: {path} must be {wanted}.")


def parse_group(body: bytes, name: str) -> SpottingGroup:
    """The group that is put under `name`; raises RequestRefused 80100-80103, 10008, 10010, 10800."""
    faults = BodyFaults(GROUP_REFUSED, "keyword group")
    document = _document(body, _GROUP, "keyword group", faults)
    _check_name(name, GROUP_REFUSED, faults)
    if document.get("groupName", name) != name:
        faults.add(Code.SPOTTING_GROUP_NAME_DIFFERS, expected=clip(name))
    keywords = tuple(" ".join(keyword.split()) for keyword in document.get("keywords", []))
    if not keywords:
        faults.add(Code.SPOTTING_GROUP_WITHOUT_KEYWORDS)
    for keyword in keywords:
        if reason := _keyword_reason(keyword):
            faults.add(Code.SPOTTING_KEYWORD_INVALID, keyword=clip(keyword), reason=reason)
    faults.refuse_if_any()
    return SpottingGroup(keywords)


def parse_vocabulary(body: bytes, name: str) -> Vocabulary:
    """The vocabulary that is put under `name`; raises RequestRefused 80200-80209, 10008, 10010, 10800."""
    faults = BodyFaults(VOCABULARY_REFUSED, "vocabulary")
    document = _document(body, _VOCABULARY, "vocabulary", faults)
    _check_name(name, VOCABULARY_REFUSED, faults)
    if document.get("vocabularyName", name) != name:
        faults.add(Code.VOCABULARY_NAME_DIFFERS, path_name=clip(name), body_name=clip(document["vocabularyName"]))
    terms, scripts = document.get(_TERMS, []), document.get(_SCRIPTS, [])
    _check_type(document, faults)
    _check_terms(terms, faults)
    texts = tuple(script.get("script", "").strip() for script in scripts)
    _check_scripts(texts, faults)
    faults.refuse_if_any()
    return Vocabulary(tuple(map(read_term, terms)), texts)


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
    return {**head, _TERMS: [_term(term) for term in vocabulary.terms]}


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


def _document(body: bytes, shape: Record, what: str, faults: BodyFaults) -> dict[str, Any]:
    """The body without absent values; raises at once where there is none or it is no JSON object."""
    code = GROUP_REFUSED if shape is _GROUP else VOCABULARY_REFUSED
    if not body.strip():
        raise RequestRefused(Problem.of(code))
    try:
        value = read_json(body, BODY_LIMITS)
    except NotJson as error:
        raise RequestRefused(Problem(code, f"The {what} could not be understood: {error}.")) from error
    except NameTwice as error:
        reason = f"The property {error.name} stands more than once in the {what}."
        raise RequestRefused(Problem(Code.PROPERTY_REPEATED, reason)) from error
    except PartTooLarge as error:
        raise RequestRefused(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=error.limit_bytes)) from error
    document: dict[str, Any] | None = conform(value, shape, what, faults)
    faults.refuse_if_any()
    if not value:
        raise RequestRefused(Problem.of(code))
    # What names its parts and leaves all of them empty lacks those parts, not the body.
    return document or {}


def _check_name(name: str, code: Code, faults: Faults) -> None:
    if not name.strip() or len(name) > _MAX_NAME_CHARS or not name.isprintable():
        faults.refuse(code, f"A name has 1 to {_MAX_NAME_CHARS} printable characters; {clip(name)} has not.")


def _keyword_reason(keyword: str) -> str | None:
    if not any(map(str.isalnum, keyword)):
        return "it has no letter and no digit"
    if len(keyword) > _MAX_KEYWORD_CHARS:
        return f"it is longer than {_MAX_KEYWORD_CHARS} characters"
    if len(keyword.split()) > _MAX_KEYWORD_WORDS:
        return f"it has more than {_MAX_KEYWORD_WORDS} words"
    return None


def _check_type(document: dict[str, Any], faults: Faults) -> None:
    """The type may be left out: what there is tells it; one that says otherwise is refused.

    Source: docs/contract/open-questions.md 45.
    """
    has_terms, has_scripts = _TERMS in document, _SCRIPTS in document
    kind = document.get("vocabularyType", "").lower()
    if has_terms and has_scripts:
        faults.add(Code.VOCABULARY_WITH_TERMS_AND_SCRIPTS)
    elif not has_terms and not has_scripts:
        faults.add(Code.VOCABULARY_WITHOUT_CONTENT)
    elif kind not in ("", _TERMS, _SCRIPTS):
        faults.refuse(
            Code.VOCABULARY_TYPE_MISSING,
            f"The vocabularyType is {_TERMS} or {_SCRIPTS}, not {clip(document['vocabularyType'])}.",
        )
    elif kind and kind != (_SCRIPTS if has_scripts else _TERMS):
        faults.refuse(Code.VOCABULARY_TYPE_MISSING, f"The vocabularyType is {kind}, and the vocabulary has none.")


def _check_terms(terms: Sequence[dict[str, Any]], faults: Faults) -> None:
    if len(terms) > MAX_TERMS:
        faults.add(Code.VOCABULARY_TOO_LARGE, count=len(terms), maximum=MAX_TERMS)
        return
    for term in terms:
        text = text_of(term)
        reasons = term_reasons(term) if text else ["it is empty"]
        reasons += sound_reasons(term)
        if not weight_fits(term):
            reasons.append("its weight is not a whole number from 0 to 5")
        if reasons:
            faults.add(Code.VOCABULARY_TERM_INVALID, term=clip(text), reasons=", ".join(reasons))
    if same := twice(text_of(term) for term in terms):
        faults.add(Code.VOCABULARY_TERMS_REPEATED, terms=", ".join(clip(text) for text in same[:_MOST_NAMED]))


def _check_scripts(scripts: Sequence[str], faults: Faults) -> None:
    for number, script in enumerate(scripts, 1):
        if not any(map(str.isalnum, script)):
            faults.add(Code.VOCABULARY_SCRIPT_INVALID, script=number, reasons="it has no letter and no digit")
        elif has_endless_word([script]):
            faults.add(
                Code.VOCABULARY_SCRIPT_INVALID,
                script=number,
                reasons=f"it has a word of more than {MAX_WORD_CHARS} characters",
            )
    if len(scripts) > MAX_SCRIPTS:
        faults.refuse(
            Code.VOCABULARY_SCRIPT_INVALID, f"The vocabulary has {len(scripts)} scripts; the limit is {MAX_SCRIPTS}."
        )
    if words_in(scripts) > MAX_SCRIPT_WORDS:
        faults.refuse(
            Code.VOCABULARY_SCRIPT_INVALID,
            f"The vocabulary scripts have too many words; the limit is {MAX_SCRIPT_WORDS}.",
        )
