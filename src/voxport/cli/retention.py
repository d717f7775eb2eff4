"""`voxport retention`: how long an organisation keeps its recordings, and why one of them is still there."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from typing import Annotated, Any
from uuid import UUID

import typer

from voxport.cli.client import Client
from voxport.cli.deliveries import AsJson, Token, Url
from voxport.cli.errors import CommandFailed
from voxport.cli.flags import settings_of
from voxport.cli.terminal import say
from voxport.cli.token import Data, DatabaseUrl, with_store
from voxport.core.media import Organization
from voxport.core.retention import MAX_TIME_TO_LIVE_S, AccountRetention
from voxport.storage.store import Store

FOREVER = "forever"
_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_SERVER = "http://127.0.0.1:8000"

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Say how long recordings are kept, and why one is still there."
)


def time_to_live_s(written: str, option: str) -> int | None:
    """`121d`, `12h`, `90m`, `30s`; None for `forever`. Raises CommandFailed."""
    if written.strip().lower() == FOREVER:
        return None
    found = re.fullmatch("([0-9]{1,10})([smhd])", written.strip())
    seconds = int(found[1]) * _UNITS_S[found[2]] if found else 0
    if not 0 < seconds <= MAX_TIME_TO_LIVE_S:
        raise CommandFailed(f"{option} takes a time like 121d, 12h, 90m or 30s, or {FOREVER}; not {written!r}.")
    return seconds


@app.command()
def show(
    org: Annotated[str | None, typer.Option(metavar="NAME", help="Only this organisation.")] = None,
    data: Data = None,
    database_url: DatabaseUrl = None,
) -> None:
    """List organisations, one a line: name, time to live, that of failed recordings; separated by tabs."""

    async def read(store: Store) -> list[tuple[Organization, AccountRetention]]:
        chosen = await store.organizations.all() if org is None else [await _organization(store, org)]
        return [(one, await store.expiry.account(one.id)) for one in chosen]

    for organization, account in with_store(settings_of({"data": data, "database_url": database_url}), read):
        kept, failed = _written(account.time_to_live_s), _written(account.failed_time_to_live_s, "as all")
        sys.stdout.write(f"{organization.name}\t{kept}\t{failed}\n")


@app.command("set")
def set_(
    org: Annotated[str, typer.Option(metavar="NAME", help="Organisation whose recordings it is about.")],
    keep: Annotated[str, typer.Option(metavar="TIME", help="How long after their last delivery: 121d, 12h, forever.")],
    keep_failed: Annotated[
        str | None, typer.Option(metavar="TIME", help="How long those that failed; left out: as all others.")
    ] = None,
    data: Data = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Say how long recordings are kept that do not say it themselves, those that are there already included."""
    failed = None if keep_failed is None else time_to_live_s(keep_failed, "--keep-failed")
    if keep_failed is not None and failed is None:
        failed = MAX_TIME_TO_LIVE_S
    account = AccountRetention(time_to_live_s(keep, "--keep"), failed)

    async def write(store: Store) -> None:
        await store.expiry.set_account((await _organization(store, org)).id, account)

    with_store(settings_of({"data": data, "database_url": database_url}), write)
    say(f"recordings of {org.strip()} are kept {keep.strip()} after their last delivery; what is older goes now.")


@app.command()
def why(
    media_id: Annotated[UUID, typer.Argument(metavar="ID", help="A recording.")],
    as_json: AsJson = False,
    url: Url = _SERVER,
    token: Token = "",
) -> None:
    """Say what is kept of a recording, until when and by which rule, over the API."""
    if not token:
        raise CommandFailed("A token is needed: set VOXPORT_TOKEN. `voxport token create` makes one.")

    async def ask() -> Any:
        async with Client(url, token) as client:
            return await client.get(f"/v3/media/{media_id}/retention")

    found = asyncio.run(ask())
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return
    sys.stdout.write(f"{found['mediaId']}\tuntil {found.get('expiresOn', 'not known')}\t{found['reason']}\n")
    for one in found["held"]:
        amounts = f"{one['objects']} objects, {one['bytes']} bytes"
        sys.stdout.write(f"{one['what']}\tuntil {one.get('until', 'not known')}\t{amounts}\t{one['reason']}\n")


async def _organization(store: Store, name: str) -> Organization:
    found = next((one for one in await store.organizations.all() if one.name == name.strip()), None)
    if found is None:
        raise CommandFailed(f"There is no organisation named {name!r}.")
    return found


def _written(seconds: int | None, nothing: str = FOREVER) -> str:
    if seconds is None:
        return nothing
    if seconds >= MAX_TIME_TO_LIVE_S:
        return FOREVER
    unit = next(unit for unit in "dhms" if seconds % _UNITS_S[unit] == 0)
    return f"{seconds // _UNITS_S[unit]}{unit}"
