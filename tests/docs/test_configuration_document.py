"""The configuration page names every property there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from voxport.wire.reading.shapes import Shape, fields_of
from voxport.wire.v3.callbacks_section import INCLUDABLE
from voxport.wire.v3.shapes.configuration import Configuration

PAGE = Path(__file__).resolve().parents[2] / "docs/api-configuration.md"


def paths(shape: type[Shape], path: str = "") -> Iterator[str]:
    for name, field in fields_of(shape).items():
        place = f"{path}.{name}".lstrip(".")
        yield from (place,) if field.shape is None else paths(field.shape, place)


def test_every_property_is_named() -> None:
    named = {part for span in re.findall(r"`([^`]+)`", PAGE.read_text("utf-8")) for part in re.split(r"[.\[\]]+", span)}
    missing = [path for path in paths(Configuration) if not set(path.split(".")) <= named]
    assert missing == []


def test_every_section_a_callback_can_include_is_named() -> None:
    text = PAGE.read_text("utf-8")
    assert all(f"`{name}`" in text for name in INCLUDABLE)
