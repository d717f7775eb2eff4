"""Conditions of a statement: which operator binds what, and which speaker a phrase without one belongs to.

From the loosest to the tightest: OR, AND, ||, &&, then NOT and !. A phrase that stands alone after AND or OR belongs to
the SAYS before it, and binds to it: `"Agent" SAYS "a" OR "b" AND length > 5` asks for (a or b) and the length.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import comb
from typing import TypeVar

from lark import Token

from voxport.core.statement import (
    All,
    AllSaid,
    Comparison,
    Condition,
    Either,
    EitherSaid,
    Everything,
    Field,
    FieldType,
    Otherwise,
    Phrase,
    Said,
    Unsaid,
    Utterance,
    Window,
    WordPattern,
)
from voxport.search.fields import comparable, named_field
from voxport.search.limits import StatementInvalid, StatementLimits
from voxport.search.operands import Flat, Node, Operand, flat, tokens, trees, unquoted
from voxport.search.words import words_of

_UNITS_MS = {"ms": 1, "s": 1_000, "m": 60_000, "min": 60_000, "h": 3_600_000, "": 1_000}
_IN_TURN = ("EITHER_IN_TURN", "BOTH_IN_TURN")
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Who stands before SAYS."""

    name: str | None
    """None: anybody."""


class ConditionReader:
    """Reads the conditions of one statement; raises StatementInvalid with the place."""

    def __init__(self, text: str, limits: StatementLimits, declared: Mapping[str, FieldType | None]) -> None:
        self._text, self._limits, self._declared = text, limits, declared
        self._conditions = self._prefixes = self._depth = self._cost = 0

    def condition(self, tree: Node) -> Condition:
        """What calls have to meet."""
        return self._joined(self._bound(flat(tree)), None)

    def field(self, tree: Node) -> Field:
        """The field that is named."""
        first, *second = (unquoted(one) if one.type == "STRING" else str(one) for one in tokens(tree))
        try:
            return named_field(first, second[0] if second else None, self._declared)
        except StatementInvalid as error:
            raise self._wrong(error.reason, tree) from None

    def phrase(self, tree: Node) -> Phrase:
        """The words between quotes, with what may stand among them."""
        (written,) = (one for one in tokens(tree) if one.type == "STRING")
        parts = [one for one in unquoted(written).split() if words_of(one) or "*" in one]
        words = tuple(self._pattern(one, written) for one in parts)
        if not words:
            raise self._wrong("a phrase has at least one word", written)
        if len(words) > self._limits.phrase_words:
            raise self._wrong(f"a phrase has at most {self._limits.phrase_words} words", written)
        flat = tuple(pattern for several in words for pattern in several)
        slop = self._slop(tree, len(flat))
        self._count(written, comb(len(flat) - 1 + slop, slop))
        return Phrase(flat, slop)

    def window(self, tree: Node) -> Window:
        """The part of the call between brackets."""
        written = tokens(tree)
        comma = [one.type for one in written].index("COMMA")
        first = next((self._time(one) for one in written[:comma] if one.type == "TIME"), None)
        last = next((self._time(one) for one in written[comma:] if one.type == "TIME"), None)
        window = Window(first, last)
        if window == Window():
            raise self._wrong("a time window has a bound: [0s,30s], [-30s,] or [,60s]", tree)
        if _ends_early(first, last):
            raise self._wrong("the time window ends before it begins", tree)
        return window

    def whole(self, token: Token, least: int, most: int, where: str = "") -> int:
        """A whole number within bounds; `where` says what those depend on."""
        if not token.isdecimal() or not least <= int(token) <= most:
            raise self._wrong(f"a whole number from {least} to {most} stands here{where}", token)
        return int(token)

    def source(self, tree: Node) -> str:
        """What is written there."""
        return self._text[tree.meta.start_pos : tree.meta.end_pos]

    def _joined(self, flat: Flat, speaker: _Speaker | None) -> Condition:
        """The operands by their operators; phrases alone belong to `speaker`."""
        kinds = {operator.type for operator in flat.operators}
        for kind in ("OR", "AND"):
            if kind in kinds:
                items = tuple(self._joined(part, speaker) for part in flat.split(kind))
                return (Either if kind == "OR" else All)(items)
        if kinds:
            return self._same_turn(flat, speaker)
        return self._negated(flat.operands[0], speaker)

    def _bound(self, flat: Flat) -> Flat:
        """Phrases behind a SAYS are taken together with it, as one operand."""
        operands: list[Operand] = []
        operators: list[Token] = []
        for at, operand in enumerate(flat.operands):
            head = operands[-1] if operands else None
            if head is not None and head.tree.data == "said" and self._is_bare(operand.tree):
                run = head.run or Flat([Operand(_uttered(head.tree))], [])
                longer = Flat([*run.operands, operand], [*run.operators, flat.operators[at - 1]])
                operands[-1] = replace(head, run=longer)
                continue
            if at:
                operators.append(flat.operators[at - 1])
            operands.append(operand)
        return Flat(operands, operators)

    def _negated(self, operand: Operand, speaker: _Speaker | None) -> Condition:
        if operand.run is not None:
            if operand.negations:
                # NOT stands before the first phrase, as it would behind SAYS.
                first, *others = operand.run.operands
                run = Flat([replace(first, negations=operand.negations), *others], operand.run.operators)
                return self._joined(run, self._speaker(operand.tree))
            return self._joined(operand.run, self._speaker(operand.tree))
        if any(one.type == "NOT_IN_TURN" for one in operand.negations):
            return self._unsaid(operand, speaker)
        found = self._plain(operand.tree, speaker)
        return Otherwise(found) if len(operand.negations) % 2 else found

    def _plain(self, tree: Node, speaker: _Speaker | None) -> Condition:
        if tree.data == "everything":
            return Everything()
        if tree.data == "comparison":
            return self._comparison(tree)
        if tree.data == "said":
            return self._within(_uttered(tree), self._speaker(tree), tree)
        return self._within(tree, speaker, tree)

    def _within(self, tree: Node, speaker: _Speaker | None, whole: Node) -> Condition:
        """A phrase or a group, said by `speaker`."""
        window = next((self.window(one) for one in trees(tree, "window")), None)
        if tree.data == "spoken":
            if speaker is None:
                raise self._wrong('who says it must stand before a phrase: "Agent" SAYS or * SAYS', tree)
            phrase = self.phrase(trees(tree, "phrase")[0])
            return Said(speaker.name, phrase, self.source(whole), window)
        with_inner = self._deeper(tree, lambda inner: self._joined(self._bound(flat(inner)), speaker))
        return with_inner if window is None else self._windowed(with_inner, window, tree)

    def _windowed(self, condition: Condition, window: Window, tree: Node) -> Condition:
        """What stands in the parentheses before a time window is said within it."""
        if isinstance(condition, All | Either):
            return type(condition)(tuple(self._windowed(one, window, tree) for one in condition.items))
        if isinstance(condition, Otherwise):
            return Otherwise(self._windowed(condition.item, window, tree))
        if isinstance(condition, Said):
            if condition.window is not None:
                raise self._wrong("there is a time window within this one already", tree)
            return Said(condition.speaker, condition.utterance, condition.source, window)
        raise self._wrong("a time window stands behind phrases, not behind fields", tree)

    def _same_turn(self, flat: Flat, speaker: _Speaker | None) -> Condition:
        if speaker is None:
            at = flat.operators[0]
            raise self._wrong(f'{at} joins phrases of one turn: write "Agent" SAYS ("a" {at} "b")', at)
        first, last = flat.operands[0], flat.operands[-1]
        start = first.negations[0].start_pos if first.negations else first.tree.meta.start_pos
        return Said(speaker.name, self._utterances(flat), self._text[start : last.tree.meta.end_pos])

    def _unsaid(self, operand: Operand, speaker: _Speaker | None) -> Condition:
        if speaker is None:
            at = operand.negations[0]
            raise self._wrong("! stands before a phrase of a turn, in parentheses behind SAYS; write NOT here", at)
        return Said(speaker.name, self._utterance_of(operand), self.source(operand.tree))

    def _utterances(self, flat: Flat) -> Utterance:
        kinds = {operator.type for operator in flat.operators}
        for kind in ("OR", "AND"):
            if kind in kinds:
                at = next(one for one in flat.operators if one.type == kind)
                raise self._wrong(f"{at} looks at the whole call and cannot stand within one turn", at)
        for kind in _IN_TURN:
            if kind in kinds:
                items = tuple(self._utterances(part) for part in flat.split(kind))
                return (EitherSaid if kind == "EITHER_IN_TURN" else AllSaid)(items)
        return self._utterance_of(flat.operands[0])

    def _utterance_of(self, operand: Operand) -> Utterance:
        tree = operand.tree
        if trees(tree, "window"):
            raise self._wrong("a time window stands behind the whole of what one turn holds", tree)
        if tree.data == "spoken":
            found: Utterance = self.phrase(trees(tree, "phrase")[0])
        elif tree.data == "group":
            found = self._deeper(tree, lambda inner: self._utterances(flat(inner)))
        else:
            raise self._wrong("only phrases stand between && || and !", tree)
        return Unsaid(found) if len(operand.negations) % 2 else found

    def _comparison(self, tree: Node) -> Comparison:
        field = self.field(trees(tree, "field")[0])
        operator, value = tokens(tree)
        self._count(operator)
        sign = "!=" if operator == "<>" else str(operator)
        written: str | float = unquoted(value) if value.type == "STRING" else float(value)
        try:
            return Comparison(field, sign, comparable(field, written))
        except StatementInvalid as error:
            raise self._wrong(error.reason, value) from None

    def _speaker(self, said: Node) -> _Speaker:
        token = tokens(said)[0]
        name = "*" if token.type == "ANYBODY" else unquoted(token).strip()
        if name == "*":
            return _Speaker(None)
        if not name:
            raise self._wrong("the name of a speaker is empty", token)
        return _Speaker(name.casefold())

    def _pattern(self, written: str, token: Token) -> tuple[WordPattern, ...]:
        words = words_of(written)
        prefix = self._is_beginning(written, token)
        if prefix:
            self._prefixes += 1
            if len(words[-1]) < self._limits.prefix_chars:
                raise self._wrong(f"a beginning of a word has at least {self._limits.prefix_chars} letters", token)
            if self._prefixes > self._limits.prefixes:
                raise self._wrong(f"a statement has at most {self._limits.prefixes} beginnings of words", token)
        last = len(words) - 1
        return tuple(WordPattern(word, prefix and at == last) for at, word in enumerate(words))

    def _is_beginning(self, written: str, token: Token) -> bool:
        """Whether a `*` leaves the end of a word open."""
        core = written.strip(".,;:!?\"'()")
        if "*" in core[:-1] or core == "*":
            raise self._wrong("* stands at the end of a word and leaves that open", token)
        return core.endswith("*")

    def _slop(self, tree: Node, words: int) -> int:
        for one in trees(tree, "slop"):
            (number,) = (token for token in tokens(one) if token.type == "NUMBER")
            slop = self.whole(number, 0, self._limits.slop)
            if words > 1 and comb(words - 1 + slop, slop) > self._limits.arrangements:
                raise self._wrong(f"so many other words have no room among {words} words; take fewer of either", number)
            return slop
        return 0

    def _is_bare(self, tree: Node) -> bool:
        """Whether it is phrases alone, which need somebody who says them."""
        if tree.data == "group":
            return all(self._is_bare(one.tree) for one in flat(trees(tree, "condition")[0]).operands)
        return tree.data == "spoken"

    def _time(self, token: Token) -> int:
        digits = token.strip().lower()
        unit = digits.lstrip("-0123456789. ").strip()
        return round(float(digits.removesuffix(unit)) * _UNITS_MS[unit])

    def _deeper(self, tree: Node, read: Callable[[Node], _Read]) -> _Read:
        self._depth += 1
        if self._depth > self._limits.depth:
            raise self._wrong(f"parentheses nest deeper than {self._limits.depth}", tree)
        try:
            return read(trees(tree, "condition")[0])
        finally:
            self._depth -= 1

    def _count(self, at: Token, cost: int = 1) -> None:
        self._conditions += 1
        self._cost += cost
        if self._cost > self._limits.cost:
            raise self._wrong(f"a statement may look at a call {self._limits.cost} times, and this is one more", at)
        if self._conditions > self._limits.conditions:
            raise self._wrong(f"a statement has at most {self._limits.conditions} phrases and comparisons", at)

    def _wrong(self, reason: str, at: Node | Token) -> StatementInvalid:
        position = at.start_pos if isinstance(at, Token) else at.meta.start_pos
        return StatementInvalid(reason, self._text, position)


def _ends_early(first: int | None, last: int | None) -> bool:
    """Whether a window ends before it begins, as far as that can be known without the length of the call."""
    return first is not None and last is not None and (first < 0) is (last < 0) and first > last


def _uttered(said: Node) -> Node:
    """The phrase or group behind SAYS."""
    return trees(said)[0]
