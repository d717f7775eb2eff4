"""The program: its commands, each loaded when it is called, and what a person sees when something is wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from voxport import __version__
from voxport.cli.terminal import say
from voxport.core.errors import Misconfigured, TransientFault, VoxportError

EXIT_FAILED = 1
EXIT_MISCONFIGURED = 78
"""`EX_CONFIG` of sysexits: a person must set something right first."""
EXIT_PASSING = 75
"""`EX_TEMPFAIL` of sysexits: what this stands on failed (database, store, disk); the same may work later."""


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """One command of the program."""

    target: str
    """Where it is, as `module:attribute`."""
    summary: str
    """The first sentences of its help, so that the list of commands loads none of them."""
    takes_settings: bool = False
    """Whether every setting is a flag of it."""


COMMANDS = {
    "demo": CommandEntry(
        "voxport.cli.demo.command:demo",
        "Send a sample call through Voxport into a local S3-compatible bucket, and show all of it.",
    ),
    "serve": CommandEntry(
        "voxport.cli.serve:serve",
        "Run the API and, beside it, a worker. Everything is kept under the data folder unless settings say otherwise.",
        takes_settings=True,
    ),
    "worker": CommandEntry(
        "voxport.cli.worker:worker",
        "Run a worker: it fetches, decodes, recognises, publishes and delivers what the API has accepted.",
        takes_settings=True,
    ),
    "submit": CommandEntry(
        "voxport.cli.submit:submit",
        "Send recordings to a Voxport server. Prints a line for each that was accepted: media id, tab, file.",
    ),
    "search": CommandEntry(
        "voxport.cli.search:search",
        "Find calls with a statement. Prints a line for each, its columns with tabs between; hits() come below it.",
    ),
    "categories": CommandEntry(
        "voxport.cli.categories:app", "Try a category on the newest calls, and find past calls in one."
    ),
    "export": CommandEntry(
        "voxport.cli.export.command:export",
        "Sign upload URLs for recordings; try them, print how to send the recordings, or send them.",
    ),
    "deliveries": CommandEntry("voxport.cli.deliveries:app", "See what became of deliveries, and make them again."),
    "database": CommandEntry(
        "voxport.cli.database:app",
        "Bring the database to this version's schema; move all rows to another PostgreSQL, of any version from 14 on.",
    ),
    "token": CommandEntry("voxport.cli.token:app", "Make, list and revoke bearer tokens."),
    "retention": CommandEntry(
        "voxport.cli.retention:app", "Say how long recordings are kept, and why one is still there."
    ),
    "webhook-secret": CommandEntry(
        "voxport.cli.webhook_secret:app", "Show and rotate the secret that signs an organisation's webhooks."
    ),
    "classifiers": CommandEntry(
        "voxport.cli.classifiers.command:app", "Train what sorts an organisation's calls, list it, delete it."
    ),
    "redaction": CommandEntry("voxport.cli.redaction:app", "See what redaction would cover in a recording."),
    "secret-key": CommandEntry(
        "voxport.cli.secret_key:app", "Check the secret key, and set another one when it is lost."
    ),
    "store": CommandEntry("voxport.cli.store:app", "Go on with another folder as object store, when that is lost."),
    "s3": CommandEntry("voxport.cli.s3:app", "Policies, a trial and pre-signed URLs for delivery to S3."),
    "models": CommandEntry("voxport.cli.models:app", "List and verify the recognition models."),
    "settings": CommandEntry(
        "voxport.cli.settings:settings",
        "List every setting: variable, flag, default, present value (secrets masked) and meaning.",
    ),
    "doctor": CommandEntry(
        "voxport.cli.doctor.command:doctor",
        "Check this machine: processor, memory, disk, model, database, object store, port, clock, networks.",
        takes_settings=True,
    ),
}
"""Every command by its name. Loading one does not load the others: `doctor` runs where a library cannot be loaded."""


class Commands(TyperGroup):
    """The commands of `COMMANDS`, in that order."""

    _lists = False

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the signature is Typer's
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        return TyperCommand(cmd_name, help=COMMANDS[cmd_name].summary) if self._lists else load(cmd_name)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The list of commands, for which none of them is loaded."""
        self._lists = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._lists = False


def load(name: str) -> Any:
    """The command of that name, ready for Typer."""
    module, attribute = COMMANDS[name].target.split(":")
    target = getattr(import_module(module), attribute)
    if isinstance(target, typer.Typer):
        target.info.name = name
        return typer.main.get_command(target)
    command: Callable[..., None] = target
    if COMMANDS[name].takes_settings:
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
    """Runs the command of this process's arguments; what is expected to go wrong ends in one sentence."""
    try:
        app()
    except Misconfigured as error:
        say(str(error))
        sys.exit(EXIT_MISCONFIGURED)
    except TransientFault as error:
        say(str(error))
        sys.exit(EXIT_PASSING)
    except VoxportError as error:
        say(str(error))
        sys.exit(EXIT_FAILED)
