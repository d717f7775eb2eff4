"""Details and numbers of the sixteenth author's unseen calls: its own people, places and ways of saying."""

from __future__ import annotations

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import LETRAS, MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = (
    *("Marjorie", "Terrence", "Latoya", "Stanley", "Gwendolyn", "Craig", "Imogen", "Desmond", "Carla", "Rohan"),
    *("Bridget", "Nathaniel", "Shirley", "Dominic", "Alicia", "Floyd", "Geraldine", "Wesley"),
)
LAST_NAMES = (
    *("Pruitt", "Holloway", "Castellano", "Banks", "Thornton", "Iyer", "Makenna", "Vargas", "Dalton", "Huber"),
    *("Eastman", "Okafor", "Winslow", "Sheridan", "Boyle", "Rasmussen", "Crosby", "Tate"),
)
FIRST_NAMES_IN_SPANISH = ("Mercedes", "Gonzalo", "Inés", "Raúl", "Adriana", "Fermín", "Leticia", "Julián")
LAST_NAMES_IN_SPANISH = ("Peralta", "Espinosa", "Villanueva", "Bravo", "Ledesma", "Iglesias", "Tapia", "Cuesta")
AGENTS = ("Brandon", "Keisha", "Loretta", "Simon", "Heather", "Arjun")
AGENTS_IN_SPANISH = ("Paloma", "Hugo", "Verónica", "Emilio")
STREETS = (
    *("Willow Creek Road", "Jefferson Street", "Dogwood Lane", "Prospect Avenue", "Cherry Hill Drive", "Union Street"),
    *("Pinecrest Circle", "Old Post Road", "Magnolia Boulevard"),
)
CITIES = ("Akron", "Fargo", "Tallahassee", "Provo", "Hartford", "Lubbock", "Eugene", "Mobile", "Peoria")
BRITISH_STREETS = ("Victoria Road", "Station Road", "Kings Close", "Mill Lane", "The Crescent", "Queens Gardens")
BRITISH_TOWNS = ("Leeds", "Norwich", "Cardiff", "Swindon", "Derby", "Exeter")
CALLES = ("calle Velázquez", "avenida América", "calle de la Rosa", "paseo del Prado", "calle Hidalgo", "calle Nueva")
CIUDADES = ("Salamanca", "Alicante", "Puebla", "El Paso", "Valladolid", "Córdoba")
HOSTS = {
    "gmail.com": "gmail dot com",
    "yahoo.com": "yahoo dot com",
    "outlook.com": "outlook dot com",
    "icloud.com": "icloud dot com",
    "live.com": "live dot com",
    "charter.net": "charter dot net",
    "riverbendfarm.com": "river bend farm dot com",
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "hotmail.com": "hotmail punto com",
    "icloud.com": "icloud punto com",
    "correo.es": "correo punto es",
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


class SixteenthDetails(UnseenDetails):
    """As UnseenDetails, with the people, the places and the manners of the sixteenth author."""

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
        way = self.chance.randrange(4)
        if way == 0:
            text = ", then ".join(said)
        elif way == 1:
            text = f"{', '.join(said[:-1])}, and {said[-1]}"
        elif way == 2:
            text = f"{said[0]}, um, {', '.join(said[1:])}"
        else:
            pairs = " ".join(forms.pair(two) for two in forms.chunks(groups[0][len(groups[0]) % 2 :], (2,)))
            head = f"{self._in_words(groups[0][0])} " if len(groups[0]) % 2 else ""
            text = ", ".join([f"{head}{pairs}", *said[1:]])
        return Number(drawn.type, drawn.value, text)

    def _read_back(self, digits: str) -> str:
        """A number said for the second time in a call, plainly in groups."""
        return ", ".join(self._in_words(group) for group in forms.chunks(digits, forms.natural_sizes(digits)))

    def _expiry(self) -> Number:
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 33)
        value = f"{month:02d}/{year}"
        if self._is_spanish:
            said = self.chance.choice(
                (
                    f"{MESES[month - 1]} de {forms.par(str(year))}",
                    f"{forms.par(f'{month:02d}')} del {forms.par(str(year))}",
                    f"{forms.par(f'{month:02d}')} barra {forms.par(str(year))}",
                    f"{MESES[month - 1]} del dos mil {forms.par(str(year))}",
                )
            )
            return Number("pci.expiry", value, said)
        short = forms.below_hundred(year)
        said = self.chance.choice(
            (
                f"{forms.pair(f'{month:02d}')} {short}",
                f"{forms.pair(f'{month:02d}')}, {short}",
                f"{forms.pair(f'{month:02d}', 'zero')} {short}",
                f"{MONTHS[month - 1]} twenty {short}",
                f"{MONTHS[month - 1]} of {short}",
                f"{MONTHS[month - 1]}, twenty {short}",
                f"{forms.below_hundred(month)} of twenty {short}",
                f"{forms.below_hundred(month)} {short}",
                f"{forms.digits_in_words(f'{month:02d}', 'oh')} slash {forms.digits_in_words(str(year))}",
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
                    f"{street} {forms.par(house)}, primero {door}",
                    f"{street}, el {forms.par(house)}",
                    f"{street} número {forms.par(house)}",
                )
            )
            return Number("pii.address", f"{street} {house} {city}", f"{said}, {city}")
        house = str(self.chance.choice((self.chance.randrange(11, 99), self.chance.randrange(101, 9_900))))
        said = " ".join(forms.pair(two) for two in forms.chunks(house, (2,)))
        if len(house) == 3:
            said = f"{forms.ONES[int(house[0])]} {forms.pair(house[1:])}"
        elif len(house) == 4 and self.chance.random() < 0.3:
            said = forms.digits_in_words(house, "oh")
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        unit = self.chance.choice(("", "", "", ", apartment six", ", number twelve", ", unit B"))
        joined = self.chance.choice((f", {city}", f" in {city}", f", here in {city}", f", and that's {city}"))
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
                f"{MONTHS[month]} {ORDINALS[day]}, nineteen {short}",
                f"{MONTHS[month]} {ORDINALS[day]} of {short}",
                f"{forms.below_hundred(month + 1)} {forms.below_hundred(day + 1)} {short}",
                f"{MONTHS[month]} {forms.below_hundred(day + 1)}, nineteen {short}",
                f"{forms.pair(f'{month + 1:02d}')}, {forms.pair(f'{day + 1:02d}')}, nineteen {short}",
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
        if self._is_spanish:
            return super()._phone()
        area, middle, last = forms.chunks(self.phone, (3, 3, 4))
        pairs = " ".join(forms.pair(two) for two in forms.chunks(last, (2,)))
        said = self.chance.choice(
            (
                f"{self._in_words(area)}, {self._in_words(middle)}, {self._in_words(last)}",
                f"{self._in_words(area)}, {self._in_words(middle)}, {self._in_words(last)}",
                f"area code {self._in_words(area)}, then {self._in_words(middle)}, {self._in_words(last)}",
                f"{self._in_words(area)} {self._in_words(middle)} {self._in_words(last)}",
                f"{self._in_words(area)}, {self._in_words(middle)}, {pairs}",
                f"{self._in_words(area)}, {self._in_words(middle)}, and then {self._in_words(last)}",
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
                (f"{first}{last}", f"{said_first} {said_last}, todo junto,"),
                (f"{last}{number}", f"{said_last} {forms.par(str(number))}"),
                (f"{first}-{last}", f"{said_first} guion {said_last}"),
            )
        else:
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{first}{last}", f"{first} {last}, all one word,"),
                (f"{first[0]}{last}{number}", f"{self.first[0]} {last} {forms.below_hundred(number)}"),
                (f"{last}.{first[0]}", f"{last} dot {self.first[0]}"),
                (f"{first}_{last}", f"{first} underscore {last}"),
                (f"{first}{number}", f"{first} {forms.digits_in_words(str(number))}"),
                (f"{first}-{last}", f"{first} dash {last}"),
                (f"gardenlady{number}", f"garden lady {forms.below_hundred(number)}"),
                (f"{last}home", f"{last} home"),
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
