"""How digits are grouped as they are said, which tells a card (4, 4, 4, 4) from a social security number (3, 2, 4)."""

from __future__ import annotations

from voxport.language.numbers import NumberRun

_PHONES = ((3, 3, 4), (1, 3, 3, 4), (3, 4, 3), (3, 3, 2, 2))
"""How telephone numbers are said in North America and Spain."""


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
    return spoken_pattern(run) in _PHONES
