"""`transcripts`: what is asked of the words; values that may be written in more than one way."""

from __future__ import annotations

from voxport.core.plan import VOICE_FEATURES
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.shape_reader import read_shape
from voxport.wire.reading.vocabularies import AskedVocabulary
from voxport.wire.v2beta.shapes.configuration import Transcripts, Vocabulary
from voxport.wire.v2beta.shapes.lenient import flag
from voxport.wire.v2beta.terms import read_term

_SECTION = "transcripts"
_WAYS = ("digits", "dashed")
"""Of writing numbers; there is one way here, which has both."""


def features(section: Transcripts, refusals: Refusals) -> tuple[str, ...]:
    """The features of recognition that are asked for."""
    asked = flag(section.voice_features)
    if asked is not None and not isinstance(asked, bool):
        refusals.unreadable((_SECTION, "voiceFeatures"), "true or false")
    return (VOICE_FEATURES,) if asked is True else ()


def formats_numbers(section: Transcripts, refusals: Refusals) -> bool:
    """Whether numbers are written in digits."""
    asked = flag(section.format_numbers)
    if isinstance(asked, list) and all(isinstance(way, str) for way in asked):
        known, said = all(way.lower() in _WAYS for way in asked), True
    else:
        known, said = asked is None or isinstance(asked, bool), asked is True
    if not known:
        refusals.unreadable((_SECTION, "formatNumbers"), f"true, false or a list of {' and '.join(_WAYS)}")
    return said


def asked_vocabularies(entries: object, refusals: Refusals) -> list[AskedVocabulary]:
    """What each entry says; one that is a string is the name of a saved vocabulary."""
    if entries is None:
        return []
    if not isinstance(entries, list):
        refusals.unreadable((_SECTION, "vocabularies"), "a list")
        return []
    asked = []
    for index, entry in enumerate(entries):
        if isinstance(entry, str):
            asked.append(AskedVocabulary(entry))
            continue
        fields = read_shape(entry, Vocabulary, (_SECTION, "vocabularies", index), refusals)
        if fields is not None:
            terms = [read_term(term) for term in fields.terms]
            asked.append(AskedVocabulary(fields.name, terms, lists_nothing=fields.lists_nothing))
        elif isinstance(entry, dict):
            asked.append(_what_is_right(entry))
    return asked


def _what_is_right(entry: dict[str, object]) -> AskedVocabulary:
    """What a refused entry says where its types are right, since its other faults are shown in the same answer."""
    name, terms = entry.get("name"), entry.get("terms")
    return AskedVocabulary(
        name if isinstance(name, str) else None,
        [read_term(term) for term in terms if isinstance(term, str)] if isinstance(terms, list) else [],
    )
