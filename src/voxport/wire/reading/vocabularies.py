"""Vocabularies of a configuration: terms and scripts written there, and names of saved vocabularies.

A name is only noted here; what it stands for is added by `saved_definitions` (20008-20010, 20013, 20017, 20101).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from voxport.core.codes import Code
from voxport.core.definitions import Vocabulary
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.names import Name
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.vocabulary_rules import (
    MAX_SCRIPT_WORDS,
    MAX_SCRIPTS,
    MAX_TERMS,
    MAX_WORD_CHARS,
    AskedTerm,
    has_endless_word,
    sound_reasons,
    term_reasons,
    twice,
    vocabulary_term,
    words_in,
)

MOST_NAMED = 10
"""So many of the terms that stand twice are named in a sentence."""
_MOST_SHOWN = 5
_MAX_NAMES = MAX_TERMS + MAX_SCRIPTS
"""A saved vocabulary has a term or a script at least, so more of them never fit."""


@dataclass(frozen=True, slots=True)
class AskedVocabulary:
    """What a request says of one vocabulary."""

    name: str | None = None
    """Name of a saved one; excludes terms."""
    terms: Sequence[AskedTerm] = ()
    scripts: Sequence[str] = ()
    lists_nothing: bool = False
    """Whether it has no more than an empty list or a type, as programs send it that fill in a form: it asks for
    nothing."""


@dataclass(frozen=True, slots=True)
class ReadVocabularies:
    """What all vocabularies of a request come to."""

    written: Vocabulary = field(default_factory=Vocabulary)
    """Terms and scripts of the request itself."""
    names: tuple[str, ...] = ()
    """Saved vocabularies, each once."""


def read_vocabularies(asked: Sequence[AskedVocabulary], refusals: Refusals) -> ReadVocabularies:
    """What the vocabularies ask for; nothing where one of them is refused."""
    noted = refusals.noted
    for entry in asked:
        _check_entry(entry, refusals)
    terms = [term for entry in asked for term in entry.terms]
    texts = [term.term for term in terms]
    for text, term in zip(texts[: MAX_TERMS + 1], terms, strict=False):
        _check_term(text, term, refusals)
    scripts = tuple(script.strip() for entry in asked for script in entry.scripts)
    if any(not script for script in scripts):
        refusals.add(Code.TERM_INVALID, reason="a script is empty")
    check_together(texts, scripts, refusals)
    if refusals.noted > noted:
        return ReadVocabularies()
    names = dict.fromkeys(entry.name for entry in asked if entry.name is not None)
    if len(names) > _MAX_NAMES:
        refusals.unreadable((Name.VOCABULARIES,), f"a list of at most {_MAX_NAMES} saved vocabularies")
    return ReadVocabularies(Vocabulary(tuple(map(vocabulary_term, terms)), scripts), tuple(names))


def check_together(terms: Sequence[str], scripts: Sequence[str], refusals: Refusals) -> None:
    """Limits of all terms and scripts of a request, wherever they come from."""
    if len(terms) > MAX_TERMS:
        refusals.add(Code.TOO_MANY_TERMS, maximum=MAX_TERMS)
    elif same := twice(terms):
        refusals.add(Code.TERMS_REPEATED, terms=", ".join(clip(text) for text in same[:MOST_NAMED]))
    if len(scripts) > MAX_SCRIPTS:
        refusals.add(Code.TOO_MANY_SCRIPTS, maximum=MAX_SCRIPTS)
    if words_in(scripts) > MAX_SCRIPT_WORDS:
        refusals.add(Code.TOO_MANY_SCRIPT_WORDS, maximum=MAX_SCRIPT_WORDS)
    if has_endless_word(scripts):
        refusals.add(Code.TERM_INVALID, reason=f"a script has a word of more than {MAX_WORD_CHARS} characters")


def _check_entry(entry: AskedVocabulary, refusals: Refusals) -> None:
    if entry.name is None and not entry.terms and not entry.scripts:
        if not entry.lists_nothing:
            refusals.add(Code.VOCABULARY_WITHOUT_NAME_OR_TERMS)
    elif entry.name is not None and entry.terms:
        shown = ", ".join(clip(term.text) for term in entry.terms[:_MOST_SHOWN])
        refusals.add(Code.VOCABULARY_WITH_NAME_AND_TERMS, name=clip(entry.name), terms=shown)


def _check_term(term: str, asked: AskedTerm, refusals: Refusals) -> None:
    if not term:
        refusals.add(Code.TERM_EMPTY)
        return
    for reason in term_reasons(term):
        refusals.add(Code.TERM_INVALID, reason=f"of {clip(term)}: {reason}")
    for reason in sound_reasons(asked.sounds):
        refusals.add(Code.SOUNDS_LIKE_INVALID, reason=f"of {clip(term)}: {reason}")
    if not asked.weight_fits:
        refusals.add(Code.TERM_WEIGHT_INVALID, term=clip(term), weight=clip(str(asked.weight)))
