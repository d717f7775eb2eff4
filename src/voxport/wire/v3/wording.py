"""How this dialect calls what the shared rules speak of."""

from __future__ import annotations

from voxport.wire.reading.documents import CONFIGURATION
from voxport.wire.reading.names import Name, Wording
from voxport.wire.reading.refusals import Refusals

WORDING = Wording(
    names={
        Name.DETECTORS: "prediction.detectors",
        Name.DETECTOR_NAME: "detectorName",
        Name.DETECTOR_BY_ID: "detectorId the id",
        Name.REDACTOR: "redactor",
        Name.TEXT_REPLACEMENT: "transcript.replacement",
        Name.SPEECH_ENGINE: "speechModel.model",
        Name.ALLOWED_LANGUAGES: "speechModel.allowedLanguages",
        Name.VOCABULARIES: "vocabularies",
        Name.SPOTTING_GROUPS: "spotting.groups",
        Name.EXTERNAL_ID: "externalId",
    }
)


def configuration_refusals() -> Refusals:
    """None yet, for one configuration."""
    return Refusals(WORDING, CONFIGURATION)
