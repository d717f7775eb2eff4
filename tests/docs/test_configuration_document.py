"""The configuration page names every property there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from voxport.wire.reading.shape import Many, Record, Shape
from voxport.wire.v3.callbacks_section import INCLUDABLE
from voxport.wire.v3.document import CONFIGURATION

PAGE = Path(__file__).resolve().parents[2] / "docs/api-configuration.md"


def paths(shape: Shape, path: str = "") -> Iterator[str]:
    if isinstance(shape, Many):
        yield from paths(shape.element, path) if isinstance(shape.element, Record) else (path,)
    elif isinstance(shape, Record):
        for name, inner in shape.fields.items():
            yield from paths(inner, f"{path}.{name}".lstrip("."))
    else:
        yield path


def test_every_property_is_named() -> None:
    named = {part for span in re.findall(r"`([^`]+)`", PAGE.read_text("utf-8")) for part in re.split(r"[.\[\]]+", span)}
    missing = [path for path in paths(CONFIGURATION) if not set(path.split(".")) <= named]
    assert missing == []


def test_every_section_a_callback_can_include_is_named() -> None:
    text = PAGE.read_text("utf-8")
    assert all(f"`{name}`" in text for name in INCLUDABLE)
