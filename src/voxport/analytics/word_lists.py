"""The word lists of analytics, `lists/*.json`: data to edit, read once a process."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


@cache
def read_word_lists(name: str) -> dict[str, frozenset[str]]:
    """The lists of `lists/<name>.json` by their names there; lower case. FileNotFoundError where there is none."""
    lists: dict[str, list[str]] = json.loads(list_text(name))
    return {kind: frozenset(words) for kind, words in lists.items()}


def list_text(name: str) -> str:
    """The text of `lists/<name>.json`, for lists that are more than sets of words."""
    return files("voxport.analytics").joinpath(f"lists/{name}.json").read_text("utf-8")
