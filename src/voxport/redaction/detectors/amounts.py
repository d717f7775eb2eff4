"""Digits that are no part of a number that is given: amounts, dates, times of day, counts, house and phone numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from voxport.language.numbers import Group, NumberRun
from voxport.language.numbers.atoms import Shape, foreign_letters
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.amount_options import AmountOptions
from voxport.redaction.detectors.card_numbers import begins_like_a_card
from voxport.redaction.detectors.dates import (
    is_date_or_time,
    is_of_past_date,
    is_part_of_date,
    is_told_time,
)
from voxport.redaction.detectors.houses import is_code_of_address, is_house
from voxport.redaction.detectors.subjects import WEAK, Subject
from voxport.redaction.detectors.sums import (
    DATES,
    is_cents,
    is_dressed_as_money,
    is_group_dressed_as_money,
    is_owed,
    is_round,
    is_sum_in_parts,
    is_year_of_card,
)
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.phrases import find_phrases
from voxport.redaction.dialogue.word_lists import common_words, word_lists_of

_PHONE = re.compile(r"(?:\+?1[-.])?\(?\d{3}\)?[-.]\d{3}[-.]\d{4}")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
"""Words that were written in one with figures, of which some only say what these are: `CVV393`, `Code489`."""
_AMOUNTS = (Shape.MONEY, Shape.PERCENT, Shape.ORDINAL)
_ASKED_OUTRIGHT = (Subject.CARD, Subject.EXPIRY, Subject.CODE, Subject.SOCIAL)
_PERCENT_WORDS = 2
"""Of "por ciento"."""
_HOUR_DIGITS = 2
"""Digits of an hour."""
_AGE_DIGITS = 2
"""Digits of how old people are who speak of cards."""
_DOMAIN_WITHIN = 4
"""Words behind digits in which "at" and a domain make an e-mail address of them: "at bright water dot"."""


def without_amounts(
    run: NumberRun,
    line: Line,
    subject: Subject,
    options: AmountOptions,
    *,
    answers: bool = False,
    continues: bool = False,
    opens: bool = False,
    soon: bool = False,
    begun: bool = False,
) -> list[NumberRun]:
    """The run cut where something stands in it that is no part of the number; nothing is left of an amount alone.

    `answers`: it is the first that follows a question, where a date or a code is written as `$3.29` too. `continues`:
    a card number is being given, of which a group is written as `$77.11` too; `opens`: it begins an answer. `soon`:
    the other side asked for a date or a code just before, whatever else was answered since. `begun`: the first groups
    of a card stand right before, whose rest is written as a telephone number too.
    """
    if len(run.groups) > options.most_groups:
        return [run]
    pieces: list[list[Group]] = [[]]
    for index, group in enumerate(run.groups):
        dressed_secret = (answers or soon) and is_dressed_as_money(group, line, subject, options)
        first = opens and index == 0 and group.shape is Shape.MONEY
        dressed_group = first or (continues and is_group_dressed_as_money(group, line, options))
        if not (dressed_secret or dressed_group) and _is_amount(
            run.groups, index, line, subject, options, answers=answers, begun=begun
        ):
            pieces.append([])
        else:
            pieces[-1].append(group)
    return [
        NumberRun(run.channel, tuple(groups), (groups[0].words[0], groups[-1].words[1])) for groups in pieces if groups
    ]


def _is_amount(
    groups: Sequence[Group],
    index: int,
    line: Line,
    subject: Subject,
    options: AmountOptions,
    *,
    answers: bool,
    begun: bool,
) -> bool:
    group = groups[index]
    if len(group.text) >= (options.least_card_digits if group.shape is not Shape.MONEY else options.least_no_sum):
        return False
    dressed = (group.shape in _AMOUNTS and not is_year_of_card(group, line, subject)) or _is_name(
        group, line, subject, options
    )
    if len(groups) == 1 and (is_round(group, line) or (not answers and _is_age(group, line))):
        return True
    if dressed and not (subject in DATES and group.shape is Shape.ORDINAL):
        return True
    if _is_percent(group, line) or is_sum_in_parts(groups, index, line) or _is_half_hour(group, line):
        return True
    after = _after(groups, index, line)
    if after and _is_unit(after[0], line, subject) and not is_part_of_date(group, line):
        dated = after[0].rstrip("s") in word_lists_of(line.language).date_words
        alone = len(groups) == 1 or group.large
        alone = alone or (not dated and _is_in_sentence_of_its_own(groups, index, line))
        return len(group.text) <= options.longest_count and alone
    begun = begun or (subject is Subject.CARD_NAMED and _is_behind_begun(groups, index, options))
    social = subject is Subject.SOCIAL and not _is_led_to_by_telephone(group, line)
    if _is_phone_word(group, line) and subject is not Subject.CARD and not (begun or social):
        return True
    if subject is not Subject.CARD and is_house(groups, index, line, subject, options):
        return True
    if subject is not Subject.CARD and is_code_of_address(groups, line):
        return True
    if is_cents(groups, index, line) or (len(groups) == 1 and is_owed(group, line)):
        return True
    if sum(len(one.text) for one in groups) <= options.email_digits and is_of_an_email(groups[-1], line):
        return True
    if is_told_time(groups, line, subject, answers=answers and subject is not Subject.PAYMENT):
        return True
    if is_of_past_date(group, line, subject):
        return True
    if subject in (Subject.EXPIRY, Subject.PAYMENT):
        return False
    return is_date_or_time(groups, index, line, subject)


def _is_half_hour(group: Group, line: Line) -> bool:
    """Whether a Spanish time of day is said with its half or quarter: "a las 3 y media"."""
    return len(group.text) <= _HOUR_DIGITS and " ".join(line.after(group.words[1], 2)) in common_words().behind_hours


def _is_percent(group: Group, line: Line) -> bool:
    """Whether a percentage is said in words, or the "ciento" of one was read as a number: "5 por ciento"."""
    own = (*line.before(group.words[0]), line.plain_words[group.words[0]])
    percents = common_words().percents
    return " ".join(line.after(group.words[1], _PERCENT_WORDS)) in percents or " ".join(own) in percents


def _is_age(group: Group, line: Line) -> bool:
    """Whether two digits are how old somebody is: "I'm 71", "till he's 18"."""
    before = line.before(group.words[0])
    return len(group.text) == _AGE_DIGITS and bool(before) and before[0] in common_words().before_ages


def _is_in_sentence_of_its_own(groups: Sequence[Group], index: int, line: Line) -> bool:
    """Whether no digits stand before a group in its sentence: "29, okay. So 4 tickets"."""
    return line.sentences[groups[index - 1].words[1]] != line.sentences[groups[index].words[0]]


def _after(groups: Sequence[Group], index: int, line: Line) -> tuple[str, ...]:
    """The word after the last of the groups; nothing for another."""
    return line.after(groups[index].words[1]) if index == len(groups) - 1 else ()


def _is_phone_word(group: Group, line: Line) -> bool:
    """Whether the group is part of one word written as a phone number, `617-555-0142`; behind "triple" it is more."""
    before = line.before(group.words[0])
    if before and before[0] in lexicon_of(line.language).repeats:
        return False
    parts = line.words[group.words[0]].text.split("-")
    word = "-".join(part for part in parts if part.lower() not in common_words().nods)
    return group.words[0] == group.words[1] and _PHONE.fullmatch(word) is not None


def _is_behind_begun(groups: Sequence[Group], index: int, options: AmountOptions) -> bool:
    """Whether the groups before the word of one are the first ones of a card that is not whole."""
    before = takewhile(lambda one: one.words[1] < groups[index].words[0], groups)
    value = "".join(group.text for group in before)
    return options.least_begun <= len(value) < options.least_card_digits and begins_like_a_card(value)


def _is_name(group: Group, line: Line, subject: Subject, options: AmountOptions) -> bool:
    """Whether the digits stand among letters: an order `HC55729`, an address `mark86@example.com`.

    Where a secret was asked for outright more digits than letters are that secret: `0174-OK-072032`. Letters that are a
    phrase for a secret or an everyday word, `Code489`, `2029-Security017`, count for no name.
    """
    if group.shape is not Shape.MIXED:
        return False
    word = line.words[group.words[0]].text
    figures = sum(sign.isdecimal() for sign in word)
    if "@" not in word and figures >= options.name_figures:
        return False
    lists = word_lists_of(line.language)
    parts = [part for part in word.split("-") if part.lower() not in lists.months | lists.date_words]
    lexicon = lexicon_of(line.language)
    letters = foreign_letters("-".join(parts), lexicon)
    if "@" not in word:
        pieces = _LETTERS.findall(word.lower())
        named = sum(len(piece) for piece in pieces if piece in lists.everyday or find_phrases(piece, line.language))
        letters -= named
        if named and figures >= letters:
            # The letters say what the figures are: "2407-Xperation0628-Code489".
            return False
    if subject in _ASKED_OUTRIGHT and "@" not in word:
        if figures >= options.least_named_figures:
            slips = (part for part in parts if 1 < len(part) <= options.slip_letters and part.isalpha())
            letters -= sum(foreign_letters(part, lexicon) for part in slips)
        return letters >= figures
    return letters >= options.name_letters


def _is_led_to_by_telephone(group: Group, line: Line) -> bool:
    """Whether a word right before digits leads to a telephone number: "call 800-772-1213", "I'm at 617-555-0142"."""
    before = line.before(group.words[0])
    return bool(before) and before[0] in common_words().before_telephones


def is_of_an_email(group: Group, line: Line) -> bool:
    """Whether digits stand right before "at gmail.com"."""
    at, *domain = (*line.after(group.words[1], _DOMAIN_WITHIN), "")
    if any(sign != word and sign in word for word in (at, *domain[:2]) for sign in common_words().joined_at_words):
        return True
    split = any(" ".join((at, *domain[:1])).startswith(words) for words in common_words().split_at_words)
    sure = at in common_words().at_words or split
    return sure and any("." in word or word in common_words().dot_words for word in domain)


def _is_unit(word: str, line: Line, subject: Subject) -> bool:
    """Whether the word after digits makes an amount of them; digits that were asked for need a definite one."""
    if word not in word_lists_of(line.language).units:
        return False
    return subject in WEAK or word not in common_words().weak_units
