"""One line of a table of figures: what was measured, beside the bar it should reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A figure beside the bar it should reach, at most or `at_least`; `bar` None where the figure is only told."""

    figure: str
    measured: float
    unit: str
    bar: float | None = None
    at_least: bool = False

    @property
    def reached(self) -> str:
        if self.bar is None:
            return ""
        good = self.measured >= self.bar if self.at_least else self.measured <= self.bar
        return "yes" if good else "NO"

    @property
    def told_bar(self) -> str:
        if self.bar is None:
            return ""
        return f"{'at least ' if self.at_least else ''}{self.bar:g} {self.unit}".rstrip()
