"""Digits that are a sum of money, or a part of a secret that was written as one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voxport.core.transcript import WordKind
from voxport.language.numbers import Group
from voxport.language.numbers.atoms import Shape
from voxport.redaction.detectors.amount_options import AmountOptions
from voxport.redaction.detectors.card_months import is_behind_month
from voxport.redaction.detectors.expiry_figures import is_year
from voxport.redaction.detectors.subjects import Subject
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.word_lists import common_words, word_lists_of

_DRESSED_GROUPS = re.compile(r"[$€£](?:(?:\d{1,4}[.]){1,3}\d{1,4}|\d{4})")
"""Groups of a number as recognisers write them with a sign of currency: `$77.11`, `$0.47`, `$4451`."""
_SHORT_SECRETS = (Subject.EXPIRY, Subject.CODE, Subject.PAYMENT)
DATES = (Subject.EXPIRY, Subject.PAYMENT)
"""Of which "May thirty" may be written as `May 30th`."""
_CENTURY = "20"
"""Of the years in which cards expire."""
_MONTH_BEFORE = 2
"""Words before a year in which its month stands: "August of"."""
_CENTS_DIGITS, _TO_CURRENCY = 2, 2
"""Digits of cents, and words from the name of a currency to them."""
_AND = "y"
"""Between the tens and the ones of a Spanish number."""
_NICKNAME = re.compile(r"\d{1,3}[kK]")
"""Thousands in short, `25k`, and a plan for old age, `401K`."""
_THOUSANDS = re.compile(r"\d{1,3},000")
"""A round sum."""


def is_dressed_as_money(group: Group, line: Line, subject: Subject, options: AmountOptions) -> bool:
    """Whether a date or a code was written as `$3.29`."""
    digits = sum(sign.isdecimal() for sign in line.words[group.words[0]].text)
    dressed = group.shape is Shape.MONEY and subject in _SHORT_SECRETS and digits in options.short_secret
    return dressed and (subject is not Subject.PAYMENT or line.words_beside(group.words[0]) <= options.beside_short)


def is_round(group: Group, line: Line) -> bool:
    """Whether digits are written as thousands: `4,000`, `401K`."""
    text = line.words[group.words[0]].text
    return any(form.fullmatch(text) is not None for form in (_NICKNAME, _THOUSANDS))


def is_year_of_card(group: Group, line: Line, subject: Subject) -> bool:
    """Whether the year of a card was written as `$20.31`: behind a month, or where the date was asked for."""
    text = "".join(sign for sign in line.words[group.words[0]].text if sign.isdecimal())
    if group.shape is not Shape.MONEY or not text.startswith(_CENTURY) or not is_year(text[2:]):
        return False
    behind = is_behind_month(line, group.words[0], _MONTH_BEFORE)
    return subject in DATES or (behind and subject is not Subject.ORDINARY)


def is_group_dressed_as_money(group: Group, line: Line, options: AmountOptions) -> bool:
    """Whether digits of a number were written as `$77.11` or `$0.47`: hardly another word in the sentence."""
    if group.shape is not Shape.MONEY or not _DRESSED_GROUPS.fullmatch(line.words[group.words[0]].text):
        return False
    return line.words_beside(group.words[0]) <= options.beside_group


def is_cents(groups: Sequence[Group], index: int, line: Line) -> bool:
    """Whether digits are the cents behind the name of a currency, with nothing that goes on behind: "56 euros con 50",
    "42 dollars and 50", not "42 dollars and 04 27 is the date"."""
    lists, group = common_words(), groups[index]
    before, behind = line.before(group.words[0], _TO_CURRENCY), line.after(group.words[1])
    joined = len(before) == _TO_CURRENCY and before[0] in lists.before_cents and before[1] in lists.currencies
    if not joined or len(group.text) > _CENTS_DIGITS or group.text[0] == "0":
        return False
    ends = line.words[min(group.words[1] + 1, len(line.words) - 1)].kind is WordKind.PUNCTUATION
    # A lone "un" is an article: "56 euros con 50 un teléfono".
    worded = bool(behind) and not behind[0].isdecimal()
    alone = index == len(groups) - 1 or ((ends or worded) and sum(len(one.text) for one in groups[index + 1 :]) == 1)
    return alone and not (behind and behind[0] in lists.forms_of_be)


def is_sum_in_parts(groups: Sequence[Group], index: int, line: Line) -> bool:
    """Whether a group is one of two that make a Spanish sum, tens and ones: "630 y 4 pesos"."""
    first = index if index == len(groups) - 2 else index - 1
    if first < 0 or first + 2 != len(groups):
        return False
    tens, ones = groups[first:]
    between = [line.plain_words[at] for at in range(tens.words[1] + 1, ones.words[0]) if line.plain_words[at]]
    whole = tens.text.endswith("0") and len(ones.text) == 1 and between == [_AND]
    return whole and line.after(ones.words[1])[:1] in {(word,) for word in common_words().currencies}


def is_owed(group: Group, line: Line) -> bool:
    """Whether what stands around digits says that they are to be paid: "that's 1740 left to pay"."""
    before = line.before(group.words[0])
    if not before or before[0] not in common_words().before_sums:
        return False
    phrases = (phrase.split() for phrase in word_lists_of(line.language).behind_sums)
    return any(list(line.after(group.words[1], len(phrase))) == phrase for phrase in phrases)
