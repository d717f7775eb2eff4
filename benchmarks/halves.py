"""Which recordings settings were chosen on, and which only ever report.

The split is by recording and was made once, before anything was tuned. A recording that is not named here was tuned on
by nobody who wrote this, so it reports.
"""

from __future__ import annotations

from enum import StrEnum

from benchmarks.corpus import Recording

_CHOOSE = frozenset(
    (
        "bank-00d676",
        "bank-01cefd",
        "bank-03a17c",
        "casual-cold",
        "clinic-car0004",
        "digits-zips",
        "phone-023",
        "phone-037",
        "phone-089",
        "phone-104",
        "phone-199",
        "phone-281",
        "phone-297",
    )
)


class Half(StrEnum):
    """What the recordings of a folder are used for."""

    CHOOSE = "choose"
    """Settings are chosen on them: their figures are tuned."""
    REPORT = "report"
    """Nobody looks at them before they are measured: their figures are what to expect elsewhere."""


def half_of(recording: Recording) -> Half:
    """By its name; synthesised recordings say it at the beginning of theirs."""
    choose = recording.name in _CHOOSE or recording.name.startswith(f"{Half.CHOOSE}-")
    return Half.CHOOSE if choose else Half.REPORT


def group_of(recording: Recording) -> str:
    """What stands before the first hyphen of its name: recordings of one source."""
    return recording.name.split("-")[0]
