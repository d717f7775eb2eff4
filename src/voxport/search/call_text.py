"""What was said in a call, laid out to be asked: a line a turn, a word a space, and when each word is said.

Made of the transcript as the customer sees it, which is redacted. What redaction covered in the sound alone is kept out
here: it stands in the transcript, and is not to be found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from voxport.core.findings import CategoryResult, Findings
from voxport.core.json_text import WrittenNumber
from voxport.core.plan import Plan
from voxport.core.transcript import Span, Transcript, Turn, Word, WordKind
from voxport.search.words import UNASKABLE, words_of

NAMELESS = "Speaker"
"""Who speaks where nobody has a name (docs/contract/v3-endpoints.md section 7)."""
MAX_WORDS = 200_000
"""Of one call, about twenty hours of speech; what is said later is not laid out."""
MAX_WORD_BYTES = 400_000
"""Of the different words of one call together: an index entry of PostgreSQL has 1 MB at most."""
MAX_FIELDS = 200
"""Of the metadata of one recording; what stands behind them is not laid out."""
MAX_VALUE_CHARS = 256
"""A longer value of a field is compared by its first characters."""
_MAX_DESCRIPTION_CHARS = 4_000
_MAX_DEPTH = 8
_MOST_MS = 32_767
_STEMMING = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
STEMMERS = (*_STEMMING.values(), "simple")
"""PostgreSQL's name of what finds the stems of a language; `simple` leaves words as they are."""


DURATION_MS = 10
"""A word's length is kept in so many milliseconds: recognisers measure no finer."""
_NARROW = 3
"""Bytes of a time in milliseconds, as long as 4.6 hours do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A turn."""

    speaker: str
    words: tuple[str, ...]
    starts_ms: tuple[int, ...]
    """When each word begins; never earlier than the one before it."""
    ends_ms: tuple[int, ...]

    @property
    def text(self) -> str:
        """The words with a space before, between and behind them."""
        return f" {' '.join(self.words)} "


@dataclass(frozen=True, slots=True)
class CallText:
    """A call as it is asked."""

    language: str
    """As it was asked for (`en-US`)."""
    stemmer: str
    """One of `STEMMERS`."""
    lines: tuple[Line, ...]
    metrics: dict[str, float]
    """By name."""
    categories: tuple[CategoryResult, ...] = ()
    """Those that it was looked for in."""

    @property
    def word_count(self) -> int:
        return sum(len(line.words) for line in self.lines)

    @property
    def transitions(self) -> int:
        """How often another speaker takes over."""
        speakers = [line.speaker for line in self.lines]
        return sum(one != other for one, other in pairwise(speakers))


@dataclass(frozen=True, slots=True)
class Description:
    """What the metadata of a recording says, as it is asked."""

    title: str
    """Its words as in `Line.text`; empty where there are none."""
    description: str
    fields: dict[str, list[str]]
    """The values of each field by its path (`extended.customerId`); a list in the metadata has several."""


def lay_out(transcript: Transcript, findings: Findings, plan: Plan) -> CallText:
    """The call of a transcript as its customer sees it, with the findings that belong to it."""
    covered = findings.covered if _shows_covered(plan) else ()
    lines: list[Line] = []
    words, different = 0, set[str]()
    size = 0
    for turn in transcript.turns:
        line = _line(turn, covered)
        new = set(line.words) - different
        words, size = words + len(line.words), size + sum(len(word.encode()) + 8 for word in new)
        if words > MAX_WORDS or size > MAX_WORD_BYTES:
            break
        different |= new
        if line.words:
            lines.append(line)
    metrics = {name: value for group in findings.metrics or () for name, value in group.values}
    language = transcript.language
    return CallText(language, stemmer_of(language), tuple(lines), metrics, findings.categories or ())


def written_times(lines: Iterable[Line]) -> bytes:
    """When each word begins and how long it lasts; `read_times` is its inverse.

    Words have the same number of bytes: the beginning in milliseconds, the greatest byte first so that bytes compare as
    times do, and one byte of `DURATION_MS`.
    """
    spans = [span for line in lines for span in zip(line.starts_ms, line.ends_ms, strict=True)]
    width = _NARROW + any(start >= 256**_NARROW - 1 for start, _ in spans)
    return b"".join(
        min(start, 256**width - 2).to_bytes(width, "big")
        + bytes((min(255, max(0, round((end - start) / DURATION_MS))),))
        for start, end in spans
    )


def read_times(times: bytes, words: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Of so many words of a call, when each begins and ends."""
    width = len(times) // max(words, 1)
    each = [times[at : at + width] for at in range(0, width * words, width)] if width else []
    starts = tuple(int.from_bytes(one[:-1], "big") for one in each)
    return starts, tuple(start + one[-1] * DURATION_MS for start, one in zip(starts, each, strict=True))


def stemmer_of(language: str) -> str:
    """What finds the stems of a language by its code (`en-US`)."""
    return _STEMMING.get(language.partition("-")[0].lower(), "simple")


def describe(metadata: dict[str, Any]) -> Description:
    """The metadata of a recording; what is neither text nor number nor truth value is left out."""
    fields: dict[str, list[str]] = {}
    for name in ("title", "description", "externalId", "callDetails", "extended"):
        _add_fields(fields, name, metadata.get(name), 0)
    return Description(_as_line(metadata.get("title")), _as_line(metadata.get("description")), fields)


def field_value(value: object) -> str | None:
    """How a value of the metadata is compared; None for what is no single value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, WrittenNumber):
        return value.text[:MAX_VALUE_CHARS]
    return str(value)[:MAX_VALUE_CHARS].replace("\x00", "") if isinstance(value, str | int | float) else None


def _shows_covered(plan: Plan) -> bool:
    """Whether the transcript may show what was covered: not where every detector puts something in its place."""
    return plan.before is not None or any(detector.replacement is None for detector in plan.detectors)


def _line(turn: Turn, covered: Sequence[Span]) -> Line:
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    latest = 0
    for word in turn.words:
        if word.kind is not WordKind.WORD:
            continue
        latest = max(latest, word.start_ms)
        for text in (UNASKABLE,) if _is_covered(word, covered) else words_of(word.text):
            words.append(text)
            starts.append(latest)
            ends.append(min(max(word.end_ms, latest), latest + _MOST_MS))
    return Line(turn.speaker or NAMELESS, tuple(words), tuple(starts), tuple(ends))


def _is_covered(word: Word, covered: Sequence[Span]) -> bool:
    return any(word.start_ms < span.end_ms and span.start_ms < max(word.end_ms, word.start_ms + 1) for span in covered)


def _as_line(value: object) -> str:
    words = words_of(value[:_MAX_DESCRIPTION_CHARS]) if isinstance(value, str) else []
    return f" {' '.join(words)} " if words else ""


def _add_fields(fields: dict[str, list[str]], path: str, value: object, depth: int) -> None:
    if isinstance(value, dict) and depth < _MAX_DEPTH:
        for name, inner in value.items():
            _add_fields(fields, f"{path}.{name}", inner, depth + 1)
    elif isinstance(value, list):
        for inner in value[:MAX_FIELDS]:
            if not isinstance(inner, dict | list):
                _add_fields(fields, path, inner, depth)
    elif (text := field_value(value)) is not None and len(fields) < MAX_FIELDS and len(path) <= 128:
        fields.setdefault(path, []).append(text)
