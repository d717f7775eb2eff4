"""What is said in the synthetic calls: blocks of lines with places for secrets and for ordinary numbers.

The lines stand in `redaction_dialogues.json`, by use and by half. Two halves share no block: `development`, which
detectors may be looked at with, and `heldout`, which only counts. A line begins with `A` (agent) or `C` (caller);
`{name}` is a number, `redaction_numbers` says how it is spoken.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Block = tuple[str, ...]
Halves = dict[str, tuple[Block, ...]]
"""The blocks of each half, and of the Spanish calls in both."""


@dataclass(frozen=True)
class Dialogues:
    """All blocks, by what they are for."""

    greetings: Halves
    ordinary: Halves
    """Business without secrets."""
    payment: Halves
    """A card is given."""
    social: Halves
    """A social security number is given."""
    closings: Halves


@cache
def dialogues() -> Dialogues:
    """The blocks of the file beside this module."""
    read: dict[str, dict[str, list[list[str]]]] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return Dialogues(
        **{
            use: {half: tuple(tuple(block) for block in blocks) for half, blocks in halves.items()}
            for use, halves in read.items()
        }
    )
