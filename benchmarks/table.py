"""The table that a bench prints: figures beside the bars they should reach, and the machine they were taken on."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

import psutil
from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Row:
    """A figure beside its bar: at most `bar`, or at least `bar` where `more_is_better`; None where it is only shown."""

    figure: str
    measured: float
    unit: str
    bar: float | None = None
    more_is_better: bool = False

    @property
    def reached(self) -> str:
        if self.bar is None:
            return ""
        good = self.measured >= self.bar if self.more_is_better else self.measured <= self.bar
        return "yes" if good else "NO"

    @property
    def told_bar(self) -> str:
        if self.bar is None:
            return ""
        return f"{'at least ' if self.more_is_better else ''}{self.bar:g} {self.unit}".strip()


def show(console: Console, rows: Sequence[Row], *, model: str = "base int8") -> None:
    memory = psutil.virtual_memory().total / 2**30
    console.print(
        f"\n{os.cpu_count()} cores, {memory:.0f} GiB, {platform.processor() or platform.machine()}, "
        f"Python {platform.python_version()}, model {model}\n"
    )
    table = Table("figure", "measured", "bar", "reached")
    for row in rows:
        table.add_row(row.figure, f"{row.measured:.2f} {row.unit}", row.told_bar, row.reached)
    console.print(table)
