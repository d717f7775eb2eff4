"""Details and numbers of the seventeenth author's unseen calls: its own people, places and ways of saying."""

from __future__ import annotations

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import LETRAS, MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = (
    *("Yolanda", "Curtis", "Paulette", "Trevor", "Deborah", "Malik", "Roxanne", "Howard", "Bethany", "Anil"),
    *("Claudia", "Russell", "Vivian", "Mitchell", "Doreen", "Ramon", "Tabitha", "Eugene"),
)
LAST_NAMES = (
    *("Whitaker", "Barlow", "Sorenson", "Mehta", "Quinn", "Petrov", "Hargrove", "Lozano", "Fitch", "Beaumont"),
    *("Zimmerman", "Kaplan", "Odom", "Stratton", "Vance", "Tillman", "Renner", "Gentry"),
)
FIRST_NAMES_IN_SPANISH = ("Rosario", "Álvaro", "Noelia", "Ignacio", "Marisol", "Benito", "Fátima", "Agustín")
LAST_NAMES_IN_SPANISH = ("Cordero", "Ibarra", "Montes", "Rosales", "Santana", "Olivares", "Bermejo", "Quintero")
AGENTS = ("Tiffany", "Marcus", "Doug", "Shanice", "Fiona", "Vikram", "Peggy")
AGENTS_IN_SPANISH = ("Lorena", "Iván", "Carmen", "Nicolás")
STREETS = (
    *("Cottonwood Drive", "East Franklin Street", "Quail Run", "Fairview Avenue", "Hickory Lane", "Mill Pond Road"),
    *("West Adams Street", "Sunset Boulevard", "Orchard Way", "Stonegate Court"),
)
CITIES = ("Spokane", "Wichita", "Savannah", "Duluth", "Knoxville", "Bakersfield", "Trenton", "Amarillo", "Flint")
BRITISH_STREETS = ("Church Lane", "Albert Street", "Orchard Close", "London Road", "Beech Grove", "Park View")
BRITISH_TOWNS = ("Bolton", "Reading", "Swansea", "Lincoln", "Preston", "Dundee")
CALLES = ("calle Cervantes", "avenida Juárez", "calle del Pozo", "calle Goya", "avenida Reforma", "calle San Isidro")
CIUDADES = ("Zaragoza", "Murcia", "Guadalajara", "Laredo", "Burgos", "Mérida")
HOSTS = {
    "gmail.com": "gmail dot com",
    "yahoo.com": "yahoo dot com",
    "hotmail.com": "hotmail dot com",
    "msn.com": "m s n dot com",
    "me.com": "me dot com",
    "cox.net": "cox dot net",
    "maplehill.org": "maple hill dot org",
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "outlook.com": "outlook punto com",
    "yahoo.es": "yahoo punto es",
    "live.com": "live punto com",
}
_KEPT = frozenset(
    {
        *(
            "expiry",
            "cvv",
            "dob",
            "dob_numeric",
            "dob_day_first",
            "address",
            "address_zip",
            "address_uk",
            "address_second",
        ),
        *("phone_uk", "phone_second", "phone_nueve", "member", "account", "nino", "sin", "dni", "nie", "passport"),
        *("license", "iban", "date", "time", "money", "pounds", "euros", "zip", "house", "order", "confirmation"),
    }
)
"""Placeholders that give the same value and words again when a call has them twice."""


class SeventeenthDetails(UnseenDetails):
    """As UnseenDetails, with the people, the places and the manners of the seventeenth author."""

    def __post_init__(self) -> None:
        self._kept: dict[str, Number] = {}
        self._told: set[str] = set()
        super().__post_init__()
        spanish = self._is_spanish
        self.first = self.chance.choice(FIRST_NAMES_IN_SPANISH if spanish else FIRST_NAMES)
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.agent = self.chance.choice(AGENTS_IN_SPANISH if spanish else AGENTS)
        self.mailbox = self._mailbox()

    def draw(self, name: str) -> Number:
        if name not in _KEPT:
            return super().draw(name)
        if name not in self._kept:
            self._kept[name] = super().draw(name)
        return self._kept[name]

    def _agent(self) -> Number:
        return Number("pii.name", self.agent, self.agent)

    # Cards and social security numbers.

    def _secret(self, name: str) -> Number:
        drawn = super()._secret(name)
        if name in ("card", "ssn"):
            if name in self._told:
                return Number(drawn.type, drawn.value, self._read_back(drawn.value))
            self._told.add(name)
        if self._is_spanish or name not in ("card", "ssn") or self.chance.random() < 0.6:
            return drawn
        groups = forms.chunks(drawn.value, forms.natural_sizes(drawn.value))
        said = [self._in_words(group) for group in groups]
        way = self.chance.randrange(5)
        if way == 0:
            text = f"{said[0]}, okay, {', '.join(said[1:])}"
        elif way == 1:
            text = f"{', '.join(said[:-1])}, and the last is {said[-1]}"
        elif way == 2:
            text = f"{said[0]}, and then {', '.join(said[1:])}"
        elif way == 3:
            text = " ".join(said)
        else:
            text = ", ".join([*said[:-1], self._in_pairs(groups[-1])])
        return Number(drawn.type, drawn.value, text)

    def _in_pairs(self, digits: str) -> str:
        """Digits as people say them two by two, an odd one first; "hundred" where a group of four ends so."""
        if len(digits) == 4 and digits[0] != "0" and digits[1] != "0" and digits.endswith("00"):
            return f"{forms.below_hundred(int(digits[:2]))} hundred"
        odd = len(digits) % 2
        pairs = [forms.pair(two) for two in forms.chunks(digits[odd:], (2,))]
        return " ".join([self._in_words(digits[0]), *pairs] if odd else pairs)

    def _read_back(self, digits: str) -> str:
        """A number said for the second time in a call, plainly in groups."""
        return ", ".join(self._in_words(group) for group in forms.chunks(digits, forms.natural_sizes(digits)))

    def _expiry(self) -> Number:
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 33)
        value = f"{month:02d}/{year}"
        if self._is_spanish:
            said = self.chance.choice(
                (
                    f"{MESES[month - 1]} de dos mil {forms.par(str(year))}",
                    f"el {forms.par(f'{month:02d}')}, {forms.par(str(year))}",
                    f"{forms.par(f'{month:02d}')} {forms.par(str(year))}",
                    f"{MESES[month - 1]} del {forms.par(str(year))}",
                )
            )
            return Number("pci.expiry", value, said)
        short = forms.below_hundred(year)
        said = self.chance.choice(
            (
                f"{forms.pair(f'{month:02d}')} {short}",
                f"{forms.pair(f'{month:02d}')}, twenty {short}",
                f"{forms.below_hundred(month)} slash {short}",
                f"{MONTHS[month - 1]} {short}",
                f"{MONTHS[month - 1]} of twenty {short}",
                f"{MONTHS[month - 1]}, two thousand {short}",
                f"{forms.digits_in_words(f'{month:02d}{year}', self._zero)}",
                f"{forms.below_hundred(month)}, {short}",
                f"month {forms.below_hundred(month)}, year {short}",
                f"{forms.pair(f'{month:02d}', 'zero')}, {forms.digits_in_words(str(year))}",
            )
        )
        return Number("pci.expiry", value, said)

    # What people say of themselves.

    def _address(self) -> Number:
        if self._is_spanish:
            house, door = str(self.chance.randrange(11, 99)), self.chance.choice(("A", "B", "C"))
            street, city = self.chance.choice(CALLES), self.chance.choice(CIUDADES)
            said = self.chance.choice(
                (
                    f"{street} {forms.par(house)}, segundo {door}",
                    f"{street} número {forms.par(house)}, piso tres",
                    f"{street} {forms.par(house)}",
                )
            )
            return Number("pii.address", f"{street} {house} {city}", f"{said}, {city}")
        house = str(self.chance.choice((self.chance.randrange(11, 99), self.chance.randrange(101, 9_900))))
        said = self._in_pairs(house)
        if len(house) > 2 and self.chance.random() < 0.3:
            said = forms.digits_in_words(house, "oh")
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        unit = self.chance.choice(("", "", "", ", apartment four", ", unit nine", ", the upstairs unit"))
        joined = self.chance.choice((f", {city}", f" in {city}", f", over in {city}", f", {city}"))
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}{unit}{joined}")

    def _address_uk(self) -> Number:
        house = self.chance.randrange(2, 140)
        said = forms.below_hundred(house) if house < 100 else f"a hundred and {forms.below_hundred(house % 100)}"
        said = "a hundred" if house == 100 else said
        street, town = self.chance.choice(BRITISH_STREETS), self.chance.choice(BRITISH_TOWNS)
        return Number("pii.address", f"{house} {street} {town}", f"{said} {street}, {town}")

    def _dob(self) -> Number:
        if self._is_spanish:
            return super()._dob()
        month, day = self.chance.randrange(12), self.chance.randrange(len(ORDINALS))
        year = self.chance.randrange(41, 99)
        short = forms.below_hundred(year)
        said = self.chance.choice(
            (
                f"{MONTHS[month]} {ORDINALS[day]}, {short}",
                f"{MONTHS[month]} the {ORDINALS[day]}, nineteen {short}",
                f"{forms.below_hundred(month + 1)}, {forms.below_hundred(day + 1)}, {short}",
                f"{MONTHS[month]} {forms.below_hundred(day + 1)}, {short}",
                f"{forms.below_hundred(month + 1)} {forms.below_hundred(day + 1)}, nineteen {short}",
                f"the {ORDINALS[day]} of {MONTHS[month]}, nineteen {short}",
            )
        )
        return Number("dob", f"{MONTHS[month]} {day + 1} 19{year}", said)

    def _date(self) -> Number:
        if not self._is_spanish:
            return super()._date()
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        said = f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]}"
        return Number("date", f"{MONTHS[month]} {day}", said)

    def _pounds(self) -> Number:
        pounds = self.chance.randrange(12, 100)
        return Number("money", str(pounds), f"{forms.below_hundred(pounds)} pounds")

    def _euros(self) -> Number:
        euros = self.chance.randrange(12, 100)
        said = forms.par(str(euros))
        said = said.removesuffix("o") if euros % 10 == 1 and euros > 30 else said
        return Number("money", str(euros), f"{said} euros".replace("veintiuno", "veintiún"))

    def _percent(self) -> Number:
        share = self.chance.choice((5, 8, 10, 12, 15, 20, 25, 30))
        if self._is_spanish:
            return Number("percent", str(share), f"{forms.par(f'{share:02d}').removeprefix('cero ')} por ciento")
        return Number("percent", str(share), f"{forms.below_hundred(share)} percent")

    # Telephone and e-mail.

    def _phone(self) -> Number:
        area, middle, last = forms.chunks(self.phone, (3, 3, 4))
        if self._is_spanish:
            pares = [" ".join(forms.par(two) for two in forms.chunks(last, (2,))), self._in_words(last)]
            return Number(
                "phone",
                self.phone,
                f"{self._in_words(area)}, {self._in_words(middle)}, {self.chance.choice(pares)}",
            )
        said = self.chance.choice(
            (
                f"{self._in_words(area)}, {self._in_words(middle)}, {self._in_words(last)}",
                f"{self._in_words(area)} {self._in_words(middle)}, {self._in_words(last)}",
                f"{self._in_words(area)}, {self._in_words(middle)}, {self._in_pairs(last)}",
                f"{self._in_words(area)}, uh, {self._in_words(middle)}, {self._in_words(last)}",
                f"{self._in_words(area)}, that's the area code, {self._in_words(middle)}, {self._in_words(last)}",
                f"{self._in_words(area)} {self._in_words(middle)} {self._in_pairs(last)}",
            )
        )
        return Number("phone", self.phone, said)

    def _mailbox(self) -> Mailbox:
        hosts = HOSTS_IN_SPANISH if self._is_spanish else HOSTS
        host, number = self.chance.choice(tuple(hosts)), self.chance.randrange(21, 99)
        first, last = (name.lower().translate(str.maketrans("áéíóú", "aeiou")) for name in (self.first, self.last))
        if self._is_spanish:
            said_first, said_last = self.first.lower(), self.last.lower()
            ways: tuple[tuple[str, str], ...] = (
                (f"{first}.{last}", f"{said_first} punto {said_last}"),
                (f"{last}.{first}", f"{said_last} punto {said_first}"),
                (f"{first}{number}", f"{said_first} {forms.par(str(number))}"),
                (f"{first}_{last}", f"{said_first} guion bajo {said_last}"),
                (f"familia{last}", f"familia {said_last}, todo junto,"),
            )
        else:
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{first}.{last}{number}", f"{first} dot {last} {forms.below_hundred(number)}"),
                (f"{first}{last[0]}", f"{first} {self.last[0]}"),
                (f"{last}{first}", f"{last} {first}, no space,"),
                (f"{first[0]}.{last}", f"{self.first[0]} dot {last}"),
                (f"{first}{last}", f"{first} {last}, no dots,"),
                (f"coach{last}", f"coach {last}"),
                (f"{last}_{number}", f"{last} underscore {forms.below_hundred(number)}"),
                (f"sunnyporch{number}", f"sunny porch {forms.digits_in_words(str(number))}"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    def _email_user(self) -> Number:
        return Number("pii.email", self.mailbox.user, self.mailbox.said.rstrip(","))

    # Numbers of states.

    def _iban(self) -> Number:
        if not self._is_spanish:
            return super()._iban()
        account = "".join(self.chance.choices("0123456789", k=20))
        check = f"{98 - int(f'{account}142800') % 97:02d}"
        said = ", ".join(map(self._in_words, forms.chunks(check + account, (2, 4))))
        return Number("national.iban", f"ES{check}{account}", f"{LETRAS['E']} {LETRAS['S']}, {said}")
