"""Whether digits are a payment card by what they look like, beside what announced them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from voxport.language.numbers import NumberRun
from voxport.redaction.detectors import card_numbers
from voxport.redaction.detectors.candidates import Candidate
from voxport.redaction.detectors.expiry_figures import MONTH_DIGITS, is_month
from voxport.redaction.detectors.grouping import is_said_as_phone, spoken_pattern
from voxport.redaction.detectors.matches import Given, Match, match_of
from voxport.redaction.detectors.number_flow import has_talked, is_telephone
from voxport.redaction.detectors.payment_card_options import PaymentCardOptions, Talk
from voxport.redaction.detectors.subjects import Subject, is_of_a_document
from voxport.redaction.dialogue.lines import TELEPHONE_DIGITS, Cue, Dialogue, Line
from voxport.redaction.dialogue.word_lists import Topic, common_words, word_lists_of

_SUM = re.compile(r"\d{1,3}\.\d\d")
"""What is to be paid, with its cents."""
_SUM_WITHIN = 4
"""Words on each side of a sum that may say that it is one, or a part of a card. A judgement."""
_MAY_BE_BEHIND_ELSE = (Subject.UNKNOWN, Subject.CARD_NAMED)
"""Subjects of a card that nobody had asked for, before which something else may have been said,"""
_PRELUDE_WORDS, _LEAST_REST = 2, 8
"""with so many words since, and digits of the card behind it. Judgements."""
_WHOLE = 15
"""Digits of a card that lacks none, before which nothing of it stands."""
_MOST_PRELUDES = 6
"""Short numbers before a card that are looked at."""
_EMBOSSED = 16
"""Digits of a card that is embossed in four groups, as most are."""


def is_card_part(candidate: Candidate, line: Line, given: Given, least: int, options: PaymentCardOptions) -> bool:
    """Whether digits that were announced as a card number, or said where one was named, are a part of one: not what
    the announcement had already, and behind a whole number only its date or its code."""
    if len(candidate.value) < least or (candidate.subject is Subject.CARD_NAMED and _is_other_number(candidate.value)):
        return False
    cue = candidate.cue
    part = cue is not None and cue.topic is Topic.PART
    if not part and _is_sum_of_asker(candidate, line, given):
        return False
    if part and all(is_said_as_phone(run) for run in candidate.runs):
        return False
    if part and cue is not None and _is_answered(cue, given, options) and all(map(is_telephone, candidate.runs)):
        return False
    if given.whole is None or len(candidate.value) >= card_numbers.SHORTEST:
        return True
    if cue is not None and cue.start_ms > given.whole.span.start_ms and not _is_answered(cue, given, options):
        return len(candidate.value) <= options.longest_expiry or not given.is_answered(cue.end_ms)
    soon = candidate.span.start_ms - given.matches[-1].span.end_ms <= options.continued_ms
    short = len(candidate.value) <= options.longest_continued
    return soon and (short or (given.matches[-1] is given.whole and _is_bent_date(candidate, line, options)))


def without_prelude(dialogue: Dialogue, candidate: Candidate) -> Sequence[NumberRun]:
    """The digits of a card without short ones that were said of something else before it: "so that's 360. Alright, I'll
    give you my Visa, 4815 ..."."""
    runs = candidate.runs
    if candidate.subject not in _MAY_BE_BEHIND_ELSE:
        return runs
    short = sum(1 for _ in takewhile(_is_short, runs[:_MOST_PRELUDES]))
    ends = (place for place in range(min(short, len(runs) - 1), 0, -1) if _is_prelude(dialogue, runs, place))
    return runs[next(ends, 0) :]


def _is_short(run: NumberRun) -> bool:
    """Whether digits are no group of a card as it begins."""
    begins = len(run.value) == card_numbers.GROUP and card_numbers.begins_like_a_card(run.value)
    return len(run.value) <= card_numbers.GROUP and not begins


def _is_prelude(dialogue: Dialogue, runs: Sequence[NumberRun], end: int) -> bool:
    """Whether the first `end` of the digits are none of a card that the others are."""
    last, following = runs[end - 1 : end + 1]
    said, rest = ("".join(run.value for run in part) for part in (runs[:end], runs[end:]))
    line = dialogue.lines[last.channel]
    if line.sentences[last.words[1]] == line.sentences[following.words[0]] or rest.startswith(said):
        return False
    if card_numbers.begins_like_a_card(said + "0") and len(rest) < _WHOLE:
        # "It's 41. Hang on, let me get my glasses. 47 2020 ..."
        return False
    talked = has_talked(dialogue, last.span.end_ms, following.span.start_ms, _PRELUDE_WORDS)
    return talked and len(rest) >= _LEAST_REST and card_numbers.begins_like_a_card(rest)


def _is_sum_of_asker(candidate: Candidate, line: Line, given: Given) -> bool:
    """Whether who speaks of a card says what is to be paid before anything of it was given: "that's 48.95, your
    card?", "your card on file, it's not going through for the 16.99 renewal", "a card for the 250 hold"."""
    cue, (first, last) = candidate.cue, candidate.runs[0].words
    own = cue is not None and cue.channel == candidate.channel and not given.matches
    if not own or first != last or len(candidate.runs) > 1:
        return False
    written, before = bool(_SUM.fullmatch(line.words[first].text)), line.before(first, _SUM_WITHIN)
    if candidate.subject is Subject.CARD_NAMED and (written or len(candidate.value) < card_numbers.GROUP):
        lists, beside = word_lists_of(line.language), {*before, *line.after(last, _SUM_WITHIN)}
        if not lists.sum_words.isdisjoint(beside) and lists.part_words.isdisjoint(beside):
            return True
    return written and before[:1] != () and before[0] in common_words().before_sums


def _is_other_number(value: str) -> bool:
    """Whether digits where a card is only spoken of have the length of a telephone number, and no card begins so."""
    return len(value) in TELEPHONE_DIGITS and not card_numbers.begins_like_a_card(value)


def _is_answered(cue: Cue, given: Given, options: PaymentCardOptions) -> bool:
    """Whether the announcement has had its digits: "the card ending in 1111, correct?" asks for no more."""
    return any((cue.channel, cue.last + words) in given.places for words in range(options.answered_within + 1))


def _is_bent_date(candidate: Candidate, line: Line, options: PaymentCardOptions) -> bool:
    """Whether digits may be an expiry date, of which one was heard twice or lost; "I am at 02139" is none."""
    value, before = candidate.value, line.before(candidate.runs[0].words[0])
    placed = bool(before) and before[0] in common_words().time_words
    return len(value) <= options.longest_date and is_month(value[:MONTH_DIGITS]) and not placed


def is_too_long_for_amount(candidate: Candidate) -> bool:
    """Whether digits after "your balance is" are no amount: recognisers write a card as amounts, `58.63 , 22.27`."""
    amount = candidate.cue is not None and candidate.cue.topic is Topic.AMOUNT
    return amount and len(candidate.value) >= card_numbers.SHORTEST


def is_unasked_number(candidate: Candidate, options: PaymentCardOptions) -> bool:
    """Whether as many digits as of a card are said in one go, and what else they may be was only spoken of by who says
    them, "the door code doesn't work ... 4111 ...", or they begin like a card and have its length, two lost."""
    own = candidate.cue is not None and candidate.cue.channel == candidate.channel
    own = own and len(candidate.runs) == 1 and len(candidate.value) >= options.least_likely
    near = any(
        card_numbers.is_near_issued(value) for value in (candidate.value, *(run.value for run in candidate.runs))
    )
    return own or near or any(_is_embossed(run) for run in candidate.runs)


def is_followed_up(talk: Talk, candidate: Candidate, options: PaymentCardOptions) -> bool:
    """Whether the date or the code of a card, or the rest of it, is asked for behind digits that nothing announced."""
    if not options.least_followed <= len(candidate.value) <= card_numbers.LONGEST:
        return False
    end_ms = candidate.span.end_ms
    following = talk.dialogue.cues_within(end_ms, end_ms + options.followed_ms)
    rest = candidate.subject is Subject.UNKNOWN and any(
        cue.topic is Topic.PART and cue.channel != candidate.channel for cue in following
    )
    if rest and card_numbers.begins_like_a_card(candidate.value):
        return True
    if len(candidate.runs) == 1 and is_said_as_phone(candidate.runs[0]):
        return False
    if candidate.subject is Subject.ORDINARY:
        following = list(takewhile(lambda cue: cue.topic not in (Topic.CARD, Topic.CARD_NAMED), following))
    return any(
        cue.topic in (Topic.EXPIRY, Topic.CODE) and not is_of_a_document(talk.dialogue, cue, talk.subjects)
        for cue in following
    )


def stands_out(candidate: Candidate, line: Line, options: PaymentCardOptions) -> bool:
    """Whether digits that nothing announced are a card by themselves, or those of a sentence are: "take this one."."""
    values = (candidate.value, *(value for run in candidate.runs for value in (run.value, run.corrected)))
    values = (*values, *_by_sentence(candidate, line))
    if any(card_numbers.is_likely(value, options.least_likely, options.most_likely) for value in values):
        return True
    if len(candidate.value) <= options.longest_followed and card_numbers.begins_with_one(candidate.groups):
        return True
    groups = any(len(run.groups) > 1 and set(spoken_pattern(run)) == {card_numbers.GROUP} for run in candidate.runs)
    return groups or any(_is_embossed(run) for run in candidate.runs)


def _by_sentence(candidate: Candidate, line: Line) -> Iterator[str]:
    """The digits of each sentence."""
    for _, groups in groupby(candidate.groups, key=lambda group: line.sentences[group.words[0]]):
        yield "".join(group.text for group in groups)


def looks_like_a_card(talk: Talk, candidate: Candidate) -> bool:
    """Whether digits that were announced as something else are near a card number, in a call about a card: what is
    called an account, or was answered to another question, with a digit lost or misheard; what is said in the groups of
    a card once the talk has moved on needs no check digit."""
    account = candidate.cue is not None and candidate.cue.topic is Topic.ACCOUNT
    values = (candidate.value, *(value for run in candidate.runs for value in (run.value, run.corrected)))
    if account:
        return any(card_numbers.is_near_issued(value) for value in values)
    if any(_is_embossed(run) for run in candidate.runs) and _is_asked_long_ago(talk, candidate):
        return True
    patterned = any(card_numbers.has_brand_shape(spoken_pattern(run)) for run in candidate.runs)
    return patterned and any(card_numbers.is_issued(value) for value in values if len(value) >= card_numbers.SHORTEST)


def _is_embossed(run: NumberRun) -> bool:
    """Whether the first or the last sixteen digits of a number are four groups of four that begin like a card; beside
    them stands its date, or a word that was heard as a digit, "Capital One, 5141"."""
    pattern, value = spoken_pattern(run), run.value
    whole = (card_numbers.GROUP,) * (_EMBOSSED // card_numbers.GROUP)
    if len(value) - _EMBOSSED <= 1 and pattern[-len(whole) :] == whole:
        return card_numbers.begins_like_a_card(value[-_EMBOSSED:])
    return pattern[: len(whole)] == whole and card_numbers.begins_like_a_card(value)


def _is_asked_long_ago(talk: Talk, candidate: Candidate) -> bool:
    """Whether both sides have spoken since what announced digits as something else."""
    cue = candidate.cue
    if cue is None:
        return False
    begin_ms = candidate.span.start_ms
    return talk.dialogue.is_talked_into(cue.channel, cue.end_ms, begin_ms) and talk.dialogue.is_talked_into(
        candidate.channel, cue.end_ms, begin_ms
    )


def is_whole_card(secret: Match, candidate: Candidate, options: PaymentCardOptions) -> bool:
    """Whether a card number is all that was said in one go, rather than a stretch of a longer number."""
    return len(secret.digits) >= options.whole_digits and any(run.value == secret.digits for run in candidate.runs)


def hidden_card(candidate: Candidate, line: Line) -> list[Match]:
    """A whole card number among other digits."""
    groups = candidate.groups
    for first, end in card_numbers.sure_windows(groups):
        return [match_of(line, groups[first:end])]
    return []
