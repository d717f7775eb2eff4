"""Telephone numbers that recognisers write as amounts one after another: "$614, $330, $0.1907"."""

from __future__ import annotations

import re

from voxport.language.numbers import NumberRun
from voxport.redaction.dialogue.lines import Dialogue, Line

_AMOUNT = re.compile(r"[$£€]\d{1,4}(?:\.\d{1,4})?")
_NO_AMOUNT = re.compile(r"[$£€]\d+\.(?:\d|\d{3,})")
"""What no amount is written as: it has two figures behind its dot."""
_PARTS = (3, 4)
"""Amounts of a number, as people say its groups. A judgement."""
_DIGITS = range(9, 12)
"""Digits of them together: of ten one may be lost, and a zero written in front of a dot. A judgement."""
_GAP_MS = 1_500
"""ms between two of them. A judgement."""


def with_rows(dialogue: Dialogue) -> list[NumberRun]:
    """The digits of a call in order of time, those of such a row as one."""
    runs: list[NumberRun] = []
    rows: dict[int, list[NumberRun]] = {}
    for run in dialogue.runs():
        line = dialogue.lines[run.channel]
        row = rows.get(run.channel, [])
        if row and not _follows(line, row[-1], run):
            runs += _joined(line, row)
            row = []
        if _is_amounts(line, run):
            rows[run.channel] = [*row, run]
        else:
            rows.pop(run.channel, None)
            runs += [*_joined(line, row), run]
    for channel, row in rows.items():
        runs += _joined(dialogue.lines[channel], row)
    return sorted(runs, key=lambda run: run.span.start_ms)


def is_row(line: Line, run: NumberRun) -> bool:
    """Whether digits are such a row."""
    written = _written(line, run)
    amounts = all(_AMOUNT.fullmatch(text) for text in written)
    odd = any(_NO_AMOUNT.fullmatch(text) for text in written)
    return amounts and odd and len(written) in _PARTS and len(run.value) in _DIGITS


def _joined(line: Line, row: list[NumberRun]) -> list[NumberRun]:
    """The runs as one where they are a row, else as they are."""
    if not row:
        return []
    groups = tuple(group for run in row for group in run.groups)
    whole = NumberRun(row[0].channel, groups, (row[0].words[0], row[-1].words[1]), " ".join(run.text for run in row))
    return [whole] if is_row(line, whole) else row


def _follows(line: Line, one: NumberRun, other: NumberRun) -> bool:
    """Whether nothing but a mark stands between two amounts of one sentence."""
    near = other.span.start_ms - one.span.end_ms <= _GAP_MS
    same = line.sentences[one.words[1]] == line.sentences[other.words[0]]
    return near and same and not line.spoken_between(one.words[1], other.words[0])


def _is_amounts(line: Line, run: NumberRun) -> bool:
    return all(_AMOUNT.fullmatch(text) for text in _written(line, run))


def _written(line: Line, run: NumberRun) -> list[str]:
    """The words of digits as they are written, marks aside."""
    return [line.words[at].text for at in range(run.words[0], run.words[1] + 1) if line.plain_words[at]]
