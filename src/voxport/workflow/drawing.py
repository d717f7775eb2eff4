"""The drawing and the table of stages in docs/how-it-works.md, made of `core/stages.py`; a test holds the page to it.

`python -m voxport.workflow.drawing docs/how-it-works.md` writes them into the page.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from voxport.core.analytics_plan import AnalyticsPlan
from voxport.core.plan import CallbackPlan, Plan
from voxport.core.stages import STAGE_OF, STAGES, Step, first_steps, shares_job

BEGIN = "<!-- stages: made by python -m voxport.workflow.drawing docs/how-it-works.md -->"
END = "<!-- stages: end -->"
_ARROW = " ──► "
_PLAIN_CALL = Plan(analytics=AnalyticsPlan(discovery=True), callbacks=(CallbackPlan("https://hook.example/"),))
"""Uploaded, analysed and delivered, with nothing to redact."""


def stages_section() -> str:
    """Drawing and table, as they stand in the page between `BEGIN` and `END`."""
    return "\n\n".join((BEGIN, f"```\n{_drawing()}\n```", _table(), END))


def written_into(page: str) -> str:
    """The page with its section of today; raises ValueError when the page has no place for it."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no {BEGIN} and {END}")
    return f"{before}{stages_section()}{after}"


def jobs_of(steps: Sequence[Step]) -> list[list[Step]]:
    """The steps that have a job, grouped as jobs of the engine carry them out."""
    jobs: list[list[Step]] = []
    for step in steps:
        if STAGE_OF[step].job is None:
            continue
        if jobs and shares_job(jobs[-1][-1], step):
            jobs[-1].append(step)
        else:
            jobs.append([step])
    return jobs


def _drawing() -> str:
    always = first_steps(Plan(), fetches=False)
    steps = [stage.step.value if stage.step in always else f"[{stage.step.value}]" for stage in STAGES]
    half = steps.index("text")
    lines = [_ARROW.join(("POST", *steps[:half])), f"    {_ARROW}{_ARROW.join(steps[half:])}"]
    jobs = " | ".join(
        " + ".join(step.value for step in job) for job in jobs_of(first_steps(_PLAIN_CALL, fetches=False))
    )
    return "\n".join((*lines, "", f"jobs of a plain call:  {jobs}"))


def _table() -> str:
    head = "| step | when | queue | what it does | what it leaves |\n|---|---|---|---|---|"
    rows = [
        f"| {stage.step.value} | {stage.when_in_words} | `{stage.queue.value}` | {stage.does} | {stage.leaves} |"
        for stage in STAGES
    ]
    return "\n".join((head, *rows))


def main() -> None:
    page = Path(sys.argv[1])
    page.write_text(written_into(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
