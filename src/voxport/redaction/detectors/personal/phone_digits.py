"""Digits that may be of a telephone number: what is written as one, and what is left of digits without amounts, dates,
times and prices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.amount_options import AmountOptions
from voxport.redaction.detectors.amounts import without_amounts
from voxport.redaction.detectors.personal.money_rows import is_row
from voxport.redaction.detectors.subjects import Subject
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.questions import lead_words, naming_words
from voxport.redaction.dialogue.word_lists import common_words

_CLAUSE_MS = 1_500
"""A pause that ends what somebody says, where recognisers leave out the full stop. A judgement."""
CLAUSE_WORDS = 40
"""Words and marks on either side of digits in which other words of the same clause are looked for."""
_HEARD_BETWEEN = 5
"""Words and marks between digits of one number that were heard for another: ", que era". A judgement."""
_LEAST_WRITTEN = 7
"""Digits of a telephone number without its area."""
_PRICE = re.compile(r"\d{1,4}\.\d\d")
"""Dollars and cents without their sign."""
_TIME = re.compile(r"(?:1[0-2]|[1-9])[0-5][05]")
"""A time of day without the mark between hours and minutes."""
RUN_TOGETHER = re.compile(r"(?:\d-?){7,13}-[a-z]+", re.IGNORECASE)
"""A telephone number and the next word written as one, as recognisers do: `9-8-2-7-7-0-8-5-6-extension`."""
SIGN_BY_SIGN = re.compile(r"[2-9][-.]\d[-.]\d(?:[-.]?\d){7}\.?")
"""One written in other groups, or as a decimal: `4-9-1-935-7594`, `4.5.6.4.6.7.6.5.8.5`."""
BEHIND_LETTER = re.compile(r"[A-Z]{1,2}-[2-9]\d\d-\d{3}-\d{4}")
"""One with a letter before it that is left of a misheard word: `S-464-522-2957`."""
BEHIND_WORD = re.compile(r"[A-Za-z]{4,}-?(?:[2-9]\d\d-\d{3}-\d{4}|0\d{2,4}-?\d{3}-?\d{3,4})")
"""One with the word before it in one: `mobles07962-726-402` for "mobile's"."""
WITH_LETTER = re.compile(r"[2-9]\d\d-?(?:[A-Z]{1,2}-?\d{3}-?\d{3,4}|\d{3}-?[A-Z]{1,2}-?\d{3,4})", re.IGNORECASE)
"""One in which a hesitation was heard as a letter: `806-M-771-8406` for "eight oh six, um"."""
WRITTEN_PHONE = re.compile(r"\$?(?:\+?1[-. ]?)?\(?[2-9]\d{2}\)?[-. ]?\d{3}[-. ]\d{4}")
_IN_DISGUISE = re.compile(r"\$?\d+(?:[-.,]\d+){2,}")
"""Digits with so many marks between that they are no amount, unless they are groups of thousands: `$5.2939.49337`."""
_UNMARKED = re.compile(r"\$\d{8,13}")
"""Money without marks between thousands, as which no recogniser writes so large an amount: `$6175550142`."""
_AN_AMOUNT = re.compile(r"\$?\d{1,3}(?:,\d{3})+(?:\.\d\d)?")
WRITTEN = (WRITTEN_PHONE, RUN_TOGETHER, SIGN_BY_SIGN, WITH_LETTER, BEHIND_LETTER, BEHIND_WORD)
"""Words that are a telephone number whatever was asked for."""


@dataclass(frozen=True, slots=True)
class PhoneOptions:
    """Which digits are a telephone number. All values are judgements."""

    lengths: tuple[int, ...] = (7, 8, 9, 10, 11, 12, 13)
    """Digits of one that nobody asked for: without its area seven, with a country before it up to thirteen."""
    whole: int = 10
    """Digits from which on one has been given, after which further pieces are other numbers or say it again."""
    link_ms: int = 8_000
    """ms of pause between two pieces, as for cards."""
    link_words: int = 8
    """Words of the same side between two pieces ("no sorry, at the end it is"); none beside a lone digit."""
    alone: tuple[int, ...] = (10, 11)
    """Digits in one go that are one even after a card, its date or code, or a social security number was asked for."""
    answers_looked_at: int = 8
    """Numbers behind a question for something else that may have answered it."""
    corrected: int = 4
    """Digits of a piece that is said again once the number was whole."""
    least_announced: int = 3
    """Digits of an announced piece; fewer are counts, unless more come."""
    least_answer: int = 5
    """Digits that answer a question which nobody understood; fewer are counts, years and prices."""
    read_back_ms: int = 15_000
    """ms after a number in which pieces of it may be said again."""
    read_back_of: int = 3
    """Numbers looked at in that time."""
    amounts: AmountOptions = field(default_factory=AmountOptions)
    """Which digits are an amount, a date or a time instead."""


def pieces_of(run: NumberRun, line: Line, options: PhoneOptions, *, announced: bool) -> list[NumberRun]:
    """The digits that may be of a telephone number; where one was announced also what is dressed as money or as an
    ordinal right beside others: "$617, 555, 0142"."""
    if is_row(line, run) or (announced and (_is_among_digits(line, run, options) or _is_in_thousands(run))):
        return [run]
    if _is_price(line, run) or _is_time(line, run):
        return []
    return without_other_numbers(run, line, Subject.ORDINARY if announced else Subject.UNKNOWN, options)


def without_other_numbers(run: NumberRun, line: Line, subject: Subject, options: PhoneOptions) -> list[NumberRun]:
    """The digits without amounts, dates and times; what is written as a telephone number stays."""
    return [run] if _is_written(line, run) else without_amounts(run, line, subject, options.amounts)


def is_all_digits(line: Line, run: NumberRun, options: PhoneOptions) -> bool:
    """Whether somebody says nothing but digits, as many as answer a question for a number: "$2.09222, $763.00"."""
    first, last = run.words
    while first > max(0, run.words[0] - CLAUSE_WORDS) and goes_together(line, first - 1, first):
        first -= 1
    while last + 1 < min(len(line.words), run.words[1] + CLAUSE_WORDS) and goes_together(line, last, last + 1):
        last += 1
    runs = line.runs_in(first, last)
    if any(group.shape is Shape.PERCENT for one in runs for group in one.groups):
        return False
    figures = {index for one in runs for index in range(one.words[0], one.words[1] + 1)}
    others = [line.plain_words[index] for index in range(first, last + 1) if index not in figures]
    said = [text for text in others if text and text not in lead_words(line.language)]
    return not said and sum(len(one.value) for one in runs) >= options.least_answer


def _is_price(line: Line, run: NumberRun) -> bool:
    """Whether digits are all of a price in a sentence: "the last charge was 91.75"."""
    before = line.before(run.words[0])
    told = bool(before) and before[0] in common_words().forms_of_be | common_words().clock_words
    return told and run.words[0] == run.words[1] and _PRICE.fullmatch(line.words[run.words[0]].text) is not None


def _is_time(line: Line, run: NumberRun) -> bool:
    """Whether digits in one word are a time of day by what stands before them: "call before 645"."""
    written = line.words[run.words[0]].text
    before = line.before(run.words[0])
    told = bool(before) and before[0] in naming_words(line.language, "before_times")
    return told and run.words[0] == run.words[1] and _TIME.fullmatch(written) is not None


def goes_together(line: Line, one: int, other: int) -> bool:
    """Whether two words stand in one clause, without a pause between."""
    near = line.words[other].start_ms - line.words[one].end_ms <= _CLAUSE_MS
    return near and line.sentences[one] == line.sentences[other]


def _is_among_digits(line: Line, run: NumberRun, options: PhoneOptions) -> bool:
    """Whether plain digits that are no count follow with nothing but a comma between, not "$45, 3 of them"; or digits
    written as a decimal end what others begin: "43, que era 9.42"."""
    if all(group.shape is Shape.PLAIN for group in run.groups):
        return False
    following = line.runs_in(run.words[1] + 1, run.words[1] + 2)
    begins = bool(following) and (
        len(following[0].value) >= options.least_announced
        and is_plain(line, following[0])
        and not line.spoken_between(run.words[1], following[0].words[0])
        and line.sentences[run.words[0]] == line.sentences[following[0].words[0]]
    )
    return begins or (all(group.shape is Shape.DECIMAL for group in run.groups) and _ends_digits(line, run))


def _is_in_thousands(run: NumberRun) -> bool:
    """Whether as many digits as a telephone number has are written as millions: `7,966,896`."""
    return all(group.shape is Shape.THOUSANDS for group in run.groups) and len(run.value) >= _LEAST_WRITTEN


def _ends_digits(line: Line, run: NumberRun) -> bool:
    """Whether plain digits, or such as are written as a decimal themselves, stand before others in their sentence, with
    nothing between but what was heard for one."""
    before = line.runs_in(max(0, run.words[0] - _HEARD_BETWEEN), run.words[0] - 1)
    if not before or line.sentences[before[-1].words[1]] != line.sentences[run.words[0]]:
        return False
    between = "".join(line.plain_words[before[-1].words[1] + 1 : run.words[0]])
    table = lexicon_of(line.language)
    decimal = all(group.shape is Shape.DECIMAL for group in before[-1].groups)
    return (decimal or is_plain(line, before[-1])) and (
        not between or between in {*table.heard_between, *table.heard_as}
    )


def _is_written(line: Line, run: NumberRun) -> bool:
    return any(_is_written_word(line.words[group.words[0]].text) for group in run.groups)


def _is_written_word(text: str) -> bool:
    """Whether a word is written as a telephone number, or dressed as what no amount looks like."""
    if WRITTEN_PHONE.fullmatch(text):
        return True
    if _UNMARKED.fullmatch(text):
        return True
    disguised = _IN_DISGUISE.fullmatch(text) is not None and _AN_AMOUNT.fullmatch(text) is None
    return disguised and sum(sign.isdecimal() for sign in text) >= _LEAST_WRITTEN


def is_plain(line: Line, run: NumberRun) -> bool:
    return all(group.shape is Shape.PLAIN for group in run.groups) or _is_written(line, run) or is_row(line, run)
