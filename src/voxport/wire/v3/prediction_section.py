"""`prediction`: detectors and their redactors become plans (50001-50010); classifiers are refused as not built."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.detectors import DETECTORS, DetectorDefinition, find_detector
from voxport.core.plan import AudioRedactor, DetectionLevel, DetectorPlan
from voxport.core.transcript import Word
from voxport.language.number_formatting import format_numbers
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.faults import Faults
from voxport.wire.reading.languages import Language

_LEAST_TONE_HZ, _MOST_TONE_HZ = 20, 3400
"""What can be heard, and what a telephone carries."""
_LEVEL = "detectionLevel"


def detector_plans(section: dict[str, Any], language: Language, faults: Faults) -> tuple[DetectorPlan, ...]:
    """A plan for each detector that nothing was noted against, in the order of the document."""
    for classifier in section.get("classifiers", []):
        _check_identity(
            classifier,
            "classifier",
            (Code.CLASSIFIER_UNSUPPORTED, Code.CLASSIFIER_WITHOUT_IDENTITY, Code.CLASSIFIER_ID_INVALID),
            language,
            faults,
        )
    if "classifiers" in section:
        faults.not_built("Classification (prediction.classifiers)")
    plans = []
    for index, detector in enumerate(section.get("detectors", [])):
        noted = len(faults.problems)
        plan = _detector(detector, f"prediction.detectors[{index}]", language, faults)
        if plan is not None and len(faults.problems) == noted:
            plans.append(plan)
    return tuple(plans)


def _detector(element: dict[str, Any], path: str, language: Language, faults: Faults) -> DetectorPlan | None:
    replacement, audio = None, None
    if "redactor" in element:
        replacement, audio = _redactor(element["redactor"], path, language, faults)
    if not _check_identity(
        element,
        "detector",
        (Code.DETECTOR_UNSUPPORTED, Code.DETECTOR_WITHOUT_IDENTITY, Code.DETECTOR_ID_INVALID),
        language,
        faults,
    ):
        return None
    definition = _definition(element, path, faults)
    if definition is None:
        return None
    if language.text_functions and not definition.knows(language.code):
        faults.add(Code.DETECTOR_UNSUPPORTED, model=definition.name, language=language.code)
    _check_version(element.get("version"), definition, path, faults)
    level = _level(element.get("parameters", []), definition, path, faults)
    if level is DetectionLevel.NUMBERS_ONLY and audio is not None:
        faults.warn(
            Code.MEDIA_REDACTION_UNSUPPORTED,
            f"{path}: {level.value} has no margins, so parts of digits may stay audible and the check of the redacted "
            f"audio may fail the media; {DetectionLevel.PROBABLE_NUMBERS.value} has small ones.",
        )
    return DetectorPlan(definition.name, level, replacement, audio)


def _check_identity(
    model: dict[str, Any], kind: str, codes: tuple[Code, Code, Code], language: Language, faults: Faults
) -> bool:
    """Notes a model without a name, with an id that is none, or in a language that has none of its kind."""
    unsupported, unnamed, no_uuid = codes
    noted = len(faults.problems)
    identity: str | None = model.get(f"{kind}Id")
    name: str | None = model.get(f"{kind}Name")
    if not identity and not name:
        faults.add(unnamed)
        return False
    if identity and not _is_uuid(identity):
        faults.add(no_uuid, id=clip(identity))
    if not language.text_functions:
        faults.add(unsupported, model=clip(name or identity or ""), language=language.code)
    return len(faults.problems) == noted


def _definition(element: dict[str, Any], path: str, faults: Faults) -> DetectorDefinition | None:
    """The detector that is meant; the id counts before the name, and both must mean the same."""
    given = [element[key] for key in ("detectorId", "detectorName") if element.get(key)]
    found = [find_detector(name) for name in given]
    if None in found or len({definition.name for definition in found if definition}) > 1:
        names = ", ".join(definition.name for definition in DETECTORS)
        faults.unreadable(f"{path}.detectorName", f"one of {names}, or detectorId the id of one of them")
        return None
    return found[0]


def _check_version(version: str | None, definition: DetectorDefinition, path: str, faults: Faults) -> None:
    """Exact (`1.0.0`), at least (`1.0+`) or `latest`; there is one version of each."""
    if version is None or version.lower() == "latest" or version == definition.version:
        return
    if version.endswith("+") and _numbers(version[:-1]) <= _numbers(definition.version) and _numbers(version[:-1]):
        return
    faults.unreadable(f"{path}.version", f"{definition.version}, a version it fulfils such as 1.0+, or latest")


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() and len(part) < 9 for part in parts) else ()


def _level(
    parameters: list[dict[str, Any]], definition: DetectorDefinition, path: str, faults: Faults
) -> DetectionLevel:
    level = definition.default_level
    for parameter in parameters:
        name, value = parameter.get("parameter", ""), parameter.get("value")
        if name.lower() != _LEVEL.lower():
            faults.unreadable(f"{path}.parameters", f"a list in which each parameter is {_LEVEL}")
            continue
        known = {one.value.lower(): one for one in DetectionLevel}
        if not isinstance(value, str) or value.lower() not in known:
            faults.unreadable(f"{path}.parameters.{_LEVEL}", f"one of {', '.join(DetectionLevel)}")
            continue
        level = known[value.lower()]
    return level


def _redactor(
    redactor: dict[str, Any], path: str, language: Language, faults: Faults
) -> tuple[str | None, AudioRedactor | None]:
    """What stands in the text and what is heard in the audio, None where that is not redacted."""
    if not redactor.keys() & {"audio", "transcript"}:
        faults.add(Code.REDACTOR_EMPTY)
    for section, code, wanted in (
        ("transcript", Code.TRANSCRIPT_REDACTION_UNSUPPORTED, ("replacement",)),
        ("audio", Code.AUDIO_REDACTION_UNSUPPORTED, ("tone", "gain")),
    ):
        if section not in redactor:
            continue
        for missing in (name for name in wanted if name not in redactor[section]):
            faults.add(Code.REDACTOR_INCOMPLETE, missing=missing, section=section)
        if not language.text_functions:
            faults.add(code, language=language.code)
    replacement = _replacement(redactor.get("transcript", {}).get("replacement"), path, language, faults)
    return replacement, _audio(redactor.get("audio", {}), path, faults)


def _replacement(written: str | None, path: str, language: Language, faults: Faults) -> str | None:
    """One token without spaces, since it stands in the place of one word.

    Neither digits nor the word for a number: they would be read as found, and written anew by number formatting.
    """
    if written is None:
        return None
    if not written.strip() or any(sign.isspace() or sign.isdigit() for sign in written.strip()) or len(written) > 64:
        faults.unreadable(
            f"{path}.redactor.transcript.replacement", "a word of at most 64 characters without spaces and digits"
        )
        return None
    word = Word(written.strip(), 0, 1, 1.0)
    if any(one.text != word.text for one in format_numbers((word,) * 4, language.code)):
        faults.unreadable(f"{path}.redactor.transcript.replacement", "a word that does not say a number")
        return None
    return word.text


def _audio(section: dict[str, Any], path: str, faults: Faults) -> AudioRedactor | None:
    if "tone" not in section or "gain" not in section:
        return None
    tone, gain = section["tone"], section["gain"]
    if not _LEAST_TONE_HZ <= tone <= _MOST_TONE_HZ:
        faults.unreadable(
            f"{path}.redactor.audio.tone", f"a whole number of hertz from {_LEAST_TONE_HZ} to {_MOST_TONE_HZ}"
        )
    if not 0 <= gain <= 1:
        faults.unreadable(f"{path}.redactor.audio.gain", "a number from 0 (silence) to 1 (full scale)")
    return AudioRedactor(int(tone), float(gain))


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
