"""Digits that are no part of a number that is given: amounts, dates, times of day, counts, house and phone numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from voxport.core.transcript import WordKind
from voxport.language.numbers import Group, NumberRun
from voxport.language.numbers.atoms import Shape, foreign_letters
from voxport.language.numbers.lexicon import lexicon_of
from voxport.redaction.detectors.card_months import is_behind_month
from voxport.redaction.detectors.card_numbers import begins_like_a_card
from voxport.redaction.detectors.dates import (
    is_date_or_time,
    is_of_past_date,
    is_ordinal,
    is_part_of_date,
    is_told_time,
)
from voxport.redaction.detectors.expiry_figures import is_year
from voxport.redaction.detectors.subjects import WEAK, Subject
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.phrases import find_phrases
from voxport.redaction.dialogue.word_lists import common_words, word_lists_of


@dataclass(frozen=True, slots=True)
class AmountOptions:
    """How long the numbers are that are no secret, whatever was spoken of before."""

    most_groups: int = 200
    """Groups of digits among which amounts are looked for, each beside the others: no number has as many."""
    least_no_sum: int = 10
    """Digits written as money that are no sum, cents included: a telephone number, `$2317589483`. A judgement."""
    least_card_digits: int = 13
    """From so many digits on nothing is an amount: recognisers write `4,111,111,111,111,111` for a card."""
    longest_count: int = 4
    """Digits of a count with its unit ("1200 dollars"); longer ones may be a stretch of a card. A judgement."""
    least_begun: int = 4
    """Digits of the first group of a card, behind which others are no telephone number however they are written."""
    short_secret: tuple[int, ...] = (3, 4)
    """Digits of a code or an expiry date that recognisers write as an amount, `$3.29` for "three twenty nine"."""
    beside_group: int = 1
    """Words beside such digits of a card number that is being given ("and $64.11"): a price has a sentence."""
    beside_short: int = 3
    """The same beside a code or a date that answers what was not understood: "I think it's $3.29"."""
    name_letters: int = 2
    """Letters in a word with digits that make it a name, as the order `HC55729`; one letter is often a slip."""
    name_figures: int = 12
    """Figures in a word with letters from which on it is no name: the shortest card has as many."""
    least_named_figures: int = 3
    """Figures behind what was asked for that are it in spite of a short word (`CVV-309`); `24-day` is a count."""
    slip_letters: int = 3
    """Letters of such a word."""
    street_within: int = 4
    """Words after a house number in which "street" comes ("86 North Oak Street"). A judgement."""
    email_digits: int = 11
    """Digits of an e-mail address at most, those of a telephone: a card of 16 is used "at amazon.com". A judgement."""
    house_digits: int = 5
    """Digits of the number of a house, in whatever groups they are said. By how they are given out."""
    named_house_digits: tuple[int, ...] = (4, 5)
    """Digits of one that stands right before a name; three may be a code, and a name is said behind it."""
    name_within_ms: int = 300
    """ms between both: a longer pause is where a turn ends. A judgement."""
    name_signs: int = 4
    """Letters of such a name. A judgement: shorter ones are heard for anything."""


_PHONE = re.compile(r"(?:\+?1[-.])?\(?\d{3}\)?[-.]\d{3}[-.]\d{4}")
_DRESSED_GROUPS = re.compile(r"[$€£](?:(?:\d{1,4}[.]){1,3}\d{1,4}|\d{4})")
"""Groups of a number as recognisers write them with a sign of currency: `$77.11`, `$0.47`, `$4451`."""
_LETTERS = re.compile(r"[^\W\d_]{3,}")
"""Words that were written in one with figures, of which some only say what these are: `CVV393`, `Code489`."""
_AMOUNTS = (Shape.MONEY, Shape.PERCENT, Shape.ORDINAL)
_SHORT_SECRETS = (Subject.EXPIRY, Subject.CODE, Subject.PAYMENT)
_ASKED_OUTRIGHT = (Subject.CARD, Subject.EXPIRY, Subject.CODE, Subject.SOCIAL)
_BEHIND_SECRETS = (Subject.CARD_NAMED, Subject.EXPIRY, Subject.CODE, Subject.PAYMENT)
"""Of which a street may be said when they were given."""
_DATES = (Subject.EXPIRY, Subject.PAYMENT)
"""Of which "May thirty" may be written as `May 30th`."""
_CENTURY = "20"
"""Of the years in which cards expire."""
_MONTH_BEFORE = 2
"""Words before a year in which its month stands: "August of"."""
_CODE_DIGITS, _CODE_WITHIN = 5, 8
"""Digits of a postal code, and words and marks before it in which its street is named. A judgement."""
_PERCENT_WORDS = 2
"""Of "por ciento"."""
_AGE_DIGITS = 2
"""Digits of how old people are who speak of cards."""
_CENTS_DIGITS, _TO_CURRENCY = 2, 2
"""Digits of cents, and words from the name of a currency to them."""
_HOUSE_AND_STREET = re.compile(r"\d{1,5}-\d{1,3}(?:st|nd|rd|th)")
"""A house with the number of its street: "209-241st Avenue"."""
_NICKNAME = re.compile(r"\d{1,3}[kK]")
"""Thousands in short, `25k`, and a plan for old age, `401K`."""
_THOUSANDS = re.compile(r"\d{1,3},000")
"""A round sum."""
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
    soon: bool = False,
    begun: bool = False,
) -> list[NumberRun]:
    """The run cut where something stands in it that is no part of the number; nothing is left of an amount alone.

    `answers`: it is the first that follows a question, where a date or a code is written as `$3.29` too. `continues`:
    a card number is being given, of which a group is written as `$77.11` too. `soon`: the other side asked for a
    date or a code just before, whatever else was answered since. `begun`: the first groups of a card stand right
    before, whose rest is written as a telephone number too.
    """
    if len(run.groups) > options.most_groups:
        return [run]
    pieces: list[list[Group]] = [[]]
    for index, group in enumerate(run.groups):
        dressed_secret = (answers or soon) and _is_dressed_as_money(group, line, subject, options)
        dressed_group = continues and _is_group_dressed_as_money(group, line, options)
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
    dressed = (group.shape in _AMOUNTS and not _is_year(group, line, subject)) or _is_name(
        group, line, subject, options
    )
    if len(groups) == 1 and (_is_round(group, line) or _is_age(group, line)):
        return True
    if dressed and not (subject in _DATES and group.shape is Shape.ORDINAL):
        return True
    if " ".join(line.after(group.words[1], _PERCENT_WORDS)) in common_words().percents:
        return True
    after = _after(groups, index, line)
    if after and _is_unit(after[0], line, subject) and not is_part_of_date(group, line):
        alone = len(groups) == 1 or group.large or _is_in_sentence_of_its_own(groups, index, line)
        return len(group.text) <= options.longest_count and alone
    begun = begun or (subject is Subject.CARD_NAMED and _is_behind_begun(groups, index, options))
    social = subject is Subject.SOCIAL and not _is_led_to_by_telephone(group, line)
    if _is_phone_word(group, line) and subject is not Subject.CARD and not (begun or social):
        return True
    if subject is not Subject.CARD and _is_house(groups, index, line, subject, options):
        return True
    if subject not in _ASKED_OUTRIGHT and _is_code_of_address(groups, line):
        return True
    if _is_cents(groups, index, line) or (len(groups) == 1 and _is_owed(group, line)):
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


def _is_dressed_as_money(group: Group, line: Line, subject: Subject, options: AmountOptions) -> bool:
    """Whether a date or a code was written as `$3.29`."""
    digits = sum(sign.isdecimal() for sign in line.words[group.words[0]].text)
    dressed = group.shape is Shape.MONEY and subject in _SHORT_SECRETS and digits in options.short_secret
    return dressed and (subject is not Subject.PAYMENT or line.words_beside(group.words[0]) <= options.beside_short)


def _is_round(group: Group, line: Line) -> bool:
    """Whether digits are written as thousands: `4,000`, `401K`."""
    text = line.words[group.words[0]].text
    return any(form.fullmatch(text) is not None for form in (_NICKNAME, _THOUSANDS))


def _is_age(group: Group, line: Line) -> bool:
    """Whether two digits are how old somebody is: "I'm 71", "till he's 18"."""
    before = line.before(group.words[0])
    return len(group.text) == _AGE_DIGITS and bool(before) and before[0] in common_words().before_ages


def _is_in_sentence_of_its_own(groups: Sequence[Group], index: int, line: Line) -> bool:
    """Whether no digits stand before a group in its sentence: "29, okay. So 4 tickets"."""
    return line.sentences[groups[index - 1].words[1]] != line.sentences[groups[index].words[0]]


def _is_year(group: Group, line: Line, subject: Subject) -> bool:
    """Whether the year of a card was written as `$20.31`: behind a month, or where the date was asked for."""
    text = "".join(sign for sign in line.words[group.words[0]].text if sign.isdecimal())
    if group.shape is not Shape.MONEY or not text.startswith(_CENTURY) or not is_year(text[2:]):
        return False
    behind = is_behind_month(line, group.words[0], _MONTH_BEFORE)
    return subject in _DATES or (behind and subject is not Subject.ORDINARY)


def _is_group_dressed_as_money(group: Group, line: Line, options: AmountOptions) -> bool:
    """Whether digits of a number were written as `$77.11` or `$0.47`: hardly another word in the sentence."""
    if group.shape is not Shape.MONEY or not _DRESSED_GROUPS.fullmatch(line.words[group.words[0]].text):
        return False
    return line.words_beside(group.words[0]) <= options.beside_group


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


def _is_house(groups: Sequence[Group], index: int, line: Line, subject: Subject, options: AmountOptions) -> bool:
    """Whether digits are the number of a house, said in one group or several, or of a flat."""
    before = line.before(groups[0].words[0])
    if before and before[0] in word_lists_of(line.language).flats and len(groups) == 1:
        return True
    whole = index == len(groups) - 1 or sum(len(group.text) for group in groups) <= options.house_digits
    after = line.after(groups[-1].words[1], options.street_within) if whole else ()
    name = takewhile(lambda word: not any(sign.isdecimal() for sign in word) or is_ordinal(word), after)
    streets = word_lists_of(line.language).streets
    numbered = _HOUSE_AND_STREET.fullmatch(line.words[groups[0].words[0]].text) and after[:1] and after[0] in streets
    return (
        bool(numbered)
        or any(word in streets for word in name)
        or (whole and subject in _BEHIND_SECRETS and _is_before_name(groups, line, options))
    )


def _is_code_of_address(groups: Sequence[Group], line: Line) -> bool:
    """Whether digits are the postal code behind the town of a street: "69 Franklin Street, Savannah, 51965"."""
    first = groups[0].words[0]
    if len(groups) > 1 or len(groups[0].text) != _CODE_DIGITS:
        return False
    before = [at for at in range(max(0, first - _CODE_WITHIN), first) if line.plain_words[at]]
    streets = word_lists_of(line.language).streets
    street = next((at for at in reversed(before) if line.plain_words[at] in streets), None)
    if street is None or before[-1] == street or line.sentences[street] != line.sentences[first]:
        return False
    house = any(line.plain_words[at].isdecimal() for at in before if at < street)
    return house and line.words[before[-1]].text[:1].isupper()


def _is_cents(groups: Sequence[Group], index: int, line: Line) -> bool:
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


def _is_led_to_by_telephone(group: Group, line: Line) -> bool:
    """Whether a word right before digits leads to a telephone number: "call 800-772-1213", "I'm at 617-555-0142"."""
    before = line.before(group.words[0])
    return bool(before) and before[0] in common_words().before_telephones


def _is_owed(group: Group, line: Line) -> bool:
    """Whether what stands around digits says that they are to be paid: "that's 1740 left to pay"."""
    before = line.before(group.words[0])
    if not before or before[0] not in common_words().before_sums:
        return False
    phrases = (phrase.split() for phrase in word_lists_of(line.language).behind_sums)
    return any(list(line.after(group.words[1], len(phrase))) == phrase for phrase in phrases)


def _is_before_name(groups: Sequence[Group], line: Line, options: AmountOptions) -> bool:
    """Whether digits of a house stand right before a name, as no date and no code does: "8944 Willough Bend"."""
    index = groups[-1].words[1] + 1
    if sum(len(group.text) for group in groups) not in options.named_house_digits or index >= len(line.words):
        return False
    if line.words[index].start_ms - groups[-1].span.end_ms > options.name_within_ms:
        return False
    word, lists = line.words[index].text, word_lists_of(line.language)
    known = lists.everyday | lists.months | lists.date_words | common_words().nods
    name = len(word) >= options.name_signs and word[0].isupper() and word[1:].islower()
    return name and word.lower() not in known and not find_phrases(word.lower(), line.language)


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
