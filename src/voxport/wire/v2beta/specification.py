"""The machine-readable description of this dialect: `v2-beta-api.yaml` beside this file, OpenAPI 3.0.3 by hand."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from voxport.wire.v2beta.links import ROOT_HREF

SPECIFICATION_HREF = f"{ROOT_HREF}/defs/v2-beta-api.yaml"


@cache
def specification() -> bytes:
    """The document as served at `SPECIFICATION_HREF`, UTF-8."""
    return files(__package__).joinpath("v2-beta-api.yaml").read_bytes()
