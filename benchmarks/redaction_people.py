"""People's details and keyed numbers of one synthetic call: drawn from a seed, as they are said or keyed."""

from __future__ import annotations

from benchmarks import spoken_forms as forms
from benchmarks.redaction_numbers import Number, Numbers, check_digit

FIRST_NAMES = (
    *("Grace", "Daniel", "Ruth", "Marcus", "Elena", "Peter", "Sofia", "Walter", "Nancy", "Oliver", "Priya", "Hector"),
    *("Linda", "Kevin", "Judith", "Samuel"),
)
LAST_NAMES = (
    *("Miller", "Novak", "Hernandez", "Baker", "Sullivan", "Ortiz", "Fisher", "Lindgren", "Patel", "Brooks", "Walsh"),
    *("Carter", "Romano", "Fleming", "Becker", "Young"),
)
STREETS = ("Oak Street", "Maple Avenue", "Washington Road", "Hill Lane", "River Drive", "Garden Court")
CITIES = ("Boston", "Denver", "Portland", "Madison", "Austin", "Salem", "Dayton", "Richmond")
PROVIDERS = ("gmail", "yahoo", "outlook", "hotmail")
KEYED = "keyed."
"""What the types of keyed numbers begin with."""


class Details(Numbers):
    """As Numbers, with details of a person, who stays the same throughout a call."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.first, self.last = self.chance.choice(FIRST_NAMES), self.chance.choice(LAST_NAMES)

    def _name(self) -> Number:
        return Number("pii.name", f"{self.first} {self.last}", f"{self.first} {self.last}")

    def _agent(self) -> Number:
        return Number("pii.name", "Ruth", "Ruth")

    def _spelled(self) -> Number:
        return Number("pii.name", self.last, " ".join(self.last))

    def _address(self) -> Number:
        house = str(self.chance.randrange(101, 9_900))
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        said = f"{' '.join(forms.pair(two) for two in forms.chunks(house.zfill(4), (2,)))}" if len(house) == 4 else ""
        said = said or forms.digits_in_words(house)
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}, {city}")

    def _email(self) -> Number:
        provider, number = self.chance.choice(PROVIDERS), self.chance.randrange(21, 99)
        first, last = self.first.lower(), self.last.lower()
        user, said = self.chance.choice(
            (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{first[0]}{last}{number}", f"{first[0]} {last} {forms.below_hundred(number)}"),
                (last, " ".join(last)),
                (f"{first}{number}", f"{first} {forms.digits_in_words(str(number))}"),
            )
        )
        return Number("pii.email", f"{user}@{provider}.com", f"{said} at {provider} dot com")

    def _sin(self) -> Number:
        digits = str(self.chance.choice((1, 2, 4, 5, 6, 7))) + "".join(self.chance.choices("0123456789", k=7))
        digits += check_digit(digits)
        return Number("sin", digits, ", ".join(forms.digits_in_words(part) for part in forms.chunks(digits, (3,))))

    def _keyed_card(self) -> Number:
        return Number(f"{KEYED}pci.card", self.card, "")

    def _keyed_code(self) -> Number:
        return Number(f"{KEYED}pci.cvv", self._cvv().value, "")

    def _keyed_social(self) -> Number:
        return Number(f"{KEYED}ssn", self.social, "")
