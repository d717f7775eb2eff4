"""Searchable fields: which are declared, and what their values are compared as (80300 to 80303).

A field is a path in the metadata (`extended.customerId`), or a path and a type (`extended.score integer`). What a PUT
names takes the place of what was declared before (docs/contract/open-questions.md 35).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.statement import DeclaredField, FieldType
from voxport.search.fields import DEFAULT_FIELDS, MAX_PATH_CHARS, metadata_path
from voxport.search.parsing import field_type
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.json_reader import JsonLimits, NameTwice, NotJson, PartTooLarge, read_json

SEARCH_LIMITS = JsonLimits(size_bytes=64 << 10, depth=8)
MAX_FIELDS = 200
_MOST_NAMED = 10
_LINKS = "_links"
_WRAPPER = "searchableFields"
_PATH = re.compile(r"[^\s.:]+(\.[^\s.:]+)*")
_TOO_MANY = f"at most {MAX_FIELDS} fields can be declared"


def read_search_fields(body: bytes) -> tuple[DeclaredField, ...]:
    """The fields of a PUT, bare or in the wrapper of v2-beta; raises RequestRefused 80300 to 80303."""
    try:
        document = read_json(body, SEARCH_LIMITS)
    except (NotJson, NameTwice, PartTooLarge) as error:
        raise RequestRefused(Problem.of(Code.SEARCH_FIELDS_MISSING)) from error
    if isinstance(document, dict) and set(document) - {_LINKS} == {_WRAPPER}:
        document = document[_WRAPPER]
    fields = document.get("fields") if isinstance(document, dict) else None
    if not isinstance(fields, list) or not fields or not all(isinstance(field, str) for field in fields):
        raise RequestRefused(Problem.of(Code.SEARCH_FIELDS_MISSING))
    if len(fields) > MAX_FIELDS:
        raise RequestRefused(Problem.of(Code.SEARCH_FIELD_NAME_INVALID, field=clip(fields[-1]), reason=_TOO_MANY))
    read = [_field(field) for field in fields]
    if problems := [one for one in read if isinstance(one, Problem)]:
        raise RequestRefused(problems[:_MOST_NAMED])
    return tuple({one.path: one for one in read if isinstance(one, DeclaredField)}.values())


def shown_fields(declared: Sequence[DeclaredField]) -> list[str]:
    """The fields as they were declared; those that need no declaration where none was."""
    if not declared:
        return list(DEFAULT_FIELDS)
    return [one.path if one.type is None else f"{one.path} {one.type.value}" for one in declared]


def with_declared(before: Sequence[DeclaredField], added: Sequence[DeclaredField]) -> tuple[DeclaredField, ...]:
    """The fields with others beside them; raises RequestRefused 80301 for too many."""
    together = tuple({one.path: one for one in (*before, *added)}.values())
    if len(together) > MAX_FIELDS:
        name = clip(together[-1].path)
        raise RequestRefused(Problem.of(Code.SEARCH_FIELD_NAME_INVALID, field=name, reason=_TOO_MANY))
    return together


def types_of(declared: Sequence[DeclaredField]) -> Mapping[str, FieldType | None]:
    """What the values of each declared field are compared as."""
    return {one.path: one.type for one in declared}


def _field(written: str) -> DeclaredField | Problem:
    name, *types = written.replace(":", " ").split()[:3] or [""]
    path = name.removeprefix("metadata.")
    if len(path) > MAX_PATH_CHARS:
        return Problem.of(Code.SEARCH_FIELD_NAME_TOO_LONG, field=clip(path), maximum=MAX_PATH_CHARS)
    if not _PATH.fullmatch(path) or not path.isprintable():
        reason = "a field is a path in the metadata such as extended.customerId"
        return Problem.of(Code.SEARCH_FIELD_NAME_INVALID, field=clip(written), reason=reason)
    known = [field_type(one) for one in types]
    if len(types) > 1 or None in known:
        reason = f"behind its name stands one of {', '.join(one.value for one in FieldType)}, or nothing"
        return Problem.of(Code.SEARCH_FIELD_EXPRESSION_INVALID, expression=clip(written), reason=reason)
    return DeclaredField(metadata_path(path), known[0] if known else None)
