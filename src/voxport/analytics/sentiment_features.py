"""What a sentence shows of how somebody feels: its words, word pairs and triples, and the same with classes for words.

Classes stand for words of one kind (`lists/sentiment-classes-en.json`, and what the lexicon holds for good or bad), so
that what was learned of "my order never arrived" is known of "the package never came". Names and figures have no mood:
each is one sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from voxport.analytics.casing import known_names
from voxport.analytics.word_lists import read_word_lists
from voxport.language.numbers.lexicon import ENGLISH

_NAME, _FIGURE = "<name>", "<figure>"
_WORD = re.compile(r"<\w+>|[^\W_]+(?:'[^\W_]+)*|[,?]")
_CONTRACTED = (
    (re.compile(r"\bcan't\b|\bcannot\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"\bshan't\b"), "shall not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"\bgonna\b"), "going to"),
    (re.compile(r"\bwanna\b"), "want to"),
    (re.compile(r"\bgotta\b"), "got to"),
    (re.compile(r"\bkinda\b"), "kind of"),
    (re.compile(r"'(?:m|re|s|ve|d|ll)\b"), ""),
)
_ANNOUNCED = re.compile(
    r"(?i)\b((?:my|his|her|last|first|the|whose) name(?:'s| is)|name on (?:the|my) (?:account|card) is"
    r"|names? (?:is|was)"
    r"|speaking (?:with|to)|mister|missus|miss|mrs?|ms|dr|doctor)\.? ((?:[^\W\d_]+[ .]?){1,3})"
)
_REACH = 4
"""How many words a negation reaches, to the next mark or "but" at most."""
_ENDS = frozenset({",", "but", "because", "so", "and", "<mark>"})
_STRONG = 2.3
"""Valence (of 4) from which a word of the lexicon is of the strong class."""
_SIGNS = re.compile(r"[’`]")
_SIGNED_FIGURE = (
    (re.compile(r"[$€£]\s?(\d[\d,]*(?:\.\d+)?)"), r"\1 dollars"),
    (re.compile(r"(\d)\s?%"), r"\1 percent"),
)
"""Amounts are said in words where numbers are not formatted: both are one to the model."""
_FILLERS = re.compile(
    r"(?:,\s*)?\b(?:um+|uh+|er|erm|hmm+)\b(?:\s*,)?|,\s*(?:you know|i mean|like|i guess)\s*,", re.IGNORECASE
)
"""What stands between a negation and what it denies: "not making any, you know, crazy noises"."""
_SCALED = r"(?:hundred|thousand|million|billion)"
_SAID_FIGURES = (
    (re.compile(rf"\b(?:an?|one) (?={_SCALED}\b)"), ""),
    (re.compile(r"\bhundred and (?!a\b|the\b|i\b)"), "hundred "),
    (re.compile(r"\bdollars and \S+ cents?\b"), "dollars"),
)


def features_of(sentence: str, lexicon: Mapping[str, float]) -> set[str]:
    """The features of an English sentence, as it was written; `lexicon` has the valence of words."""
    words = words_of(sentence)
    classes = [_class_of(word, lexicon) for word in words]
    found = set(_alone(words, classes))
    for prefix, row, longest in (("w", words, 3), ("c", classes, 4)):
        framed = ["^", *row, "$"]
        for length in range(2, longest + 1):
            found.update(f"{prefix}:{' '.join(framed[at : at + length])}" for at in range(len(framed) - length + 1))
    found.update(f"s:{one} {other}" for at, one in enumerate(classes) for other in classes[at + 2 : at + 5])
    if "but" in words:
        behind = len(words) - words[::-1].index("but")
        found.update(f"but:{name}" for name in classes[behind:])
    return found


def words_of(sentence: str) -> list[str]:
    """Lower case, contractions taken apart, a sign for each name and figure."""
    text = _named(_FILLERS.sub(" ", _SIGNS.sub("'", sentence)))
    for pattern, written in (*_SIGNED_FIGURE, *_CONTRACTED):
        text = pattern.sub(written, text)
    row: list[str] = []
    for word in _WORD.findall(_figures_joined(text)):
        sign = _FIGURE if _is_figure(word) else word
        if not (row and sign == row[-1] and sign in (_FIGURE, _NAME)):
            row.append(sign)
    return row


def _figures_joined(text: str) -> str:
    """A number of several words as one figure: "a hundred and five", "twelve dollars and five cents"."""
    for pattern, written in _SAID_FIGURES:
        text = pattern.sub(written, text)
    return text


def _named(text: str) -> str:
    """Lower case with a sign for what has a capital inside the sentence, and what is announced as a name."""
    text = _ANNOUNCED.sub(lambda match: f"{match[1]} {_NAME} ", text) if not _has_capitals(text) else text
    places = list(re.finditer(r"[^\W\d_]+(?:'[^\W\d_]+)*", text))
    masked = {at for at, (one, other) in enumerate(pairwise(places), 1) if _is_name(text, one, other)}
    if 1 in masked and places[0].group()[0].isupper() and places[0].group().lower() not in _openers():
        masked.add(0)
    out, end = "", 0
    for at, place in enumerate(places):
        out += text[end : place.start()].lower() + (_NAME if at in masked else place.group().lower())
        end = place.end()
    return out + text[end:].lower()


def _has_capitals(text: str) -> bool:
    return any(sign.isupper() for sign in re.sub(r"\bI\b", "", text[1:]))


def _is_name(text: str, before: re.Match[str], word: re.Match[str]) -> bool:
    between = text[before.end() : word.start()]
    capital = word.group()[0].isupper() and word.group().split("'")[0] != "I" and not word.group().isupper()
    return capital and not any(sign in ".?!" for sign in between.removeprefix("."))


@cache
def _openers() -> frozenset[str]:
    """Words that begin a sentence and are no part of the name behind them."""
    return known_names()["never"] | {"dear", "thanks", "okay", "well", "oh", "is", "from", "call", "tell"}


@cache
def _figures() -> frozenset[str]:
    return frozenset({*ENGLISH.digits, *ENGLISH.teens, *ENGLISH.tens, *ENGLISH.scales, *ENGLISH.hundred}) - {"one"}


def _is_figure(word: str) -> bool:
    return any(sign.isdecimal() for sign in word) or word in _figures()


@cache
def _classes() -> dict[str, str]:
    return {word: name for name, words in read_word_lists("sentiment-classes-en").items() for word in words}


def _class_of(word: str, lexicon: Mapping[str, float]) -> str:
    if known := _classes().get(word):
        return f"<{known}>"
    value = lexicon.get(word, 0.0)
    if not value:
        return word
    return f"<{'good' if value > 0 else 'bad'}{'!' if abs(value) >= _STRONG else ''}>"


def _alone(words: list[str], classes: list[str]) -> Iterator[str]:
    """Each word and its class; what stands within the reach of a negation is another word there."""
    reach = 0
    for word, name in zip(words, classes, strict=True):
        reach = 0 if word in _ENDS else max(0, reach - 1)
        denied = "not " if reach else ""
        yield f"w:{denied}{word}"
        yield f"c:{denied}{name}"
        reach = _REACH + 1 if name == "<not>" else reach
