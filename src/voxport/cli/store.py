"""`voxport store`: going on with a folder that is not the one of before, when that is lost."""

from __future__ import annotations

import typer

from voxport.app.resources import open_blobs
from voxport.cli.errors import CommandFailed
from voxport.cli.flags import settings_of
from voxport.cli.terminal import say
from voxport.cli.token import Data, DatabaseUrl, with_store

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Go on with another folder as object store, when that is lost."
)


@app.callback()
def _root() -> None:
    """Go on with another folder as object store, when that is lost."""


@app.command()
def adopt(data: Data = None, database_url: DatabaseUrl = None) -> None:
    """Use the folder as it stands from now on, whatever is in it. What it has not is lost."""
    settings = settings_of({"data": data, "database_url": database_url})
    blobs = open_blobs(settings)
    if blobs.mark is None:
        raise CommandFailed("The object store is a bucket: nothing has to be said of it.")
    with_store(settings, lambda store: store.store_mark.adopt(blobs))
    say("the folder is the object store from now on; servers and workers that run have to be started again.")
