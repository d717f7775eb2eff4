"""What becomes of the text and of the findings; sections whose stage is not built are refused with a plain "not built".

Saying no to a default that costs nothing (`false`) is fine and asks for nothing.
"""

from __future__ import annotations

from typing import Any

from voxport.core.audio_formats import FORMATS, fits
from voxport.core.codes import Code
from voxport.core.metric_names import METRICS, STYLE
from voxport.core.plan import VOICE_FEATURES, AnalyticsPlan, SpeechPlan, TextPlan, TranscodePlan
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.faults import Faults
from voxport.wire.reading.languages import EUROPA, Language

_MAX_SPOTTING_GROUPS = 100
_PAIRS, _ENTITIES = "conversation.verbNounPairsEnabled", "entity.enableEntityExtraction"


def analytics_plan(document: dict[str, Any], speech: SpeechPlan, language: Language, faults: Faults) -> AnalyticsPlan:
    """What analysis is asked for; notes every section of `document` that is wrong or asks for what is not built."""
    _check_categories(document.get("categories", []), faults)
    _check_publish(document.get("publish", {}), faults)
    if "encryption" in document:
        faults.not_built("Encryption with a key of yours (encryption)")
    pairs: bool = document.get("conversation", {}).get("verbNounPairsEnabled", False)
    sentiments: bool = document.get("speakerSentiments", False)
    entities: bool = document.get("entity", {}).get("enableEntityExtraction", False)
    asked = {"speakerSentiments": sentiments, _PAIRS: pairs, _ENTITIES: entities}
    _check_languages(asked, language, faults)
    discovery = _discovery(document.get("knowledge", {}), language, faults)
    metrics = _metrics(document.get("metrics", []), language, faults)
    if STYLE in metrics and VOICE_FEATURES not in speech.features:
        faults.warn(
            Code.SPEECH_FEATURE_UNSUPPORTED,
            f"The metrics of {STYLE} are all 0.0 without the speech feature {VOICE_FEATURES}.",
        )
    return AnalyticsPlan(
        discovery=discovery,
        entities=entities,
        sentiments=sentiments,
        verb_noun_pairs=pairs,
        metrics=metrics,
    )


def _metrics(groups: list[dict[str, Any]], language: Language, faults: Faults) -> tuple[str, ...]:
    asked: list[str] = []
    for index, group in enumerate(groups):
        name = group.get("metricGroupName", "").lower()
        if name not in METRICS:
            faults.unreadable(f"metrics[{index}].metricGroupName", f"one of {', '.join(METRICS)}")
        elif not language.english:
            faults.add(Code.SPEECH_FEATURE_UNSUPPORTED, feature=f"metrics {name}", language=language.code)
        elif name not in asked:
            asked.append(name)
    return tuple(asked)


def spotting_names(groups: list[dict[str, Any]], faults: Faults) -> tuple[str, ...]:
    """Names of the groups to listen for; what they hold is added by `saved_definitions` (40005, 40006)."""
    names = tuple(group["groupName"] for group in groups)
    if len(names) > _MAX_SPOTTING_GROUPS:
        faults.unreadable("spotting.groups", f"a list of at most {_MAX_SPOTTING_GROUPS} groups")
    if len(set(names)) < len(names):
        faults.unreadable("spotting.groups", "a list without a group named twice")
    return names


def _discovery(section: dict[str, Any], language: Language, faults: Faults) -> bool:
    """enableExternalDataSources needs nothing: nothing external is ever asked, true or false."""
    asked: bool = section.get("enableDiscovery", False)
    if asked and not language.knowledge:
        faults.add(Code.KNOWLEDGE_UNSUPPORTED, language=language.code)
    return asked


def text_plan(section: dict[str, Any], speech: SpeechPlan, language: Language, faults: Faults) -> TextPlan:
    """The `transcript` section."""
    formatted = section.get("formatting", {}).get("enableNumberFormatting", True)
    if not formatted and speech.model == EUROPA:
        faults.add(Code.ENGINE_CANNOT_DO_THIS, reason=f"number formatting cannot be turned off with {EUROPA}")
    filtered = section.get("contentFiltering", {}).get("enableProfanityFiltering", False)
    if filtered and not language.english:
        faults.add(Code.CONTENT_FILTER_UNSUPPORTED, language=language.name, region=language.region)
    return TextPlan(number_formatting=formatted, profanity_filter=filtered)


def _check_categories(entries: list[dict[str, Any]], faults: Faults) -> None:
    if any(entry.get("allCategories", False) or "categoryName" in entry for entry in entries):
        faults.not_built("Categorisation (categories)")


def _check_languages(asked: dict[str, bool], language: Language, faults: Faults) -> None:
    """English and Spanish (docs/contract/v3-configuration.md section 2)."""
    for name, wanted in asked.items():
        if wanted and not language.text_functions:
            faults.add(Code.SPEECH_FEATURE_UNSUPPORTED, feature=name, language=language.code)


def _check_publish(section: dict[str, Any], faults: Faults) -> None:
    if section.get("enableAnalyticIndexing", False):
        faults.not_built("Indexing for search (publish.enableAnalyticIndexing)")


def transcode_plan(section: dict[str, Any], faults: Faults) -> TranscodePlan | None:
    """`publish.audioTranscode`; None without it."""
    asked: dict[str, Any] | None = section.get("audioTranscode")
    if asked is None:
        return None
    file_format = asked.get("fileFormat", "wav").lower()
    codec = asked.get("codec", "").lower() or None
    if file_format not in FORMATS:
        faults.unreadable("publish.audioTranscode.fileFormat", f"one of {', '.join(FORMATS)}")
        return None
    if not fits(file_format, codec):
        codecs = ", ".join(FORMATS[file_format].codecs)
        faults.unreadable(
            "publish.audioTranscode.codec", f"one of {codecs} in {file_format}; {clip(codec or '')} is not"
        )
    return TranscodePlan(file_format, codec, asked.get("onlyIfRedacted", False))
