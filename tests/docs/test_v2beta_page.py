"""docs/v2-beta.md: its commands about recordings are run as they stand, its tables name what is taken."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.server import VoxportServer
from voxport.wire.reading.shapes import Shape, fields_of
from voxport.wire.v2beta.shapes.configuration import Configuration
from voxport.wire.v2beta.specification import specification

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "v2-beta.md").read_text("utf-8")


def blocks(section: str, language: str = "sh") -> list[str]:
    """The code of that language in the section."""
    text = PAGE.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.M | re.S)


pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="the commands are written for curl")


def test_the_commands_of_the_page(page_server: VoxportServer, tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests" / "audio" / "go-forward-3s.wav", tmp_path / "call.wav")
    post, then = blocks("Recordings")
    (shown,) = map(json.loads, blocks("Recordings", "json"))
    environment = {**os.environ, "TOKEN": page_server.token("v2-beta")}

    def paste(commands: str) -> list[str]:
        lines = commands.replace("127.0.0.1:8000", f"127.0.0.1:{page_server.port}").strip().splitlines()
        return [
            subprocess.run(
                ["/bin/sh", "-c", line], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
            ).stdout
            for line in lines
            if not line.startswith("export ")
        ]

    (printed,) = paste(post)
    accepted: dict[str, Any] = json.loads(printed)
    assert set(accepted) == set(shown)
    assert (accepted["status"], accepted["metadata"]) == (shown["status"], shown["metadata"])
    environment["MEDIA_ID"] = accepted["mediaId"]
    with page_server.client(environment["TOKEN"]) as client:
        page_server.wait_until(
            lambda: client.get(f"/v2-beta/media/{accepted['mediaId']}").json()["media"]["status"] == "finished", 60
        )
    progress, item, text, srt, keywords, listed, deleted = paste(then)
    assert json.loads(progress)["status"] == "finished"
    media = json.loads(item)["media"]
    assert "go forward" in text.lower()
    assert media["metadata"]["external"] == {"id": "call-17"}
    assert {"transcripts", "keywords", "topics"} <= set(media)
    assert srt.startswith("1\n00:00:0")
    assert json.loads(keywords)["keywords"]["latest"] == media["keywords"]["latest"]
    assert [one["mediaId"] for one in json.loads(listed)["media"]] == [accepted["mediaId"]]
    assert deleted == ""
    *made, none = paste(*blocks("Definitions"))
    group, vocabulary, groups = map(json.loads, made)
    assert group["keywords"] == ["premium plan", "upgrade"]
    assert vocabulary["terms"] == ["Voxport;vox port;3", "Zarqon"]
    assert (groups["groups"], none) == ([group], "")
    keys, players = blocks("Keys and tokens")
    key, listed_keys, tokens, login = map(json.loads, paste(keys))
    assert key["key"]["bearerToken"][-6:] == listed_keys["keys"][1]["lastSix"]
    assert [one["token"] for one in tokens["tokens"]] == [login["token"]] == [environment["TOKEN"]]
    environment["MEDIA_ID"] = json.loads(paste(post)[0])["mediaId"]
    make, play = players.splitlines()
    environment["PLAYER"] = json.loads(paste(make)[0])["token"]
    paste(play)
    assert (tmp_path / "played.wav").read_bytes() == (tmp_path / "call.wav").read_bytes()


def test_every_property_of_a_configuration_has_a_row() -> None:
    section = PAGE.partition("\n### Configuration\n")[2].partition("\n### ")[0]
    named = " ".join(re.findall(r"^\| (.*?) \|", section, flags=re.M))

    def paths(shape: type[Shape], path: str = "") -> Iterator[str]:
        for name, field in fields_of(shape).items():
            place = f"{path}.{name}".removeprefix(".")
            yield from (place,) if field.shape is None or field.many else paths(field.shape, place)

    for path in paths(Configuration):
        # Of two sides, and of what stands in one row, only the first is written whole.
        short = path.replace("ingest.channels.right", ".right").replace("ingest.diarization.", ".")
        assert f"`{path}`" in named or f"`{path}[]`" in named or f"`{short}`" in named, path


def bare(path: str) -> str:
    """An address with nothing in place of its parameters; `latest` is one of them."""
    return re.sub(r"\{\w+\}", "{}", path.replace("/latest", "/{}")).partition("?")[0].rstrip("/")


def test_every_address_of_the_spec_stands_on_the_page() -> None:
    """In the first column of a table; `.../keywords` goes on from any part of the address before it."""
    stated: set[str] = set()
    for cell in re.findall(r"^\| (.*?) \|", PAGE, flags=re.M):
        before = ""
        for span in re.findall(r"`(?:[A-Z]+ )?((?:/v2-beta|\.\.\.)/[^`]*)`", cell):
            if span.startswith("/"):
                before = bare(span)
                stated.add(before)
            else:
                parts = before.split("/")
                stated |= {"/".join(parts[:count]) + bare(span[3:]) for count in range(2, len(parts) + 1)}
    spec = yaml.safe_load(specification())["paths"]
    missing = {path for path in spec if bare(path) not in stated and f"GET {path}`" not in PAGE}
    assert missing == set()
