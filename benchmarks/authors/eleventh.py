"""Details and numbers of the eleventh author's calls: other people, places and ways of saying."""

from __future__ import annotations

from benchmarks import redaction_unseen_details as unseen
from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number

FIRST_NAMES = (
    *("Marjorie", "Dennis", "Tamara", "Clifford", "Bridget", "Nathan", "Yvonne", "Russell", "Fiona", "Anil"),
    *("Colleen", "Darren", "Monica", "Stuart"),
)
LAST_NAMES = (
    *("Whitaker", "Dawson", "Morales", "Barrett", "Chandra", "Lockwood", "Simmons", "Pruitt", "Donnelly", "Vance"),
    *("Huang", "Osborne", "Keller", "Trujillo"),
)
FIRST_NAMES_IN_SPANISH = ("Rosario", "Álvaro", "Patricia", "Guillermo", "Nuria", "Andrés", "Carolina")
LAST_NAMES_IN_SPANISH = ("Ibarra", "Montero", "Rivas", "Cárdenas", "Pascual", "Benítez", "Soto")
STREETS = (
    "Chestnut Street",
    "Mill Road",
    "Fairview Avenue",
    "Juniper Lane",
    "Station Road",
    "Harbor Way",
    "Cedar Close",
)
CITIES = ("Spokane", "Lincoln", "Bristol", "Hamilton", "Savannah", "Duluth", "Reno", "Lexington")
CALLES = ("calle Almendro", "avenida Libertad", "calle del Río", "plaza Santa Ana", "calle Hidalgo")
CIUDADES = ("Zaragoza", "El Paso", "Guadalajara", "Málaga", "Orlando")
HOSTS = {
    "gmail.com": "gmail dot com",
    "outlook.com": "outlook dot com",
    "me.com": "me dot com",
    "live.com": "live dot com",
    "protonmail.com": "proton mail dot com",
    "maplewood.net": "maple wood dot net",
}
HOSTS_IN_SPANISH = {"gmail.com": "gmail punto com", "outlook.com": "outlook punto com", "correo.es": "correo punto es"}
_PLAIN = str.maketrans("áéíóú", "aeiou")


class EleventhDetails(unseen.UnseenDetails):
    """As UnseenDetails, with lists and some ways of saying of its own."""

    def __post_init__(self) -> None:
        super().__post_init__()
        spanish = self._is_spanish
        self.first = self.chance.choice(FIRST_NAMES_IN_SPANISH if spanish else FIRST_NAMES)
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.mailbox = self._mailbox()

    def _secret(self, name: str) -> Number:
        if name == "card" and not self._is_spanish and self.chance.random() < 0.3:
            parts = forms.chunks(self.card, forms.natural_sizes(self.card))
            joined = self.chance.choice((", then ", ", and ", ", okay, ", ". "))
            first, *middle, last = (self._in_words(part) for part in parts)
            return Number("pci.card", self.card, f"{', '.join((first, *middle))}{joined}{last}")
        return super()._secret(name)

    def _expiry(self) -> Number:
        if self._is_spanish:
            return super()._expiry()
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 33)
        short = forms.below_hundred(year)
        said = self.chance.choice(
            (
                f"{forms.pair(f'{month:02d}')} of {short}",
                f"{forms.pair(f'{month:02d}')}, {short}",
                f"{forms.below_hundred(month)}, twenty {short}",
                f"{MONTHS[month - 1]} of twenty {short}",
                f"{MONTHS[month - 1]}, {short}",
                f"{forms.pair(f'{month:02d}', 'zero')} {forms.digits_in_words(str(year))}",
            )
        )
        return Number("pci.expiry", f"{month:02d}/{year}", said)

    def _address(self) -> Number:
        spanish = self._is_spanish
        house = self.chance.randrange(12, 99)
        street = self.chance.choice(CALLES if spanish else STREETS)
        city = self.chance.choice(CIUDADES if spanish else CITIES)
        value = f"{house} {street} {city}"
        if spanish:
            return Number("pii.address", value, f"{street}, número {forms.par(str(house))}, en {city}")
        joined = self.chance.choice((", ", " in ", ", that's "))
        return Number("pii.address", value, f"{forms.below_hundred(house)} {street}{joined}{city}")

    def _dob(self) -> Number:
        if self._is_spanish:
            return super()._dob()
        month, day, year = self.chance.choice(MONTHS), self.chance.randrange(19), self.chance.randrange(44, 99)
        short = forms.below_hundred(year)
        said = self.chance.choice(
            (
                f"{month} the {ORDINALS[day]}, nineteen {short}",
                f"{month} {forms.below_hundred(day + 1)}, {short}",
                f"{ORDINALS[day]} {month} nineteen {short}",
            )
        )
        return Number("dob", f"{month} {day + 1} 19{year}", said)

    def _mailbox(self) -> Mailbox:
        hosts = HOSTS_IN_SPANISH if self._is_spanish else HOSTS
        host, number = self.chance.choice(tuple(hosts)), self.chance.randrange(21, 99)
        first, last = (name.lower().translate(_PLAIN) for name in (self.first, self.last))
        dot = "punto" if self._is_spanish else "dot"
        figure = forms.par(str(number)) if self._is_spanish else forms.below_hundred(number)
        ways = [
            (f"{first}.{last}", f"{first} {dot} {last}"),
            (f"{first}{number}", f"{first} {figure}"),
            (f"{last}.{first}", f"{last} {dot} {first}"),
        ]
        if not self._is_spanish:
            ways += [
                (f"{first[0]}.{last}", f"{self.first[0]} dot {last}"),
                (f"{last}house{number}", f"{last} house, {forms.digits_in_words(str(number))}"),
                (f"redkayak{number}", f"red kayak {figure}"),
            ]
        return Mailbox(*self.chance.choice(ways), host, hosts[host])
