"""What a configuration names, put in the place of the names: bounds of all of it together."""

from __future__ import annotations

import pytest

from voxport.core.analytics_plan import SpottingPlan
from voxport.core.definitions import SpottingGroup, Vocabulary
from voxport.core.errors import RequestRefused
from voxport.core.plan import Plan
from voxport.wire.reading.configuration import NamedDefinitions, ParsedConfiguration
from voxport.wire.reading.definitions import MAX_PHRASES
from voxport.wire.reading.saved_definitions import SavedDefinitions, complete_plan
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
