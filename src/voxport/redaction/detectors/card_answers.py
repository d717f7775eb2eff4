"""What answers the questions for the expiry date and the security code of a payment card."""

from __future__ import annotations

from itertools import islice

from voxport.language.numbers import Group, NumberRun
from voxport.language.numbers.atoms import Shape
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors import card_numbers
from voxport.redaction.detectors.candidates import Candidate
from voxport.redaction.detectors.card_months import is_month_with_year, month_before, months_beside
from voxport.redaction.detectors.dates import is_month_and_year
from voxport.redaction.detectors.expiry_figures import is_date, is_year
from voxport.redaction.detectors.grouping import is_said_as_phone
from voxport.redaction.detectors.matches import Given, Match, match_of
from voxport.redaction.detectors.payment_card_options import PaymentCardOptions, Talk
from voxport.redaction.detectors.payment_phase import answers_question
from voxport.redaction.dialogue.answering import answers_mark
from voxport.redaction.dialogue.lines import TELEPHONE_DIGITS, Line
from voxport.redaction.dialogue.word_lists import Topic, common_words, word_lists_of

_DAY_DIGITS, _LAST_DAY, _LAST_DAY_BEFORE_YEARS = 2, 31, 19
"""Digits of a day, the last day of a month, and the last of those days that are the year of no card."""
_TALKED, _CORRECTING = 2, 3
"""Words behind a date from which on digits are said of something else, and those before digits in which "no" makes them
a correction of it. Judgements."""
_DATE_DIGITS, _SENTENCE = 4, 3
"""Digits of a month and a year, and words that make a sentence. The latter is a judgement."""
_MOST_ELSE = 6
"""Digits of a sum or a count; more are a card that is given late."""
_CODES = (Topic.CODE, Topic.CODE_NAMED)
"""Cues that ask for the code of a card."""
_OF_CARDS = (Topic.CARD, Topic.CARD_NAMED, Topic.PART, Topic.EXPIRY, Topic.CODE)
"""Cues by which a card is spoken of."""
_NEAR_CUES = 32
"""Cues before digits among which those are looked for: a call may have any number."""
_PASSCODE = range(5, 9)
"""Digits of a code that was sent to somebody."""
_BEFORE_DAY = ("el",)
"""Before a day in Spanish: "el 11 de abril"."""
_CLOCKS = (Shape.CLOCK, Shape.DECIMAL)
"""How times of day are written, `11.30`."""
_AMOUNTS = (Shape.MONEY, Shape.DECIMAL)
"""How amounts are written,"""
_DRESSED = (*_AMOUNTS, Shape.CLOCK)
"""and times of day, which are none of a card once its date or its code was given."""


def expiry_dates(talk: Talk, candidate: Candidate, given: Given, options: PaymentCardOptions) -> list[Match]:
    """The first answer to the question; a long one is a card number that was given late."""
    line = talk.dialogue.lines[candidate.channel]
    cue_end_ms = candidate.cue.end_ms if candidate.cue else candidate.span.start_ms
    if (_has_begun(given, cue_end_ms) and _is_day_of_asker(candidate, line)) or _is_early_day(candidate, line, given):
        return []
    secrets: list[Match] = []
    dated: NumberRun | None = None
    if given.is_answered(cue_end_ms) and _is_count_behind(talk, candidate, given.digits_since(cue_end_ms)):
        return []
    own = candidate.cue is not None and candidate.cue.channel == candidate.channel
    for run in candidate.runs:
        if own and len(run.groups) == 1 and _is_day_of_month(run.groups[0], line):
            continue
        coded = any(
            (line.channel, line.sentences[run.words[0]]) in talk.dialogue.sentences_by_topic.get(one, ())
            for one in _CODES
        )
        if (secrets and not coded and _is_dressed(run)) or (
            dated and _is_behind_date(talk, candidate, dated, run, given)
        ):
            continue
        near = run.span.start_ms - cue_end_ms <= options.answer_ms
        months = months_beside(run.groups, line, options.months)
        if not secrets and candidate.cue is not None:
            months = tuple(sorted({*months, *month_before(candidate.cue, run, line, options.months)}))
        answered = bool(secrets) or given.is_answered(cue_end_ms)
        if near and _fits(run, options.longest_expiry, options, answered=answered, whole=is_whole_given(given)):
            secrets.append(match_of(line, run.groups, months))
            if is_date(run.value) or is_month_with_year(line, run.words[0], run.value):
                dated = run
    return secrets


def _is_behind_date(talk: Talk, candidate: Candidate, dated: NumberRun, run: NumberRun, given: Given) -> bool:
    """Whether digits behind a whole date are said of something else: a day or a count within a sentence, "10 of 28.
    We'll be in late, like 11", and of who asked whatever is no date, "29, okay. So that's 208"."""
    line = talk.dialogue.lines[candidate.channel]
    if is_date(run.value) or run.value in dated.value or len(run.value) > _MOST_ELSE:
        return False
    if _mends(line, run.words[0]):
        return False
    talked = line.spoken_between(dated.words[1], run.words[0]) >= _TALKED
    if candidate.cue is not None and talk.dialogue.asked_with(candidate.cue, _CODES):
        return False
    asks = candidate.cue is not None and candidate.cue.channel == candidate.channel != given.giver
    if asks and talk.dialogue.is_of_several:
        return talked
    day = all(group.shape is Shape.ORDINAL for group in run.groups)
    return len(run.value) <= _DAY_DIGITS and (talked or day)


def _is_count_behind(talk: Talk, candidate: Candidate, said: str) -> bool:
    """Whether digits as few as of a day are said in a sentence once a whole date was given, and mend nothing: "10 of
    28." "We'll be in late, like 11."."""
    line, value, first = talk.dialogue.lines[candidate.channel], candidate.value, candidate.runs[0].words[0]
    if len(value) > _DAY_DIGITS or value in said or not is_date(said[:_DATE_DIGITS]):
        return False
    if _mends(line, first):
        return False
    return line.words_beside(first) >= _SENTENCE and not answers_mark(talk.dialogue, line, first, figures=True)


def _mends(line: Line, index: int) -> bool:
    """Whether words before digits make a correction of them: "no, 28", "maybe that's 11"."""
    before = line.before(index, _CORRECTING)
    told = before[:1] != () and before[0] in common_words().forms_of_be
    return told or not lexicon_of(line.language).corrections.isdisjoint(before)


def codes(talk: Talk, candidate: Candidate, given: Given, options: PaymentCardOptions) -> list[Match]:
    """Digits until the code is whole; what comes later than a moment after it is something else, but for a date of a
    card that answers a question: "And the date you put?" "3-28"."""
    line = talk.dialogue.lines[candidate.channel]
    cue_end_ms = candidate.cue.end_ms if candidate.cue else candidate.span.start_ms
    secrets: list[Match] = []
    digits = 0
    for run in candidate.runs:
        whole = digits >= options.whole_code
        if (whole and _is_dressed(run)) or _is_passcode(talk, candidate, run, given):
            continue
        until_ms = secrets[-1].span.end_ms + options.code_again_ms if whole else cue_end_ms + options.answer_ms
        answered = whole or given.is_answered(cue_end_ms)
        longest = options.longest_continued if answered else options.longest_code
        dated = whole and _is_date_asked(talk, candidate, run)
        if dated or (
            run.span.start_ms <= until_ms
            and _fits(run, longest, options, answered=answered, whole=is_whole_given(given))
        ):
            secrets.append(match_of(line, run.groups, months_beside(run.groups, line, options.months, dated=False)))
            # A date before the code is none of its digits.
            digits += 0 if is_month_and_year(run, line) else len(run.value)
    return secrets


def _is_passcode(talk: Talk, candidate: Candidate, run: NumberRun, given: Given) -> bool:
    """Whether more digits than a code of a card has are some code before a card was spoken of: "the one you texted
    me?"."""
    named = candidate.cue is not None and candidate.cue.topic is Topic.CODE_NAMED and not is_whole_given(given)
    before = reversed(talk.dialogue.cues_within(0, run.span.start_ms)) if named else iter(())
    named = named and not any(cue.topic in _OF_CARDS for cue in islice(before, _NEAR_CUES))
    half = len(run.value) // 2
    twice = run.value[:half] == run.value[half:]
    dated = _is_date_with_code(run.value) or any(is_date(group.text) for group in run.groups)
    return named and len(run.value) in _PASSCODE and not twice and not dated


def _is_dressed(run: NumberRun) -> bool:
    """Whether digits are written as an amount or a time of day, and as no month and year: `35.60`, `8:30`."""
    shape = run.groups[0].shape
    return shape in _DRESSED and (shape is Shape.CLOCK or not is_date(run.value))


def _fits(run: NumberRun, longest: int, options: PaymentCardOptions, *, answered: bool, whole: bool) -> bool:
    """Whether digits can be the answer, or are a card number that was given late: where there is a `whole` one none is
    as short as a telephone number, but for a date with its code; behind an answer none is said as such a number is."""
    if whole and len(run.value) in TELEPHONE_DIGITS:
        return not answered and _is_date_with_code(run.value)
    if answered and whole and options.longest_date < len(run.value) < options.late_card_digits:
        # Its rest, or the date and the code once more; else it is another number, "... member 752-7278".
        forms = (run.value, f"0{run.value}", f"01{run.value}", run.value[-4:])
        return any(_is_date_with_code(form) for form in forms)
    late = card_numbers.SHORTEST if answered and (whole or is_said_as_phone(run)) else options.late_card_digits
    begins = not (answered and whole) or card_numbers.begins_like_a_card(run.value)
    return len(run.value) <= longest or (len(run.value) >= late and begins)


def is_whole_given(given: Given) -> bool:
    """Whether a card number was given, though a few of its digits may have been lost."""
    return given.most_digits >= card_numbers.SHORTEST


def _is_date_with_code(value: str) -> bool:
    """Whether digits begin with the month and year of a card, as a date with the code behind it does, or end in them
    behind a slip."""
    dates = [value[:4]]
    dates += [value[:2] + value[4:6]] if value[2:4] == "20" else []
    dates += [value[-6:-4] + value[-2:]] if value[-4:-2] == "20" else []
    return any(is_date(date) for date in dates)


def _is_date_asked(talk: Talk, candidate: Candidate, run: NumberRun) -> bool:
    """Whether the date of a card answers another question of who asked for the code; no time of day."""
    if run.groups[0].shape in _CLOCKS or candidate.cue is None or candidate.cue.channel == candidate.channel:
        return False
    return is_date(run.value) and answers_question(talk.dialogue, run, talk.phase)


def _has_begun(given: Given, cue_end_ms: int) -> bool:
    """Whether something of a card was given since it was asked for."""
    return bool(given.matches) and given.matches[-1].span.start_ms >= cue_end_ms


def _is_early_day(candidate: Candidate, line: Line, given: Given) -> bool:
    """Whether who asks says a day that is no year, either: "good through October 4th, your payoff is"; or a bare one
    before anything of a card was given, "su prima vence el 30"."""
    own = candidate.cue is not None and candidate.cue.channel == candidate.channel
    bare = len(candidate.groups) == 1 and line.before(candidate.groups[0].words[0])[:1] == _BEFORE_DAY
    if own and bare and not given.matches and candidate.groups[0].value <= _LAST_DAY:
        return True
    ordinal = len(candidate.groups) == 1 and candidate.groups[0].shape is Shape.ORDINAL
    if not own or not ordinal or is_year(candidate.value) or candidate.groups[0].value > _LAST_DAY_BEFORE_YEARS:
        return False
    before, behind = line.before(candidate.groups[0].words[0]), line.after(candidate.groups[0].words[1])
    month = bool(before) and before[0] in word_lists_of(line.language).months
    return month and not (behind and behind[0] in common_words().between_month_and_year)


def _is_day_of_month(group: Group, line: Line) -> bool:
    """Whether a day stands before its month, and no year of a card behind it: "vence el 11 de abril"."""
    of, month, joined = (*line.after(group.words[1], 3), "", "", "")[:3]
    named = of in common_words().weak_units and month in word_lists_of(line.language).months
    year = joined in common_words().between_month_and_year or joined.isdecimal() or group.text.startswith("0")
    return named and not year and line.before(group.words[0])[:1] == _BEFORE_DAY


def _is_day_of_asker(candidate: Candidate, line: Line) -> bool:
    """Whether who asked says a lone day himself: "by February 6th"; it is no month ("09") and no year of a card, unless
    its month stands behind it, "el 28 de marzo", or it is said as a day, "October 25th"."""
    value = candidate.value
    own = candidate.cue is not None and candidate.cue.channel == candidate.channel
    behind = line.after(candidate.runs[-1].words[1], 2)
    dated = (
        len(behind) > 1 and behind[0] in common_words().weak_units and behind[1] in word_lists_of(line.language).months
    )
    dated = dated or all(group.shape is Shape.ORDINAL for group in candidate.groups)
    return own and len(value) <= _DAY_DIGITS and value[0] != "0" and (dated or not is_year(value))
