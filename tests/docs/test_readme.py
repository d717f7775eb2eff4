"""The commands of the README, taken from its own code blocks and run in a shell against a fresh server."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.server import VoxportServer

ROOT = Path(__file__).resolve().parents[2]
SECTION = "## Your first call, with curl alone"
DEMO_PORT = "8000"
BIN = Path(sys.executable).parent

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="the README's commands are written for curl")


def blocks(language: str) -> list[str]:
    """The code blocks of that language in the section about the first call, in order."""
    page = (ROOT / "README.md").read_text("utf-8")
    section = page.split(SECTION, 1)[1].split("\n## ", 1)[0]
    return re.findall(rf"^```{language}\n(.*?)^```$", section, flags=re.M | re.S)


class Reader:
    """Somebody who pastes one block after another; only the port, the data folder and the media id are their own."""

    def __init__(self, server: VoxportServer) -> None:
        self.server = server

    def paste(self, commands: str, **variables: str) -> list[str]:
        """Runs the lines as one script; returns what each command line printed."""
        script = commands.replace(f"127.0.0.1:{DEMO_PORT}", f"127.0.0.1:{self.server.port}")
        script = script.replace("./data", str(self.server.data_dir)).replace(".venv/bin/", f"{BIN}/")
        printed: list[str] = []
        for command in re.sub(r"\\\n", " ", script).strip().splitlines():
            done = subprocess.run(
                ["/bin/sh", "-c", command],
                cwd=ROOT,
                env={**self.server.environment, **variables},
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            assert done.returncode == 0, f"{command}\n{done.stderr}"
            printed.append(done.stdout)
        return printed


@pytest.fixture
def reader(page_server: VoxportServer) -> Reader:
    return Reader(page_server)


def test_the_first_call_goes_as_the_readme_says(reader: Reader) -> None:
    start, post, ask, submit = blocks("sh")

    serve, token = start.strip().splitlines()
    assert re.fullmatch(rf"\.venv/bin/voxport serve --data \./data --port {DEMO_PORT} &", serve)
    assignment = re.fullmatch(r"export TOKEN=\$\((.*)\)", token)
    assert assignment is not None
    made = reader.paste(assignment[1])[0].strip()

    accepted = json.loads(reader.paste(post, TOKEN=made)[0])
    assert accepted["status"] == "accepted"
    assert accepted["metadata"] == {"externalId": "call-0001"}
    media_id = accepted["mediaId"]
    with reader.server.client(made) as client:
        reader.server.wait_until(lambda: client.get(f"/v3/media/{media_id}").json()["status"] in ("finished", "failed"))

    export, *questions = ask.strip().splitlines()
    assert export.startswith("export ID=...")
    progress, media, text, srt = reader.paste("\n".join(questions), TOKEN=made, ID=media_id)
    assert json.loads(progress)["progress"]["status"] == "finished"
    assert json.loads(media)["mediaId"] == media_id
    assert text.startswith("Agent: ")
    assert " Caller: " in text
    assert srt.startswith("1\n00:00:0")

    assert submit.strip() == "VOXPORT_TOKEN=$TOKEN .venv/bin/voxport submit --wait call1.wav call2.mp3"


def test_the_readmes_callback_is_one_that_the_server_takes(reader: Reader) -> None:
    (configuration,) = blocks("json")
    recording = (ROOT / "tests/audio/go-forward-3s.wav").read_bytes()
    with reader.server.client(reader.server.token("README")) as client:
        answer = client.post(
            "/v3/media", files={"configuration": (None, configuration), "media": ("short.wav", recording)}
        )
        assert answer.status_code == 200, answer.text
        assert client.delete(f"/v3/media/{answer.json()['mediaId']}").status_code == 204
