"""How this dialect calls what the shared rules speak of."""

from __future__ import annotations

from voxport.core.codes import Code
from voxport.wire.reading.names import Name, Wording

WORDING = Wording(
    names={
        Name.DETECTORS: "detections",
        Name.DETECTOR_NAME: "model",
        Name.DETECTOR_BY_ID: "the id",
        Name.REDACTOR: "redact",
        Name.TEXT_REPLACEMENT: "transcripts",
        Name.SPEECH_ENGINE: "transcripts.engine",
        Name.ALLOWED_LANGUAGES: "allowedLanguages",
        Name.VOCABULARIES: "transcripts.vocabularies",
        Name.SPOTTING_GROUPS: "keywords.groups",
        Name.EXTERNAL_ID: "external.id",
    },
    sentences={
        Code.STEREO_SIDE_MISSING: "The section ingest.channels needs both left and right.",
        Code.DETECTOR_ID_INVALID: "The model {id} is not a UUID.",
        Code.EXTERNAL_ID_EMPTY: "The external.id must not be empty; it holds up to {maximum} characters.",
        Code.EXTERNAL_ID_TOO_LONG: "The external.id is too long; it holds up to {maximum} characters.",
    },
    wrapper="configuration",
)
