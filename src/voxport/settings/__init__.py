"""Every setting of the program, typed: read from the flags of `serve` and `worker`, `VOXPORT_*` variables and defaults.

A flag wins over its variable, a variable over the default. `voxport settings` prints the table, and docs/settings.md is
checked against it. Rooms never read the environment: they receive the small options value that concerns them.
"""

from voxport.settings.fields import QUEUES, Settings
from voxport.settings.reading import CLIENT_VARIABLES, read_settings
from voxport.settings.table import SETTINGS, Setting
from voxport.settings.written import FALSE_WORDS, TRUE_WORDS, revealed

__all__ = [
    "CLIENT_VARIABLES",
    "FALSE_WORDS",
    "QUEUES",
    "SETTINGS",
    "TRUE_WORDS",
    "Setting",
    "Settings",
    "read_settings",
    "revealed",
]
