"""Addresses that are not there, mistakes of ours, what operators ask, and what the log says."""

from __future__ import annotations

import asyncio
import errno
import re
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import obstore
import pytest
import structlog
from starlette.requests import Request

from tests.rooms.api.served import (
    BOUNDARY,
    LINK_KEY,
    Customer,
    RecordingPipeline,
    Served,
    body,
    part,
    problems,
    wait_until,
)
from tests.support.s3_server import S3Server
from voxport.api import readiness as readiness_module
from voxport.api import server_metrics
from voxport.api.application import create_api
from voxport.api.options import ApiOptions
from voxport.api.routes import OPERATOR_ROUTES, OWN_ROUTES, shared_routes
from voxport.core.errors import TransientFault
from voxport.core.gauge import Gauge
from voxport.storage.objects.blobs import Blobs
from voxport.storage.objects.mark import NOT_MOUNTED
from voxport.storage.store import Store
from voxport.wire.dialects import DIALECTS


@pytest.mark.parametrize("path", ["/", "/v3/nothing", "/v2/media", "/v3/profile", "/docs", "/%ff"])
def test_an_unknown_address(served: Served, path: str) -> None:
    answer = httpx.get(served.url + path)
    assert (answer.status_code, problems(answer)) == (404, [10000])


def addresses() -> dict[str, set[str]]:
    """Every address with its methods, made of the table of routes."""
    found: dict[str, set[str]] = {}
    dialects = [route for name, row in DIALECTS.items() for route in (*shared_routes(row), *OWN_ROUTES.get(name, ()))]
    for route in (*dialects, *OPERATOR_ROUTES):
        path = re.sub(r"\{[^}]*\}", "x", route.path)
        found.setdefault(path, set()).update({route.method} | ({"HEAD"} if route.method == "GET" else set()))
    return found


ADDRESSES = addresses()


def test_a_method_that_is_not_known_is_told_those_that_are(served: Served) -> None:
    with httpx.Client(base_url=served.url) as client:
        for number, (path, methods) in enumerate(ADDRESSES.items()):
            # Every second one with a slash at its end, which changes nothing.
            answer = client.request("PATCH", path.removesuffix("/") + "/" * (number % 2))
            assert (answer.status_code, problems(answer)) == (405, [10000])
            allowed = answer.headers["allow"].split(", ")
            # A replay has its address below those of single deliveries, which are read by id.
            assert set(allowed) == methods | ({"GET", "HEAD"} if path == "/v3/deliveries/replay" else set()), path
            assert allowed == sorted(allowed)


@pytest.mark.parametrize("path", ["/v3/media", "/v2-beta/media/x/streams/original", "/healthz"])
def test_options_names_the_methods(served: Served, path: str) -> None:
    answer = httpx.options(served.url + path)
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


def test_a_slash_at_the_end_of_an_address_changes_nothing(customer: Customer) -> None:
    media = f"/v3/media/{customer.finished()}"
    for path in ("/v3/media", media, f"{media}/transcript/srt", "/v3/definition/vocabularies", "/v3/deliveries"):
        bare, ended = customer.client.get(path), customer.client.get(f"{path}/")
        assert (ended.status_code, ended.content) == (200, bare.content), path
    assert customer.client.delete(f"{media}/").status_code == 204


def test_health_needs_no_token(served: Served) -> None:
    assert httpx.get(f"{served.url}/healthz").json() == {"status": "ok"}
    assert httpx.get(f"{served.url}/readyz").json() == {"status": "ready", "database": True, "store": True}


def test_metrics_name_routes_and_no_media(customer: Customer, served: Served) -> None:
    media_id = customer.accepted()
    customer.client.get(f"/v3/media/{media_id}")
    text = httpx.get(f"{served.url}/metrics").text
    assert re.search(
        r'voxport_http_requests_total\{method="GET",route="/v3/media/\{media_id\}",status="200"\} \d', text
    )
    assert media_id not in text


class Surroundings:
    """The API called without a server, over parts that may fail."""

    def __init__(self, store: Store, blobs: Blobs, **options: Any) -> None:
        pipeline = RecordingPipeline(store, blobs)
        self.api = create_api(store, blobs, pipeline, ApiOptions(link_key=LINK_KEY), **options)
        transport = httpx.ASGITransport(self.api, raise_app_exceptions=True)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://test")


async def test_a_database_that_is_away(store: Store, blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object, **__: object) -> None:
        raise TransientFault("The database does not answer (OperationalError: db.inside refused).")

    monkeypatch.setattr(store.tokens, "authenticate", away)
    monkeypatch.setattr(store, "ping", away)
    async with Surroundings(store, blobs).client as client:
        answer = await client.get("/v3/media", headers={"Authorization": "Bearer vx_a"})
        assert (answer.status_code, problems(answer)) == (503, [90002])
        assert answer.json()["warnings"] == []
        assert answer.headers["retry-after"]
        with structlog.testing.capture_logs() as lines:
            readiness = await client.get("/readyz")
        assert [(one["part"], one["reason"]) for one in lines if one["event"] == "not ready"] == [
            ("database", "The database does not answer (OperationalError: db.inside refused).")
        ]
        assert readiness.status_code == 503
        assert readiness.json() == {
            "status": "unavailable",
            "database": False,
            "store": True,
            "reasons": ["The database does not answer."],
        }
        assert (await client.get("/healthz")).status_code == 200


async def test_a_store_without_its_bucket(store: Store, s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not ready, posts are told to come again, and the log says it once; made, it is ready again."""
    monkeypatch.setattr(readiness_module, "_KEPT_S", 0.0)
    token, _ = await store.tokens.create((await store.organizations.create("Acme")).id)
    bucket = f"late-{uuid4().hex}"
    async with Surroundings(store, s3_server.blobs(bucket)).client as client:
        with structlog.testing.capture_logs() as lines:
            for _ in range(2):
                readiness = await client.get("/readyz")
                assert (readiness.status_code, readiness.json()["store"]) == (503, False)
                assert readiness.json()["reasons"] == ["The bucket of the object store does not exist."]
            posted = await client.post("/v3/media", **posted_with(token, bytes(6_000_000)))
        assert (posted.status_code, problems(posted)) == (503, [90002])
        assert [line["reason"] for line in lines if line["event"] == "not ready"] == [
            "The bucket of the object store does not exist (NoSuchBucket)."
        ]
        s3_server.client().create_bucket(Bucket=bucket)
        assert (await client.get("/readyz")).status_code == 200


async def test_a_store_whose_volume_is_not_mounted(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is taken, and what was kept is not said to be lost; mounted, the server is ready again by itself."""
    monkeypatch.setattr(readiness_module, "_KEPT_S", 0.0)
    token, _ = await store.tokens.create((await store.organizations.create("Acme")).id)
    folder, volume = tmp_path / "objects", tmp_path / "volume"
    blobs = Blobs.open(folder.as_uri())
    await store.store_mark.agree(blobs)
    async with Surroundings(store, blobs).client as client:
        accepted = (await client.post("/v3/media", **posted_with(token, b"x"))).json()["mediaId"]
        await store.media.finish(UUID(accepted), run=1)
        assert (await client.get("/readyz")).status_code == 200
        folder.rename(volume)
        folder.mkdir()
        readiness = await client.get("/readyz")
        assert (readiness.status_code, readiness.json()["reasons"]) == (503, [f"{NOT_MOUNTED}."])
        posted = await client.post("/v3/media", **posted_with(token, b"x"))
        assert (posted.status_code, problems(posted)) == (503, [90002])
        read = await client.get(f"/v3/media/{accepted}/transcript", headers={"Authorization": f"Bearer {token}"})
        assert (read.status_code, problems(read)) == (503, [90002])
        folder.rmdir()
        volume.rename(folder)
        assert (await client.get("/readyz")).status_code == 200


async def test_what_fails_by_the_store_alone_makes_the_server_not_ready(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is still read from; what could not be written is tried until it can."""
    monkeypatch.setattr(readiness_module, "_KEPT_S", 0.0)
    token, _ = await store.tokens.create((await store.organizations.create("Acme")).id)
    blobs = Blobs.open((tmp_path / "objects").as_uri())
    async with Surroundings(store, blobs).client as client:
        assert (await client.get("/readyz")).status_code == 200
        with monkeypatch.context() as full:
            full.setattr(obstore, "put", on_a_full_disk)
            full.setattr(obstore, "open_writer_async", lambda *_, **__: OnAFullDisk())
            posted = await client.post("/v3/media", **posted_with(token, b"x"))
            assert (posted.status_code, problems(posted)) == (503, [90002])
            readiness = await client.get("/readyz")
            assert readiness.json()["reasons"] == ["The disk of the object store is full."]
        assert (await client.get("/readyz")).status_code == 200


def on_a_full_disk(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


class OnAFullDisk:
    """A file that is written there."""

    async def write(self, _: bytes) -> None:
        on_a_full_disk()

    async def __aexit__(self, *_: object) -> None:
        pass


def posted_with(token: str, recording: bytes) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return {"headers": headers, "content": body(part("media", recording))}


async def test_however_often_it_is_asked_the_parts_are_asked_once(
    store: Store, blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    begun, answer = asyncio.Event(), asyncio.Event()

    async def counted(**question: object) -> None:
        asked.append(question)
        begun.set()
        await answer.wait()

    monkeypatch.setattr(store, "ping", counted)
    async with Surroundings(store, blobs).client as client:
        waiting = [asyncio.create_task(client.get("/readyz")) for _ in range(50)]
        await begun.wait()
        waiting[0].cancel()
        monkeypatch.setattr(readiness_module, "_TIMEOUT_S", 0.01)
        late = await client.get("/readyz")
        assert "The database does not answer." in late.json()["reasons"]
        answer.set()
        assert {(await one).status_code for one in waiting[1:]} == {200}
        assert asked == [{"writes": True}]


async def test_a_mistake_of_ours_is_logged_and_not_shown(
    store: Store, blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setattr(store.tokens, "authenticate", broken)
    with structlog.testing.capture_logs() as lines:
        async with Surroundings(store, blobs).client as client:
            answer = await client.get("/v3/media?query=personal", headers={"Authorization": "Bearer vx_a"})
    assert (answer.status_code, problems(answer)) == (500, [90003])
    assert "secret of the inside" not in answer.text
    failure, access = lines
    assert failure["reference"] == access["reference"] == answer.json()["reference"]
    assert (access["route"], access["status"]) == ("/v3/media", 500)
    assert "personal" not in repr(lines)


async def test_an_answer_cut_short_is_not_completed(store: Store, blobs: Blobs) -> None:
    surroundings = Surroundings(store, blobs)
    sent: list[dict[str, Any]] = []

    async def half(request: Request) -> Any:
        async def answer(scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"half", "more_body": True})
            raise OSError("the disk is gone")

        return answer

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    surroundings.api.add_route("/half", half)
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/half",
        "headers": [],
        "query_string": b"",
        "http_version": "1.1",
    }
    with structlog.testing.capture_logs() as lines:
        await surroundings.api(scope, receive, send)
    assert [message.get("more_body") for message in sent] == [None, True]
    assert lines[0]["event"] == "request failed"


async def test_gauges_of_others(store: Store, blobs: Blobs) -> None:
    async def gauges() -> list[Gauge]:
        return [
            Gauge("voxport_jobs_waiting", "Jobs that wait.", 3, {"queue": "speech"}),
            Gauge("voxport_jobs_waiting", "Jobs that wait.", 0, {"queue": "fetch"}),
        ]

    async with Surroundings(store, blobs, gauges=gauges).client as client:
        text = (await client.get("/metrics")).text
    assert 'voxport_jobs_waiting{queue="speech"} 3.0' in text
    assert text.count("# HELP voxport_jobs_waiting ") == 1


async def test_metrics_may_want_a_token_and_are_read_once_for_all(store: Store, blobs: Blobs) -> None:
    asked: list[str] = []
    begun, answer = asyncio.Event(), asyncio.Event()

    async def gauges() -> list[Gauge]:
        asked.append("all")
        begun.set()
        await answer.wait()
        return [Gauge("voxport_jobs_waiting", "Jobs that wait.", 3, {"queue": "speech"})]

    options = ApiOptions(link_key=LINK_KEY, metrics_token="scrapes-and-no-more")
    api = create_api(store, blobs, RecordingPipeline(store, blobs), options, gauges=gauges)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(api), base_url="http://test") as client:
        for headers, code in (({}, 10002), ({"Authorization": "Bearer scrapes-and-no-mord"}, 10003)):
            refused = await client.get("/metrics", headers=headers)
            assert (refused.status_code, problems(refused)) == (401, [code])
        assert not asked
        headers = {"Authorization": "Bearer scrapes-and-no-more"}
        waiting = [asyncio.create_task(client.get("/metrics", headers=headers)) for _ in range(20)]
        await begun.wait()
        answer.set()
        texts = {(await one).text.count("voxport_jobs_waiting{") for one in waiting}
    assert (texts, asked) == ({1}, ["all"])


async def test_metrics_of_a_database_that_hangs_end(
    store: Store, blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_metrics, "_LIMIT_S", 0.01)

    async def hangs() -> list[Gauge]:
        await asyncio.Event().wait()
        return []

    async with Surroundings(store, blobs, gauges=hangs).client as client:
        assert (await client.get("/metrics")).status_code == 503


def test_the_log_has_no_queries_and_no_names(customer: Customer) -> None:
    with structlog.testing.capture_logs() as lines:
        media_id = customer.accepted(metadata='{"title": "Anruf von Jürgen"}')
        link = customer.client.get(f"/v3/media/{media_id}/streams").json()["streams"][0]["streamLocation"]
        httpx.get(link)
        customer.client.get("/v3/media?externalId=geheim")
        wait_until(lambda: len(lines) == 4)  # a line is written once its answer has gone out
    text = repr(lines)
    assert [line["status"] for line in lines] == [200, 200, 200, 200]
    for secret in ("Jürgen", "geheim", "signature", customer.token):
        assert secret not in text


async def test_uploads_do_not_hold_up_the_others(customer: Customer, tmp_path: Path) -> None:
    """While slow uploads are under way, the others are answered."""

    async def pieces() -> Any:
        whole = body(part("media", bytes(200_000)))
        yield whole[:-10]
        await release.wait()
        yield whole[-10:]

    release = asyncio.Event()
    headers = {**customer.client.headers, "Content-Type": "multipart/form-data; boundary=a-boundary-7"}
    async with httpx.AsyncClient(base_url=customer.served.url, headers=headers, timeout=30) as client:
        slow = [asyncio.create_task(client.post("/v3/media", content=pieces())) for _ in range(20)]
        for _ in range(5):
            assert (await client.get("/v3/media")).status_code == 200
        release.set()
        assert [(await one).status_code for one in slow] == [200] * 20
