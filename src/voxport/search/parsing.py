"""From the text of a statement to its typed form: the grammar of `vbql.lark`, and what its operators bind to.

Source: docs/contract/v3-endpoints.md section 7; docs/search.md teaches the language.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput, UnexpectedToken

from voxport.core.statement import (
    CategoryField,
    Column,
    Condition,
    Declaration,
    DeclaredField,
    Everything,
    FieldType,
    MetadataField,
    Order,
    Said,
    Selection,
    Statement,
    comparisons_in,
)
from voxport.search.conditions import ConditionReader
from voxport.search.fields import column_name, named_field
from voxport.search.limits import StatementInvalid, StatementLimits

_Node = Tree[Token]
_EXPECTED: Mapping[str, str] = {
    "STRING": "a phrase in quotes",
    "SPEAKER": "a speaker in quotes before SAYS",
    "ANYBODY": "* SAYS",
    "NAME": "the name of a field",
    "NUMBER": "a number",
    "TIME": "a time such as 30s",
    "COMPARED": "one of = != < <= > >=",
    "BOTH_IN_TURN": "&&",
    "EITHER_IN_TURN": "||",
    "NOT_IN_TURN": "!",
    "STAR": "*",
    "LPAR": "(",
    "RPAR": ")",
    "LSQB": "[",
    "RSQB": "]",
    "COMMA": ",",
    "COLON": ":",
    "SLASH": "/",
    "_SEMICOLON": ";",
    "$END": "the end",
    "HITS": "hits()",
}
_UNNAMED = frozenset({"_SEMICOLON", "NOT_IN_TURN", "ANYBODY", "SLASH", "COLON"})
_MOST_EXPECTED = 6
_TYPES: Mapping[str, FieldType] = {
    **{one.value: one for one in FieldType},
    **{"text": FieldType.TEXT, "string": FieldType.TEXT, "char": FieldType.TEXT},
    **{"int": FieldType.INTEGER, "bigint": FieldType.INTEGER, "long": FieldType.INTEGER},
    **{"float": FieldType.NUMBER, "decimal": FieldType.NUMBER, "number": FieldType.NUMBER},
    **{"datetime": FieldType.DATE, "timestamp": FieldType.DATE},
}


def read_statement(
    text: str, limits: StatementLimits, declared: Mapping[str, FieldType | None] | None = None
) -> Statement:
    """The statement of a text; `declared` has the fields of the metadata that were declared, with their types.

    Raises StatementInvalid with the place and the reason.
    """
    _check_size(text, limits)
    try:
        tree = _grammar().parse(text)
    except UnexpectedInput as error:
        raise _unexpected(error, text) from None
    reader = ConditionReader(text, limits, declared or {})
    if tree.data == "declaration":
        return Declaration(tuple(_declared(one, text) for one in _trees(tree, "defined")))
    return _selection(tree, reader, limits)


def read_category(
    text: str, limits: StatementLimits, declared: Mapping[str, FieldType | None] | None = None
) -> Condition:
    """What a call has to meet to be in a category: the condition of a full statement.

    What else the statement says, which columns and how many rows, has no meaning there. Raises StatementInvalid.
    """
    statement = read_statement(text, limits, declared)
    if isinstance(statement, Declaration):
        raise StatementInvalid("a category is a SELECT statement", text, 0)
    if any(isinstance(one.field, CategoryField) for one in comparisons_in(statement.condition)):
        raise StatementInvalid("a category cannot ask whether a call is in a category")
    return statement.condition


def field_type(name: str) -> FieldType | None:
    """The type of that name, None for none."""
    return _TYPES.get(name.lower())


@cache
def _grammar() -> Lark:
    grammar = files(__package__).joinpath("vbql.lark").read_text()
    return Lark(grammar, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def _check_size(text: str, limits: StatementLimits) -> None:
    if not text.strip():
        raise StatementInvalid("the statement is empty")
    if len(text) > limits.characters:
        raise StatementInvalid(f"the statement has {len(text)} characters; the limit is {limits.characters}")
    for at, sign in enumerate(text):
        if sign == "\x00" or "\ud800" <= sign <= "\udfff":
            raise StatementInvalid("a NUL character or half a surrogate pair stands here", text, at)


def _selection(tree: _Node, reader: ConditionReader, limits: StatementLimits) -> Selection:
    columns, shows_hits = _columns(_trees(tree, "columns")[0], reader)
    order = next((_order(one, reader) for one in _trees(tree, "order")), None)
    limit, offset = next((_limit(one, reader, limits, shows_hits) for one in _trees(tree, "limit")), (10, 0))
    return Selection(
        _condition(tree, reader), columns, shows_hits, order, min(limit, _most_rows(limits, shows_hits)), offset
    )


def _condition(tree: _Node, reader: ConditionReader) -> Condition:
    for one in _trees(tree, "where"):
        return reader.condition(_trees(one, "condition")[0])
    for one in _trees(tree, "match"):
        phrase = reader.phrase(_trees(one, "phrase")[0])
        window = next((reader.window(found) for found in _trees(one, "window")), None)
        return Said(None, phrase, reader.source(one), window)
    return Everything()


def _columns(tree: _Node, reader: ConditionReader) -> tuple[tuple[Column, ...], bool]:
    columns: dict[str, Column] = {}
    shows_hits = False
    for one in tree.children:
        if isinstance(one, Token):
            continue
        if one.data == "hits":
            shows_hits = True
        else:
            field = reader.field(_trees(one, "field")[0])
            columns[column_name(field)] = Column(column_name(field), field)
    if not columns and not any(isinstance(one, Token) and one.type == "STAR" for one in tree.children):
        # hits() alone: which call it is tells its id.
        columns["mediaId"] = Column("mediaId", named_field("mediaId", None, {}))
    return tuple(columns.values()), shows_hits


def _order(tree: _Node, reader: ConditionReader) -> Order:
    descending = any(one.children[0].type == "DESC" for one in _trees(tree, "direction"))  # type: ignore[union-attr]
    return Order(reader.field(_trees(tree, "field")[0]), descending)


def _limit(tree: _Node, reader: ConditionReader, limits: StatementLimits, shows_hits: bool) -> tuple[int, int]:
    most = _most_rows(limits, shows_hits)
    numbers = [one for one in tree.children if isinstance(one, Token) and one.type == "NUMBER"]
    limit = reader.whole(numbers[0], 0, most, " with hits()" if shows_hits else "")
    return limit, reader.whole(numbers[1], 0, limits.offset) if len(numbers) > 1 else 0


def _most_rows(limits: StatementLimits, shows_hits: bool) -> int:
    return min(limits.rows, limits.rows_with_hits) if shows_hits else limits.rows


def _declared(tree: _Node, text: str) -> DeclaredField:
    field = _trees(tree, "field")[0]
    first, *second = (str(one) for one in field.children)
    found = named_field(first, second[0] if second else None, {})
    written = next(one for one in tree.children if isinstance(one, Token))
    if not isinstance(found, MetadataField):
        raise StatementInvalid("only fields of the metadata can be declared: metadata:name", text, field.meta.start_pos)
    known = field_type(written)
    if known is None:
        names = ", ".join(one.value for one in FieldType)
        raise StatementInvalid(f"a field is one of {names}", text, written.start_pos)
    return DeclaredField(found.path, known)


def _trees(tree: _Node, name: str) -> list[_Node]:
    return [one for one in tree.children if isinstance(one, Tree) and one.data == name]


def _unexpected(error: UnexpectedInput, text: str) -> StatementInvalid:
    position = error.pos_in_stream if error.pos_in_stream is not None and error.pos_in_stream >= 0 else len(text)
    if isinstance(error, UnexpectedCharacters):
        what = text[position : position + 1]
        if what in "\"'":
            return StatementInvalid("a quote is opened here and never closed", text, position)
        return StatementInvalid(f"{what} cannot stand here; {_wanted(error.allowed)}", text, position)
    if isinstance(error, UnexpectedEOF) or (isinstance(error, UnexpectedToken) and error.token.type == "$END"):
        expected = error.expected if isinstance(error, UnexpectedEOF) else error.accepts or error.expected
        return StatementInvalid(f"the statement ends too early; {_wanted(expected)}", text, len(text))
    if isinstance(error, UnexpectedToken):
        said = str(error.token)
        shown = said if len(said) <= 20 else f"{said[:20]}..."
        wanted = _wanted(error.accepts or error.expected)
        return StatementInvalid(f"{shown} cannot stand here; {wanted}", text, position)
    return StatementInvalid("it cannot be read", text, position)


def _wanted(expected: object) -> str:
    names = sorted(set(expected) - _UNNAMED) if isinstance(expected, set | frozenset | list) else []
    shown = [_EXPECTED.get(name, name) for name in names]
    if not shown:
        return "nothing may follow"
    more = " ..." if len(shown) > _MOST_EXPECTED else ""
    return f"expected is {' or '.join(shown[:_MOST_EXPECTED])}{more}"
