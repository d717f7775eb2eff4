"""Words as they are compared: of a call when it is laid out, of a phrase when it is asked for, by one rule."""

from __future__ import annotations

import unicodedata

MAX_WORD_CHARS = 100
"""A longer word is compared by its first characters."""
UNASKABLE = "\u2588"
"""Stands in a line for a word that is kept out: no phrase can have it, since it is no letter and no digit."""


def words_of(text: str) -> list[str]:
    """The words of a text, without regard to letter case and without the marks around them: `"Hello,"` is `hello`.

    Marks inside a word stay (`don't`, `45.99`). A part without a letter or digit is no word.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return [word[:MAX_WORD_CHARS] for part in folded.split() if (word := _trimmed(part))]


def _trimmed(part: str) -> str:
    start, end = 0, len(part)
    while start < end and not part[start].isalnum():
        start += 1
    while end > start and not part[end - 1].isalnum():
        end -= 1
    return part[start:end].replace("\x00", "")
