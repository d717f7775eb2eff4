"""The configuration document of v2-beta: every path of docs/contract/v2-beta.md section 2 and its JSON type."""

from __future__ import annotations

from voxport.wire.reading.shape import Many, Plain, Record, Shape
from voxport.wire.v2beta.callbacks_section import CALLBACKS

_T, _F, _ANY = Plain.TEXT, Plain.FLAG, Plain.ANY

_SPEAKER = Record({"speaker": _T})
_TRANSCRIPTS = Record(
    {
        "engine": _T,
        # A flag, or a list of the ways that numbers are to be written.
        "formatNumbers": _ANY,
        "swearFilter": _F,
        # A flag, or the text "true".
        "voiceFeatures": _ANY,
        # Objects, or names alone; an empty object is refused (20006) and therefore not absent.
        "vocabularies": _ANY,
    }
)
# An empty `redact` asks for redaction all the same (50007).
_REDACT = Record(
    {"transcripts": _T, "audio": Record({"tone": Plain.WHOLE, "gain": Plain.NUMBER}, kept_empty=True)}, kept_empty=True
)

CONFIGURATION: Shape = Record(
    {
        "configuration": Record(
            {
                "executor": _T,
                "template": Record({"name": _T}),
                "language": _T,
                "priority": _T,
                "ingest": Record({"channels": Record({"left": _SPEAKER, "right": _SPEAKER})}),
                "transcripts": _TRANSCRIPTS,
                "keywords": Record({"semantic": _F, "groups": Many(_T)}),
                "topics": Record({"semantic": _F}),
                "predictions": _ANY,
                "detections": Many(Record({"model": _T, "redact": _REDACT}, kept_empty=True)),
                "publish": Record({"callbacks": CALLBACKS}),
            }
        )
    },
    kept_empty=True,
)

NAMED_VOCABULARY: Shape = Record({"name": _T, "terms": Many(_T)}, kept_empty=True)
