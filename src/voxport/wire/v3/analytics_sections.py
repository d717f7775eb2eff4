"""What becomes of the text and of the findings.

Saying no to a default that costs nothing (`false`) is fine and asks for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from voxport.core.analytics_plan import AnalyticsPlan
from voxport.core.codes import Code
from voxport.core.metric_names import METRICS, STYLE
from voxport.core.plan import VOICE_FEATURES, SpeechPlan, TextPlan
from voxport.wire.reading.categories import AskedCategories
from voxport.wire.reading.configuration import text_plan
from voxport.wire.reading.languages import Language
from voxport.wire.reading.limits import MAX_ASKED_CATEGORIES, few_enough
from voxport.wire.reading.names import Path
from voxport.wire.reading.refusals import Refusals
from voxport.wire.v3.shapes.configuration import Category, Configuration, Knowledge, MetricGroup, TranscriptSection

_SENTIMENTS: Path = ("speakerSentiments",)
_PAIRS: Path = ("conversation", "verbNounPairsEnabled")
_ENTITIES: Path = ("entity", "enableEntityExtraction")


def analytics_plan(
    sections: Configuration, speech: SpeechPlan, language: Language, refusals: Refusals
) -> AnalyticsPlan:
    """What analysis is asked for; notes every section that is wrong."""
    pairs = (sections.conversation is not None and sections.conversation.verb_noun_pairs_enabled) or False
    sentiments = sections.speaker_sentiments or False
    entities = (sections.entity is not None and sections.entity.enable_entity_extraction) or False
    for path, asked in ((_SENTIMENTS, sentiments), (_PAIRS, pairs), (_ENTITIES, entities)):
        # English and Spanish (docs/contract/v3-configuration.md section 2).
        if asked and not language.text_functions:
            refusals.add(Code.SPEECH_FEATURE_UNSUPPORTED, feature=path, language=language.code)
    discovery = _discovery(sections.knowledge, language, refusals)
    metrics = _metrics(sections.metrics, language, refusals)
    if STYLE in metrics and VOICE_FEATURES not in speech.features:
        refusals.warn(
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


def transcript_plan(
    section: TranscriptSection | None, speech: SpeechPlan, language: Language, refusals: Refusals
) -> TextPlan:
    """The `transcript` section: numbers are written as numbers unless it says otherwise."""
    formatting = section.formatting if section is not None else None
    filtering = section.content_filtering if section is not None else None
    return text_plan(
        speech,
        language,
        refusals,
        formats_numbers=formatting is None or formatting.enable_number_formatting is not False,
        filters_profanity=(filtering is not None and filtering.enable_profanity_filtering) or False,
    )


def asked_categories(entries: Sequence[Category], refusals: Refusals) -> AskedCategories:
    """Those that are asked for; which there are says `saved_definitions`. Notes 10007 for an entry that says both."""
    if not few_enough(entries, MAX_ASKED_CATEGORIES, ("categories",), "entries", refusals):
        return AskedCategories()
    named: list[tuple[Path, str]] = []
    for index, one in enumerate(entries):
        path: Path = ("categories", index)
        if one.category_name is not None and one.all_categories:
            refusals.unreadable(path, "either allCategories or categoryName")
        elif one.category_name is not None:
            named.append((path, one.category_name))
    return AskedCategories(any(one.all_categories for one in entries), tuple(named))


def _metrics(groups: Sequence[MetricGroup], language: Language, refusals: Refusals) -> tuple[str, ...]:
    asked: list[str] = []
    for index, group in enumerate(groups):
        name = (group.metric_group_name or "").lower()
        if name not in METRICS:
            refusals.unreadable(("metrics", index, "metricGroupName"), f"one of {', '.join(METRICS)}")
        elif not language.english:
            refusals.add(Code.SPEECH_FEATURE_UNSUPPORTED, feature=f"metrics {name}", language=language.code)
        elif name not in asked:
            asked.append(name)
    return tuple(asked)


def _discovery(section: Knowledge | None, language: Language, refusals: Refusals) -> bool:
    """enableExternalDataSources needs nothing: nothing external is ever asked, true or false."""
    asked = (section is not None and section.enable_discovery) or False
    if asked and not language.knowledge:
        refusals.add(Code.KNOWLEDGE_UNSUPPORTED, language=language.code)
    return asked
