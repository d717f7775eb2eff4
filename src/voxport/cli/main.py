"""The program: its commands, each loaded when it is called, and what a person sees when something is wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from voxport import __version__
from voxport.cli.terminal import say
from voxport.core.errors import Misconfigured, VoxportError

EXIT_FAILED = 1
EXIT_MISCONFIGURED = 78
"""`EX_CONFIG` of sysexits: a person must set something right first."""

COMMANDS = {
    "demo": "voxport.cli.demo.command:demo",
    "serve": "voxport.cli.serve:serve",
    "worker": "voxport.cli.worker:worker",
    "submit": "voxport.cli.submit:submit",
    "export": "voxport.cli.export.command:export",
    "deliveries": "voxport.cli.deliveries:app",
    "token": "voxport.cli.token:app",
    "webhook-secret": "voxport.cli.webhook_secret:app",
    "s3": "voxport.cli.s3:app",
    "models": "voxport.cli.models:app",
    "settings": "voxport.cli.settings:settings",
    "doctor": "voxport.cli.doctor.command:doctor",
}
"""Where each command is. Loading one does not load the others: `doctor` runs where a library cannot be loaded."""

WITH_SETTINGS = frozenset({"serve", "worker", "doctor"})
"""Commands that take every setting as a flag."""


class Commands(TyperGroup):
    """The commands of `COMMANDS`, in that order."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the signature is Typer's
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        return load(cmd_name) if cmd_name in COMMANDS else None


def load(name: str) -> Any:
    """The command of that name, ready for Typer."""
    module, attribute = COMMANDS[name].split(":")
    target = getattr(import_module(module), attribute)
    if isinstance(target, typer.Typer):
        target.info.name = name
        return typer.main.get_command(target)
    command: Callable[..., None] = target
    if name in WITH_SETTINGS:
        with_settings = import_module("voxport.cli.flags").with_settings
        command = with_settings(target)
    alone = typer.Typer(add_completion=False)
    alone.command(name)(command)
    return typer.main.get_command(alone)


app = typer.Typer(
    name="voxport",
    cls=Commands,
    help="Voxport: a self-hosted speech-analytics server that speaks the VoiceBase wire.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Voxport: a self-hosted speech-analytics server that speaks the VoiceBase wire."""


def main() -> None:
    """Runs the command of this process's arguments; what is expected to go wrong is told in a sentence."""
    try:
        app()
    except Misconfigured as error:
        say(str(error))
        sys.exit(EXIT_MISCONFIGURED)
    except VoxportError as error:
        say(str(error))
        sys.exit(EXIT_FAILED)
