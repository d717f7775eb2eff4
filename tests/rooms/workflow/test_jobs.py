"""How many jobs of the engine a call costs, and that those of an older version are carried out."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID, uuid4

import procrastinate
import psycopg
import pytest
import structlog
from procrastinate import exceptions, sql

from tests.rooms.workflow.test_redacting import CARD, loaded, recognised, recording, unchecked
from tests.rooms.workflow.test_rescue import rows
from tests.support.s3_server import S3Server
from voxport.core.analytics_plan import AnalyticsPlan
from voxport.core.artefacts import original_key
from voxport.core.errors import PutOff
from voxport.core.media import Media, MediaStatus, StepStatus
from voxport.core.plan import CallbackPlan, Plan, RunBefore
from voxport.core.stages import JOBS, STAGES, Step, further_steps
from voxport.core.submission import FurtherRun, Submission
from voxport.storage.objects.blobs import Blobs
from voxport.storage.objects.mark import NOT_MOUNTED
from voxport.workflow import stage_run
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.intake import Intake
from voxport.workflow.stage_run import StageJob, StageRun, run_job
from voxport.workflow.story import BODIES, register

ASKED = AnalyticsPlan(discovery=True, entities=True, sentiments=True)
HOOK = CallbackPlan("https://hook.example/")
REDACTED = Plan(detectors=(CARD,), analytics=ASKED)
OLD_QUEUES = {
    "media.fetch": "fetch",
    "media.ingest": "ingest",
    "media.speech": "speech",
    "media.align": "analysis",
    "media.text": "analysis",
    "media.audio": "analysis",
    "media.check": "speech",
    "media.analytics": "analysis",
    "media.publish": "analysis",
    "media.erase": "housekeeping",
}
"""Every kind of job that a version before decision 0009 has queued, and where."""


def intake(deps: Dependencies) -> Intake:
    return Intake(deps.store, deps.blobs, deps.engine)


async def work(deps: Dependencies) -> None:
    """Everything that waits, and what follows from it."""
    await deps.engine.app.run_worker_async(
        queues=sorted(set(OLD_QUEUES.values())), wait=False, install_signal_handlers=False
    )


async def jobs(url: str) -> list[tuple[str, str]]:
    found = await rows(url, "SELECT task_name, status FROM procrastinate_jobs ORDER BY id")
    return [(one["task_name"], one["status"]) for one in found]


@pytest.fixture
def begun(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """The kinds of jobs that were begun so far: one that has handed over to the next is in no table any more."""
    caplog.set_level("INFO", "procrastinate")
    return lambda: [
        one.__dict__["job"]["task_name"] for one in caplog.records if getattr(one, "action", "") == "start_job"
    ]


async def queued_by_an_older_version(url: str, name: str, media_id: UUID, **arguments: int) -> None:
    """The only job there is, as the row that it was then."""
    await rows(url, "DELETE FROM procrastinate_jobs")
    insert = "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args) VALUES (%s, %s, %s, %s::jsonb)"
    args = json.dumps({"subject": str(media_id), **arguments})
    await rows(url, insert, OLD_QUEUES[name], name, f"{name}:{media_id}", args)


async def come_to(deps: Dependencies, media: Media, step: Step, monkeypatch: pytest.MonkeyPatch) -> None:
    """Carries out what stands before `step`, each stage in a job of its own as an older version did."""
    with monkeypatch.context() as older:
        older.setattr(stage_run, "shares_job", lambda *_: False)
        for before in [one.step for one in media.steps if one.status is StepStatus.PENDING]:
            if before is step:
                return
            job = StageJob(media_id=media.id, step=before, run=media.run, priority=0, faults=0)
            await run_job(deps, BODIES, job)


def ending_refused_once(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that found the database away: the first that ends a job."""
    refused: list[str] = []
    carried_out = procrastinate.PsycopgConnector.execute_query_async

    async def execute(self: procrastinate.PsycopgConnector, query: LiteralString, **arguments: Any) -> None:
        if query == sql.queries["finish_job"] and not refused:
            refused.append(query)
            raise exceptions.ConnectorException from psycopg.OperationalError("away")
        await carried_out(self, query, **arguments)

    monkeypatch.setattr(procrastinate.PsycopgConnector, "execute_query_async", execute)
    return refused


def assert_well(media: Media) -> None:
    assert (media.status, media.errors) == (MediaStatus.FINISHED, ())
    done = {one.step: one.status for one in media.steps}
    done.pop(Step.DELIVER, None)
    assert set(done.values()) == {StepStatus.COMPLETED}


async def test_a_plain_call_costs_three_jobs(
    deps: Dependencies, postgres_url: str, begun: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deliveries are no jobs, and analysis is done in the job that writes the text.

    The last one's end is written down though the database is away for a moment.
    """
    register(deps.engine, deps)
    away = ending_refused_once(monkeypatch)
    media = await recognised(deps, Plan())
    acme, media_id = media.organization, uuid4()
    deps.blobs.put(original_key(media_id), recording(2.0))
    submission = Submission(media_id, acme.id, Plan(analytics=ASKED, callbacks=(HOOK,)))
    accepted = await intake(deps).submit(submission)
    heard = deps.blobs.get(media.paths.heard)
    assert heard is not None
    deps.blobs.put(accepted.paths.heard, heard)
    await work(deps)
    ended = await loaded(deps, media_id)
    assert_well(ended)
    assert begun() == ["media.ingest", "media.speech", "media.text"]
    assert await jobs(postgres_url) == [("media.text", "succeeded")]
    assert away == [sql.queries["finish_job"]]
    *carried_out, deliver = ended.steps
    assert [one.step for one in carried_out] == [Step.INGEST, Step.SPEECH, Step.TEXT, Step.ANALYTICS, Step.PUBLISH]
    assert deliver.status is StepStatus.PENDING
    times = [time for one in carried_out for time in (one.started, one.finished)]
    assert times == sorted(time for time in times if time is not None)


async def test_a_redacted_call_keeps_its_heavy_stages_apart(
    deps: Dependencies, postgres_url: str, begun: Callable[[], list[str]]
) -> None:
    deps = unchecked(deps)
    register(deps.engine, deps)
    media = await recognised(deps, REDACTED)
    # Its job was taken for lost, and somebody else has come to the end of it: he has queued what follows.
    await run_job(deps, BODIES, StageJob(media.id, Step.TEXT, run=1, priority=0, faults=0, id=1 << 40))
    assert {one.status for one in (await loaded(deps, media.id)).steps if one.step is Step.TEXT} == {
        StepStatus.COMPLETED
    }
    assert await jobs(postgres_url) == []
    await queued_by_an_older_version(postgres_url, "media.text", media.id)
    await work(deps)
    assert (await loaded(deps, media.id)).status is MediaStatus.FINISHED
    assert begun() == ["media.text", "media.audio", "media.analytics"]


@pytest.mark.parametrize("name", [name for name in OLD_QUEUES if name not in ("media.align", "media.erase")])
async def test_a_job_that_an_older_version_queued_goes_on_and_ends(
    deps: Dependencies, postgres_url: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    deps = unchecked(deps)
    register(deps.engine, deps)
    step = Step(name.removeprefix("media."))
    media = await recognised(deps, REDACTED)
    await come_to(deps, media, step, monkeypatch)
    await queued_by_an_older_version(postgres_url, name, media.id)
    await work(deps)
    ended = await loaded(deps, media.id)
    assert (ended.status, ended.errors) == (MediaStatus.FINISHED, ())
    assert {status for _, status in await jobs(postgres_url)} == {"succeeded"}
    assert deps.blobs.exists(ended.paths.written_audio)


async def test_an_alignment_that_an_older_version_queued_ends(deps: Dependencies, postgres_url: str) -> None:
    register(deps.engine, deps)
    media = await recognised(deps, Plan(), "i want to go forward with the refund please")
    await queued_by_an_older_version(postgres_url, "media.text", media.id)
    await work(deps)
    plan = Plan(before=RunBefore(1), aligns=True, analytics=ASKED)
    assert further_steps(plan)[0] is Step.ALIGN
    corrected = "I want to go ahead with the refund, please."
    assert await intake(deps).run_again(FurtherRun(media.id, media.organization.id, 1, plan, corrected=corrected))
    await queued_by_an_older_version(postgres_url, "media.align", media.id, run=2, faults=3)
    await work(deps)
    second = await loaded(deps, media.id)
    assert second.run == 2
    assert_well(second)
    assert await jobs(postgres_url) == [("media.text", "succeeded")]


async def test_an_erasing_that_an_older_version_queued_is_done(deps: Dependencies, postgres_url: str) -> None:
    register(deps.engine, deps)
    media = await recognised(deps, Plan())
    assert await deps.store.media.mark_deleted(media.id)
    await queued_by_an_older_version(postgres_url, "media.erase", media.id)
    await work(deps)
    assert not deps.blobs.exists(original_key(media.id))
    assert await deps.store.media.deleted() == []


async def test_what_a_stage_works_on_and_is_gone_fails_the_media_with_a_way_on(deps: Dependencies) -> None:
    media = await recognised(deps, Plan())
    deps.blobs.delete(media.paths.heard)
    for faults in (0, stage_run.MAX_ABSENCES - 1):
        assert not (await loaded(deps, media.id)).status.ended
        job = StageJob(media_id=media.id, step=Step.TEXT, run=1, priority=0, faults=faults)
        await run_job(deps, BODIES, job)
    ended = await loaded(deps, media.id)
    assert (ended.status, [one.code for one in ended.errors]) == (MediaStatus.FAILED, [90003])
    assert ended.errors[0].message == (
        "What step text works on is no longer in the store; the media can be processed again from its recording."
    )
    assert deps.blobs.exists(original_key(media.id))


def folder_without_its_volume(folder: Path) -> Blobs:
    blobs = Blobs.open(folder.as_uri())
    assert blobs.mark is not None
    blobs.mark.hold_to(uuid4())
    return blobs


@pytest.mark.parametrize("kind", ["bucket", "folder"])
async def test_a_store_that_is_not_there_fails_no_call_however_long(
    deps: Dependencies, s3_server: S3Server, tmp_path: Path, kind: str
) -> None:
    media = await recognised(deps, Plan())
    is_bucket = kind == "bucket"
    away = replace(deps, blobs=s3_server.blobs("never-made") if is_bucket else folder_without_its_volume(tmp_path))
    said = "The bucket of the object store does not exist (NoSuchBucket)." if is_bucket else f"{NOT_MOUNTED}."
    for faults in (stage_run.MAX_ABSENCES, stage_run.MAX_FAULTS):
        with structlog.testing.capture_logs() as lines:
            await run_job(away, BODIES, StageJob(media_id=media.id, step=Step.TEXT, run=1, priority=0, faults=faults))
        (line,) = [line for line in lines if line["event"] == "stage met a fault, trying again"]
        assert str(line["exc_info"]) == said
        assert not (await loaded(deps, media.id)).status.ended


async def test_a_stage_without_room_comes_again(deps: Dependencies, postgres_url: str) -> None:
    media = await recognised(deps, Plan())
    said = "others hold as much decoded sound as there may be"

    async def body(_run: StageRun) -> None:
        raise PutOff(said)

    with structlog.testing.capture_logs() as lines:
        job = StageJob(media_id=media.id, step=Step.TEXT, run=1, priority=0, faults=0)
        await run_job(deps, {**BODIES, Step.TEXT: body}, job)
    assert [one["reason"] for one in lines if one["event"] == "stage put off"] == [said]
    again = "SELECT scheduled_at - now() BETWEEN interval '5 s' AND interval '11 s' AS soon FROM procrastinate_jobs"
    assert await rows(postgres_url, again) == [{"soon": True}]
    await run_job(deps, BODIES, job)
    assert deps.blobs.exists(media.paths.findings)


async def test_nothing_is_published_without_its_result(deps: Dependencies) -> None:
    media = await recognised(deps, Plan())
    await run_job(deps, BODIES, StageJob(media_id=media.id, step=Step.PUBLISH, run=1, priority=0, faults=0))
    assert not (await loaded(deps, media.id)).status.ended


def test_every_stage_has_one_row_and_a_body() -> None:
    assert [stage.step for stage in STAGES] == list(Step)
    assert set(BODIES) == {stage.step for stage in STAGES if stage.job is not None}
    assert OLD_QUEUES.items() <= {job.name: job.queue.value for job in JOBS}.items()


async def test_a_deletion_whose_first_answer_was_lost_is_one(
    deps: Dependencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database hides it and the answer is lost on the way: the next try has nothing left to hide."""
    media = await recognised(deps, Plan())
    hide = deps.store.media.mark_deleted

    async def hide_twice(media_id: UUID) -> bool:
        await hide(media_id)
        return await hide(media_id)

    monkeypatch.setattr(deps.store.media, "mark_deleted", hide_twice)
    assert await intake(deps).delete(media.organization.id, media.id)
    assert not await intake(deps).delete(media.organization.id, media.id)
