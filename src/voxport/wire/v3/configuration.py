"""The `configuration` part of a request becomes one frozen Plan, or is refused with the documented codes.

Everything of docs/contract/v3-configuration.md is known here. What this server cannot do yet is refused, so that
nothing is accepted and then ignored; docs/api-configuration.md lists every property with what becomes of it.
"""

from __future__ import annotations

from dataclasses import replace

from voxport.core.codes import Code
from voxport.core.plan import Plan
from voxport.core.retention import MAX_TIME_TO_LIVE_S
from voxport.wire.reading.channels import with_unnamed_channels
from voxport.wire.reading.configuration import (
    ConfigurationOptions,
    NamedDefinitions,
    ParsedConfiguration,
    Said,
    spotting_names,
)
from voxport.wire.reading.diarization import asked_diarization, keeps_together, with_diarization
from voxport.wire.reading.documents import CONFIGURATION, read_document
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.shape_reader import read_shape
from voxport.wire.reading.speech import priority_of
from voxport.wire.reading.vocabularies import read_vocabularies
from voxport.wire.v3.analytics_sections import analytics_plan, asked_categories, transcript_plan
from voxport.wire.v3.callbacks_section import callback_plans
from voxport.wire.v3.encryption_section import public_key_named
from voxport.wire.v3.ingest_section import ingest_plan
from voxport.wire.v3.prediction_section import asked_classifiers, prediction_plans
from voxport.wire.v3.publish_section import check_streams, transcode_plan
from voxport.wire.v3.shapes.configuration import Configuration
from voxport.wire.v3.shapes.publish import Publish
from voxport.wire.v3.speech_section import asked_vocabularies, speech_section_plan
from voxport.wire.v3.wording import WORDING, configuration_refusals

_NOTHING = Configuration.nothing()
_NOT_PUBLISHED = Publish.nothing()


def parse_configuration(text: str | bytes | None, options: ConfigurationOptions | None = None) -> ParsedConfiguration:
    """The plan of a `configuration` part; None means there was none. Raises RequestRefused with all that is wrong."""
    options = options or ConfigurationOptions()
    refusals = configuration_refusals()
    sections = read_shape(read_document(text, CONFIGURATION, options.limits), Configuration, (), refusals) or _NOTHING
    refusals.refuse_if_any()
    plan = _plan(sections, options, refusals)
    vocabularies = read_vocabularies(asked_vocabularies(sections.vocabularies, refusals), refusals)
    groups = sections.spotting.groups if sections.spotting is not None else ()
    named = NamedDefinitions(
        vocabularies.names,
        spotting_names([group.group_name or "" for group in groups], refusals),
        public_key_named(sections.encryption, refusals),
        asked_classifiers(sections.prediction, refusals),
        asked_categories(sections.categories, refusals),
    )
    refusals.refuse_if_any()
    return ParsedConfiguration(
        replace(plan, vocabulary=vocabularies.written.terms, scripts=vocabularies.written.scripts),
        WORDING,
        refusals.rendered_warnings(),
        named,
        _said(sections),
    )


def _plan(sections: Configuration, options: ConfigurationOptions, refusals: Refusals) -> Plan:
    if sections.testability is not None:
        refusals.add(Code.TESTABILITY_NOT_ALLOWED)
    speech, language = speech_section_plan(sections, options.language, refusals)
    priority = priority_of(sections.priority, refusals)
    unnamed = with_unnamed_channels(ingest_plan(sections.ingest, refusals), separate=options.separate_channels)
    diarization = asked_diarization(sections.ingest.diarization) if sections.ingest is not None else None
    ingest = with_diarization(unnamed, diarization, language, refusals, default=options.diarization)
    detectors = prediction_plans(sections.prediction, language, refusals)
    analytics = analytics_plan(sections, speech, language, refusals)
    text = transcript_plan(sections.transcript, speech, language, refusals)
    publish = sections.publish or _NOT_PUBLISHED
    encrypted = sections.encryption is not None
    callbacks = callback_plans(publish.callbacks, options.callback_urls, refusals, encrypted=encrypted)
    plan = Plan(
        speech=speech,
        ingest=ingest,
        priority=priority,
        callbacks=callbacks,
        searchable=_is_searchable(sections),
        indexed=publish.enable_analytic_indexing or False,
        detectors=detectors,
        text=text,
        transcode=transcode_plan(publish.audio_transcode, refusals),
        analytics=analytics,
        time_to_live_s=_time_to_live_s(sections, refusals),
        erase_original=publish.erase_original or False,
    )
    if not (plan.redacts_audio or options.audio_is_redacted):
        check_streams(plan, refusals)
    return plan


def _is_searchable(sections: Configuration) -> bool:
    asked = sections.searchability.searchable if sections.searchability is not None else None
    return asked is None or asked


def _time_to_live_s(sections: Configuration, refusals: Refusals) -> int | None:
    seconds = sections.time_to_live_in_seconds
    if seconds is not None and not 1 <= seconds <= MAX_TIME_TO_LIVE_S:
        refusals.unreadable(("timeToLiveInSeconds",), f"a whole number from 1 to {MAX_TIME_TO_LIVE_S}")
    return seconds


def _said(sections: Configuration) -> frozenset[Said]:
    said = set()
    if sections.searchability is not None:
        said.add(Said.SEARCHABILITY)
    if sections.publish is not None and sections.publish.enable_analytic_indexing is not None:
        said.add(Said.INDEXING)
    if sections.time_to_live_in_seconds is not None:
        said.add(Said.TIME_TO_LIVE)
    formatting = sections.transcript.formatting if sections.transcript is not None else None
    if formatting is not None:
        said.add(Said.NUMBER_FORMATTING)
    if sections.ingest is not None and keeps_together(sections.ingest.diarization):
        said.add(Said.ONE_SPEAKER)
    return frozenset(said)
