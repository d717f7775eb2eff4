"""What a configuration names, put in the place of the names: bounds of all of it together."""

from __future__ import annotations

import json
from typing import Any

import pytest

from voxport.core.analytics_plan import CategoryPlan, SpottingPlan
from voxport.core.definitions import Category, SpottingGroup, Vocabulary
from voxport.core.errors import RequestRefused
from voxport.core.plan import Plan
from voxport.wire.reading.configuration import NamedDefinitions, ParsedConfiguration
from voxport.wire.reading.definitions import MAX_PHRASES
from voxport.wire.reading.saved_definitions import SavedDefinitions, complete_plan
from voxport.wire.v3.configuration import parse_configuration
from voxport.wire.v3.wording import WORDING


def naming(*, vocabularies: tuple[str, ...] = (), groups: tuple[str, ...] = ()) -> ParsedConfiguration:
    return ParsedConfiguration(Plan(), WORDING, named=NamedDefinitions(vocabularies, groups))


def groups(*sizes: int) -> tuple[ParsedConfiguration, SavedDefinitions]:
    saved = {
        f"group {at}": SpottingGroup(tuple(f"phrase {number}" for number in range(size)))
        for at, size in enumerate(sizes)
    }
    return naming(groups=tuple(saved)), SavedDefinitions(groups=saved)


def test_groups_have_a_bound_together() -> None:
    half = MAX_PHRASES // 2
    plan = complete_plan(*groups(half, half))
    assert [len(group.keywords) for group in plan.analytics.spotting] == [half, half]
    with pytest.raises(RequestRefused) as refused:
        complete_plan(*groups(half, half, 1))
    assert [problem.code for problem in refused.value.problems] == [10007]


def test_a_phrase_that_is_written_twice_counts_once() -> None:
    saved = SavedDefinitions(groups={"a": SpottingGroup(("refund",) * (MAX_PHRASES + 1))})
    plan = complete_plan(naming(groups=("a",)), saved)
    assert plan.analytics.spotting == (SpottingPlan("a", ("refund",)),)


def test_a_saved_script_with_an_endless_word_is_refused() -> None:
    saved = SavedDefinitions(vocabularies={"a": Vocabulary(scripts=("so " + "a" * 201,))})
    with pytest.raises(RequestRefused) as refused:
        complete_plan(naming(vocabularies=("a",)), saved)
    assert [problem.code for problem in refused.value.problems] == [20012]


QUERY = "SELECT * FROM media WHERE * SAYS 'refund'"
SAVED = {"refunds": Category(QUERY, version="7"), "all": Category("SELECT * FROM media")}


def categories(*entries: dict[str, Any], saved: dict[str, Category] = SAVED) -> tuple[CategoryPlan, ...]:
    parsed = parse_configuration(json.dumps({"categories": list(entries)}))
    plan = complete_plan(parsed, SavedDefinitions(categories=saved)) if parsed.named else parsed.plan
    return plan.analytics.categories


@pytest.mark.parametrize(
    ("entries", "names"),
    [
        ([{"allCategories": True}], ["all", "refunds"]),
        ([{"categoryName": "refunds"}, {"categoryName": "refunds", "allCategories": False}], ["refunds"]),
        ([{"categoryName": "refunds"}, {"allCategories": True}], ["all", "refunds"]),
        ([{"allCategories": False}], []),
    ],
)
def test_categories_are_named_or_all_of_them(entries: list[dict[str, Any]], names: list[str]) -> None:
    assert [one.name for one in categories(*entries)] == names


def test_a_category_becomes_part_of_the_recording_with_its_version() -> None:
    assert categories({"categoryName": "refunds"}) == (CategoryPlan("refunds", "7", QUERY),)


@pytest.mark.parametrize(
    ("entries", "saved", "said"),
    [
        ([{"categoryName": "refund {0}"}], SAVED, "categories[0].categoryName must be the name of a category"),
        ([{"allCategories": True}, {"categoryName": "gone"}], SAVED, "categories[1].categoryName"),
        ([{"categoryName": "refunds", "allCategories": True}], SAVED, "categories[0] must be either"),
        ([{"categoryName": "a"}] * 501, SAVED, "at most 500 entries"),
        ([{"allCategories": True}], {str(one): Category(QUERY) for one in range(501)}, "at most 500 categories"),
        ([{"allCategories": True}], {str(one): Category("x" * 8_000) for one in range(63)}, "500000 characters"),
    ],
)
def test_categories_that_cannot_be_looked_for_are_refused(
    entries: list[dict[str, Any]], saved: dict[str, Category], said: str
) -> None:
    with pytest.raises(RequestRefused) as refused:
        categories(*entries, saved=saved)
    (problem,) = refused.value.problems
    assert problem.code == 10007
    assert said in problem.message
