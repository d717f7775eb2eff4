"""Amounts: numbers with decimals, halves and magnitudes, of money, per cent, or by themselves; and prices in two parts.

`forty five dollars and ninety nine cents`, `one point two million dollars`, `two and a half percent`, `a hundred and
five dollars`, `nineteen ninety nine a month`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from voxport.language.numbers.atoms import Part, Shape
from voxport.language.numbers.quantity import Kind, Match, Reader, digit_group

_MILLION = 1_000_000
_MAX_DECIMALS = 6
_PRICE_REACH = 4
"""What announces a price stands at most so many words before it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of any size and the index after it."""

    value: str
    """In plain figures: `1200000`, `3.5`."""
    end: int
    written: str = ""
    """As a reader writes it where not in plain figures: `1.2 million`."""
    decimal: bool = False
    """Whether decimals or a half were said."""


def read_amount(reader: Reader, index: int) -> Amount | None:
    """The number at `index` with its decimals, its half and its magnitude."""
    decimal = _decimal(reader, index)
    if decimal is not None:
        return _with_magnitude(reader, decimal)
    number = reader.number(index)
    if number is None or number.shape not in (Shape.PLAIN, Shape.THOUSANDS):
        return None
    end = _half(reader, number.end)
    if end is None:
        return Amount(str(number.value), number.end)
    scale = _scale_before(reader, number.end)
    if scale > 1:
        whole = f"{Decimal(number.value) / scale + Decimal('0.5'):f}"
        return _scaled(Amount(whole, end), scale, reader.text(number.end - 1))
    return _with_magnitude(reader, Amount(f"{number.value}.5", end, decimal=True))


def _scale_before(reader: Reader, end: int) -> int:
    atom = reader.atoms[end - 1]
    return atom.value if atom.part is Part.SCALE and atom.value >= _MILLION else 1


def _half(reader: Reader, index: int) -> int | None:
    """The index behind "and a half"."""
    words = [reader.text(index + place) for place in range(3)]
    return index + 3 if words[:1] and words[0] in reader.terms.joins and words[1:] == ["a", "half"] else None


def _with_magnitude(reader: Reader, amount: Amount) -> Amount:
    if amount.end < len(reader.atoms) and reader.atoms[amount.end].part is Part.SCALE:
        name = reader.text(amount.end)
        return _scaled(Amount(amount.value, amount.end + 1), reader.atoms[amount.end].value, name)
    return Amount(amount.value, amount.end, amount.written, decimal=True)


def _scaled(amount: Amount, scale: int, name: str) -> Amount:
    whole = Decimal(amount.value) * scale
    plain = f"{whole:f}".rstrip("0").rstrip(".") if whole != whole.to_integral() else str(int(whole))
    written = f"{amount.value} {name}" if scale >= _MILLION else ""
    return Amount(plain, amount.end, written, decimal=not written and "." in plain)


def _decimal(reader: Reader, index: int) -> Amount | None:
    """ "Four oh seven point one", "oh point five"; several points make a version, "two point four point one"."""
    whole, at = _whole(reader, index)
    if whole is None or reader.text(at) not in reader.terms.points:
        return None
    value = whole
    while reader.text(at) in reader.terms.points:
        digits, end = _decimals(reader, at + 1)
        if not digits:
            break
        value, at = f"{value}.{digits}", end
    return None if value == whole else Amount(value, at, decimal=True)


def _whole(reader: Reader, index: int) -> tuple[str | None, int]:
    """What stands before the point; "point five" with nothing before it is read where per cent follow."""
    if reader.text(index) in reader.terms.points:
        before = index > 0 and reader.atoms[index - 1].is_numeric
        end = _decimals(reader, index + 1)[1]
        return ("0", index) if not before and read_percent_sign(reader, end) is not None else (None, index)
    number = reader.number(index)
    if number is None or number.shape is not Shape.PLAIN:
        return None, index
    value, at = number.text, number.end
    while not number.large and at < len(reader.atoms) and reader.atoms[at].part in (Part.DIGIT, Part.ZERO):
        value, at = value + str(reader.atoms[at].value), at + 1
    return value.lstrip("0") or "0", at


def _decimals(reader: Reader, index: int) -> tuple[str, int]:
    """The digits behind a point, said one by one or in pairs, and the index after them."""
    digits, at = "", index
    while at < len(reader.atoms) and len(digits) < _MAX_DECIMALS:
        atom = reader.atoms[at]
        unit = reader.atoms[at + 1] if at + 1 < len(reader.atoms) else None
        if atom.part is Part.TEN and unit is not None and unit.part is Part.DIGIT and unit.value:
            digits, at = digits + str(atom.value + unit.value), at + 2
        elif atom.part in (Part.DIGIT, Part.ZERO, Part.TEEN, Part.TEN):
            digits, at = digits + str(atom.value), at + 1
        elif atom.part is Part.REPEAT:
            group, at = digit_group(reader, at)
            digits += group or ""
        elif atom.part is Part.WRITTEN and atom.shape is Shape.PLAIN:
            digits, at = digits + atom.text, at + 1
        else:
            break
    return digits, at


def read_money(reader: Reader, index: int) -> Match:
    """Dollars, cents, or both; prices without either where the words around ask for one."""
    if reader.text(index) == "half" and (match := _half_of_scale(reader, index)):
        return match
    if reader.text(index) in reader.terms.amount_articles:
        return _dollar_and(reader, index)
    amount = read_amount(reader, index)
    if amount is None:
        return None
    end = amount.end
    if reader.text(end) in reader.terms.cents:
        small = amount.value.isdecimal() and int(amount.value) < 100
        return reader.quantity(Kind.MONEY, f"0.{int(amount.value):02d}", index, end + 1) if small else None
    if amount.value.endswith("000000") and reader.text(end) in reader.terms.of:
        # "Tres millones de dólares".
        end += 1
    if reader.text(end) not in reader.terms.dollars:
        return _price(reader, index)
    cents = _cents(reader, end + 1) if "." not in amount.value and not amount.written else None
    if cents is not None:
        return reader.quantity(Kind.MONEY, f"{amount.value}.{cents[0]:02d}", index, cents[1])
    value = amount.value
    if amount.decimal and len(value.partition(".")[2]) == 1:
        value += "0"
    return reader.quantity(Kind.MONEY, value, index, end + 1, amount.written)


def _half_of_scale(reader: Reader, index: int) -> Match:
    """ "Half a million dollars"; without dollars it stays words."""
    at = index + 2
    if reader.text(index + 1) not in reader.terms.amount_articles or at >= len(reader.atoms):
        return None
    scaled = reader.atoms[at].part is Part.SCALE and reader.text(at + 1) in reader.terms.dollars
    return reader.quantity(Kind.MONEY, str(reader.atoms[at].value // 2), index, at + 2) if scaled else None


def _dollar_and(reader: Reader, index: int) -> Match:
    """ "A dollar fifty", "a dollar and five cents"."""
    cents = _cents(reader, index + 2) if reader.text(index + 1) in reader.terms.dollars else None
    return None if cents is None else reader.quantity(Kind.MONEY, f"1.{cents[0]:02d}", index, cents[1])


def _cents(reader: Reader, index: int) -> tuple[int, int] | None:
    """The cents behind dollars and the index after them; without the word only tens and teens that end there."""
    at = index + 1 if reader.text(index) in reader.terms.joins else index
    number = reader.number(at)
    if number is None or number.value >= 100 or number.shape is not Shape.PLAIN:
        return None
    if reader.text(number.end) in reader.terms.cents:
        return number.value, number.end + 1
    after = reader.atoms[number.end] if number.end < len(reader.atoms) else None
    ends = after is None or after.part in (Part.MARK, Part.STOP) or _rate(reader, number.end)
    return (number.value, number.end) if at == index and number.value >= 10 and ends else None


def _price(reader: Reader, index: int) -> Match:
    """ "Thirty nine ninety five" a month, plus tax, or behind what announces a price; written, `39.95` is a decimal."""
    number = reader.number(index)
    if number is None or number.large or number.shape is not Shape.PLAIN or not 0 < number.value < 1000:
        return None
    cents = reader.number(number.end)
    if cents is None or cents.large or cents.shape is not Shape.PLAIN or not 10 <= cents.value <= 99:
        return None
    spoken = all(atom.part is not Part.WRITTEN for atom in reader.atoms[index : cents.end])
    further = cents.end < len(reader.atoms) and reader.atoms[cents.end].is_numeric
    if not spoken or further:
        return None
    if not (_rate(reader, cents.end) or _priced(reader, index) or _was(reader, index, number.value)):
        return None
    return reader.quantity(Kind.MONEY, f"{number.value}.{cents.value:02d}", index, cents.end)


def _priced(reader: Reader, index: int) -> bool:
    """Whether the words before announce a price: "comes to", "the total is", "it costs"."""
    before = [reader.text(place) for place in range(max(0, index - _PRICE_REACH), index)]
    if not before or not reader.terms.price_words:
        return False
    costs = before[-1] in reader.terms.cost_words
    return costs or (before[-1] in reader.terms.price_links and bool(reader.terms.price_words.intersection(before)))


def _was(reader: Reader, index: int, whole: int) -> bool:
    """Whether "it was" stands before; what may be a year ("it was nineteen ninety nine") is no price for that."""
    return f"{reader.text(index - 2)} {reader.text(index - 1)}" in reader.terms.price_phrases and whole not in (19, 20)


def _rate(reader: Reader, index: int) -> bool:
    """Whether what a price is for stands there: "a month", "an hour", "plus tax"."""
    first, second = reader.text(index), reader.text(index + 1)
    each = first in ("a", "an", "per") and second in reader.terms.rates
    return each or first in ("each", "apiece") or (first == "plus" and second in ("tax", "shipping", "tip"))


def read_percent(reader: Reader, index: int) -> Match:
    """`3.5` percent."""
    amount = read_amount(reader, index)
    if amount is None or amount.written:
        return None
    end = read_percent_sign(reader, amount.end)
    return None if end is None else reader.quantity(Kind.PERCENT, amount.value, index, end)


def read_percent_sign(reader: Reader, index: int) -> int | None:
    """The index behind "percent" or "per cent"; None where neither stands at `index`."""
    for name in reader.terms.percent:
        parts = name.split()
        if [reader.text(index + place) for place in range(len(parts))] == parts:
            return index + len(parts)
    return None


def read_decimal(reader: Reader, index: int) -> Match:
    """A number with decimals or a magnitude."""
    amount = read_amount(reader, index)
    if amount is None or not (amount.decimal or amount.written):
        return None
    kind = Kind.CARDINAL if amount.written else Kind.DECIMAL
    return reader.quantity(kind, amount.value, index, amount.end, amount.written)
