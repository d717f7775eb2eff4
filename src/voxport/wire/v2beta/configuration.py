"""The `configuration` part of v2-beta becomes the document that v3 would have been sent, and then the same plan.

So both dialects have one set of rules, limits and codes; what differs is said here: names, defaults (numbers stay as
words, knowledge is on), rules that v3 has not (40001-40003), and callbacks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.language_code import LanguageCode
from voxport.wire.reading.configuration import ConfigurationOptions, ParsedConfiguration, read_document
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.faults import Faults
from voxport.wire.reading.languages import find_language
from voxport.wire.reading.shape import ROOT, conform
from voxport.wire.v2beta.callbacks_section import callback_plans
from voxport.wire.v2beta.document import CONFIGURATION, NAMED_VOCABULARY
from voxport.wire.v2beta.terms import read_term
from voxport.wire.v3.configuration import parse_sections

_ENGINES = ("standard", "premium")
_SPANISH = ("PCI", "SSN")
"""Models that are detectors of their own in Spanish."""
_NAMES = (
    ("prediction.detectors", "detections"),
    (", or detectorId the id of one of them", ", or the id of one of them"),
    ("detectorName", "model"),
    ("detectorId", "model"),
    (".redactor.transcript.replacement", ".redact.transcripts"),
    (".redactor", ".redact"),
    ("speechModel.language", "language"),
    ("ingest.stereo", "ingest.channels"),
    ("A stereo section", "The section ingest.channels"),
    ("spotting.groups", "keywords.groups"),
)
"""How v3 calls what this dialect calls otherwise; sentences about it use the latter."""


def parse_configuration(text: str | bytes | None, options: ConfigurationOptions | None = None) -> ParsedConfiguration:
    """As that of v3: the plan of a part, the defaults of this dialect where there was none. Raises RequestRefused."""
    options = options or ConfigurationOptions()
    written = read_document(text, options.limits)
    faults = Faults()
    if isinstance(written, dict) and written and ROOT not in written:
        # So it is written for v3, and there alone.
        faults.refuse(
            Code.PROPERTY_UNKNOWN, f'The configuration of this dialect stands in a wrapper: {{"{ROOT}": {{...}}}}.'
        )
        faults.refuse_if_any()
    document = conform(written, CONFIGURATION, ROOT, faults) or {}
    faults.refuse_if_any()
    section: dict[str, Any] = document.get("configuration", {})
    sections = _sections(section, options, faults)
    try:
        parsed = parse_sections(sections, options, faults)
    except RequestRefused as refused:
        raise RequestRefused([_renamed(problem) for problem in refused.problems]) from None
    callbacks = section.get("publish", {}).get("callbacks")
    redacts_audio = parsed.plan.redacts_audio or options.audio_is_redacted
    plans = callback_plans(callbacks, redacts_audio, options.callback_urls, faults)
    faults.refuse_if_any()
    warnings = tuple(_renamed(problem) for problem in faults.warnings)
    # All sections of v3 were filled in, whatever was written; a further run asks only for this one.
    written_numbers = "formatNumbers" in section.get("transcripts", {})
    given = frozenset({"enableNumberFormatting"} if written_numbers else ())
    return replace(parsed, plan=replace(parsed.plan, callbacks=plans), warnings=warnings, given=given)


def _sections(section: dict[str, Any], options: ConfigurationOptions, faults: Faults) -> dict[str, Any]:
    """The document of v3; notes what only this dialect refuses."""
    _check_settled(section, faults)
    language: str = section.get("language", options.language)
    transcripts: dict[str, Any] = section.get("transcripts", {})
    sections: dict[str, Any] = {
        "speechModel": {"language": language, "features": _features(transcripts, faults)},
        "transcript": {
            "formatting": {"enableNumberFormatting": _formats_numbers(transcripts, faults)},
            "contentFiltering": {"enableProfanityFiltering": transcripts.get("swearFilter", False)},
        },
        "knowledge": {"enableDiscovery": _discovers(section, language, faults)},
        "spotting": {"groups": [{"groupName": name} for name in section.get("keywords", {}).get("groups", [])]},
        "vocabularies": _vocabularies(transcripts.get("vocabularies", []), faults),
        "prediction": {"detectors": [_detector(one, language) for one in section.get("detections", [])]},
    }
    if "priority" in section:
        sections["priority"] = section["priority"]
    if "ingest" in section:
        channels = section["ingest"]["channels"]
        sides = {side: {"speakerName": channels[side]["speaker"]} for side in channels}
        sections["ingest"] = {"stereo": sides}
    return sections


def _check_settled(section: dict[str, Any], faults: Faults) -> None:
    """Properties of which there is one value here, whatever the client says."""
    if section.get("executor", "v2").lower() != "v2":
        faults.unreadable("executor", "v2")
    if section.get("template", {}).get("name", "default").lower() != "default":
        faults.unreadable("template.name", "default")
    engine: str = section.get("transcripts", {}).get("engine", _ENGINES[0])
    if engine.lower() not in _ENGINES:
        faults.add(Code.ENGINE_CANNOT_DO_THIS, reason=f"{clip(engine)} is none of {', '.join(_ENGINES)}")
    if section.get("predictions"):
        faults.not_built("Classification (predictions)")


def _features(transcripts: dict[str, Any], faults: Faults) -> list[str]:
    asked = transcripts.get("voiceFeatures", False)
    if isinstance(asked, str) and asked.lower() in ("true", "false"):
        asked = asked.lower() == "true"
    if not isinstance(asked, bool):
        faults.unreadable("transcripts.voiceFeatures", "true or false")
    return ["voiceFeatures"] if asked is True else []


def _formats_numbers(transcripts: dict[str, Any], faults: Faults) -> bool:
    """A list names ways of writing (`digits`, `dashed`); there is one way here, which has both."""
    asked = transcripts.get("formatNumbers", False)
    if isinstance(asked, list) and all(isinstance(way, str) for way in asked):
        unknown = [way for way in asked if way.lower() not in ("digits", "dashed")]
        if unknown:
            faults.unreadable("transcripts.formatNumbers", "true, false or a list of digits and dashed")
        return True
    if not isinstance(asked, bool):
        faults.unreadable("transcripts.formatNumbers", "true, false or a list of digits and dashed")
    return asked is True


def _discovers(section: dict[str, Any], language: str, faults: Faults) -> bool:
    """Keywords and topics: on unless both are off, and where nobody asked only in languages that have them."""
    asked = {name: section.get(name, {}).get("semantic") for name in ("keywords", "topics")}
    said = {value for value in asked.values() if value is not None}
    if len(said) > 1:
        faults.add(Code.SEMANTIC_PAIR_DIFFERS)
        return False
    known = find_language(language)
    if known is None or known.knowledge:
        return said != {False}
    for name, code in (("keywords", Code.SEMANTIC_KEYWORDS_UNSUPPORTED), ("topics", Code.SEMANTIC_TOPICS_UNSUPPORTED)):
        if asked[name]:
            faults.add(code, language=language)
    return False


def _vocabularies(entries: Any, faults: Faults) -> list[dict[str, Any]]:
    mapped: list[dict[str, Any]] = []
    if not isinstance(entries, list):
        faults.unreadable("transcripts.vocabularies", "a list")
        return mapped
    for index, entry in enumerate(entries):
        if isinstance(entry, str):
            mapped.append({"vocabularyName": entry})
            continue
        fields = conform(entry, NAMED_VOCABULARY, f"transcripts.vocabularies[{index}]", faults)
        if fields is not None:
            named = {"vocabularyName": fields["name"]} if "name" in fields else {}
            terms = {"terms": [read_term(term) for term in fields["terms"]]} if "terms" in fields else {}
            mapped.append({**named, **terms})
    return mapped


def _detector(detection: dict[str, Any], language: str) -> dict[str, Any]:
    detector: dict[str, Any] = {}
    if "model" in detection:
        model: str = detection["model"]
        spanish = LanguageCode.parse(language).language == "es" and model.upper() in _SPANISH
        key = "detectorId" if "-" in model and not spanish and model.count("-") == 4 else "detectorName"
        detector[key] = f"{model}-Spanish" if spanish else model
    if "redact" in detection:
        redact: dict[str, Any] = detection["redact"]
        text = {"transcript": {"replacement": redact["transcripts"]}} if "transcripts" in redact else {}
        audio = {"audio": redact["audio"]} if "audio" in redact else {}
        detector["redactor"] = {**text, **audio}
    return detector


def _renamed(problem: Problem) -> Problem:
    message = problem.message
    for theirs, ours in _NAMES:
        message = message.replace(theirs, ours)
    return replace(problem, message=message)
