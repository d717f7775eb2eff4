"""Details and numbers of one synthetic call of a fifteenth author: people, places and ways of saying of its own."""

from __future__ import annotations

import random

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = (
    *("Denise", "Travis", "Colleen", "Rajesh", "Patrice", "Wesley", "Bernadette", "Curtis", "Simone", "Desmond"),
    *("Joanne", "Malcolm", "Tamara", "Neil", "Yvonne", "Derek", "Kavita", "Lloyd", "Marlene", "Gavin"),
)
LAST_NAMES = (
    *("Hargrove", "Tran", "Whitaker", "Mehta", "Donovan", "Pruitt", "Sandoval", "Beckett", "Osborne", "Kaplan"),
    *("Maccall", "Underwood", "Rowland", "Barrera", "Stokes", "Lockhart", "Vance", "Petersen", "Goodwin", "Ashford"),
)
FIRST_NAMES_IN_SPANISH = ("Rocío", "Gustavo", "Patricia", "Hernán", "Claudia", "Álvaro", "Verónica", "Julián")
LAST_NAMES_IN_SPANISH = ("Cárdenas", "Montoya", "Rivas", "Espinosa", "Quintero", "Benítez", "Lozano", "Carrasco")
STREETS = (
    *("Juniper Way", "Old Mill Road", "Franklin Street", "Cedar Hollow Lane", "Jefferson Boulevard", "Quarry Road"),
    *("Fourth Street", "Meadowbrook Drive", "Harbor View Court", "Spruce Circle", "Victoria Road", "Chapel Lane"),
)
CITIES = ("Spokane", "Knoxville", "Lansing", "Mesa", "Savannah", "Duluth", "Norfolk", "Reno", "Peoria", "Chattanooga")
CALLES = ("calle Almendro", "avenida Libertad", "calle Las Flores", "calle Santa Ana", "avenida Juárez", "calle Real")
CIUDADES = ("Dallas", "Zaragoza", "Málaga", "El Paso", "Guadalajara", "Los Ángeles", "Puebla")
HOSTS = {
    "gmail.com": "gmail dot com",
    "msn.com": "m s n dot com",
    "live.com": "live dot com",
    "outlook.com": "outlook dot com",
    "yahoo.com": "yahoo dot com",
    "proton.me": "proton dot me",
    "sbcglobal.net": "s b c global dot net",
    "northridge.org": "north ridge dot org",
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "outlook.com": "outlook punto com",
    "yahoo.es": "yahoo punto es",
    "hotmail.com": "hotmail punto com",
}


def joined_with_then(digits: str, chance: random.Random) -> str:
    """As "four one two two, then five one six six": a word before the last group, or before every one."""
    first, *rest = (forms.digits_in_words(part, "oh") for part in forms.chunks(digits, forms.natural_sizes(digits)))
    if chance.random() < 0.5:
        return ", ".join([first, *rest[:-1], f"and {rest[-1]}"])
    return ", ".join([first, *(f"then {part}" for part in rest)])


def opened_with_pairs(digits: str, _: random.Random) -> str:
    """The first group in pairs, the others one by one: "forty one twelve, five one two two"."""
    first, *rest = forms.chunks(digits, forms.natural_sizes(digits))
    head = [forms.ONES[int(first[0])]] if len(first) % 2 else []
    said = " ".join([*head, *(forms.pair(two) for two in forms.chunks(first[len(first) % 2 :], (2,)))])
    return ", ".join([said, *(forms.digits_in_words(part) for part in rest)])


def ended_again(digits: str, _: random.Random) -> str:
    """The last group once more: "and six one four oh, six one four oh"."""
    *groups, last = (forms.digits_in_words(part, "oh") for part in forms.chunks(digits, forms.natural_sizes(digits)))
    return ", ".join([*groups, last, last])


CARD_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups, joined_with_then, forms.by_groups_with_oh, opened_with_pairs, forms.doubled, forms.flowing),
    *(forms.by_groups, forms.hesitating, forms.uneven, ended_again, forms.one_by_one, forms.corrected, forms.in_pairs),
)
SOCIAL_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups_with_oh, forms.flowing, joined_with_then, forms.by_groups, forms.closed_with_pairs),
    *(forms.hesitating, forms.one_by_one),
)


class FifteenthDetails(UnseenDetails):
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
            said = self.chance.choice(
                (f"{street}, {forms.par(house)}", f"{street} número {forms.par(house)}", f"{street} {forms.par(house)}")
            )
            return Number("pii.address", f"{street} {house} {city}", f"{said}, {self.chance.choice(('', 'en '))}{city}")
        house = str(self.chance.choice((self.chance.randrange(2, 99), self.chance.randrange(110, 9_900))))
        words = " ".join(forms.pair(two) for two in forms.chunks(house, (2 - len(house) % 2, 2)))
        if len(house) < 3:
            words = forms.below_hundred(int(house))
        elif house.endswith("00"):
            words = f"{forms.below_hundred(int(house[:-2]))} hundred"
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        unit = self.chance.randrange(2, 40)
        flat = self.chance.choice(
            ("", "", "", f", unit {forms.below_hundred(unit)}", f", number {forms.ONES[2 + unit % 8]}")
        )
        joint = self.chance.choice((", ", " in "))
        return Number("pii.address", f"{house} {street} {city}", f"{words} {street}{flat}{joint}{city}")

    def _dob(self) -> Number:
        if self._is_spanish:
            day, month, year = self.chance.randrange(2, 29), self.chance.randrange(12), self.chance.randrange(48, 99)
            said_year = self.chance.choice(
                (f"de mil novecientos {forms.par(str(year))}", f"del {forms.par(str(year))}")
            )
            said = f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]} {said_year}"
            return Number("dob", f"{MONTHS[month]} {day} 19{year}", said)
        month, at, year = self.chance.randrange(12), self.chance.randrange(len(ORDINALS)), self.chance.randrange(44, 99)
        name, day_said, year_said = MONTHS[month], ORDINALS[at], forms.below_hundred(year)
        said = self.chance.choice(
            (
                f"{name} {day_said}, nineteen {year_said}",
                f"{name} the {day_said}, {year_said}",
                f"{name} {forms.below_hundred(at + 1)}, nineteen {year_said}",
                f"{day_said} of {name}, nineteen {year_said}",
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
        ways = (
            [self._in_words(part) for part in forms.chunks(whole, (3, 3, 4))],
            [self._in_words(part) for part in forms.chunks(whole, (3, 3, 2))],
            [self._in_words(part) for part in forms.chunks(whole, (3, 7))],
            [*(self._in_words(part) for part in forms.chunks(whole[:6], (3,))), forms.in_pairs(whole[6:], self.chance)],
            [*(self._in_words(part) for part in forms.chunks(whole[:6], (3,))), forms.doubled(whole[6:], self.chance)],
        )
        return Number("phone", whole, ", ".join(self.chance.choice(ways)))

    def _phone_uk(self) -> Number:
        digits = "07" + "".join(self.chance.choices("0123456789", k=9))
        sizes = self.chance.choice(((4, 3, 4), (5, 6), (3, 4)))
        said = [forms.digits_in_words(part, "oh") for part in forms.chunks(digits, sizes)]
        if digits[-1] == digits[-2]:
            said = [forms.digits_in_words(digits[:5], "oh"), forms.doubled(digits[5:7], self.chance)]
            said += [forms.doubled(part, self.chance) for part in forms.chunks(digits[7:], (2,))]
        return Number("phone", digits, ", ".join(said))

    def _phone_india(self) -> Number:
        """Ten digits in two halves, as mobile telephones of India are said."""
        digits = self.chance.choice("6789") + "".join(self.chance.choices("0123456789", k=9))
        said = (" ".join(forms.doubled(part, self.chance).split()) for part in forms.chunks(digits, (5,)))
        return Number("phone", digits, ", ".join(said).replace(",,", ","))

    def _phone_au(self) -> Number:
        """As mobile telephones of Australia are said."""
        digits = "04" + "".join(self.chance.choices("0123456789", k=8))
        return Number("phone", digits, ", ".join(self._in_words(part) for part in forms.chunks(digits, (4, 3))))

    def _mailbox(self) -> Mailbox:
        hosts = HOSTS_IN_SPANISH if self._is_spanish else HOSTS
        host, number = self.chance.choice(tuple(hosts)), self.chance.randrange(61, 99)
        first, last = (name.lower().translate(str.maketrans("áéíóú", "aeiou")) for name in (self.first, self.last))
        low_first, low_last = self.first.lower(), self.last.lower()
        ways: tuple[tuple[str, str], ...]
        if self._is_spanish:
            ways = (
                (f"{last}.{first}", f"{low_last} punto {low_first}"),
                (f"{first}{last}{number}", f"{low_first} {low_last} {forms.par(str(number))}"),
                (f"{first}_{number}", f"{low_first} guion bajo {forms.par(str(number))}"),
                (f"{first}{last}", f"{low_first} {low_last}, todo junto,"),
            )
        else:
            ways = (
                (f"{first[0]}.{last}", f"{self.first[0]} dot {last}"),
                (f"{first}.{last}{number}", f"{first} dot {last} {forms.below_hundred(number)}"),
                (f"{first}{last}", f"{first} {last}, all one word,"),
                (f"{first}{number}", f"{first} {forms.digits_in_words(str(number))}"),
                (f"{last}_{first}", f"{last} underscore {first}"),
                (f"{first}{last[0]}19{number}", f"{first} {self.last[0]} nineteen {forms.below_hundred(number)}"),
                (f"gardenlady{number}", f"garden lady {forms.below_hundred(number)}"),
                (f"{last}plumbing", f"{last} plumbing"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    def _email_user(self) -> Number:
        return Number("pii.email", self.mailbox.user, self.mailbox.said.removesuffix(","))

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
                f"{forms.par(f'{month:02d}')}, {words}",
                f"{forms.par(f'{month:02d}')} barra {words}",
                f"{forms.par(f'{month:02d}').removeprefix('cero ')} del {words}",
            )
        else:
            words = forms.below_hundred(year)
            ways = (
                f"{forms.pair(f'{month:02d}')}, {words}",
                f"{forms.pair(f'{month:02d}')} of {words}",
                f"{forms.below_hundred(month)}, twenty {words}",
                f"{MONTHS[month - 1]}, two thousand {words}",
                f"{MONTHS[month - 1]} of twenty {words}",
                f"{MONTHS[month - 1]} {words}",
                f"{forms.pair(f'{month:02d}', 'zero')} {words}",
                f"{forms.below_hundred(month)} slash {words}",
            )
        return Number("pci.expiry", value, self.chance.choice(ways))

    def _license(self) -> Number:
        letters = self.chance.choice("CDEGPRT")
        digits = "".join(self.chance.choices("0123456789", k=8))
        said = ", ".join(map(self._in_words, forms.chunks(digits, (2, 3))))
        return Number("national.license", letters + digits, f"{letters}, {said}")
