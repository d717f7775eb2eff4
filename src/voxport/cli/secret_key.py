"""`voxport secret-key`: whether the key is the one that the database is used with, and going on when that is lost."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from voxport.cli.errors import CommandFailed
from voxport.cli.flags import settings_of
from voxport.cli.terminal import say
from voxport.cli.token import Data, DatabaseUrl, with_store
from voxport.settings import Settings
from voxport.storage.cipher import KEY_FILE, create_key
from voxport.storage.store import Store

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Check the secret key, and set another one when it is lost."
)


@app.command()
def check(data: Data = None, database_url: DatabaseUrl = None) -> None:
    """Say whether the key fits the database; exit status 78 when it does not."""
    with_store(settings_of({"data": data, "database_url": database_url}), lambda store: store.secret_key.agree())
    say("the secret key is the one that the database is used with.")


@app.command()
def replace(
    data: Data = None,
    database_url: DatabaseUrl = None,
    lost: Annotated[
        bool, typer.Option("--lost", help="Say that the key of before is lost; what it has encrypted is given up.")
    ] = False,
) -> None:
    """Use this key from now on, or a new one where the data folder has none. Says what is lost with the one before."""
    if not lost:
        raise CommandFailed(
            "What the key of before has encrypted is given up: add --lost when it is lost for good. Where you have it, "
            "set VOXPORT_SECRET_KEY=NEW,OLD instead: nothing is lost then."
        )
    settings = settings_of({"data": data, "database_url": database_url})
    _make_missing_key(settings)

    async def write(store: Store) -> None:
        given_up = await store.secret_key.replace()
        say(f"{given_up.deliveries} deliveries that waited have failed; each can be replayed with a new url.")
        say(f"{given_up.recordings} recordings under way have lost their addresses, or what was sent with them.")
        for name in given_up.organizations:
            say(f"webhooks of {name} have a new secret: voxport webhook-secret show --org {shlex.quote(name)}")

    with_store(settings, write)
    say("this secret key is the one from now on; keep it with your backups.")


def _make_missing_key(settings: Settings) -> None:
    path = settings.data_dir / KEY_FILE
    if settings.secret_key is None and not path.exists():
        create_key(path)
