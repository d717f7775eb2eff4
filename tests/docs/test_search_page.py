"""Each statement of docs/search.md is read and, on the golden calls, finds what it is about."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.rooms.search.golden_store import Golden, golden  # noqa: F401 - a fixture
from voxport.core.findings import CategoryResult, Mention, Occurrence
from voxport.core.statement import Declaration, Selection
from voxport.core.transcript import Span
from voxport.search.limits import StatementLimits
from voxport.search.locating import MAX_HITS
from voxport.search.parsing import read_statement
from voxport.search.plain_words import read_plain_words
from voxport.storage.search.selection import MAX_BYTES, MAX_HIT_LINES
from voxport.wire.v3.applications import parse_application, parse_trial
from voxport.wire.v3.categories import parse_category
from voxport.wire.v3.category_results import category_results_body

PAGE = (Path(__file__).parents[2] / "docs" / "search.md").read_text()
LIMITS = StatementLimits()


def test_every_statement_of_the_page_finds_something(golden: Golden) -> None:  # noqa: F811
    blocks = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) >= 8
    read = [read_statement(block, LIMITS) for block in blocks]
    selections = [one for one in read if isinstance(one, Selection)]
    assert len(selections) + sum(isinstance(one, Declaration) for one in read) == len(blocks)
    found = golden.ask(*selections)
    assert [block for block, names in zip(blocks, found, strict=False) if not names] == []


def test_every_word_of_the_page_finds_something(golden: Golden) -> None:  # noqa: F811
    table = PAGE.partition("| typed | finds |")[2].partition("\n\n")[0]
    typed = [one for row in table.splitlines()[2:] for one in re.findall(r"`([^`]+)`", row.split(" | ")[0])]
    assert len(typed) >= 6
    found = golden.ask(*(Selection(read_plain_words(one)) for one in typed))
    assert [one for one, names in zip(typed, found, strict=True) if not names] == []


def test_every_command_of_the_page_has_a_statement_that_is_read() -> None:
    shown = [shlex.split(line) for line in PAGE.splitlines() if line.startswith("voxport ")]
    assert [words[:3] for words in shown] == [["voxport", "categories", "try"], ["voxport", "categories", "apply"]]
    assert isinstance(read_statement(shown[0][3], LIMITS), Selection)


@pytest.mark.parametrize(
    "bound",
    [
        f"| characters of a statement | {LIMITS.characters} |",
        f"| parentheses in each other | {LIMITS.depth} |",
        f"| phrases and comparisons | {LIMITS.conditions} |",
        f"| words of a phrase; other words among them | {LIMITS.phrase_words}; {LIMITS.slop} |",
        f"| beginnings of words, each of at least {LIMITS.prefix_chars} letters | {LIMITS.prefixes} |",
        f"of all rows together | {MAX_BYTES >> 20} MiB;",
        f"| {LIMITS.rows_with_hits}; {MAX_HITS}, in its first {MAX_HIT_LINES} turns that have one |",
    ],
)
def test_the_bounds_are_those_of_the_program(bound: str) -> None:
    assert bound in PAGE


ANALYTICS = (Path(__file__).parents[2] / "docs" / "analytics.md").read_text()
BODIES = [body for page in (PAGE, ANALYTICS) for body in re.findall(r"-d '(\{.+?\})'", page)]
READERS: dict[str, Callable[[bytes], object]] = {
    "query calls": parse_trial,
    "categoryName": parse_application,
    "query version": lambda body: parse_category(body, "refunds", LIMITS, {}),
}


def test_every_body_of_the_pages_is_read() -> None:
    assert {" ".join(json.loads(body)) for body in BODIES} == set(READERS)
    for body in BODIES:
        assert READERS[" ".join(json.loads(body))](body.encode())


def test_the_result_of_a_category_is_shown_as_it_is() -> None:
    (shown,) = re.findall(r"```text\n(\{\"categoryName\".+?)```", ANALYTICS, re.DOTALL)
    place = Mention("Caller", (Occurrence(Span(2500, 2900), "refund"),))
    assert category_results_body([CategoryResult("refunds", "1", True, (place,))]) == [json.loads(shown)]
