"""The `configuration` part of v2-beta becomes a plan by the rules that both dialects share.

What differs is said here: names, defaults (numbers stay as words, knowledge is on), rules that v3 has not
(40001-40003), and callbacks.
"""

from __future__ import annotations

from dataclasses import replace

from voxport.core.analytics_plan import AnalyticsPlan
from voxport.core.codes import Code
from voxport.core.plan import IngestPlan, Plan
from voxport.wire.reading.channels import AskedChannel, stereo_plans, with_unnamed_channels
from voxport.wire.reading.configuration import (
    ConfigurationOptions,
    NamedDefinitions,
    ParsedConfiguration,
    Said,
    spotting_names,
    text_plan,
)
from voxport.wire.reading.detectors import AskedDetector, AskedModel, detector_plans
from voxport.wire.reading.diarization import asked_diarization, keeps_together, with_diarization
from voxport.wire.reading.documents import CONFIGURATION, read_document
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.languages import find_language
from voxport.wire.reading.redactors import AskedAudioRedactor, AskedRedactor, AskedTextRedactor
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.shape_reader import read_shape
from voxport.wire.reading.speech import priority_of, speech_plan
from voxport.wire.reading.vocabularies import read_vocabularies
from voxport.wire.v2beta.callbacks_section import callback_plans
from voxport.wire.v2beta.shapes.configuration import (
    Configuration,
    ConfigurationPart,
    Detection,
    Ingest,
    Redact,
    Speaker,
    Transcripts,
)
from voxport.wire.v2beta.transcripts_section import asked_vocabularies, features, formats_numbers
from voxport.wire.v2beta.wording import WORDING

_PREDICTIONS = (
    "Classifiers (predictions) are asked for over v3 (prediction.classifiers); this dialect does not ask for them."
)
_ENGINES = ("standard", "premium")
_NOTHING = Configuration.nothing()
_NO_TRANSCRIPTS = Transcripts.nothing()


def parse_configuration(text: str | bytes | None, options: ConfigurationOptions | None = None) -> ParsedConfiguration:
    """The plan of a part, the defaults of this dialect where there was none. Raises RequestRefused."""
    options = options or ConfigurationOptions()
    refusals = Refusals(WORDING, CONFIGURATION)
    section = _section(text, options, refusals)
    parsed = _parsed(section, options, refusals)
    refusals.refuse_if_any()
    callbacks = callback_plans(
        section.publish.callbacks if section.publish is not None else None,
        redacts_audio=parsed.plan.redacts_audio or options.audio_is_redacted,
        rules=options.callback_urls,
        refusals=refusals,
    )
    refusals.refuse_if_any()
    plan = replace(parsed.plan, callbacks=callbacks)
    return replace(parsed, plan=plan, warnings=refusals.rendered_warnings())


def _section(text: str | bytes | None, options: ConfigurationOptions, refusals: Refusals) -> Configuration:
    """What stands in the wrapper; raises RequestRefused for what is not part of it, or of the wrong type."""
    written = read_document(text, CONFIGURATION, options.limits)
    if isinstance(written, dict) and written and WORDING.wrapper not in written:
        # So it is written for v3, and there alone.
        refusals.refuse(
            Code.PROPERTY_UNKNOWN,
            'The configuration of this dialect stands in a wrapper: {{"{wrapper}": {{...}}}}.',
            wrapper=WORDING.wrapper,
        )
        refusals.refuse_if_any()
    document = read_shape(written, ConfigurationPart, (), refusals)
    refusals.refuse_if_any()
    return (document.configuration if document is not None else None) or _NOTHING


def _parsed(section: Configuration, options: ConfigurationOptions, refusals: Refusals) -> ParsedConfiguration:
    """All but the callbacks; `refusals` holds what is wrong."""
    _check_settled(section, refusals)
    transcripts = section.transcripts or _NO_TRANSCRIPTS
    code = options.language if section.language is None else section.language
    asked_features = features(transcripts, refusals)
    in_digits = formats_numbers(transcripts, refusals)
    discovery = _discovers(section, code, refusals)
    asked = asked_vocabularies(transcripts.vocabularies, refusals)
    speech, language = speech_plan(code, refusals, allowed_languages=section.allowed_languages, features=asked_features)
    priority = priority_of(section.priority, refusals)
    unnamed = with_unnamed_channels(_ingest(section.ingest, refusals), separate=options.separate_channels)
    diarization = asked_diarization(section.ingest.diarization) if section.ingest is not None else None
    ingest = with_diarization(unnamed, diarization, language, refusals, default=options.diarization)
    detectors = detector_plans([_detector(one) for one in section.detections], language, refusals)
    profanity = transcripts.swear_filter or False
    text = text_plan(speech, language, refusals, formats_numbers=in_digits, filters_profanity=profanity)
    vocabularies = read_vocabularies(asked, refusals)
    groups = spotting_names(section.keywords.groups if section.keywords is not None else (), refusals)
    return ParsedConfiguration(
        Plan(
            speech=speech,
            ingest=ingest,
            priority=priority,
            detectors=detectors,
            text=text,
            analytics=AnalyticsPlan(discovery=discovery),
            vocabulary=vocabularies.written.terms,
            scripts=vocabularies.written.scripts,
        ),
        WORDING,
        named=NamedDefinitions(vocabularies.names, groups),
        given=_said(section, transcripts),
    )


def _said(section: Configuration, transcripts: Transcripts) -> frozenset[Said]:
    said = set()
    if transcripts.format_numbers is not None:
        said.add(Said.NUMBER_FORMATTING)
    if section.ingest is not None and keeps_together(section.ingest.diarization):
        said.add(Said.ONE_SPEAKER)
    return frozenset(said)


def _check_settled(section: Configuration, refusals: Refusals) -> None:
    """Properties of which there is one value here, whatever the client says."""
    if section.executor is not None and section.executor.lower() != "v2":
        refusals.unreadable(("executor",), "v2")
    template = section.template.name if section.template is not None else None
    if template is not None and template.lower() != "default":
        refusals.unreadable(("template", "name"), "default")
    engine = section.transcripts.engine if section.transcripts is not None else None
    if engine is not None and engine.lower() not in _ENGINES:
        refusals.add(Code.ENGINE_CANNOT_DO_THIS, reason=f"{clip(engine)} is none of {', '.join(_ENGINES)}")
    if _says_something(section.predictions):
        refusals.refuse(Code.PROPERTY_UNKNOWN, _PREDICTIONS)


def _says_something(value: object) -> bool:
    """Whether anything is asked for: lists and objects without content are absent, however deep they lie."""
    if isinstance(value, dict):
        return any(map(_says_something, value.values()))
    return any(map(_says_something, value)) if isinstance(value, list) else value is not None


def _discovers(section: Configuration, language: str, refusals: Refusals) -> bool:
    """Keywords and topics: on unless both are off, and where nobody asked only in languages that have them."""
    keywords = section.keywords.semantic if section.keywords is not None else None
    topics = section.topics.semantic if section.topics is not None else None
    if None not in (keywords, topics) and keywords is not topics:
        refusals.add(Code.SEMANTIC_PAIR_DIFFERS)
        return False
    known = find_language(language)
    if known is None or known.knowledge:
        return keywords is not False and topics is not False
    for asked, code in (
        (keywords, Code.SEMANTIC_KEYWORDS_UNSUPPORTED),
        (topics, Code.SEMANTIC_TOPICS_UNSUPPORTED),
    ):
        if asked:
            refusals.add(code, language=language)
    return False


def _ingest(section: Ingest | None, refusals: Refusals) -> IngestPlan:
    if section is None or section.channels is None:
        return IngestPlan()
    sides = (_channel(section.channels.left), _channel(section.channels.right))
    return IngestPlan(channels=stereo_plans(*sides, refusals))


def _channel(side: Speaker | None) -> AskedChannel | None:
    return None if side is None else AskedChannel(side.speaker)


def _detector(detection: Detection) -> AskedDetector:
    return AskedDetector(_model(detection.model), redactor=_redactor(detection.redact))


def _model(name: str | None) -> AskedModel:
    if name is None:
        return AskedModel()
    return AskedModel(id=name) if name.count("-") == 4 else AskedModel(name=name)


def _redactor(redact: Redact | None) -> AskedRedactor | None:
    if redact is None:
        return None
    return AskedRedactor(
        None if redact.transcripts is None else AskedTextRedactor(redact.transcripts),
        None if redact.audio is None else AskedAudioRedactor(redact.audio.tone, redact.audio.gain),
    )
