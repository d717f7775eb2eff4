"""Manifests: a table of recordings that comes in, and the table of what became of each that goes out.

Both are CSV with a header line or JSON, one object a line, by the name of the file. A report can be given again as a
manifest: its columns of outcomes are passed over.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voxport.cli.errors import CommandFailed
from voxport.cli.export.dialects import MARK
from voxport.cli.export.recordings import Recording, Row

FILE = "file"
TEXTS = ("externalId", "title", "description")
EXTENDED = "extended."
OUTCOME = ("key", "attachmentKey", "mediaId", "status", "error")
_JSON_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a recording."""

    recording: Recording
    status: str
    """`delivered`, `accepted`, `refused`, `not sent` and so on, as the report shows it."""
    good: bool
    """Whether nothing of it failed."""
    media_id: str | None = None
    """None: the server does not have it, as far as is known."""
    error: str | None = None
    """One sentence for the person who asked; None where nothing failed."""
    attached: bool = False
    """Whether its attachment was wanted too."""


def read_manifest(path: Path) -> list[Row]:
    """Raises CommandFailed with the line that cannot be used."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise CommandFailed(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CommandFailed(f"{path} is not UTF-8.") from None
    records = _json_lines(text, path) if is_json_lines(path) else _csv_lines(text, path)
    return [_row(record, f"{path}, line {number}") for number, record in records]


def check_report(path: Path) -> None:
    """Raises CommandFailed where no report can be written, before there is anything to report."""
    is_json_lines(path)
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise CommandFailed(f"The report {path} cannot be written there.")


def write_report(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Replaces `path` in one step, so that a report is whole or the one before."""
    records = [_record(outcome) for outcome in outcomes]
    draft = path.with_name(f".{path.name}.draft")
    if is_json_lines(path):
        lines = (json.dumps(_with_nested(record), ensure_ascii=False) for record in records)
        draft.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    else:
        names = list(dict.fromkeys(name for record in records for name in record))
        with draft.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, names, restval="")
            table.writeheader()
            table.writerows(records)
    draft.replace(path)


def is_json_lines(path: Path) -> bool:
    """Else it is CSV. Raises CommandFailed for a name that is neither."""
    suffix = path.suffix.lower()
    if suffix not in (".csv", *_JSON_LINES):
        raise CommandFailed(f"{path}: a manifest or report is named .csv, .jsonl or .ndjson.")
    return suffix in _JSON_LINES


def _csv_lines(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    table = csv.DictReader(io.StringIO(text), strict=True)
    try:
        names = [name for name in table.fieldnames or () if name]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise CommandFailed(f"{path}, line {table.line_num}: the column {twice} stands more than once.")
        for record in table:
            if None in record:
                raise CommandFailed(f"{path}, line {table.line_num}: more values than the header has columns.")
            given = {name: value for name, value in record.items() if value}
            if given:
                yield table.line_num, given
    except csv.Error as error:
        raise CommandFailed(f"{path}, line {table.line_num}: {error}.") from None


def _json_lines(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    # `splitlines` would also split at U+2028 and others, which may stand in a JSON string.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise CommandFailed(f"{path}, line {number}: not JSON: {error}.") from None
        if not isinstance(record, dict):
            raise CommandFailed(f"{path}, line {number}: not an object.")
        extended = record.pop("extended", None) or {}
        if not isinstance(extended, dict):
            raise CommandFailed(f"{path}, line {number}: extended is not an object.")
        yield number, {**record, **{f"{EXTENDED}{name}": value for name, value in extended.items()}}


def _row(record: dict[str, Any], where: str) -> Row:
    unknown = [
        name
        for name in record
        if name not in (FILE, *TEXTS, *OUTCOME) and not (name.startswith(EXTENDED) and name != EXTENDED)
    ]
    if unknown:
        known = ", ".join((FILE, *TEXTS, f"{EXTENDED}NAME"))
        raise CommandFailed(f"{where}: unknown column {', '.join(unknown)}; there are {known}.")
    file = record.get(FILE)
    if not isinstance(file, str) or not file:
        raise CommandFailed(f"{where}: no {FILE}.")
    metadata: dict[str, Any] = {}
    for name in TEXTS:
        if record.get(name) is not None:
            if not isinstance(record[name], str):
                raise CommandFailed(f"{where}: {name} is not a string.")
            metadata[name] = record[name]
    extended = {name.removeprefix(EXTENDED): value for name, value in record.items() if name.startswith(EXTENDED)}
    if MARK in extended:
        raise CommandFailed(f"{where}: {EXTENDED}{MARK} is the mark that the export sets itself.")
    return Row(file, {**metadata, **({"extended": extended} if extended else {})})


def _record(outcome: Outcome) -> dict[str, Any]:
    recording = outcome.recording
    texts = {name: recording.metadata[name] for name in TEXTS if name in recording.metadata}
    extended = {f"{EXTENDED}{name}": value for name, value in recording.metadata.get("extended", {}).items()}
    found = {
        "key": recording.key,
        "attachmentKey": recording.attachment_key if outcome.attached else None,
        "mediaId": outcome.media_id,
        "status": outcome.status,
        "error": outcome.error,
    }
    return {FILE: recording.written, **texts, **extended, **{name: found[name] or "" for name in OUTCOME}}


def _with_nested(record: dict[str, Any]) -> dict[str, Any]:
    """As JSON: `extended` an object, and nothing that is empty."""
    body = {name: value for name, value in record.items() if value != "" and not name.startswith(EXTENDED)}
    extended = {name.removeprefix(EXTENDED): value for name, value in record.items() if name.startswith(EXTENDED)}
    return {**body, **({"extended": extended} if extended else {})}
