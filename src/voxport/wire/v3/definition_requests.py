"""Bodies of PUT below `/v3/definition` (docs/contract/v3-endpoints.md section 5); codes 80100 to 80209.

`_links`, which a client gets and may send back, is ours and dropped.
"""

from __future__ import annotations

from typing import TypeVar

from voxport.core.definitions import SpottingGroup, Vocabulary
from voxport.core.errors import Problem, RequestRefused
from voxport.wire.reading.definitions import (
    GROUP,
    VOCABULARY,
    AskedDefinition,
    read_body,
    saved_group,
    saved_vocabulary,
)
from voxport.wire.reading.documents import DocumentKind
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.shape_reader import read_shape
from voxport.wire.reading.shapes import Shape
from voxport.wire.v3.shapes.definitions import SavedGroup, SavedVocabulary
from voxport.wire.v3.speech_section import asked_term
from voxport.wire.v3.wording import WORDING

_Body = TypeVar("_Body", bound=Shape)


def parse_group(body: bytes, name: str) -> SpottingGroup:
    """The group that is put under `name`; raises RequestRefused 80100-80103, 10008, 10010, 10800."""
    refusals = Refusals(WORDING, GROUP)
    document = _document(body, SavedGroup, GROUP, refusals)
    return saved_group(AskedDefinition(name=document.group_name, keywords=document.keywords), name, refusals)


def parse_vocabulary(body: bytes, name: str) -> Vocabulary:
    """The vocabulary that is put under `name`; raises RequestRefused 80200-80209, 10008, 10010, 10800."""
    refusals = Refusals(WORDING, VOCABULARY)
    document = _document(body, SavedVocabulary, VOCABULARY, refusals)
    asked = AskedDefinition(
        name=document.vocabulary_name,
        kind=document.vocabulary_type,
        terms=[asked_term(term) for term in document.terms],
        scripts=[script.script or "" for script in document.scripts],
    )
    return saved_vocabulary(asked, name, refusals)


def _document(body: bytes, shape: type[_Body], kind: DocumentKind, refusals: Refusals) -> _Body:
    """The body without absent values; raises at once where there is none or it is no JSON object."""
    value = read_body(body, kind)
    document = read_shape(value, shape, (kind.name,), refusals)
    refusals.refuse_if_any()
    if not value:
        raise RequestRefused(Problem.of(kind.unreadable))
    # What names its parts and leaves all of them empty lacks those parts, not the body.
    return document or shape.nothing()
