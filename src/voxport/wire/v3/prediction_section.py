"""`prediction`: detectors become plans; classifiers are refused as not built (50001-50003; the rest is shared)."""

from __future__ import annotations

from voxport.core.codes import Code
from voxport.core.plan import DetectorPlan
from voxport.wire.reading.detectors import AskedDetector, AskedModel, ModelCodes, check_identity, detector_plans
from voxport.wire.reading.languages import Language
from voxport.wire.reading.redactors import AskedAudioRedactor, AskedRedactor, AskedTextRedactor
from voxport.wire.reading.refusals import Refusals
from voxport.wire.v3.shapes.prediction import Detector, Prediction, Redactor

_CLASSIFIER_CODES = ModelCodes(
    unsupported=Code.CLASSIFIER_UNSUPPORTED,
    unnamed=Code.CLASSIFIER_WITHOUT_IDENTITY,
    id_invalid=Code.CLASSIFIER_ID_INVALID,
)


def prediction_plans(section: Prediction | None, language: Language, refusals: Refusals) -> tuple[DetectorPlan, ...]:
    """A plan for each detector that nothing was noted against, in the order of the document."""
    if section is None:
        return ()
    for classifier in section.classifiers:
        model = AskedModel(classifier.classifier_id, classifier.classifier_name)
        check_identity(model, _CLASSIFIER_CODES, language, refusals)
    if section.classifiers:
        refusals.not_built("Classification (prediction.classifiers)")
    return detector_plans([_asked(detector) for detector in section.detectors], language, refusals)


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
