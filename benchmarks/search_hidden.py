"""What must never be found, counted for `make bench search`: what was deleted, redacted, or is another organisation's.

Each call has a word that no other has; the same calls are found before, or by their other words.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from voxport.core.findings import Findings
from voxport.core.plan import AudioRedactor, DetectorPlan, Plan
from voxport.core.stages import first_steps
from voxport.core.statement import Selection
from voxport.core.transcript import Span, Transcript, Turn, Word
from voxport.search.call_text import lay_out
from voxport.search.limits import StatementLimits
from voxport.search.parsing import read_statement
from voxport.search.plain_words import read_plain_words
from voxport.storage.records import NewMedia
from voxport.storage.store import Store

_ALL = "SELECT * FROM media"
_WORD_MS = 500
_COVERED = Span(_WORD_MS, 2 * _WORD_MS)
"""The second word of a call."""


async def wrongly_found(store: Store, organization_id: UUID) -> tuple[int, int, int]:
    """Hits of a call after DELETE, of a word that was covered, and of another organisation's call."""
    other = await store.organizations.create("Other")
    deleted = await _finished(store, organization_id, Plan(indexed=True), "a qqdeleted word")
    redacting = Plan(indexed=True, detectors=(DetectorPlan("PCI", audio=AudioRedactor(270, 0.5)),))
    await _finished(store, organization_id, redacting, "a qqcovered qqbeside")
    await _finished(store, other.id, Plan(indexed=True), "a qqforeign word")
    before = [await _hits(store, organization_id, word) for word in ("qqdeleted", "qqbeside")]
    assert min(before) > 0, "what is there must be found"
    await store.media.mark_deleted(deleted)
    hits = [await _hits(store, organization_id, word) for word in ("qqdeleted", "qqcovered", "qqforeign")]
    return hits[0], hits[1], hits[2]


async def _hits(store: Store, organization_id: UUID, word: str) -> int:
    """By a statement, by plain words, and by a beginning."""
    search = store.tenant(organization_id).search
    asked: Sequence[object] = (
        read_statement(f'{_ALL} MATCH "{word}"', StatementLimits()),
        read_statement(f'{_ALL} MATCH "{word[:5]}*"', StatementLimits()),
        Selection(read_plain_words(word)),
    )
    return sum([(await search.select(one)).total for one in asked if isinstance(one, Selection)])


async def _finished(store: Store, organization_id: UUID, plan: Plan, said: str) -> UUID:
    new = NewMedia(organization_id, plan, first_steps(plan, fetches=False))
    async with store.transaction() as connection:
        media = await store.media.insert(connection, new)
    words = tuple(Word(word, at * _WORD_MS, (at + 1) * _WORD_MS, 0.9) for at, word in enumerate(said.split()))
    call = lay_out(Transcript("en-US", (Turn(0, "Agent", words),), (), "made up"), Findings(covered=(_COVERED,)), plan)
    await store.media.finish(media.id, run=1, call=call)
    return media.id
