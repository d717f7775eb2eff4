"""The numbers of one synthetic call, secret and ordinary, drawn from a seed: their value and how they are spoken."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from benchmarks import spoken_forms as forms
from benchmarks.spoken_forms import Form

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
CARD_FORMS: dict[str, tuple[Form, ...]] = {
    "development": (
        forms.by_groups,
        forms.one_by_one,
        forms.doubled,
        forms.in_pairs,
        forms.corrected,
        forms.by_groups_with_oh,
    ),
    "heldout": (
        forms.uneven,
        forms.flowing,
        forms.tripled,
        forms.hesitating,
        forms.hundreds,
        forms.in_pairs,
        forms.corrected,
    ),
    "unseen": (
        *(forms.by_groups, forms.flowing, forms.hesitating, forms.by_groups_with_oh, forms.in_pairs, forms.restarted),
        *(forms.corrected, forms.by_groups, forms.one_by_one, forms.doubled, forms.uneven, forms.closed_with_pairs),
        forms.by_groups,
    ),
    "spanish": (forms.cifras, forms.pares),
}
SOCIAL_FORMS: dict[str, tuple[Form, ...]] = {
    "development": (forms.by_groups, forms.in_pairs, forms.one_by_one),
    "heldout": (forms.flowing_with_oh, forms.hesitating, forms.dashed, forms.by_groups_with_oh),
    "unseen": (
        *(forms.by_groups, forms.hesitating, forms.by_groups_with_oh, forms.closed_with_pairs, forms.flowing),
        *(forms.restarted, forms.corrected),
    ),
    "spanish": (forms.cifras,),
}
BRANDS = (("4", 16), ("5", 16), ("37", 15), ("6011", 16), ("4", 16), ("52", 16))
UNITS = ("boxes", "bags", "items", "business days", "tickets", "pieces")


@dataclass(frozen=True)
class Number:
    """One number in the call: its type as in the truth files, its value, and its words."""

    type: str
    value: str
    text: str


def check_digit(digits: str) -> str:
    """The digit that makes `digits` pass the Luhn check."""
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(digits)))
    return str(-total % 10)


def card_number(chance: random.Random, prefix: str, length: int) -> str:
    """A made-up number of a brand's form that passes the Luhn check, with some neighbours alike and some zeros."""
    digits = prefix
    while len(digits) < length - 1:
        again = chance.random() < 0.25
        digits += digits[-1] if again else chance.choice("0123456789")
    return digits + check_digit(digits)


@dataclass
class Numbers:
    """Draws the numbers of one call; a card and a social security number stay the same throughout."""

    half: str
    chance: random.Random
    turn: int
    """Which call of its half this is: brands and forms take turns."""
    amex: bool = False
    card: str = field(init=False)
    social: str = field(init=False)

    def __post_init__(self) -> None:
        prefix, length = ("37", 15) if self.amex else BRANDS[self.turn % len(BRANDS)]
        self.card = card_number(self.chance, prefix, length)
        area = self.chance.choice((*range(1, 666), *range(667, 900)))
        self.social = f"{area:03d}{self.chance.randrange(1, 100):02d}{self.chance.randrange(1, 10000):04d}"

    def draw(self, name: str) -> Number:
        """The number for a place of a block, such as `card`, `card2`, `ssnlast`, `money`."""
        if name.startswith("card") or name.startswith("ssn"):
            return self._secret(name)
        made: Number = getattr(self, f"_{name}")()
        return made

    def _secret(self, name: str) -> Number:
        card = name.startswith("card")
        value = self.card if card else self.social
        rest = name.removeprefix("card").removeprefix("ssn")
        if rest == "last":
            return Number("pci.card_part" if card else "ssn.last4", value[-4:], self._short(value[-4:]))
        if rest:
            part = forms.chunks(value, forms.natural_sizes(value))[int(rest) - 1]
            return Number("pci.card_part" if card else "ssn", part, self._short(part))
        choice = (CARD_FORMS if card else SOCIAL_FORMS)[self.half]
        return Number("pci.card" if card else "ssn", value, choice[self.turn % len(choice)](value, self.chance))

    def _short(self, digits: str) -> str:
        if self.half == "spanish":
            return forms.cifras(digits, self.chance)
        even = (forms.flowing, forms.in_pairs) if len(digits) == 4 else (forms.flowing,)
        said: str = self.chance.choice((*even, forms.flowing_with_oh))(digits, self.chance)
        return said

    def _expiry(self) -> Number:
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 33)
        value = f"{month:02d}/{year}"
        if self.half == "spanish":
            return Number("pci.expiry", value, f"{forms.par(f'{month:02d}')} {forms.par(str(year))}")
        ways = {
            "development": (
                f"{forms.pair(f'{month:02d}')}, {forms.below_hundred(year)}",
                f"{MONTHS[month - 1]} twenty {forms.below_hundred(year)}",
                forms.digits_in_words(f"{month:02d}{year}"),
            ),
            "heldout": (
                f"{forms.pair(f'{month:02d}', 'zero')} {forms.below_hundred(year)}",
                f"{MONTHS[month - 1]} of {forms.below_hundred(year)}",
                f"{forms.below_hundred(month)} slash {forms.below_hundred(year)}",
                f"{forms.pair(f'{month:02d}')} twenty {forms.below_hundred(year)}",
            ),
        }[self.half]
        return Number("pci.expiry", value, self.chance.choice(ways))

    def _cvv(self) -> Number:
        value = "".join(self.chance.choice("0123456789") for _ in range(4 if len(self.card) == 15 else 3))
        return Number("pci.cvv", value, self._short(value))

    def _phone(self) -> Number:
        value = f"{self.chance.choice((206, 312, 415, 503, 617, 718))}55501{self.chance.randrange(100):02d}"
        if self.half == "spanish":
            return Number(
                "phone", value, ", ".join(forms.cifras(p, self.chance) for p in forms.chunks(value, (3, 3, 4)))
            )
        zero = self.chance.choice(("zero", "oh"))
        return Number("phone", value, ", ".join(forms.digits_in_words(p, zero) for p in forms.chunks(value, (3, 3, 4))))

    def _digits(self, kind: str, least: int, most: int) -> Number:
        value = "".join(self.chance.choice("0123456789") for _ in range(self.chance.randrange(least, most + 1)))
        if self.half == "spanish":
            return Number(kind, value, " ".join(forms.UNOS[int(d)] for d in value))
        return Number(kind, value, forms.digits_in_words(value, self.chance.choice(("zero", "oh"))))

    def _order(self) -> Number:
        return self._digits("order_number", 6, 8)

    def _confirmation(self) -> Number:
        return self._digits("confirmation", 5, 7)

    def _account(self) -> Number:
        return self._digits("account_number", 6, 8)

    def _zip(self) -> Number:
        return self._digits("zip", 5, 5)

    def _house(self) -> Number:
        value = self.chance.randrange(11, 99)
        return Number("address", str(value), forms.below_hundred(value))

    def _year(self) -> Number:
        value = self.chance.randrange(1986, 2000)
        return Number("date", str(value), f"nineteen {forms.below_hundred(value - 1900)}")

    def _money(self) -> Number:
        whole, cents = self.chance.randrange(12, 100), self.chance.choice((0, 25, 50, 99))
        if self.half == "spanish":
            return Number("money", str(whole), f"{forms.par(str(whole))} dólares")
        text = f"{forms.below_hundred(whole)} dollars"
        if cents:
            text += f" and {forms.below_hundred(cents)} cents"
        return Number("money", f"{whole}.{cents:02d}", text)

    def _quantity(self) -> Number:
        many = self.chance.randrange(3, 30)
        return Number("quantity", str(many), f"{forms.below_hundred(many)} {self.chance.choice(UNITS)}")

    def _date(self) -> Number:
        day = self.chance.randrange(len(ORDINALS))
        month = self.chance.choice(MONTHS)
        return Number("date", f"{month} {day + 1}", f"{month} {ORDINALS[day]}")

    def _time(self) -> Number:
        hour, minute = self.chance.randrange(1, 12), self.chance.choice((15, 30, 45))
        if self.half == "spanish":
            return Number("time", f"{hour + 1}:30", f"{(*forms.UNOS, *forms.DIECES)[hour + 1]} y media")
        return Number("time", f"{hour}:{minute}", f"{forms.below_hundred(hour)} {forms.below_hundred(minute)}")

    def _dob(self) -> Number:
        date, year = self._date(), self.chance.randrange(50, 99)
        return Number("dob", f"{date.value} 19{year}", f"{date.text}, nineteen {forms.below_hundred(year)}")
