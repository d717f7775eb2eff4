"""What a card number looks like by itself: length, first digits, check digit; and where one hides in other digits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from voxport.language.numbers import Group

SHORTEST, LONGEST = 12, 19
"""Digits of a card number: 19 by ISO/IEC 7812-1, 12 the shortest that a network (Maestro) issues."""
GROUP = 4
"""Digits of a group as most cards are embossed."""
_FIRST_DIGITS = "3456"
"""Of travel (Amex, Diners), Visa, Mastercard and Discover: ISO/IEC 7812-1."""


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1)."""
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_issued(digits: str) -> bool:
    """Whether first digits and length are those of a payment network (Visa, Mastercard, Amex, Discover and others)."""
    length = len(digits)
    two, four = int(digits[:2]), int(digits[:4])
    return (
        (digits[0] == "4" and length in (13, 16, 19))
        or ((51 <= two <= 55 or 2221 <= four <= 2720) and length == 16)
        or (two in (34, 37) and length == 15)
        or (two in (60, 62, 64, 65, 81) and 16 <= length <= 19)
        or (two in (30, 36, 38, 39) and length in (14, 16))
        or (four // 10 in (352, 353, 354, 355, 356, 357, 358) and length in (16, 19))
        or (two in (50, 56, 57, 58, 63, 67) and SHORTEST <= length <= LONGEST)
    )


_SHAPES = ((4, 4, 4, 4), (4, 6, 5), (4, 4, 4, 4, 3), (4, 6, 4))
"""How cards are embossed: most, American Express, those of 19 digits, Diners Club."""


def has_brand_shape(pattern: tuple[int, ...]) -> bool:
    """Whether digits are said in the groups of a card."""
    return pattern in _SHAPES


def begins_with_one(groups: Sequence[Group]) -> bool:
    """Whether digits begin with those of a whole card in the groups in which it is embossed: its date, its code and
    what was mended of it follow in the same breath, "4539 1488 0343 6467, 09 27". Digits one by one show no groups."""
    digits, ends = "", set()
    for group in islice(groups, LONGEST):
        if len(group.text) == 1:
            return False
        digits += group.text
        ends.add(len(digits))
        if len(digits) in _WHOLE and _WHOLE[len(digits)] <= ends and is_issued(digits):
            return len(set(digits)) > 1
    return False


_WHOLE = {16: {4, 8, 12}, 15: {4, 10}}
"""Digits of the usual cards, and where the groups end in which they are embossed."""


def is_near_issued(digits: str) -> bool:
    """Whether digits have the first ones of a payment network and its length, but for two that were lost or said twice.

    No check digit is asked for: one of them may be misheard.
    """
    if not SHORTEST <= len(digits) <= LONGEST or len(set(digits)) == 1:
        return False
    near = (digits, digits[:-1], digits[:-2], f"{digits}0", f"{digits}00")
    return any(is_issued(one) for one in near if len(one) >= SHORTEST)


def sure_windows(groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """The stretches of whole groups, longest first, that are a card number by network and check digit: (first, end)."""
    found = [window for first in range(len(groups)) for window in _windows_from(groups, first)]
    yield from sorted(found, key=lambda one: (one[0] - one[1], one[0]))


def _windows_from(groups: Sequence[Group], first: int) -> Iterator[tuple[int, int]]:
    digits = ""
    for end, group in enumerate(islice(groups, first, first + LONGEST), first + 1):
        digits += group.text
        if len(digits) > LONGEST:
            return
        if len(digits) > SHORTEST and is_issued(digits) and luhn(digits) and len(set(digits)) > 1:
            yield first, end


def begins_like_a_card(digits: str) -> bool:
    """Whether a network issues cards that begin so, whatever their length."""
    return digits[0] in _FIRST_DIGITS or 22 <= int(digits[:2]) <= 27


def is_likely(digits: str, least: int, most: int) -> bool:
    """Whether digits of which nothing else is known are a card number: `least` to `most` of them, begun like one."""
    return least <= len(digits) <= most and digits[0] in _FIRST_DIGITS and len(set(digits)) > 1
