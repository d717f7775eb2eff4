"""The Dockerfile and the two compose files: judged by their own tools, and held to the program."""

from __future__ import annotations

import json
import re
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.deploy import ROOT, assert_are_settings, assert_is_a_command
from tests.support.programs import program, run
from tests.support.s3_server import S3Server

SECRETS = {
    "VOXPORT_SECRET_KEY": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "VOXPORT_DATABASE_PASSWORD": "made",
    "VOXPORT_STORE_PASSWORD": "made",
}
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
STAGES = re.split(r"^FROM ", DOCKERFILE, flags=re.M)[1:]


def compose(file: str, *more: str) -> dict[str, Any]:
    """The file as compose itself reads it."""
    read = run(program("docker-compose"), "--file", ROOT / file, *more, "config", "--format", "json", **SECRETS)
    assert read.returncode == 0, read.stderr
    services: dict[str, Any] = json.loads(read.stdout)["services"]
    return services


@pytest.fixture(scope="module")
def scaled() -> dict[str, Any]:
    return compose("compose.scaled.yaml", "--profile", "gpu")


def ours(services: dict[str, Any]) -> dict[str, Any]:
    return {name: service for name, service in services.items() if service["image"].startswith("voxport")}


def test_hadolint_finds_nothing() -> None:
    judged = run(program("hadolint"), "--failure-threshold", "style", ROOT / "Dockerfile")
    assert (judged.returncode, judged.stdout) == (0, "")


def test_what_the_dockerfile_copies_is_there_and_let_through() -> None:
    let_through = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, flags=re.M):
        for name in copied.split():
            assert (ROOT / name).exists(), name
            assert f"!{name}" in let_through


def test_the_last_stages_run_without_root_and_are_made_of_the_same() -> None:
    """No stage that runs is an account of its own, and all packages come with their hashes."""
    base = next(stage for stage in STAGES if " AS base\n" in stage)
    assert re.findall(r"^USER (.+)$", DOCKERFILE, flags=re.M) == ["10001:10001"]
    assert "USER 10001:10001" in base
    assert [stage.split("\n")[0] for stage in STAGES[-2:]] == ["base AS gpu", "base"]
    installs = re.findall(r"pip .*install (.+)$", DOCKERFILE, flags=re.M)
    assert all("--require-hashes" in one or "--no-deps" in one for one in installs)
    assert "HEALTHCHECK" in base


def test_the_images_command_is_one_of_voxport() -> None:
    assert 'ENTRYPOINT ["voxport"]' in DOCKERFILE
    (command,) = re.findall(r"^CMD (\[.+\])$", DOCKERFILE, flags=re.M)
    assert_is_a_command(json.loads(command))


@pytest.mark.parametrize("file", ["compose.yaml", "compose.scaled.yaml"])
def test_compose_reads_the_file_and_its_commands_and_settings_are_ours(file: str) -> None:
    services = ours(compose(file, "--profile", "*"))
    assert services
    for service in services.values():
        assert_are_settings(service["environment"])
        if service.get("entrypoint") is None:
            assert_is_a_command(service["command"])
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]


def test_the_scaled_services_serve_every_queue(scaled: dict[str, Any]) -> None:
    queues = [
        set(service["environment"]["VOXPORT_QUEUES"].split(","))
        for name, service in scaled.items()
        if service.get("command") == ["worker"] and name != "speech-gpu"
    ]
    assert sorted(name for names in queues for name in names) == sorted(
        ["analysis", "deliver", "fetch", "housekeeping", "ingest", "speech"]
    )


def test_a_secret_that_was_not_made_is_asked_for() -> None:
    read = run(program("docker-compose"), "--file", ROOT / "compose.scaled.yaml", "config", VOXPORT_SECRET_KEY="")
    assert read.returncode != 0
    assert "make one" in read.stderr


def test_the_probes_of_workers_look_at_the_file_that_workers_touch(scaled: dict[str, Any], tmp_path: Path) -> None:
    probe = scaled["worker"]["healthcheck"]["test"]
    assert scaled["worker"]["environment"]["VOXPORT_ALIVE_FILE"] in probe[-1]
    code = probe[-1].replace("/tmp/alive", str(tmp_path / "alive"))
    assert run(sys.executable, "-I", "-c", code).returncode != 0
    (tmp_path / "alive").touch()
    assert run(sys.executable, "-I", "-c", code).returncode == 0


def test_the_bucket_is_made_once(
    scaled: dict[str, Any], s3_server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = scaled["bucket"]["command"]
    (tmp_path / "bucket.py").write_text(code, "utf-8")
    environment = {
        "VOXPORT_S3_ENDPOINT_URL": s3_server.endpoint,
        "AWS_ACCESS_KEY_ID": s3_server.access_key,
        "AWS_SECRET_ACCESS_KEY": s3_server.secret_key,
        "AWS_REGION": "us-east-1",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for _ in range(2):
        runpy.run_path(str(tmp_path / "bucket.py"))
    assert "voxport" in [bucket["Name"] for bucket in s3_server.client().list_buckets()["Buckets"]]
