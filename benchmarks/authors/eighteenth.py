"""Details and numbers of one synthetic call of an eighteenth author: people, places and ways of saying of its own."""

from __future__ import annotations

import random

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = (
    *("Audrey", "Roland", "Felicia", "Dominic", "Lorraine", "Trevor", "Anita", "Clifford", "Jasmine", "Raymond"),
    *("Gloria", "Stuart", "Deepa", "Marvin", "Celeste", "Glenn", "Harriet", "Omar", "Paula", "Winston"),
)
LAST_NAMES = (
    *("Ballard", "Chowdhury", "Dawson", "Espinoza", "Farrell", "Grady", "Holloway", "Iverson", "Jarvis", "Kendrick"),
    *("Lombardi", "Maxwell", "Norton", "Pacheco", "Quinn", "Ramsey", "Sheridan", "Talbot", "Vargas", "Winslow"),
)
FIRST_NAMES_IN_SPANISH = ("Marisol", "Ignacio", "Lorena", "Ramiro", "Teresa", "Fabián", "Natalia", "Óscar")
LAST_NAMES_IN_SPANISH = ("Arroyo", "Bermúdez", "Cordero", "Figueroa", "Gallardo", "Maldonado", "Peralta", "Soto")
STREETS = (
    *("Willow Bend Road", "Prospect Avenue", "Hickory Lane", "Monroe Street", "Orchard Drive", "Station Road"),
    *("Pine Ridge Court", "Seventh Avenue", "Magnolia Place", "Canal Street", "Fairview Road", "Kingston Way"),
)
CITIES = ("Wichita", "Mobile", "Akron", "Tacoma", "Scranton", "Amarillo", "Bangor", "Fargo", "Macon", "Syracuse")
CALLES = ("calle Robles", "avenida Central", "calle del Río", "calle Cervantes", "avenida Bolívar", "calle Nueva")
CIUDADES = ("Phoenix", "Bilbao", "Granada", "Laredo", "Orlando", "Murcia", "Chicago")
HOSTS = {
    "gmail.com": "gmail dot com",
    "yahoo.com": "yahoo dot com",
    "att.net": "a t t dot net",
    "cox.net": "cox dot net",
    "me.com": "me dot com",
    "outlook.com": "outlook dot com",
    "hotmail.com": "hotmail dot com",
    "redwoodschools.org": "redwood schools dot org",
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "hotmail.com": "hotmail punto com",
    "icloud.com": "icloud punto com",
    "outlook.es": "outlook punto es",
}


def in_two_breaths(digits: str, _: random.Random) -> str:
    """Two groups in one breath, then the others: "four one two two five one six six, then nine oh one one"."""
    groups = [forms.digits_in_words(part, "oh") for part in forms.chunks(digits, forms.natural_sizes(digits))]
    return f"{' '.join(groups[:2])}, then {' '.join(groups[2:])}"


def asked_after(digits: str, _: random.Random) -> str:
    """A question to the hearer within: "four one two two, okay? five one six six"."""
    first, *rest = (forms.digits_in_words(part) for part in forms.chunks(digits, forms.natural_sizes(digits)))
    return f"{first}, okay, {', '.join(rest)}"


def opened_again(digits: str, _: random.Random) -> str:
    """The first group once more: "four one two two, uh, four one two two, five one six six"."""
    first, *rest = (forms.digits_in_words(part) for part in forms.chunks(digits, forms.natural_sizes(digits)))
    return ", ".join([first, f"uh, {first}", *rest])


CARD_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups, in_two_breaths, forms.by_groups_with_oh, forms.in_pairs, asked_after, forms.flowing),
    *(forms.doubled, forms.by_groups, forms.hesitating, opened_again, forms.by_groups_with_oh, forms.corrected),
    forms.uneven,
)
SOCIAL_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups, forms.flowing, forms.by_groups_with_oh, asked_after, forms.closed_with_pairs),
    *(opened_again, forms.hesitating),
)


class EighteenthDetails(UnseenDetails):
    """As UnseenDetails, with lists and ways of saying of its own."""

    def __post_init__(self) -> None:
        super().__post_init__()
        spanish = self._is_spanish
        self.first = self.chance.choice(FIRST_NAMES_IN_SPANISH if spanish else FIRST_NAMES)
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.mailbox = self._mailbox()

    # What people say of themselves.

    def _address(self) -> Number:
        if self._is_spanish:
            house = str(self.chance.randrange(11, 99))
            street, city = self.chance.choice(CALLES), self.chance.choice(CIUDADES)
            said = self.chance.choice((f"{street} {forms.par(house)}", f"{street}, el {forms.par(house)}"))
            return Number("pii.address", f"{street} {house} {city}", f"{said}, {self.chance.choice(('', 'en '))}{city}")
        house = str(self.chance.choice((self.chance.randrange(2, 99), self.chance.randrange(111, 9_900))))
        said = self.chance.choice((forms.digits_in_words(house, "oh"), self._house_in_pairs(house)))
        if len(house) < 3:
            said = forms.below_hundred(int(house))
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        unit = forms.below_hundred(self.chance.randrange(2, 30))
        flat = self.chance.choice(("", "", "", f", apartment {unit}", f", suite {unit}"))
        joint = self.chance.choice((", ", ", ", " in ", ", that's in "))
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}{flat}{joint}{city}")

    def _house_in_pairs(self, house: str) -> str:
        if house.endswith("00"):
            return f"{forms.below_hundred(int(house[:-2]))} hundred"
        return " ".join(forms.pair(two) for two in forms.chunks(house, (2 - len(house) % 2, 2)))

    def _dob(self) -> Number:
        if self._is_spanish:
            day, month, year = self.chance.randrange(2, 29), self.chance.randrange(12), self.chance.randrange(45, 99)
            said_year = self.chance.choice(("de mil novecientos ", "del ")) + forms.par(str(year))
            said = f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]} {said_year}"
            return Number("dob", f"{MONTHS[month]} {day} 19{year}", said)
        month, at, year = self.chance.randrange(12), self.chance.randrange(len(ORDINALS)), self.chance.randrange(42, 99)
        name, day_said, year_said = MONTHS[month], ORDINALS[at], forms.below_hundred(year)
        said = self.chance.choice(
            (
                f"{name} {day_said}, nineteen {year_said}",
                f"{name} {day_said}, {year_said}",
                f"{forms.below_hundred(month + 1)}, {forms.below_hundred(at + 1)}, {year_said}",
                f"{name} {forms.below_hundred(at + 1)}, {year_said}",
                f"the {day_said} of {name} nineteen {year_said}",
            )
        )
        return Number("dob", f"{name} {at + 1} 19{year}", said)

    def _date(self) -> Number:
        if not self._is_spanish:
            return super()._date()
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        said = f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]}"
        return Number("date", f"{MONTHS[month]} {day}", said)

    # Telephone and e-mail.

    def _phone(self) -> Number:
        if self._is_spanish:
            return self.chance.choice((self._phone_pares, super()._phone))()
        whole = self.phone
        area, middle, last = (self._in_words(part) for part in forms.chunks(whole, (3, 3, 4)))
        said = self.chance.choice(
            (
                f"{area}, {middle}, {last}",
                f"{area}, {middle}, {last}",
                f"area code {area}, {middle}, {last}",
                f"{area} {middle}, {last}",
                f"{area}, {middle}, {forms.in_pairs(whole[6:], self.chance)}",
                f"{area}, {middle} {last}",
            )
        )
        return Number("phone", whole, said)

    def _phone_uk(self) -> Number:
        digits = "07" + "".join(self.chance.choices("0123456789", k=9))
        sizes = self.chance.choice(((5, 3), (5, 6), (3, 4)))
        return Number("phone", digits, ", ".join(forms.digits_in_words(p, "oh") for p in forms.chunks(digits, sizes)))

    def _mailbox(self) -> Mailbox:
        hosts = HOSTS_IN_SPANISH if self._is_spanish else HOSTS
        host, number = self.chance.choice(tuple(hosts)), self.chance.randrange(51, 99)
        low_first, low_last = self.first.lower(), self.last.lower()
        first, last = (name.translate(str.maketrans("áéíóú", "aeiou")) for name in (low_first, low_last))
        ways: tuple[tuple[str, str], ...]
        if self._is_spanish:
            ways = (
                (f"{first}.{last}", f"{low_first} punto {low_last}"),
                (f"{last}{number}", f"{low_last} {forms.par(str(number))}"),
                (f"{first}_{last}", f"{low_first} guion bajo {low_last}"),
                (f"{first}{last}", f"{low_first} {low_last}"),
            )
        else:
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{first}{number}", f"{first} {forms.below_hundred(number)}"),
                (f"{first}_{last}", f"{first} underscore {last}"),
                (f"{first[0]}{last}{number}", f"{self.first[0]} {last} {forms.digits_in_words(str(number))}"),
                (f"{last}.{first}", f"{last} dot {first}"),
                (f"{first}and{last}", f"{first} and {last}"),
                (f"oldtruck{number}", f"old truck {forms.below_hundred(number)}"),
                (f"{last}bakery", f"{last} bakery"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    # Cards and numbers of states.

    def _secret(self, name: str) -> Number:
        if self._is_spanish or name not in ("card", "ssn"):
            return super()._secret(name)
        value = self.card if name == "card" else self.social
        ways = CARD_FORMS if name == "card" else SOCIAL_FORMS
        return Number("pci.card" if name == "card" else "ssn", value, ways[self.turn % len(ways)](value, self.chance))

    def _expiry(self) -> Number:
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 33)
        value = f"{month:02d}/{year}"
        if self._is_spanish:
            words = forms.par(str(year))
            ways: tuple[str, ...] = (
                f"{MESES[month - 1]} de dos mil {words}",
                f"{MESES[month - 1]} del {words}",
                f"{forms.par(f'{month:02d}')} del {words}",
                f"{forms.par(f'{month:02d}')}, {words}",
                f"mes {forms.par(f'{month:02d}')}, año {words}",
            )
        else:
            words = forms.below_hundred(year)
            ways = (
                f"{forms.pair(f'{month:02d}')} {words}",
                f"{forms.pair(f'{month:02d}')}, {words}",
                f"{forms.below_hundred(month)}, {words}",
                f"{MONTHS[month - 1]} twenty {words}",
                f"{MONTHS[month - 1]} of {words}",
                f"{forms.pair(f'{month:02d}')} slash twenty {words}",
                f"{forms.pair(f'{month:02d}', 'zero')}, twenty {words}",
                f"{MONTHS[month - 1]}, {words}",
            )
        return Number("pci.expiry", value, self.chance.choice(ways))
