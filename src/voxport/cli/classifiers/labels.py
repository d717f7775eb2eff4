"""Labelled calls as a person writes them: a CSV file with the columns `mediaId` or `externalId`, and `label`."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from voxport.analytics.classification.training import MAX_CALLS, MIN_CALLS_A_CLASS
from voxport.cli.errors import CommandFailed
from voxport.core.classifiers import MAX_CLASSES, MAX_LABEL_CHARS

MEDIA_ID, EXTERNAL_ID, LABEL = "mediaId", "externalId", "label"
_MAX_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class Label:
    """One line of the file."""

    call: str
    """What names the call."""
    label: str


@dataclass(frozen=True, slots=True)
class Labels:
    """The whole file."""

    by: str
    """`MEDIA_ID` or `EXTERNAL_ID`: what calls are named by."""
    lines: tuple[Label, ...]


def read_labels(path: Path) -> Labels:
    """Raises CommandFailed with what is wrong, and in which line."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise CommandFailed(f"{path} is longer than {_MAX_BYTES >> 20} MiB.")
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(file, str(path))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandFailed(f"{path} cannot be read: {error}.") from None


def _read(file: TextIO, name: str) -> Labels:
    rows = csv.DictReader(file)
    columns = rows.fieldnames or []
    by = next((one for one in (MEDIA_ID, EXTERNAL_ID) if one in columns), None)
    if by is None or LABEL not in columns:
        raise CommandFailed(f"{name} needs a first line with {MEDIA_ID} or {EXTERNAL_ID}, and {LABEL}.")
    found: dict[str, str] = {}
    for row in rows:
        call, label = (row[by] or "").strip(), (row[LABEL] or "").strip()
        if not call or not label or len(label) > MAX_LABEL_CHARS or not label.isprintable():
            raise CommandFailed(
                f"{name}, line {rows.line_num}: a call and a label of 1 to {MAX_LABEL_CHARS} characters are needed."
            )
        if found.setdefault(call, label) != label:
            raise CommandFailed(f"{name}, line {rows.line_num}: {call} has two labels.")
        if len(found) > MAX_CALLS:
            raise CommandFailed(f"{name} has more than {MAX_CALLS} calls: take a sample of them.")
    return Labels(by, tuple(Label(call, label) for call, label in found.items()))


def classes_of(labels: Iterable[str]) -> tuple[str, ...]:
    """All labels in alphabetical order; raises CommandFailed where nothing can be learned from them."""
    counts = Counter(labels)
    if not 2 <= len(counts) <= MAX_CLASSES:
        raise CommandFailed(
            f"The calls that can be read have {len(counts)} classes; 2 to {MAX_CLASSES} can be learned."
        )
    rare = [f"{label} ({count})" for label, count in sorted(counts.items()) if count < MIN_CALLS_A_CLASS]
    if rare:
        raise CommandFailed(
            f"Each class needs at least {MIN_CALLS_A_CLASS} calls that can be read; too few: {', '.join(rare)}."
        )
    return tuple(sorted(counts))
