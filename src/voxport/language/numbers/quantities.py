"""What numbers mean where they stand: amounts, percentages, dates, times of day, phone numbers, plain numbers, digits.

Reads the words of one turn from left to right; what fits more of them comes first. A word that means no number there
("one moment", "may I") is no quantity.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from voxport.core.transcript import Word
from voxport.language.numbers.amounts import read_decimal, read_money, read_percent
from voxport.language.numbers.atoms import Atom, Part, Shape, to_atoms
from voxport.language.numbers.dates import read_day, read_decade, read_fixed_past, read_time, read_year
from voxport.language.numbers.lexicon import lexicon_of
from voxport.language.numbers.phones import read_phone, read_phone_abroad
from voxport.language.numbers.quantity import Kind, Match, Quantity, Reader, digit_group, lone_ordinal, suffix
from voxport.language.numbers.reading import settle_doubts
from voxport.language.numbers.terms import Terms, terms_of

__all__ = ["Kind", "Quantity", "read_quantities"]

_SCALES = (10**9, 10**6, 1000, 100)
_LEAST_SCALED = 1000
_LONG_STRING = 4
"""So many single digits around a word make it one of them."""


def read_quantities(words: Sequence[Word], language: str) -> tuple[Quantity, ...]:
    """The quantities of a turn in order; none for a language that is not known."""
    table = lexicon_of(language)
    terms = terms_of(language)
    reader = Reader(settle_doubts(_kept_apart(to_atoms(words, table), terms)), words, table, terms)
    found: list[Quantity] = []
    index = 0
    while index < len(reader.atoms):
        match = _match(reader, index) if _begins(reader, index) else _with_article(reader, index)
        if match is None:
            index += 1
        else:
            found.append(match[0])
            index = match[1]
    return tuple(found)


def _begins(reader: Reader, index: int) -> bool:
    """Whether a quantity may begin here: not within a word whose other parts are something else."""
    atom = reader.atoms[index]
    whole = atom.part is not Part.WRITTEN or atom.shape is not Shape.MIXED
    first = index == 0 or reader.atoms[index - 1].word_index != atom.word_index
    vague = atom.part in (Part.HUNDRED, Part.SCALE) and reader.text(index - 1) in reader.terms.vague_counts
    terms = reader.terms
    opens = atom.text in terms.past or atom.text in terms.points or atom.text in terms.plus
    return (atom.is_numeric or opens) and whole and first and not vague


def _with_article(reader: Reader, index: int) -> Match:
    """ "A hundred and five", "a dollar fifty", "a quarter to four" from their article on; "a hundred people" stays."""
    if reader.text(index) not in reader.terms.amount_articles:
        return None
    if match := read_money(reader, index):
        return match
    large = index + 1 < len(reader.atoms) and reader.atoms[index + 1].part in (Part.HUNDRED, Part.SCALE)
    match = _match(reader, index + 1) if large else read_fixed_past(reader, index + 1)
    return (
        None
        if match is None
        else (replace(match[0], words=(reader.atoms[index].word_index, match[0].words[1])), match[1])
    )


def _kept_apart(atoms: list[Atom], terms: Terms) -> list[Atom]:
    """The atoms, where a word that may be a misheard digit joins digits only inside a string of single ones.

    "Forty eight to seventy two" are two numbers, "five five five to one" is one.
    """
    kept = list(atoms)
    for index, atom in enumerate(atoms):
        if atom.part is Part.HEARD_BETWEEN and not _in_string(atoms, index):
            kept[index] = replace(atom, part=Part.OTHER)
        elif atom.part is Part.ZERO and _beside_point(atoms, index, terms):
            kept[index] = replace(atom, part=Part.DIGIT, text="0")
    return kept


def _beside_point(atoms: Sequence[Atom], index: int, terms: Terms) -> bool:
    """ "Oh point five" and "nine point oh"."""
    if index + 1 < len(atoms) and atoms[index + 1].text in terms.points:
        return True
    return index > 1 and atoms[index - 1].text in terms.points and atoms[index - 2].is_numeric


def _in_string(atoms: Sequence[Atom], index: int) -> bool:
    def singles(step: int) -> int:
        count, position = 0, index + step
        while 0 <= position < len(atoms) and count < _LONG_STRING and _is_single(atoms[position]):
            count, position = count + 1, position + step
        return count

    before, after = singles(-1), singles(1)
    return before > 0 and after > 0 and before + after >= _LONG_STRING


def _is_single(atom: Atom) -> bool:
    written = atom.part is Part.WRITTEN and len(atom.text) == 1 and atom.shape is Shape.PLAIN
    return written or atom.part in (Part.DIGIT, Part.ZERO)


def _fixed(reader: Reader, index: int) -> Match:
    """What has a form of its own: "twenty four seven"."""
    for said, written in reader.terms.fixed.items():
        parts = said.split()
        if [reader.text(index + place) for place in range(len(parts))] == parts:
            end = index + len(parts)
            further = end < len(reader.atoms) and reader.atoms[end].is_numeric
            before = index > 0 and reader.atoms[index - 1].is_numeric
            if not (further or before):
                return reader.quantity(Kind.RATIO, written, index, end)
    return None


def _match(reader: Reader, index: int) -> Match:
    for read in _READERS:
        match = read(reader, index)
        if match is not None:
            end = match[1]
            if end >= len(reader.atoms) or reader.atoms[end].word_index != reader.atoms[end - 1].word_index:
                return match
    return None


def _digits(reader: Reader, index: int) -> Match:
    """Three or more digits said one by one, or pairs that make one number: "forty one eleven"."""
    groups, position = _spoken_groups(reader, index)
    value, count = "".join(groups).replace("-", ""), len(groups)
    single = sum(len(group.strip("-")) == 1 for group in groups)
    first = reader.atoms[index]
    pairs = count >= 2 and single <= 1 and len(value) >= 4 and first.value >= 10
    # "One twenty five" is 125; before "dollar" it is one bill of so many.
    hundred = count == 2 and single == 1 and len(value) == 3 and first.part is Part.DIGIT and first.value > 0
    hundred = hundred and reader.text(position) not in reader.terms.bills
    joined = count >= 3 or pairs or hundred or first.part in (Part.REPEAT, Part.ZERO)
    written = "".join(groups) if any("-" in group for group in groups) else ""
    return reader.quantity(Kind.DIGITS, value, index, position, written) if len(value) >= 3 and joined else None


def _spoken_groups(reader: Reader, index: int) -> tuple[list[str], int]:
    """Figures said one after the other, with a hyphen before those behind a "dash", and the index after them."""
    groups: list[str] = []
    position = index
    while position < len(reader.atoms):
        dashed = bool(groups) and reader.text(position) in reader.terms.dashes
        begin = position + dashed
        if begin >= len(reader.atoms) or reader.atoms[begin].part is Part.WRITTEN:
            break
        group, end = digit_group(reader, begin)
        if group is None:
            break
        groups.append("-" * dashed + group)
        position = end
    return groups, position


def _ordinal(reader: Reader, index: int) -> Match:
    number = reader.number(index) or lone_ordinal(reader, index)
    if number is None or number.shape is not Shape.ORDINAL or number.value < 10:
        return None
    return reader.quantity(Kind.ORDINAL, f"{number.value}{suffix(number.value)}", index, number.end)


def _sharing(reader: Reader, index: int) -> Match:
    """The twenty of "twenty to thirty thousand", the eight of "eight or nine hundred": thousands and hundreds too."""
    number = reader.number(index)
    if number is None or number.large or number.shape is not Shape.PLAIN or not 0 < number.value < _LEAST_SCALED:
        return None
    if reader.text(number.end) not in reader.terms.ranges:
        return None
    other = reader.number(number.end + 1)
    if other is None or not other.large or other.shape is not Shape.PLAIN:
        return None
    scale = next((size for size in _SCALES if other.value % size == 0), 1)
    shares = scale > 1 and number.value < other.value // scale < _LEAST_SCALED
    return reader.quantity(Kind.CARDINAL, str(number.value * scale), index, number.end) if shares else None


def _cardinal(reader: Reader, index: int) -> Match:
    """A number of ten or more; "a hundred" and "mil gracias" stay words."""
    number = reader.number(index)
    if number is None or number.shape is not Shape.PLAIN or number.value < 10:
        return None
    if number.end == index + 1 and reader.atoms[index].part in (Part.HUNDRED, Part.SCALE):
        return None
    return reader.quantity(Kind.CARDINAL, str(number.value), index, number.end)


_READERS: tuple[Callable[[Reader, int], Match], ...] = (
    read_phone_abroad,
    read_phone,
    _fixed,
    _sharing,
    read_money,
    read_percent,
    read_decimal,
    read_day,
    read_decade,
    read_year,
    read_time,
    _digits,
    _ordinal,
    _cardinal,
)
