"""`vocabularies[]` of a configuration: terms and scripts written there, and names of saved vocabularies.

A name is only noted here; what it stands for is added by `saved_definitions` (20008-20010, 20013, 20017, 20101).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from voxport.core.codes import Code
from voxport.core.definitions import Vocabulary
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.faults import Faults
from voxport.wire.reading.vocabulary_rules import (
    MAX_SCRIPT_WORDS,
    MAX_SCRIPTS,
    MAX_TERMS,
    MAX_WORD_CHARS,
    has_endless_word,
    read_term,
    sound_reasons,
    term_reasons,
    text_of,
    twice,
    weight_fits,
    words_in,
)

_MOST_NAMED = 10
_MAX_NAMES = MAX_TERMS + MAX_SCRIPTS
"""A saved vocabulary has a term or a script at least, so more of them never fit."""


@dataclass(frozen=True, slots=True)
class AskedVocabulary:
    """`written`: terms and scripts of the configuration itself; `names`: saved vocabularies, each once."""

    written: Vocabulary = field(default_factory=Vocabulary)
    names: tuple[str, ...] = ()


def asked_vocabulary(entries: list[dict[str, Any]], faults: Faults) -> AskedVocabulary:
    """What `vocabularies` asks for; notes what the contract refuses."""
    noted = len(faults.problems)
    for entry in entries:
        _check_entry(entry, faults)
    terms = [term for entry in entries for term in entry.get("terms", [])]
    for term in terms[: MAX_TERMS + 1]:
        _check_term(term, faults)
    texts = [text_of(term) for term in terms]
    scripts = tuple(script["script"].strip() for entry in entries for script in entry.get("scripts", []))
    if any(not script for script in scripts):
        faults.add(Code.TERM_INVALID, reason="a script is empty")
    check_together(texts, scripts, faults)
    if len(faults.problems) > noted:
        return AskedVocabulary()
    names = dict.fromkeys(entry["vocabularyName"] for entry in entries if "vocabularyName" in entry)
    if len(names) > _MAX_NAMES:
        faults.unreadable("vocabularies", f"a list of at most {_MAX_NAMES} saved vocabularies")
    return AskedVocabulary(Vocabulary(tuple(map(read_term, terms)), scripts), tuple(names))


def check_together(terms: list[str], scripts: tuple[str, ...], faults: Faults) -> None:
    """Limits of all terms and scripts of a request, wherever they come from."""
    if len(terms) > MAX_TERMS:
        faults.add(Code.TOO_MANY_TERMS, maximum=MAX_TERMS)
    elif same := twice(terms):
        faults.add(Code.TERMS_REPEATED, terms=", ".join(clip(text) for text in same[:_MOST_NAMED]))
    if len(scripts) > MAX_SCRIPTS:
        faults.add(Code.TOO_MANY_SCRIPTS, maximum=MAX_SCRIPTS)
    if words_in(scripts) > MAX_SCRIPT_WORDS:
        faults.add(Code.TOO_MANY_SCRIPT_WORDS, maximum=MAX_SCRIPT_WORDS)
    if has_endless_word(scripts):
        faults.add(Code.TERM_INVALID, reason=f"a script has a word of more than {MAX_WORD_CHARS} characters")


def _check_entry(entry: dict[str, Any], faults: Faults) -> None:
    if not entry.keys() & {"vocabularyName", "terms", "scripts"}:
        faults.add(Code.VOCABULARY_WITHOUT_NAME_OR_TERMS)
    elif {"vocabularyName", "terms"} <= entry.keys():
        shown = ", ".join(clip(term.get("term", "")) for term in entry["terms"][:5])
        faults.add(Code.VOCABULARY_WITH_NAME_AND_TERMS, name=clip(entry["vocabularyName"]), terms=shown)


def _check_term(term: dict[str, Any], faults: Faults) -> None:
    text = text_of(term)
    if not text:
        faults.add(Code.TERM_EMPTY)
        return
    for reason in term_reasons(term):
        faults.add(Code.TERM_INVALID, reason=f"of {clip(text)}: {reason}")
    for reason in sound_reasons(term):
        faults.add(Code.SOUNDS_LIKE_INVALID, reason=f"of {clip(text)}: {reason}")
    if not weight_fits(term):
        faults.add(Code.TERM_WEIGHT_INVALID, term=clip(text), weight=clip(str(term["weight"])))
