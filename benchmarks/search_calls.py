"""Made-up calls for `make bench search`: words by Zipf's law, phrases that people say, in a store without recognition.

Rows are written as the store writes them, many at once; no recording and no result stands behind them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.findings import Findings, MetricGroup
from voxport.core.plan import Plan, plan_to_json
from voxport.core.transcript import Transcript, Turn, Word
from voxport.search.call_text import describe, lay_out
from voxport.storage.postgres.tables import call_index, media
from voxport.storage.search.index import said_values
from voxport.storage.store import Store

PHRASES = (
    "thank you for calling", "how can i help you", "i want to cancel my account", "refund my order",
    "speak to a manager", "may i have your name", "this call is recorded", "have a nice day", "i am sorry to hear that",
    "your order has been shipped", "the card was declined", "reset my password",
)  # fmt: skip
_SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo zu an er on"
_COMMON = """
    the i you to and a it that is of in for on have we with me this not be my can do your are what so was but if just
    know like one time get about there now all call as they from out will see okay yes no right well here go think
"""
WORDS = 300
"""Of a call."""
_AT_ONCE = 500


def vocabulary(size: int = 30_000) -> list[str]:
    """Words in order of how often they are said; the first are those of English."""
    made = random.Random(7)  # noqa: S311 - made-up words
    syllables = _SYLLABLES.split()
    words = dict.fromkeys(_COMMON.split())
    while len(words) < size:
        words["".join(made.choices(syllables, k=made.randint(2, 4)))] = None
    return list(words)


def transcripts(number: int, seed: int = 1) -> Iterator[Transcript]:
    """Calls of an agent and a caller, about fifteen turns each."""
    made = random.Random(seed)  # noqa: S311 - made-up calls
    words = vocabulary()
    weights = [1.0 / (rank + 2) for rank in range(len(words))]
    total = 0.0
    cumulated = [total := total + weight for weight in weights]
    for _ in range(number):
        said = made.choices(words, cum_weights=cumulated, k=WORDS)
        turns: list[Turn] = []
        at = start = 0
        while at < WORDS:
            piece = said[at : at + made.randint(5, 35)]
            at += len(piece)
            if made.random() < 0.25:
                piece[len(piece) // 2 : len(piece) // 2] = made.choice(PHRASES).split()
            entries = []
            for word in piece:
                length = made.randint(120, 480)
                entries.append(Word(word, start, start + length, 0.9))
                start += length + made.randint(0, 90)
            turns.append(Turn(len(turns) % 2, ("Agent", "Caller")[len(turns) % 2], tuple(entries)))
        yield Transcript("en-US", tuple(turns), (), "made up")


async def fill(store: Store, organization_id: UUID, number: int, seed: int = 1) -> int:
    """Writes so many finished calls; the bytes of their text."""
    made = random.Random(seed)  # noqa: S311 - made-up calls
    plan = Plan(indexed=True)
    size, rows = 0, []
    for transcript in transcripts(number, seed):
        rows.append((transcript, made))
        size += sum(len(turn.text) + 1 for turn in transcript.turns)
        if len(rows) == _AT_ONCE:
            await _write(store, organization_id, plan, rows)
            rows = []
    if rows:
        await _write(store, organization_id, plan, rows)
    return size


async def _write(
    store: Store, organization_id: UUID, plan: Plan, calls: list[tuple[Transcript, random.Random]]
) -> None:
    async with store.transaction() as connection:
        made = [_values(organization_id, plan, *call) for call in calls]
        await _insert(connection, [one for one, _ in made], [other for _, other in made])


async def _insert(connection: AsyncConnection, ours: list[dict[str, object]], theirs: list[dict[str, object]]) -> None:
    rows = (await connection.execute(insert(media).returning(media.c.id, media.c.created), ours)).all()
    created = {row.id: row.created for row in rows}
    await connection.execute(insert(call_index), [{**one, "created": created[one["media_id"]]} for one in theirs])


def _values(
    organization_id: UUID, plan: Plan, transcript: Transcript, made: random.Random
) -> tuple[dict[str, object], dict[str, object]]:
    media_id = uuid4()
    metadata = {
        "title": f"Call of customer {made.randint(1, 50_000)}",
        "externalId": f"X-{media_id.hex[:10]}",
        "extended": {"customerId": str(made.randint(1, 20_000)), "score": made.randint(0, 100)},
    }
    values = (("agent-talk-ratio", round(made.random(), 2)), ("overtalk-incidents", float(made.randint(0, 9))))
    call = lay_out(transcript, Findings(metrics=(MetricGroup("overtalk", values),)), plan)
    described = describe(metadata)
    duration_ms = transcript.turns[-1].end_ms
    ours = {
        "id": media_id,
        "organization_id": organization_id,
        "job_id": uuid4(),
        "status": "finished",
        "plan": plan_to_json(plan),
        "metadata": metadata,
        "duration_ms": duration_ms,
        "searchable": True,
    }
    theirs = {
        "media_id": media_id,
        "organization_id": organization_id,
        "analytic": True,
        "title": described.title,
        "description": described.description,
        "fields": described.fields,
        "duration_ms": duration_ms,
        **said_values(call),
    }
    return ours, theirs
