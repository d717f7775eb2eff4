"""Which secret key the database is used with: every start is held to it, and an operator may set another.

The database keeps a value that is derived of the key, from which the key cannot be found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from voxport.core.delivery import DeliveryStatus
from voxport.core.delivery_rules import ADDRESS_LOST
from voxport.core.errors import Misconfigured
from voxport.storage.attempts import close_media
from voxport.storage.cipher import Cipher, SealedOtherwise
from voxport.storage.postgres.database import Database
from voxport.storage.postgres.tables import deliveries, media, organizations, runs, secret_key, webhook_secrets
from voxport.storage.sealing import unseal_addresses, unseal_corrected, unseal_metadata
from voxport.storage.webhook_secrets import unseal_secret

_PURPOSE = "key check"
_LOOKED_AT = 20
"""Sealed rows of a database without a check value; if the key opens one of them it is the one, or one of them."""
_OTHER_KEY = (
    "The secret key is not the one that this database is used with: nothing was started. Set VOXPORT_SECRET_KEY, or "
    "put secret.key into the data folder, as they were; if that key is lost for good, `voxport secret-key replace "
    "--lost` goes on with this one and says what is lost."
)
_ALONE = text("SELECT pg_advisory_xact_lock(8389772277102113913)")  # "voxport9"


@dataclass(frozen=True, slots=True)
class Lost:
    """What was sealed with a key that nobody has any more."""

    deliveries: int = 0
    """Those that waited; they have failed now, and can be made again to a new address."""
    recordings: int = 0
    """Not processed to the end, with a `mediaUrl`, callbacks, metadata or a corrected transcript that are lost."""
    organizations: tuple[str, ...] = ()
    """Whose webhooks are signed with a new secret from now on, which their receivers have to be given."""


class SecretKey:
    """Every method is one transaction."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self._database, self._cipher = database, cipher

    async def agree(self) -> None:
        """The key is the one that the database is used with, from now on if it is new or the first of several.

        Raises Misconfigured when it is another one.
        """

        async def compare(connection: AsyncConnection) -> None:
            await connection.execute(_ALONE)
            row = (await connection.execute(select(secret_key.c.check_value))).one_or_none()
            checks = self._cipher.derive_all(_PURPOSE)
            fits = await self._opens_something(connection) if row is None else row.check_value in checks
            if not fits:
                raise Misconfigured(_OTHER_KEY)
            if row is None or row.check_value != checks[0]:
                await self._keep(connection)

        await self._database.run(compare)

    async def replace(self) -> Lost:
        """This key is the one from now on, whatever it was; what it cannot open is given up, and named."""

        async def write(connection: AsyncConnection) -> Lost:
            await connection.execute(_ALONE)
            await self._keep(connection)
            return Lost(
                deliveries=await self._give_up_deliveries(connection),
                recordings=await self._count_recordings(connection),
                organizations=await self._forget_webhook_secrets(connection),
            )

        return await self._database.run(write)

    async def _keep(self, connection: AsyncConnection) -> None:
        values = {"check_value": self._cipher.derive(_PURPOSE), "since": func.now()}
        new = upsert(secret_key).values(single=True, **values)
        await connection.execute(new.on_conflict_do_update(index_elements=["single"], set_=values))

    async def _opens_something(self, connection: AsyncConnection) -> bool:
        """Of a database that an older version has used; where nothing is sealed any key will do."""
        sealed = select(media.c.id, media.c.secrets).where(media.c.secrets.is_not(None))
        recent = (await connection.execute(sealed.order_by(media.c.sequence.desc()).limit(_LOOKED_AT))).all()
        signing = (await connection.execute(select(webhook_secrets).limit(_LOOKED_AT))).all()
        opened = [self._has_opened(row.id, row.secrets) for row in recent] + [self._signs(row) for row in signing]
        return not opened or any(opened)

    async def _give_up_deliveries(self, connection: AsyncConnection) -> int:
        present = select(media.c.id.label("media_id"), media.c.run, media.c.secrets)
        earlier = select(runs.c.media_id, runs.c.run, runs.c.secrets)
        given_up: list[UUID] = []
        for source in (present, earlier):
            its = source.subquery()
            waiting = select(deliveries.c.id, deliveries.c.media_id, its.c.secrets).join(
                its, (its.c.media_id == deliveries.c.media_id) & (its.c.run == deliveries.c.run)
            )
            waiting = waiting.where(deliveries.c.status == DeliveryStatus.PENDING, its.c.secrets.is_not(None))
            rows = await connection.stream(waiting)
            given_up += [row.id async for row in rows if not self._has_opened(row.media_id, row.secrets)]
        for some in _in_parts(given_up):
            values = {"status": DeliveryStatus.FAILED, "reason": ADDRESS_LOST, "due": None, "ended": func.now()}
            of_them = update(deliveries).where(deliveries.c.id.in_(some)).values(values)
            ended = (await connection.execute(of_them.returning(deliveries.c.media_id))).scalars().all()
            locked = select(media.c.id).where(media.c.id.in_(set(ended))).order_by(media.c.id).with_for_update()
            await close_media(connection, (await connection.execute(locked)).scalars().all())
        return len(given_up)

    async def _count_recordings(self, connection: AsyncConnection) -> int:
        sealed = or_(media.c.secrets.is_not(None), media.c.corrected.is_not(None), media.c.sealed_metadata.is_not(None))
        columns = (media.c.id, media.c.secrets, media.c.corrected, media.c.sealed_metadata)
        unended = select(*columns).where(media.c.status.in_(("accepted", "running")), sealed)
        lost = 0
        async for row in await connection.stream(unended.where(media.c.deleted_at.is_(None))):
            whole = self._has_opened_all(row.id, row.corrected, row.sealed_metadata)
            lost += not (whole and self._has_opened(row.id, row.secrets))
        return lost

    async def _forget_webhook_secrets(self, connection: AsyncConnection) -> tuple[str, ...]:
        """The next webhook of the organisation makes a new one."""
        joined = webhook_secrets.join(organizations, organizations.c.id == webhook_secrets.c.organization_id)
        rows = (await connection.execute(select(webhook_secrets, organizations.c.name).select_from(joined))).all()
        lost = [row for row in rows if not self._signs(row)]
        for some in _in_parts([row.id for row in lost]):
            await connection.execute(delete(webhook_secrets).where(webhook_secrets.c.id.in_(some)))
        return tuple(sorted({row.name for row in lost}))

    def _has_opened(self, media_id: UUID, secrets: bytes | None) -> bool:
        return _opens(lambda: unseal_addresses(self._cipher, media_id, secrets))

    def _has_opened_all(self, media_id: UUID, corrected: bytes | None, metadata: bytes | None) -> bool:
        cipher = self._cipher
        has_corrected = corrected is None or _opens(lambda: unseal_corrected(cipher, media_id, corrected))
        return has_corrected and (metadata is None or _opens(lambda: unseal_metadata(cipher, media_id, metadata)))

    def _signs(self, row: Row[Any]) -> bool:
        return _opens(lambda: unseal_secret(self._cipher, row))


def _opens(unseal: Callable[[], object]) -> bool:
    try:
        unseal()
    except SealedOtherwise:
        return False
    return True


def _in_parts(ids: Sequence[UUID], size: int = 1_000) -> Iterator[Sequence[UUID]]:
    return (ids[at : at + size] for at in range(0, len(ids), size))
