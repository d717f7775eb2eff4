"""`voxport token`: makes, lists and revokes bearer tokens, in the database directly."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Annotated, TypeVar
from uuid import UUID

import typer

from voxport.app.resources import open_resources, open_store
from voxport.cli.errors import CommandFailed
from voxport.cli.flags import settings_of
from voxport.cli.terminal import say
from voxport.core.media import Organization
from voxport.settings import Settings
from voxport.storage.postgres.connecting import Connections, require_sessions
from voxport.storage.postgres.schema import migrate
from voxport.storage.records import Token
from voxport.storage.store import Store

T = TypeVar("T")

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Make, list and revoke bearer tokens.")

Data = Annotated[str | None, typer.Option(metavar="DIR", help="The server's data folder. [VOXPORT_DATA]")]
DatabaseUrl = Annotated[
    str | None, typer.Option(metavar="URL", help="The server's database, if external. [VOXPORT_DATABASE_URL]")
]


@app.command()
def create(
    org: Annotated[str, typer.Option(metavar="NAME", help="Organisation the token belongs to; made when new.")],
    data: Data = None,
    database_url: DatabaseUrl = None,
    label: Annotated[str | None, typer.Option(help="A note to know the token by.")] = None,
    days: Annotated[int | None, typer.Option(min=1, help="Days until it expires; left out: never.")] = None,
) -> None:
    """Make a bearer token and print it, alone, on standard output. It is not kept and cannot be shown again."""
    name = org.strip()
    if not name:
        raise CommandFailed("An organisation needs a name: --org NAME.")

    async def make(store: Store) -> str:
        organization = await store.organizations.create(name)
        lifetime = None if days is None else timedelta(days=days)
        bearer, _ = await store.tokens.create(organization.id, label=label, lifetime=lifetime)
        return bearer

    sys.stdout.write(with_store(_settings(data, database_url), make) + "\n")


@app.command("list")
def list_(
    org: Annotated[str | None, typer.Option(metavar="NAME", help="Only this organisation.")] = None,
    data: Data = None,
    database_url: DatabaseUrl = None,
) -> None:
    """List tokens, one a line: id, organisation, last six characters, label, issued, state; separated by tabs."""

    async def read(store: Store) -> list[tuple[Organization, Token]]:
        chosen = [one for one in await store.organizations.all() if org is None or one.name == org.strip()]
        if org is not None and not chosen:
            raise CommandFailed(f"There is no organisation named {org!r}.")
        return [(organization, token) for organization in chosen for token in await store.tokens.all(organization.id)]

    for organization, token in with_store(_settings(data, database_url), read):
        fields = (str(token.id), organization.name, f"…{token.last_six}", token.label or "", _time(token.issued))
        sys.stdout.write("\t".join((*fields, state_of(token, datetime.now(token.issued.tzinfo)))) + "\n")


@app.command()
def revoke(
    token_id: Annotated[UUID, typer.Argument(metavar="ID", help="Id of the token, as `token list` shows it.")],
    data: Data = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Revoke a token: it stops working within seconds."""

    async def end(store: Store) -> bool:
        for organization in await store.organizations.all():
            if await store.tokens.revoke(organization.id, token_id):
                return True
        return False

    if not with_store(_settings(data, database_url), end):
        raise CommandFailed(f"There is no token {token_id}.")
    say(f"token {token_id} is revoked.")


def with_store(settings: Settings, act: Callable[[Store], Awaitable[T]]) -> T:
    """Runs `act` on the database of these settings; starts or joins the embedded one for as long as that takes."""
    resources = open_resources(settings)

    async def run() -> T:
        await require_sessions(resources.database_url, resources.direct_url)
        await migrate(resources.session_url)
        async with open_store(resources, Connections(2, 1, 0)) as store:
            return await act(store)

    try:
        return asyncio.run(run())
    finally:
        if resources.embedded is not None:
            resources.embedded.stop()


def state_of(token: Token, now: datetime) -> str:
    """`revoked ...`, `expired ...`, `until ...` or `valid`."""
    if token.revoked is not None:
        return f"revoked {_time(token.revoked)}"
    if token.expires is None:
        return "valid"
    return f"{'expired' if token.expires <= now else 'until'} {_time(token.expires)}"


def _settings(data: str | None, database_url: str | None) -> Settings:
    return settings_of({"data": data, "database_url": database_url})


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
