"""Traces on their way out: to a collector, or nowhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.support.receiver import Receiver, running_receiver
from voxport.core.errors import Misconfigured
from voxport.telemetry.traces import OFF, SpanKind, open_traces


@pytest.fixture(scope="module")
def collector() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver


async def test_a_collector_gets_them_by_the_end(collector: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=prod")
    async with open_traces(collector.url("/first"), "worker", "1.2.3") as traces:
        with traces.span("step speech", SpanKind.CONSUMER, attributes={"voxport.step": "speech", "a.token": "x"}):
            pass
    (request,) = collector.requests_to("/first")
    (sent,) = ExportTraceServiceRequest.FromString(request.body).resource_spans
    resource = {one.key: one.value.string_value for one in sent.resource.attributes}
    assert (resource["service.name"], resource["service.version"]) == ("voxport", "1.2.3")
    assert resource["deployment.environment.name"] == "prod"
    (span,) = sent.scope_spans[0].spans
    assert span.name == "step speech"
    attributes = {one.key: one.value.string_value for one in span.attributes}
    assert attributes == {"voxport.step": "speech", "a.token": "[dropped]"}


async def test_without_the_extra_the_start_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(Misconfigured, match=r"voxport\[traces\]"):
        async with open_traces("http://127.0.0.1:1/v1/traces", "api", "1.2.3"):
            pass


async def test_off_nothing_is_made() -> None:
    async with open_traces(None, "api", "1.2.3") as traces:
        assert traces is OFF
        with traces.span("POST", SpanKind.SERVER) as span:
            span.name("another")
            span.say(http__route="/v3/media")
            span.fail("500")
            assert traces.current() is None


async def test_what_is_no_traceparent_is_passed_over(collector: Receiver) -> None:
    async with open_traces(collector.url("/second"), "api", "1.2.3") as traces:
        for written in ("", "00-zz", "00-" + "0" * 32 + "-" + "0" * 16 + "-01", "x" * 10_000):
            with traces.span("POST", SpanKind.SERVER, parent=written, link=written):
                current = traces.current()
                assert current is not None
                assert len(current) == 55
    (request,) = collector.requests_to("/second")
    spans = ExportTraceServiceRequest.FromString(request.body).resource_spans[0].scope_spans[0].spans
    assert [(span.parent_span_id, len(span.links)) for span in spans] == [(b"", 0)] * 4
