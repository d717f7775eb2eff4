"""Detectors and their redactors become plans (50004-50010)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.detectors import DETECTORS, DetectorDefinition, find_detector, in_language
from voxport.core.plan import DetectionLevel, DetectorPlan
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.languages import Language
from voxport.wire.reading.limits import MAX_DETECTORS, MAX_PARAMETERS, few_enough
from voxport.wire.reading.names import Name, Path
from voxport.wire.reading.redactors import AskedRedactor, audio_redactor, check_redactor, text_replacement
from voxport.wire.reading.refusals import MOST_REPORTED, Refusals

_LEVEL, _KINDS = "detectionLevel", "kinds"
_LEVELS = {level.value.lower(): level for level in DetectionLevel}
_BY_ID = "one of {names}, or {by_id} of one of them"


@dataclass(frozen=True, slots=True)
class AskedModel:
    """A detector or classifier as a request names it."""

    id: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class AskedDetector:
    """What a request says of one detector."""

    model: AskedModel
    version: str | None = None
    """Exact (`1.0.0`), at least (`1.0+`) or `latest`; None: whatever there is."""
    parameters: Sequence[tuple[str, object]] = ()
    """Names and values, as they are written."""
    redactor: AskedRedactor | None = None
    """None: what is found is reported and stays as it is."""


@dataclass(frozen=True, slots=True)
class ModelCodes:
    """The codes of one kind of model."""

    unsupported: Code
    """It does not work in the language."""
    unnamed: Code
    """It has neither id nor name."""
    id_invalid: Code
    """Its id is no UUID."""


_CODES = ModelCodes(
    unsupported=Code.DETECTOR_UNSUPPORTED,
    unnamed=Code.DETECTOR_WITHOUT_IDENTITY,
    id_invalid=Code.DETECTOR_ID_INVALID,
)


def detector_plans(
    detectors: Sequence[AskedDetector], language: Language, refusals: Refusals
) -> tuple[DetectorPlan, ...]:
    """A plan for each detector that nothing was noted against, in the order of the document."""
    if not few_enough(detectors, MAX_DETECTORS, (Name.DETECTORS,), "detectors", refusals):
        return ()
    plans = []
    for index, detector in enumerate(detectors):
        noted = refusals.noted
        if noted >= MOST_REPORTED:
            break
        plan = _detector(detector, (Name.DETECTORS, index), language, refusals)
        if plan is not None and refusals.noted == noted:
            plans.append(plan)
    return tuple(plans)


def check_identity(model: AskedModel, codes: ModelCodes, language: Language, refusals: Refusals) -> bool:
    """Notes a model without a name, with an id that is none, or in a language that has none of its kind."""
    noted = refusals.noted
    if not model.id and not model.name:
        refusals.add(codes.unnamed)
        return False
    if model.id and not _is_uuid(model.id):
        refusals.add(codes.id_invalid, id=clip(model.id))
    if not language.text_functions:
        refusals.add(codes.unsupported, model=clip(model.name or model.id or ""), language=language.code)
    return refusals.noted == noted


def _detector(asked: AskedDetector, path: Path, language: Language, refusals: Refusals) -> DetectorPlan | None:
    replacement, audio = None, None
    if asked.redactor is not None:
        within = (*path, Name.REDACTOR)
        check_redactor(asked.redactor, language, refusals)
        replacement = text_replacement(asked.redactor, within, language, refusals)
        audio = audio_redactor(asked.redactor, within, refusals)
    if not check_identity(asked.model, _CODES, language, refusals):
        return None
    definition = _definition(asked.model, path, refusals)
    if definition is None:
        return None
    # PCI of a Spanish call is PCI-Spanish, which clients of both dialects leave to the language.
    definition = in_language(definition, language.code)
    if language.text_functions and not definition.knows(language.code):
        refusals.add(_CODES.unsupported, model=definition.name, language=language.code)
    _check_version(asked.version, definition, path, refusals)
    level, kinds = _parameters(asked.parameters, definition, path, refusals)
    if level is DetectionLevel.NUMBERS_ONLY and audio is not None:
        refusals.warn(
            Code.MEDIA_REDACTION_UNSUPPORTED,
            "{path}: {level} has no margins, so parts of digits may stay audible and the check of the redacted "
            "audio may fail the media; {better} has small ones.",
            path=path,
            level=level.value,
            better=DetectionLevel.PROBABLE_NUMBERS.value,
        )
    return DetectorPlan(definition.name, level, replacement, audio, kinds)


def _definition(model: AskedModel, path: Path, refusals: Refusals) -> DetectorDefinition | None:
    """The detector that is meant; the id counts before the name, and both must mean the same."""
    found = [find_detector(given) for given in (model.id, model.name) if given]
    if None in found or len({definition.name for definition in found if definition}) > 1:
        names = ", ".join(definition.name for definition in DETECTORS)
        refusals.unreadable((*path, Name.DETECTOR_NAME), _BY_ID, names=names, by_id=Name.DETECTOR_BY_ID)
        return None
    return found[0]


def _check_version(version: str | None, definition: DetectorDefinition, path: Path, refusals: Refusals) -> None:
    """There is one version of each."""
    if version is None or version.lower() == "latest" or version == definition.version:
        return
    if version.endswith("+") and _numbers(version[:-1]) <= _numbers(definition.version) and _numbers(version[:-1]):
        return
    refusals.unreadable((*path, "version"), f"{definition.version}, a version it fulfils such as 1.0+, or latest")


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() and len(part) < 9 for part in parts) else ()


def _parameters(
    parameters: Sequence[tuple[str, object]], definition: DetectorDefinition, path: Path, refusals: Refusals
) -> tuple[DetectionLevel, tuple[str, ...]]:
    """The level, and of a detector that has kinds those that are wanted (empty: all)."""
    level = definition.default_level
    kinds: tuple[str, ...] = ()
    if not few_enough(parameters, MAX_PARAMETERS, (*path, "parameters"), "parameters", refusals):
        return level, kinds
    known = (_LEVEL, _KINDS) if definition.kinds else (_LEVEL,)
    given = [name.lower() for name, value in parameters if value is not None]
    if len(set(given)) < len(given):
        refusals.unreadable((*path, "parameters"), "a list in which each parameter stands once")
        return level, kinds
    for name, value in parameters:
        named = next((one for one in known if one.lower() == name.lower()), None)
        if named is None:
            only = f" ({_KINDS} is for those of details of people)" if name.lower() == _KINDS else ""
            refusals.unreadable((*path, "parameters"), f"a list in which each parameter is {' or '.join(known)}{only}")
        elif value is not None and named == _KINDS:
            kinds = _kinds(value, definition, path, refusals)
        elif value is not None:
            level = _level(value, level, path, refusals)
    return level, kinds


def _level(value: object, default: DetectionLevel, path: Path, refusals: Refusals) -> DetectionLevel:
    if not isinstance(value, str) or value.lower() not in _LEVELS:
        refusals.unreadable((*path, "parameters", _LEVEL), f"one of {', '.join(DetectionLevel)}")
        return default
    return _LEVELS[value.lower()]


def _kinds(value: object, definition: DetectorDefinition, path: Path, refusals: Refusals) -> tuple[str, ...]:
    try:
        return definition.kinds_named(value if isinstance(value, str) else "")
    except ValueError as wanted:
        refusals.unreadable((*path, "parameters", _KINDS), str(wanted))
        return ()


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
