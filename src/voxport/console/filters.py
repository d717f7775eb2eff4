"""What the list of calls can be asked for, from its form to the query of the API; and its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

PAGE_SIZE = 50
COLUMNS: Mapping[str, str] = {
    "created": "Received",
    "status": "Status",
    "length": "Length",
    "speakers": "Speakers",
    "external": "External id",
    "redacted": "Redacted",
    "finished": "Finished",
    "expires": "Erased on",
    "extended": "Metadata",
    "id": "Media id",
}
"""The columns beside the title, each with its heading."""
STATUSES: Mapping[str, str] = {
    "accepted": "waiting",
    "running": "processing",
    "finished": "finished",
    "failed": "failed",
}
_USUAL = ("created", "status", "length", "speakers", "external", "redacted")
_DETAILS: Mapping[str, str] = {"length": "length", "speakers": "speakers", "redacted": "redacted"}
_MODES = ("words", "best", "vbql")
_PARAMETER = {"words": "query", "best": "q", "vbql": "vbql"}
_MINUTE_MS = 60_000
_PARAMETERS = re.compile(r"The query parameter (\w+) (?=must )")
LABELS: Mapping[str, str] = {
    "status": "Status",
    "onOrAfterDate": "Received from",
    "onOrBeforeDate": "Received until",
    "speaker": "Speaker",
    "externalId": "External id",
    "minLength": "Minimum length",
    "maxLength": "Maximum length",
    "category": "Category",
    "redacted": "Redacted",
    "after": "The page of the list",
}
"""Parameters of the API's list, each with the label of its field."""


@dataclass(frozen=True, slots=True)
class CallFilters:
    """The fields of the form, as they were written; empty ones filter nothing."""

    text: str
    mode: str
    """`words`: all of these; `best`: those first that fit them best; `vbql`: a statement, or what stands in WHERE."""
    status: str
    since: str
    until: str
    speaker: str
    external_id: str
    shortest: str
    """Minutes, as `longest`."""
    longest: str
    category: str
    redacted: str
    """`true`, `false` or empty."""
    after: str
    """The cursor of the page."""

    @property
    def is_ranked(self) -> bool:
        return self.mode == "best" and bool(self.text)

    @property
    def narrow(self) -> bool:
        """Whether a field besides the text is filled in, so that the form shows them all."""
        return any(value for name, value in self.written() if name not in ("text", "mode", "after"))

    def query(self, columns: Sequence[str]) -> list[tuple[str, str]]:
        """The query of `GET /v3/media` for one page, with what the columns show."""
        details = ["errors", "tasks", *(_DETAILS[one] for one in columns if one in _DETAILS)]
        asked = {
            "limit": str(PAGE_SIZE),
            _PARAMETER[self.mode]: self._statement() if self.mode == "vbql" else self.text,
            "status": self.status,
            "onOrAfterDate": self.since,
            "onOrBeforeDate": self.until,
            "speaker": self.speaker,
            "externalId": self.external_id,
            "minLength": _milliseconds(self.shortest),
            "maxLength": _milliseconds(self.longest),
            "category": self.category,
            "redacted": self.redacted,
            "include": ",".join(details),
        }
        if not self.is_ranked:
            asked |= {"sortOrder": "desc", "after": self.after}
        return [(name, value) for name, value in asked.items() if value]

    def written(self) -> list[tuple[str, str]]:
        """The fields of the form that are filled in."""
        fields = {
            "text": self.text,
            "mode": "" if self.mode == "words" else self.mode,
            "status": self.status,
            "since": self.since,
            "until": self.until,
            "speaker": self.speaker,
            "externalId": self.external_id,
            "shortest": self.shortest,
            "longest": self.longest,
            "category": self.category,
            "redacted": self.redacted,
            "after": self.after,
        }
        return [(name, value) for name, value in fields.items() if value]

    def address(self, after: str | None = None) -> str:
        """These filters as a query string; `after` takes the place of the cursor."""
        kept = [(name, value) for name, value in self.written() if name != "after" or after is None]
        return urlencode([*kept, ("after", after)] if after else kept)

    def between(self, since: str, until: str) -> str:
        """These filters for calls that came from one day to another, as a query string."""
        return replace(self, since=since, until=until, after="").address()

    def _statement(self) -> str:
        text = self.text.strip()
        # No SQL: the API reads it as VBQL, and refuses what is none.
        return text if not text or text.lower().startswith("select") else f"SELECT * FROM media WHERE {text}"  # noqa: S608


def read_filters(query: Mapping[str, str]) -> CallFilters:
    """The form as it arrives; what is no value of a field is kept, and the API says why it cannot be used."""
    written = {name: query.get(name, "").strip() for name in query}
    mode = written.get("mode", "")
    return CallFilters(
        text=written.get("text", ""),
        mode=mode if mode in _MODES else "words",
        status=written.get("status", ""),
        since=written.get("since", ""),
        until=written.get("until", ""),
        speaker=written.get("speaker", ""),
        external_id=written.get("externalId", ""),
        shortest=written.get("shortest", ""),
        longest=written.get("longest", ""),
        category=written.get("category", ""),
        redacted=written.get("redacted", ""),
        after=written.get("after", ""),
    )


def in_words(message: str, labels: Mapping[str, str]) -> str:
    """A refusal of the API with the label of the field that it is about, where it names a parameter of the query."""
    named = _PARAMETERS.match(message)
    if named is None or named[1] not in labels:
        return message
    told = f"{labels[named[1]]} {message[named.end() :]}"
    return told.replace("a number of milliseconds", "a number of minutes")


def chosen_columns(kept: str | None) -> Sequence[str]:
    """The columns of a browser, in the order of the table; the usual ones where none were chosen."""
    chosen = _USUAL if kept is None else kept.split(".")
    return [name for name in COLUMNS if name in chosen]


def _milliseconds(minutes: str) -> str:
    """Whole milliseconds of a number of minutes; what is no number goes on as it is, to be refused."""
    try:
        return str(round(float(minutes.replace(",", ".")) * _MINUTE_MS)) if minutes else ""
    except (ValueError, OverflowError):
        return minutes


def time_ranges() -> Sequence[tuple[str, str, str]]:
    """Time ranges that people mean: each in words, with its first and last day in UTC."""
    today = datetime.now(UTC)
    written = [f"{today - timedelta(days=number):%Y-%m-%d}" for number in (0, 1, 6)]
    return [
        ("today", written[0], written[0]),
        ("yesterday", written[1], written[1]),
        ("the last 7 days", written[2], written[0]),
    ]
