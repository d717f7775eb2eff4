"""Which fields a statement may name, and what each is called in results."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches

from voxport.core.metric_names import METRICS
from voxport.core.statement import Attribute, CategoryField, Field, FieldType, MetadataField, Metric, Moment
from voxport.search.limits import StatementInvalid

DEFAULT_FIELDS = ("title", "description", "externalId", "callDetails", "extended")
"""What of the metadata can be searched by without being declared."""
MAX_PATH_CHARS = 128
MAX_CATEGORY_CHARS = 256
_METADATA, _METRICS, _CATEGORIES = "metadata", "metrics", "categories"
_ALIASES = {"lengthMs": Attribute.LENGTH, "duration": Attribute.LENGTH, "numberOfTransitions": Attribute.TRANSITIONS}
_NUMBERS = (Attribute.WORD_COUNT, Attribute.LENGTH, Attribute.TRANSITIONS)
_DATE = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?)?", re.ASCII | re.IGNORECASE
)
_METRIC_NAMES = frozenset(name for group in METRICS.values() for name, _ in group)


def named_field(first: str, second: str | None, declared: Mapping[str, FieldType | None]) -> Field:
    """The field of `first`, or of `first:second`. Raises StatementInvalid without a place for a name that is none."""
    head, _, rest = first.partition(".")
    name = rest if second is None else f"{rest}.{second}" if rest else second
    if head == _METADATA and name:
        path = metadata_path(name)
        if len(path) > MAX_PATH_CHARS:
            raise StatementInvalid(f"the name of a field has at most {MAX_PATH_CHARS} characters")
        return MetadataField(path, declared.get(path))
    if head == _METRICS and name:
        if name not in _METRIC_NAMES:
            raise StatementInvalid(f"there is no metric {_shown(name)}{_close(name, _METRIC_NAMES)}")
        return Metric(name)
    if head == _CATEGORIES and name:
        if len(name) > MAX_CATEGORY_CHARS:
            raise StatementInvalid(f"the name of a category has at most {MAX_CATEGORY_CHARS} characters")
        return CategoryField(name)
    if second is None and first in ("title", "description", "externalId"):
        return MetadataField(first)
    if second is None and first in _ALIASES:
        return _ALIASES[first]
    known = {one.value: one for one in Attribute}
    if second is None and first in known:
        return known[first]
    names = (*known, "metadata.title", "title", "externalId")
    raise StatementInvalid(f"there is no field {_shown(first)}{_close(first, names)}; letter case counts")


def metadata_path(name: str) -> str:
    """The whole path of a field, which may be named without `extended.` (docs/contract/open-questions.md 34)."""
    head = name.partition(".")[0]
    if head in DEFAULT_FIELDS:
        return name
    return f"extended.{name}"


def comparable(field: Field, written: str | float) -> str | float | Moment:
    """The value that a field is compared with. Raises StatementInvalid without a place for one that it never has."""
    if field is Attribute.CREATED:
        return _moment(written)
    if field in _NUMBERS or isinstance(field, Metric | CategoryField):
        try:
            return float(written)
        except ValueError:
            raise StatementInvalid("a number stands here") from None
    if isinstance(field, MetadataField):
        if field.type in (FieldType.INTEGER, FieldType.NUMBER):
            try:
                return float(written)
            except ValueError:
                raise StatementInvalid(f"the field is declared {field.type}: a number stands here") from None
        return written if isinstance(written, float) and field.type is None else _text(written)
    return _text(written)


def _moment(written: str | float) -> Moment:
    found = _DATE.fullmatch(written) if isinstance(written, str) else None
    wanted = "a date stands here: '2031-02-03' or '2031-02-03T04:05:06Z'"
    if found is None:
        raise StatementInvalid(wanted)
    day, clock, fraction, zone = found.groups()
    try:
        start = datetime.fromisoformat(f"{day}T{clock or '00:00:00'}{(zone or 'Z').upper().replace('Z', '+00:00')}")
        first = start.astimezone(UTC) + timedelta(microseconds=int((fraction or ".0")[1:].ljust(6, "0")))
        length = timedelta(microseconds=10 ** (7 - len(fraction))) if fraction else timedelta(seconds=1)
        return Moment(first, first + (length if clock else timedelta(days=1)) - timedelta(microseconds=1))
    except (ValueError, OverflowError):
        raise StatementInvalid(wanted) from None


def _text(written: str | float) -> str:
    return written if isinstance(written, str) else f"{written:g}"


def column_name(field: Field) -> str:
    """What results call a field."""
    if isinstance(field, MetadataField):
        return f"{_METADATA}.{field.path.removeprefix('extended.')}"
    if isinstance(field, CategoryField):
        return f"{_CATEGORIES}.{field.category}"
    return f"{_METRICS}.{field.name}" if isinstance(field, Metric) else field.value


def _close(name: str, known: object) -> str:
    close = get_close_matches(name[:64], list(known), n=1)  # type: ignore[call-overload]
    return f"; meant may be {close[0]}" if close else ""


def _shown(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:40]}..."
