"""`prediction`: classifiers, detectors and redactors (50001-50010), checked, then refused as not built."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from voxport.wire.v3.faults import Faults
from voxport.wire.v3.languages import Language
from voxport.wire.v3.reader import clip


def check_prediction(section: dict[str, Any], language: Language, faults: Faults) -> None:
    """Note what the contract refuses in the section for that language, and that predictions cannot be made yet."""
    for classifier in section.get("classifiers", []):
        _check_model(classifier, "classifier", (50001, 50002, 50003), language, faults)
    for detector in section.get("detectors", []):
        _check_model(detector, "detector", (50006, 50004, 50005), language, faults)
        if "redactor" in detector:
            _check_redactor(detector["redactor"], language, faults)
    if "classifiers" in section:
        faults.not_built("Classification (prediction.classifiers)")
    if "detectors" in section:
        faults.not_built("Detection and redaction (prediction.detectors)")


def _check_model(
    model: dict[str, Any], kind: str, codes: tuple[int, int, int], language: Language, faults: Faults
) -> None:
    unsupported, unnamed, no_uuid = codes
    identity: str | None = model.get(f"{kind}Id")
    name: str | None = model.get(f"{kind}Name")
    if not identity and not name:
        faults.add(unnamed)
        return
    if identity and not _is_uuid(identity):
        faults.add(no_uuid, id=clip(identity))
    if not language.text_functions:
        faults.add(unsupported, model=clip(name or identity or ""), language=language.code)


def _check_redactor(redactor: dict[str, Any], language: Language, faults: Faults) -> None:
    if not redactor.keys() & {"audio", "transcript"}:
        faults.add(50007)
    for section, code, wanted in (("transcript", 50009, ("replacement",)), ("audio", 50010, ("tone", "gain"))):
        if section not in redactor:
            continue
        for missing in (name for name in wanted if name not in redactor[section]):
            faults.add(50008, missing=missing, section=section)
        if not language.text_functions:
            faults.add(code, language=language.code)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
