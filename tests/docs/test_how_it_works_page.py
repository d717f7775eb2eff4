"""The page that shows the way of a call shows the stages that there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from voxport.core.stages import Step
from voxport.workflow.drawing import jobs_of, stages_section, written_into

PAGE = Path(__file__).resolve().parents[2] / "docs/how-it-works.md"


def test_drawing_and_table_are_those_of_the_stages() -> None:
    page = PAGE.read_text("utf-8")
    assert written_into(page) == page, "run: python -m voxport.workflow.drawing docs/how-it-works.md"
    for step in Step:
        assert f"\n| {step.value} | " in stages_section()


def test_a_page_without_a_place_for_them_is_refused() -> None:
    with pytest.raises(ValueError, match="has no"):
        written_into("# How it works\n")


def test_only_light_stages_side_by_side_share_a_job() -> None:
    way = [Step.TEXT, Step.AUDIO, Step.CHECK, Step.ANALYTICS, Step.PUBLISH, Step.DELIVER]
    assert jobs_of(way) == [[Step.TEXT], [Step.AUDIO], [Step.CHECK], [Step.ANALYTICS, Step.PUBLISH]]
