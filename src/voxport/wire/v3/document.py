"""The configuration document as published: every property path of docs/contract/v3-configuration.md section 1 and its
JSON type.

The union of the machine specification and the guides newer than it (docs/contract/open-questions.md 33); all else is
refused.
"""

from __future__ import annotations

from voxport.wire.reading.shape import Many, Plain, Record, Shape

_T, _F, _W, _N, _ANY = Plain.TEXT, Plain.FLAG, Plain.WHOLE, Plain.NUMBER, Plain.ANY

_SPEECH_MODEL = Record({"language": _T, "model": _T, "features": Many(_T), "extensions": Many(_T)})
_CHANNEL = Record({"speakerName": _T, "speakerRole": _T, "ignore": _F})
_CHANNELS = Many(_CHANNEL, positional=True)
_TRACK = Record({"trackIndex": _W, "speakerName": _T, "speakerRole": _T, "channels": _CHANNELS})
_INGEST = Record(
    {
        "allowDeferredProcessing": _F,
        "speakerName": _T,
        "speakerRole": _T,
        "stereo": Record({"left": _CHANNEL, "right": _CHANNEL}),
        "channels": _CHANNELS,
        "tracks": Many(_TRACK),
    }
)

_PARAMETERS = Many(Record({"parameter": _T, "value": _ANY}))
# An empty redactor asks for redaction all the same; taking it as absent would let card numbers through (50007, 50008).
_REDACTOR = Record(
    {
        "transcript": Record({"replacement": _T}, kept_empty=True),
        "audio": Record({"tone": _W, "gain": _N}, kept_empty=True),
    },
    kept_empty=True,
)
_CLASSIFIER = Record(
    {"classifierId": _T, "classifierName": _T, "version": _T, "parameters": _PARAMETERS}, kept_empty=True
)
_DETECTOR = Record(
    {"detectorId": _T, "detectorName": _T, "version": _T, "parameters": _PARAMETERS, "redactor": _REDACTOR},
    kept_empty=True,
)

# `weight` has a refusal of its own for a wrong type (20015).
_TERM = Record({"term": _T, "soundsLike": Many(_T), "weight": _ANY}, kept_empty=True)
_VOCABULARY = Record(
    {"vocabularyName": _T, "terms": Many(_TERM), "scripts": Many(Record({"script": _T}))}, kept_empty=True
)

_CALLBACK = Record(
    {
        "url": _T,
        "method": _T,
        "type": _T,
        "include": Many(_T),
        "format": _T,
        "stream": _T,
        "s3Delivery": _F,
        "role": _T,
        "prependFolder": _T,
        # Ours: how objects are stored by role.
        "serverSideEncryption": _T,
        "kmsKeyId": _T,
        "storageClass": _T,
    },
    kept_empty=True,
)
_PUBLISH = Record(
    {
        "callbacks": Many(_CALLBACK),
        "enableAnalyticIndexing": _F,
        # Ours: the recording as it came in is erased once redacted audio stands in its place.
        "eraseOriginal": _F,
        "audioTranscode": Record({"onlyIfRedacted": _F, "fileFormat": _T, "codec": _T}),
    }
)

CONFIGURATION: Shape = Record(
    {
        "speechModel": _SPEECH_MODEL,
        "additionalSpeechModels": Many(_SPEECH_MODEL),
        "priority": _T,
        "ingest": _INGEST,
        "prediction": Record({"classifiers": Many(_CLASSIFIER), "detectors": Many(_DETECTOR)}),
        "metrics": Many(Record({"metricGroupName": _T})),
        "spotting": Record({"groups": Many(Record({"groupName": _T}))}),
        "knowledge": Record({"enableDiscovery": _F, "enableExternalDataSources": _F}),
        "transcript": Record(
            {
                "formatting": Record({"enableNumberFormatting": _F}),
                "contentFiltering": Record({"enableProfanityFiltering": _F}),
            }
        ),
        "vocabularies": Many(_VOCABULARY),
        "categories": Many(Record({"allCategories": _F, "categoryName": _T})),
        "publish": _PUBLISH,
        "searchability": Record({"searchable": _F}),
        "encryption": Record({"publicKeyId": _T}),
        "timeToLiveInSeconds": _W,
        "speakerSentiments": _F,
        "conversation": Record({"verbNounPairsEnabled": _F}),
        "entity": Record({"enableEntityExtraction": _F}),
        "testability": _ANY,
    },
    kept_empty=True,
)
