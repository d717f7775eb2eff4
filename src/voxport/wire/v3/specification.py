"""The machine-readable description of what is served: `v3-api.yaml` beside this file, OpenAPI 3.0.3 by hand."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

CONTENT_TYPE = "application/yaml"


@cache
def specification() -> bytes:
    """The document as served at `/v3/defs/v3-api.yaml`, UTF-8."""
    return files(__package__).joinpath("v3-api.yaml").read_bytes()
