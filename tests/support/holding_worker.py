"""A worker that never ends the stage X of recordings called `hold-X-...`, nor the encryption of any.

Of a category that is looked for in past calls it looks at the first call alone. Else it is as it is, and takes as many
jobs at once as there are.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from voxport.cli import worker
from voxport.cli.main import main
from voxport.core.stages import Step
from voxport.workflow import applications, story

_AT_ONCE = 20
_BODIES, _CONCURRENCY, _LOOK = story.BODIES, worker.concurrency_of, applications._step


async def _hold_some(step: Step, run: Any) -> Any:
    if step is Step.ENCRYPT or f"hold-{step.value}-" in str(run.media.metadata.get("externalId")):
        await asyncio.Event().wait()
    return await _BODIES[step](run)


async def _look_once(deps: Any, tenant: Any, application: Any, category: Any, at_once: int) -> Any:
    if application.done > 0:
        await asyncio.Event().wait()
    return await _LOOK(deps, tenant, application, category, at_once)


if __name__ == "__main__":
    story.BODIES = {step: partial(_hold_some, step) for step in _BODIES}
    applications.AT_ONCE, applications._step = 1, _look_once
    worker.concurrency_of = lambda settings: dict.fromkeys(_CONCURRENCY(settings), _AT_ONCE)
    main()
