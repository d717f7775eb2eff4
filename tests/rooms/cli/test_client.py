"""The client of `submit`: what it sends, when it sends again, and what it says when it cannot."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.receiver import Answer, Receiver, running_receiver
from voxport.cli.client import Client, ClientFault, ProgressView

JSON = (("Content-Type", "application/json"),)
ACCEPTED = Answer(body=b'{"mediaId":"0000-1","status":"accepted"}', headers=JSON)
CONTENT = bytes(range(256)) * 2000
QUICK = (0.0, 0.0, 0.0)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "Anruf äöü.wav"
    path.write_bytes(CONTENT)
    return path


def client(receiver: Receiver) -> Client:
    return Client(receiver.url(""), "vx_token", retry_after_s=QUICK)


def task(step: str, status: str, fraction: float | None = None) -> dict[str, object]:
    return {"step": step, "phase": "ingest", "status": status, "fraction": fraction}


async def test_an_upload_is_streamed_with_its_parts_and_length(receiver: Receiver, recording: Path) -> None:
    receiver.script("/v3/media", ACCEPTED)
    sent: list[int] = []
    async with client(receiver) as one:
        assert await one.submit(recording, '{"a":1}', '{"b":2}', sent.append) == "0000-1"
    seen = receiver.requests_to("/v3/media")[0]
    assert seen.header("authorization") == "Bearer vx_token"
    assert seen.header("content-length") == str(len(seen.body))
    assert seen.header("transfer-encoding") is None
    assert CONTENT in seen.body
    assert seen.body.index(b'name="configuration"') < seen.body.index(b'name="metadata"')
    assert seen.body.index(b'name="metadata"') < seen.body.index(b'name="media"')
    assert b'{"a":1}' in seen.body
    assert sent == sorted(sent)
    assert sent[-1] == len(CONTENT)
    assert len(sent) > 4


@pytest.mark.parametrize("broken", [Answer(drop=True), Answer(reset_after=1000)], ids=["no answer", "mid-upload"])
async def test_a_broken_connection_is_tried_again_whole(receiver: Receiver, recording: Path, broken: Answer) -> None:
    receiver.script("/v3/media", broken, broken, ACCEPTED)
    async with client(receiver) as one:
        assert await one.submit(recording) == "0000-1"
    assert CONTENT in receiver.requests_to("/v3/media")[-1].body
    assert len(receiver.requests_to("/v3/media")) == 3


@pytest.mark.parametrize("status", [400, 401, 404, 500, 503])
async def test_an_answer_is_final_and_its_words_are_reported(receiver: Receiver, recording: Path, status: int) -> None:
    body = {"status": status, "errors": [{"code": 10003, "error": "The token is not valid."}]}
    receiver.script("/v3/media", Answer(status, json.dumps(body).encode(), JSON), ACCEPTED)
    async with client(receiver) as one:
        with pytest.raises(ClientFault) as fault:
            await one.submit(recording)
    assert str(fault.value) == f"The server refused ({status}). 10003: The token is not valid."
    assert len(receiver.requests_to("/v3/media")) == 1


@pytest.mark.parametrize(
    "answer", [Answer(502, b"<html>Bad gateway"), Answer(400, b"[1]", JSON), Answer(400, b'{"errors":[{}]}', JSON)]
)
async def test_a_refusal_in_other_words_is_told_by_its_status(
    receiver: Receiver, recording: Path, answer: Answer
) -> None:
    receiver.script("/v3/media", answer)
    async with client(receiver) as one:
        with pytest.raises(ClientFault, match=rf"refused \({answer.status}\)"):
            await one.submit(recording)


async def test_something_that_is_no_voxport_is_said_to_be_none(receiver: Receiver, recording: Path) -> None:
    receiver.script("/v3/media", Answer(200, b"<html>Welcome"))
    async with client(receiver) as one:
        with pytest.raises(ClientFault, match="not like a Voxport server"):
            await one.submit(recording)


async def test_nobody_there_is_said_after_the_last_try(recording: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        async with Client(url, "vx_token", retry_after_s=QUICK) as one:
            with pytest.raises(ClientFault, match="cannot be reached: no connection could be made"):
                await one.submit(recording)


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://127.0.0.1", "http://[", "http://"])
async def test_what_is_no_address_is_refused_at_once(recording: Path, url: str) -> None:
    with pytest.raises(ClientFault):
        async with Client(url, "vx_token", retry_after_s=QUICK) as one:
            await one.submit(recording)


async def test_a_recording_is_followed_to_its_end(receiver: Receiver) -> None:
    def progress(status: str, *tasks: dict[str, object]) -> Answer:
        body = {"status": status, "progress": {"status": "started", "tasks": tasks}}
        return Answer(body=json.dumps(body).encode(), headers=JSON)

    receiver.script(
        "/v3/media/7/progress",
        progress("accepted", task("ingest", "pending")),
        Answer(drop=True),
        progress("running", task("ingest", "completed"), task("speech", "started", 0.5)),
        progress("finished", task("ingest", "completed"), task("speech", "completed")),
    )
    receiver.script("/v3/media/7", Answer(body=b'{"mediaId":"7","status":"finished"}', headers=JSON))
    seen: list[ProgressView] = []
    async with client(receiver) as one:
        media = await one.until_ended("7", seen.append, poll_s=0)
    assert media["status"] == "finished"
    assert [view.status for view in seen] == ["accepted", "running", "finished"]
    assert [(step.step, step.fraction) for step in seen[1].steps] == [("ingest", None), ("speech", 0.5)]
