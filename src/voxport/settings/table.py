"""The settings as rows for people: variable, flag, default in its written form, meaning."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from voxport.delivery.s3.keys import KeyTemplate
from voxport.settings.fields import Settings


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table."""

    key: str
    """The field of `Settings`."""
    default: str
    """As an operator would write it; empty: not set."""
    help: str
    """What the setting does, in one sentence."""
    secret: bool
    """Whether the value is never shown."""

    @property
    def variable(self) -> str:
        return f"VOXPORT_{self.key.upper()}"

    @property
    def flag(self) -> str:
        return "--" + self.key.replace("_", "-")


def _setting(key: str, field: FieldInfo) -> Setting:
    return Setting(
        key=key,
        default=_as_written(field.default),
        help=" ".join((field.description or "").split()),
        secret=SecretStr in get_args(field.annotation),
    )


def _as_written(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return f"{value:g}"
        case tuple():
            return ",".join(_as_written(part) for part in value)
        case Path():
            return str(value) if value.is_absolute() else f"./{value}"
        case KeyTemplate():
            return value.written
        case _:
            return str(value)


SETTINGS = tuple(_setting(key, field) for key, field in Settings.model_fields.items())
"""Every setting, in the order of docs/settings.md."""
