"""Pages of a list: a part of it, and the cursor with which the next part is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

Element = TypeVar("Element", covariant=True)

Cursor = UUID | str
"""Where a list goes on: the id of one of its elements, or what an earlier page gave as `Page.after`."""

PAGE_BYTES = 4 * 1024 * 1024
"""A page holds no more of what customers wrote themselves, but one element always."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Element]):
    """A part of a list, in the order that was asked for."""

    elements: Sequence[Element]
    after: str | None = None
    """The cursor that goes on behind the last element, whether or not that is still there; None: nothing follows."""
