"""`vocabularies[]`: the published limits (20006, 20007, 20010, 20012-20017, 20101), then refused as not built."""

from __future__ import annotations

from collections import Counter
from typing import Any

from voxport.wire.v3.faults import Faults
from voxport.wire.v3.reader import clip

_MAX_TERMS = 1000
_MAX_TERM_CHARS = 64
_MAX_SOUNDS = 100
_MAX_SCRIPTS = 100
_MAX_SCRIPT_WORDS = 100_000
_MAX_WEIGHT = 5


def check_vocabularies(entries: list[dict[str, Any]], faults: Faults) -> None:
    """Note what the contract refuses in `entries`, and that vocabularies cannot be used yet."""
    if not entries:
        return
    for entry in entries:
        _check_entry(entry, faults)
    terms = [term for entry in entries for term in entry.get("terms", [])]
    if len(terms) > _MAX_TERMS:
        faults.add(20010, maximum=_MAX_TERMS)
    else:
        _check_terms(terms, faults)
    _check_scripts([script for entry in entries for script in entry.get("scripts", [])], faults)
    faults.not_built("Custom vocabulary (vocabularies)")


def _check_entry(entry: dict[str, Any], faults: Faults) -> None:
    if not entry.keys() & {"vocabularyName", "terms", "scripts"}:
        faults.add(20006)
    elif {"vocabularyName", "terms"} <= entry.keys():
        shown = ", ".join(clip(term.get("term", "")) for term in entry["terms"][:5])
        faults.add(20007, name=clip(entry["vocabularyName"]), terms=shown)


def _check_terms(terms: list[dict[str, Any]], faults: Faults) -> None:
    for term in terms:
        text: str = term.get("term", "").strip()
        if not text:
            faults.add(20014)
            continue
        if len(text) > _MAX_TERM_CHARS:
            faults.add(20012, reason=f"{clip(text)} is longer than {_MAX_TERM_CHARS} characters")
        if len(term.get("soundsLike", [])) > _MAX_SOUNDS:
            faults.add(20016, reason=f"{clip(text)} has more than {_MAX_SOUNDS}")
        weight = term.get("weight", 0)
        if not isinstance(weight, int) or isinstance(weight, bool) or not 0 <= weight <= _MAX_WEIGHT:
            faults.add(20015, term=clip(text), weight=clip(str(weight)))
    counts = Counter(term["term"].strip().lower() for term in terms if term.get("term", "").strip())
    if twice := [text for text, count in counts.items() if count > 1]:
        faults.add(20017, terms=", ".join(clip(text) for text in twice[:10]))


def _check_scripts(scripts: list[dict[str, Any]], faults: Faults) -> None:
    if len(scripts) > _MAX_SCRIPTS:
        faults.add(20101, maximum=_MAX_SCRIPTS)
    if sum(len(script["script"].split()) for script in scripts) > _MAX_SCRIPT_WORDS:
        faults.add(20013, maximum=_MAX_SCRIPT_WORDS)
