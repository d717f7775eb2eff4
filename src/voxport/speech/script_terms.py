"""What stands out in a script (what agents say, text about the product): names, and words of no dictionary.

The rest of a script is what the model knows anyway.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from voxport.speech.sounds_alike import ordinary

MAX_TERMS = 500
"""Of all scripts together."""
_MAX_TERM_WORDS = 3
"""Longer runs of names are a list or a heading."""
_WORD = re.compile(r"[^\W_][\w'’.&+-]*[^\W_]|[^\W\d_]")
_SENTENCE = re.compile(r"[.!?:;]+\s+|[\n\r]+|[,()\"“”]")


def terms_of(scripts: Sequence[str], language: str) -> list[str]:
    """Terms by how often they stand there, at most `MAX_TERMS`; each in the spelling that it most often has."""
    found = Counter(term for script in scripts for part in _SENTENCE.split(script) for term in _terms(part, language))
    spellings: dict[str, str] = {}
    totals: Counter[str] = Counter()
    for term, count in found.most_common():
        spellings.setdefault(term.casefold(), term)
        totals[term.casefold()] += count
    return [spellings[key] for key, _ in totals.most_common(MAX_TERMS)]


def _terms(sentence: str, language: str) -> Iterator[str]:
    """Runs of words that stand out, cut to three words; a first word's capital says nothing."""
    run: list[str] = []
    for index, word in enumerate(_WORD.findall(sentence)):
        if _stands_out(word, language, index == 0):
            run.append(word)
            continue
        yield from _run(run, language)
        run = []
    yield from _run(run, language)


def _run(run: list[str], language: str) -> Iterator[str]:
    """A run as one term; of capitals alone ("May", "Monday") it is a name only when it has a word of no dictionary."""
    if any(not ordinary(word, language) for word in run) and any(len(word) > 2 for word in run):
        yield " ".join(run[:_MAX_TERM_WORDS])


def _stands_out(word: str, language: str, first: bool) -> bool:
    if word.isdigit():
        return False
    return not ordinary(word, language) or (not first and word[0].isupper() and len(word) > 1)
