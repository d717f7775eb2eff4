"""Details and numbers of one call of a twenty-seventh author: people, places and ways of saying of its own."""

from __future__ import annotations

import random

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, Number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = [
    "Abigail",
    "Bradley",
    "Celeste",
    "Darnell",
    "Estelle",
    "Felix",
    "Geneva",
    "Harvey",
    "Isabel",
    "Jolene",
    "Kendall",
    "Lucille",
    "Malcolm",
    "Noreen",
    "Otis",
    "Paulette",
    "Raymond",
    "Sylvia",
    "Terrence",
    "Valerie",
    "Anil",
    "Mei",
]
LAST_NAMES = [
    "Ashford",
    "Blackwell",
    "Crawford",
    "Dalton",
    "Emerson",
    "Fitzgerald",
    "Goodwin",
    "Hammond",
    "Ingram",
    "Jarvis",
    "Kendrick",
    "Lombardi",
    "Marsden",
    "Nichols",
    "Osborne",
    "Prescott",
    "Ramsey",
    "Stanton",
    "Whitfield",
    "Banerjee",
    "Tran",
]
AGENTS = ["Courtney", "Dominic", "Faith", "Trevor", "Yolanda", "Spencer", "Renee", "Clive", "Monique"]
FIRST_NAMES_IN_SPANISH = ["Alicia", "Germán", "Rocío", "Leonardo", "Maribel", "Óscar", "Teresa", "Emilio", "Paloma"]
LAST_NAMES_IN_SPANISH = ["Bermúdez", "Arellano", "Figueroa", "Gallardo", "Montoya", "Rosales", "Valdez", "Zamora"]
AGENTS_IN_SPANISH = ["Lorena", "Mauricio", "Daniela", "Sergio", "Patricia"]
STREETS = (
    *("Chestnut Hill Road", "Jefferson Street", "Meadowbrook Lane", "Canal Street", "North Third Avenue"),
    *("Hawthorn Circle", "Summit Drive", "Fox Hollow Road", "Laurel Way", "Depot Street", "Bayshore Drive"),
)
CITIES = ("Spokane", "Savannah", "Dubuque", "Knoxville", "Lansing", "Santa Fe", "Topeka", "Scranton", "Duluth")
UK_STREETS = ("Mill Lane", "Victoria Road", "Albert Street", "Green Lane", "Chapel Row", "Elm Crescent")
UK_CITIES = {"Leeds": "LS", "Norwich": "NR", "Plymouth": "PL", "Bristol": "BS", "Swansea": "SA", "York": "YO"}
CALLES = ("calle Hidalgo", "avenida Reforma", "calle Alcalá", "avenida Libertad", "calle Los Pinos")
CIUDADES = ("Puebla", "Zaragoza", "Lima", "Málaga", "Córdoba", "Mérida", "Guadalajara", "Laredo")
HOSTS = ["gmail.com", "icloud.com", "yahoo.com", "proton.me", "sbcglobal.net", "outlook.com", "aol.com", "elmhill.org"]
HOSTS_IN_SPANISH = ["gmail.com", "outlook.com", "yahoo.es", "live.com.mx", "hotmail.com"]
SAID = {"icloud": "i cloud", "sbcglobal": "s b c global", "aol": "a o l", "elmhill": "elm hill", "mx": "m x"}
"""The parts of hosts that are said otherwise than they are written."""
KEPT = [
    "expiry",
    "cvv",
    "dob",
    "dob_numeric",
    "dob_day_first",
    "address",
    "address_second",
    "address_uk",
    "address_zip",
    "zip",
    "house",
    "account",
    "member",
    "agent",
    "passport",
    "license",
    "nino",
    "sin",
    "dni",
    "nie",
    "iban",
    "confirmation",
    "order",
    "phone_uk",
    "phone_nueve",
    "phone_second",
    "year",
]
"""What is said once more as it was said, where a call has it twice."""


def with_and(digits: str, chance: random.Random) -> str:
    """The last group brought in with words: "four one two two, five six one one, ..., and it ends one six"."""
    *groups, last = forms.by_groups(digits, chance).split(", ")
    return ", ".join([*groups, f"{chance.choice(('and', 'and then', 'and it ends'))} {last}"])


CARD_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups_with_oh, forms.flowing, forms.by_groups, with_and, forms.hesitating, forms.in_pairs),
    *(forms.by_groups, forms.corrected, forms.flowing_with_oh, forms.doubled, forms.by_groups_with_oh),
    *(forms.uneven, forms.restarted, forms.closed_with_pairs, with_and, forms.hundreds),
)
SOCIAL_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups, forms.flowing_with_oh, forms.by_groups_with_oh, with_and, forms.hesitating),
    *(forms.by_groups, forms.closed_with_pairs, forms.in_pairs, forms.restarted),
)
CARD_FORMS_IN_SPANISH: tuple[forms.Form, ...] = (forms.cifras, forms.pares, forms.cifras, forms.cifras)


class TwentySeventhDetails(UnseenDetails):
    """As UnseenDetails, with lists and ways of saying of its own."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.first = self.chance.choice(FIRST_NAMES_IN_SPANISH if self._is_spanish else FIRST_NAMES)
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if self._is_spanish else LAST_NAMES)
        self.mailbox = self._mailbox()
        self._said: dict[str, Number] = {}

    def draw(self, name: str) -> Number:
        if name not in KEPT:
            return super().draw(name)
        if name not in self._said:
            self._said[name] = super().draw(name)
        return self._said[name]

    def _agent(self) -> Number:
        name = self.chance.choice(AGENTS_IN_SPANISH if self._is_spanish else AGENTS)
        return Number("pii.name", name, name)

    def _address(self) -> Number:
        house = str(self.chance.choice((self.chance.randrange(11, 99), self.chance.randrange(111, 9_800))))
        if self._is_spanish:
            house, street, city = house[:2], self.chance.choice(CALLES), self.chance.choice(CIUDADES)
            return Number("pii.address", f"{street} {house} {city}", f"{street}, número {forms.par(house)}, en {city}")
        said = " ".join(forms.pair(two) for two in forms.chunks(house, (2 - len(house) % 2, 2)))
        said = self.chance.choice((forms.digits_in_words(house, "oh"), said, said))
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}, {city}")

    def _address_uk(self) -> Number:
        house, street = self.chance.randrange(2, 99), self.chance.choice(UK_STREETS)
        city, end = self.chance.choice([*UK_CITIES]), self.chance.choices("BDFHJLNPT", k=2)
        area, sector, letters = self.chance.randrange(1, 10), self.chance.randrange(1, 10), UK_CITIES[city]
        code = f"{' '.join(letters)} {forms.ONES[area]}, {forms.ONES[sector]} {' '.join(end)}"
        said = f"{forms.below_hundred(house)} {street}, {city}, {code}"
        return Number("pii.address", f"{house} {street} {city} {letters}{area} {sector}{''.join(end)}", said)

    def _quantity(self) -> Number:
        """How long something takes."""
        many = self.chance.randrange(3, 30)
        unit = "días hábiles" if self._is_spanish else self.chance.choice(("business days", "days"))
        return Number("quantity", str(many), f"{self._in_count(many)} {unit}")

    def _in_count(self, many: int) -> str:
        return forms.par(f"{many:02d}").removeprefix("cero ") if self._is_spanish else forms.below_hundred(many)

    def _count(self) -> Number:
        many = self.chance.randrange(3, 10)
        return Number("quantity", str(many), self._in_count(many))

    def _large(self) -> Number:
        """Hundreds of dollars, or thousands of them."""
        hundreds, rest = self.chance.randrange(1, 10), self.chance.choice((0, 15, 20, 36, 40, 65, 80, 95))
        thousands = self.chance.choice((0, 0, 1, 2, 4))
        said = f"{forms.ONES[thousands]} thousand " if thousands else ""
        said += f"{forms.ONES[hundreds]} hundred" + (f" {forms.below_hundred(rest)}" if rest else "")
        return Number("money", str(thousands * 1_000 + hundreds * 100 + rest), f"{said} dollars")

    def _percent(self) -> Number:
        many = self.chance.choice((5, 6, 10, 12, 15, 20, 30, 35))
        return Number("percent", str(many), f"{self._in_count(many)} {'por ciento' if self._is_spanish else 'percent'}")

    def _date(self) -> Number:
        if not self._is_spanish:
            return super()._date()
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        return Number("date", f"{MONTHS[month]} {day}", f"{self._in_count(day)} de {MESES[month]}")

    def _pounds(self) -> Number:
        whole, pence = self.chance.randrange(12, 99), self.chance.choice((0, 25, 40, 99))
        said = f"{forms.below_hundred(whole)} pounds" + (f" {forms.below_hundred(pence)}" if pence else "")
        return Number("money", f"{whole}.{pence:02d}", said)

    def _pesos(self) -> Number:
        hundreds, said = self.chance.choice(((200, "doscientos"), (400, "cuatrocientos"), (800, "ochocientos")))
        rest = self.chance.choice((31, 45, 52, 60, 73, 84, 99))
        return Number("money", str(hundreds + rest), f"{said} {forms.par(str(rest))} pesos")

    def _euros(self) -> Number:
        whole = str(self.chance.choice((28, 35, 42, 55, 64, 73, 89, 96)))
        return Number("money", whole, f"{forms.par(whole)} euros")

    def _mailbox(self) -> Mailbox:
        spanish, low, family = self._is_spanish, self.first.lower(), self.last.lower()
        host, number = self.chance.choice(HOSTS_IN_SPANISH if spanish else HOSTS), str(self.chance.randrange(31, 99))
        host_said = (" punto " if spanish else " dot ").join(SAID.get(part, part) for part in host.split("."))
        first, last = (word.translate(str.maketrans("áéíóúñ", "aeioun")) for word in (low, family))
        ways: tuple[tuple[str, str], ...]
        ways = ((f"{first}.{last}", f"{first} dot {last}"), (f"{first}{last[0]}", f"{first} {self.last[0]}"))
        ways += ((f"{first}{number}", f"{first} {forms.below_hundred(int(number))}"),)
        ways += (
            (f"{first}_{last}", f"{first} underscore {last}"),
            (f"sunnyporch{number}", f"sunny porch {forms.below_hundred(int(number))}"),
        )
        if spanish:
            ways = ((f"{first}.{last}", f"{low} punto {family}"), (f"{last}{number}", f"{family} {forms.par(number)}"))
        return Mailbox(*self.chance.choice(ways), host, host_said)

    def _secret(self, name: str) -> Number:
        rest, spanish = name.removeprefix("card").removeprefix("ssn"), self._is_spanish
        value, kind = (self.card, "pci.card") if name.startswith("card") else (self.social, "ssn")
        if rest.isdecimal() and kind == "pci.card":
            part = forms.chunks(value, (4,))[int(rest) - 1]
            return Number("pci.card_part", part, self._short(part))
        if rest == "again":
            return Number(kind, value, (forms.cifras if spanish else forms.by_groups)(value, self.chance))
        if rest:
            return super()._secret(name)
        ways = CARD_FORMS if kind == "pci.card" else SOCIAL_FORMS
        if spanish:
            ways = CARD_FORMS_IN_SPANISH if kind == "pci.card" else (forms.cifras,)
        return Number(kind, value, ways[self.turn % len(ways)](value, self.chance))

    def _expiry(self) -> Number:
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 34)
        two, words, name = f"{month:02d}", forms.below_hundred(year), MONTHS[month - 1]
        ways: tuple[str, ...] = (f"{forms.pair(two)} {words}", f"{name} twenty {words}", f"{name} {words}")
        ways += (f"{forms.below_hundred(month)}, {words}", forms.digits_in_words(f"{two}{year}", "oh"))
        if self._is_spanish:
            words, name = forms.par(str(year)), MESES[month - 1]
            ways = (f"{forms.par(two)}, {words}", f"{name} del {words}", f"{forms.par(two)} barra {words}")
        return Number("pci.expiry", f"{two}/{year}", self.chance.choice(ways))
