"""docs/cli.md names every command and every option that is not a setting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from voxport.cli.main import COMMANDS, load
from voxport.settings import SETTINGS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text("utf-8")
FLAGS_OF_SETTINGS = {setting.flag for setting in SETTINGS}


def commands() -> Iterator[tuple[str, object]]:
    """Every command by the words that call it."""
    for name in COMMANDS:
        command = load(name)
        below = getattr(command, "commands", None)
        if below is None:
            yield name, command
        else:
            yield from ((f"{name} {word}", one) for word, one in below.items())


@pytest.mark.parametrize(
    ("words", "command"), list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_page_names_the_command_and_its_options(words: str, command: object) -> None:
    assert f"`voxport {words}" in PAGE
    for parameter in command.params:  # type: ignore[attr-defined]
        for option in parameter.opts:
            hidden = getattr(parameter, "hidden", False)
            if option.startswith("--") and not hidden and option not in FLAGS_OF_SETTINGS | {"--help"}:
                assert re.search(rf"{re.escape(option)}\b", PAGE), f"{words} {option}"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_their_own_help_says(name: str) -> None:
    assert load(name).help.partition("\n")[0] == COMMANDS[name].summary
