"""Times as people type them: a date, a time, or how long ago."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from voxport.cli.errors import CommandFailed

_AGO = re.compile(r"(\d{1,6})([smhdw])", re.ASCII)
_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def time_for_the_api(written: str, option: str, now: datetime | None = None) -> str:
    """`2h`, `3d` (ago), `2031-02-03`, `2031-02-03T04:05:06Z` or with an offset, as the API takes it.

    A time without a zone is UTC, as everything that the commands print. Raises CommandFailed.
    """
    ago = _AGO.fullmatch(written.strip())
    try:
        if ago is not None:
            moment = (now or datetime.now(UTC)) - timedelta(seconds=int(ago[1]) * _UNITS_S[ago[2]])
        else:
            moment = datetime.fromisoformat(written.strip())
    except (ValueError, OverflowError):
        raise CommandFailed(
            f"{option} takes a time like 2h or 3d (ago), 2031-02-03 or 2031-02-03T04:05:06Z; not {written!r}."
        ) from None
    if _DAY.fullmatch(written.strip()):
        return written.strip()
    utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return utc.isoformat(timespec="seconds" if ago is None and not utc.microsecond else "microseconds").replace(
        "+00:00", "Z"
    )
