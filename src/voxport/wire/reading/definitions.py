"""What may be saved under a name: groups of phrases and vocabularies (80100-80209).

Names stand in the path; a name in the body has to be the same. Limits that were never public are those of
docs/contract/open-questions.md 46.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from voxport.core.codes import Code
from voxport.core.definitions import SpottingGroup, Vocabulary
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.documents import DocumentKind, body_kind, read_document
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.json_reader import JsonLimits
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.vocabularies import MOST_NAMED
from voxport.wire.reading.vocabulary_rules import (
    MAX_SCRIPT_WORDS,
    MAX_SCRIPTS,
    MAX_TERMS,
    MAX_WORD_CHARS,
    AskedTerm,
    has_endless_word,
    sound_reasons,
    term_reasons,
    twice,
    vocabulary_term,
    words_in,
)

BODY_LIMITS = JsonLimits(size_bytes=4 << 20, depth=16)
GROUP = body_kind("keyword group", Code.SPOTTING_GROUP_MISSING)
VOCABULARY = body_kind("vocabulary", Code.VOCABULARY_MISSING)

MAX_PHRASES = 50_000
"""Of one group, as of all groups of a configuration: a larger one could never be used."""
_MAX_NAME_CHARS = 256
_MAX_KEYWORD_CHARS, _MAX_KEYWORD_WORDS = 100, 10
TERMS, SCRIPTS = "terms", "scripts"
"""The types of a vocabulary."""


@dataclass(frozen=True, slots=True)
class AskedDefinition:
    """What a body says of a group or of a vocabulary."""

    name: str | None = None
    """None: as in the path."""
    keywords: Sequence[str] = ()
    """The phrases of a group."""
    kind: str | None = None
    """`terms` or `scripts`, for a vocabulary; None: what there is tells it."""
    terms: Sequence[AskedTerm] = ()
    scripts: Sequence[str] = ()


def read_body(body: bytes, kind: DocumentKind, limits: JsonLimits = BODY_LIMITS) -> Any:
    """The JSON value of a body; raises RequestRefused, at once where there is none."""
    if not body.strip():
        raise RequestRefused(Problem.of(kind.unreadable))
    return read_document(body, kind, limits)


def saved_group(asked: AskedDefinition, name: str, refusals: Refusals) -> SpottingGroup:
    """The group that is put under `name`. Raises RequestRefused 80100-80103 with what was noted before."""
    _check_name(name, GROUP, refusals)
    if asked.name not in (None, name):
        refusals.add(Code.SPOTTING_GROUP_NAME_DIFFERS, expected=clip(name))
    keywords = tuple(" ".join(keyword.split()) for keyword in asked.keywords)
    if not keywords:
        refusals.add(Code.SPOTTING_GROUP_WITHOUT_KEYWORDS)
    if len(keywords) > MAX_PHRASES:
        sentence = f"The keyword group has {len(keywords)} keywords; the limit is {MAX_PHRASES}."
        refusals.refuse(Code.SPOTTING_KEYWORD_INVALID, sentence)
        keywords = ()
    for keyword in keywords:
        if reason := _keyword_reason(keyword):
            refusals.add(Code.SPOTTING_KEYWORD_INVALID, keyword=clip(keyword), reason=reason)
    refusals.refuse_if_any()
    return SpottingGroup(keywords)


def saved_vocabulary(asked: AskedDefinition, name: str, refusals: Refusals) -> Vocabulary:
    """The vocabulary that is put under `name`. Raises RequestRefused 80200-80209 with what was noted before."""
    _check_name(name, VOCABULARY, refusals)
    if asked.name is not None and asked.name != name:
        refusals.add(Code.VOCABULARY_NAME_DIFFERS, path_name=clip(name), body_name=clip(asked.name))
    _check_kind(asked, refusals)
    _check_terms(asked.terms, refusals)
    scripts = tuple(script.strip() for script in asked.scripts)
    _check_scripts(scripts, refusals)
    refusals.refuse_if_any()
    return Vocabulary(tuple(map(vocabulary_term, asked.terms)), scripts, names_type=asked.kind is not None)


def _check_name(name: str, kind: DocumentKind, refusals: Refusals) -> None:
    if not name.strip() or len(name) > _MAX_NAME_CHARS or not name.isprintable():
        sentence = f"A name has 1 to {_MAX_NAME_CHARS} printable characters; {{name}} has not."
        refusals.refuse(kind.unreadable, sentence, name=clip(name))


def _keyword_reason(keyword: str) -> str | None:
    if not any(map(str.isalnum, keyword)):
        return "it has no letter and no digit"
    if len(keyword) > _MAX_KEYWORD_CHARS:
        return f"it is longer than {_MAX_KEYWORD_CHARS} characters"
    if len(keyword.split()) > _MAX_KEYWORD_WORDS:
        return f"it has more than {_MAX_KEYWORD_WORDS} words"
    return None


def _check_kind(asked: AskedDefinition, refusals: Refusals) -> None:
    """The type may be left out: what there is tells it; one that says otherwise is refused.

    Source: docs/contract/open-questions.md 45.
    """
    kind = (asked.kind or "").lower()
    if asked.terms and asked.scripts:
        refusals.add(Code.VOCABULARY_WITH_TERMS_AND_SCRIPTS)
    elif not asked.terms and not asked.scripts:
        refusals.add(Code.VOCABULARY_WITHOUT_CONTENT)
    elif kind not in ("", TERMS, SCRIPTS):
        refusals.refuse(
            Code.VOCABULARY_TYPE_MISSING,
            f"The vocabularyType is {TERMS} or {SCRIPTS}, not {{kind}}.",
            kind=clip(asked.kind or ""),
        )
    elif kind and kind != (SCRIPTS if asked.scripts else TERMS):
        refusals.refuse(Code.VOCABULARY_TYPE_MISSING, f"The vocabularyType is {kind}, and the vocabulary has none.")


def _check_terms(terms: Sequence[AskedTerm], refusals: Refusals) -> None:
    if len(terms) > MAX_TERMS:
        refusals.add(Code.VOCABULARY_TOO_LARGE, count=len(terms), maximum=MAX_TERMS)
        return
    for asked in terms:
        term = asked.term
        reasons = term_reasons(term) if term else ["it is empty"]
        reasons += sound_reasons(asked.sounds)
        if not asked.weight_fits:
            reasons.append("its weight is not a whole number from 0 to 5")
        if reasons:
            refusals.add(Code.VOCABULARY_TERM_INVALID, term=clip(term), reasons=", ".join(reasons))
    if same := twice(asked.term for asked in terms):
        refusals.add(Code.VOCABULARY_TERMS_REPEATED, terms=", ".join(clip(text) for text in same[:MOST_NAMED]))


def _check_scripts(scripts: Sequence[str], refusals: Refusals) -> None:
    for number, script in enumerate(scripts, 1):
        if not any(map(str.isalnum, script)):
            refusals.add(Code.VOCABULARY_SCRIPT_INVALID, script=number, reasons="it has no letter and no digit")
        elif has_endless_word([script]):
            refusals.add(
                Code.VOCABULARY_SCRIPT_INVALID,
                script=number,
                reasons=f"it has a word of more than {MAX_WORD_CHARS} characters",
            )
    if len(scripts) > MAX_SCRIPTS:
        refusals.refuse(
            Code.VOCABULARY_SCRIPT_INVALID, f"The vocabulary has {len(scripts)} scripts; the limit is {MAX_SCRIPTS}."
        )
    if words_in(scripts) > MAX_SCRIPT_WORDS:
        refusals.refuse(
            Code.VOCABULARY_SCRIPT_INVALID,
            f"The vocabulary scripts have too many words; the limit is {MAX_SCRIPT_WORDS}.",
        )
