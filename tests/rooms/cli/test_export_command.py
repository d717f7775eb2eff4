"""`voxport export` as it is called: the original's flags, what excludes what, what is printed, and the exit status."""

from __future__ import annotations

import json
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from typer.testing import CliRunner, Result

from tests.support.receiver import Answer, Receiver, running_receiver
from tests.support.s3_server import S3Server
from tests.support.s3cmd import PROGRAMS, Customer, make_customer
from voxport.cli.errors import CommandFailed
from voxport.cli.export.modes import read_token
from voxport.cli.export.s3cfg import AccessOptions, read_access
from voxport.cli.export.signing import Signer
from voxport.cli.main import app

ODD = 'Anruf "äöü"; 1,2 $x.wav'


@pytest.fixture(scope="module")
def module_customer(s3_server: S3Server, tmp_path_factory: pytest.TempPathFactory) -> Customer:
    return make_customer(s3_server, tmp_path_factory.mktemp("customer") / "home")


@pytest.fixture
def customer(module_customer: Customer, monkeypatch: pytest.MonkeyPatch) -> Customer:
    """In the folder with their recordings."""
    monkeypatch.setenv("HOME", str(module_customer.home))
    monkeypatch.chdir(module_customer.folder)
    for name in ("one.wav", "two.wav", ODD):
        (module_customer.folder / name).write_bytes(b"sound")
    return module_customer


@pytest.fixture
def bucket(customer: Customer) -> str:
    return customer.make_bucket()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver


def export(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["export", *map(str, words)])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Choose one of --simulate, --dry-run and --submit URL"),
        (("--simulate", "--dry-run"), "Choose one of --simulate, --dry-run and --submit URL"),
        (("--simulate", "--submit", "http://h"), "Choose one of --simulate, --dry-run and --submit URL"),
        (("--simulate", "--wait"), "--wait does nothing here."),
        (("--dry-run", "--submit", "http://h", "--again"), "--again does nothing here."),
        (("--dry-run", "--report", "r.csv"), "--report does nothing here."),
        (("--simulate", "--dialect", "v3"), "--dialect does nothing here."),
        (("--simulate", "--signature-version", "3"), "--signature-version is 2 or 4."),
        (("--simulate", "--bucket", "https://b"), "--bucket takes the bucket's name alone"),
        (("--simulate", "--bucket", ""), "--bucket is missing."),
    ],
)
def test_what_excludes_what_is_said_above_the_usage(customer: Customer, words: tuple[str, ...], told: str) -> None:
    refused = export("--bucket", "calls", *words, "one.wav")
    assert refused.exit_code == 1
    assert refused.stdout == ""
    error, usage = refused.stderr.split("Usage: ")
    assert error.startswith("Error\n")
    assert told in error
    assert "export" in usage


def test_recordings_are_required(customer: Customer) -> None:
    assert "There is no recording" in export("--bucket", "calls", "--simulate").stderr


@pytest.mark.parametrize("version", ["2", "4"])
@pytest.mark.parametrize("attachment", [False, True])
def test_a_simulated_result_is_sent_as_it_was_signed(
    customer: Customer, bucket: str, version: str, attachment: bool
) -> None:
    extra = ["--attachment"] if attachment else []
    ended = export(
        "--bucket", bucket, "--signature-version", version, "--simulate", *extra, "--file", "one.wav", ODD
    )  # fmt: skip
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert ended.stdout == f"Simulated PUT callback for one.wav\nSimulated PUT callback for {ODD}\n"
    suffix, kind = ("", "application/octet-stream") if attachment else (".json", "application/json")
    objects = customer.objects(bucket)
    assert set(objects) == {f"one.wav{suffix}", f"{ODD}{suffix}"}
    assert json.loads(objects[f"one.wav{suffix}"]) == {
        "success": True,
        "warnings": [{"message": "This data for one.wav is simulated, and not real."}],
        "callback": {"status": "simulated"},
        "media": {},
    }
    stored = customer.server.client().head_object(Bucket=bucket, Key=f"one.wav{suffix}")
    assert stored["ContentType"] == kind


def test_one_that_fails_is_named_and_the_others_go_all_the_same(customer: Customer, bucket: str) -> None:
    good = customer.config.read_text()
    (customer.home / "wrong").write_text(good.replace("secret_key = ", "secret_key = not"))
    refused = export(
        "--config", "../wrong", "--bucket", bucket, "--simulate", "--report", "tried.csv", "one.wav", "two.wav"
    )
    assert refused.exit_code == 1
    assert refused.stdout.count("Error: The store refused (403). SignatureDoesNotMatch") == 2
    assert "[dropped]" not in refused.output
    assert "one.wav: failed. The store refused (403)" in refused.stderr
    assert "2 of 2 failed." in refused.stderr
    assert "Signature=" not in refused.output
    rows = Path("tried.csv").read_text().splitlines()
    assert [row.split(",")[4] for row in rows[1:]] == ["failed", "failed"]
    gone = export("--endpoint-url", "http://127.0.0.1:9", "--bucket", bucket, "--simulate", "one.wav")
    assert gone.exit_code == 1
    assert "The store cannot be reached" in gone.stderr


@pytest.mark.parametrize("version", [2, 4])
def test_a_url_with_the_bucket_in_its_host_is_good_too(customer: Customer, bucket: str, version: int) -> None:
    port = urlsplit(customer.server.endpoint).port
    hosts = f"host_base = s3.localhost:{port}\nhost_bucket = %(bucket)s.s3.localhost:{port}\n"
    (customer.home / "virtual").write_text(customer.config.read_text() + hosts)
    access = read_access(AccessOptions(customer.home / "virtual", signature_version=version), {})
    url = Signer(access, bucket, 600).put_url("a/b.json", "text/plain")
    assert url.startswith(f"http://{bucket}.s3.localhost:{port}/a/b.json?")
    # No name server here knows the host: it is asked for on the address that it stands for.
    reached = url.replace(f"//{bucket}.s3.localhost", "//127.0.0.1", 1)
    headers = {"Host": f"{bucket}.s3.localhost:{port}", "Content-Type": "text/plain"}
    assert httpx.put(reached, content=b"1", headers=headers).status_code == 200
    assert customer.objects(bucket) == {"a/b.json": b"1"}
    assert httpx.put(reached, content=b"1", headers={**headers, "Content-Type": "text/html"}).status_code == 403


@pytest.mark.skipif(shutil.which("curl") is None, reason="the printed commands are curl's")
def test_the_printed_command_sends_any_recording_as_it_is(
    customer: Customer, receiver: Receiver, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "else where.wav"
    elsewhere.write_bytes(b"other sound")
    (customer.home / "c.json").write_text('{"vocabularies": [{"terms": [{"term": "it\'s;type=text/plain"}]}]}')
    Path("rows.jsonl").write_text(json.dumps({"file": str(elsewhere), "externalId": "call; 1"}))
    receiver.script("/v3/media", Answer(200, b"{}"))
    printed = export(
        "--bucket", "calls", "--dry-run", "--submit", receiver.url(""), "--configuration", "../c.json",
        "--manifest", "rows.jsonl", ODD,
    )  # fmt: skip
    assert (printed.exit_code, printed.stderr) == (0, "")
    commands = printed.stdout.strip().split("\n\n")
    for command in commands:
        subprocess.run(["/bin/sh", "-c", command], env={"TOKEN": "vx_t", "PATH": "/usr/bin:/bin"}, check=True)
    odd, other = receiver.requests_to("/v3/media")
    assert odd.header("authorization") == "Bearer vx_t"
    assert b"\r\n\r\nsound\r\n" in odd.body
    assert b"\r\n\r\nother sound\r\n" in other.body
    for request in (odd, other):
        sent = request.body.split(b'name="configuration"\r\n\r\n')[1].split(b"\r\n--")[0]
        configuration = json.loads(sent)
        assert configuration["vocabularies"] == [{"terms": [{"term": "it's;type=text/plain"}]}]
        assert configuration["publish"]["callbacks"][0]["method"] == "PUT"
    assert b'name="metadata"\r\n\r\n{"externalId":"call; 1"}\r\n' in other.body


def test_verbose_shows_both_objects_of_an_attachment(customer: Customer) -> None:
    printed = export("--bucket", "calls", "--dry-run", "--attachment", "--verbose", "--prefix", "p", "one.wav")
    assert printed.exit_code == 0
    assert "No detector of the configuration redacts audio" in printed.stderr
    result, audio = printed.stdout.split(f"{'*' * 18}\n")[1:]
    assert result.startswith("Source File: one.wav\nTarget Key: p/one.wav.json\nPre-Signed Url: http://")
    shown, command = audio.split("\n\n")[:2]
    assert shown.startswith("Source File: one.wav\nTarget Key: p/one.wav\nPre-Signed Url: http://")
    words = shlex.split(command.replace("\\\n", ""))
    assert words[:4] == ["curl", "--header", "Authorization: Bearer $TOKEN", "https://apis.voicebase.com/v2-beta/media"]
    (callback,) = json.loads(words[-1].removeprefix("configuration="))["configuration"]["publish"]["callbacks"]
    assert callback["attachments"] == {"redactedAudio": shown.split("Pre-Signed Url: ")[1]}
    assert callback["url"].split("?")[0].endswith("/calls/p/one.wav.json")


def test_an_attachment_needs_a_detector_before_anything_is_sent(customer: Customer, receiver: Receiver) -> None:
    refused = export("--bucket", "calls", "--submit", receiver.url(""), "--attachment", "one.wav")
    assert refused.exit_code == 1
    assert "detector that redacts audio" in str(refused.exception)
    assert receiver.requests == []


@pytest.mark.parametrize(
    ("url", "dialect", "sent_to"),
    [
        ("", None, "/v3/media"),
        ("/", "v2-beta", "/v2-beta/media"),
        ("/v2-beta/", None, "/v2-beta/media"),
        ("/gate/v3/media", None, "/gate/v3/media"),
    ],
)
def test_the_path_says_which_dialect(
    customer: Customer, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, url: str, dialect: str | None, sent_to: str
) -> None:
    monkeypatch.setenv("TOKEN", "vx_t")
    receiver.script(sent_to, Answer(200, b'{"mediaId": "m-1"}', (("Content-Type", "application/json"),)))
    chosen = ["--dialect", dialect] if dialect else []
    journal = ["--journal", f"journal-{receiver.port}"]
    ended = export("--bucket", "calls", "--submit", f"{receiver.url('')}{url}", *chosen, *journal, "one.wav")
    assert (ended.exit_code, ended.stdout) == (0, "m-1\tone.wav\n"), ended.stderr
    (request,) = receiver.requests
    assert request.target == sent_to
    assert b"Signature" not in Path(f"journal-{receiver.port}").read_bytes()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--submit", "ftp://h"), "--submit takes an address"),
        (("--submit", "http://u:p@h"), "--submit takes an address"),
        (("--submit", "http://h/v3", "--dialect", "v2-beta"), "contradicts the path"),
        (("--submit", "http://h", "--dialect", "v4"), "v3 or v2-beta"),
        (("--submit", "http://h", "--configuration", "one.wav"), "is not JSON"),
        (("--submit", "http://h"), "A token is needed"),
        (("--simulate", "--ttl-minutes", "10081"), "10080"),
        (("--simulate", "--report", "r.txt"), "named .csv"),
        (("--simulate", "--report", "none/r.csv"), "cannot be written there"),
        (("--simulate", "--prefix", "../other"), "cannot hold"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(customer: Customer, words: tuple[str, ...], told: str) -> None:
    refused = export("--bucket", "calls", *words, "one.wav")
    assert refused.exit_code == 1
    assert told in str(refused.exception)
    assert refused.stdout == ""


def test_the_token_is_never_an_argument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOKEN", raising=False)
    (tmp_path / "token").write_text("vx_file\n")
    assert read_token(str(tmp_path / "token")) == "vx_file"
    monkeypatch.setenv("TOKEN", "vx_usual")
    assert read_token(None) == "vx_usual"
    monkeypatch.setenv("VOXPORT_TOKEN", "vx_ours")
    assert read_token(None) == "vx_ours"
    with pytest.raises(CommandFailed, match="cannot be read"):
        read_token(str(tmp_path / "nowhere"))
    assert "--token " not in export("--help").output


def test_a_batch_that_is_interrupted_says_how_far_it_came(customer: Customer, receiver: Receiver) -> None:
    kind = (("Content-Type", "application/json"),)
    receiver.script("/v3/media", Answer(200, b'{"mediaId": "m-1"}', kind))
    receiver.hang("/v3/media/m-1/progress")
    words = [
        "export",
        "--bucket",
        "calls",
        "--submit",
        receiver.url(""),
        "--wait",
        "--report",
        "stopped.csv",
        "one.wav",
    ]
    running = subprocess.Popen(
        [PROGRAMS / "voxport", *words],
        cwd=customer.folder,
        env=customer.environment(TOKEN="vx_t"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A suite that was itself started in the background ignores the signal, and children inherit that.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    deadline_s = time.monotonic() + 60
    while not receiver.requests_to("/v3/media/m-1/progress"):
        assert time.monotonic() < deadline_s
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    printed, said = running.communicate(timeout=30)
    assert (running.returncode, printed) == (130, "m-1\tone.wav\n"), said
    assert said == "voxport: Stopped. The same command goes on from here.\n"
    row = Path("stopped.csv").read_text().splitlines()[1]
    assert row == "one.wav,one.wav.json,,m-1,accepted,The export was stopped."
