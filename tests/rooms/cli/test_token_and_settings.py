"""`voxport token`, `settings`, `models`: what programs read, and how they end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from voxport.cli.main import main


@dataclass(frozen=True)
class Ended:
    """How a run of the program ended, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Ended]


@pytest.fixture
def voxport(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program, under variables, without a process: loading it takes longer than most of what it does."""

    def run(*arguments: str, **variables: str) -> Ended:
        capsys.readouterr()
        with monkeypatch.context() as context:
            context.setattr(sys, "argv", ["voxport", *arguments])
            for name, value in variables.items():
                context.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main()
        written = capsys.readouterr()
        return Ended(int(ended.value.code or 0), written.out, written.err)

    return run


def as_a_process(*arguments: str, **variables: str) -> Ended:
    ended = subprocess.run(
        [sys.executable, "-m", "voxport", *arguments],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cli") / "data"


def test_a_token_is_printed_alone_listed_without_its_secret_and_revoked(data: Path, voxport: Run) -> None:
    made = as_a_process("token", "create", "--data", str(data), "--org", "Acme", "--label", "laptop")
    assert made.returncode == 0, made.stderr
    token = made.stdout.strip()
    assert made.stdout == f"{token}\n"
    assert token not in made.stderr

    listed = voxport("token", "list", "--data", str(data))
    row = listed.stdout.strip().split("\t")
    assert row[1] == "Acme"
    assert row[2] == f"…{token[-6:]}"
    assert token not in listed.stdout + listed.stderr

    assert voxport("token", "revoke", row[0], "--data", str(data)).returncode == 0
    assert "revoked" in voxport("token", "list", "--data", str(data)).stdout


def test_settings_are_listed_with_secrets_masked(voxport: Run) -> None:
    listed = voxport("settings", VOXPORT_PORT="8123", VOXPORT_SECRET_KEY="c2VjcmV0" * 5)
    assert listed.returncode == 0
    shown = listed.stdout + listed.stderr
    assert "VOXPORT_ALLOW_NETWORKS" in shown
    assert "8123" in shown
    assert "c2VjcmV0" not in shown


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"VOXPORT_PORT": "many"}, "VOXPORT_PORT"),
        ({"VOXPORT_PROT": "8000"}, "VOXPORT_PROT"),
        ({"VOXPORT_PUBLIC_URL": "voxport.example.com"}, "VOXPORT_PUBLIC_URL"),
        ({"VOXPORT_ALLOW_NETWORKS": "10.0.0.0/99"}, "VOXPORT_ALLOW_NETWORKS"),
    ],
)
def test_a_wrong_setting_is_one_sentence_and_status_78(
    data: Path, voxport: Run, variables: dict[str, str], said: str
) -> None:
    _is_one_sentence(voxport("serve", "--data", str(data), **variables), said)


def test_so_is_one_that_lacks_another(data: Path) -> None:
    url = "postgresql://u:hidden@127.0.0.1:1/x"
    _is_one_sentence(as_a_process("serve", "--data", str(data), VOXPORT_DATABASE_URL=url), "VOXPORT_SECRET_KEY")


def _is_one_sentence(ended: Ended, said: str) -> None:
    assert ended.returncode == 78
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "hidden" not in ended.stderr


def test_the_models_are_what_they_should_be(data: Path, voxport: Run) -> None:
    verified = voxport("models", "verify", "tiny.en", "--data", str(data))
    assert verified.returncode == 0, verified.stderr
    weights = data / "models" / "tiny.en" / "model.bin"
    damaged = bytearray(weights.read_bytes())
    damaged[1000] ^= 1
    weights.chmod(0o644)
    weights.write_bytes(damaged)
    assert voxport("models", "verify", "tiny.en", "--data", str(data)).returncode == 1


def test_submit_without_a_token_or_a_server_says_so(voxport: Run) -> None:
    recording = Path(__file__).resolve().parents[2] / "audio" / "go-forward-3s.wav"
    assert "VOXPORT_TOKEN" in voxport("submit", str(recording)).stderr
    refused = voxport("submit", str(recording), "--url", "ftp://127.0.0.1", "--token", "vx_unknown")
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
