"""How much a statement may ask, so that none costs more than the server has for it; and the refusal of one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatementLimits:
    """Bounds of one statement."""

    characters: int = 8_000
    """Its length."""
    depth: int = 20
    """How deep its parentheses may nest."""
    conditions: int = 200
    """How many phrases and comparisons it may have."""
    phrase_words: int = 20
    """How many words a phrase may have."""
    slop: int = 10
    """How many other words may stand among those of a phrase."""
    arrangements: int = 300
    """In how many ways those may be spread: a long phrase has less room for them than a short one."""
    cost: int = 1_000
    """How often it may look at each call, all together: a comparison and a phrase once, a phrase with other words among
    its own once for each way in which those may be spread."""
    prefixes: int = 40
    """How many words of it may be beginnings (`refund*`)."""
    prefix_chars: int = 2
    """How many letters a beginning must have."""
    rows: int = 1_000
    """Most rows of an answer."""
    rows_with_hits: int = 100
    """Most rows of an answer that tells where: each has up to `locating.MAX_HITS` places."""
    offset: int = 10_000
    """Most rows that are passed over."""


class StatementInvalid(ValueError):
    """A statement that cannot be read; the message says where and why, and quotes no more than a few words of it."""

    def __init__(self, reason: str, text: str = "", position: int | None = None) -> None:
        self.reason = reason
        if position is None:
            super().__init__(reason)
            return
        before = text[:position]
        self.line, self.column = before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
        super().__init__(f"line {self.line}, column {self.column}: {reason}")
