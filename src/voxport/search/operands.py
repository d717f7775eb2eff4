"""Operands with the operators between them, as the grammar hands them over: flat, before anything binds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lark import Token, Tree

Node = Tree[Token]


@dataclass(frozen=True, slots=True)
class Operand:
    """An operand of a flat list of them."""

    tree: Node
    """said, spoken, comparison, group or everything."""
    negations: tuple[Token, ...] = ()
    """NOT and ! before it."""
    run: Flat | None = None
    """What belongs to its SAYS, with the phrase behind that; None: nothing else does."""


@dataclass(frozen=True, slots=True)
class Flat:
    """Operands with the operators between them."""

    operands: Sequence[Operand]
    operators: Sequence[Token]

    def split(self, kind: str) -> list[Flat]:
        """The parts between the operators of that kind."""
        parts, start = [], 0
        for at, operator in enumerate(self.operators):
            if operator.type == kind:
                parts.append(Flat(self.operands[start : at + 1], self.operators[start:at]))
                start = at + 1
        return [*parts, Flat(self.operands[start:], self.operators[start:])]


def flat(condition: Node) -> Flat:
    """The operands of a condition."""
    operands, operators = [], []
    for one in trees(condition):
        if one.data == "operator":
            operators.append(tokens(one)[0])
        else:
            operands.append(Operand(trees(one)[-1], tuple(tokens(one))))
    return Flat(operands, operators)


def trees(tree: Node, name: str | None = None) -> list[Node]:
    """The parts of a tree, or those of that name."""
    return [one for one in tree.children if isinstance(one, Tree) and name in (None, one.data)]


def tokens(tree: Node) -> list[Token]:
    """The words and signs of a tree itself."""
    return [one for one in tree.children if isinstance(one, Token)]


def unquoted(token: Token) -> str:
    """What stands between the quotes; a backslash before a quote, or before another one, is left out."""
    return re.sub(r"\\(.)", r"\1", str(token)[1:-1], flags=re.DOTALL)
