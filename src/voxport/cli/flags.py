"""Turns the settings table into flags, so that each setting is named, explained and parsed in one place."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from typing import Annotated, Any

import typer

from voxport.settings import SETTINGS, Settings, read_settings


def with_settings(command: Callable[..., None], *, leave_out: frozenset[str] = frozenset()) -> Callable[..., None]:
    """A command whose first parameter is `settings` and whose own flags come first; one flag for each setting follows.

    Raises Misconfigured (from the command) when a value cannot be used.
    """
    own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
    offered = [setting for setting in SETTINGS if setting.key not in leave_out]
    flags = [
        inspect.Parameter(
            setting.key,
            inspect.Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[
                str | None,
                typer.Option(
                    setting.flag,
                    help=f"{setting.help} [{setting.variable}]",
                    show_default=(setting.default or False) if not setting.secret else False,
                    metavar="VALUE",
                    rich_help_panel="Settings",
                ),
            ],
        )
        for setting in offered
    ]

    def run(**given: Any) -> None:
        written = {setting.key: given.pop(setting.key) for setting in offered}
        command(settings_of(written), **given)

    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own] + flags
    )
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in [*own, *flags]}
    return run


def settings_of(written: dict[str, str | None]) -> Settings:
    """Settings of this process: the flags that were written, else the environment, else the defaults."""
    return read_settings(os.environ, {key: value for key, value in written.items() if value is not None})


def environment_of(settings: Settings) -> dict[str, str]:
    """The environment in which a child process reads the same settings."""
    given = {setting.variable: settings.written[setting.key] for setting in SETTINGS if setting.key in settings.written}
    return {**os.environ, **given}
