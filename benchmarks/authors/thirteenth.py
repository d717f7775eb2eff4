"""Details and numbers of the calls of a thirteenth author: again other people, places and ways of saying."""

from __future__ import annotations

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = (
    *("Alison", "Bernard", "Charlotte", "Derek", "Eileen", "Franklin", "Gloria", "Howard", "Irene", "Jonathan"),
    *("Kimberly", "Lawrence", "Monica", "Nathan", "Patricia", "Russell", "Sandra", "Trevor", "Anita", "Deepak"),
)
LAST_NAMES = (
    *("Armstrong", "Bradley", "Crawford", "Donovan", "Everett", "Fitzgerald", "Griffin", "Hopkins", "Ingram"),
    *("Johnston", "Lambert", "Morrison", "Norton", "Osborne", "Peterson", "Ramsey", "Sharma", "Tucker", "Wheeler"),
)
AGENTS = ("Debbie", "Keith", "Tanya", "Martin", "Yolanda", "Craig")
FIRST_NAMES_IN_SPANISH = ("Alicia", "Ramón", "Teresa", "Guillermo", "Pilar", "Andrés", "Natalia", "Óscar")
LAST_NAMES_IN_SPANISH = ("Campos", "Delgado", "Iglesias", "Lozano", "Peralta", "Quintero", "Rivas", "Soto")
AGENTS_IN_SPANISH = ("Marta", "Julio", "Raquel", "Fernando")
STREETS = (
    *("Chestnut Street", "Willow Lane", "Franklin Avenue", "Mill Road", "Orchard Drive", "Prospect Street"),
    *("Meadow Lane", "Third Street", "Station Road", "Cedar Court"),
)
CITIES = ("Columbus", "Memphis", "Spokane", "Wichita", "Buffalo", "Lincoln", "Savannah", "Phoenix", "Hartford")
CALLES = ("calle del Río", "avenida de la Paz", "calle Cervantes", "plaza de España", "calle Libertad")
CIUDADES = ("Zaragoza", "Málaga", "Bilbao", "Bogotá", "Dallas", "Guadalajara")
HOSTS = {
    "gmail.com": "gmail dot com",
    "outlook.com": "outlook dot com",
    "yahoo.co.uk": "yahoo dot co dot u k",
    "msn.com": "m s n dot com",
    "comcast.net": "comcast dot net",
    "proton.me": "proton dot me",
    "att.net": "a t and t dot net",
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "outlook.com": "outlook punto com",
    "yahoo.es": "yahoo punto es",
    "icloud.com": "icloud punto com",
}
_PLAIN = str.maketrans("áéíóúÁÉÍÓÚ", "aeiouAEIOU")


class ThirteenthDetails(UnseenDetails):
    """As UnseenDetails."""

    def __post_init__(self) -> None:
        super().__post_init__()
        spanish = self._is_spanish
        self.first = self.chance.choice(FIRST_NAMES_IN_SPANISH if spanish else FIRST_NAMES)
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.agent = self.chance.choice(AGENTS_IN_SPANISH if spanish else AGENTS)
        self.mailbox = self._mailbox()

    # People and where they live.

    def _agent(self) -> Number:
        return Number("pii.name", self.agent, self.agent)

    def _letters(self, word: str) -> str:
        said = super()._letters(word.translate(_PLAIN))
        return said if self._is_spanish else ", ".join(said.split())

    def _address(self) -> Number:
        if self._is_spanish:
            house = str(self.chance.randrange(11, 99))
            street, city = self.chance.choice(CALLES), self.chance.choice(CIUDADES)
            floor = self.chance.choice(("", ", segundo A", ", primero derecha", ", bajo"))
            return Number("pii.address", f"{street} {house} {city}", f"{street} {forms.par(house)}{floor}, en {city}")
        house = str(self.chance.choice((self.chance.randrange(3, 99), self.chance.randrange(110, 5_800))))
        if house.endswith("000"):
            said = f"{forms.below_hundred(int(house[0]))} thousand"
        elif house.endswith("00"):
            said = f"{forms.below_hundred(int(house[:-2]))} hundred"
        else:
            said = " ".join(forms.pair(two) for two in forms.chunks(house, (2 - len(house) % 2, 2)))
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        unit = forms.below_hundred(self.chance.randrange(2, 20))
        flat = self.chance.choice(("", "", "", f", unit {unit}", f", apartment {unit}"))
        link = self.chance.choice((", ", " in ", ", that's in "))
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}{flat}{link}{city}")

    def _dob(self) -> Number:
        day, month, year = (
            self.chance.randrange(len(ORDINALS)),
            self.chance.randrange(12),
            self.chance.randrange(42, 99),
        )
        value = f"{MONTHS[month]} {day + 1} 19{year}"
        if self._is_spanish:
            number = "uno" if day == 0 else forms.par(f"{day + 1:02d}").removeprefix("cero ")
            short = f"{number} de {MESES[month]} del {forms.par(str(year))}"
            long = f"{number} de {MESES[month]} de mil novecientos {forms.par(str(year))}"
            return Number("dob", value, self.chance.choice((short, long)))
        ways = (
            f"{MONTHS[month]} {ORDINALS[day]}, {forms.below_hundred(year)}",
            f"{MONTHS[month]} the {ORDINALS[day]}, nineteen {forms.below_hundred(year)}",
            f"{forms.below_hundred(month + 1)}, {forms.below_hundred(day + 1)}, {forms.below_hundred(year)}",
            f"{MONTHS[month]} {forms.below_hundred(day + 1)} of nineteen {forms.below_hundred(year)}",
        )
        return Number("dob", value, self.chance.choice(ways))

    # Telephone and e-mail.

    def _phone(self) -> Number:
        a, b, c = self.phone[:3], self.phone[3:6], self.phone[6:]
        if self._is_spanish:
            return self._phone_pares() if self.chance.random() < _OFTEN else self._phone_nueve()
        ends = " ".join(forms.pair(two) for two in forms.chunks(c, (2,)))
        ways = (
            f"{self._in_words(a)}, {self._in_words(b)}, {self._in_words(c)}",
            f"area code {self._in_words(a)}, then {self._in_words(b)}, {self._in_words(c)}",
            f"{self._in_words(a)}, {self._in_words(b)}, {ends}",
            f"{self._in_words(a + b)}, {self._in_words(c)}",
            f"{self._in_words(a)}, uh, {self._in_words(b)}, {self._in_words(c)}",
        )
        return Number("phone", self.phone, self.chance.choice(ways))

    def _mailbox(self) -> Mailbox:
        hosts = HOSTS_IN_SPANISH if self._is_spanish else HOSTS
        host, number = self.chance.choice(tuple(hosts)), self.chance.randrange(21, 99)
        first, last = (name.lower().translate(_PLAIN) for name in (self.first, self.last))
        ways: tuple[tuple[str, str], ...] = (
            (f"{first}.{last}", f"{self.first} punto {self.last}"),
            (f"{first}{last}", f"{self.first} {self.last}, todo junto"),
            (f"{last}{number}", f"{self.last} {forms.par(str(number))}"),
            (f"{first}-{last}", f"{self.first} guion {self.last}"),
        )
        if not self._is_spanish:
            ways = (
                (f"{first}.{last}", f"{self.first} dot {self.last}"),
                (f"{first}{last}", f"{self.first} {self.last}, all one word,"),
                (f"{first[0]}.{last}{number}", f"{self.first[0]} dot {self.last} {forms.below_hundred(number)}"),
                (f"{last}{first}", f"{self.last} {self.first}"),
                (f"{first}{number}", f"{self.first} {forms.digits_in_words(str(number))}"),
                (f"{first}-{last}", f"{self.first} hyphen {self.last}"),
                (f"gardengate{number}", f"garden gate {forms.below_hundred(number)}"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    def _email_letters(self) -> Number:
        drawn = super()._email_letters()
        return Number(drawn.type, drawn.value, drawn.text.replace("-", "guion" if self._is_spanish else "hyphen"))

    # Cards and social security numbers.

    def _secret(self, name: str) -> Number:
        drawn = super()._secret(name)
        if self._is_spanish or name not in {"card", "ssn"}:
            return drawn
        said = [self._in_words(part) for part in forms.chunks(drawn.value, forms.natural_sizes(drawn.value))]
        kind = self.turn % _KINDS
        if kind == 0:
            text = ", then ".join((", ".join(said[:-1]), said[-1]))
        elif kind == 1:
            text = f"{said[0]}, okay, {', '.join(said[1:])}"
        elif kind == 2:
            text = forms.tripled(drawn.value, self.chance)
        elif kind == 3 and name == "card":
            text = ", ".join(self._in_words(half) for half in forms.chunks(drawn.value, (8,)))
        else:
            text = drawn.text
        return Number(drawn.type, drawn.value, text)

    def _expiry(self) -> Number:
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 33)
        two = forms.below_hundred(year)
        if self._is_spanish:
            ways: tuple[str, ...] = (
                f"{MESES[month - 1]} del {forms.par(str(year))}",
                f"{forms.par(f'{month:02d}')}, {forms.par(str(year))}",
                f"{MESES[month - 1]} de dos mil {forms.par(str(year))}",
                f"{forms.par(f'{month:02d}')} barra {forms.par(str(year))}",
            )
        else:
            ways = (
                f"{forms.pair(f'{month:02d}')} of {two}",
                f"{MONTHS[month - 1]} of twenty {two}",
                f"{forms.below_hundred(month)}, {two}",
                f"{forms.pair(f'{month:02d}', 'zero')}, {two}",
                f"{MONTHS[month - 1]}, {two}",
                f"{forms.below_hundred(month)} stroke {two}",
                f"{forms.pair(f'{month:02d}')} twenty {two}",
            )
        return Number("pci.expiry", f"{month:02d}/{year}", self.chance.choice(ways))

    # Numbers of states.

    def _iban(self) -> Number:
        """Of Spain, with the check digits of its bank and of its account."""
        bank, account = ("".join(self.chance.choices("0123456789", k=size)) for size in (8, 10))
        number = f"{bank}{_check(f'00{bank}')}{_check(account)}{account}"
        check = f"{98 - int(f'{number}142800') % 97:02d}"
        said = ", ".join(map(self._in_words, forms.chunks(check + number, (2, 4))))
        return Number("national.iban", f"ES{check}{number}", f"{'e ese' if self._is_spanish else 'E S'}, {said}")

    # What is kept.

    def _quantity(self) -> Number:
        many = self.chance.randrange(3, 30)
        return Number("quantity", str(many), f"{forms.below_hundred(many)} {self.chance.choice(('boxes', 'packs'))}")

    def _euros(self) -> Number:
        many = str(self.chance.randrange(12, 100))
        said = forms.par(many)
        said = f"{said.removesuffix('uno')}{'ún' if many == '21' else 'un'}" if said.endswith("uno") else said
        return Number("money", many, f"{said} euros")

    def _date(self) -> Number:
        if not self._is_spanish:
            return super()._date()
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        said = forms.par(f"{day:02d}").removeprefix("cero ")
        return Number("date", f"{MONTHS[month]} {day}", f"{said} de {MESES[month]}")

    def _percent(self) -> Number:
        many = self.chance.choice((5, 10, 15, 20, 25, 30))
        said = f"{forms.par(f'{many:02d}')} por ciento".removeprefix("cero ")
        return Number("quantity", str(many), said if self._is_spanish else f"{forms.below_hundred(many)} percent")


def _check(ten: str) -> int:
    """The check digit of ten digits of a Spanish account."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(ten, _WEIGHTS, strict=True)) % 11
    return {10: 1, 11: 0}.get(rest, rest)


_WEIGHTS = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)
_KINDS = 7
_OFTEN = 0.5
