"""Word forms: what a spoken or written word says without case and contraction, and the lemmas it may belong to.

Lemmas come from the tables of `simplemma` (MIT), which cover every language of the wire and need no context, so that a
phrase and what was said are always reduced the same way.
"""

from __future__ import annotations

import re
from functools import lru_cache

import simplemma

_LANGUAGES = frozenset({"en", "es", "fr", "de", "it", "pt"})
_PARTS = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_WHOLE = {
    "can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"),
    "ain't": ("is", "not"), "let's": ("let", "us"), "gonna": ("going", "to"), "wanna": ("want", "to"),
    "gotta": ("got", "to"), "dont": ("do", "not"), "cant": ("can", "not"), "wont": ("will", "not"),
    "didnt": ("did", "not"), "doesnt": ("does", "not"), "isnt": ("is", "not"),
}  # fmt: skip
_ENDINGS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'d": "would"}
_SUBJECTS = frozenset({
    "it", "that", "this", "there", "here", "what", "who", "where", "when", "how", "he", "she", "everything", "nothing",
    "something", "name",
})  # fmt: skip
_BRITISH = ((re.compile(r"is(e[sdr]?|ing|ation)$"), r"iz\1"), (re.compile(r"our(s|ed|ing|ite)?$"), r"or\1"))
_MIN_BRITISH = 6
"""Letters from which a spelling can be British: "our" and "wise" are no endings."""


def spoken_forms(word: str, language: str) -> tuple[str, ...]:
    """Lower-case forms of a written word, contractions of English taken apart: `Don't` -> do, not; `e-mail` -> e, mail.

    `language` is the primary code (`en`).
    """
    parts = _PARTS.findall(word.lower().replace("’", "'"))
    if language != "en":
        return tuple(piece for part in parts for piece in part.split("'"))
    return tuple(form for part in parts for form in _apart(part))


def _apart(part: str) -> tuple[str, ...]:
    if part in _WHOLE:
        return _WHOLE[part]
    for ending, full in _ENDINGS.items():
        if part.endswith(ending) and len(part) > len(ending):
            return part.removesuffix(ending), full
    stem = part.removesuffix("'s")
    if stem != part:
        return (stem, "is") if stem in _SUBJECTS else (stem,)
    return tuple(part.replace("'", " ").split())


@lru_cache(maxsize=1 << 16)
def lemmas(form: str, language: str) -> tuple[str, ...]:
    """The form itself and its lemma, without repetition; one spelling for British and American ones."""
    spellings = dict.fromkeys((form, _one_spelling(form)))
    if language not in _LANGUAGES or form.isdecimal():
        return tuple(spellings)
    found = dict(spellings)
    for spelling in spellings:
        lemma = simplemma.lemmatize(spelling, lang=language).lower()
        found[_undoubled(lemma) if language == "en" else lemma] = None
        if language == "en":
            found[_undoubled(_one_spelling(spelling))] = None
    return tuple(found)


def _one_spelling(form: str) -> str:
    if len(form) < _MIN_BRITISH:
        return form
    for pattern, american in _BRITISH:
        form = pattern.sub(american, form)
    return form


def _undoubled(lemma: str) -> str:
    """`cancelled` and `canceled` come from one word."""
    return lemma[:-1] if len(lemma) >= _MIN_BRITISH and lemma.endswith("ll") else lemma
