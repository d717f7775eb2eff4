"""The database's clock, by which it is decided who owns what; the clocks of our processes may be wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func


def seconds_from_now(seconds: float) -> ColumnElement[datetime]:
    """That moment of the database's clock, as part of a statement."""
    return func.now() + timedelta(seconds=seconds)


def clock_skew(here: datetime, database: datetime) -> timedelta:
    """How far the clock of this process is ahead of the database's; none below a second, which a statement may take."""
    ahead = here - database
    return ahead if abs(ahead) >= timedelta(seconds=1) else timedelta()


def seconds_ahead(asked: datetime, database: datetime, answered: datetime) -> float:
    """How far the clock of this process, read before and after, is ahead of the database's; negative: behind.

    0 where the database's time lies between the two: how long each way took is not known.
    """
    if asked <= database <= answered:
        return 0.0
    return (asked - database if asked > database else answered - database).total_seconds()
