"""Categories that a configuration asks for become plans, once it is known which ones the organisation has.

Source: docs/contract/v3-configuration.md section 1, docs/contract/open-questions.md 61.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voxport.core.analytics_plan import CategoryPlan
from voxport.core.codes import Code
from voxport.core.definitions import Category
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.limits import MAX_ASKED_CATEGORIES
from voxport.wire.reading.names import Path
from voxport.wire.reading.refusals import Refusals

MAX_TOGETHER_CHARS = 500_000
"""Of the statements of all of them: they become part of the recording."""
_PATH: Path = ("categories",)


@dataclass(frozen=True, slots=True)
class AskedCategories:
    """Categories as a request asks for them."""

    everything: bool = False
    """Whether all are asked for that the organisation has."""
    names: tuple[tuple[Path, str], ...] = ()
    """Those that are named, each with where it stands in the configuration."""

    def __bool__(self) -> bool:
        return self.everything or bool(self.names)


def category_plans(
    asked: AskedCategories, saved: Mapping[str, Category], refusals: Refusals
) -> tuple[CategoryPlan, ...]:
    """A plan for each, by name; notes 10007 for a name that is none's, and for more than a call can carry.

    `saved` has those of the organisation by name: all of them where all are asked for, or one more than may be.
    """
    for path, name in asked.names:
        # Of too many not all are known here.
        if name not in saved and len(saved) <= MAX_ASKED_CATEGORIES:
            wanted = "the name of a category of this account (GET /v3/definition/categories); {name} is none"
            refusals.unreadable((*path, "categoryName"), wanted, name=clip(name))
    names = sorted(saved) if asked.everything else sorted({name for _, name in asked.names if name in saved})
    if len(names) > MAX_ASKED_CATEGORIES or sum(len(saved[name].query) for name in names) > MAX_TOGETHER_CHARS:
        sentence = (
            f"A recording has at most {MAX_ASKED_CATEGORIES} categories, whose queries have at most "
            f"{MAX_TOGETHER_CHARS} characters together; more are asked for. Name those that it needs."
        )
        refusals.refuse(Code.CONFIGURATION_INVALID, sentence)
        return ()
    return tuple(CategoryPlan(name, saved[name].version, saved[name].query) for name in names)
