"""`voxport webhook-secret`: shows and rotates the secret that signs an organisation's webhooks, in the database."""

from __future__ import annotations

import re
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Annotated, TypeVar
from uuid import UUID

import typer

from voxport.cli.errors import CommandFailed
from voxport.cli.flags import settings_of
from voxport.cli.terminal import say
from voxport.cli.token import Data, DatabaseUrl, with_store
from voxport.storage.store import Store
from voxport.storage.webhook_secrets import CACHE_S, WebhookSecret

T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Show and rotate the secret that signs an organisation's webhooks."
)

Org = Annotated[str, typer.Option(metavar="NAME", help="Organisation whose webhooks it signs.")]
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LONGEST_DAYS = 366


def duration(written: str) -> timedelta:
    """`24h`, `90m`, `30s`, `7d` or `0`; raises ValueError."""
    found = re.fullmatch(r"([0-9]{1,7})([smhd])", "0s" if written.strip() == "0" else written.strip())
    if found is None or (length := timedelta(**{_UNITS[found[2]]: int(found[1])})) > timedelta(days=_LONGEST_DAYS):
        raise ValueError(f"expected a time such as 24h, 90m or 7d, at most {_LONGEST_DAYS}d")
    return length


@app.command()
def show(org: Org, data: Data = None, database_url: DatabaseUrl = None) -> None:
    """Print the newest secret, alone, on standard output; it is made when the organisation has none yet."""
    secrets = _of(org, data, database_url, lambda store, its: store.webhook_secrets.signing_secrets(its))
    sys.stdout.write(secrets[0] + "\n")


@app.command("list")
def list_(org: Org, data: Data = None, database_url: DatabaseUrl = None) -> None:
    """List the secrets that sign, newest first, one a line: id, made, until when; separated by tabs."""
    for secret in _of(org, data, database_url, lambda store, its: store.webhook_secrets.kept(its)):
        sys.stdout.write(f"{secret.id}\t{_time(secret.created)}\t{_until(secret)}\n")


@app.command()
def rotate(
    org: Org,
    data: Data = None,
    database_url: DatabaseUrl = None,
    overlap: Annotated[
        str, typer.Option(metavar="TIME", help="For how long the secrets before sign beside it: 24h, 90m, 7d, 0.")
    ] = "24h",
) -> None:
    """Make a new secret and print it, alone, on standard output; webhooks carry the signatures of both for a while."""
    try:
        both_s = duration(overlap)
    except ValueError as error:
        raise CommandFailed(f"--overlap {overlap!r} cannot be used: {error}.") from None
    secret = _of(org, data, database_url, lambda store, its: store.webhook_secrets.rotate(its, both_s))
    sys.stdout.write(secret + "\n")
    say(f"the new secret signs within {CACHE_S:.0f} seconds; those before sign beside it for {overlap}.")


def _of(name: str, data: str | None, database_url: str | None, act: Callable[[Store, UUID], Awaitable[T]]) -> T:
    """What `act` makes of the organisation of that name; raises CommandFailed when there is none."""

    async def run(store: Store) -> T:
        await store.secret_key.agree()
        found = next((one for one in await store.organizations.all() if one.name == name.strip()), None)
        if found is None:
            raise CommandFailed(f"There is no organisation named {name!r}.")
        return await act(store, found.id)

    return with_store(settings_of({"data": data, "database_url": database_url}), run)


def _until(secret: WebhookSecret) -> str:
    return "signs" if secret.expires is None else f"until {_time(secret.expires)}"


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
