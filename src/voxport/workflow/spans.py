"""The spans of a recording's way: its stages, and each try of its deliveries, in the trace of its POST."""

from __future__ import annotations

from contextlib import AbstractContextManager

from voxport.core.delivery import Attempt, Delivery, host_of
from voxport.core.media import Media
from voxport.core.stages import Step
from voxport.telemetry.traces import Attribute, Span, SpanKind, Traces


def stage_span(traces: Traces, media: Media, step: Step, faults: int) -> AbstractContextManager[Span]:
    """Around one run of a stage; `faults` are the runs of it that the surroundings made fail before."""
    attributes = {**_of(media), "voxport.step": step.value, "voxport.faults": faults}
    return traces.span(f"step {step.value}", SpanKind.CONSUMER, parent=media.trace, attributes=attributes)


def record_attempt(traces: Traces, media: Media, delivery: Delivery, attempt: Attempt) -> None:
    """A span of one try that has ended."""
    failed = None if attempt.arrived else str(attempt.status or "no answer")
    traces.record(
        f"delivery {delivery.callback.type.value}",
        SpanKind.CLIENT,
        parent=media.trace,
        started=attempt.started,
        duration_ms=attempt.duration_ms,
        attributes={
            **_of(media),
            "voxport.delivery_id": str(delivery.id),
            "voxport.attempt": attempt.number,
            "voxport.cause": attempt.cause.value,
            # Not the path: it may name somebody.
            "server.address": host_of(delivery.callback),
            "http.response.status_code": attempt.status,
            "http.request.body.size": attempt.sent_bytes,
            "error.type": failed,
        },
    )


def _of(media: Media) -> dict[str, Attribute | None]:
    return {
        "voxport.media_id": str(media.id),
        "voxport.organization_id": str(media.organization.id),
        "voxport.run": media.run,
    }
