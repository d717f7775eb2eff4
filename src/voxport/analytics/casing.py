"""Capitals for speech that was written without any, so that names in it are found.

Only a text that has no capital but "I" is touched; its length stays. Given names, places, months and days are known by
lists, other names by the words that announce them ("my name is ...", "thank you for calling ...").
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import simplemma

from voxport.analytics.word_lists import read_word_lists

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NAME_FOLLOWS = re.compile(r"\b(?:names? is|name's|mister|mr|missus|mrs|ms|miss|doctor|dr)\.?\s+$")
_MAYBE_NAME_FOLLOWS = re.compile(
    r"\b(?:this is|i'm|i am|it's|thanks|thank you|hi|hello|okay|with|for|under|manager|ask(?:ed)? for|hey|,)\s+$"
)
_COMPANY_FOLLOWS = re.compile(
    r"\b(?:for (?:calling|choosing|contacting)|welcome to|thanks for being with|switch to)\s+$"
)
_MAX_COMPANY_WORDS = 3
"""So many words may be the name of a company where nothing ends it."""


def known_names() -> dict[str, frozenset[str]]:
    """The lists by kind, in lower case: `given`, `doubtful` (given names that are common words too), `places`, ..."""
    return read_word_lists("names-en")


def with_capitals(text: str) -> str:
    """The text with capitals where a writer would set them; unchanged when it has some already."""
    if any(sign.isupper() for sign in re.sub(r"\bI\b", "", text)):
        return text
    words = list(_WORD.finditer(text))
    chosen = _known(text, words) | _announced(text, words)
    signs = list(text)
    for index in chosen:
        signs[words[index].start()] = signs[words[index].start()].upper()
    return "".join(signs)


def _known(text: str, words: list[re.Match[str]]) -> set[int]:
    lists = known_names()
    capital = lists["given"] | lists["places"] | lists["days"] | lists["months"] | {"i", "i'm", "i've", "i'd", "i'll"}
    chosen = {index for index, word in enumerate(words) if word.group() in capital}
    for index, (first, second) in enumerate(pairwise(words)):
        if text[first.start() : second.end()] in lists["long_places"]:
            chosen |= {index, index + 1}
    return chosen | _surnames(words, chosen, lists["given"])


def _surnames(words: list[re.Match[str]], chosen: set[int], given: frozenset[str]) -> set[int]:
    """What stands right behind a given name and is no word of the language, or known for a surname."""
    return {
        index + 1
        for index in chosen
        if index + 1 < len(words) and words[index].group() in given and is_surname(words[index + 1].group())
    }


def is_surname(text: str) -> bool:
    """Whether a word (lower case) behind a given name can be the family's."""
    return text in known_names()["surnames"] or not is_word(text)


def _announced(text: str, words: list[re.Match[str]]) -> set[int]:
    lists = known_names()
    chosen: set[int] = set()
    for index, word in enumerate(words):
        before = text[: word.start()]
        if _NAME_FOLLOWS.search(before) and word.group() not in lists["never"]:
            chosen.add(index)
            if index + 1 < len(words) and is_surname(words[index + 1].group()):
                chosen.add(index + 1)
        elif _MAYBE_NAME_FOLLOWS.search(before) and word.group() in lists["doubtful"] - lists["never"]:
            chosen.add(index)
        elif _COMPANY_FOLLOWS.search(before) and word.group() not in lists["never"]:
            chosen |= _company(words, index, lists["never"])
    return chosen


def _company(words: list[re.Match[str]], first: int, never: frozenset[str]) -> set[int]:
    chosen: set[int] = set()
    for index in range(first, min(first + _MAX_COMPANY_WORDS, len(words))):
        apart = index > first and words[index].start() - words[index - 1].end() > 1
        if apart or words[index].group() in never | {"since", "until"}:
            break
        chosen.add(index)
    return chosen


@cache
def is_word(text: str) -> bool:
    """Whether English has that word (lower case), as far as a dictionary of lemmas knows."""
    return bool(simplemma.is_known(text, lang="en")) or len(text) < 3
