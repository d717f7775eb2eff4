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
from voxport.core.transcript import Span, Word
from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.redaction.detectors.amounts import without_amounts
from voxport.redaction.detectors.candidate_options import CandidateOptions
from voxport.redaction.detectors.dates import is_month_and_year
from voxport.redaction.detectors.expiry_figures import YEAR_DIGITS, is_date, is_year
from voxport.redaction.detectors.grouping import is_said_as_phone
from voxport.redaction.detectors.matches import Match
from voxport.redaction.detectors.payment_phase import answers_question
from voxport.redaction.detectors.subjects import Subject
from voxport.redaction.dialogue.interruptions import Interruptions
from voxport.redaction.dialogue.lines import TELEPHONE_DIGITS, Dialogue, Line
from voxport.redaction.dialogue.word_lists import ORDINARY_TOPICS, Topic, common_words, word_lists_of
from voxport.redaction.missed_speech.figures import DRESSED_GROUPS
from voxport.redaction.missed_speech.lone_answers import with_month
from voxport.redaction.missed_speech.options import MissedSpeechOptions

_ELSE = frozenset({*ORDINARY_TOPICS, Topic.AMOUNT, Topic.ORDINARY_NAMED})
"""Cues that say that digits are no secret."""
_NO_DIGITS = (Shape.PERCENT, Shape.ORDINAL, Shape.CLOCK)
"""How no part of a number is written."""
_LONGEST = 40
"""Words and marks beside digits that are looked at: a recogniser may leave out every full stop."""
_LATEST = 12
"""Secrets that are looked back at: one may be given digit by digit."""
_DATE, _CODE = 4, 3
"""Digits of the date of a card in figures, and of its code,"""
_LONG_CODED = "3"
"""which has one more where the card begins with this."""


def bare_answers(
    dialogue: Dialogue,
    line: Line,
    secrets: Sequence[Match],
    taken: AbstractSet[tuple[int, int]],
    topics: AbstractSet[Topic],
    options: MissedSpeechOptions,
    reading: CandidateOptions,
) -> Iterator[Span]:
    """Where they are said on the line of who gives a secret. `secrets`: those that were found, in order of time;
    `taken`: line and index of the words that are covered anyway."""
    if not dialogue.is_of_several:
        # Nothing tells who speaks.
        return
    own = [one for one in secrets if one.channel == line.channel]
    others_ms = Interruptions.of(line, dialogue.lines.values(), dialogue.options).starts_ms
    for run in line.runs:
        if (line.channel, run.words[0]) in taken:
            continue
        said = _said_with(line, run, others_ms)
        beside = _words_beside(line, said)
        if beside > options.owed_beside or not _is_number(line, run, said, options, reading):
            continue
        # Of "September 21" only a question for the date of a card makes a year.
        whole = _digits(line, said) >= options.answered_digits
        bare = whole and beside <= options.bare_beside and answers_question(dialogue, run, reading.phase)
        if (bare and not _is_known(dialogue, line, run, said, topics, options)) or (
            _is_owed(line, run, said, own, options) and not _is_named(dialogue, line, said)
        ):
            yield pad(with_month(line, run, said), options.answer_margin_ms, options.answer_margin_ms)


def _said_with(line: Line, run: NumberRun, others_ms: Sequence[int]) -> range:
    """The indices of the sentence of digits, the other side saying nothing between: recognisers leave out full stops.
    `others_ms`: when words of the other side begin that are no nods."""
    place = bisect_left(others_ms, run.span.start_ms)
    begin_ms = others_ms[place - 1] if place else 0
    end_ms = others_ms[place] if place < len(others_ms) else line.words[-1].end_ms + 1
    sentence = line.sentences[run.words[0]]
    first, last = max(0, run.words[0] - _LONGEST), min(len(line.words), run.words[1] + 1 + _LONGEST)
    begin = bisect_left(line.words, begin_ms, lo=first, hi=run.words[0], key=_start_ms)
    end = bisect_left(line.words, end_ms, lo=run.words[1] + 1, hi=last, key=_start_ms)
    return range(
        max(begin, bisect_left(line.sentences, sentence)),
        min(end, bisect_right(line.sentences, line.sentences[run.words[1]])),
    )


def _start_ms(word: Word) -> int:
    return word.start_ms


def _words_beside(line: Line, said: range) -> int:
    """How many words are said that belong to no digits."""
    runs = line.runs_in(said.start, said.stop - 1)
    digits = {index for run in runs for index in range(run.words[0], run.words[1] + 1)}
    return sum(1 for index in said if line.plain_words[index] and index not in digits)


def _digits(line: Line, said: range) -> int:
    """How many digits are said there."""
    return sum(len(one.value) for one in line.runs_in(said.start, said.stop - 1))


def _is_number(
    line: Line, run: NumberRun, said: range, options: MissedSpeechOptions, reading: CandidateOptions
) -> bool:
    """Whether a sentence has as many digits as a code or a date at least, and they are no telephone, no share, no count
    and no time, house or address of e-mail by what stands beside them."""
    dated = with_month(line, run, said) != run.span and _is_card_date(line, run, said)
    if _digits(line, said) < options.answered_digits and not dated:
        return False
    shapes = {group.shape for group in run.groups}
    if is_said_as_phone(run) or (len(run.value) in TELEPHONE_DIGITS and Shape.MIXED not in shapes):
        return False
    if run.groups[0].shape in _NO_DIGITS or "@" in line.words[run.words[0]].text:
        return False
    if Shape.MONEY in shapes:
        return len(run.groups) <= DRESSED_GROUPS and not run.value.endswith("00")
    if not dated and without_amounts(run, line, Subject.UNKNOWN, reading.amounts) != [run]:
        return False
    behind = line.after(run.words[1])
    lists = word_lists_of(line.language)
    return not (behind and behind[0] in lists.units and behind[0] not in common_words().weak_units)


def _is_known(
    dialogue: Dialogue,
    line: Line,
    run: NumberRun,
    said: range,
    topics: AbstractSet[Topic],
    options: MissedSpeechOptions,
) -> bool:
    """Whether something else alone was asked for since the speaker spoke before, or he names something else himself."""
    before = next((index for index in range(said.start - 1, -1, -1) if _speaks(line, index)), None)
    since_ms = line.words[before].end_ms if before is not None else 0
    # "What's your order number?" "Let me look." "Take your time."
    begin_ms = line.words[said.start].start_ms - options.answer_within_ms - options.answer_pause_ms
    numbers = line.runs_in(max(0, said.start - _LONGEST), said.start - 1)
    answered_ms = max((one.span.end_ms for one in numbers if len(one.value) >= options.answered_digits), default=0)
    since_ms = min(since_ms, max(answered_ms, begin_ms))
    cues = dialogue.cues_within(since_ms, line.words[said.stop - 1].end_ms + 1)
    # "The last four of your social, and your zip code." "67038-ZIP-09724."
    several = any(cue.first == cue.last == run.words[0] for cue in cues if cue.channel == line.channel)
    asked = any(cue.topic in topics and cue.channel != line.channel for cue in cues)
    return not (several and asked) and any(cue.topic in _ELSE for cue in cues)


def _speaks(line: Line, index: int) -> bool:
    """Whether somebody says more there than a nod."""
    return line.plain_words[index] not in {"", *common_words().nods}


def _is_owed(line: Line, run: NumberRun, said: range, own: Sequence[Match], options: MissedSpeechOptions) -> bool:
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
    given = [one for one in given if not card.digits.endswith(one)]
    if _is_card_date(line, run, said) and not any(_is_dated(one) for one in given):
        return True
    code = _CODE + card.digits.startswith(_LONG_CODED)
    return len(run.value) == code and not any(len(one) == code and not _is_dated(one) for one in given)


def _is_dated(digits: str) -> bool:
    """Whether digits are the date of a card, or its year alone: "September twenty seven"."""
    return len(digits) % 2 == 0 and (is_date(digits) or is_year(digits))


def _is_card_date(line: Line, run: NumberRun, said: range) -> bool:
    """Whether digits are a month and the year of a card in figures, or such a year beside the name of its month."""
    if len(run.value) == _DATE and is_date(run.value):
        return True
    named = with_month(line, run, said) != run.span and len(run.value) == YEAR_DIGITS and is_year(run.value)
    return named or is_month_and_year(run, line)


def _is_named(dialogue: Dialogue, line: Line, said: range) -> bool:
    """Whether the speaker of digits says in their sentence that they are something else."""
    cues = dialogue.cues_within(line.words[said.start].start_ms, line.words[said.stop - 1].end_ms + 1)
    return any(cue.channel == line.channel and cue.topic in _ELSE for cue in cues)
