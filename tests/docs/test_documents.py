"""The documents say what the program does: settings, endpoints, links."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
import yaml

from voxport.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md")])


def test_every_setting_stands_in_the_settings_page_as_it_is() -> None:
    page = (ROOT / "docs/settings.md").read_text("utf-8")
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else ""
        assert f"| `{setting.variable}` | `{setting.flag}` | {default} | {setting.help} |" in page
    assert len(re.findall(r"^\| `VOXPORT_", page, flags=re.M)) == len(SETTINGS)


def test_every_endpoint_of_the_spec_stands_in_the_api_page() -> None:
    page = (ROOT / "docs/api.md").read_text("utf-8")
    spec = yaml.safe_load(resources.files("voxport.wire.v3").joinpath("v3-api.yaml").read_text("utf-8"))
    for path, item in spec["paths"].items():
        for method in item:
            if method in ("get", "put", "post", "delete"):
                stated = path if path.startswith("/v3") else f"/v3{path}"
                shown = re.sub(r"\{streamName\}", "original", stated)
                assert f"`{method.upper()} {shown}" in page, f"{method} {stated}"


@pytest.mark.parametrize("document", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text("utf-8")):
        if not target.startswith(("http://", "https://")):
            assert (document.parent / target).exists(), target
