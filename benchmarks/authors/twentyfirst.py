"""Details and numbers of one synthetic call of a twenty-first author: people, places and ways of saying of its own."""

from __future__ import annotations

import random

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = (
    *("Bethany", "Curtis", "Denise", "Edwin", "Fiona", "Gavin", "Heather", "Isaac", "Joanna", "Kenneth", "Leah"),
    *("Malcolm", "Nadia", "Oscar", "Pamela", "Russell", "Sheila", "Terrence", "Valerie", "Wesley", "Anil", "Meera"),
)
LAST_NAMES = (
    *("Atkins", "Bradley", "Connolly", "Drummond", "Estrada", "Fitzgerald", "Goodwin", "Hastings", "Ingram", "Joyce"),
    *("Keller", "Lockwood", "Morrison", "Navarro", "Osborne", "Parrish", "Rosenberg", "Stanton", "Thornton", "Mehta"),
)
AGENTS = ("Tanya", "Neil", "Brenda", "Craig", "Monique", "Derek", "Ashley", "Todd")
FIRST_NAMES_IN_SPANISH = ("Ximena", "Álvaro", "Rocío", "Cristóbal", "Yolanda", "Matías", "Altagracia", "Gerardo")
LAST_NAMES_IN_SPANISH = ("Valdés", "Contreras", "Espinosa", "Guerrero", "Montero", "Sepúlveda", "Rosario", "Ibarra")
AGENTS_IN_SPANISH = ("Karina", "Diego", "Paulina", "Andrés", "Marta")
STREETS = (
    *("Chestnut Street", "Meadow Lane", "Jefferson Avenue", "Cedar Hollow Drive", "North Fourth Street"),
    *("Spruce Court", "Ridgewood Road", "Bayview Circle", "Union Avenue", "Juniper Way", "South Main Street"),
)
CITIES = ("Dayton", "Spokane", "Lubbock", "Savannah", "Peoria", "Duluth", "Knoxville", "Erie", "Reno", "Charleston")
UK_STREETS = ("Victoria Road", "Mill Lane", "Albert Street", "Queens Crescent", "The Green", "Grange Avenue")
UK_CITIES = {"Leeds": "LS", "Bristol": "BS", "Norwich": "NR", "Coventry": "CV", "Swansea": "SA", "Preston": "PR"}
CALLES = ("calle Hidalgo", "avenida Providencia", "calle Duarte", "calle del Carmen", "avenida Juárez", "calle Goya")
CIUDADES = ("Puebla", "Santiago", "Valparaíso", "Zaragoza", "Guadalajara", "Málaga", "Mérida")
HOSTS = {
    "gmail.com": "gmail dot com",
    "yahoo.com": "yahoo dot com",
    "outlook.com": "outlook dot com",
    "icloud.com": "i cloud dot com",
    "live.com": "live dot com",
    "proton.me": "proton dot me",
    "msn.com": "m s n dot com",
    "hillsidedental.com": "hillside dental dot com",
    "riverparish.org": "river parish dot org",
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "hotmail.com": "hotmail punto com",
    "outlook.com": "outlook punto com",
    "yahoo.es": "yahoo punto es",
    "live.com": "live punto com",
}
KEPT = frozenset(
    {
        *("expiry", "cvv", "dob", "dob_numeric", "dob_day_first", "address", "address_uk", "address_zip", "account"),
        *("member", "agent", "passport", "license", "nino", "sin", "dni", "nie", "iban", "confirmation", "order"),
        *("phone_uk", "phone_au", "phone_in", "phone_nueve", "phone_chile", "extension"),
    }
)
"""What is said once more as it was said, where a call has it twice."""


def two_by_two(digits: str, _: random.Random) -> str:
    """Slowly, two digits at a time: "four one, two two, five one, six six"."""
    return ", ".join(forms.digits_in_words(part, "oh") for part in forms.chunks(digits, (2,)))


def last_again(digits: str, _: random.Random) -> str:
    """The last group once more: "..., six three nine one, that's six three nine one"."""
    groups = [forms.digits_in_words(part) for part in forms.chunks(digits, forms.natural_sizes(digits))]
    return f"{', '.join(groups)}, that's {groups[-1]}"


def doubled_with_oh(digits: str, chance: random.Random) -> str:
    return forms.doubled(digits, chance).replace("zero", "oh")


def joined_at_the_end(digits: str, _: random.Random) -> str:
    """As "four one two two, five one six six, and then oh oh four one, and nine oh one one"."""
    groups = [forms.digits_in_words(part, "oh") for part in forms.chunks(digits, forms.natural_sizes(digits))]
    return f"{', '.join(groups[:-1])}, and {groups[-1]}"


def looked_for(digits: str, _: random.Random) -> str:
    """A look at the card within: "four one two two, five one six six, it's worn off, oh oh four one, ..."."""
    groups = [forms.digits_in_words(part) for part in forms.chunks(digits, forms.natural_sizes(digits))]
    return ", ".join([*groups[:-1], "it's a bit worn", groups[-1]])


def cifras_y_pares(digits: str, _: random.Random) -> str:
    """Two groups by digits, the others in pairs; as digits where a group has an odd length."""
    said = []
    for at, part in enumerate(forms.chunks(digits, forms.natural_sizes(digits))):
        if at < 2 or len(part) % 2:
            said.append(" ".join(forms.UNOS[int(digit)] for digit in part))
        else:
            said.append(" ".join(forms.par(two) for two in forms.chunks(part, (2,))))
    return ", ".join(said)


CARD_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups_with_oh, forms.by_groups, joined_at_the_end, forms.flowing_with_oh, doubled_with_oh),
    *(forms.by_groups, two_by_two, forms.in_pairs, last_again, forms.by_groups_with_oh, forms.corrected),
    *(looked_for, forms.hesitating),
)
SOCIAL_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups, forms.by_groups_with_oh, joined_at_the_end, forms.flowing, forms.by_groups, last_again),
    *(forms.closed_with_pairs, forms.hesitating, forms.corrected),
)
CARD_FORMS_IN_SPANISH: tuple[forms.Form, ...] = (forms.cifras, forms.pares, forms.cifras, cifras_y_pares)


class TwentyFirstDetails(UnseenDetails):
    """As UnseenDetails, with lists and ways of saying of its own."""

    def __post_init__(self) -> None:
        super().__post_init__()
        spanish = self._is_spanish
        self.first = self.chance.choice(FIRST_NAMES_IN_SPANISH if spanish else FIRST_NAMES)
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.mailbox = self._mailbox()
        self._said: dict[str, Number] = {}

    def draw(self, name: str) -> Number:
        if name not in KEPT:
            return super().draw(name)
        if name not in self._said:
            self._said[name] = super().draw(name)
        return self._said[name]

    # What people say of themselves.

    def _agent(self) -> Number:
        name = self.chance.choice(AGENTS_IN_SPANISH if self._is_spanish else AGENTS)
        return Number("pii.name", name, name)

    def _address(self) -> Number:
        if self._is_spanish:
            house = str(self.chance.randrange(11, 99))
            street, city = self.chance.choice(CALLES), self.chance.choice(CIUDADES)
            joint = self.chance.choice((" ", " número ", ", número "))
            return Number("pii.address", f"{street} {house} {city}", f"{street}{joint}{forms.par(house)}, {city}")
        house = str(self.chance.choice((self.chance.randrange(3, 99), self.chance.randrange(111, 9_800))))
        said = self.chance.choice((forms.digits_in_words(house, "oh"), self._house_said(house)))
        if len(house) < 3:
            said = forms.below_hundred(int(house))
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        unit = forms.below_hundred(self.chance.randrange(2, 40))
        flat = self.chance.choice(("", "", "", f", unit {unit}", f", apartment {unit}"))
        joint = self.chance.choice((", ", ", ", ", here in ", " in "))
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}{flat}{joint}{city}")

    def _house_said(self, house: str) -> str:
        if house.endswith("00"):
            return f"{forms.below_hundred(int(house[:-2]))} hundred"
        return " ".join(forms.pair(two) for two in forms.chunks(house, (2 - len(house) % 2, 2)))

    def _address_uk(self) -> Number:
        house, street = self.chance.randrange(2, 99), self.chance.choice(UK_STREETS)
        city = self.chance.choice(tuple(UK_CITIES))
        area, sector = self.chance.randrange(1, 10), self.chance.randrange(1, 10)
        end = "".join(self.chance.choices("BDFHJLNPT", k=2))
        code = f"{UK_CITIES[city]}{area} {sector}{end}"
        said = f"{forms.below_hundred(house)} {street}, {city}"
        if self.chance.random() < 0.5:
            return Number("pii.address", f"{house} {street} {city}", said)
        letters = " ".join(UK_CITIES[city])
        said += f", {letters} {forms.ONES[area]}, {forms.ONES[sector]} {' '.join(end)}"
        return Number("pii.address", f"{house} {street} {city} {code}", said)

    def _dob(self) -> Number:
        if self._is_spanish:
            day, month, year = self.chance.randrange(2, 29), self.chance.randrange(12), self.chance.randrange(46, 99)
            said_year = self.chance.choice(("de mil novecientos ", "del ", "de ")) + forms.par(str(year))
            said = f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]} {said_year}"
            return Number("dob", f"{MONTHS[month]} {day} 19{year}", said)
        month, at, year = self.chance.randrange(12), self.chance.randrange(len(ORDINALS)), self.chance.randrange(43, 99)
        name, day_said, year_said = MONTHS[month], ORDINALS[at], forms.below_hundred(year)
        number = forms.below_hundred(at + 1)
        said = self.chance.choice(
            (
                f"{name} {day_said}, nineteen {year_said}",
                f"{name} the {day_said}, {year_said}",
                f"{name} {number}, nineteen {year_said}",
                f"{forms.pair(f'{month + 1:02d}')}, {forms.pair(f'{at + 1:02d}')}, nineteen {year_said}",
                f"{forms.below_hundred(month + 1)} {number} {year_said}",
            )
        )
        return Number("dob", f"{name} {at + 1} 19{year}", said)

    # Ordinary numbers.

    def _date(self) -> Number:
        if not self._is_spanish:
            return super()._date()
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        said = f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]}"
        return Number("date", f"{MONTHS[month]} {day}", said)

    def _pounds(self) -> Number:
        whole, pence = self.chance.randrange(12, 99), self.chance.choice((0, 0, 50, 75, 99))
        said = f"{forms.below_hundred(whole)} pounds" + (f" {forms.below_hundred(pence)}" if pence else "")
        return Number("money", f"{whole}.{pence:02d}", said)

    def _pesos(self) -> Number:
        hundreds = self.chance.choice(((200, "doscientos"), (400, "cuatrocientos"), (800, "ochocientos")))
        rest = self.chance.randrange(12, 99)
        return Number("money", str(hundreds[0] + rest), f"{hundreds[1]} {forms.par(str(rest))} pesos")

    def _euros(self) -> Number:
        whole = self.chance.randrange(12, 99)
        return Number("money", str(whole), f"{forms.par(str(whole))} euros")

    # Telephone and e-mail.

    def _phone(self) -> Number:
        if self._is_spanish:
            return self.chance.choice((self._phone_pares, super()._phone))()
        area, middle, last = (self._in_words(part) for part in forms.chunks(self.phone, (3, 3, 4)))
        closing = forms.in_pairs(self.phone[6:], self.chance)
        said = self.chance.choice(
            (
                f"{area}, {middle}, {last}",
                f"{area} {middle} {last}",
                f"{area}, {middle}, {closing}",
                f"{area}, uh, {middle}, {last}",
                f"{area}, then {middle}, {last}",
                f"{area}, {middle}, {last}",
            )
        )
        return Number("phone", self.phone, said)

    def _phone_uk(self) -> Number:
        digits = "07" + "".join(self.chance.choices("0123456789", k=9))
        parts = forms.chunks(digits, self.chance.choice(((5, 6), (5, 3), (3, 4))))
        if self.chance.random() < 0.5:
            return Number("phone", digits, ", ".join(doubled_with_oh(part, self.chance) for part in parts))
        return Number("phone", digits, ", ".join(forms.digits_in_words(part, "oh") for part in parts))

    def _phone_au(self) -> Number:
        digits = "04" + "".join(self.chance.choices("0123456789", k=8))
        parts = forms.chunks(digits, (4, 3))
        return Number("phone", digits, ", ".join(forms.digits_in_words(part, "oh") for part in parts))

    def _phone_in(self) -> Number:
        digits = self.chance.choice(("98", "99", "70", "88")) + "".join(self.chance.choices("0123456789", k=8))
        parts = forms.chunks(digits, (5,))
        return Number("phone", digits, ", ".join(doubled_with_oh(part, self.chance) for part in parts))

    def _phone_chile(self) -> Number:
        digits = "9" + "".join(self.chance.choices("23456789", k=8))
        tail = (self._in_words(part) for part in forms.chunks(digits[1:], (4,)))
        if self.chance.random() < 0.5:
            tail = (forms.par(two) for two in forms.chunks(digits[1:], (2,)))
        return Number("phone", digits, ", ".join(["nueve", *tail]))

    def _mailbox(self) -> Mailbox:
        hosts = HOSTS_IN_SPANISH if self._is_spanish else HOSTS
        host, number = self.chance.choice(tuple(hosts)), self.chance.randrange(61, 99)
        low_first, low_last = self.first.lower(), self.last.lower()
        first, last = (name.translate(str.maketrans("áéíóú", "aeiou")) for name in (low_first, low_last))
        ways: tuple[tuple[str, str], ...]
        if self._is_spanish:
            ways = (
                (f"{first}.{last}", f"{low_first} punto {low_last}"),
                (f"{first}{number}", f"{low_first} {forms.par(str(number))}"),
                (f"{last}_{first}", f"{low_last} guion bajo {low_first}"),
                (f"{last}.{number}", f"{low_last} punto {self._in_words(str(number))}"),
            )
        else:
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{first}.{last[0]}", f"{first} dot {self.last[0]}"),
                (f"{last}{first[0]}", f"{last} {self.first[0]}"),
                (f"{first}-{last}", f"{first} hyphen {last}"),
                (f"{first[0]}.{last}", f"{self.first[0]} dot {last}"),
                (f"{first}{number}{number}", f"{first} {forms.digits_in_words(str(number) * 2)}"),
                (f"{last}home", f"{last} home, all one word,"),
                (f"rustyanchor{number}", f"rusty anchor {forms.below_hundred(number)}"),
                (f"mailfor{first}", f"mail for {first}"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    # Cards and numbers of states.

    def _secret(self, name: str) -> Number:
        if name == "card":
            ways = CARD_FORMS_IN_SPANISH if self._is_spanish else CARD_FORMS
            return Number("pci.card", self.card, ways[self.turn % len(ways)](self.card, self.chance))
        if name == "ssn":
            return Number("ssn", self.social, SOCIAL_FORMS[self.turn % len(SOCIAL_FORMS)](self.social, self.chance))
        return super()._secret(name)

    def _expiry(self) -> Number:
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 34)
        value, two = f"{month:02d}/{year}", f"{month:02d}"
        if self._is_spanish:
            words, name = forms.par(str(year)), MESES[month - 1]
            ways: tuple[str, ...] = (
                f"{forms.par(two)} diagonal {words}",
                f"{name} del dos mil {words}",
                f"{forms.par(two)}, {words}",
                f"{name} del {words}",
                f"{self._in_words(two)}, {self._in_words(str(year))}",
                f"{forms.par(two).removeprefix('cero ')} del {words}",
            )
        else:
            words, name = forms.below_hundred(year), MONTHS[month - 1]
            ways = (
                f"{forms.pair(two)} {words}",
                f"{forms.pair(two)} of {words}",
                f"{forms.digits_in_words(two + str(year), 'oh')}",
                f"{forms.below_hundred(month)} slash {words}",
                f"{name} of twenty {words}",
                f"{name}, twenty {words}",
                f"{name} {words}",
                f"{forms.pair(two)}, two thousand {words}",
            )
        return Number("pci.expiry", value, self.chance.choice(ways))

    def _iban(self) -> Number:
        if not self._is_spanish:
            return super()._iban()
        account = "".join(self.chance.choices("0123456789", k=20))
        check = f"{98 - int(f'{account}142800') % 97:02d}"
        said = ", ".join(map(self._in_words, forms.chunks(check + account, (2, 4))))
        return Number("national.iban", f"ES{check}{account}", f"E, ese, {said}")
