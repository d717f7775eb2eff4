"""Deliveries as lists and replays read them: each with its own callback, and no plan.

A plan has all callbacks of a run and may have long vocabularies; a page of a thousand deliveries must not read a
thousand of them. The addresses of a run are sealed together, so they are read and opened once for all its deliveries.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, case, func, select, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import Delivery
from voxport.core.plan import CallbackPlan
from voxport.storage.cipher import Cipher, SealedOtherwise
from voxport.storage.postgres.tables import deliveries, media, runs
from voxport.storage.rows import is_held, listed_delivery
from voxport.storage.sealing import callback_from_json, unseal_addresses

MAX_SECRETS_BYTES = 4 * 1024 * 1024
"""Sealed addresses that one page opens; what lies behind them is for the next page."""

_RunKey = tuple[UUID, int]


def select_listed_deliveries() -> Select[Any]:
    """Deliveries of media that are not deleted, for `read_listed`."""
    is_earlier = runs.c.media_id.is_not(None)
    plan = case((is_earlier, runs.c.plan), else_=media.c.plan)
    columns = (
        *(column for column in deliveries.c if column.name != "callback"),
        # Rows of an older version have it in their plan alone.
        func.coalesce(deliveries.c.callback, plan.op("->")("callbacks").op("->")(deliveries.c.position)).label(
            "callback"
        ),
        func.octet_length(case((is_earlier, runs.c.secrets), else_=media.c.secrets)).label("secrets_bytes"),
        media.c.status.label("media_status"),
        is_held().label("held"),
    )
    its_run = (runs.c.media_id == deliveries.c.media_id) & (runs.c.run == deliveries.c.run)
    joined = deliveries.join(media, media.c.id == deliveries.c.media_id).outerjoin(runs, its_run)
    return select(*columns).select_from(joined).where(media.c.deleted_at.is_(None))


def within_bounds(rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """The first of the rows, as many as have sealed addresses of `MAX_SECRETS_BYTES` together, at least one."""
    keys: set[_RunKey] = set()
    total = 0
    for number, row in enumerate(rows):
        key = (row.media_id, row.run)
        if key in keys:
            continue
        keys.add(key)
        total += row.secrets_bytes or 0
        if total > MAX_SECRETS_BYTES and number > 0:
            return rows[:number]
    return rows


async def read_listed(
    connection: AsyncConnection,
    cipher: Cipher,
    rows: Sequence[Row[Any]],
    attempts: Mapping[UUID, Sequence[Row[Any]]],
) -> list[Delivery]:
    """The deliveries of rows of `select_listed_deliveries`; `attempts` by the id of their delivery."""
    keys = list({(row.media_id, row.run) for row in rows})
    sealed = (await connection.execute(_select_secrets(keys))).all() if keys else ()
    return await asyncio.to_thread(_made, cipher, rows, sealed, attempts)


def _select_secrets(keys: Sequence[_RunKey]) -> Any:
    present = select(media.c.id.label("media_id"), media.c.run, media.c.secrets)
    earlier = select(runs.c.media_id, runs.c.run, runs.c.secrets)
    return union_all(
        present.where(tuple_(media.c.id, media.c.run).in_(keys)),
        earlier.where(tuple_(runs.c.media_id, runs.c.run).in_(keys)),
    )


def _made(
    cipher: Cipher, rows: Sequence[Row[Any]], sealed: Sequence[Row[Any]], attempts: Mapping[UUID, Sequence[Row[Any]]]
) -> list[Delivery]:
    addresses = {(one.media_id, one.run): _addresses(cipher, one) for one in sealed}
    return [
        listed_delivery(row, _callback(row, addresses[row.media_id, row.run]), attempts.get(row.id, ())) for row in rows
    ]


def _addresses(cipher: Cipher, row: Row[Any]) -> Sequence[str] | None:
    """None under another key."""
    try:
        return unseal_addresses(cipher, row.media_id, row.secrets)
    except SealedOtherwise:
        return None


def _callback(row: Row[Any], addresses: Sequence[str] | None) -> CallbackPlan:
    return replace(callback_from_json(row.callback), url="" if addresses is None else addresses[row.position])
