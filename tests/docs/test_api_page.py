"""The commands of docs/api.md about definitions, pasted into a shell as an organisation of its own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.server import VoxportServer
from voxport.wire.v3.configuration import parse_configuration

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text("utf-8")
SECTION = PAGE.partition("\n## Definitions\n")[2].partition("\n## ")[0]

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="the commands are written for curl")


def blocks(heading: str, language: str) -> list[str]:
    part = SECTION.partition(f"\n### {heading}\n")[2].partition("\n### ")[0]
    return re.findall(rf"^```{language}\n(.*?)^```$", part, flags=re.M | re.S)


def test_definitions_are_made_shown_and_removed_as_the_page_says(page_server: VoxportServer) -> None:
    environment = {**page_server.environment, "TOKEN": page_server.token("API")}

    def paste(commands: str) -> list[str]:
        script = re.sub(r"\\\n", " ", commands.replace("127.0.0.1:8000", f"127.0.0.1:{page_server.port}"))
        return [
            subprocess.run(
                ["/bin/sh", "-c", command], env=environment, capture_output=True, text=True, timeout=30, check=True
            ).stdout
            for command in script.strip().splitlines()
        ]

    put, listed = map(json.loads, paste(*blocks("Groups of phrases", "sh")))
    assert put["keywords"] == ["cancel my account", "close the account"]
    assert listed["groups"] == [put]
    products, greeting, removed = paste(*blocks("Vocabularies", "sh"))
    assert json.loads(products)["terms"] == [{"term": "Voxport", "soundsLike": ["vox port"], "weight": 2}]
    assert json.loads(greeting)["vocabularyType"] == "scripts"
    assert removed == ""
    (metrics,) = map(json.loads, paste(*blocks("Metrics", "sh")))
    assert sum(len(group["metrics"]) for group in metrics["metricGroups"]) == 44
    with page_server.client(environment["TOKEN"]) as client:
        vocabularies = client.get("/v3/definition/vocabularies").json()["vocabularies"]
        assert [one["vocabularyName"] for one in vocabularies] == ["products"]


def test_the_configurations_of_the_page_name_what_its_commands_make() -> None:
    (spotting,) = blocks("Groups of phrases", "json")
    (vocabularies,) = blocks("Vocabularies", "json")
    assert parse_configuration(spotting).named.groups == ("cancellation",)
    assert parse_configuration(vocabularies).named.vocabularies == ("products",)
