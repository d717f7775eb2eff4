"""Stretches of digits in the words of one speaker, with the time of each digit.

Digits may be said one by one, in pairs ("forty one eleven"), as repeats ("double four") or as one large number ("two
thousand and five"), be written by the recogniser in any grouping, and be mixed with hesitation, sentence marks and
corrections. What a stretch means is not judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from voxport.core.transcript import Span, Word, join_words
from voxport.language.numbers.atoms import Atom, Part, Shape, to_atoms
from voxport.language.numbers.cardinals import read_cardinal
from voxport.language.numbers.lexicon import Lexicon, bent_lexicon_of

_MAX_GAP_MS = 3500
"""Digits further apart than this, without a word of the same speaker between, are two stretches."""
_MAX_FILLERS = 8
"""Fillers in a row that do not end a stretch."""
_MIN_LONE_ORDINAL = 10
"""A smaller ordinal alone is a turn of speech ("the first thing"), no digits."""


@dataclass(frozen=True, slots=True)
class Digit:
    """One digit and when it is said."""

    value: str
    """`0` to `9`."""
    span: Span
    word_index: int
    """The word that it is a part of, marks counted too."""
    measured: bool
    """False where the time of its word was filled in."""


@dataclass(frozen=True)
class Group:
    """Digits that belong together as they were said: one written group, one pair, one digit, one large number."""

    digits: tuple[Digit, ...]
    value: int
    """The number that they make."""
    words: tuple[int, int]
    """The first and last index of its words."""
    shape: Shape = Shape.PLAIN
    """Of written digits."""
    spoken: bool = False
    """Whether it was written in words."""
    large: bool = False
    """Whether it was said with a hundred or a larger scale."""
    restated: bool = False
    """Whether words of correction stand before it ("sorry, no")."""

    @property
    def text(self) -> str:
        return "".join(digit.value for digit in self.digits)

    @property
    def span(self) -> Span:
        return Span(self.digits[0].span.start_ms, self.digits[-1].span.end_ms)


@dataclass(frozen=True)
class NumberRun:
    """A stretch of digits on one channel."""

    channel: int
    groups: tuple[Group, ...]
    words: tuple[int, int]
    """The first and last index of its words."""
    text: str = field(default="", repr=False)
    """What its words say."""

    @cached_property
    def digits(self) -> tuple[Digit, ...]:
        return tuple(digit for group in self.groups for digit in group.digits)

    @cached_property
    def value(self) -> str:
        """Every digit, as said."""
        return "".join(group.text for group in self.groups)

    @cached_property
    def corrected(self) -> str:
        """The digits with each correction taken: what is restated stands for as many digits before it."""
        value = ""
        restated = 0
        for group in self.groups:
            if group.restated:
                value = value[: max(0, len(value) - len(group.text))]
                restated += 1
            value += group.text
        return value

    @property
    def span(self) -> Span:
        return Span(self.digits[0].span.start_ms, self.digits[-1].span.end_ms)

    @property
    def measured(self) -> bool:
        return all(digit.measured for digit in self.digits)


def read_runs(
    words: Sequence[Word], language: str, channel: int = 0, max_gap_ms: int = _MAX_GAP_MS
) -> tuple[NumberRun, ...]:
    """The stretches of digits in `words`, which are those of one speaker in order of time, punctuation included.

    A lone "one" is a pronoun more often than a number and starts no stretch; neither does a lone "oh". Bent number
    words are read too, since these stretches are where secrets are looked for.
    """
    table = bent_lexicon_of(language)
    atoms = settle_doubts(to_atoms(words, table))
    runs = (_run(groups, words, channel) for groups in _stretches(atoms, table, max_gap_ms))
    return tuple(run for run in runs if not _is_pronoun(run, words, table))


def _run(groups: list[Group], words: Sequence[Word], channel: int) -> NumberRun:
    first, last = groups[0].words[0], groups[-1].words[1]
    return NumberRun(channel, tuple(groups), (first, last), join_words(tuple(words[first : last + 1])))


def _is_pronoun(run: NumberRun, words: Sequence[Word], table: Lexicon) -> bool:
    return len(run.groups) == 1 and run.words[0] == run.words[1] and words[run.words[0]].text.lower() in table.pronouns


_MAYBE_DIGITS = frozenset({Part.HEARD_AS, Part.DIGIT, Part.ZERO, Part.TEEN, Part.TEN, Part.WRITTEN})
_LEAST_ROW = 3
"""Words of the shortest number that is given: a security code has three digits."""
_LOOKED_AT = 32
"""Atoms beside a doubtful one; longer rows of nothing but doubts tell nothing."""


def settle_doubts(atoms: list[Atom]) -> list[Atom]:
    """Words that may be digits become digits or other words, by what stands beside them."""
    settled, rows = list(atoms), _rows_of_doubts(atoms)
    for index, atom in enumerate(atoms):
        if atom.part in (Part.HEARD_AS, Part.HEARD_BETWEEN, Part.ZERO):
            believed = _believed(settled, index) or index in rows
            digit = "0" if atom.part is Part.ZERO else str(atom.value)
            settled[index] = replace(
                atom, part=Part.DIGIT if believed else _unbelieved(atom), text=digit if believed else atom.text
            )
    # What is repeated may have been a doubt.
    return [
        replace(atom, part=Part.OTHER) if atom.part is Part.REPEAT and not _is_repeat(settled, index) else atom
        for index, atom in enumerate(settled)
    ]


def _rows_of_doubts(atoms: Sequence[Atom]) -> frozenset[int]:
    """The words of sentences in which nothing but digits stands, three and more, most of them misheard: "Quinco,
    quero, quero."."""
    found: set[int] = set()
    sentences = groupby(range(len(atoms)), key=lambda index: atoms[index].part is Part.STOP)
    for row in (list(places) for stops, places in sentences if not stops):
        said = [index for index in row if atoms[index].part is not Part.MARK]
        if len(said) >= _LEAST_ROW and all(atoms[index].part in _MAYBE_DIGITS for index in said):
            found.update(index for index in said if atoms[index].part is Part.HEARD_AS)
    return frozenset(found)


def _unbelieved(atom: Atom) -> Part:
    return Part.FILLER if atom.part is Part.ZERO else Part.OTHER


def _believed(atoms: Sequence[Atom], index: int) -> bool:
    before, after = _digits_beside(atoms, index, -1), _digits_beside(atoms, index, 1)
    match atoms[index].part:
        case Part.ZERO:
            comma = index + 1 < len(atoms) and atoms[index + 1].part in (Part.MARK, Part.STOP)
            repeated = index > 0 and atoms[index - 1].part is Part.REPEAT
            return repeated or before > 0 or (after > 0 and not comma)
        case Part.HEARD_AS:
            return before + after >= 2
        case _:
            return before > 0 and after > 0 and before + after >= 3


def _digits_beside(atoms: Sequence[Atom], index: int, step: int) -> int:
    """How many digits stand right beside the atom on one side, commas aside; doubtful ones count once one is sure."""
    count = 0
    position = index + step
    while 0 <= position < len(atoms) and count < 4 and abs(position - index) <= _LOOKED_AT:
        atom = atoms[position]
        if atom.part is Part.WRITTEN and atom.shape in (Shape.PLAIN, Shape.MIXED):
            count += len(atom.text)
        elif atom.part in (Part.DIGIT, Part.TEEN, Part.TEN):
            count += 1
        elif atom.part not in (Part.MARK, Part.ZERO, Part.HEARD_AS, Part.REPEAT):
            break
        position += step
    return count


def _is_repeat(atoms: Sequence[Atom], index: int) -> bool:
    at = _repeated(atoms, index)
    following = atoms[at] if at < len(atoms) else None
    return following is not None and (
        following.part in (Part.DIGIT, Part.ZERO) or (following.part is Part.WRITTEN and len(following.text) == 1)
    )


def _repeated(atoms: Sequence[Atom], index: int) -> int:
    """The index of what stands behind "double", a comma aside: "doble , quero"."""
    marked = index + 1 < len(atoms) and atoms[index + 1].part is Part.MARK
    return index + 2 if marked else index + 1


def _stretches(atoms: Sequence[Atom], table: Lexicon, max_gap_ms: int) -> Iterator[list[Group]]:
    """Groups that follow one another with nothing but fillers, marks and corrections between."""
    current: list[Group] = []
    fillers = 0
    correcting = False
    index = 0
    while index < len(atoms):
        atom = atoms[index]
        group, index = _group(atoms, index, table)
        if group is not None:
            if current and (
                group.span.start_ms - current[-1].span.end_ms > max_gap_ms
                or fillers > _MAX_FILLERS
                or not _may_follow(current[-1], group)
            ):
                yield current
                current = []
            current.append(replace(group, restated=correcting and bool(current)))
            fillers, correcting = 0, False
        elif atom.is_numeric or atom.part is Part.OTHER or (atom.part is Part.STOP and atom.text == "?"):
            if current:
                yield current
            current, fillers, correcting = [], 0, False
        else:
            fillers += atom.part in (Part.FILLER, Part.CORRECTION)
            correcting = correcting or atom.part is Part.CORRECTION
    if current:
        yield current


def _may_follow(before: Group, group: Group) -> bool:
    """Amounts, times and ordinals stand for themselves; parts of one written word never come apart."""
    if before.words[1] == group.words[0]:
        return True
    alone = (Shape.MONEY, Shape.PERCENT, Shape.CLOCK, Shape.ORDINAL, Shape.DECIMAL, Shape.THOUSANDS)
    return before.shape not in alone and group.shape not in alone


def _group(atoms: Sequence[Atom], index: int, table: Lexicon) -> tuple[Group | None, int]:
    """The group that begins at `index`, or None, and the index after it."""
    atom = atoms[index]
    if not atom.is_numeric:
        return None, index + 1
    if atom.part is Part.REPEAT:
        at = _repeated(atoms, index)
        following = atoms[at]
        text = (following.text if following.part is Part.WRITTEN else str(following.value)) * atom.value
        return _spread(text, int(text), (atom, following), spoken=True), at + 1
    if atom.part is Part.ORDINAL:
        if atom.value < _MIN_LONE_ORDINAL:
            return None, index + 1
        return replace(_spread(str(atom.value), atom.value, (atom,), spoken=True), shape=Shape.ORDINAL), index + 1
    cardinal = read_cardinal(atoms, index, table)
    if cardinal is None:
        return None, index + 1
    used = tuple(part for part in atoms[index : cardinal.end] if part.is_numeric)
    group = _spread(cardinal.text, cardinal.value, used, spoken=atom.part is not Part.WRITTEN)
    return replace(group, large=cardinal.large, shape=cardinal.shape), cardinal.end


def _spread(text: str, value: int, atoms: Sequence[Atom], spoken: bool) -> Group:
    """Digits over the time of their atoms: one each where they are as many, evenly over the whole else."""
    measured = all(atom.measured for atom in atoms)
    words = (atoms[0].word_index, atoms[-1].word_index)
    if len(atoms) == len(text):
        digits = tuple(
            Digit(sign, Span(round(atom.start_ms), round(atom.end_ms)), atom.word_index, atom.measured)
            for sign, atom in zip(text, atoms, strict=True)
        )
        return Group(digits, value, words, spoken=spoken)
    begin, end = atoms[0].start_ms, max(atom.end_ms for atom in atoms)
    step_ms = (end - begin) / len(text)
    return Group(tuple(_evenly(text, begin, step_ms, atoms, measured)), value, words, spoken=spoken)


def _evenly(text: str, begin: float, step_ms: float, atoms: Sequence[Atom], measured: bool) -> Iterable[Digit]:
    for place, sign in enumerate(text):
        middle = begin + step_ms * (place + 0.5)
        owner = next((atom for atom in atoms if middle < atom.end_ms), atoms[-1])
        span = Span(round(begin + step_ms * place), round(begin + step_ms * (place + 1)))
        yield Digit(sign, span, owner.word_index, measured)
