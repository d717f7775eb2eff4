"""Details and numbers of one synthetic call of a twenty-third author: people, places and ways of saying of its own."""

from __future__ import annotations

import random
from functools import partial

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = (
    *("Abigail", "Dwayne", "Erica", "Floyd", "Gretchen", "Harold", "Imani", "Jared", "Odessa", "Kirsten"),
    *("Lamar", "Marlene", "Nathan", "Preston", "Rosalyn", "Sanjay", "Tabitha", "Lakshmi"),
)
LAST_NAMES = (
    *("Barlow", "Chambers", "Dempsey", "Everett", "Finnegan", "Gibbs", "Holloway", "Iyer", "Kirkland"),
    *("Langley", "Macbride", "Norwood", "Okafor", "Pruitt", "Quinlan", "Sandoval", "Tillman"),
)
AGENTS = ("Darlene", "Marcy", "Reggie", "Colin", "Shanice", "Doug", "Priscilla", "Trevor", "Farah")
NOMBRES = ("Maribel", "Fabián", "Graciela", "Hernán", "Itzel", "Leandro", "Noelia", "Wilfredo")
APELLIDOS = ("Arroyo", "Bermúdez", "Carrasco", "Figueroa", "Lozano", "Marrero", "Quiroga", "Zamora")
AGENTES = ("Brenda", "Julián", "Nuria", "Ramón", "Dayana")
STREETS = ("Walnut Street", "Orchard Lane", "Prospect Avenue", "Quarry Road", "Dogwood Court", "West Eighth Street")
CITIES = ("Akron", "Mobile", "Yuma", "Bangor", "Topeka", "Macon", "Tacoma", "Lansing", "Scranton", "Amarillo")
UK_STREETS = ("Station Road", "Chapel Lane", "Windsor Terrace", "Kings Road", "Ashfield Close", "Priory Street")
UK_CITIES = {"Derby": "DE", "Exeter": "EX", "Reading": "RG", "Bolton": "BL", "Cardiff": "CF", "York": "YO"}
CALLES = ("calle Morelos", "avenida Bolívar", "calle Las Flores", "calle Alcalá", "avenida Reforma", "calle del Sol")
CIUDADES = ("Querétaro", "Bogotá", "Santo Domingo", "Bilbao", "Rosario", "Ponce", "Tijuana")
HOSTS = ("gmail.com", "yahoo.com", "outlook.com", "hotmail.com", "bell south.net", "cedar bakery.com", "north side.org")
SERVIDORES = ("gmail.com", "hotmail.com", "yahoo.com", "outlook.es", "prodigy.net")
ORDINARY = {"pounds": ("{} pounds", "two hundred and {} pounds"), "percent": ("{} percent",)}
ORDINARY["money"] = ("{} dollars", "one hundred {} dollars", "six hundred and {} dollars", "{} dollars and fifty cents")
ORDINARIOS = {
    "money": ("{} dólares", "ciento {} dólares"),
    "pesos": ("seiscientos {} pesos", "mil {} pesos", "cuatrocientos {} pesos"),
    "euros": ("{} euros", "ciento {} euros", "{} euros con cincuenta"),
    **{"percent": ("{} por ciento",), "quantity": ("{} cajas",), "date": tuple("{} de " + m for m in MESES)},
}
KINDS = {"date": "date", "quantity": "quantity", "percent": "percent"}
ASIDES = ("hang on", "one second, honey", "okay", "sorry, it's loud in here", "let me pull over", "yeah")
APARTES = ("este", "a ver", "espérame tantito", "y luego", "perdón, el niño")
KEPT = "expiry cvv dob dob_numeric dob_day_first address address_second address_uk address_zip zip account member agent"
KEPT += " passport license nino sin dni nie iban confirmation order phone_uk phone_nueve phone_second extension house"


def joined(digits: str, _: random.Random, between: str = ", ", last: str = "", sizes: tuple[int, ...] = ()) -> str:
    said = [forms.digits_in_words(part, "oh") for part in forms.chunks(digits, sizes or forms.natural_sizes(digits))]
    return between.join([*said[:-1], last + said[-1]])


def distracted(digits: str, chance: random.Random, spanish: bool = False) -> str:
    said = (forms.cifras if spanish else forms.by_groups)(digits, chance).split(", ")
    said.insert(chance.randrange(1, len(said)), chance.choice(APARTES if spanish else ASIDES))
    return ", ".join(said)


ENDING, THENS = partial(joined, last="and it ends with "), partial(joined, between=", then ")
CARDS: tuple[forms.Form, ...] = (
    *(forms.by_groups, distracted, forms.in_pairs, forms.by_groups_with_oh, ENDING, forms.doubled, forms.flowing),
    *(forms.corrected, THENS, partial(joined, sizes=(8,)), forms.closed_with_pairs),
)
SOCIALS: tuple[forms.Form, ...] = (
    *(forms.by_groups_with_oh, THENS, forms.flowing, distracted, ENDING, forms.by_groups, forms.dashed),
    *(forms.in_pairs, forms.corrected, partial(joined, sizes=(3,)), forms.closed_with_pairs),
)


class TwentyThirdDetails(UnseenDetails):
    """As UnseenDetails, with lists and ways of saying of its own."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.first = self.chance.choice(NOMBRES if self._is_spanish else FIRST_NAMES)
        self.last = self.chance.choice(APELLIDOS if self._is_spanish else LAST_NAMES)
        self.mailbox, self._said = self._mailbox(), dict[str, Number]()

    def draw(self, name: str) -> Number:
        if name not in self._said:
            drawn = self._ordinary(name) or super().draw(name)
            if name not in KEPT.split():
                return drawn
            self._said[name] = drawn
        return self._said[name]

    def _below(self, number: int) -> str:
        if self._is_spanish:
            return forms.UNOS[number] if number < 10 else forms.par(str(number))
        return forms.below_hundred(number)

    def _ordinary(self, name: str) -> Number | None:
        if not (ways := (ORDINARIOS if self._is_spanish else ORDINARY).get(name)):
            return None
        number = self.chance.randrange(12, 29 if name in ("date", "quantity") else 99)
        return Number(KINDS.get(name, "money"), str(number), self.chance.choice(ways).format(self._below(number)))

    def _secret(self, name: str) -> Number:
        plain = name.removesuffix("again")
        if plain not in ("card", "ssn"):
            if len(self.card) == 15 and name in ("card1", "card2", "card3", "card4"):
                part = forms.chunks(self.card, (4,))[int(name[-1]) - 1]
                return Number("pci.card_part", part, self._short(part))
            return super()._secret(name)
        ways = CARDS if plain == "card" else SOCIALS
        if self._is_spanish:
            away = partial(distracted, spanish=True)
            ways = (forms.cifras, away, forms.pares) if plain == "card" else (forms.cifras, away)
        digits, at = (self.card if plain == "card" else self.social), (self.turn if plain == name else 0)
        return Number("pci.card" if plain == "card" else "ssn", digits, ways[at % len(ways)](digits, self.chance))

    def _agent(self) -> Number:
        name = self.chance.choice(AGENTES if self._is_spanish else AGENTS)
        return Number("pii.name", name, name)

    def _address(self) -> Number:
        choice, house = self.chance.choice, str(self.chance.choice((self.chance.randrange(11, 99), 1204, 377, 5810)))
        if self._is_spanish:
            house, street, city = house[:2], choice(CALLES), choice(CIUDADES)
            said = f"{street}{choice((' ', ' número ', ', el '))}{forms.par(house)}, {choice(('', 'en '))}{city}"
            return Number("pii.address", f"{street} {house} {city}", said)
        said, street, city = forms.digits_in_words(house, "oh"), choice(STREETS), choice(CITIES)
        if len(house) % 2 == 0 and self.chance.random() < 0.7:
            said = " ".join(forms.pair(two) for two in forms.chunks(house, (2,)))
        flat = choice(("", "", "", ", suite ", ", apartment "))
        said += f" {street}{flat and flat + self._below(self.chance.randrange(2, 40))}{choice((', ', ' in '))}{city}"
        return Number("pii.address", f"{house} {street} {city}", said)

    def _iban(self) -> Number:
        account = "".join(self.chance.choices("0123456789", k=20))
        check = f"{98 - int(f'{account}142800') % 97:02d}"
        said = ", ".join(map(self._in_words, forms.chunks(f"{check}{account}", (2, 4))))
        return Number("national.iban", f"ES{check}{account}", f"E S, {said}")

    def _address_uk(self) -> Number:
        house, area, sector = self.chance.choices(range(2, 10), k=3)
        street, city = self.chance.choice(UK_STREETS), self.chance.choice(tuple(UK_CITIES))
        end = "".join(self.chance.choices("BDFHJLNPT", k=2))
        code = f"{' '.join(UK_CITIES[city])} {forms.ONES[area]}, {forms.ONES[sector]} {' '.join(end)}"
        value = f"{house} {street} {city} {UK_CITIES[city]}{area} {sector}{end}"
        return Number("pii.address", value, f"{forms.ONES[house]} {street}, {city}, {code}")

    def _dob(self) -> Number:
        month, day, year = self.chance.randrange(12), self.chance.randrange(1, 20), self.chance.randrange(44, 99)
        said, name, number = self._below(year), MONTHS[month], self._below(day)
        ways: tuple[str, ...] = (f"{name} {ORDINALS[day - 1]}, nineteen {said}", f"{name} {number}, {said}")
        ways = (*ways, f"{self._below(month + 1)}, {number}, nineteen {said}", f"{number} {name} nineteen {said}")
        if self._is_spanish:
            ways = tuple(f"{number} de {MESES[month]} {of} {said}" for of in ("de mil novecientos", "del", "de"))
        return Number("dob", f"{name} {day} 19{year}", self.chance.choice(ways))

    def _expiry(self) -> Number:
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 34)
        two, short, said, name = f"{month:02d}", self._below(month), self._below(year), MONTHS[month - 1]
        digits, two_said = self._in_words(f"{two}{year}"), forms.pair(two)
        ways: tuple[str, ...] = (f"{short} {said}", f"{name} twenty {said}", f"{name} of {said}")
        ways = (*ways, digits, f"{two_said} {said}", f"{two_said} slash {said}", f"{short}, two thousand {said}")
        if self._is_spanish:
            name, two = MESES[month - 1], forms.par(two)
            ways = (f"{two} {said}", f"{name} del {said}", f"{short} del {said}", f"{name} de dos mil {said}", digits)
        return Number("pci.expiry", f"{month:02d}/{year}", self.chance.choice(ways))

    def _mailbox(self) -> Mailbox:
        host, number = self.chance.choice(SERVIDORES if self._is_spanish else HOSTS), self.chance.randrange(21, 99)
        first, last = (name.lower().translate(str.maketrans("áéíóú", "aeiou")) for name in (self.first, self.last))
        dot, dash = ("punto", "guion") if self._is_spanish else ("dot", "dash")
        said = self._below(number)
        ways = [(f"{first}.{last}", f"{first} {dot} {last}"), (f"{last}{number}", f"{last} {said}")]
        ways += [(f"{last}-{first}", f"{last} {dash} {first}"), (f"{first}{number}", f"{first} {said}")]
        if not self._is_spanish:
            ways += [(f"{first[0]}.{last}", f"{first[0]} dot {last}"), (f"{first}and2dogs", f"{first} and two dogs")]
            ways += [(f"call{last}", f"call {last}, one word,"), (f"greenkettle{number}", f"green kettle {said}")]
        name, end = host.split(".")
        return Mailbox(*self.chance.choice(ways), host.replace(" ", ""), f"{name} {dot} {end}")
