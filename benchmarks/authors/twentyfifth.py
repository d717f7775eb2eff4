"""Details and numbers of one synthetic call of a twenty-fifth author: people, places and ways of saying of its own."""

from __future__ import annotations

import random

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = [
    "Alicia",
    "Barbara",
    "Clifford",
    "Denise",
    "Edwin",
    "Felicity",
    "Geoffrey",
    "Harriet",
    "Isaac",
    "Janet",
    "Keith",
    "Lucille",
    "Martin",
    "Nadine",
    "Oscar",
    "Paula",
    "Raymond",
    "Sheila",
    "Terrence",
    "Ursula",
    "Warren",
    "Yvonne",
    "Anjali",
    "Mei",
    "Kwame",
]
LAST_NAMES = [
    "Ashford",
    "Barlow",
    "Chandler",
    "Dawson",
    "Eastman",
    "Farrell",
    "Gibbons",
    "Hanley",
    "Ingram",
    "Jefferson",
    "Kendrick",
    "Lockwood",
    "Moreno",
    "Nichols",
    "Osborne",
    "Prescott",
    "Redmond",
    "Stafford",
    "Thornton",
    "Vaughn",
    "Whitaker",
    "Zimmerman",
    "Mehta",
    "Chen",
]
AGENTS = ["Colleen", "Andre", "Trish", "Farah", "Wesley", "Monique", "Duncan", "Shelby", "Rohan", "Becky"]
FIRST_NAMES_IN_SPANISH = ["Rosario", "Germán", "Lorena", "Álvaro", "Carolina", "Ignacio", "Yolanda", "Mateo", "Inés"]
LAST_NAMES_IN_SPANISH = ["Montoya", "Valdés", "Bravo", "Contreras", "Rivas", "Guerrero", "Solís", "Peralta", "Cortés"]
AGENTS_IN_SPANISH = ["Marisol", "Gonzalo", "Patricia", "Leonardo", "Nuria", "Fernanda"]
STREETS = (
    *("Chestnut Hill Road", "Juniper Street", "West Tenth Street", "Meadowbrook Drive", "Union Avenue"),
    *("Dogwood Circle", "Canal Street", "Sunset Ridge", "Jefferson Parkway", "Quarry Road", "Bayview Terrace"),
    *("Laurel Lane", "North Main Street"),
)
CITIES = ("Spokane", "Lexington", "Savannah", "Topeka", "Duluth", "Mobile", "Lubbock", "Scranton", "Sacramento", "Erie")
UK_STREETS = ("Victoria Road", "Mill Lane", "Queens Drive", "Chapel Street", "Elm Close", "Manor Way", "The Crescent")
UK_CITIES = {"Norwich": "NR", "Leeds": "LS", "Bristol": "BS", "Preston": "PR", "Swansea": "SA", "Dundee": "DD"}
CALLES = ("calle Hidalgo", "avenida Las Palmas", "calle Goya", "calle del Carmen", "avenida Libertad", "calle Juárez")
CIUDADES = ("Zaragoza", "Puebla", "Cali", "Mérida", "Alicante", "Córdoba", "Laredo", "Valladolid", "Tijuana")
HOSTS = [
    *("gmail.com", "yahoo.com", "outlook.com", "icloud.com", "hotmail.com", "cox.net", "live.com", "proton.me"),
    *("sbcglobal.net", "redbarnfarm.com", "oakhill.edu"),
]
HOSTS_IN_SPANISH = ["gmail.com", "hotmail.com", "outlook.com", "live.mx", "yahoo.es", "correo.es"]
SAID = {
    "icloud": "i cloud",
    "sbcglobal": "s b c global",
    "redbarnfarm": "red barn farm",
    "oakhill": "oak hill",
    "edu": "e d u",
    "mx": "m x",
}
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


def with_then(digits: str, chance: random.Random) -> str:
    """The groups told in turn: "four one two two, then five one six six, ..."."""
    head, *rest = forms.by_groups_with_oh(digits, chance).split(", ")
    at = chance.randrange(len(rest))
    rest[at] = f"{chance.choice(('then', 'and then', 'next is'))} {rest[at]}"
    return ", ".join([head, *rest])


def with_got_that(digits: str, chance: random.Random) -> str:
    """A look whether the other one keeps up, before the last group."""
    *groups, last = forms.by_groups(digits, chance).split(", ")
    return ", ".join([*groups, chance.choice(("got that", "are you with me", "you there", "and it ends in")), last])


def mixed(digits: str, chance: random.Random) -> str:
    """Some groups in pairs and the others digit by digit."""
    single, paired = (way(digits, chance).split(", ") for way in (forms.by_groups_with_oh, forms.in_pairs))
    return ", ".join(chance.choice(both) for both in zip(single, paired, strict=True))


def twice_the_same(digits: str, chance: random.Random) -> str:
    """One group said twice over, for it to be heard: "five one six six, that is five one six six"."""
    groups = forms.by_groups(digits, chance).split(", ")
    at = chance.randrange(len(groups) - 1)
    groups[at] += f", that is {groups[at]}"
    return ", ".join(groups)


def de_corrido(digits: str, _: random.Random) -> str:
    """In Spanish without a pause."""
    return " ".join(forms.UNOS[int(digit)] for digit in digits)


def con_luego(digits: str, chance: random.Random) -> str:
    """In Spanish with a word between the groups."""
    groups = forms.cifras(digits, chance).split(", ")
    at = chance.randrange(1, len(groups))
    groups[at] = f"{chance.choice(('luego', 'después', 'y'))} {groups[at]}"
    return ", ".join(groups)


CARD_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups_with_oh, with_then, forms.by_groups, forms.flowing_with_oh, mixed, forms.hesitating),
    *(forms.by_groups, with_got_that, forms.in_pairs, forms.corrected, forms.by_groups_with_oh, forms.doubled),
    *(forms.one_by_one, twice_the_same, forms.flowing, forms.closed_with_pairs, forms.uneven, forms.tripled),
    forms.restarted,
)
SOCIAL_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups, forms.by_groups_with_oh, mixed, forms.flowing, forms.hesitating, with_then),
    *(forms.by_groups, forms.in_pairs, forms.dashed, forms.closed_with_pairs, with_got_that, forms.flowing_with_oh),
    forms.corrected,
)
CARD_FORMS_IN_SPANISH: tuple[forms.Form, ...] = (forms.cifras, forms.pares, con_luego, de_corrido, forms.cifras)
SOCIAL_FORMS_IN_SPANISH: tuple[forms.Form, ...] = (forms.cifras, con_luego)


class TwentyFifthDetails(UnseenDetails):
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
        house = str(self.chance.choice((self.chance.randrange(12, 99), self.chance.randrange(114, 8_900))))
        if self._is_spanish:
            house, street, city = house[:2], self.chance.choice(CALLES), self.chance.choice(CIUDADES)
            said = self.chance.choice((f"{street} {forms.par(house)}", f"{street}, número {forms.par(house)}"))
            return Number("pii.address", f"{street} {house} {city}", f"{said}, {city}")
        said = " ".join(forms.pair(two) for two in forms.chunks(house, (2 - len(house) % 2, 2)))
        said = self.chance.choice((said, said, forms.digits_in_words(house, "oh")))
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        between = self.chance.choice((", ", ", in ", " in "))
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}{between}{city}")

    def _address_uk(self) -> Number:
        house, street = self.chance.randrange(2, 99), self.chance.choice(UK_STREETS)
        city, end = self.chance.choice([*UK_CITIES]), self.chance.choices("BDFHJLNPT", k=2)
        area, sector, letters = self.chance.randrange(1, 10), self.chance.randrange(1, 10), UK_CITIES[city]
        code = f"{' '.join(letters)} {forms.ONES[area]}, {forms.ONES[sector]} {' '.join(end)}"
        said = f"{forms.below_hundred(house)} {street}, {city}, {code}"
        return Number("pii.address", f"{house} {street} {city} {letters}{area} {sector}{''.join(end)}", said)

    def _quantity(self) -> Number:
        """How long something takes."""
        many = self.chance.randrange(2, 21)
        unit = self.chance.choice(("business days", "days", "working days", "weeks"))
        if self._is_spanish:
            unit = self.chance.choice(("días", "días hábiles", "semanas"))
        return Number("quantity", str(many), f"{self._many(many)} {unit}")

    def _count(self) -> Number:
        """How many of something, without the thing."""
        many = self.chance.randrange(2, 15)
        return Number("quantity", str(many), self._many(many))

    def _many(self, many: int) -> str:
        return forms.par(f"{many:02d}").removeprefix("cero ") if self._is_spanish else forms.below_hundred(many)

    def _percent(self) -> Number:
        many = self.chance.choice((3, 5, 7, 10, 15, 20, 30, 40))
        return Number("percent", str(many), f"{self._many(many)} {'por ciento' if self._is_spanish else 'percent'}")

    def _date(self) -> Number:
        if not self._is_spanish:
            drawn = super()._date()
            named, of_month = drawn.value.split()
            the = f"the {ORDINALS[int(of_month) - 1]} of {named}"
            return Number("date", drawn.value, self.chance.choice((drawn.text, drawn.text, the)))
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        return Number("date", f"{MONTHS[month]} {day}", f"{self._many(day)} de {MESES[month]}")

    def _money(self) -> Number:
        if self._is_spanish:
            return super()._money()
        whole, cents = self.chance.randrange(14, 100), self.chance.choice((0, 15, 49, 75, 95))
        said = forms.below_hundred(whole)
        ways = [f"{said} {forms.below_hundred(cents)}", f"{said} dollars and {forms.below_hundred(cents)} cents"]
        return Number("money", f"{whole}.{cents:02d}", self.chance.choice(ways) if cents else f"{said} dollars")

    def _large(self) -> Number:
        """An amount above a thousand."""
        thousands, hundreds = self.chance.randrange(2, 10), self.chance.randrange(2, 10)
        value = str(thousands * 1000 + hundreds * 100)
        if self._is_spanish:
            cientos: tuple[str, ...]
            cientos = ("doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos")
            cientos += ("ochocientos", "novecientos")
            return Number("money", value, f"{forms.UNOS[thousands]} mil {cientos[hundreds - 2]} pesos")
        said = f"{forms.ONES[thousands]} thousand {forms.ONES[hundreds]} hundred dollars"
        return Number("money", value, said)

    def _pounds(self) -> Number:
        whole, pence = self.chance.randrange(13, 99), self.chance.choice((0, 25, 49, 80))
        said = f"{forms.below_hundred(whole)} pounds" + (f" {forms.below_hundred(pence)}" if pence else "")
        return Number("money", f"{whole}.{pence:02d}", said)

    def _pesos(self) -> Number:
        hundreds, said = self.chance.choice(((200, "doscientos"), (400, "cuatrocientos"), (700, "setecientos")))
        rest = self.chance.choice((25, 38, 46, 52, 63, 75, 89, 94))
        return Number("money", str(hundreds + rest), f"{said} {forms.par(str(rest))} pesos")

    def _euros(self) -> Number:
        whole = str(self.chance.choice((18, 29, 35, 42, 56, 68, 74, 95)))
        return Number("money", whole, f"{forms.par(whole)} euros")

    def _dob(self) -> Number:
        if self._is_spanish:
            return super()._dob()
        day, month = self.chance.randrange(len(ORDINALS)), self.chance.choice(MONTHS)
        year = self.chance.randrange(45, 99)
        ways: tuple[str, ...] = (f"{month} {ORDINALS[day]}, nineteen {forms.below_hundred(year)}",)
        ways += (f"{month} {ORDINALS[day]} of {forms.below_hundred(year)}",)
        ways += (f"{month} {forms.below_hundred(day + 1)}, nineteen {forms.below_hundred(year)}",)
        return Number("dob", f"{month} {day + 1} 19{year}", self.chance.choice(ways))

    def _mailbox(self) -> Mailbox:
        spanish, low, family = self._is_spanish, self.first.lower(), self.last.lower()
        host, number = self.chance.choice(HOSTS_IN_SPANISH if spanish else HOSTS), str(self.chance.randrange(31, 99))
        host_said = (" punto " if spanish else " dot ").join(SAID.get(part, part) for part in host.split("."))
        first, last = (word.translate(str.maketrans("áéíóú", "aeiou")) for word in (low, family))
        ways: tuple[tuple[str, str], ...]
        ways = ((f"{last}.{first}", f"{last} dot {first}"), (f"{first}{last[0]}", f"{first} {self.last[0]}"))
        ways += ((f"{last}{number}", f"{last} {forms.digits_in_words(number)}"),)
        ways += ((f"{first}_{last}", f"{first} underscore {last}"), (f"{first}-{last}", f"{first} dash {last}"))
        ways += ((f"mapleporch{number}", f"maple porch {forms.below_hundred(int(number))}"),)
        if spanish:
            ways = ((f"{first}_{last}", f"{low} guion bajo {family}"), (f"{last}.{first}", f"{family} punto {low}"))
            ways += ((f"{first}{number}", f"{low} {forms.par(number)}"),)
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
            ways = CARD_FORMS_IN_SPANISH if kind == "pci.card" else SOCIAL_FORMS_IN_SPANISH
        return Number(kind, value, ways[self.turn % len(ways)](value, self.chance))

    def _expiry(self) -> Number:
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 34)
        two, words, name = f"{month:02d}", forms.below_hundred(year), MONTHS[month - 1]
        ways: tuple[str, ...] = (f"{forms.pair(two)} {words}", f"{name} twenty {words}", f"{name} {words}")
        ways += (f"{forms.below_hundred(month)} of {words}", f"{forms.pair(two, 'zero')} slash {words}")
        ways += (f"{forms.below_hundred(month)}, twenty {words}",)
        if self._is_spanish:
            words, name = forms.par(str(year)), MESES[month - 1]
            ways = (f"{forms.par(two)} {words}", f"{name} de dos mil {words}", f"{name} del {words}")
        return Number("pci.expiry", f"{two}/{year}", self.chance.choice(ways))
