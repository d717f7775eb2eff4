"""What a term, a sounds-like form and a script may be, in requests and saved lists.

Source: docs/contract/v3-configuration.md section 4.

It says what is wrong; which code that has depends on where the term stands, so the callers decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from voxport.core.plan import VocabularyTerm

MAX_TERMS = 1000
MAX_TERM_CHARS = 64
MAX_SOUNDS = 100
MAX_SCRIPTS = 100
MAX_SCRIPT_WORDS = 100_000
MAX_WORD_CHARS = 200
MAX_WEIGHT = 5


def text_of(term: dict[str, Any]) -> str:
    """The term itself, single spaces between its words; empty where there is none."""
    text: str = term.get("term", "")
    return " ".join(text.split())


def term_reasons(term: dict[str, Any]) -> list[str]:
    """Why a term that is not empty cannot be recognised; weight and sounds have their own."""
    text = text_of(term)
    if len(text) > MAX_TERM_CHARS:
        return [f"it is longer than {MAX_TERM_CHARS} characters"]
    return [] if any(map(str.isalnum, text)) else ["it has no letter and no digit"]


def sound_reasons(term: dict[str, Any]) -> list[str]:
    """What is wrong with the sounds-like forms of a term."""
    sounds: list[str] = term.get("soundsLike", [])
    reasons = [f"it has more than {MAX_SOUNDS} sounds-like forms"] if len(sounds) > MAX_SOUNDS else []
    if any(not any(map(str.isalnum, sound)) for sound in sounds):
        reasons.append("it has a sounds-like form without a letter")
    if any(len(sound.strip()) > MAX_TERM_CHARS for sound in sounds):
        reasons.append(f"it has a sounds-like form longer than {MAX_TERM_CHARS} characters")
    return reasons


def weight_fits(term: dict[str, Any]) -> bool:
    """Whether the weight is a whole number from 0 to 5, or absent."""
    weight = term.get("weight", 0)
    return isinstance(weight, int) and not isinstance(weight, bool) and 0 <= weight <= MAX_WEIGHT


def read_term(term: dict[str, Any]) -> VocabularyTerm:
    """The value of a term that nothing is wrong with."""
    sounds = dict.fromkeys(" ".join(sound.split()) for sound in term.get("soundsLike", []))
    return VocabularyTerm(text_of(term), tuple(sounds), term.get("weight", 0))


def twice(texts: Iterable[str]) -> list[str]:
    """Terms that stand more than once; letter case makes no other term."""
    counts = Counter(text.casefold() for text in texts if text)
    return [text for text, count in counts.items() if count > 1]


def words_in(scripts: Sequence[str]) -> int:
    return sum(len(script.split()) for script in scripts)


def has_endless_word(scripts: Sequence[str]) -> bool:
    """Whether one has a word that nobody says; looking through it for terms would take the square of its length."""
    return any(len(word) > MAX_WORD_CHARS for script in scripts for word in script.split())
