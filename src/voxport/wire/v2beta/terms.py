"""Terms of a vocabulary as this dialect writes them: one string, its parts apart by semicolons.

Source: docs/contract/v2-beta.md section 2.

`term`, `term;like1,like2`, `term;like1,like2;weight` and `term;weight`: a second part of digits alone is a weight.
"""

from __future__ import annotations

from voxport.core.plan import VocabularyTerm
from voxport.wire.reading.vocabulary_rules import AskedTerm

_MOST_DIGITS = 9
_SEPARATORS = str.maketrans(";,", "  ")


def read_term(written: str) -> AskedTerm:
    """What the string says; limits are judged elsewhere. What cannot be a weight stays text and is refused (20015)."""
    term, *parts = (part.strip() for part in written.split(";"))
    sounds: list[str] = []
    if parts and not _is_weight(parts[0]):
        sounds = [like.strip() for like in parts.pop(0).split(",") if like.strip()]
    if not parts:
        return AskedTerm(term, sounds)
    rest = ";".join(parts)
    return AskedTerm(term, sounds, int(rest) if _is_weight(rest) else rest)


def write_term(term: VocabularyTerm) -> str:
    """The inverse; a weight of 0 says nothing and is left out.

    A term of v3 may hold the semicolons and commas that part a term here: they become spaces.
    """
    parts = [_without_separators(term.term)]
    if term.sounds_like:
        sounds = ",".join(map(_without_separators, term.sounds_like))
        # Behind a comma it is no weight.
        parts.append(f"{sounds}," if _is_weight(sounds) else sounds)
    if term.weight:
        parts.append(str(term.weight))
    return ";".join(parts)


def _without_separators(text: str) -> str:
    return " ".join(text.translate(_SEPARATORS).split())


def _is_weight(part: str) -> bool:
    return part.isascii() and part.isdigit() and len(part) <= _MOST_DIGITS
