"""Bodies of PUT below `/v2-beta/definitions`: the same groups and vocabularies as those of v3 in the older shapes.

A body is taken with its wrapper or bare (docs/contract/v2-beta.md section 1). Limits and codes are shared.
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
from voxport.wire.v2beta.shapes.definitions import SavedGroup, SavedVocabulary
from voxport.wire.v2beta.terms import read_term
from voxport.wire.v2beta.wording import WORDING

_LINKS = "_links"
_OURS = ("revision", _LINKS)
"""What a client gets and may send back."""
_Body = TypeVar("_Body", bound=Shape)


def parse_group(body: bytes, name: str) -> SpottingGroup:
    """The group that is put under `name`; raises RequestRefused 80100-80103, 10008, 10010, 10800."""
    refusals = Refusals(WORDING, GROUP)
    document = _document(body, SavedGroup, "group", GROUP, refusals)
    return saved_group(AskedDefinition(name=document.name, keywords=document.keywords), name, refusals)


def parse_vocabulary(body: bytes, name: str) -> Vocabulary:
    """The vocabulary that is put under `name`; terms are strings here, and so are scripts, which a GET shows.

    Raises RequestRefused 80200-80209, 10008, 10010, 10800.
    """
    refusals = Refusals(WORDING, VOCABULARY)
    document = _document(body, SavedVocabulary, "vocabulary", VOCABULARY, refusals)
    terms = [read_term(term) for term in document.terms]
    return saved_vocabulary(AskedDefinition(name=document.name, terms=terms, scripts=document.scripts), name, refusals)


def _document(body: bytes, shape: type[_Body], wrapper: str, kind: DocumentKind, refusals: Refusals) -> _Body:
    """The body without its wrapper and without absent values; raises RequestRefused."""
    value = read_body(body, kind)
    if isinstance(value, dict) and set(value) - {_LINKS} == {wrapper}:
        if not isinstance(value[wrapper], dict):
            refusals.unknown(wrapper, (kind.name,))
            refusals.refuse_if_any()
        value = value[wrapper]
    place = wrapper if isinstance(value, dict) else kind.name
    document = read_shape(value, shape, (place,), refusals)
    refusals.refuse_if_any()
    if not isinstance(value, dict) or not value.keys() - set(_OURS):
        raise RequestRefused(Problem.of(kind.unreadable))
    # What names its parts and leaves all of them empty lacks those parts, not the body.
    return document or shape.nothing()
