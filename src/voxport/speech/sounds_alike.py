"""How alike two stretches of text sound, from 0 to 1, as far as letters tell.

English is compared by its consonants (metaphone) and by its letters, since it is spelled in many ways; any other
language by its letters alone, without accents: no English sounds are read into it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import jellyfish
import numpy as np
import numpy.typing as npt
import simplemma
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

_SOUND_SHARE = 0.6
"""What the sound of an English text counts beside its letters, 0 to 1 (decision 0008)."""
_DICTIONARIES = frozenset({"en", "es", "fr", "de", "it", "pt", "nl"})
"""Languages that simplemma has a dictionary of, of those of the wire."""

Likenesses = npt.NDArray[np.float32]
"""From 0 to 1; shape (heard, forms)."""


def letters(text: str) -> str:
    """Letters and digits alone, without case and accents: `Zelda's X-Ray` -> `zeldasxray`."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def likenesses(heard: Sequence[str], forms: Sequence[str], language: str) -> Likenesses:
    """How alike each of `heard` and each of `forms` sound: shape (heard, forms), 1.0 is the same."""
    spelled = _alike([letters(text) for text in heard], [letters(text) for text in forms])
    if language != "en":
        return spelled
    sounding = _alike([_consonants(text) for text in heard], [_consonants(text) for text in forms])
    mixed = _SOUND_SHARE * sounding + (1 - _SOUND_SHARE) * spelled
    return np.asarray(np.maximum(mixed, spelled), np.float32)


@lru_cache(maxsize=65_536)
def ordinary(word: str, language: str) -> bool:
    """Whether a word stands in the dictionary of a language; False where there is none."""
    return language in _DICTIONARIES and simplemma.is_known(word.lower(), lang=language)


def _alike(heard: list[str], forms: list[str]) -> Likenesses:
    return np.asarray(
        cdist(heard, forms, scorer=Levenshtein.normalized_similarity, dtype=np.float32, workers=1), np.float32
    )


@lru_cache(maxsize=65_536)
def _consonants(text: str) -> str:
    return jellyfish.metaphone(text).replace(" ", "")
