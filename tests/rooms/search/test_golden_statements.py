"""Each golden statement finds its calls and no others, in one database for all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from benchmarks.search_golden import CALLS, ORDERED, STATEMENTS, WORDS
from tests.rooms.search.golden_store import Golden, golden  # noqa: F401 - a fixture
from tests.support.spoken_calls import WORD_MS
from voxport.core.errors import RequestRefused
from voxport.core.statement import Selection
from voxport.search.limits import StatementInvalid, StatementLimits
from voxport.search.parsing import read_statement
from voxport.search.plain_words import read_plain_words
from voxport.storage.cipher import Cipher
from voxport.storage.store import Store

LIMITS = StatementLimits()


def selection(statement: str) -> Selection:
    read = read_statement(statement, LIMITS)
    assert isinstance(read, Selection)
    return read


def wrong(asked: Sequence[tuple[str, Sequence[str]]], found: list[list[str]], *, ordered: bool) -> list[str]:
    told = []
    for (statement, names), answer in zip(asked, found, strict=True):
        if (answer if ordered else sorted(answer)) != (list(names) if ordered else sorted(names)):
            told.append(f"{statement}: {answer}, not {list(names)}")
    return told


def test_each_statement_finds_its_calls(golden: Golden) -> None:  # noqa: F811
    for statement, names in STATEMENTS:
        if names == "!":
            with pytest.raises(StatementInvalid):
                read_statement(statement, LIMITS)
    asked = [(statement, names) for statement, names in STATEMENTS if names != "!"]
    assert len(asked) >= 60
    found = golden.ask(*(selection(statement) for statement, _ in asked))
    assert wrong(asked, found, ordered=False) == []


def test_calls_come_in_the_order_that_is_asked_for(golden: Golden) -> None:  # noqa: F811
    assert wrong(ORDERED, golden.ask(*(selection(statement) for statement, _ in ORDERED)), ordered=True) == []


def test_words_are_found_in_their_forms_by_the_language_of_the_call(golden: Golden) -> None:  # noqa: F811
    found = golden.ask(*(Selection(read_plain_words(words)) for words, _ in WORDS))
    assert wrong(WORDS, found, ordered=False) == []


@pytest.mark.parametrize(
    "statement", ["SELECT * FROM media WHERE *", "SELECT hits() FROM media WHERE * SAYS 'refund'"], ids=["*", "hits"]
)
def test_an_answer_that_is_too_long_is_refused(
    golden: Golden,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    statement: str,
) -> None:
    for module in ("search.selection", "tenant.search"):
        monkeypatch.setattr(f"voxport.storage.{module}.MAX_BYTES", 50)
    with pytest.raises(RequestRefused, match="smaller LIMIT"):
        golden.ask(selection(statement))
    assert golden.ask(selection("SELECT mediaId FROM media WHERE *")) != [[]]


def test_hits_have_speaker_time_and_words(golden: Golden) -> None:  # noqa: F811
    async def hits() -> list[tuple[str, int, int, str, int]]:
        store = await Store.open(golden.url, Cipher(bytes(range(32))), pool_size=1)
        try:
            asked = selection('SELECT hits() FROM media WHERE "Caller" SAYS "cancel account"/2 OR * SAYS "angry"')
            (call,) = (await store.tenant(golden.organization_id).search.select(asked)).calls
            return [(one.speaker, one.start_ms, one.end_ms, one.exact, one.line) for one in call.hits]
        finally:
            await store.close()

    turns = [text.split() for _, text in CALLS["cancel"].turns]
    before = len(turns[0])
    cancel = (before + turns[1].index("cancel")) * WORD_MS
    angry = (sum(map(len, turns[:3])) + turns[3].index("angry")) * WORD_MS
    assert asyncio.run(hits()) == [
        ("Caller", cancel, cancel + 2 * WORD_MS + 400, "cancel my account", 1),
        ("Caller", angry, angry + 400, "angry", 3),
    ]
