"""Releases: one version, a changelog that is cut, licences that are current. `make release-check` tries packages."""

from __future__ import annotations

import re
import shutil
import tomllib
from datetime import date
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from tests.support.deploy import ROOT

FILES = ("pyproject.toml", "deploy/helm/voxport/Chart.yaml", "CHANGELOG.md")
CHART = ("version", "appVersion")
DAY = date(2031, 2, 3)


def script(name: str) -> ModuleType:
    loader = SourceFileLoader(name, str(ROOT / "scripts" / name))
    spec = spec_from_loader(name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def versions(root: Path) -> list[str]:
    chart = yaml.safe_load((root / FILES[1]).read_text("utf-8"))
    return [tomllib.loads((root / FILES[0]).read_text("utf-8"))["project"]["version"], *(chart[key] for key in CHART)]


def test_the_chart_is_of_the_version_of_the_program() -> None:
    assert len(set(versions(ROOT))) == 1


def test_a_release_writes_the_version_and_cuts_the_changelog(tree: Path) -> None:
    before = (tree / "CHANGELOG.md").read_text("utf-8")
    script("release").cut(tree, "97.1.0", DAY)
    assert versions(tree) == ["97.1.0"] * 3
    after = (tree / "CHANGELOG.md").read_text("utf-8")
    assert after == before.replace("## Unreleased\n", "## Unreleased\n\n## 97.1.0 - 2031-02-03\n", 1)
    with pytest.raises(SystemExit, match="nothing under Unreleased"):
        script("release").cut(tree, "97.2.0", DAY)
    assert versions(tree) == ["97.1.0"] * 3


@pytest.mark.parametrize("version", ["0.0.1", "1.2", "v9.0.0", "9.0.0rc1", ""])
def test_a_version_that_does_not_follow_changes_nothing(tree: Path, version: str) -> None:
    before = [(tree / name).read_bytes() for name in FILES]
    with pytest.raises(SystemExit, match="no version that follows"):
        script("release").cut(tree, version, DAY)
    assert [(tree / name).read_bytes() for name in FILES] == before


def test_the_page_of_licences_is_current() -> None:
    licences = script("licences")
    assert licences.PAGE.read_text("utf-8") == licences.page(), "run scripts/licences"


def test_a_package_whose_licence_nobody_has_read_is_not_passed_over() -> None:
    with pytest.raises(SystemExit, match="read its wheel"):
        script("licences").licence_of("no-such-package")


def test_every_model_and_voice_of_the_page_is_a_package_that_is_pinned() -> None:
    licences = script("licences")
    pinned = {name for lock in ("image", "speakers", "bench") for name, _ in licences.pinned(lock)} | {"voxport"}
    # A package of npm, of which scripts/voices takes the data by its digest.
    pinned |= set(re.findall(r"^package=(.+)-[\d.]+$", (ROOT / "scripts" / "voices").read_text("utf-8"), re.MULTILINE))
    for _, packages, *_ in (*licences.MODELS, *licences.VOICES):
        assert packages.split("`")[1] in pinned
