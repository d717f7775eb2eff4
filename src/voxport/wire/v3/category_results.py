"""`categories`: which categories a call is in.

Source: docs/contract/v3-results.md section 7, docs/contract/open-questions.md 60.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from voxport.core.findings import CategoryResult
from voxport.wire.v3.knowledge import VbMention, mention_body
from voxport.wire.writing.shapes import closed


@closed
class VbCategoryResult(TypedDict):
    """Whether the call is in a category."""

    categoryName: str
    categoryValue: Literal[0, 1]
    """1: it is"""
    categoryVersion: str
    """An addition of this server: the version of the category that was asked"""
    categoryMatches: NotRequired[Annotated[list[VbMention], Field(min_length=1)]]
    """Where it is said what the category asks for; absent where it asks for nothing that is said"""


def category_results_body(results: Sequence[CategoryResult]) -> list[VbCategoryResult]:
    """Every category that was asked for and could be found out, by name."""
    return [_result(one) for one in results]


def _result(result: CategoryResult) -> VbCategoryResult:
    body: VbCategoryResult = {
        "categoryName": result.name,
        "categoryValue": 1 if result.matched else 0,
        "categoryVersion": result.version,
    }
    if result.mentions:
        body["categoryMatches"] = [mention_body(mention) for mention in result.mentions]
    return body
