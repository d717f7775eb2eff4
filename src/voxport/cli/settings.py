"""`voxport settings`: every setting with its variable, flag, default, present value and meaning."""

from __future__ import annotations

import os
import sys

from rich.console import Console
from rich.table import Table

from voxport.settings import SETTINGS, Setting, Settings, read_settings

MASK = "********"
COLUMNS = ("variable", "flag", "default", "value", "what it does")


def settings() -> None:
    """List every setting: variable, flag, default, present value (secrets masked) and meaning."""
    rows = [row_of(setting, read_settings(os.environ)) for setting in SETTINGS]
    if sys.stdout.isatty():
        table = Table(*COLUMNS, show_lines=True)
        for row in rows:
            table.add_row(*row)
        Console(highlight=False, markup=False).print(table)
        return
    for row in (COLUMNS, *rows):
        sys.stdout.write("\t".join(row) + "\n")


def row_of(setting: Setting, present: Settings) -> tuple[str, str, str, str, str]:
    """The row of one setting. The value is as it was written, the default where it was not; no secret is shown."""
    value = present.written.get(setting.key, setting.default)
    shown = MASK if setting.secret and value else value
    return setting.variable, setting.flag, setting.default, shown, setting.help
