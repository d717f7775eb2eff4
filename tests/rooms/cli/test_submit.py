"""`voxport submit` as a command: what goes to standard output, and its exit status."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.support.receiver import Answer, Receiver, running_receiver
from voxport.cli.client import ProgressView, StepView
from voxport.cli.main import app
from voxport.cli.submit import overall

JSON = (("Content-Type", "application/json"),)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver


def answer(http_status: int = 200, **body: object) -> Answer:
    return Answer(http_status, json.dumps(body).encode(), JSON)


def submit(receiver: Receiver, *arguments: str | Path) -> Result:
    written = ["submit", "--url", receiver.url(""), "--token", "vx_t", *map(str, arguments)]
    return CliRunner().invoke(app, written)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{number}.wav" for number in range(3)]
    for path in paths:
        path.write_bytes(path.name.encode() * 100)
    return paths


def test_each_accepted_file_is_a_line_and_one_refused_does_not_stop_the_others(
    receiver: Receiver, files: list[Path]
) -> None:
    refused = answer(400, errors=[{"code": 10201, "error": "The media could not be read."}])
    receiver.script("/v3/media", answer(mediaId="m-1"), refused, answer(mediaId="m-3"))
    result = submit(receiver, *files)
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert sorted(media_id for media_id, _ in lines) == ["m-1", "m-3"]
    assert {path for _, path in lines} < {str(path) for path in files}
    assert result.stderr.count("10201: The media could not be read.") == 1


def test_waiting_tells_what_failed(receiver: Receiver, files: list[Path]) -> None:
    receiver.script("/v3/media", answer(mediaId="m-1"))
    receiver.script("/v3/media/m-1/progress", answer(status="failed", progress={"tasks": []}))
    errors = [{"code": 10201, "error": "The media could not be read."}]
    receiver.script("/v3/media/m-1", answer(status="failed", errors=errors))
    result = submit(receiver, files[0], "--wait")
    assert result.exit_code == 1
    assert result.stdout == f"m-1\t{files[0]}\n"
    assert f"{files[0]}: failed. 10201: The media could not be read." in result.stderr


def test_waiting_for_a_good_end_is_success(receiver: Receiver, files: list[Path]) -> None:
    receiver.script("/v3/media", answer(mediaId="m-1"))
    receiver.script("/v3/media/m-1/progress", answer(status="finished", progress={"tasks": []}))
    receiver.script("/v3/media/m-1", answer(status="finished"))
    result = submit(receiver, files[0], "--wait")
    assert (result.exit_code, result.stderr) == (0, "")


def test_documents_go_with_every_file_and_are_checked_first(
    receiver: Receiver, files: list[Path], tmp_path: Path
) -> None:
    receiver.script("/v3/media", answer(mediaId="m-1"))
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text('{"priority": "high"}')
    bad.write_text("{priority: high}")
    assert submit(receiver, files[0], "--configuration", good).exit_code == 0
    assert b'{"priority": "high"}' in receiver.requests_to("/v3/media")[0].body
    refused = submit(receiver, files[0], "--metadata", bad)
    assert refused.exit_code == 1
    assert "is not JSON" in str(refused.exception)
    assert len(receiver.requests_to("/v3/media")) == 1


def test_a_bar_shows_the_share_of_all_steps_and_the_one_under_way() -> None:
    named = (("ingest", "completed", None), ("speech", "started", 0.5), ("publish", "pending", None))
    steps = tuple(StepView(*step) for step in named)
    assert overall(ProgressView("running", steps)) == (0.5, "recognise")
    assert overall(ProgressView("finished", steps)) == (1.0, "finished")
    assert overall(ProgressView("accepted", ())) == (0.0, "accepted")
