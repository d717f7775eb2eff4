"""What a statement says is a value and never a part of the SQL: hostile texts leave it as it is."""

from __future__ import annotations

from uuid import UUID

import pytest

from benchmarks.search_hostile import HOSTILE, QUOTES
from voxport.core.statement import Selection
from voxport.search.limits import StatementInvalid, StatementLimits
from voxport.search.parsing import read_statement
from voxport.storage.search.selection import Compiled, compile_selection

ORGANIZATION = UUID(int=1)
FRAMES = (
    'SELECT metadata.{name}, hits() FROM media WHERE * SAYS "{text} word other"',
    'SELECT hits() FROM media WHERE "Agent" SAYS "{text} word xy*"/2 [-30s,]',
    'SELECT * FROM media WHERE "Agent" SAYS ("{text}" && !"{text} y")',
    'SELECT * FROM media WHERE metadata.customerId = "{text}" ORDER BY metadata.customerId',
    'SELECT * FROM media WHERE "{text}" SAYS "word"',
    'SELECT * FROM media WHERE metadata:"{text}" = "{text}"',
    'SELECT * FROM media WHERE language = "{text}"',
)


def compiled(statement: str) -> Compiled | None:
    try:
        read = read_statement(statement, StatementLimits())
    except StatementInvalid:
        return None
    return compile_selection(read, ORGANIZATION) if isinstance(read, Selection) else None


def test_an_answer_that_tells_where_has_fewer_rows() -> None:
    for rows in (100, 101):
        read_statement(f"SELECT mediaId FROM media WHERE * SAYS 'yes' LIMIT {rows}", StatementLimits())  # noqa: S608 - VBQL
    read_statement("SELECT hits() FROM media WHERE * SAYS 'yes' LIMIT 100", StatementLimits())
    with pytest.raises(StatementInvalid, match=r"line 1, column 54: a whole number from 0 to 100 .* with hits\(\)"):
        read_statement("SELECT hits() FROM media WHERE * SAYS 'yes'    LIMIT 101", StatementLimits())


def test_a_column_that_is_named_again_is_read_once() -> None:
    read = read_statement(f"SELECT {'metadata.a, ' * 300}length FROM media", StatementLimits())  # noqa: S608 - VBQL
    assert isinstance(read, Selection)
    assert [one.name for one in read.columns] == ["metadata.a", "length"]


@pytest.mark.parametrize("frame", FRAMES)
def test_the_sql_of_a_statement_does_not_depend_on_its_values(frame: str) -> None:
    made = [compiled(frame.replace("{text}", text).replace("{name}", "customerId")) for text in ("harmless", *QUOTES)]
    shapes = {one.sql for one in made if one is not None}
    assert len(shapes) == 1
    assert sum(one is not None for one in made) > 10


def test_no_hostile_statement_reaches_the_sql() -> None:
    for statement in HOSTILE:
        made = compiled(statement)
        if made is None:
            continue
        for text in ("DROP", "pg_sleep", "'1'='1", "1=1", "zzz", "aaaa"):
            assert text not in made.sql, statement
