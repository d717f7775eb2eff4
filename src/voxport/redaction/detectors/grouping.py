"""How digits are grouped as they are said, which tells a card (4, 4, 4, 4) from a social security number (3, 2, 4)."""

from __future__ import annotations

import re

from voxport.language.numbers import NumberRun

_PHONES = ((3, 3, 4), (1, 3, 3, 4), (3, 4, 3), (3, 3, 2, 2))
"""How telephone numbers are said in North America and Spain."""
_WITH_COUNTRY = (4, 3, 4)
"""The same with the 1 of the country written in one with the area, `1566-582-6643`: no card begins so."""
_BRITISH, _LEAST_WRITTEN = re.compile(r"0[12378]\d{8,9}"), 9
"""Telephone numbers of the United Kingdom, and their figures that stand in one word at least, `07-340-2729 for two`:
what was written in pieces may be a card that lost its first digits."""


def spoken_pattern(run: NumberRun) -> tuple[int, ...]:
    """The lengths of the parts of a number, which marks and pauses separate: `078-05-1120` is 3, 2, 4."""
    parts = [len(run.groups[0].text)]
    for before, group in zip(run.groups, run.groups[1:], strict=False):
        marked = group.words[0] - before.words[1] > 1
        written = len(before.text) > 1 or len(group.text) > 1
        if marked or written:
            parts.append(len(group.text))
        else:
            parts[-1] += len(group.text)
    return tuple(parts)


def is_said_as_phone(run: NumberRun) -> bool:
    """Whether digits are grouped as those of a telephone number, as which no card or social security number is said."""
    pattern = spoken_pattern(run)
    with_country = pattern == _WITH_COUNTRY and run.value[0] == "1"
    return pattern in _PHONES or with_country or _is_british(run)


def _is_british(run: NumberRun) -> bool:
    written = sum(digit.word_index == run.words[0] for digit in run.digits)
    return written >= _LEAST_WRITTEN and _BRITISH.fullmatch(run.value) is not None
