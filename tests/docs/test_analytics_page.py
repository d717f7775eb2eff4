"""docs/analytics.md has every finding, every metric and every language, and links between pages lead to headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.rooms.analytics.dialogue import call_text
from tests.rooms.language.spoken import words_of
from tests.rooms.wire.analysed import analysed_findings
from voxport.analytics.entities import find_entities
from voxport.analytics.knowledge import find_knowledge
from voxport.analytics.sentiment_model import english_sentiment
from voxport.core.analytics_plan import AnalyticsPlan
from voxport.core.metric_names import METRICS
from voxport.core.plan import VOICE_FEATURES
from voxport.core.transcript import Word, join_words
from voxport.language.number_formatting import format_numbers, spell_numbers
from voxport.wire.v3.configuration import parse_configuration
from voxport.wire.v3.findings import findings_bodies

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "analytics.md").read_text("utf-8")


def headings(page: str) -> set[str]:
    """Anchors as Git hosts make them."""
    found = re.findall(r"^#+ (.+)$", page, flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def test_every_section_of_a_result_is_named_in_the_first_table() -> None:
    rows = [line for line in PAGE.partition("\n## ")[0].splitlines() if line.startswith("| ")]
    named = set(re.findall(r"`(\w+)`", " ".join(row.split("|")[3] for row in rows)))
    assert set(findings_bodies(analysed_findings())) <= named


def test_the_example_asks_for_everything() -> None:
    (example,) = re.findall(r"```json\n(.+?)```", PAGE, flags=re.S)
    asked = parse_configuration(example)
    assert asked.warnings == ()
    assert asked.plan.analytics == AnalyticsPlan(
        discovery=True, entities=True, sentiments=True, verb_noun_pairs=True, metrics=asked.plan.analytics.metrics
    )
    assert set(asked.plan.analytics.metrics) == set(METRICS)
    assert asked.named.groups
    assert asked.named.categories.everything
    assert VOICE_FEATURES in asked.plan.speech.features


@pytest.mark.parametrize("group", METRICS)
def test_every_metric_is_defined_in_the_table_of_its_group(group: str) -> None:
    table = PAGE.partition(f"\n| `{group}`")[2].partition("\n\n")[0]
    defined = {name for line in table.splitlines() for name in re.findall(r"`([\w-]+)`", line.split("|")[1])}
    assert defined - {""} == {name for name, _ in METRICS[group]}


@pytest.mark.parametrize(
    "heading",
    [
        *("Keywords", "Topics", "Spotting", "Entities", "Numbers", "Sentiment", "Verb-noun pairs", "Classifiers"),
        *("Categories", "Metrics", "Voice features"),
    ],
)
def test_every_finding_has_its_method_limits_and_source(heading: str) -> None:
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    for part in ("Method", "Limits", "Source"):
        assert f"**{part}.**" in section or (part == "Method" and "**Talk.**" in section), part
    (source,) = re.findall(r"\*\*Source\.\*\* (.+)", section)
    for file in re.findall(r"`(\w+/[\w/]+\.py)`", source):
        assert (ROOT / "src" / "voxport" / file).is_file(), file


@pytest.mark.parametrize("name", ["analytics.md", "api.md", "api-configuration.md"])
def test_links_lead_to_headings(name: str) -> None:
    page = (ROOT / "docs" / name).read_text("utf-8")
    for target, anchor in re.findall(r"\]\(([\w.\-/]*)#([\w-]+)\)", page):
        aimed = (ROOT / "docs" / (target or name)).read_text("utf-8")
        assert anchor in headings(aimed), f"{target}#{anchor}"


def test_the_sentences_of_the_page_sound_as_it_says() -> None:
    table = PAGE.partition("| said | `v` |")[2].partition("\n\n")[0]
    rows = re.findall(r'\| "(.+?)" \| (\w+) \|', table)
    assert len(rows) == 10
    for said, wanted in rows:
        value = english_sentiment(said)
        assert (value > 0, value < 0) == (wanted == "positive", wanted == "negative"), said


@pytest.mark.parametrize(
    ("head", "change"),
    [("| said | written |", format_numbers), ("| written | said where formatting is off |", spell_numbers)],
)
def test_the_numbers_of_the_page_are_written_and_said_as_it_says(
    head: str, change: Callable[..., Sequence[Word]]
) -> None:
    table = PAGE.partition(head)[2].partition("\n\n")[0]
    rows = re.findall(r'\| "(.+?)" \| (.+?) \|', table)
    assert len(rows) >= 5
    for said, wanted in rows:
        assert join_words(change(words_of(said), "en-US")) == wanted


def test_the_topics_of_the_page_are_found() -> None:
    rows = re.findall(r'\| "(.+?)" \| (\w+) \|', PAGE.partition("| a caller says | topics |")[2].partition("\n\n")[0])
    assert len(rows) >= 5
    for said, wanted in rows:
        names = [topic.name for topic in find_knowledge(call_text(f"C: {said}")).topics]
        assert names == ([] if wanted == "none" else [wanted]), said


def test_the_entities_of_the_page_are_written_so() -> None:
    table = PAGE.partition("| type | `formattedText` | example |")[2].partition("\n\n")[0]
    rows = re.findall(r"\| `(\w+)` \| .+? \| (.+?) \|", table)
    examples = [(kind, *one) for kind, cell in rows for one in re.findall(r'"(.+?)": `(.+?)`', cell)]
    assert len(examples) >= 4
    for kind, said, wanted in examples:
        found = [(entity.type.value, entity.formatted) for entity in find_entities(call_text(f"C: {said}"))]
        assert found == [(kind, wanted)], said
