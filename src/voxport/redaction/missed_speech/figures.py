"""Stretches of figures by a crude count, however a recogniser joined or bent them: what the reader of numbers misses.

Nothing is read here, only counted: figures in words, number words, what is heard for them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voxport.core.transcript import Span, WordKind
from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape, number_words_in, shape_of
from voxport.language.numbers.lexicon import Lexicon, bent_lexicon_of, plain
from voxport.redaction.detectors.grouping import is_said_as_phone
from voxport.redaction.dialogue.interruptions import Interruptions
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.word_lists import Topic, common_words, word_lists_of
from voxport.redaction.missed_speech.options import MissedSpeechOptions

_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:(?:19|20)\d\d|\d\d)")
"""A day with its year, which is no part of a card."""
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_BARE_GROUP = 3
"""Figures of a word that is no amount, by which amounts in the same stretch are groups of one number."""
_BETWEEN_DRESSED = 0
"""Words that say something between such an amount and the figures beside it."""
BESIDE_DRESSED = 7
"""Words in the sentence of a date or a code that was written as an amount, "it's $11.27 and $181 on the back"; a price
has more to it. A judgement."""
DRESSED_GROUPS = 2
"""Groups of figures of such a one: dollars and cents."""
_AMONG = 4
"""Words and marks beside an amount in which other figures make it a group of a number: "$336, then $155"."""
_NO_BREAK = frozenset({Topic.READY, Topic.PART, Topic.CODE_NAMED, Topic.ORDINARY_NAMED})
"""What may be spoken of while a number is being given."""
_OWN = frozenset({*_NO_BREAK, Topic.CARD, Topic.CARD_NAMED})
"""The same by who gives it."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A word with figures or number words."""

    index: int
    """In its line."""
    count: int
    """How many digits it is taken for."""
    span: Span
    dressed: bool = False
    """Whether it is written as an amount, which it is but beside other figures."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words with figures that follow one another, hardly anything else between."""

    line: Line
    words: tuple[Figures, ...]
    count: int
    """Digits of all of them."""

    @property
    def span(self) -> Span:
        return Span(self.words[0].span.start_ms, max(word.span.end_ms for word in self.words))

    @property
    def runs(self) -> Sequence[NumberRun]:
        """The numbers that were read in it."""
        return self.line.runs_in(self.words[0].index, self.words[-1].index)


def figures_of(line: Line) -> list[Figures]:
    """The words of a line that hold figures, but for telephones, dates, amounts and what counts something."""
    lexicon = bent_lexicon_of(line.language)
    phones = {index for run in line.runs if is_said_as_phone(run) for index in range(run.words[0], run.words[1] + 1)}
    found = []
    for index, word in enumerate(line.words):
        if word.kind is not WordKind.WORD or index in phones or _DATE.fullmatch(word.text):
            continue
        count = _count(word.text, lexicon)
        if count and not _is_counted(line, index):
            dressed = shape_of(word.text) is Shape.MONEY and not _is_among_figures(line, index)
            found.append(Figures(index, count, Span(word.start_ms, max(word.end_ms, word.start_ms + 1)), dressed))
    return found


def stretches(dialogue: Dialogue, line: Line, options: MissedSpeechOptions) -> Iterator[Stretch]:
    """The stretches of a line, in order: cut by a pause, by other words, and where something else is spoken of."""
    others_ms = Interruptions.of(line, dialogue.lines.values(), dialogue.options).starts_ms
    current: list[Figures] = []
    for word in (*figures_of(line), None):
        if word is not None and (
            not current
            or (
                _said_between(dialogue, line, others_ms, current[-1], word) <= options.other_words
                and _is_linked(dialogue, line, current[-1], word, options)
            )
        ):
            current.append(word)
            continue
        if not any(one.count >= _BARE_GROUP and not one.dressed for one in current):
            current = [one for one in current if not one.dressed]
        if current:
            yield Stretch(line, tuple(current), sum(one.count for one in current))
        current = [] if word is None else [word]


def _said_between(dialogue: Dialogue, line: Line, others_ms: Sequence[int], before: Figures, word: Figures) -> int:
    """How many words the other side says from one word with figures to the next, those aside by which it asks for the
    next part of a number, "in the last four"."""
    begin_ms, end_ms = before.span.end_ms, word.span.start_ms
    words = bisect_left(others_ms, end_ms) - bisect_left(others_ms, begin_ms)
    cues = (cue for cue in dialogue.cues_within(begin_ms, end_ms) if cue.channel != line.channel)
    return words - sum(cue.last + 1 - cue.first for cue in cues if cue.topic is Topic.PART)


def _count(text: str, lexicon: Lexicon) -> int:
    """How many digits a word stands for; none in an address of e-mail or in a name with more letters than figures."""
    if "@" in text or text.startswith("[") or ("'" in text and not any(sign.isdecimal() for sign in text)):
        return 0
    pieces = [part for piece in _PIECE.findall(plain(text)) for part in number_words_in(piece, lexicon)]
    figures = sum(len(piece) if piece.isdecimal() else _said(piece, lexicon) for piece in pieces)
    others = sum(len(piece) for piece in pieces if not piece.isdecimal() and not _said(piece, lexicon))
    return figures if others <= figures else 0


def _said(piece: str, lexicon: Lexicon) -> int:
    """How many digits a number word stands for."""
    if piece in lexicon.repeats:
        return lexicon.repeats[piece] - 1
    if piece in lexicon.teens or piece in lexicon.hundreds:
        return 2
    once = (lexicon.digits, lexicon.zeros, lexicon.tens, lexicon.scales, lexicon.heard_as)
    return int(piece not in lexicon.pronouns and any(piece in table for table in once)) or int(
        piece in lexicon.pronouns and piece in lexicon.digits
    )


def _is_counted(line: Line, index: int) -> bool:
    """Whether figures are an amount, a share or a count by how they are written or by the word behind them."""
    text = line.words[index].text
    after = line.plain_words[index + 1] if index + 1 < len(line.words) else ""
    if after in word_lists_of(line.language).units and after not in common_words().weak_units:
        return True
    shape = shape_of(text) if any(sign.isdecimal() for sign in text) else Shape.PLAIN
    return shape in (Shape.PERCENT, Shape.ORDINAL)


def _is_among_figures(line: Line, index: int) -> bool:
    """Whether other figures stand beside, marks and "then" aside."""
    lexicon = bent_lexicon_of(line.language)
    fillers = lexicon.fillers - lexicon.and_words
    for step in (-1, 1):
        place = index + step
        while abs(place - index) <= _AMONG and 0 <= place < len(line.words):
            if any(sign.isdecimal() for sign in line.words[place].text):
                return True
            if line.plain_words[place] and line.plain_words[place] not in fillers:
                break
            place += step
    return False


def _is_linked(dialogue: Dialogue, line: Line, before: Figures, word: Figures, options: MissedSpeechOptions) -> bool:
    if word.span.start_ms - before.span.end_ms > options.stretch_gap_ms:
        return False
    fillers, nods = bent_lexicon_of(line.language).fillers, common_words().nods
    between = (line.plain_words[place] for place in range(before.index + 1, word.index))
    most = _BETWEEN_DRESSED if before.dressed or word.dressed else options.stretch_gap_words
    if sum(1 for text in between if text and text not in fillers and text not in nods) > most:
        return False
    cues = dialogue.cues_within(before.span.start_ms, word.span.start_ms)
    return all(
        cue.topic in _OWN if cue.channel == line.channel else cue.topic in _NO_BREAK
        for cue in cues
        if cue.channel != line.channel or cue.first > before.index
    )


class Said:
    """How many digits of a line are said in a stretch of time."""

    def __init__(self, figures: Sequence[Figures]) -> None:
        self._starts_ms = [one.span.start_ms for one in figures]
        self._sums = [0]
        for one in figures:
            self._sums.append(self._sums[-1] + one.count)

    def between(self, begin_ms: int, end_ms: int) -> int:
        """Digits of the words that begin in [begin_ms, end_ms)."""
        return self._sums[bisect_left(self._starts_ms, end_ms)] - self._sums[bisect_left(self._starts_ms, begin_ms)]


def is_sum(line: Line, run: NumberRun, most_beside: int) -> bool:
    """Whether a number that was written as an amount is one, rather than a date or a code: with more than so many words
    in its sentence, or round, as people owe sums."""
    few = line.words_beside(run.words[0]) <= most_beside
    return not few or len(run.groups) > DRESSED_GROUPS or run.value.endswith("00")
