"""`speechModel`, `additionalSpeechModels` and `vocabularies` (10604 here; the rest is shared)."""

from __future__ import annotations

from collections.abc import Sequence

from voxport.core.codes import Code
from voxport.core.plan import SpeechPlan
from voxport.wire.reading.definitions import SCRIPTS, TERMS
from voxport.wire.reading.languages import Language
from voxport.wire.reading.names import Path
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.speech import speech_plan
from voxport.wire.reading.vocabularies import AskedVocabulary
from voxport.wire.reading.vocabulary_rules import AskedTerm
from voxport.wire.v3.shapes.configuration import Configuration
from voxport.wire.v3.shapes.speech import SpeechModel, Term, Vocabulary

_NOTHING = SpeechModel.nothing()


def speech_section_plan(
    sections: Configuration, default_language: str, refusals: Refusals
) -> tuple[SpeechPlan, Language]:
    """The plan, and the language that the rules of other sections go by."""
    section = sections.speech_model or _NOTHING
    plan, language = speech_plan(
        default_language if section.language is None else section.language,
        refusals,
        allowed_languages=section.allowed_languages,
        engine=section.model,
        features=section.features,
        extensions=section.extensions,
    )
    if sections.additional_speech_models:
        refusals.add(Code.ADDITIONAL_SPEECH_MODELS_UNSUPPORTED)
    return plan, language


def asked_vocabularies(entries: Sequence[Vocabulary], refusals: Refusals) -> list[AskedVocabulary]:
    """What each entry says; its type says nothing more, and one that says otherwise is refused."""
    for index, entry in enumerate(entries):
        _check_type(entry, ("vocabularies", index, "vocabularyType"), refusals)
    return [
        AskedVocabulary(
            entry.vocabulary_name,
            [asked_term(term) for term in entry.terms],
            [script.script or "" for script in entry.scripts],
            lists_nothing=entry.lists_nothing or entry.vocabulary_type is not None,
        )
        for entry in entries
    ]


def _check_type(entry: Vocabulary, path: Path, refusals: Refusals) -> None:
    kind = (entry.vocabulary_type or "").lower()
    if entry.vocabulary_type is not None and kind not in (TERMS, SCRIPTS):
        refusals.unreadable(path, f"{TERMS} or {SCRIPTS}")
    elif (kind == TERMS and entry.scripts) or (kind == SCRIPTS and entry.terms):
        refusals.unreadable(path, "the type of what the vocabulary has, or left out")


def asked_term(term: Term) -> AskedTerm:
    """What a term of this dialect says."""
    return AskedTerm(term.term or "", term.sounds_like, term.weight)
