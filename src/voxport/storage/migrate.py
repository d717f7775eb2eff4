"""Brings a database to this version's schema; our tables only, the job queue's are the workflow's."""

from __future__ import annotations


async def migrate(database_url: str) -> None:
    """Applies what is missing; safe from several processes at once and any number of times.

    Raises TransientFault when the database is away, Misconfigured when it is newer than this program.
    """
    raise NotImplementedError
