"""The phase of payment: once a card number was given, date and code follow, however they are asked for.

It lasts until the talk has really moved on: until something else is asked for, or for minutes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from voxport.core.transcript import WordKind
from voxport.language.numbers import NumberRun
from voxport.redaction.detectors.expiry_figures import YEAR_DIGITS, is_year
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.word_lists import ORDINARY_TOPICS, Topic, common_words, word_lists_of

_ELSE = (*ORDINARY_TOPICS, Topic.SOCIAL)


@dataclass(frozen=True, slots=True)
class PaymentPhaseOptions:
    """How long a card is being paid with, and what then answers a question that was not understood."""

    lasts_ms: int = 240_000
    """ms after the last card number: systems are slow, and people talk about the weather. A judgement."""
    least_card_digits: int = 12
    """Digits of a number that begins the phase, by itself: the shortest card."""
    answer_within_ms: int = 8_000
    """ms from the end of what the other side says to the digits: people turn their card over. A judgement."""
    asked_within_ms: int = 30_000
    """ms before the digits in which a word that asks begins: longer than any word is believed to last."""
    answer_words: int = 8
    """Words of the answer before its digits ("let me see, it says")."""
    code_digits: tuple[int, ...] = (3, 4)
    """Digits of a security code, and of an expiry date in figures."""


def is_answer_in_payment(
    dialogue: Dialogue, run: NumberRun, cards_end_ms: Sequence[int], options: PaymentPhaseOptions
) -> bool:
    """Whether digits answer a question, since a card was given and nothing else was asked for.

    `cards_end_ms`: when the numbers of cards ended, in order.
    """
    begin_ms = run.span.start_ms
    last = bisect_right(cards_end_ms, begin_ms) - 1
    if last < 0 or begin_ms - cards_end_ms[last] > options.lasts_ms:
        return False
    if any(cue.topic in _ELSE for cue in dialogue.cues_within(cards_end_ms[last], begin_ms)):
        return False
    return is_of_a_card(run, dialogue.lines[run.channel], options) and answers_question(dialogue, run, options)


def is_of_a_card(run: NumberRun, line: Line, options: PaymentPhaseOptions) -> bool:
    """Whether digits can be a code or an expiry date."""
    value = run.value
    if len(value) in options.code_digits:
        return True
    beside = line.plain_words[max(0, run.words[0] - 2) : run.words[1] + 3]
    lists = word_lists_of(line.language)
    month = any(word in lists.months or word in lists.date_words for word in beside)
    return month and len(value) in (2, 4, 6) and is_year(value[-YEAR_DIGITS:])


def answers_question(dialogue: Dialogue, run: NumberRun, options: PaymentPhaseOptions) -> bool:
    """Whether the other side, or in mono a question, was heard just before the digits."""
    line, begin_ms = dialogue.lines[run.channel], run.span.start_ms
    others = [one for one in dialogue.lines.values() if one.channel != line.channel and not one.is_keyed]
    if not any(one.speaks_from_ms < begin_ms for one in others):
        before = line.words[max(0, run.words[0] - options.answer_words) : run.words[0]]
        return any(word.text == "?" for word in before)
    asked_ms = max((_spoken_until_ms(one, begin_ms, options) for one in others), default=0)
    if begin_ms - asked_ms > options.answer_within_ms:
        return False
    words = 0
    for place in range(run.words[0] - 1, -1, -1):
        if line.words[place].kind is WordKind.WORD:
            words += line.words[place].start_ms >= asked_ms
            if words > options.answer_words or line.words[place].start_ms < asked_ms:
                break
    return words <= options.answer_words


def _spoken_until_ms(line: Line, before_ms: int, options: PaymentPhaseOptions) -> int:
    """When the last words of a line before a time end, nods aside; 0 where they are too long ago to have asked."""
    nods = common_words().nods
    end = bisect_left(line.words, before_ms, key=lambda word: word.start_ms)
    begin = bisect_left(line.words, before_ms - options.asked_within_ms, key=lambda word: word.start_ms)
    ends = (line.words[place].end_ms for place in range(begin, end) if line.plain_words[place] not in {"", *nods})
    return max(ends, default=0)
