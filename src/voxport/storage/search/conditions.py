"""Conditions on a call, as SQL over `c`, a row of `call_index` or of values in its form."""

from __future__ import annotations

import operator
from uuid import UUID

from voxport.core.statement import (
    All,
    Attribute,
    CategoryField,
    Comparison,
    Condition,
    Described,
    Either,
    Everything,
    Field,
    FieldType,
    MetadataField,
    Metric,
    Moment,
    Otherwise,
    Said,
    Stemmed,
)
from voxport.search.call_text import MAX_VALUE_CHARS
from voxport.storage.search.lines import call_meets
from voxport.storage.search.parameters import Parameters
from voxport.storage.search.terms import INDEXED, terms_of

_NUMBER = r"^-?[0-9]{1,30}(\.[0-9]{1,30})?$"
_HOLDS = {"=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_COLUMNS = {
    Attribute.MEDIA_ID: "CAST(c.media_id AS text)",
    Attribute.CREATED: "c.created",
    Attribute.WORD_COUNT: "c.word_count",
    Attribute.LENGTH: "c.duration_ms",
    Attribute.TRANSITIONS: "c.transitions",
    Attribute.INTERACTION: "'speech'",
    Attribute.LANGUAGE: "c.language",
}


def condition_sql(condition: Condition, parameters: Parameters) -> str:
    """True or false for every call, never NULL."""
    match condition:
        case Everything():
            return "true"
        case All(items=items):
            return " AND ".join(f"({condition_sql(one, parameters)})" for one in items)
        case Either(items=items):
            return " OR ".join(f"({condition_sql(one, parameters)})" for one in items)
        case Otherwise(item=item):
            return f"NOT ({condition_sql(item, parameters)})"
        case Said():
            return call_meets(condition, parameters)
        case Described(words=words, within=within):
            phrase = parameters.text(f" {' '.join(words)} ")
            where = ("title", "description") if within is None else (within,)
            return " OR ".join(f"strpos(c.{one}, {phrase}) > 0" for one in where)
        case Stemmed():
            return f"{INDEXED} @@ {terms_of(condition, parameters).sql}"
        case Comparison():
            return f"coalesce({_compared(condition, parameters)}, false)"


def field_sql(field: Field, parameters: Parameters) -> str:
    """The value of a field, NULL where a call has none: of several the first."""
    if isinstance(field, Attribute):
        return _COLUMNS[field]
    if isinstance(field, Metric):
        return f"CAST(c.metrics ->> {parameters.text(field.name)} AS float8)"
    if isinstance(field, CategoryField):
        its = f"r.media_id = c.media_id AND r.category = {parameters.text(field.category)}"
        return f"(SELECT CAST(r.matched AS integer) FROM category_results AS r WHERE {its})"  # noqa: S608 - our own words
    value = f"(c.fields -> {parameters.text(field.path)} ->> 0)"
    if field.type in (FieldType.INTEGER, FieldType.NUMBER):
        return f"(CASE WHEN {value} ~ {parameters.text(_NUMBER)} THEN CAST({value} AS numeric) END)"
    return f'{value} COLLATE "C"'


def _compared(comparison: Comparison, parameters: Parameters) -> str:
    field, sign, value = comparison.field, comparison.operator, comparison.value
    if isinstance(value, Moment):
        return _at_moment(sign, value, parameters)
    if isinstance(field, MetadataField):
        return _in_metadata(field, sign, value, parameters)
    if isinstance(field, CategoryField) and isinstance(value, float):
        return _in_category(field.category, sign, value, parameters)
    if isinstance(value, float):
        return f"{field_sql(field, parameters)} {sign} {parameters.add(value, 'float8')}"
    if field is Attribute.MEDIA_ID and sign == "=" and (media_id := _uuid(value)) is not None:
        return f"c.media_id = {parameters.add(media_id, 'uuid')}"
    return f'lower({field_sql(field, parameters)}) {sign} lower({parameters.text(value)}) COLLATE "C"'


def _in_category(category: str, sign: str, value: float, parameters: Parameters) -> str:
    """Whether the call is among those that an index has: of each category the calls that are in it, and the others."""
    wanted = ["r.matched" if one else "NOT r.matched" for one in (True, False) if _HOLDS[sign](float(one), value)]
    which = f"r.category = {parameters.text(category)} AND ({' OR '.join(wanted) or 'false'})"
    return f"c.media_id IN (SELECT r.media_id FROM category_results AS r WHERE {which})"  # noqa: S608 - our own words


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _at_moment(sign: str, moment: Moment, parameters: Parameters) -> str:
    """A day is one value: what is later than it begins after its end."""
    first, last = (parameters.add(one, "timestamptz") for one in (moment.first, moment.last))
    if sign in ("=", "!="):
        return f"c.created {'' if sign == '=' else 'NOT '}BETWEEN {first} AND {last}"
    return f"c.created {sign} {first if sign in ('<', '>=') else last}"


def _in_metadata(field: MetadataField, sign: str, value: str | float, parameters: Parameters) -> str:
    """Whether one of the values of the field compares so; `!=`: whether none is equal."""
    values = f"jsonb_array_elements_text(c.fields -> {parameters.text(field.path)}) AS value"
    compared = "=" if sign == "!=" else sign
    if isinstance(value, float):
        number = parameters.add(value, "float8")
        one = f"CASE WHEN value ~ {parameters.text(_NUMBER)} THEN CAST(value AS float8) {compared} {number} END"
    else:
        one = f'value {compared} {parameters.text(value[:MAX_VALUE_CHARS])} COLLATE "C"'
    exists = f"EXISTS (SELECT FROM {values} WHERE {one})"
    return f"NOT {exists}" if sign == "!=" else exists
