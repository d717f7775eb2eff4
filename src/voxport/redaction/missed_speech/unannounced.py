"""Numbers of a card that nothing announced, in a call in which one is paid with, at `entireRegion` only.

Recognisers lose the question ("exp?", "when's it up") behind one that was understood and answered, and write a card
number in amounts. Elsewhere such digits may be anything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from voxport.core.spans import pad
from voxport.core.transcript import Span
from voxport.language.numbers import NumberRun
from voxport.redaction.detectors.amounts import without_amounts
from voxport.redaction.detectors.candidates import CandidateOptions
from voxport.redaction.detectors.grouping import is_said_as_phone
from voxport.redaction.detectors.matches import Match
from voxport.redaction.detectors.payment_phase import answers_question, is_of_a_card
from voxport.redaction.detectors.subjects import Subject, SubjectOptions, governing_cue, is_payment_spoken_of
from voxport.redaction.dialogue.lines import Dialogue, Line
from voxport.redaction.dialogue.word_lists import ORDINARY_TOPICS, Topic, common_words, word_lists_of
from voxport.redaction.missed_speech.options import MissedSpeechOptions

_ELSE = frozenset({*ORDINARY_TOPICS, Topic.AMOUNT, Topic.SOCIAL, Topic.ORDINARY_NAMED})
_NO_CARD = frozenset({Topic.ORDINARY, Topic.ACCOUNT, Topic.DOCUMENT, Topic.SOCIAL})
_MONTH_WITHIN = 2
"""Words and marks beside digits in which a month makes a date of them."""


def unannounced_spans(
    dialogue: Dialogue,
    secrets: Sequence[Match],
    options: MissedSpeechOptions,
    reading: CandidateOptions,
) -> list[Span]:
    """Where they are said; nothing in a call in which no card is spoken of."""
    if not is_payment_spoken_of(dialogue):
        return []
    taken = {(secret.channel, index) for secret in secrets for index in secret.words}
    spans = []
    for line in dialogue.lines.values():
        if not line.is_keyed:
            free = [run for run in line.runs if (run.channel, run.words[0]) not in taken]
            late = _late_answers(dialogue, line, free, secrets, options, reading)
            spans += [_with_month(line, run) for run in late]
            spans += [run.span for run in _long_numbers(dialogue, line, free, options, reading.subjects)]
    return [pad(span, options.answer_margin_ms, options.answer_margin_ms) for span in spans]


def _late_answers(
    dialogue: Dialogue,
    line: Line,
    runs: Sequence[NumberRun],
    secrets: Sequence[Match],
    options: MissedSpeechOptions,
    reading: CandidateOptions,
) -> Iterator[NumberRun]:
    """What can be a date or a code and answers a question in which nothing else was asked for, soon after a card."""
    own = (one for one in secrets if one.channel == line.channel)
    cards_end_ms = sorted(one.span.end_ms for one in own if len(one.digits) >= options.late_card_digits)
    for run in runs:
        begin_ms = run.span.start_ms
        place = bisect_left(cards_end_ms, begin_ms) - 1
        if place < 0 or begin_ms - cards_end_ms[place] > options.late_within_ms:
            continue
        since_ms = _last_said_ms(line, run, cards_end_ms[place])
        if (
            is_of_a_card(run, line, reading.phase)
            and not any(cue.topic in _ELSE for cue in dialogue.cues_within(since_ms, begin_ms))
            and _is_asked(dialogue, line, since_ms, begin_ms)
            and answers_question(dialogue, run, reading.phase)
            and not _is_amount(line, run, reading)
        ):
            yield run


def _is_asked(dialogue: Dialogue, line: Line, since_ms: int, until_ms: int) -> bool:
    """Whether the other side says more than a nod in that time."""
    nods = common_words().nods
    return any(
        since_ms <= other.words[place].start_ms < until_ms and other.plain_words[place] not in {"", *nods}
        for other in dialogue.lines.values()
        if other.channel != line.channel and not other.is_keyed
        for place in range(
            *(bisect_left(other.words, ms, key=lambda word: word.start_ms) for ms in (since_ms, until_ms))
        )
    )


def _is_amount(line: Line, run: NumberRun, reading: CandidateOptions) -> bool:
    """Whether something of it is an amount, a time or a house, but for the date of a card."""
    dated = _with_month(line, run) != run.span
    return not dated and without_amounts(run, line, Subject.UNKNOWN, reading.amounts) != [run]


def _with_month(line: Line, run: NumberRun) -> Span:
    """The time of the digits with that of a month right beside them."""
    months = word_lists_of(line.language).months
    first, last = max(0, run.words[0] - _MONTH_WITHIN), min(len(line.words), run.words[1] + 1 + _MONTH_WITHIN)
    words = [line.words[index] for index in range(first, last) if line.plain_words[index] in months]
    spans = [run.span, *(Span(word.start_ms, word.end_ms) for word in words)]
    return Span(min(span.start_ms for span in spans), max(span.end_ms for span in spans))


def _last_said_ms(line: Line, run: NumberRun, least_ms: int) -> int:
    """When the number before on the same side ended, but for that of the card."""
    place = bisect_left(line.runs, run.words[0], key=lambda one: one.words[0]) - 1
    return max(least_ms, line.runs[place].span.end_ms) if place >= 0 else least_ms


def _long_numbers(
    dialogue: Dialogue,
    line: Line,
    runs: Sequence[NumberRun],
    options: MissedSpeechOptions,
    subjects: SubjectOptions,
) -> Iterator[NumberRun]:
    """Runs that together have as many digits as a card, whatever they are written as, and are announced as nothing."""
    linked: list[NumberRun] = []
    for run in (*runs, None):
        if run is not None and (not linked or _is_linked(line, linked[-1], run, options)):
            linked.append(run)
            continue
        digits = sum(len(one.value) for one in linked)
        if options.least_long <= digits <= options.most_long and not any(is_said_as_phone(one) for one in linked):
            cue = governing_cue(dialogue, linked[0], subjects)
            if cue is None or cue.topic not in _NO_CARD:
                yield from linked
        linked = [] if run is None else [run]


def _is_linked(line: Line, before: NumberRun, run: NumberRun, options: MissedSpeechOptions) -> bool:
    near = run.span.start_ms - before.span.end_ms <= options.long_gap_ms
    return near and line.spoken_between(before.words[1], run.words[0]) <= options.long_gap_words
