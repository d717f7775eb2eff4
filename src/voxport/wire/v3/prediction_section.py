"""`prediction`: detectors become plans; classifiers are looked up later (50002, 50003; the rest is shared)."""

from __future__ import annotations

from uuid import UUID

from voxport.core.codes import Code
from voxport.core.plan import DetectorPlan
from voxport.wire.reading.classifiers import AskedClassifier
from voxport.wire.reading.detectors import AskedDetector, AskedModel, detector_plans
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.languages import Language
from voxport.wire.reading.limits import MAX_ASKED_CLASSIFIERS, few_enough
from voxport.wire.reading.names import Path
from voxport.wire.reading.redactors import AskedAudioRedactor, AskedRedactor, AskedTextRedactor
from voxport.wire.reading.refusals import Refusals
from voxport.wire.v3.shapes.prediction import Classifier, Detector, Prediction, Redactor

_CLASSIFIERS: Path = ("prediction", "classifiers")


def prediction_plans(section: Prediction | None, language: Language, refusals: Refusals) -> tuple[DetectorPlan, ...]:
    """A plan for each detector that nothing was noted against, in the order of the document."""
    if section is None:
        return ()
    return detector_plans([_asked(detector) for detector in section.detectors], language, refusals)


def asked_classifiers(section: Prediction | None, refusals: Refusals) -> tuple[AskedClassifier, ...]:
    """Those that are named; which there are says `saved_definitions`. Notes 50002, 50003 and 10007."""
    asked = () if section is None else section.classifiers
    if not few_enough(asked, MAX_ASKED_CLASSIFIERS, _CLASSIFIERS, "classifiers", refusals):
        return ()
    found = [_classifier(one, (*_CLASSIFIERS, index), refusals) for index, one in enumerate(asked)]
    return tuple(one for one in found if one is not None)


def _classifier(asked: Classifier, path: Path, refusals: Refusals) -> AskedClassifier | None:
    if not asked.classifier_id and not asked.classifier_name:
        refusals.add(Code.CLASSIFIER_WITHOUT_IDENTITY)
        return None
    if asked.parameters:
        refusals.unreadable((*path, "parameters"), "an empty list: no classifier has parameters")
    try:
        classifier_id = UUID(asked.classifier_id) if asked.classifier_id else None
    except ValueError:
        refusals.add(Code.CLASSIFIER_ID_INVALID, id=clip(asked.classifier_id or ""))
        return None
    return AskedClassifier(path, classifier_id, asked.classifier_name or None, asked.version)


def _asked(detector: Detector) -> AskedDetector:
    return AskedDetector(
        AskedModel(detector.detector_id, detector.detector_name),
        detector.version,
        [(one.parameter or "", one.value) for one in detector.parameters],
        _redactor(detector.redactor),
    )


def _redactor(redactor: Redactor | None) -> AskedRedactor | None:
    if redactor is None:
        return None
    text, audio = redactor.transcript, redactor.audio
    return AskedRedactor(
        None if text is None else AskedTextRedactor(text.replacement),
        None if audio is None else AskedAudioRedactor(audio.tone, audio.gain),
    )
