"""Terms of a vocabulary as this dialect writes them: one string, its parts apart by semicolons.

Source: docs/contract/v2-beta.md section 2.

`term`, `term;like1,like2`, `term;like1,like2;weight` and `term;weight`: a second part of digits alone is a weight.
"""

from __future__ import annotations

from typing import Any

from voxport.core.plan import VocabularyTerm

_MOST_DIGITS = 9
_SEPARATORS = str.maketrans(";,", "  ")


def read_term(written: str) -> dict[str, Any]:
    """The term as the document of v3 holds it; limits are judged there. What cannot be a weight stays text (20015)."""
    term, *parts = (part.strip() for part in written.split(";"))
    fields: dict[str, Any] = {"term": term}
    if parts and not _is_weight(parts[0]):
        fields["soundsLike"] = [like.strip() for like in parts.pop(0).split(",") if like.strip()]
    if parts:
        rest = ";".join(parts)
        fields["weight"] = int(rest) if _is_weight(rest) else rest
    return fields


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
