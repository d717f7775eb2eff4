"""docs/export.md does what it says: its commands are pasted as they stand, against a server and an S3 that checks.

Only the server's port and the bucket names are the reader's own; the printed curl command is run as it is printed, its
host aside.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import uuid
from pathlib import Path
from typing import Any

import pytest

from tests.support.s3_server import S3Server
from tests.support.s3cmd import PROGRAMS, Customer, make_customer
from tests.support.server import VoxportServer
from voxport.cli.export.manifest import read_manifest
from voxport.cli.main import load

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/export.md").read_text("utf-8")
RECORDING = ROOT / "tests/audio/go-forward-3s.wav"
PLATFORM = "https://apis.voicebase.com"
AWS = "https://{bucket}.s3.amazonaws.com"

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="the page's commands are written for curl")


def blocks(section: str, language: str) -> list[str]:
    """The code blocks of that language in the section, without the indent of a list."""
    text = PAGE.split(f"\n## {section}\n", 1)[1].split("\n## ", 1)[0]
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, flags=re.M | re.S)
    return [re.sub(rf"^{indent}", "", block, flags=re.M) for indent, block in found]


class Reader:
    """Somebody who pastes one block after another, in a folder with recordings."""

    def __init__(self, server: VoxportServer, customer: Customer) -> None:
        self.server, self.customer, self.token = server, customer, server.token("Reader")
        self.buckets: dict[str, str] = {}

    def bucket(self, name: str) -> str:
        """Their own bucket where the page names one."""
        return self.buckets.setdefault(name, f"{name}-{uuid.uuid4().hex[:8]}")

    def paste(self, commands: str) -> list[str]:
        """What each command printed; each has to end well."""
        script = commands.replace("127.0.0.1:8000", f"127.0.0.1:{self.server.port}")
        for name in ("voxport-dev-s3-export-sink", "your-bucket"):
            script = script.replace(name, self.bucket(name))
        return [self.shell(line) for line in script.strip().splitlines()]

    def shell(self, command: str) -> str:
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=self.customer.folder,
            env=self.customer.environment(TOKEN=self.token),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def objects(self, name: str) -> dict[str, Any]:
        found = self.customer.objects(self.bucket(name))
        return {key: json.loads(body) if key.endswith(".json") else body for key, body in found.items()}


@pytest.fixture(scope="module")
def reader(page_server: VoxportServer, tmp_path_factory: pytest.TempPathFactory, s3_server: S3Server) -> Reader:
    reader = Reader(page_server, make_customer(s3_server, tmp_path_factory.mktemp("export") / "home"))
    calls = reader.customer.folder / "calls"
    (calls / "june").mkdir(parents=True)
    for place in ("s3test.mp3", "more.mp3", "calls/one.wav", "calls/june/two.wav"):
        shutil.copy(RECORDING, reader.customer.folder / place)
    return reader


def test_the_worked_example_goes_step_by_step(reader: Reader) -> None:
    export, bucket, simulate, dry_run, submit, read_back = blocks("Step by step", "sh")
    assert export == "export TOKEN='Your Api Token'\n"
    shown_simulated, shown_command = blocks("Step by step", "text")
    configure(reader.customer)

    made, empty = reader.paste(bucket)
    assert "created" in made
    assert empty == ""

    (simulated,) = reader.paste(simulate)
    assert as_on_the_page(simulated, reader) == shown_simulated.strip()
    tried = reader.objects("voxport-dev-s3-export-sink")["s3test.mp3.json"]
    assert tried["callback"] == {"status": "simulated"}

    (command,) = reader.paste(dry_run)
    assert as_on_the_page(command, reader) == shown_command.strip()
    accepted = json.loads(reader.shell(command.strip().replace(PLATFORM, reader.server.url)))
    assert accepted["status"] == "accepted"
    assert set(reader.objects("voxport-dev-s3-export-sink")) == {"s3test.mp3.json"}

    def arrived() -> dict[str, Any] | None:
        body: dict[str, Any] = reader.objects("voxport-dev-s3-export-sink")["s3test.mp3.json"]
        return body if body["media"].get("mediaId") == accepted["mediaId"] else None

    assert_documented_shape(reader.server.wait_until(arrived), accepted["mediaId"])

    (sent,) = reader.paste(submit)
    media_id, file = sent.strip().split("\t")
    assert file == "s3test.mp3"
    assert media_id != accepted["mediaId"]
    listed, _, shown = reader.paste(read_back)
    assert re.search(r"s3://voxport-dev-s3-export-sink-\w+/s3test\.mp3\.json$", listed.strip())
    assert_documented_shape(json.loads(shown), media_id)


def configure(customer: Customer) -> None:
    """Answers the questions of `s3cmd --configure` as the page says, and nothing more than it has to."""
    written = dict(line.split(" = ") for line in customer.config.read_text("utf-8").splitlines()[1:])
    customer.config.unlink()
    host, keys = written["host_base"], (written["access_key"], written["secret_key"])
    answers = {"Access Key": keys[0], "Secret Key": keys[1], "Default Region": written["bucket_location"]}
    answers |= {"S3 Endpoint": host, "DNS-style bucket+hostname": host, "Encryption password": "", "Path to GPG": ""}
    answers |= {"Use HTTPS protocol": "No", "HTTP Proxy server name": "", "Test access": "n", "Save settings": "y"}
    asked = subprocess.run(
        [PROGRAMS / "s3cmd", "--configure"],
        input="".join(f"{answer}\n" for answer in answers.values()),
        env=customer.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout
    assert all(question in asked for question in answers)
    assert "Configuration saved" in asked


def as_on_the_page(printed: str, reader: Reader) -> str:
    """With the page's store and bucket, and without what is signed."""
    name = "voxport-dev-s3-export-sink"
    own = f"{reader.customer.server.endpoint}/{reader.bucket(name)}"
    without = re.sub(r"\?[^\s\"]*?(?=:?\n|\"|:$)", "?...", printed.replace(own, AWS.format(bucket=name)))
    return without.strip()


def assert_documented_shape(body: dict[str, Any], media_id: str) -> None:
    """That of the platform's guide: flat, with what became of it beside."""
    assert list(body) == ["_links", "callback", "media"]
    assert body["_links"]["self"]["href"].endswith(f"/v2-beta/media/{media_id}")
    assert body["callback"] == {"success": True, "warnings": [], "event": {"status": "finished"}, "errors": []}
    media = body["media"]
    assert set(media) == {"metadata", "keywords", "topics", "transcripts", "mediaId", "status"}
    assert (media["mediaId"], media["status"]) == (media_id, "finished")
    assert set(media["metadata"]) >= {"length", "contentType"}
    assert set(media["metadata"]["length"]) == {"milliseconds", "descriptive"}
    assert set(media["transcripts"]) == {"srt", "text", "words"}
    assert set(media["transcripts"]["words"][0]) >= {"p", "s", "c", "e", "w"}
    assert media["transcripts"]["srt"].startswith("1\n00:00:0")
    assert all(set(word) >= {"name", "relevance", "t"} for word in media["keywords"]["words"])


def test_a_folder_a_pattern_and_a_manifest_are_exported(reader: Reader) -> None:
    reader.customer.server.client().create_bucket(Bucket=reader.bucket("your-bucket"))
    (table,) = blocks("Many recordings", "csv")
    (line,) = blocks("Many recordings", "json")
    (reader.customer.folder / "manifest.csv").write_text(table)
    (reader.customer.folder / "manifest.jsonl").write_text(line)
    rows = [read_manifest(reader.customer.folder / name)[0] for name in ("manifest.csv", "manifest.jsonl")]
    assert rows[0].metadata["extended"] == {"customerId": "4711"}
    assert rows[1].metadata["extended"] == {"customerId": 4711}

    folder, patterns, named = blocks("Many recordings", "sh")[0].strip().splitlines()
    (first,) = reader.paste(folder)
    assert {line.split("\t")[1] for line in first.splitlines()} == {"calls/one.wav", "calls/june/two.wav"}
    report = (reader.customer.folder / "report.csv").read_text().splitlines()
    assert report[0] == "file,key,attachmentKey,mediaId,status,error"
    assert sorted(row.split(",")[1] for row in report[1:]) == [
        "calls/2031/one.wav.json",
        "calls/2031/two.wav.json",
    ]
    # The batch before is known: only what is new goes out.
    (second,) = reader.paste(patterns)
    assert set(first.splitlines()) < set(second.splitlines())
    assert set(reader.objects("your-bucket")) == {
        f"calls/2031/{name}.json" for name in ("one.wav", "two.wav", "more.mp3")
    }

    reader.paste(named)
    (record,) = [json.loads(line) for line in (reader.customer.folder / "report.jsonl").read_text().splitlines()]
    assert record.pop("mediaId")
    assert record == {
        **json.loads(line),
        "extended": {"customerId": "4711"},
        "key": "again/one.wav.json",
        "status": "accepted",
    }


def test_redacted_audio_goes_beside_the_result(reader: Reader) -> None:
    (configuration,) = blocks("Options", "json")
    (reader.customer.folder / "redact.json").write_text(configuration)
    (command,) = blocks("Options", "sh")
    reader.paste(command)
    objects = reader.objects("your-bucket")
    assert objects["two.wav.json"]["callback"]["success"] is True
    assert {"one.wav", "two.wav"} < set(objects)


def test_every_option_and_status_is_on_the_page() -> None:
    for parameter in load("export").params:
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert re.search(rf"{option}\b", PAGE), option
    named = set(re.findall(r"^\| `([a-z ]+)` \|", PAGE, flags=re.M)) - {"status"}
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src/voxport/cli/export").glob("*.py"))
    assert all(f'"{status}"' in source for status in named)
    assert len(named) == 9
