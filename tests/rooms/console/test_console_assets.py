"""What the console is made of: how much a browser has to load, from whom it is, and that nothing of it is missing."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.support.source_names import ROOT
from voxport.console.assets import Assets

CONSOLE = ROOT / "src" / "voxport" / "console"
VENDOR = CONSOLE / "static" / "vendor"
MOST_BYTES = 250_000
TEMPLATES = sorted((CONSOLE / "templates").glob("*.html"))


def test_all_of_it_is_small() -> None:
    sizes = Assets().packed_bytes
    assert {"console.css", "player.js", "vendor/htmx.min.js", "vendor/wavesurfer.esm.js"} <= sizes.keys()
    assert sum(sizes.values()) <= MOST_BYTES


def test_what_others_have_made_is_as_they_have_made_it() -> None:
    packages = json.loads((VENDOR / "vendored.json").read_text("utf-8"))
    named = {file: digest for package in packages for file, digest in package["files"].items()}
    licences = {package["licenceFile"] for package in packages}
    assert {path.name for path in VENDOR.iterdir()} == named.keys() | licences | {"vendored.json"}
    for file, digest in named.items():
        assert f"sha256-{hashlib.sha256((VENDOR / file).read_bytes()).hexdigest()}" == digest, file
    for package in packages:
        assert len((VENDOR / package["licenceFile"]).read_text("utf-8")) > 200
        assert package["package"] in (ROOT / "docs" / "licences.md").read_text("utf-8")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_program_or_a_style_in_it(template: Path) -> None:
    text = template.read_text("utf-8")
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:|\|\s*safe|autoescape|hx-on", text) == []
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert re.findall(r"https?://", text) == []


def test_our_modules_ask_for_nothing_elsewhere() -> None:
    for module in (CONSOLE / "static").glob("*.js"):
        text = module.read_text("utf-8")
        assert "// @ts-check" in text
        assert re.findall(r"https?://\w|innerHTML|insertAdjacentHTML|eval\(|document\.write", text) == []


def test_the_wheel_has_every_file_of_it() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]["voxport"]
    files = [path for path in CONSOLE.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")]
    assert len(files) > 20
    assert [path for path in files if not any(fnmatch(path.name, glob.rpartition("/")[2]) for glob in data)] == []


def test_every_page_of_the_guide_has_a_picture_and_none_is_large() -> None:
    shown = set(re.findall(r"\(pictures/([\w-]+\.jpg)\)", (ROOT / "docs" / "console.md").read_text("utf-8")))
    there = {path.name: path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()}
    assert shown == there.keys()
    assert len(shown) >= 11
    assert max(there.values()) <= 60_000
    assert "docs/pictures/call.jpg" in (ROOT / "README.md").read_text("utf-8")
