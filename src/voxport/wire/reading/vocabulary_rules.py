"""What a term, a sounds-like form and a script may be (docs/contract/v3-configuration.md section 4).

In requests and in saved lists alike. It says what is wrong; which code that has depends on where the term stands, so
the callers decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voxport.core.plan import VocabularyTerm

MAX_TERMS = 1000
MAX_TERM_CHARS = 64
MAX_SOUNDS = 100
MAX_SCRIPTS = 100
MAX_SCRIPT_WORDS = 100_000
MAX_WORD_CHARS = 200
MAX_WEIGHT = 5


@dataclass(frozen=True, slots=True)
class AskedTerm:
    """A term as a request has it, whatever is wrong with it."""

    text: str = ""
    """Empty where there is none."""
    sounds: Sequence[str] = ()
    """The sounds-like forms."""
    weight: object = None
    """None: absent."""

    @property
    def term(self) -> str:
        """The term itself, single spaces between its words; empty where there is none."""
        return " ".join(self.text.split())

    @property
    def weight_fits(self) -> bool:
        """Whether the weight is a whole number from 0 to 5, or absent."""
        weight = self.weight
        if weight is None:
            return True
        return isinstance(weight, int) and not isinstance(weight, bool) and 0 <= weight <= MAX_WEIGHT


def term_reasons(term: str) -> list[str]:
    """Why a term that is not empty cannot be recognised; weight and sounds have their own."""
    if len(term) > MAX_TERM_CHARS:
        return [f"it is longer than {MAX_TERM_CHARS} characters"]
    return [] if any(map(str.isalnum, term)) else ["it has no letter and no digit"]


def sound_reasons(sounds: Sequence[str]) -> list[str]:
    """What is wrong with the sounds-like forms of a term."""
    reasons = [f"it has more than {MAX_SOUNDS} sounds-like forms"] if len(sounds) > MAX_SOUNDS else []
    if any(not any(map(str.isalnum, sound)) for sound in sounds):
        reasons.append("it has a sounds-like form without a letter")
    if any(len(sound.strip()) > MAX_TERM_CHARS for sound in sounds):
        reasons.append(f"it has a sounds-like form longer than {MAX_TERM_CHARS} characters")
    return reasons


def vocabulary_term(asked: AskedTerm) -> VocabularyTerm:
    """The value of a term that nothing is wrong with."""
    sounds = dict.fromkeys(" ".join(sound.split()) for sound in asked.sounds)
    weight = asked.weight if isinstance(asked.weight, int) else 0
    return VocabularyTerm(asked.term, tuple(sounds), weight)


def twice(texts: Iterable[str]) -> list[str]:
    """Terms that stand more than once; letter case makes no other term."""
    counts = Counter(text.casefold() for text in texts if text)
    return [text for text, count in counts.items() if count > 1]


def words_in(scripts: Sequence[str]) -> int:
    """How many words the scripts have together."""
    return sum(len(script.split()) for script in scripts)


def has_endless_word(scripts: Sequence[str]) -> bool:
    """Whether one has a word that nobody says; looking through it for terms would take the square of its length."""
    return any(len(word) > MAX_WORD_CHARS for script in scripts for word in script.split())
