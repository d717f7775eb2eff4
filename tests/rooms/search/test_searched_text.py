"""What is laid out to be found: never what redaction covered, never what is not published."""

from __future__ import annotations

import pytest

from tests.support.spoken_calls import WORD_MS, finished_call, spoken
from voxport.core.delivery_rules import skipped_after_failure
from voxport.core.findings import Findings
from voxport.core.plan import AudioRedactor, DetectorPlan, Plan, RunBefore
from voxport.core.stages import further_steps
from voxport.core.statement import Selection
from voxport.core.submission import FurtherRun
from voxport.core.transcript import Span
from voxport.search.call_text import lay_out
from voxport.search.limits import StatementLimits
from voxport.search.parsing import read_statement
from voxport.search.words import words_of
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
