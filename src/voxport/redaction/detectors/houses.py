"""Digits that are the number of a house or a flat, or the postal code of an address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from voxport.language.numbers import Group
from voxport.redaction.detectors.amount_options import AmountOptions
from voxport.redaction.detectors.dates import is_ordinal
from voxport.redaction.detectors.subjects import Subject
from voxport.redaction.dialogue.lines import Line
from voxport.redaction.dialogue.phrases import find_phrases
from voxport.redaction.dialogue.word_lists import common_words, word_lists_of

_BEHIND_SECRETS = (Subject.CARD_NAMED, Subject.EXPIRY, Subject.CODE, Subject.PAYMENT)
"""Of which a street may be said when they were given."""
_CODE_DIGITS, _CODE_WITHIN = 5, 8
"""Digits of a postal code, and words and marks before it in which its street is named. A judgement."""
_HOUSE_AND_STREET = re.compile(r"\d{1,5}-\d{1,3}(?:st|nd|rd|th)")
"""A house with the number of its street: "209-241st Avenue"."""


def is_house(groups: Sequence[Group], index: int, line: Line, subject: Subject, options: AmountOptions) -> bool:
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


def is_code_of_address(groups: Sequence[Group], line: Line) -> bool:
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
