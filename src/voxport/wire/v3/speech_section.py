"""`speechModel` and `additionalSpeechModels`: language, engine, features (10401, 10402, 10601-10604, 20001, 20003)."""

from __future__ import annotations

from typing import Any

from voxport.core.codes import Code
from voxport.core.plan import SpeechPlan
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.faults import Faults
from voxport.wire.reading.languages import ENGINES, EUROPA, PROTEUS, Language, find_language, locales_of

_PUNCTUATION = "advancedPunctuation"
_VOICE = "voiceFeatures"
_FEATURES = {name.lower(): name for name in (_PUNCTUATION, _VOICE)}
_DEFAULT_LANGUAGE = "en-US"


def speech_plan(
    document: dict[str, Any], faults: Faults, default_language: str = _DEFAULT_LANGUAGE
) -> tuple[SpeechPlan, Language]:
    """The plan, and the language that the rules of other sections go by (en-US where the one given is refused)."""
    section: dict[str, Any] = document.get("speechModel", {})
    code: str = section.get("language", default_language)
    language = _language(code, faults)
    engine = _engine(section.get("model"), language, faults)
    known = language or Language(_DEFAULT_LANGUAGE)
    features = _features(section.get("features", []), engine, language, faults)
    _extensions(section.get("extensions", []), engine, known, faults)
    if "additionalSpeechModels" in document:
        faults.add(Code.ADDITIONAL_SPEECH_MODELS_UNSUPPORTED)
    return SpeechPlan(code, engine, features), known


def _language(code: str, faults: Faults) -> Language | None:
    language = find_language(code)
    if language is None:
        if locales := locales_of(code):
            faults.add(Code.LOCALE_NEEDED, language=clip(code), locales=", ".join(locales))
        else:
            faults.add(Code.LANGUAGE_UNSUPPORTED, language=clip(code))
    return language


def _engine(name: str | None, language: Language | None, faults: Faults) -> str | None:
    if name is None:
        return None
    engine = ENGINES.get(name.lower())
    if engine is None:
        faults.add(Code.SPEECH_MODEL_UNKNOWN)
    elif language is not None and not language.served_by(engine):
        faults.add(Code.LANGUAGE_UNSUPPORTED_BY_ENGINE, language=language.code)
    return engine


def _features(names: list[str], engine: str | None, language: Language | None, faults: Faults) -> tuple[str, ...]:
    asked: list[str] = []
    for name in names:
        feature = _FEATURES.get(name.lower())
        if feature is None or (language is not None and not language.text_functions):
            spoken = language.code if language else "any language"
            faults.add(Code.SPEECH_FEATURE_UNSUPPORTED, feature=clip(name), language=spoken)
        elif feature == _VOICE and engine == EUROPA:
            faults.add(Code.ENGINE_CANNOT_DO_THIS, reason=f"{EUROPA} has no {_VOICE}")
        elif feature not in asked:
            asked.append(feature)
    return tuple(asked)


def _extensions(names: list[str], engine: str | None, language: Language, faults: Faults) -> None:
    for name in names:
        if name.lower() != "voicemail":
            faults.add(Code.SPEECH_EXTENSION_UNSUPPORTED, extension=clip(name), language=language.code)
        elif engine not in (None, PROTEUS):
            faults.add(Code.ENGINE_CANNOT_DO_THIS, reason=f"{engine} has no extension voicemail")
        else:
            faults.not_built("The speech extension voicemail")
