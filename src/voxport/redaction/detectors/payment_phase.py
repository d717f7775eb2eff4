"""The phase of payment: once a card number was given, date and code follow, however they are asked for.

It lasts until the talk has really moved on: until something else is asked for, or for minutes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from voxport.core.transcript import WordKind
from voxport.language.numbers import NumberRun
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
    answer_words: int = 8
    """Words of the answer before its digits ("let me see, it says")."""
    code_digits: tuple[int, ...] = (3, 4)
    """Digits of a security code, and of an expiry date in figures."""
    years: tuple[int, int] = (20, 49)
    """The last two digits of the years in which cards expire."""


def is_answer_in_payment(
    dialogue: Dialogue, run: NumberRun, cards: Iterable[NumberRun], options: PaymentPhaseOptions
) -> bool:
    """Whether digits answer a question, since one of `cards` was given and nothing else was asked for."""
    begin_ms = run.span.start_ms
    ends = [card.span.end_ms for card in cards if card.span.end_ms <= begin_ms]
    if not ends or begin_ms - ends[-1] > options.lasts_ms:
        return False
    if any(cue.topic in _ELSE and ends[-1] <= cue.start_ms < begin_ms for cue in dialogue.cues):
        return False
    return _is_of_a_card(run, dialogue.lines[run.channel], options) and answers_question(dialogue, run, options)


def _is_of_a_card(run: NumberRun, line: Line, options: PaymentPhaseOptions) -> bool:
    """Whether digits can be a code or an expiry date."""
    value = run.value
    if len(value) in options.code_digits:
        return True
    beside = line.plain_words[max(0, run.words[0] - 2) : run.words[1] + 3]
    month = any(word in word_lists_of(line.language).months for word in beside)
    first, last = options.years
    return month and len(value) in (2, 4, 6) and first <= int(value[-2:]) <= last


def answers_question(dialogue: Dialogue, run: NumberRun, options: PaymentPhaseOptions) -> bool:
    """Whether the other side, or in mono a question, was heard just before the digits."""
    line, nods = dialogue.lines[run.channel], common_words().nods
    begin_ms = run.span.start_ms
    others = [
        word.end_ms
        for other in dialogue.lines.values()
        if other.channel != line.channel and not other.is_keyed
        for word, text in zip(other.words, other.plain_words, strict=True)
        if text and text not in nods and word.start_ms < begin_ms
    ]
    if others:
        asked_ms = max(others)
        since = (word for word in line.words[: run.words[0]] if word.kind is WordKind.WORD)
        words = sum(1 for word in since if word.start_ms >= asked_ms)
        return begin_ms - asked_ms <= options.answer_within_ms and words <= options.answer_words
    before = line.words[max(0, run.words[0] - options.answer_words) : run.words[0]]
    return any(word.text == "?" for word in before)
