"""docs/store-refusals.md is the table of the source, word for word."""

from __future__ import annotations

from pathlib import Path

from voxport.delivery.remedies.kinds import Remedy, Way, Who
from voxport.delivery.remedies.table import REMEDIES

PAGE = Path(__file__).resolve().parents[2] / "docs/store-refusals.md"
TITLES = {
    Way.ASSUME_ROLE: "## STS, asked for a role",
    Way.ROLE: "## The store, by role",
    Way.SIGNED_URL: "## The store, to a signed URL",
}


def written(remedy: Remedy) -> str:
    codes = ", ".join(f"`{code}`" for code in remedy.codes)
    again = "yes" if remedy.waiting_helps else "no"
    return f"| {codes} | {remedy.who.value} | {remedy.sentence} | {again} |"


def test_every_row_stands_on_the_page_and_no_other() -> None:
    text = PAGE.read_text("utf-8")
    for way, title in TITLES.items():
        section = text.split(f"{title}\n", 1)[1].split("\n## ", 1)[0]
        rows = [line for line in section.splitlines() if line.startswith("| `")]
        assert rows == [written(remedy) for remedy in REMEDIES if way in remedy.ways], title
    assert all(who.value in text for who in Who)
