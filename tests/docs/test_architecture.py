"""docs/architecture.md and CONTRIBUTING.md name files and functions that exist, and every room stands on the map."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.support.source_names import ROOT, SOURCE, mentions, missing

MAP = (ROOT / "docs" / "architecture.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
ROOMS = sorted(
    path.stem for path in SOURCE.iterdir() if (path.is_dir() or path.suffix == ".py") and not path.name.startswith("_")
)


def test_every_path_and_name_of_the_map_exists() -> None:
    assert len(list(mentions(MAP))) > 60
    assert missing(MAP, SOURCE, ROOT, SOURCE / "workflow", SOURCE / "ingest", SOURCE / "wire") == []


def test_every_path_and_name_of_the_guide_exists() -> None:
    assert len(list(mentions(CONTRIBUTING))) > 40
    assert missing(CONTRIBUTING, SOURCE, ROOT) == []


def test_every_room_stands_on_the_map() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", MAP, flags=re.M)
    assert sorted(rows) == ROOMS


def test_the_layers_are_those_of_the_import_contracts() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one.get("containers") == ["voxport"])
    drawn = re.search(r"## Who may import whom\n.*?```\n(.*?)```", MAP, flags=re.S)
    assert drawn is not None
    assert drawn[1].splitlines() == layers


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("`delivery/webhook.py:send`", []),
        ("`outbound/client.py:Outbound.request`", []),
        ("`core/stages.py:STAGES`", []),
        ("`delivery/webhook.py:post`", ["delivery/webhook.py:post"]),
        ("`delivery/letters.py`", ["delivery/letters.py"]),
        ("`delivery/s3/`", []),
        ("`delivery/ftp/`", ["delivery/ftp/"]),
    ],
)
def test_what_is_gone_is_found(text: str, lost: list[str]) -> None:
    assert missing(text, SOURCE) == lost


def test_the_checker_reads_the_source_it_says() -> None:
    assert Path(SOURCE, "core").is_dir()
