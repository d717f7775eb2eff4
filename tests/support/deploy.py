"""What the files of deploy/ have in common: commands of the program, and settings that it knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from click import Context
from typer.core import TyperCommand, TyperGroup

from voxport.cli.main import COMMANDS, load
from voxport.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def assert_is_a_command(words: Sequence[str]) -> None:
    """`words` are what follows `voxport`: a command of it, with options that it takes."""
    name, *rest = words
    assert name in COMMANDS, words
    command = load(name)
    if isinstance(command, TyperGroup):
        assert rest, words
        assert rest[0] in command.commands, words
        command, rest = command.commands[rest[0]], rest[1:]
    assert isinstance(command, TyperCommand) or hasattr(command, "make_parser")
    # Raises what a person would be told of an option that there is not.
    command.make_parser(Context(command)).parse_args(list(rest))


def assert_are_settings(environment: Mapping[str, str | None]) -> None:
    """Raises Misconfigured for a VOXPORT_ variable that a process would refuse at its start."""
    read_settings({name: value or "" for name, value in environment.items()})
