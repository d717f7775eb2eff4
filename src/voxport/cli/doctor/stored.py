"""What `voxport doctor` asks the database about what is stored; nothing is changed, and no database is made for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TypeVar

from voxport.cli.doctor.results import CheckResult, ok, warn
from voxport.core.categories import STALLED_S
from voxport.core.errors import VoxportError
from voxport.settings import Settings

T = TypeVar("T")


@contextmanager
def kept_database(settings: Settings) -> Iterator[None]:
    """Starts an embedded server once for all checks in the block; the one that needs it says what is wrong with it."""
    from voxport.storage.postgres.embedded import start_embedded

    with ExitStack() as kept:
        if not settings.database_url:
            with suppress(VoxportError):
                kept.callback(start_embedded(settings.data_dir).stop)
        yield


def ask_database(settings: Settings, question: Callable[[str], Awaitable[T | None]]) -> T | None:
    """The answer to a question that takes the database's address; None where there is no database yet."""
    from voxport.storage.postgres.embedded import start_embedded

    async def ask(database_url: str) -> T | None:
        return await question(database_url)

    if settings.database_url:
        return asyncio.run(ask(settings.database_url.get_secret_value()))
    if not (settings.data_dir / "postgres" / "PG_VERSION").exists():
        return None
    embedded = start_embedded(settings.data_dir)
    try:
        return asyncio.run(ask(embedded.url))
    finally:
        embedded.stop()


def past_calls(settings: Settings) -> CheckResult:
    """Calls that are brought into the index after an upgrade, and categories that are looked for in past calls."""
    from voxport.storage.past_calls import look_at_past_calls

    found = ask_database(settings, look_at_past_calls)
    if found is None:
        return ok("Past calls", "there are none yet.")
    its = found.categories
    what = f"to be brought into the index: {found.unindexed}; categories that are looked for: {its.unended}, "
    what += f"calls that they have left: {its.calls}, failed within a day: {its.failed_day}"
    if its.stalled_s >= STALLED_S:
        what += f"; nothing has moved for {its.stalled_s / 60:.0f} minutes."
        return warn("Past calls", what, "Is there a worker with the queue housekeeping? Its log says more.")
    if its.failed_day:
        return warn("Past calls", f"{what}.", "GET /v3/definition/category-applications says why in `problem`.")
    return ok("Past calls", f"{what}.")
