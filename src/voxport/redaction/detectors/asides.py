"""What a side says in figures once the other has answered a question for a secret, or beside its own question."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from voxport.core.transcript import Word
from voxport.language.numbers import NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors import card_numbers
from voxport.redaction.detectors.candidates import Candidate
from voxport.redaction.detectors.card_months import is_month_with_year
from voxport.redaction.detectors.expiry_figures import is_date
from voxport.redaction.detectors.matches import Given
from voxport.redaction.detectors.payment_card_options import PaymentCardOptions
from voxport.redaction.detectors.subjects import Subject
from voxport.redaction.dialogue.answering import answers_mark
from voxport.redaction.dialogue.lines import Cue, Dialogue, Line
from voxport.redaction.dialogue.word_lists import Topic, word_lists_of

_LEAST_ANSWER = 3
"""Digits of an answer by itself; fewer answer a question that names others: "18 or 80?"."""
_MENDED_MS = 20_000
"""ms after a number that is no secret in which its end may be mended. A judgement."""
_CORRECTING = 3
"""Words before digits in which "no" makes them a correction of what the other side said. A judgement."""
_RENEWED_WITHIN = 8
"""Words before digits in which "no" makes them those that hold instead. A judgement."""
_TOLD_WITHIN = 2
"""Words and marks from "expires" to a figure of the date that is told: "Caduca en 0 ..."."""
_SHARED_DIGITS = 2
"""Digits that he and who answers both say."""
_TOLD_MS = 3_000
"""ms before "on the back" in which the code was said: "it's 690 on the back"."""
_REMARK_WORDS, _REMARK_DIGITS = 4, 6
"""Words that make a remark of what is said with digits, and those at most; more are a number. Judgements."""
_CONFIRMED_WITHIN = 5
"""Words and marks from such a question to what its asker has: "valid through, I've got it as 5/27". A judgement."""
_DRESSED = (Shape.MONEY, Shape.DECIMAL)
"""How sums are written; three digits that stand alone may be the code."""
_DATE_OR_CODE = (Subject.EXPIRY, Subject.CODE, Subject.PAYMENT)


def is_aside(dialogue: Dialogue, candidate: Candidate, given: Given) -> bool:
    """Whether it is something else, or says again what was given; not what answers who asked and named digits himself:
    "it ends in 6604, is that correct?" "6640."."""
    cue, line = candidate.cue, dialogue.lines[candidate.channel]
    if cue is None or not given.is_aside(candidate.channel, cue.end_ms):
        return False
    short = len(candidate.value) < _LEAST_ANSWER
    first = candidate.runs[0].words[0]
    return cue.channel == candidate.channel or not answers_mark(dialogue, line, first, figures=short)


def is_card_aside(dialogue: Dialogue, candidate: Candidate, given: Given, options: PaymentCardOptions) -> bool:
    """Whether a side says a date, a code or less itself when the other has answered: "it will be there by 4 30"."""
    cue = candidate.cue
    if cue is None or candidate.subject not in _DATE_OR_CODE:
        return False
    if any(len(run.value) >= card_numbers.SHORTEST for run in candidate.runs):
        return False
    if _is_asked_to_confirm(candidate, cue, given, options):
        return False
    line, run = dialogue.lines[candidate.channel], candidate.runs[-1]
    if is_date(run.value) and run.groups[0].shape is not Shape.CLOCK and _is_asked(line, run):
        return False
    return is_aside(dialogue, candidate, given) and not _is_renewed(candidate, dialogue.lines[candidate.channel])


def _is_renewed(candidate: Candidate, line: Line) -> bool:
    """Whether who was told a date or a code says what it is instead: "I have 08 26." "No, I got a new one, 08 30."."""
    asked = candidate.cue is not None and candidate.cue.channel != candidate.channel
    before = line.before(candidate.runs[0].words[0], _RENEWED_WITHIN)
    corrected = not lexicon_of(line.language).corrections.isdisjoint(before)
    return asked and corrected and len(candidate.runs[0].value) in (card_numbers.GROUP - 1, card_numbers.GROUP)


def _is_asked_to_confirm(candidate: Candidate, cue: Cue, given: Given, options: PaymentCardOptions) -> bool:
    """Whether who asks has said himself what he asks for, and nobody else has answered: "are the security digits 448?"
    "484"."""
    own = given.first_since(cue.end_ms)
    if own is None or own.channel != cue.channel or candidate.channel == cue.channel:
        return False
    shared = sum((Counter(own.digits) & Counter(candidate.value)).values())
    if len(candidate.value) < options.whole_code or shared < _SHARED_DIGITS:
        return False
    return 0 < own.words[0] - cue.last <= _CONFIRMED_WITHIN


def is_of_other_side(dialogue: Dialogue, cue: Cue | None, run: NumberRun, given: Given) -> bool:
    """Whether who gave no card says what nobody asked for: a sum, a time, a count; not what he has confirmed, "and
    it's still 10/27?". What he says again of a card is known by that."""
    if given.giver in (None, run.channel) or not dialogue.is_of_several:
        return False
    if cue is not None and cue.topic is Topic.PART:
        return False
    line = dialogue.lines[run.channel]
    if not lexicon_of(line.language).corrections.isdisjoint(line.before(run.words[0], _CORRECTING)):
        return False
    clock = run.groups[0].shape is Shape.CLOCK
    dated = (is_date(run.value) and len(run.value) > _LEAST_ANSWER and not clock) or is_month_with_year(
        line, run.words[0], run.value
    )
    plain = not clock and run.groups[0].shape not in _DRESSED
    beside = {*line.before(run.words[0], _CORRECTING), *line.after(run.words[1], _CORRECTING)}
    part = not word_lists_of(line.language).part_words.isdisjoint(beside)
    if plain and (part or line.words_beside(run.words[0]) < _REMARK_WORDS):
        return False
    return not dated and (clock or not _is_asked(line, run))


def _is_asked(line: Line, run: NumberRun) -> bool:
    """Whether digits stand at the end of a question: "still 448?"."""
    behind = run.words[1] + 1
    return behind < len(line.words) and line.words[behind].text == "?"


def is_of_asker(dialogue: Dialogue, candidate: Candidate, given: Given) -> bool:
    """Whether who asks says less than the answer himself: a figure of the question, "the date on it and the three
    behind", or a number of another length than he asked for, "I only needed the last four ... 4-7-6-2-4-3-7"."""
    cue = candidate.cue
    if cue is None or not dialogue.is_of_several:
        return False
    if cue.channel != candidate.channel:
        return _is_remark_behind(dialogue, candidate, cue, given)
    if cue.topic in (Topic.EXPIRY, Topic.CODE, Topic.EXPIRY_NAMED, Topic.CODE_NAMED):
        # Who has given the number of the card tells its date himself, or who says it right behind the word.
        gave = given.whole is not None and given.whole.channel == candidate.channel
        told = 0 < candidate.runs[0].words[0] - cue.last <= _TOLD_WITHIN
        remarked = _is_remark(dialogue.lines[candidate.channel], candidate, cue, given)
        return (len(candidate.value) == 1 and not gave and not told) or remarked
    begin_ms = candidate.span.start_ms
    apart = any(
        bisect_left(line.words, begin_ms, key=_start_ms) > bisect_left(line.words, cue.end_ms, key=_start_ms)
        for line in dialogue.lines.values()
        if line.channel != cue.channel and not line.is_keyed
    )
    return cue.topic is Topic.PART and apart and card_numbers.GROUP < len(candidate.value) < card_numbers.SHORTEST


def _is_remark_behind(dialogue: Dialogue, candidate: Candidate, cue: Cue, given: Given) -> bool:
    """Whether who gave no card says digits of something else in a sentence, once its giver has told what he named:
    "it's 690 on the back." "Your temporary number is 70734."."""
    if candidate.subject not in (Subject.EXPIRY, Subject.CODE):
        return False
    last = given.matches[-1] if given.matches else None
    told = last is not None and last.channel == cue.channel and last.span.end_ms > cue.start_ms - _TOLD_MS
    return told and _is_remark(dialogue.lines[candidate.channel], candidate, None, given)


def _is_remark(line: Line, candidate: Candidate, cue: Cue | None, given: Given) -> bool:
    """Whether who gave no card says digits in a sentence that asks nothing, another one than that of his cue: "okay,
    you're guaranteed. It's 2025 if you don't show"; no date of a card and no three digits, which may be its code."""
    if given.giver in (None, candidate.channel) or is_date(candidate.value):
        return False
    if candidate.subject is Subject.CODE and len(candidate.value) <= _LEAST_ANSWER:
        return False
    sentence = line.sentences[candidate.runs[0].words[0]]
    if len(candidate.value) > _REMARK_DIGITS or any(line.sentences[run.words[1]] != sentence for run in candidate.runs):
        return False
    if cue is not None and line.sentences[cue.last] == sentence:
        return False
    end = bisect_right(line.sentences, sentence) - 1
    return line.words_beside(candidate.runs[0].words[0]) >= _REMARK_WORDS and line.words[end].text != "?"


def _start_ms(word: Word) -> int:
    return word.start_ms


def is_mended(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether digits mend the end of a number of the other side that is no secret: "last part's wrong, it's 0057"."""
    if candidate.subject is not Subject.PAYMENT or len(candidate.value) < card_numbers.GROUP:
        return False
    return any(
        one.channel != candidate.channel
        and len(one.value) > len(candidate.value)
        and one.value.endswith(candidate.value)
        and candidate.span.start_ms - one.span.end_ms <= _MENDED_MS
        for one in others
    )
