"""Statements (VBQL) and words as they arrive; what cannot be read is refused with the place and the reason.

No code is documented for them (docs/contract/errors.md section 8): 10007 for a statement, 10011 in a query.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.statement import All, CategoryField, Comparison, Condition, FieldType, MetadataField, Statement
from voxport.search.fields import MAX_CATEGORY_CHARS, MAX_PATH_CHARS, metadata_path
from voxport.search.limits import StatementInvalid, StatementLimits
from voxport.search.parsing import read_statement
from voxport.search.plain_words import read_plain_words
from voxport.wire.reading.query import bad_value

MAX_STATEMENT_BYTES = 64 << 10
_UNREADABLE = "The statement could not be understood: {reason}."


def parse_statement(body: bytes, limits: StatementLimits, declared: Mapping[str, FieldType | None]) -> Statement:
    """The statement of a body, raw text or a JSON string (docs/contract/open-questions.md 39).

    Raises RequestRefused 10007.
    """
    try:
        return read_statement(_text(body), limits, declared)
    except StatementInvalid as error:
        raise statement_refused(error) from None


def statement_refused(error: StatementInvalid) -> RequestRefused:
    """The refusal (10007) of a statement that cannot be read."""
    return RequestRefused(Problem(Code.CONFIGURATION_INVALID, _UNREADABLE.format(reason=error)))


def parse_words(name: str, value: str) -> Condition:
    """The condition of plain words in the query parameter `name`. Raises RequestRefused 10011."""
    try:
        return read_plain_words(value)
    except StatementInvalid as error:
        raise bad_value(name, f"words, quoted phrases, OR, or title:word; {error}") from None


def parse_extended_filter(name: str, value: str) -> Condition:
    """`Name:Value` or `Name;Value` (docs/contract/open-questions.md 34). Raises RequestRefused 10011."""
    separator = next((sign for sign in value if sign in ":;"), "")
    field, _, wanted = value.partition(separator) if separator else (value, "", "")
    field = field.strip().removeprefix("metadata.")
    if not field or not wanted or "\x00" in value:
        raise bad_value(name, "a field and its value, as customerId:42")
    return equal_field(name, field, wanted)


def equal_field(parameter: str, field: str, value: str) -> Condition:
    """The condition that a field of the metadata has a value. Raises RequestRefused 10011."""
    path = metadata_path(field)
    if len(path) > MAX_PATH_CHARS or "\x00" in field + value:
        raise bad_value(parameter, f"of a field whose name has at most {MAX_PATH_CHARS} characters")
    return Comparison(MetadataField(path), "=", value)


def in_category(parameter: str, name: str) -> Condition:
    """The condition that a call is in the category of that name. Raises RequestRefused 10011."""
    if len(name) > MAX_CATEGORY_CHARS or "\x00" in name:
        raise bad_value(parameter, f"the name of a category, of at most {MAX_CATEGORY_CHARS} characters")
    return Comparison(CategoryField(name), "=", 1.0)


def together(conditions: list[Condition]) -> Condition | None:
    """All of the conditions; None without any."""
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else All(tuple(conditions))


def _text(body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig").strip()
        if text.startswith('"'):
            value = json.loads(text)
            return value if isinstance(value, str) else ""
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        reason = "the body is neither text in UTF-8 nor a JSON string"
        raise RequestRefused(Problem(Code.CONFIGURATION_INVALID, _UNREADABLE.format(reason=reason))) from None
    else:
        return text
