"""From the tokens of a hypothesis to words and punctuation marks of their own.

A word is what stands between spaces, without the marks around it: `1,200.50`, `$4.99`, `it's`, `e-mail` and `A.B.C.`
stay whole. What is spelled out is taken apart, so that each part has its own time: `S-M-I` becomes three words, and
`4-1-1-1-1-1` the groups `4111 11`, as a number is written when the model does not spell it. Three marks come out, as on
the platform's wire: full stop, comma and question mark; the others are mapped to the nearest of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from voxport.speech.engine import Token

_MARKS = {
    ".": ".",
    "!": ".",
    "…": ".",
    "。": ".",
    "！": ".",
    "।": ".",
    "?": "?",
    "？": "?",
    "؟": "?",
    ",": ",",
    ";": ",",
    ":": ",",
    "，": ",",
    "、": ",",
    "；": ",",
    "：": ",",
    "،": ",",
}
_OPENING = "\"'`([{<*_~#“”‘’«»„‹›¿¡-–—"
_CLOSING = "\"'`)]}>*_~“”‘’«»‹›-–—"
_INITIALS = re.compile(r"(?:\d{1,2}\.?)?(?:[^\W\d_]\.)+[^\W\d_]")
_SPELLED = re.compile(r"[^\W_](?:-[^\W_]){2,}")
_SPELLED_GROUP = re.compile(r"\d{1,4}|\D")
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "prof", "jr", "sr", "st", "vs"})
SPACELESS = frozenset({"zh", "ja", "th", "lo", "my", "yue", "km"})
"""Languages that are written without spaces: each readable unit is a word there."""


@dataclass(frozen=True, slots=True)
class DecodedWord:
    """A word as the engine heard it, before its times are corrected."""

    text: str
    """Without the marks around it."""
    start_ms: int
    """From the start of the segment."""
    end_ms: int
    """From the start of the segment."""
    probability: float
    """Mean of its tokens, 0 to 1."""
    mark: str = ""
    """The mark behind it, one of `.,?`; empty where there is none."""
    measured: bool = True
    """Whether its times come from the sound; False where they were estimated."""
    tokens: tuple[Token, ...] = field(default=(), compare=False, repr=False)
    """What it was decoded as, where its times are theirs."""

    def shifted(self, by_ms: int) -> DecodedWord:
        """The word and its tokens later by `by_ms`."""
        tokens = tuple(replace(one, start_ms=one.start_ms + by_ms, end_ms=one.end_ms + by_ms) for one in self.tokens)
        return replace(self, start_ms=self.start_ms + by_ms, end_ms=self.end_ms + by_ms, tokens=tokens)


def split_marks(chunk: str) -> tuple[str, str]:
    """(word, mark) of what stands between two spaces; the word is empty for a lone mark, the mark where there is none.

    `"(Hello),"` -> `("Hello", ",")`, `"p.m."` -> `("p.m.", "")`, `"$4.99."` -> `("$4.99", ".")`.
    """
    core = chunk.strip()
    if not any(character.isalnum() for character in core):
        return "", next((_MARKS[character] for character in core if character in _MARKS), "")
    core = _strip_opening(core)
    tail = ""
    while core and (core[-1] in _MARKS or core[-1] in _CLOSING):
        if core[-1] == "." and _dot_belongs(core[:-1]):
            break
        tail = core[-1] + tail
        core = core[:-1]
    marks = [_MARKS[character] for character in tail if character in _MARKS]
    return core, "?" if "?" in marks else (marks[0] if marks else "")


def to_words(tokens: Sequence[Token], language: str) -> list[DecodedWord]:
    """Words in order with their marks; a mark without a word before it is dropped."""
    words: list[DecodedWord] = []
    for chunk in _chunks(tokens, language in SPACELESS):
        text, mark = split_marks("".join(token.text for token in chunk))
        if _SPELLED.fullmatch(text):
            words.extend(_spelled(text, mark, chunk))
        elif text:
            words.append(_timed(text, mark, chunk))
        elif mark and words and not words[-1].mark:
            last = words[-1]
            words[-1] = replace(last, mark=mark)
    return words


def _strip_opening(core: str) -> str:
    """Cuts what opens a quotation or a remark; a minus before a digit and an apostrophe before a letter are the word's.

    A dot stays before a digit (".5"), and goes elsewhere ("...and").
    """
    while core:
        first, following = core[0], core[1:2]
        if first == "-" and following.isdigit():
            return core
        if first in "'’" and following.isalpha() and core[-1] not in "'’":
            return core
        if first == "." and following.isdigit():
            return core
        if first not in _OPENING and first not in _MARKS:
            return core
        core = core[1:].lstrip()
    return core


def _dot_belongs(before: str) -> bool:
    """Whether a full stop after `before` is part of the word: initials (`A.B.C`, `p.m`) and titles (`Mr`)."""
    return _INITIALS.fullmatch(before) is not None or before.lower() in _TITLES


def _chunks(tokens: Sequence[Token], spaceless: bool) -> Iterator[list[Token]]:
    """Tokens between spaces; each readable unit for itself in languages that write without them."""
    chunk: list[Token] = []
    for token in tokens:
        if chunk and (token.text[:1].isspace() or spaceless):
            yield chunk
            chunk = []
        if token.text.strip() or chunk:
            chunk.append(token)
    if chunk:
        yield chunk


def _spelled(text: str, mark: str, chunk: Sequence[Token]) -> list[DecodedWord]:
    """A word for each letter and for up to four digits; signs that share a token share its time evenly."""
    timed: list[tuple[float, float, float]] = []
    for token in chunk:
        count = sum(character.isalnum() for character in token.text)
        step_ms = (token.end_ms - token.start_ms) / max(1, count)
        timed += [
            (token.start_ms + step_ms * index, token.start_ms + step_ms * (index + 1), token.probability)
            for index in range(count)
        ]
    measured = all(token.measured for token in chunk)
    words: list[DecodedWord] = []
    position = 0
    for group in _SPELLED_GROUP.findall(text.replace("-", "")):
        signs = timed[position : position + len(group)]
        position += len(group)
        probability = sum(sign[2] for sign in signs) / len(signs)
        begin_ms, finish_ms = round(signs[0][0]), round(signs[-1][1])
        own = tuple(
            Token(sign, round(start), round(end), likely, measured)
            for sign, (start, end, likely) in zip(group, signs, strict=True)
        )
        words.append(DecodedWord(group, begin_ms, finish_ms, probability, measured=measured, tokens=own))
    words[-1] = replace(words[-1], mark=mark)
    return words


def _timed(text: str, mark: str, chunk: Sequence[Token]) -> DecodedWord:
    """Times and probability of the units that carry the word itself: a mark takes the pause behind it with it."""
    own = [token for token in chunk if any(character.isalnum() for character in token.text)] or list(chunk)
    probability = sum(token.probability for token in own) / len(own)
    measured = all(token.measured for token in own)
    return DecodedWord(text, own[0].start_ms, own[-1].end_ms, probability, mark, measured, tuple(own))
