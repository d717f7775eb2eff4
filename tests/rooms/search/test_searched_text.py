"""What is laid out to be found: never what redaction covered, never what is not published."""

from __future__ import annotations

import pytest

from tests.support.spoken_calls import WORD_MS, finished_call, spoken
from voxport.core.delivery_rules import skipped_after_failure
from voxport.core.findings import Findings
from voxport.core.plan import AudioRedactor, DetectorPlan, Plan, RunBefore
from voxport.core.stages import first_steps, further_steps
from voxport.core.statement import Selection
from voxport.core.submission import FurtherRun
from voxport.core.transcript import Span, Transcript, Turn, Word
from voxport.search.call_text import lay_out
from voxport.search.limits import StatementLimits
from voxport.search.parsing import read_statement
from voxport.search.words import words_of
from voxport.storage.records import NewMedia
from voxport.storage.store import Store

CARD = spoken(("Caller", "It is 4111 1111 thanks"))
COVERED = Findings(covered=(Span(2 * WORD_MS, 4 * WORD_MS),))
SOUND_ALONE = DetectorPlan("PCI", audio=AudioRedactor(270, 0.5))


@pytest.mark.parametrize(
    ("plan", "found"),
    [
        (Plan(detectors=(SOUND_ALONE,)), False),
        (Plan(before=RunBefore(1)), False),
        (Plan(detectors=(DetectorPlan("PCI", replacement="[redacted]"),)), True),
    ],
)
def test_what_was_covered_in_the_sound_alone_is_not_laid_out(plan: Plan, found: bool) -> None:
    (line,) = lay_out(CARD, COVERED, plan).lines
    assert ("4111" in line.text) is found
    # Nor do the words around it stand side by side.
    assert " it is thanks " not in line.text
    assert line.text.startswith(" it is ")


async def test_words_are_found_while_their_run_is_published(store: Store) -> None:
    organization = await store.organizations.create("Acme")
    call = await finished_call(store, organization.id, ("Caller", "An unmistakable word"))
    asked = read_statement("SELECT * FROM media WHERE * SAYS 'unmistakable'", StatementLimits())
    assert isinstance(asked, Selection)

    async def found() -> int:
        return (await store.tenant(organization.id).search.select(asked)).total

    assert await found() == 1
    async with store.transaction() as connection:
        further = FurtherRun(call.id, organization.id, 1, call.plan)
        assert await store.runs.start(connection, further, further_steps(call.plan))
    assert await found() == 0
    await store.media.fail(call.id, [], run=2, skips=skipped_after_failure)
    assert await found() == 0


def test_words_are_compared_without_letter_case_and_the_marks_around_them() -> None:
    assert words_of("\u201cHello,\u201d I\u2019d pay $45.99 \u2014 e-mail me! \uff21\uff22 ... \x00") == [
        *("hello", "i'd", "pay", "45.99", "e-mail", "me", "ab")
    ]


async def test_times_are_those_of_the_words_in_the_longest_calls_too(store: Store) -> None:
    """Turns of several speakers that overlap, a pause within one, and words beyond the 4.6 hours of three bytes."""
    organization = await store.organizations.create("Acme")
    late = 5 * 3_600_000 + 7
    turns = (
        Turn(0, "Agent", (Word("hello", 0, 417, 0.9), Word("there", 90_000, 90_123, 0.9))),
        Turn(1, "Caller", (Word("hello", 1_003, 1_500, 0.9),)),
        Turn(0, "AGENT", (Word("good", late, late + 250, 0.9), Word("bye", late + 300, late + 9_000, 0.9))),
    )
    plan = Plan(indexed=True)
    async with store.transaction() as connection:
        media = await store.media.insert(connection, NewMedia(organization.id, plan, first_steps(plan, fetches=False)))
    await store.media.set_probe(media.id, duration_ms=late + 10_000)
    call = lay_out(Transcript("en-US", turns, (), "test"), Findings(), plan)
    await store.media.finish(media.id, run=1, call=call)

    async def hits(condition: str) -> list[tuple[str, int, int, int]]:
        asked = read_statement(f"SELECT hits() FROM media WHERE {condition}", StatementLimits())  # noqa: S608 - VBQL
        assert isinstance(asked, Selection)
        found = (await store.tenant(organization.id).search.select(asked)).calls
        return [(hit.speaker, hit.line, hit.start_ms, hit.end_ms) for one in found for hit in one.hits]

    assert await hits('* SAYS "hello"') == [("AGENT", 0, 0, 420), ("Caller", 1, 1_003, 1_503)]
    assert await hits('"agent" SAYS "good bye" [4h,]') == [("AGENT", 2, late, late + 300 + 2_550)]
    assert await hits('"Agent" SAYS "bye" [-10s,]') == [("AGENT", 2, late + 300, late + 300 + 2_550)]
    assert await hits('* SAYS "there" [1m,2m]') == [("AGENT", 0, 90_000, 90_120)]
    for outside in (
        '* SAYS "there" [,1m]',
        '"Agent" SAYS "hello" [1s,]',
        '* SAYS "hello there" [1s,]',
        '* SAYS "bye" [,4h]',
    ):
        assert await hits(outside) == [], outside
