"""Answers of hardly more than figures to questions that nobody understood, at `entireRegion` only.

Recognisers bend a question and leave its answer as it is: "job your card social?" "513." Where a secret is spoken of in
a call, what its giver says so is taken for a part of it, however it is written, unless what he was asked right before
is known to be something else.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from voxport.core.spans import pad
from voxport.core.transcript import Span
from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.redaction.detectors.candidate_options import CandidateOptions
from voxport.redaction.detectors.dates import is_month_and_year
from voxport.redaction.detectors.expiry_figures import is_date
from voxport.redaction.detectors.grouping import is_said_as_phone
from voxport.redaction.detectors.matches import Match
from voxport.redaction.detectors.payment_phase import answers_question
from voxport.redaction.dialogue.lines import TELEPHONE_DIGITS, Dialogue, Line
from voxport.redaction.dialogue.word_lists import ORDINARY_TOPICS, Topic, common_words, word_lists_of
from voxport.redaction.missed_speech.options import MissedSpeechOptions

_ELSE = frozenset({*ORDINARY_TOPICS, Topic.AMOUNT, Topic.ORDINARY_NAMED})
"""Cues that say that digits are no secret."""
_NO_DIGITS = (Shape.PERCENT, Shape.ORDINAL, Shape.CLOCK)
"""How no part of a number is written."""
_LATEST = 12
"""Secrets that are looked back at: one may be given digit by digit."""
_DATE, _CODE = 4, 3
"""Digits of the date of a card in figures, and of its code,"""
_LONG_CODED = "3"
"""which has one more where the card begins with this."""
_MONTH_WITHIN = 2
"""Words and marks beside digits in which a month makes a date of them."""


def bare_answers(
    dialogue: Dialogue,
    line: Line,
    secrets: Sequence[Match],
    taken: AbstractSet[tuple[int, int]],
    options: MissedSpeechOptions,
    reading: CandidateOptions,
) -> Iterator[Span]:
    """Where they are said on the line of who gives a secret. `secrets`: those that were found, in order of time;
    `taken`: line and index of the words that are covered anyway."""
    own = [one for one in secrets if one.channel == line.channel]
    for run in line.runs:
        beside = line.words_beside(run.words[0])
        if (line.channel, run.words[0]) in taken or beside > options.owed_beside or not _is_number(line, run, options):
            continue
        bare = beside <= options.bare_beside and answers_question(dialogue, run, reading.phase)
        if (bare and not _is_known(dialogue, line, run)) or (
            _is_owed(line, run, own, options) and not _is_named(dialogue, line, run)
        ):
            yield pad(with_month(line, run), options.answer_margin_ms, options.answer_margin_ms)


def _is_number(line: Line, run: NumberRun, options: MissedSpeechOptions) -> bool:
    """Whether a sentence has as many digits as a code or a date at least, and they are no telephone, no share and no
    count."""
    first = run.words[0]
    sentence = line.sentences[first]
    begin, end = bisect_left(line.sentences, sentence), bisect_right(line.sentences, sentence)
    digits = sum(len(one.value) for one in line.runs_in(begin, end - 1))
    dated = with_month(line, run) != run.span
    if digits < options.answered_digits and not dated:
        return False
    if is_said_as_phone(run) or len(run.value) in TELEPHONE_DIGITS or run.groups[0].shape in _NO_DIGITS:
        return False
    behind = line.after(run.words[1])
    lists = word_lists_of(line.language)
    return not (behind and behind[0] in lists.units and behind[0] not in common_words().weak_units)


def _is_known(dialogue: Dialogue, line: Line, run: NumberRun) -> bool:
    """Whether something else was asked for since the speaker spoke before, or he names something else himself."""
    first, begin_ms = run.words[0], run.span.start_ms
    sentence = line.sentences[first]
    begin = bisect_left(line.sentences, sentence)
    before_ms = line.words[begin - 1].end_ms if begin else 0
    end_ms = line.words[bisect_right(line.sentences, sentence) - 1].end_ms
    cues = dialogue.cues_within(before_ms, max(begin_ms, end_ms) + 1)
    return any(cue.topic in _ELSE for cue in cues)


def _is_owed(line: Line, run: NumberRun, own: Sequence[Match], options: MissedSpeechOptions) -> bool:
    """Whether digits are what goes with a card and was not given since: its date, or its code. Hardly anything else
    that is said alone behind a card has that form, whatever the question was heard as."""
    begin_ms = run.span.start_ms
    end = bisect_left(own, begin_ms, key=lambda one: one.span.start_ms)
    given: list[str] = []
    card = None
    for one in reversed(own[max(0, end - _LATEST) : end]):
        if len(one.digits) >= options.whole_card_answer:
            card = one
            break
        given.append(one.digits)
    if card is None or begin_ms - card.span.end_ms > options.late_within_ms:
        return False
    if is_month_and_year(run, line):
        return not is_date("".join(reversed(given))[:_DATE])
    code = _CODE + card.digits.startswith(_LONG_CODED)
    return len(run.value) == code and not any(len(one) == code and not is_date(one) for one in given)


def _is_named(dialogue: Dialogue, line: Line, run: NumberRun) -> bool:
    """Whether the speaker of digits says in their sentence that they are something else."""
    sentence = line.sentences[run.words[0]]
    begin, end = bisect_left(line.sentences, sentence), bisect_right(line.sentences, sentence)
    cues = dialogue.cues_within(line.words[begin].start_ms, line.words[end - 1].end_ms + 1)
    return any(cue.channel == line.channel and cue.topic in _ELSE for cue in cues)


def with_month(line: Line, run: NumberRun) -> Span:
    """The time of the digits with that of a month right beside them."""
    months = word_lists_of(line.language).months
    first, last = max(0, run.words[0] - _MONTH_WITHIN), min(len(line.words), run.words[1] + 1 + _MONTH_WITHIN)
    words = [line.words[index] for index in range(first, last) if line.plain_words[index] in months]
    spans = [run.span, *(Span(word.start_ms, word.end_ms) for word in words)]
    return Span(min(span.start_ms for span in spans), max(span.end_ms for span in spans))
