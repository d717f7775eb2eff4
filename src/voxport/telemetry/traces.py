"""Traces by OpenTelemetry, off until there is a collector to send them to: spans of requests, stages and attempts.

What a span may say is what a log line may: every attribute passes the privacy filter, no exception's text is kept, and
a customer's address is its host. The library is loaded only where traces are on; it is the package's extra `traces`.
Source: W3C Trace Context (`traceparent`), OpenTelemetry's semantic conventions for names of attributes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from voxport.core.errors import Misconfigured
from voxport.telemetry.privacy import scrub_field

if TYPE_CHECKING:
    from opentelemetry import trace
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace.export import SpanExporter

Attribute = str | bool | int | float
EXPORT_TIMEOUT_S = 5.0
"""So long a collector has to take what it is sent, also at the end of a process."""
_NANOSECONDS = 1_000_000_000
_HEADER = "traceparent"


class SpanKind(StrEnum):
    """What a span is to who looks at it."""

    SERVER = "SERVER"
    """A request that was answered."""
    CONSUMER = "CONSUMER"
    """Work that was queued."""
    CLIENT = "CLIENT"
    """A request that was made."""


class Span:
    """A span under way; one of traces that are off takes everything and says nothing."""

    def __init__(self, span: trace.Span | None = None) -> None:
        self._span = span

    def name(self, name: str) -> None:
        """Gives it another name, once that is known."""
        if self._span is not None:
            self._span.update_name(name)

    def say(self, **attributes: Attribute | None) -> None:
        """Adds attributes, `__` in their names standing for a dot; those that are None are left out."""
        if self._span is not None:
            self._span.set_attributes(_plain({name.replace("__", "."): value for name, value in attributes.items()}))

    def fail(self, kind: str) -> None:
        """Marks it as failed; `kind` is a code or the name of a kind of error, never a text about somebody."""
        if self._span is not None:
            from opentelemetry.trace import Status, StatusCode

            self._span.set_attributes({"error.type": kind})
            self._span.set_status(Status(StatusCode.ERROR))


class Traces:
    """Makes spans, or nothing where traces are off."""

    def __init__(self, tracer: trace.Tracer | None = None) -> None:
        """None: off."""
        self._tracer = tracer

    @contextmanager
    def span(
        self,
        name: str,
        kind: SpanKind,
        *,
        parent: str | None = None,
        link: str | None = None,
        attributes: Mapping[str, Attribute | None] | None = None,
    ) -> Iterator[Span]:
        """A span around the block, which is the present one within it; an exception that leaves the block fails it.

        `parent` and `link` are a `traceparent`; one that is none is passed over. Without a parent a trace begins here.
        """
        if self._tracer is None:
            yield Span()
            return
        from opentelemetry.context import Context
        from opentelemetry.trace import Link, get_current_span
        from opentelemetry.trace import SpanKind as Kind

        linked = [] if link is None else [Link(get_current_span(_context(link)).get_span_context())]
        with self._tracer.start_as_current_span(
            name,
            context=Context() if parent is None else _context(parent),
            kind=Kind[kind],
            attributes=_plain(attributes or {}),
            links=[one for one in linked if one.context.is_valid],
            record_exception=False,
            set_status_on_exception=False,
        ) as made:
            span = Span(made)
            try:
                yield span
            except BaseException as error:
                span.fail(type(error).__name__)
                raise

    def record(
        self,
        name: str,
        kind: SpanKind,
        *,
        parent: str | None,
        started: datetime,
        duration_ms: int,
        attributes: Mapping[str, Attribute | None],
    ) -> None:
        """A span of what has ended already; an `error.type` among `attributes` marks it as failed."""
        if self._tracer is None:
            return
        from opentelemetry.context import Context
        from opentelemetry.trace import SpanKind as Kind

        made = self._tracer.start_span(
            name,
            context=Context() if parent is None else _context(parent),
            kind=Kind[kind],
            attributes=_plain(attributes),
            start_time=_nanoseconds(started),
        )
        if (error := attributes.get("error.type")) is not None:
            Span(made).fail(str(error))
        made.end(_nanoseconds(started + timedelta(milliseconds=duration_ms)))

    def current(self) -> str | None:
        """The `traceparent` of the present span, to go on from elsewhere; None without one."""
        if self._tracer is None:
            return None
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        carried: dict[str, str] = {}
        TraceContextTextMapPropagator().inject(carried)
        return carried.get(_HEADER)


OFF = Traces()
"""Traces that nobody collects."""


@asynccontextmanager
async def open_traces(url: str | None, process: str, version: str) -> AsyncIterator[Traces]:
    """Traces that go to the collector at `url` (OTLP over HTTP), beside the work; None: off.

    `process` is api or worker. What a collector does not take is dropped, and the log says so; at the end of the block
    the last ones are sent. Raises Misconfigured where the package was installed without the extra.
    """
    if url is None:
        yield OFF
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    except ImportError:
        raise Misconfigured(
            "VOXPORT_TRACES_URL needs OpenTelemetry: install the package with its extra, voxport[traces]."
        ) from None
    async with exporting(OTLPSpanExporter(endpoint=url, timeout=EXPORT_TIMEOUT_S), process, version) as traces:
        yield traces


@asynccontextmanager
async def exporting(exporter: SpanExporter, process: str, version: str) -> AsyncIterator[Traces]:
    """Traces that go to `exporter`, in batches, in a thread of its own."""
    from opentelemetry.sdk.resources import OTELResourceDetector, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    ours = Resource.create({"service.name": "voxport", "service.version": version, "voxport.process": process})
    # The operator's own OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
    provider = TracerProvider(resource=ours.merge(OTELResourceDetector().detect()), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    try:
        yield Traces(provider.get_tracer("voxport", version))
    finally:
        await asyncio.to_thread(provider.shutdown)


def _context(traceparent: str) -> Context:
    from opentelemetry.context import Context
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    return TraceContextTextMapPropagator().extract({_HEADER: traceparent}, context=Context())


def _plain(attributes: Mapping[str, Attribute | None]) -> dict[str, Attribute]:
    # The filter judges a field by its last name: `voxport.media_id` is `media_id`.
    return {
        name: scrub_field(name.rpartition(".")[2], value) for name, value in attributes.items() if value is not None
    }


def _nanoseconds(moment: datetime) -> int:
    return round(moment.timestamp() * _NANOSECONDS)
