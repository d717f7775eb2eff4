"""How letters are said: their names and spelling alphabets, as data (`lists/letters-LANGUAGE.json`)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from voxport.redaction.dialogue.word_lists import LANGUAGES


@dataclass(frozen=True, slots=True)
class LetterNames:
    """How letters are said in one language."""

    letters: dict[str, str]
    """The letter by its name in plain text, spelling alphabets included."""
    words: frozenset[str]
    """Letters that are words of the language as well."""
    examples: frozenset[str]
    """What stands between a letter and a word that begins with it: "as in"."""
    between: frozenset[str]
    """What is said between the letters of a word that is spelled: "double", "capital"."""
    qualifiers: dict[str, dict[str, str]] = field(default_factory=dict)
    """The letter by its name and the word behind that tells it from another of the same name: "i griega"."""


@cache
def letter_names(language: str) -> LetterNames:
    """The list of a language; empty for one without lists."""
    if language not in LANGUAGES:
        return LetterNames({}, frozenset(), frozenset(), frozenset())
    read = json.loads(files("voxport.redaction.dialogue").joinpath(f"lists/letters-{language}.json").read_text("utf-8"))
    letters = {name: letter for letter, names in read["names"].items() for name in names}
    words, examples, between = (frozenset(read[use]) for use in ("words", "examples", "between"))
    return LetterNames(letters, words, examples, between, read["qualifiers"])
