"""Keeps `call_index`: what the metadata of a recording says from its acceptance on, what was said once it is finished.

Every change is part of the transaction that makes it so: what is published is found, what is not cannot be.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Update, bindparam, delete, null, select, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.plan import Plan
from voxport.search.call_text import CallText, Description, describe, written_times
from voxport.storage.postgres.tables import call_index, media
from voxport.storage.search.results import store_results

_NOTHING_SAID: dict[str, Any] = {
    **dict.fromkeys(("language", "stemmer", "names", "spellings", "begins", "lines", "numbers", "firsts", "times")),
    **dict.fromkeys(("word_count", "transitions", "duration_ms")),
    "metrics": {},
}


def is_found(plan: Plan) -> bool:
    """Whether a recording of that plan can be found at all: nothing is kept of what its customer encrypts."""
    return plan.encryption is None and (plan.searchable or plan.indexed)


async def index_metadata(connection: AsyncConnection, media_id: UUID, plan: Plan, metadata: dict[str, Any]) -> None:
    """The row of a recording whose run begins: what its metadata says, and nothing that was said in it."""
    if not is_found(plan):
        await connection.execute(delete(call_index).where(call_index.c.media_id == media_id))
        return
    values = {"analytic": plan.indexed, **_described(describe(metadata)), **_NOTHING_SAID}
    its = {f"new_{name}": value for name, value in values.items()}
    await connection.execute(_INDEX, {"media": media_id, **its})


async def index_description(connection: AsyncConnection, media_id: UUID, metadata: dict[str, Any]) -> None:
    """Other metadata, for a recording that can be found."""
    its = update(call_index).where(call_index.c.media_id == media_id)
    await connection.execute(its.values(_described(describe(metadata))))


async def index_words(connection: AsyncConnection, media_id: UUID, call: CallText | None) -> bool:
    """What was said in a recording that can be found; None: nothing of it is to be found.

    False, and nothing done, where the index has nothing of the recording.
    """
    said = _NOTHING_SAID if call is None else said_values(call)
    its = {f"new_{name}": said[name] for name in _SAID}
    changed = await connection.execute(_FORGET if call is None else _SAY, {"media": media_id, **its})
    there = changed.rowcount > 0
    if there and call is not None and call.categories:
        await store_results(connection, media_id, call.categories)
    return there


def said_values(call: CallText) -> dict[str, Any]:
    """What was said as the columns of a row: by speakers, whose words are found without a look at each turn."""
    spelt: dict[str, str] = {}
    spoken: dict[str, list[int]] = {}
    for number, line in enumerate(call.lines):
        name = line.speaker.casefold()
        spelt[name] = line.speaker
        spoken.setdefault(name, []).append(number)
    numbers = [number for its in spoken.values() for number in its]
    lines = [call.lines[number] for number in numbers]
    return {
        "language": call.language,
        "stemmer": call.stemmer,
        "names": list(spoken),
        "spellings": [spelt[name] for name in spoken],
        "begins": _places(len(its) for its in spoken.values()),
        "lines": ["".join(call.lines[number].text for number in its) for its in spoken.values()],
        "numbers": numbers,
        "firsts": _places(len(line.words) for line in lines),
        "times": written_times(lines),
        "word_count": call.word_count,
        "transitions": call.transitions,
        "metrics": call.metrics,
    }


def _places(lengths: Iterable[int]) -> list[int]:
    """Where each of several parts begins that follow each other, from 1, and where the next one would."""
    return list(accumulate(lengths, initial=1))


def _described(description: Description) -> dict[str, Any]:
    return {
        "title": description.title,
        "description": description.description,
        "fields": description.fields,
    }


def _index() -> Insert:
    """The row of one recording, in the place of the one that it may have."""
    names = ("analytic", "title", "description", "fields", *_NOTHING_SAID)
    values = (bindparam(f"new_{name}", type_=call_index.c[name].type) for name in names)
    its = select(media.c.id, media.c.organization_id, media.c.created, media.c.expires, *values)
    columns = ["media_id", "organization_id", "created", "expires", *names]
    new = insert(call_index).from_select(columns, its.where(media.c.id == bindparam("media")))
    changed = {name: new.excluded[name] for name in ("expires", *names)}
    return new.on_conflict_do_update(index_elements=["media_id"], set_=changed)


def _words(duration_ms: ColumnElement[Any]) -> Update:
    values = {name: bindparam(f"new_{name}", type_=call_index.c[name].type) for name in _SAID}
    return (
        update(call_index)
        .where(call_index.c.media_id == bindparam("media"))
        .values({**values, "duration_ms": duration_ms})
    )


_SAID = [name for name in _NOTHING_SAID if name != "duration_ms"]
_INDEX = _index()
"""Made once, as those below: to make it takes as long as to carry it out."""
_FORGET = _words(null())
_SAY = _words(select(media.c.duration_ms).where(media.c.id == bindparam("media")).scalar_subquery())
