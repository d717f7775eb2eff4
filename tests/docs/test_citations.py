"""Citations lead somewhere: every page, section and open question that code, tests and documents name exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = ROOT / "docs" / "contract"
PAGES = sorted(path.name for path in CONTRACT.glob("*.md"))
CITING = sorted(
    path
    for pattern in ("src/**/*.py", "src/**/*.yaml", "tests/**/*.py", "benchmarks/**/*.py", "docs/**/*.md", "*.md")
    for path in ROOT.glob(pattern)
    if "golden" not in path.parts and path != Path(__file__).resolve()
)

FOREIGN = {"s3-callbacks.md", "v2tov3.md"}
"""Pages of VoiceBase that the contract names as its sources."""

PAGE = re.compile(r"(?<![\w./-])((?:[\w-]+/)*[\w-]+\.md)\b")
NUMBERS = r"(\d+(?:(?:, | and |, and | to )\d+)*)"
PLACE = re.compile(rf"^\)?(?: \(?)?(?:sections? {NUMBERS}|{NUMBERS}(?![\w%]))")
BARE_QUESTION = re.compile(r"open[- ]questions? \d")


def text_of(path: Path) -> str:
    """The text with what breaks a citation over two lines put together: line ends, indents, marks of comments."""
    return re.sub(r"\s*\n\s*(?:# ?)?", " ", path.read_text("utf-8"))


def sections(page: str) -> set[int]:
    return {int(number) for number in re.findall(r"^## (\d+)\.", (CONTRACT / page).read_text("utf-8"), flags=re.M)}


def questions() -> set[int]:
    return {int(number) for number in re.findall(r"^\| (\d+) \|", (CONTRACT / "open-questions.md").read_text(), re.M)}


def contract_page(cited: str, path: Path) -> str | None:
    """The page of the contract that `cited` means in the file `path`; None for any other document."""
    if cited.startswith("docs/contract/") or (path.parent == CONTRACT and "/" not in cited):
        return cited.rpartition("/")[2]
    return None


def dangling(path: Path) -> Iterator[str]:
    """The citations in `path` that lead nowhere."""
    text = text_of(path)
    for found in PAGE.finditer(text):
        cited = found[1]
        page = contract_page(cited, path)
        if cited in FOREIGN:
            continue
        if page is None:
            candidates = (ROOT / cited, path.parent / cited, ROOT / "docs" / cited)
            if not any(one.exists() for one in candidates):
                yield cited
            continue
        if page not in PAGES:
            yield cited
            continue
        place = PLACE.match(text[found.end() :])
        if place is None:
            continue
        numbers = {int(number) for number in re.findall(r"\d+", place[1] or place[2])}
        if place[1]:
            missing = numbers - sections(page)
        else:
            missing = numbers - questions() if page == "open-questions.md" else set()
        yield from (f"{cited} {number}" for number in sorted(missing))
    if path.suffix in (".py", ".yaml"):
        yield from (found[0] for found in BARE_QUESTION.finditer(text))


def test_the_contract_is_whole() -> None:
    assert sections("callbacks.md") == set(range(1, 7))
    assert sections("v3-results.md") == set(range(1, 13))
    assert questions() == set(range(1, 63))


def test_there_are_citations_to_check() -> None:
    cited = sum(text_of(path).count("docs/contract/") for path in CITING if path.suffix == ".py")
    assert cited > 60


@pytest.mark.parametrize("top", ["src", "tests", "benchmarks", "docs"])
def test_every_citation_leads_somewhere(top: str) -> None:
    lost = {str(path.relative_to(ROOT)): list(dangling(path)) for path in CITING if path.is_relative_to(ROOT / top)}
    assert {path: found for path, found in lost.items() if found} == {}


def test_every_citation_of_the_top_pages_leads_somewhere() -> None:
    lost = {path.name: list(dangling(path)) for path in CITING if path.parent == ROOT}
    assert {path: found for path, found in lost.items() if found} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see docs/contract/callbacks.md section 2.", []),
        ("see docs/contract/callbacks.md section 7.", ["docs/contract/callbacks.md 7"]),
        ("see docs/contract/v3-results.md sections 4, 5 and 13", ["docs/contract/v3-results.md 13"]),
        ("(docs/contract/open-questions.md 48 and 99)", ["docs/contract/open-questions.md 99"]),
        ("(docs/contract/callback.md section 2)", ["docs/contract/callback.md"]),
        ("(callbacks.md section 2)", ["callbacks.md"]),
        ("docs/contract/callbacks.md\n    section 9", ["docs/contract/callbacks.md 9"]),
        ("open-questions 48", ["open-questions 4"]),
    ],
)
def test_a_citation_that_leads_nowhere_is_found(tmp_path: Path, text: str, found: list[str]) -> None:
    file = tmp_path / "module.py"
    file.write_text(text, "utf-8")
    assert list(dangling(file)) == found
