"""Which figures may be the month and the year in which a payment card expires."""

from __future__ import annotations

MONTH_DIGITS, YEAR_DIGITS = 2, 2
_YEARS = range(20, 50)
"""The last two digits of the years of cards: one that is read out may have run out, and some are good for 20 years."""
_MONTHS = range(1, 13)


def is_month(digits: str) -> bool:
    """Whether digits number a month, `4`, `04` or `12`."""
    return digits.isdecimal() and len(digits) <= MONTH_DIGITS and int(digits) in _MONTHS


def is_year(digits: str) -> bool:
    """Whether digits are the last two of the year of a card."""
    return digits.isdecimal() and len(digits) == YEAR_DIGITS and int(digits) in _YEARS


def is_date(digits: str) -> bool:
    """Whether digits are a month and a year in short, `0427` or `427`."""
    return is_month(digits[:-YEAR_DIGITS]) and is_year(digits[-YEAR_DIGITS:])
