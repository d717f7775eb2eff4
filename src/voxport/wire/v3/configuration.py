"""The `configuration` part of a request becomes one frozen Plan, or is refused with the documented codes.

Everything of docs/contract/v3-configuration.md is known here. What this server cannot do yet is refused, so that
nothing is accepted and then ignored; docs/api-configuration.md lists every property with what becomes of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from voxport.core.codes import Code
from voxport.core.plan import Plan, Priority
from voxport.wire.reading.configuration import ConfigurationOptions, ParsedConfiguration, read_document
from voxport.wire.reading.faults import Faults
from voxport.wire.reading.saved_definitions import NamedDefinitions
from voxport.wire.reading.shape import ROOT, conform
from voxport.wire.reading.vocabularies import asked_vocabulary
from voxport.wire.v3.analytics_sections import analytics_plan, spotting_names, text_plan, transcode_plan
from voxport.wire.v3.callbacks_section import callback_plans
from voxport.wire.v3.document import CONFIGURATION
from voxport.wire.v3.ingest_section import ingest_plan
from voxport.wire.v3.prediction_section import detector_plans
from voxport.wire.v3.speech_section import speech_plan
from voxport.wire.writing.streams import ORIGINAL, REDACTED_AUDIO

_MAX_TIME_TO_LIVE_S = 3_155_760_000


def parse_configuration(text: str | bytes | None, options: ConfigurationOptions | None = None) -> ParsedConfiguration:
    """The plan of a `configuration` part; None means there was none. Raises RequestRefused with all that is wrong."""
    options = options or ConfigurationOptions()
    document = read_document(text, options.limits)
    faults = Faults()
    conformed = conform(document, CONFIGURATION, ROOT, faults)
    faults.refuse_if_any()
    return parse_sections(conformed or {}, options, faults)


def parse_sections(sections: dict[str, Any], options: ConfigurationOptions, faults: Faults) -> ParsedConfiguration:
    """The plan of a document of which names and types are right. Raises RequestRefused with `faults` and all others."""
    plan = _plan(sections, options, faults)
    vocabulary = asked_vocabulary(sections.get("vocabularies", []), faults)
    groups = spotting_names(sections.get("spotting", {}).get("groups", []), faults)
    faults.refuse_if_any()
    plan = replace(plan, vocabulary=vocabulary.written.terms, scripts=vocabulary.written.scripts)
    formatting = sections.get("transcript", {}).get("formatting", {})
    given = frozenset((*sections, *(name for name in formatting if name == "enableNumberFormatting")))
    return ParsedConfiguration(plan, tuple(faults.warnings), NamedDefinitions(vocabulary.names, groups), given)


def _plan(document: dict[str, Any], options: ConfigurationOptions, faults: Faults) -> Plan:
    if "testability" in document:
        faults.add(Code.TESTABILITY_NOT_ALLOWED)
    speech, language = speech_plan(document, faults, options.language)
    priority = _priority(document.get("priority"), faults)
    ingest = ingest_plan(document, faults)
    detectors = detector_plans(document.get("prediction", {}), language, faults)
    analytics = analytics_plan(document, speech, language, faults)
    text = text_plan(document.get("transcript", {}), speech, language, faults)
    publish: dict[str, Any] = document.get("publish", {})
    callbacks = callback_plans(publish.get("callbacks", []), options.callback_urls, faults)
    transcode = transcode_plan(publish, faults)
    time_to_live_s = document.get("timeToLiveInSeconds")
    if time_to_live_s is not None and not 1 <= time_to_live_s <= _MAX_TIME_TO_LIVE_S:
        faults.unreadable("timeToLiveInSeconds", f"a whole number from 1 to {_MAX_TIME_TO_LIVE_S}")
    searchable = document.get("searchability", {}).get("searchable", True)
    plan = Plan(
        speech,
        ingest,
        priority,
        callbacks,
        searchable,
        time_to_live_s,
        detectors,
        text,
        transcode,
        analytics,
        erase_original=publish.get("eraseOriginal", False),
    )
    _check_streams(plan, options, faults)
    return plan


def _check_streams(plan: Plan, options: ConfigurationOptions, faults: Faults) -> None:
    """Who asks for redacted audio and redacts none would be sent the recording as it is: refused, never guessed."""
    if plan.redacts_audio or options.audio_is_redacted:
        return
    for callback in plan.callbacks:
        if callback.stream == REDACTED_AUDIO:
            faults.unreadable("publish.callbacks[].stream", f"{ORIGINAL}, since no detector here redacts audio")
    if plan.erase_original:
        faults.unreadable("publish.eraseOriginal", "false, since no detector here redacts audio")


def _priority(name: str | None, faults: Faults) -> Priority:
    if name is None:
        return Priority.NORMAL
    try:
        return Priority(name.lower())
    except ValueError:
        faults.add(Code.PRIORITY_UNKNOWN)
        return Priority.NORMAL
