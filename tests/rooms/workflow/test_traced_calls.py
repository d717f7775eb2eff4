"""One trace from a POST over its stages to each try of its delivery, with nothing in it that is somebody's."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from tests.rooms.workflow.conftest import LINK_KEY
from tests.rooms.workflow.test_deliveries import HOLDS, QUICK, serving, until_status
from tests.support.receiver import Answer, Receiver, running_receiver
from voxport.api.application import create_api
from voxport.api.options import ApiOptions
from voxport.core.artefacts import RunPaths, transcript_to_json
from voxport.core.codes import Code
from voxport.core.delivery import DeliveryStatus
from voxport.core.errors import MediaFailed, Problem
from voxport.core.media import Media
from voxport.core.plan import Plan
from voxport.core.stages import Step
from voxport.core.submission import FurtherRun
from voxport.core.transcript import Transcript
from voxport.outbound import Outbound
from voxport.telemetry.traces import SpanKind, exporting
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.intake import Intake
from voxport.workflow.stage_run import Body, StageJob, StageRun, run_job

FOREIGN = "00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-00"
NUMBER = "+49 176 5550104"
# None of these can stand in an id by chance: ids are of hexadecimal digits.
SECRETS = ("5ecre7", "Jürgen", "/calls/of/somebody", NUMBER)


async def nothing(_run: StageRun) -> None:
    """A stage that has nothing to do."""


async def breaks(_run: StageRun) -> None:
    raise MediaFailed(Problem(Code.MEDIA_UNREADABLE, "Jürgen's file cannot be read."))


class Traced:
    """An API and a worker whose spans are kept."""

    def __init__(self, deps: Dependencies, exporter: InMemorySpanExporter) -> None:
        self.deps, self._exporter = deps, exporter

    async def post(self, callback: str) -> Media:
        """A recording, as a client that traces itself sends it."""
        traces = self.deps.traces
        options = ApiOptions(link_key=LINK_KEY, allow_http=True, allow_networks=HOLDS.allow_networks)
        pipeline = Intake(self.deps.store, self.deps.blobs, self.deps.engine, traces=traces)
        api = create_api(self.deps.store, self.deps.blobs, pipeline, options, traces=traces)
        acme = await self.deps.store.organizations.create("Acme")
        token, _ = await self.deps.store.tokens.create(acme.id)
        sent = {
            "mediaUrl": "http://127.0.0.1/calls/of/somebody.wav?X-Amz-Signature=5ecre7",
            "configuration": json.dumps({"publish": {"callbacks": [{"url": callback, "method": "POST"}]}}),
            "metadata": json.dumps({"extended": {"caller": "Jürgen", "number": NUMBER}}),
        }
        files = {name: (None, text) for name, text in sent.items()}
        headers = {"Authorization": f"Bearer {token}", "traceparent": FOREIGN}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(api), base_url="http://test") as client:
            answer = await client.post("/v3/media", files=files, headers=headers)
        assert answer.status_code == 200, answer.text
        media = await self.deps.store.media.get(answer.json()["mediaId"])
        assert media is not None
        return media

    async def work(self, media: Media, body: Body = nothing) -> None:
        """The stages up to recognition."""
        bodies: dict[Step, Body] = dict.fromkeys(Step, body)
        for step in (Step.FETCH, Step.INGEST):
            await run_job(self.deps, bodies, StageJob(media.id, step, run=1, priority=0, faults=0))

    async def deliver(self, media: Media) -> None:
        self.deps.blobs.put(RunPaths(media.id, 1).transcript, transcript_to_json(Transcript("en-US", (), (), "test")))
        ids = await self.deps.store.media.finish(media.id, run=1)
        async with serving(self.deps):
            await until_status(self.deps, DeliveryStatus.DELIVERED, *ids)

    def spans(self) -> list[ReadableSpan]:
        return list(self._exporter.get_finished_spans())

    def said(self) -> dict[str, dict[str, Any]]:
        return {span.name: dict(span.attributes or {}) for span in self.spans()}


@pytest.fixture
async def traced(deps: Dependencies, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Traced]:
    exporter, outbound = InMemorySpanExporter(), Outbound(HOLDS)
    monkeypatch.setattr("opentelemetry.sdk.trace.export.BatchSpanProcessor", SimpleSpanProcessor)
    async with exporting(exporter, "worker", "1.2.3") as traces:
        options = replace(deps.options, schedule=QUICK)
        yield Traced(replace(deps, traces=traces, outbound=outbound, options=options), exporter)
    await outbound.aclose()


@pytest.fixture
def receiver() -> Any:
    with running_receiver() as receiver:
        yield receiver


async def test_one_trace_joins_the_post_its_stages_and_each_try(traced: Traced, receiver: Receiver) -> None:
    callback = receiver.script("/calls/of/somebody", Answer(503), Answer(200))
    media = await traced.post(f"{callback}?signature=5ecre7")
    await traced.work(media)
    await traced.deliver(media)
    post, *following = traced.spans()
    assert [span.name for span in (post, *following)] == [
        "POST /v3/media",
        "step fetch",
        "step ingest",
        "delivery analytics",
        "delivery analytics",
    ]
    context = post.get_span_context()
    assert context is not None
    assert {span.context.trace_id for span in following if span.context} == {context.trace_id}
    assert {span.parent.span_id for span in following if span.parent} == {context.span_id}
    assert post.parent is None, "a client does not say what is kept"
    assert [f"{link.context.trace_id:x}" for link in post.links] == ["a" * 32]
    failed, arrived = following[-2:]
    assert (failed.status.status_code, arrived.status.status_code) == (StatusCode.ERROR, StatusCode.UNSET)
    assert [dict(span.attributes or {})["http.response.status_code"] for span in (failed, arrived)] == [503, 200]


async def test_spans_name_nobody_and_nothing_secret(traced: Traced, receiver: Receiver) -> None:
    media = await traced.post(f"{receiver.url('/calls/of/somebody')}?signature=5ecre7")
    await traced.work(media)
    await traced.deliver(media)
    written = "".join(span.to_json() for span in traced.spans())
    assert [secret for secret in SECRETS if secret in written] == []
    said = traced.said()
    assert said["step fetch"]["voxport.media_id"] == str(media.id)
    assert said["delivery analytics"]["server.address"] == "127.0.0.1"


async def test_a_stage_that_fails_says_its_code_and_no_more(traced: Traced, receiver: Receiver) -> None:
    media = await traced.post(receiver.url("/calls"))
    await traced.work(media, breaks)
    (span,) = [one for one in traced.spans() if one.name == "step fetch"]
    assert span.status.status_code is StatusCode.ERROR
    assert dict(span.attributes or {})["error.type"] == str(int(Code.MEDIA_UNREADABLE))
    assert "Jürgen" not in span.to_json()


async def test_a_run_that_was_accepted_without_traces_begins_one_of_its_own(traced: Traced, deps: Dependencies) -> None:
    untraced = Traced(deps, InMemorySpanExporter())
    media = await untraced.post("http://127.0.0.1/calls")
    assert media.trace is None
    await traced.work(media)
    assert [span.parent for span in traced.spans()] == [None, None]


async def test_a_further_run_has_the_trace_of_its_own_post(traced: Traced) -> None:
    media = await traced.post("http://127.0.0.1/calls")
    await traced.deps.store.media.finish(media.id, run=1)
    deps, traces = traced.deps, traced.deps.traces
    further = FurtherRun(media.id, media.organization.id, 1, Plan(), fetches=True)
    with traces.span("POST", SpanKind.SERVER):
        begun = await Intake(deps.store, deps.blobs, deps.engine, traces=traces).run_again(further)
        assert begun is not None
        assert begun.trace == traces.current() != media.trace
