"""Reads settings from an environment and flags; what cannot be used is refused in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_settings import EnvSettingsSource

from voxport.core.errors import Misconfigured
from voxport.settings.fields import Settings
from voxport.settings.table import SETTINGS, Setting

CLIENT_VARIABLES = frozenset({"VOXPORT_URL", "VOXPORT_TOKEN"})
"""Read by the client verbs of the CLI (`voxport submit`), not by the server."""

_BY_KEY = {setting.key: setting for setting in SETTINGS}


def read_settings(environ: Mapping[str, str], flags: Mapping[str, str | None] | None = None) -> Settings:
    """Settings from `flags` (by field), else the variables of `environ`, else the defaults; an empty value is none.

    Raises Misconfigured with the variable or flag and the value's fault; a secret's value is never part of it.
    A variable that begins with VOXPORT_ and names no setting is refused too: a misspelt setting does nothing.
    """
    given_flags = {key: text for key, text in (flags or {}).items() if text}
    _refuse_unknown(environ, given_flags)
    given = {**_variables(environ), **given_flags}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        raise _misconfigured(error, given, given_flags) from None


def _refuse_unknown(environ: Mapping[str, str], flags: Mapping[str, str]) -> None:
    known = {setting.variable for setting in SETTINGS} | CLIENT_VARIABLES
    unknown = sorted(set(flags) - set(_BY_KEY)) or sorted(
        name for name in environ if name.startswith("VOXPORT_") and name not in known
    )
    if unknown:
        raise Misconfigured(f"There is no setting named {', '.join(unknown)}; `voxport settings` lists them all.")


def _variables(environ: Mapping[str, str]) -> dict[str, str]:
    """What the environment gives, by field."""
    source = EnvSettingsSource(Settings)
    # The source compares names without their letter case; ours are as they are written, or none of ours.
    known = {setting.variable for setting in SETTINGS}
    source.env_vars = {name.lower(): text for name, text in environ.items() if name in known and text}
    variables: dict[str, str] = source()
    return variables


def _misconfigured(error: ValidationError, given: Mapping[str, str], flags: Mapping[str, str]) -> Misconfigured:
    """The first fault, in the order of the fields."""
    fault = min(error.errors(include_url=False), key=lambda one: list(_BY_KEY).index(str(one["loc"][0])))
    setting: Setting = _BY_KEY[str(fault["loc"][0])]
    source = setting.flag if setting.key in flags else setting.variable
    shown = "" if setting.secret else f" ({given[setting.key]!r})"
    sentence = fault["ctx"]["error"] if fault["type"] == "value_error" else fault["msg"]
    return Misconfigured(f"{source}{shown} cannot be used: {sentence}.")
