"""docs/running.md: what its table says is seen is what the program says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from voxport.storage.postgres.names import TENANT_ROLE

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "running.md").read_text("utf-8")
TABLE = PAGE.partition("## What you see, why, what to do")[2].partition("\n## ")[0]
ROWS = [line for line in TABLE.splitlines() if line.startswith("| ") and not line.startswith("| what you see")]
_GLUE = re.compile(r'"\s*\n\s*f?"')
SOURCE = "\n".join(_GLUE.sub("", path.read_text("utf-8")) for path in (ROOT / "src" / "voxport").rglob("*.py"))
SOURCE = SOURCE.replace("{TENANT_ROLE}", TENANT_ROLE)
ELSEWHERE = {'role "voxport_tenant" does not exist', "No space left on device"}
"""What other programs say."""


@pytest.mark.parametrize("row", ROWS)
def test_what_is_seen_is_what_the_program_says(row: str) -> None:
    """Sentences in the first column; three dots stand for what differs."""
    seen = row.split(" | ")[0]
    for quoted in set(seen.split("`")[1::2]) - ELSEWHERE:
        if " " not in quoted or quoted.startswith("voxport "):
            continue
        for piece in quoted.split("..."):
            assert piece.strip(" ,.") in SOURCE, piece
