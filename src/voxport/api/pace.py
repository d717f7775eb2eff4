"""Watches a peer that somebody waits for: one that moves next to nothing, look after look, is let go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeastPace:
    """What a peer has to move."""

    least_bytes: int = 16 * 1024
    """In each `every_s`."""
    every_s: float = 60.0


class Pace:
    """Looks again and again, from `begin` to `end`, at a count of bytes that the peer moves."""

    def __init__(self, count: Callable[[], int], let_go: Callable[[], None], least: LeastPace) -> None:
        """`count` only grows or only shrinks; `let_go` is called once it has moved by less than `least`."""
        self._count, self._let_go, self._least = count, let_go, least
        self._before = 0
        self._next: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """From now on; nothing where it has begun already."""
        if self._next is None:
            self._look_later()

    def end(self) -> None:
        """No longer; nothing where it has not begun."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _look_later(self) -> None:
        self._before = self._count()
        self._next = asyncio.get_running_loop().call_later(self._least.every_s, self._look)

    def _look(self) -> None:
        self._next = None
        if abs(self._count() - self._before) < self._least.least_bytes:
            self._let_go()
        else:
            self._look_later()
