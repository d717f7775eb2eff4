"""`voxport models`: the recognition models that come with the install, and whether they are what they should be."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from voxport.cli.errors import CommandFailed
from voxport.cli.flags import settings_of
from voxport.cli.terminal import say
from voxport.core.errors import Misconfigured
from voxport.outbound import safe_address
from voxport.settings import Settings
from voxport.speech.bundled_models import BUNDLED
from voxport.speech.models import ModelState, is_address, list_models
from voxport.speech.models import verify as verify_model

app = typer.Typer(no_args_is_help=True, add_completion=False, help="List and verify the recognition models.")

Data = Annotated[str | None, typer.Option(metavar="DIR", help="The server's data folder. [VOXPORT_DATA]")]

STATES = {
    ModelState.READY: "unpacked in the data folder",
    ModelState.INSTALLED: "installed; unpacked at first use",
    ModelState.ABSENT: "not installed",
    ModelState.DAMAGED: "damaged; remove its folder",
}


@app.command("list")
def list_(data: Data = None) -> None:
    """List the models that come in packages, their size and where they stand."""
    settings = _settings(data)
    table = Table("model", "size", "state", "in use")
    for report in list_models(settings.data_dir):
        in_use = "yes" if report.name == settings.model else ""
        table.add_row(report.name, f"{report.size_bytes / 2**20:.0f} MiB", STATES[report.state], in_use)
    Console(highlight=False).print(table)
    if settings.model not in BUNDLED:
        say(f"In use: {safe_address(settings.model) if is_address(settings.model) else settings.model}")


@app.command()
def verify(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Only this model; left out: all.")] = None,
    data: Data = None,
) -> None:
    """Read every byte of the models and compare with the published hash; exit status 1 when one is wrong."""
    folder = _settings(data).data_dir
    names = [name] if name else [one.name for one in list_models(folder) if one.state is not ModelState.ABSENT]
    if not names:
        raise CommandFailed("No model is installed; install the packages of requirements/runtime.txt.")
    damaged = 0
    for one in names:
        try:
            say(f"{one}: whole, in {verify_model(one, folder)}")
        except Misconfigured as error:
            damaged += 1
            say(f"{one}: {error}")
    if damaged:
        raise typer.Exit(1)


def _settings(data: str | None) -> Settings:
    return settings_of({"data": data})
