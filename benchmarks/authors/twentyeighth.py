"""Details and numbers of one synthetic call of a twenty-eighth author: people, places and ways of saying of its own."""

from __future__ import annotations

import random

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, Number, card_number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = [
    *("Darlene", "Curtis", "Yolanda", "Roger", "Monique", "Trevor", "Annette", "Clifford", "Bridget", "Terrence"),
    *("Shelby", "Wallace", "Lorraine", "Dominic", "Felicia", "Norman", "Candace", "Clarence", "Anita", "Rodney"),
]
LAST_NAMES = [
    *("Bradshaw", "Conway", "Dempsey", "Ferrell", "Garrison", "Hensley", "Ingram", "Jefferson", "Kendrick", "Lockhart"),
    *("Maxwell", "Nielsen", "Osborne", "Pruitt", "Ramsey", "Stafford", "Thornton", "Vasquez", "Whitaker", "Zimmerman"),
]
AGENTS = ["Tanya", "Derek", "Crystal", "Reggie", "Marlene", "Scott", "Keisha", "Dustin", "Renee", "Omar"]
FIRST_NAMES_IN_SPANISH = ["Leticia", "Gerardo", "Rocío", "Alfonso", "Yesenia", "Mauricio", "Consuelo", "Rubén"]
LAST_NAMES_IN_SPANISH = ["Ibarra", "Montoya", "Zamora", "Valdés", "Peralta", "Rosales", "Bautista", "Acosta"]
AGENTS_IN_SPANISH = ["Karina", "Sergio", "Maribel", "Óscar", "Lorena", "Hugo"]
STREETS = (
    *("Hickory Lane", "Grant Street", "Meadow View Road", "Chestnut Avenue", "Quarry Road", "West Fourth Street"),
    *("Juniper Drive", "Railroad Avenue", "Fox Hollow Road", "Madison Street", "Pine Ridge Court", "Canal Street"),
)
CITIES = ("Dayton", "Lubbock", "Spokane", "Knoxville", "Peoria", "Mobile", "Scranton", "Topeka", "Flint", "Savannah")
UK_STREETS = ("Mill Lane", "Victoria Road", "Albert Street", "Chapel Hill", "Oak Crescent", "High Street")
UK_CITIES = {"Norwich": "NR", "Bolton": "BL", "Preston": "PR", "Swansea": "SA", "Lincoln": "LN", "Coventry": "CV"}
CALLES = ("calle Hidalgo", "avenida Juárez", "calle Alcalá", "avenida Libertad", "calle del Pozo", "calle Sucre")
CIUDADES = ("Puebla", "Cali", "Zaragoza", "Alicante", "Mayagüez", "Mérida", "Guadalajara", "Bilbao")
HOSTS = ["gmail.com", "yahoo.com", "hotmail.com", "comcast.net", "icloud.com", "aol.com", "live.com", "hillcrest.org"]
HOSTS_IN_SPANISH = ["gmail.com", "hotmail.com", "yahoo.es", "outlook.com", "live.com.mx"]
SAID = {"aol": "a o l", "icloud": "i cloud", "hillcrest": "hill crest", "mx": "m x"}
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


def with_got_that(digits: str, chance: random.Random) -> str:
    """A question to the agent before the last group: "four one two two, five one six six, got that, ..."."""
    *groups, last = forms.by_groups_with_oh(digits, chance).split(", ")
    return ", ".join([*groups, chance.choice(("got that", "you with me", "and lastly")), last])


def with_alright(digits: str, chance: random.Random) -> str:
    """A word to begin with, for one who has just found the card: "alright so, four one two two, ..."."""
    return f"{chance.choice(('alright so', 'okay it goes', 'here we go'))}, {forms.by_groups(digits, chance)}"


CARD_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups_with_oh, forms.flowing_with_oh, with_got_that, forms.by_groups, forms.hesitating, forms.in_pairs),
    *(forms.corrected, forms.by_groups, with_alright, forms.uneven, forms.closed_with_pairs, forms.restarted),
    *(forms.by_groups_with_oh, forms.doubled, forms.flowing, forms.tripled, forms.hundreds),
)
SOCIAL_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups, forms.flowing_with_oh, with_got_that, forms.by_groups_with_oh, forms.hesitating),
    *(forms.closed_with_pairs, forms.corrected),
)
CARD_FORMS_IN_SPANISH: tuple[forms.Form, ...] = (forms.cifras, forms.pares, forms.cifras)


class TwentyEighthDetails(UnseenDetails):
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
        return Number("quantity", str(many), f"{self._many(many)} {unit}")

    def _many(self, many: int) -> str:
        return forms.par(f"{many:02d}").removeprefix("cero ") if self._is_spanish else forms.below_hundred(many)

    def _count(self) -> Number:
        """How many of something there are."""
        many = self.chance.randrange(3, 20)
        return Number("quantity", str(many), self._many(many))

    def _large(self) -> Number:
        """An amount of hundreds."""
        hundreds, rest = self.chance.randrange(1, 10), self.chance.randrange(11, 99)
        said = f"{forms.ONES[hundreds]} hundred {self.chance.choice(('', 'and '))}{forms.below_hundred(rest)} dollars"
        return Number("money", str(hundreds * 100 + rest), said)

    def _percent(self) -> Number:
        many = self.chance.choice((5, 8, 10, 12, 15, 18, 20, 25))
        return Number("percent", str(many), f"{self._many(many)} {'por ciento' if self._is_spanish else 'percent'}")

    def _date(self) -> Number:
        if not self._is_spanish:
            return super()._date()
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        return Number("date", f"{MONTHS[month]} {day}", f"{self._many(day)} de {MESES[month]}")

    def _pounds(self) -> Number:
        whole, pence = self.chance.randrange(12, 99), self.chance.choice((0, 20, 50, 95))
        said = f"{forms.below_hundred(whole)} pounds" + (f" {forms.below_hundred(pence)}" if pence else "")
        return Number("money", f"{whole}.{pence:02d}", said)

    def _pesos(self) -> Number:
        hundreds, said = self.chance.choice(((400, "cuatrocientos"), (700, "setecientos"), (800, "ochocientos")))
        rest = self.chance.choice((22, 35, 49, 58, 64, 77, 86, 95))
        return Number("money", str(hundreds + rest), f"{said} {forms.par(str(rest))} pesos")

    def _euros(self) -> Number:
        whole = str(self.chance.choice((24, 36, 45, 58, 62, 79, 87, 98)))
        return Number("money", whole, f"{forms.par(whole)} euros")

    def _mailbox(self) -> Mailbox:
        spanish, low, family = self._is_spanish, self.first.lower(), self.last.lower()
        host, number = self.chance.choice(HOSTS_IN_SPANISH if spanish else HOSTS), str(self.chance.randrange(31, 99))
        host_said = (" punto " if spanish else " dot ").join(SAID.get(part, part) for part in host.split("."))
        first, last = (word.translate(str.maketrans("áéíóú", "aeiou")) for word in (low, family))
        ways: tuple[tuple[str, str], ...]
        ways = ((f"{first}.{last}", f"{first} dot {last}"), (f"{first[0]}{last}", f"{self.first[0]} {last}"))
        ways += ((f"{first}{number}", f"{first} {forms.below_hundred(int(number))}"),)
        ways += ((f"{last}_{first}", f"{last} underscore {first}"), (f"lakehouse{last}", f"lake house {last}"))
        if spanish:
            ways = ((f"{first}.{last}", f"{low} punto {family}"), (f"{last}{number}", f"{family} {forms.par(number)}"))
        return Mailbox(*self.chance.choice(ways), host, host_said)

    def _secret(self, name: str) -> Number:
        rest, spanish = name.removeprefix("card").removeprefix("ssn"), self._is_spanish
        value, kind = (self.card, "pci.card") if name.startswith("card") else (self.social, "ssn")
        if rest.isdecimal() and kind == "pci.card":
            part = forms.chunks(value, (4,))[int(rest) - 1]
            return Number("pci.card_part", part, self._short(part))
        if rest == "_second":
            other = card_number(self.chance, "5", 16)
            return Number(kind, other, forms.by_groups_with_oh(other, self.chance))
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
        ways: tuple[str, ...] = (f"{forms.pair(two)} {words}", f"{name} twenty {words}", f"{name} of {words}")
        ways += (f"{forms.below_hundred(month)} slash {words}", forms.digits_in_words(f"{two}{year}", "oh"))
        if self._is_spanish:
            words, name = forms.par(str(year)), MESES[month - 1]
            ways = (f"{forms.par(two)}, {words}", f"{name} del {words}", f"{forms.par(two)} barra {words}")
        return Number("pci.expiry", f"{two}/{year}", self.chance.choice(ways))
