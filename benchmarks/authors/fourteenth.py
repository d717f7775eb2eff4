"""Details and numbers of the fourteenth author's unseen calls: its own people, places and ways of saying."""

from __future__ import annotations

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import LETRAS, MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = (
    *("Clifford", "Deborah", "Vanessa", "Russell", "Paula", "Trevor", "Joanne", "Malcolm", "Yvonne", "Curtis"),
    *("Anita", "Douglas", "Fiona", "Randall", "Sheila", "Warren"),
)
LAST_NAMES = (
    *("Hawkins", "Barlow", "Whitaker", "Sandoval", "Porter", "Drummond", "Garner", "Petrov", "Lockwood", "Mehta"),
    *("Osborne", "Chandler", "Ferguson", "Hastings", "Tucker", "Walters"),
)
FIRST_NAMES_IN_SPANISH = ("Pilar", "Ignacio", "Rosario", "Álvaro", "Carmen", "Felipe", "Teresa", "Ramón")
LAST_NAMES_IN_SPANISH = ("Gallego", "Carrasco", "Lozano", "Prieto", "Benítez", "Cordero", "Montero", "Rivas")
AGENTS = ("Tanya", "Derek", "Monique", "Stuart", "Pamela")
AGENTS_IN_SPANISH = ("Nuria", "Óscar", "Marta", "Jorge")
STREETS = (
    *("Juniper Lane", "Franklin Street", "Orchard Road", "Meadow Drive", "Harrison Avenue", "Chestnut Street"),
    *("Mill Road", "Ridgeway Court"),
)
CITIES = ("Spokane", "Lansing", "Charleston", "Wichita", "Savannah", "Duluth", "Reno", "Knoxville")
CALLES = ("calle Alcalá", "avenida de la Paz", "calle del Carmen", "calle Príncipe", "avenida Libertad")
CIUDADES = ("Zaragoza", "Málaga", "Bilbao", "Dallas", "Granada", "Murcia")
HOSTS = {
    "gmail.com": "gmail dot com",
    "outlook.com": "outlook dot com",
    "yahoo.com": "yahoo dot com",
    "me.com": "me dot com",
    "cox.net": "cox dot net",
    "maplegrove.org": "maple grove dot org",
    "protonmail.com": "proton mail dot com",
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "outlook.es": "outlook punto es",
    "hotmail.com": "hotmail punto com",
    "yahoo.es": "yahoo punto es",
}


class FourteenthDetails(UnseenDetails):
    """As UnseenDetails, with the people, the places and the manners of the fourteenth author."""

    def __post_init__(self) -> None:
        super().__post_init__()
        spanish = self._is_spanish
        self.first = self.chance.choice(FIRST_NAMES_IN_SPANISH if spanish else FIRST_NAMES)
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.agent = self.chance.choice(AGENTS_IN_SPANISH if spanish else AGENTS)
        self.mailbox = self._mailbox()

    def _agent(self) -> Number:
        return Number("pii.name", self.agent, self.agent)

    def _address(self) -> Number:
        if self._is_spanish:
            house, floor = str(self.chance.randrange(11, 99)), self.chance.choice(("segundo", "tercero", "cuarto"))
            street, city = self.chance.choice(CALLES), self.chance.choice(CIUDADES)
            said = self.chance.choice((forms.par(house), f"número {forms.par(house)}, {floor}"))
            return Number("pii.address", f"{street} {house} {city}", f"{street}, {said}, en {city}")
        house = str(self.chance.choice((self.chance.randrange(3, 99), self.chance.randrange(111, 9_900))))
        said = " ".join(forms.pair(two) for two in forms.chunks(house.zfill(len(house) + len(house) % 2), (2,)))
        if len(house) % 2:
            said = forms.digits_in_words(house, "oh")
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        unit = self.chance.choice(("", "", "", ", unit four", ", apartment two B"))
        joined = self.chance.choice((f"{unit}, {city}", f"{unit}, in {city}", f"{unit}, that's {city}"))
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}{joined}")

    def _dob(self) -> Number:
        if self._is_spanish:
            return super()._dob()
        month, day, year = (
            self.chance.randrange(12),
            self.chance.randrange(len(ORDINALS)),
            self.chance.randrange(41, 99),
        )
        short = forms.below_hundred(year)
        said = self.chance.choice(
            (
                f"{MONTHS[month]} {ORDINALS[day]}, nineteen {short}",
                f"{MONTHS[month]} the {ORDINALS[day]}, {short}",
                f"{forms.below_hundred(month + 1)}, {forms.below_hundred(day + 1)}, {short}",
                f"{MONTHS[month]} {forms.below_hundred(day + 1)}, nineteen {short}",
            )
        )
        return Number("dob", f"{MONTHS[month]} {day + 1} 19{year}", said)

    def _date(self) -> Number:
        if not self._is_spanish:
            return super()._date()
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        said = f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]}"
        return Number("date", f"{MONTHS[month]} {day}", said)

    def _phone(self) -> Number:
        if self._is_spanish:
            return self._phone_nueve()
        area, middle, last = forms.chunks(self.phone, (3, 3, 4))
        pairs = " ".join(forms.pair(two) for two in forms.chunks(last, (2,)))
        said = self.chance.choice(
            (
                f"{self._in_words(area)}, {self._in_words(middle)}, {self._in_words(last)}",
                f"area code {self._in_words(area)}, {self._in_words(middle)}, {self._in_words(last)}",
                f"{self._in_words(area)}, {self._in_words(middle)}, {pairs}",
                f"{self._in_words(area)}, uh, {self._in_words(middle)}, {self._in_words(last)}",
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
                (f"{first}{number}", f"{said_first} {forms.par(str(number))}"),
                (f"{last}_{first}", f"{said_last} guion bajo {said_first}"),
                (f"{last}.{first}", f"{said_last} punto {said_first}"),
            )
        else:
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{last}.{first}", f"{last} dot {first}"),
                (f"{first[0]}.{last}", f"{self.first[0]} dot {last}"),
                (f"{first}{number}", f"{first} {forms.below_hundred(number)}"),
                (f"{last}-{first}", f"{last} hyphen {first}"),
                (f"{first}_{last}", f"{first} underscore {last}"),
                (f"greenhill{number}", f"green hill {forms.digits_in_words(str(number))}"),
                (f"mrs{last}", f"mrs {last}"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    def _expiry(self) -> Number:
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 33)
        value = f"{month:02d}/{year}"
        if self._is_spanish:
            said = self.chance.choice(
                (
                    f"{MESES[month - 1]} del {forms.par(str(year))}",
                    f"{forms.par(f'{month:02d}')}, {forms.par(str(year))}",
                    f"{MESES[month - 1]} de dos mil {forms.par(str(year))}",
                )
            )
            return Number("pci.expiry", value, said)
        short = forms.below_hundred(year)
        said = self.chance.choice(
            (
                f"{forms.pair(f'{month:02d}')} {short}",
                f"{forms.pair(f'{month:02d}', 'zero')}, {short}",
                f"{MONTHS[month - 1]} twenty {short}",
                f"{MONTHS[month - 1]} of twenty {short}",
                f"{MONTHS[month - 1]}, {short}",
                f"{forms.below_hundred(month)}, twenty {short}",
                f"{forms.below_hundred(month)} slash {short}",
            )
        )
        return Number("pci.expiry", value, said)

    def _iban(self) -> Number:
        if not self._is_spanish:
            return super()._iban()
        account = "".join(self.chance.choices("0123456789", k=20))
        check = f"{98 - int(f'{account}142800') % 97:02d}"
        said = ", ".join(map(self._in_words, forms.chunks(check + account, (2, 4))))
        return Number("national.iban", f"ES{check}{account}", f"{LETRAS['E']}, {LETRAS['S']}, {said}")
