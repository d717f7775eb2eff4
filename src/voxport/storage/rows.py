"""Rows into core values and back."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Row, Select, Text, case, cast, func, literal_column, select

from voxport.core.codes import Code
from voxport.core.delivery import Attempt, Cause, Delivery, DeliveryStatus
from voxport.core.errors import Problem
from voxport.core.json_text import read_json_text
from voxport.core.media import Media, MediaStatus, MediaSummary, Organization, StepProgress, StepStatus
from voxport.core.media_query import MediaDetail
from voxport.core.plan import CallbackPlan
from voxport.core.stages import Step
from voxport.storage.cipher import Cipher
from voxport.storage.postgres.tables import (
    attempts,
    call_index,
    category_results,
    deliveries,
    endpoints,
    media,
    media_steps,
    organizations,
    runs,
)
from voxport.storage.sealing import unseal, unseal_known

# Written out, not as parameters: only so does the planner see that the index of just these rows will do.
UNENDED: ColumnElement[bool] = literal_column("media.status IN ('accepted', 'running')", Boolean)
"""Media whose present run has not ended."""
REDACTED: ColumnElement[bool] = literal_column(
    """jsonb_path_exists(media.plan, '$.detectors[*] ? (@.replacement != null || @.audio != null)')""", Boolean
)
"""Media of which something is covered in this run, in words or in sound."""


_CATEGORISED = (
    select(func.max(category_results.c.applied))
    .where(category_results.c.media_id == media.c.id, category_results.c.applied.is_not(None))
    .scalar_subquery()
)


def problems_to_json(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [{"code": problem.code, "message": problem.message} for problem in problems]


def _problems(stored: list[dict[str, Any]]) -> tuple[Problem, ...]:
    return tuple(Problem(Code(problem["code"]), problem["message"]) for problem in stored)


def _steps_of(media_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    """All steps of a media in one column, so that reading a media is one query."""
    one = func.json_build_array(
        media_steps.c.step,
        media_steps.c.status,
        media_steps.c.task_id,
        media_steps.c.started,
        media_steps.c.finished,
        media_steps.c.fraction,
    )
    steps = select(func.json_agg(one.op("ORDER BY")(media_steps.c.position)))
    return steps.where(media_steps.c.media_id == media_id).scalar_subquery()


def select_media() -> Select[Any]:
    """Media that are not deleted, each with organisation and steps, for `media_from_row`."""
    columns = (
        media.c.id,
        media.c.organization_id,
        organizations.c.name,
        media.c.sequence,
        media.c.job_id,
        media.c.status,
        media.c.created,
        media.c.finished,
        # As text, so that whoever reads the row may decode it beside the event loop.
        cast(media.c.plan, Text).label("plan"),
        media.c.secrets,
        cast(media.c.metadata, Text).label("metadata"),
        media.c.content_type,
        media.c.duration_ms,
        media.c.size_bytes,
        media.c.expires,
        media.c.errors,
        media.c.warnings,
        media.c.run,
        media.c.trace,
        _CATEGORISED.label("categorised"),
        _steps_of(media.c.id).label("steps"),
    )
    joined = media.join(organizations, organizations.c.id == media.c.organization_id)
    return select(*columns).select_from(joined).where(media.c.deleted_at.is_(None))


def media_from_row(cipher: Cipher, row: Row[Any]) -> Media:
    """Under another key it has no addresses (`unseal_known`)."""
    plan, source_url = unseal_known(cipher, row.id, json.loads(row.plan), row.secrets)
    return Media(
        id=row.id,
        organization=Organization(row.organization_id, row.name),
        sequence=row.sequence,
        job_id=row.job_id,
        status=MediaStatus(row.status),
        created=row.created,
        finished=row.finished,
        plan=plan,
        metadata=read_json_text(row.metadata),
        source_url=source_url,
        content_type=row.content_type,
        duration_ms=row.duration_ms,
        size_bytes=row.size_bytes,
        expires=row.expires,
        errors=_problems(row.errors),
        warnings=_problems(row.warnings),
        steps=tuple(_step(stored) for stored in row.steps or ()),
        run=row.run,
        trace=row.trace,
        categorised=row.categorised,
    )


_DETAILS: Mapping[MediaDetail, ColumnElement[Any]] = {
    MediaDetail.SPEAKERS: select(call_index.c.spellings)
    .where(call_index.c.media_id == media.c.id)
    .scalar_subquery()
    .label("speakers"),
    MediaDetail.REDACTED: REDACTED.label("redacted"),
    MediaDetail.ERRORS: media.c.errors.label("errors"),
}
"""What is read for a detail; the others are among the usual columns."""


def select_summaries(details: Collection[MediaDetail] = ()) -> Select[Any]:
    """Media that are not deleted, for `summary_from_row`: nothing is read of their plans but for `details`."""
    columns: list[ColumnElement[Any]] = [
        media.c.id,
        media.c.sequence,
        media.c.status,
        media.c.created,
        media.c.finished,
        # As text: how long it is tells when a page is full, and it is taken apart where that holds nobody up.
        cast(media.c.metadata, Text).label("metadata"),
        media.c.content_type,
        media.c.duration_ms,
        media.c.time_to_live_s,
        media.c.expires,
        _steps_of(media.c.id).label("steps"),
    ]
    columns += [column for detail, column in _DETAILS.items() if detail in details]
    return select(*columns).where(media.c.deleted_at.is_(None))


def summary_from_row(row: Row[Any]) -> MediaSummary:
    return MediaSummary(
        id=row.id,
        status=MediaStatus(row.status),
        created=row.created,
        finished=row.finished,
        metadata=read_json_text(row.metadata),
        content_type=row.content_type,
        duration_ms=row.duration_ms,
        time_to_live_s=row.time_to_live_s,
        expires=row.expires,
        steps=tuple(_step(stored) for stored in row.steps or ()),
        speakers=tuple(row.speakers or ()) if hasattr(row, "speakers") else None,
        redacted=bool(row.redacted) if hasattr(row, "redacted") else None,
        errors=_problems(row.errors) if hasattr(row, "errors") else None,
    )


def _step(stored: list[Any]) -> StepProgress:
    step, status, task_id, started, finished, fraction = stored
    return StepProgress(
        step=Step(step),
        status=StepStatus(status),
        task_id=UUID(task_id),
        started=_time(started),
        finished=_time(finished),
        fraction=fraction,
    )


def _time(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)


def select_deliveries() -> Select[Any]:
    """Deliveries of media that are not deleted, for `delivery_from_row`, each with the plan of its own run."""
    is_earlier = runs.c.media_id.is_not(None)
    columns = (
        deliveries,
        case((is_earlier, runs.c.plan), else_=media.c.plan).label("plan"),
        case((is_earlier, runs.c.secrets), else_=media.c.secrets).label("secrets"),
        media.c.status.label("media_status"),
        is_held().label("held"),
    )
    its_run = (runs.c.media_id == deliveries.c.media_id) & (runs.c.run == deliveries.c.run)
    joined = deliveries.join(media, media.c.id == deliveries.c.media_id).outerjoin(runs, its_run)
    return select(*columns).select_from(joined).where(media.c.deleted_at.is_(None))


def is_held() -> ColumnElement[bool]:
    """Whether the delivery waits for its endpoint, which is paused."""
    its_owner = endpoints.c.organization_id == deliveries.c.organization_id
    paused = select(endpoints.c.endpoint).where(
        its_owner, endpoints.c.endpoint == deliveries.c.endpoint, endpoints.c.paused_since.is_not(None)
    )
    return (deliveries.c.status == DeliveryStatus.PENDING) & paused.exists()


def select_attempts() -> Select[Any]:
    return select(attempts).order_by(attempts.c.delivery_id, attempts.c.number)


def delivery_from_row(cipher: Cipher, row: Row[Any], made: Sequence[Row[Any]]) -> Delivery:
    """`made` holds the attempts of any deliveries, in order."""
    return listed_delivery(row, callbacks_of(cipher, row)[row.position], made)


def listed_delivery(row: Row[Any], callback: CallbackPlan, made: Sequence[Row[Any]]) -> Delivery:
    """As `delivery_from_row`, of a row without a plan."""
    return Delivery(
        id=row.id,
        media_id=row.media_id,
        organization_id=row.organization_id,
        position=row.position,
        callback=callback,
        address=without_query(callback.url),
        status=DeliveryStatus(row.status),
        reason=row.reason,
        round=row.round,
        first_attempt=row.first_attempt,
        due=row.due,
        created=row.created,
        ended=row.ended,
        cause=Cause(row.cause),
        held=row.held,
        replays=row.replays,
        run=row.run,
        attempts=tuple(_attempt(one) for one in made if one.delivery_id == row.id),
    )


def callbacks_of(cipher: Cipher, row: Row[Any]) -> tuple[CallbackPlan, ...]:
    """All callbacks of the run that a delivery (a row of `select_deliveries`) belongs to."""
    return unseal(cipher, row.media_id, row.plan, row.secrets)[0].callbacks


def _attempt(row: Row[Any]) -> Attempt:
    return Attempt(
        number=row.number,
        started=row.started,
        duration_ms=row.duration_ms,
        status=row.status,
        sent_bytes=row.sent_bytes,
        error=row.error,
        answer_excerpt=row.answer_excerpt,
        answer_headers=tuple((name, value) for name, value in row.answer_headers or ()),
        cause=Cause(row.cause),
        address=row.address,
    )


def without_query(url: str) -> str:
    """`url` without user, password, query and fragment: safe for people and logs."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
