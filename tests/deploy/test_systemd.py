"""The systemd units: read by systemd itself, held to the program, and how they end."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.deploy import DEPLOY, ROOT, assert_is_a_command
from tests.support.programs import BIN, program, run
from voxport.cli.main import EXIT_MISCONFIGURED

UNITS = ("voxport-server.service", "voxport-api.service", "voxport-worker@speech.service", "voxport-worker@gpu.service")
INSTALLED = "/opt/voxport/bin/voxport"
HIGHEST_EXPOSURE = 2.0
"""As `systemd-analyze security` counts, from 0 to 10; a unit without hardening has more than 9."""


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As they lie on a machine, with the program that is here."""
    folder = tmp_path_factory.mktemp("systemd") / "units"
    shutil.copytree(DEPLOY / "systemd", folder)
    for unit in folder.glob("*.service"):
        unit.write_text(unit.read_text("utf-8").replace(INSTALLED, str(BIN / "voxport")), "utf-8")
    for instance in UNITS[2:]:
        shutil.copy(folder / "voxport-worker@.service", folder / instance)
    return folder


def analyze(units: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run(program("systemd-analyze"), *arguments, SYSTEMD_UNIT_PATH=f"{units}:")


def test_systemd_finds_nothing_wrong(units: Path) -> None:
    judged = analyze(units, "verify", "--man=no", *(units / name for name in UNITS))
    assert (judged.returncode, judged.stderr) == (0, "")


@pytest.mark.parametrize("name", UNITS)
def test_each_unit_is_hardened_by_the_common_file(units: Path, name: str) -> None:
    judged = analyze(units, "security", "--offline=true", f"--threshold={HIGHEST_EXPOSURE * 10:.0f}", units / name)
    assert judged.returncode == 0, judged.stdout


def test_what_a_person_must_set_right_is_not_started_again_and_all_else_is() -> None:
    common = (DEPLOY / "systemd" / "voxport-.service.d" / "common.conf").read_text("utf-8").splitlines()
    assert f"RestartPreventExitStatus={EXIT_MISCONFIGURED}" in common
    assert "Restart=always" in common
    assert "StartLimitIntervalSec=0" in common, "after five starts in ten seconds systemd would give up"
    for unit in (DEPLOY / "systemd").glob("*.service"):
        assert "Restart" not in unit.read_text("utf-8")


def test_a_command_by_hand_has_the_account_and_the_settings_of_the_units() -> None:
    """Else it would work in a database that the server has not."""
    common = (DEPLOY / "systemd" / "voxport-.service.d" / "common.conf").read_text("utf-8")
    user, environment, file = (
        re.findall(rf"^{name}=-?(.+)$", common, flags=re.M)[0] for name in ("User", "Environment", "EnvironmentFile")
    )
    page = (ROOT / "docs" / "deploying.md").read_text("utf-8").replace("\\\n", "")
    (line,) = re.findall(r"^systemd-run .+$", page, flags=re.M)
    *words, program_, command, _sub, option, _org = shlex.split(line)
    assert {f"--uid={user}", f"--setenv={environment}", f"--property=EnvironmentFile={file}"} < set(words)
    assert (program_, command, option) == (INSTALLED, "token", "--org")
    assert not re.search(rf"^(?!systemd-run).*{INSTALLED} ", page, flags=re.M)


@pytest.mark.parametrize("unit", sorted(path.name for path in (DEPLOY / "systemd").glob("*.service")))
def test_a_units_command_is_one_of_voxport(unit: str) -> None:
    (command,) = re.findall(r"^ExecStart=(.+)$", (DEPLOY / "systemd" / unit).read_text("utf-8"), flags=re.M)
    program_, *words = shlex.split(command)
    assert program_ == INSTALLED
    assert_is_a_command(words)
