"""Language, engine and features of recognition (10401, 10402, 10601-10603, 20001, 20003)."""

from __future__ import annotations

from collections.abc import Sequence

from voxport.core.codes import Code
from voxport.core.plan import VOICE_FEATURES, Priority, SpeechPlan
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.languages import ENGINES, EUROPA, PROTEUS, Language, find_language, locales_of
from voxport.wire.reading.refusals import Refusals

_FEATURES = {name.lower(): name for name in ("advancedPunctuation", VOICE_FEATURES)}
_VOICEMAIL = "voicemail"
_VOICEMAIL_HEARD_ALIKE = (
    "The speech extension {extension} changes nothing here: messages are recognised by the model that recognises calls."
)
_RULES_GO_BY = Language.of("en-US")


def speech_plan(
    language: str,
    refusals: Refusals,
    *,
    allowed_languages: Sequence[str] = (),
    engine: str | None = None,
    features: Sequence[str] = (),
    extensions: Sequence[str] = (),
) -> tuple[SpeechPlan, Language]:
    """The plan, and the language that the rules of other sections go by (en-US where the one given is refused)."""
    found = _language(language, refusals)
    model = _engine(engine, found, refusals)
    asked = _features(features, model, found, refusals)
    known = found or _RULES_GO_BY
    _check_extensions(extensions, model, known, refusals)
    allowed = _allowed(allowed_languages, known, model, refusals)
    return SpeechPlan(language, model, asked, allowed), known


def priority_of(name: str | None, refusals: Refusals) -> Priority:
    """The priority of that name in any letter case, normal without one; notes 10009."""
    if name is None:
        return Priority.NORMAL
    try:
        return Priority(name.lower())
    except ValueError:
        refusals.add(Code.PRIORITY_UNKNOWN)
        return Priority.NORMAL


def _language(code: str, refusals: Refusals) -> Language | None:
    language = find_language(code)
    if language is None:
        if locales := locales_of(code):
            refusals.add(Code.LOCALE_NEEDED, language=clip(code), locales=", ".join(locales))
        else:
            refusals.add(Code.LANGUAGE_UNSUPPORTED, language=clip(code))
    return language


def _allowed(codes: Sequence[str], asked: Language, engine: str | None, refusals: Refusals) -> tuple[str, ...]:
    """The published codes of further languages, each once; notes what `speechModel.language` would be refused with.

    A code of the asked language itself is passed over: the recogniser hears no regions.
    """
    found = {language.code: language for code in codes if (language := _language(code, refusals)) is not None}
    for language in found.values():
        if engine is not None and not language.served_by(engine):
            refusals.add(Code.LANGUAGE_UNSUPPORTED_BY_ENGINE, language=language.code)
    return tuple(code for code, language in found.items() if language.name != asked.name)


def _engine(name: str | None, language: Language | None, refusals: Refusals) -> str | None:
    if name is None:
        return None
    engine = ENGINES.get(name.lower())
    if engine is None:
        refusals.add(Code.SPEECH_MODEL_UNKNOWN)
    elif language is not None and not language.served_by(engine):
        refusals.add(Code.LANGUAGE_UNSUPPORTED_BY_ENGINE, language=language.code)
    return engine


def _features(
    names: Sequence[str], engine: str | None, language: Language | None, refusals: Refusals
) -> tuple[str, ...]:
    asked: list[str] = []
    for name in names:
        feature = _FEATURES.get(name.lower())
        if feature is None or (language is not None and not language.text_functions):
            spoken = language.code if language else "any language"
            refusals.add(Code.SPEECH_FEATURE_UNSUPPORTED, feature=clip(name), language=spoken)
        elif feature == VOICE_FEATURES and engine == EUROPA:
            refusals.add(Code.ENGINE_CANNOT_DO_THIS, reason=f"{EUROPA} has no {VOICE_FEATURES}")
        elif feature not in asked:
            asked.append(feature)
    return tuple(asked)


def _check_extensions(names: Sequence[str], engine: str | None, language: Language, refusals: Refusals) -> None:
    for name in names:
        if name.lower() != _VOICEMAIL:
            refusals.add(Code.SPEECH_EXTENSION_UNSUPPORTED, extension=clip(name), language=language.code)
        elif engine not in (None, PROTEUS):
            refusals.add(Code.ENGINE_CANNOT_DO_THIS, reason=f"{engine} has no extension {_VOICEMAIL}")
        else:
            refusals.warn(Code.SPEECH_EXTENSION_UNSUPPORTED, _VOICEMAIL_HEARD_ALIKE, extension=_VOICEMAIL)
