"""Looks up what documents say of the source: files, and names in them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "voxport"
_MENTION = re.compile(r"`([\w./-]+?\.(?:py|json|txt|yaml|md|toml)|[\w.-]+(?:/[\w.-]+)*/)(?::([A-Za-z_][\w.]*))?`")


def mentions(page: str) -> Iterator[tuple[str, str | None]]:
    """Every path in backquotes, with the name behind its colon; None where there is none."""
    for found in _MENTION.finditer(page):
        yield found[1], found[2]


def missing(page: str, *roots: Path) -> list[str]:
    """What `page` mentions that is below none of `roots`, or is no name of its file."""
    lost = []
    for written, name in mentions(page):
        path = next((root / written for root in roots if (root / written).exists()), None)
        if path is None:
            lost.append(written)
        elif name is not None and name not in names_in(path):
            lost.append(f"{written}:{name}")
    return lost


@cache
def names_in(path: Path) -> frozenset[str]:
    """The functions, classes, methods and values of a module: `send`, `Outbound.request`, `STAGES`."""
    return frozenset(_names(ast.parse(path.read_text("utf-8")), ""))


def _names(node: ast.Module | ast.ClassDef, before: str) -> Iterator[str]:
    for one in node.body:
        match one:
            case ast.ClassDef():
                yield before + one.name
                yield from _names(one, f"{before}{one.name}.")
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield before + one.name
            case ast.Assign():
                yield from (before + target.id for target in one.targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name() as target):
                yield before + target.id
