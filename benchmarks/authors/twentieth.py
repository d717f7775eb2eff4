"""Details and numbers of one synthetic call of a twentieth author: people, places and ways of saying of its own."""

from __future__ import annotations

import random

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import DNI_LETTERS, LETRAS, MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = (
    *("Monica", "Harold", "Denise", "Curtis", "Sheila", "Vincent", "Amber", "Douglas", "Yvonne", "Patrick", "Nina"),
    *("Russell", "Carla", "Edwin", "Joyce", "Neil", "Bridget", "Leon", "Alice", "Martin"),
)
LAST_NAMES = (
    *("Barrett", "Caldwell", "Donovan", "Emerson", "Franklin", "Goodwin", "Hayes", "Keller", "Lambert", "Morrison"),
    *("Nolan", "Osborne", "Porter", "Randall", "Sawyer", "Thornton", "Vaughn", "Whitaker", "Sharma", "Gomez"),
)
AGENTS = ("Tina", "Paul", "Rosa", "Greg")
FIRST_NAMES_IN_SPANISH = ("Alejandra", "Gustavo", "Claudia", "Hernán", "Patricia", "Emilio", "Verónica", "Julio")
LAST_NAMES_IN_SPANISH = ("Acosta", "Benítez", "Cárdenas", "Delgado", "Escobar", "Lozano", "Montoya", "Rivas")
STREETS = (
    *(
        "Elm Street",
        "Walnut Avenue",
        "Meadow Lane",
        "Jackson Street",
        "Cherry Hill Road",
        "Fourth Street",
        "Ridge Road",
    ),
    *("Ridge Road", "Lakeside Drive", "Forest Avenue", "Chapel Road", "Spring Valley Drive", "Clover Court"),
)
CITIES = ("Memphis", "Spokane", "Lansing", "Savannah", "Reno", "Buffalo", "Durham", "Tulsa", "Lincoln", "Modesto")
STREETS_OF_BRITAIN = ("Victoria Road", "Mill Lane", "Queens Avenue", "Green Lane", "Albert Street")
CITIES_OF_BRITAIN = ("Leeds", "Bristol", "Cardiff", "Norwich", "Sheffield")
CALLES = ("calle Juárez", "avenida Libertad", "calle Rosales", "calle Belgrano", "avenida Hidalgo", "calle Luna")
CIUDADES = ("Puebla", "Ponce", "Rosario", "Zaragoza", "Mérida", "Córdoba")
HOSTS = {
    "gmail.com": "gmail dot com",
    "yahoo.com": "yahoo dot com",
    "icloud.com": "i cloud dot com",
    "hotmail.com": "hotmail dot com",
    "outlook.com": "outlook dot com",
    "charter.net": "charter dot net",
    "live.com": "live dot com",
    "hillcrest.org": "hill crest dot org",
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "hotmail.com": "hotmail punto com",
    "yahoo.com": "yahoo punto com",
    "correo.net": "correo punto net",
}


def ended_again(digits: str, _: random.Random) -> str:
    """The last group once more: "four one two two, five one six six, that's five one six six at the end"."""
    *groups, last = (forms.digits_in_words(part, "oh") for part in forms.chunks(digits, forms.natural_sizes(digits)))
    return f"{', '.join(groups)}, {last}, that's {last}"


def in_breaths_of_three(digits: str, _: random.Random) -> str:
    """Three digits at a time: "four one two, two five one"."""
    return ", ".join(forms.digits_in_words(part) for part in forms.chunks(digits, (3,)))


def squinting(digits: str, chance: random.Random) -> str:
    """A remark before one of the groups: "four one two two, it's worn off, five one six six"."""
    said = [forms.digits_in_words(part, "oh") for part in forms.chunks(digits, forms.natural_sizes(digits))]
    remark = chance.choice(("hard to read this", "bear with me", "okay", "and then it's"))
    said.insert(chance.randrange(1, len(said)), remark)
    return ", ".join(said)


def run_on(digits: str, _: random.Random) -> str:
    """Half in one breath, half in the other."""
    half = len(digits) // 2
    return f"{forms.digits_in_words(digits[:half], 'oh')}, {forms.digits_in_words(digits[half:], 'oh')}"


def de_corrido(digits: str, _: random.Random) -> str:
    """Two groups in one breath, in Spanish."""
    groups = [" ".join(forms.UNOS[int(digit)] for digit in part) for part in forms.chunks(digits, (4,))]
    return f"{' '.join(groups[:2])}, luego {', '.join(groups[2:])}"


CARD_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups, forms.by_groups_with_oh, ended_again, forms.flowing, forms.in_pairs, squinting, run_on),
    *(forms.by_groups, forms.doubled, forms.corrected, in_breaths_of_three, forms.by_groups_with_oh, forms.hundreds),
)
SOCIAL_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups, forms.by_groups_with_oh, squinting, forms.flowing_with_oh, in_breaths_of_three),
    *(forms.closed_with_pairs, ended_again),
)
CARD_FORMS_IN_SPANISH: tuple[forms.Form, ...] = (forms.cifras, forms.pares, de_corrido)


class TwentiethDetails(UnseenDetails):
    """As UnseenDetails, with lists and ways of saying of its own; expiry and code stay the same throughout a call."""

    def __post_init__(self) -> None:
        super().__post_init__()
        spanish = self._is_spanish
        self.first = self.chance.choice(FIRST_NAMES_IN_SPANISH if spanish else FIRST_NAMES)
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.mailbox = self._mailbox()
        self.month, self.year = self.chance.randrange(1, 13), self.chance.randrange(27, 33)

    # What people say of themselves.

    def _agent(self) -> Number:
        agent = self.chance.choice(AGENTS)
        return Number("pii.name", agent, agent)

    def _address(self) -> Number:
        if self._is_spanish:
            house = str(self.chance.randrange(11, 99))
            street, city = self.chance.choice(CALLES), self.chance.choice(CIUDADES)
            said = self.chance.choice((f"{street} {forms.par(house)}", f"{street} número {forms.par(house)}"))
            return Number("pii.address", f"{street} {house} {city}", f"{said}, {self.chance.choice(('', 'en '))}{city}")
        house = str(self.chance.choice((self.chance.randrange(3, 99), self.chance.randrange(111, 9_900))))
        pairs = " ".join(forms.pair(two) for two in forms.chunks(house, (2 - len(house) % 2, 2)))
        said = self.chance.choice((forms.digits_in_words(house, "oh"), pairs))
        if len(house) < 3:
            said = forms.below_hundred(int(house))
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        unit = forms.below_hundred(self.chance.randrange(2, 40))
        flat = self.chance.choice(("", "", "", f", unit {unit}", f", apartment {unit}"))
        joint = self.chance.choice((", ", ", ", " in ", ", here in "))
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}{flat}{joint}{city}")

    def _address_uk(self) -> Number:
        house = self.chance.randrange(3, 99)
        street, city = self.chance.choice(STREETS_OF_BRITAIN), self.chance.choice(CITIES_OF_BRITAIN)
        said = f"{self.chance.choice(('', 'number ', 'flat two, '))}{forms.below_hundred(house)} {street}, {city}"
        return Number("pii.address", f"{house} {street} {city}", said)

    def _dob(self) -> Number:
        month, at, year = self.chance.randrange(12), self.chance.randrange(len(ORDINALS)), self.chance.randrange(43, 99)
        value = f"{MONTHS[month]} {at + 1} 19{year}"
        if self._is_spanish:
            day = "primero" if at == 0 else forms.par(f"{at + 1:02d}").removeprefix("cero ")
            said_year = self.chance.choice(("de mil novecientos ", "del ")) + forms.par(str(year))
            return Number("dob", value, f"{day} de {MESES[month]} {said_year}")
        name, day_said, year_said = MONTHS[month], ORDINALS[at], forms.below_hundred(year)
        said = self.chance.choice(
            (
                f"{name} {day_said}, nineteen {year_said}",
                f"{name} the {day_said}, {year_said}",
                f"{forms.below_hundred(month + 1)}, {forms.below_hundred(at + 1)}, nineteen {year_said}",
                f"{name} {forms.below_hundred(at + 1)}, nineteen {year_said}",
                f"{name} {day_said} of {year_said}",
            )
        )
        return Number("dob", value, said)

    def _member(self) -> Number:
        letter, digits = self.chance.choice("BDFHKMRT"), "".join(self.chance.choices("0123456789", k=8))
        said = f"{self._letter(letter)}, {self._in_words(digits[:4])}, {self._in_words(digits[4:])}"
        return Number("account_number", letter + digits, said)

    def _letter(self, letter: str) -> str:
        return LETRAS[letter] if self._is_spanish else letter

    # What stays in the text.

    def _date(self) -> Number:
        if not self._is_spanish:
            return super()._date()
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        said = f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]}"
        return Number("date", f"{MONTHS[month]} {day}", said)

    def _pesos(self) -> Number:
        hundreds = self.chance.choice(("doscientos", "trescientos", "cuatrocientos", "seiscientos"))
        amount = self.chance.randrange(31, 99)
        value = {"d": 200, "t": 300, "c": 400, "s": 600}[hundreds[0]] + amount
        said = forms.par(str(amount))
        said = said.removesuffix("uno") + "un" if said.endswith("uno") else said
        return Number("money", str(value), f"{hundreds} {said} pesos")

    def _euros(self) -> Number:
        whole = self.chance.randrange(32, 99)
        said = forms.par(str(whole))
        said = said.removesuffix("uno") + "un" if said.endswith("uno") else said
        return Number("money", str(whole), f"{said} euros")

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
                f"{area} {middle} {last}",
                f"area code {area}, then {middle}, {last}",
                f"{area}, {middle}, {forms.in_pairs(whole[6:], self.chance)}",
                f"{area}, uh, {middle}, {last}",
            )
        )
        return Number("phone", whole, said)

    def _phone_uk(self) -> Number:
        digits = "07" + "".join(self.chance.choices("0123456789", k=9))
        sizes = self.chance.choice(((5, 3), (5, 6), (4, 3, 4)))
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
                (f"{first}{number}", f"{low_first} {forms.par(str(number))}"),
                (f"{last}_{first}", f"{low_last} guion bajo {low_first}"),
                (f"{first}{last}", f"{low_first} {low_last}, todo junto,"),
            )
        else:
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{first}.{last}{number}", f"{first} dot {last} {forms.below_hundred(number)}"),
                (f"{last}_{first}", f"{last} underscore {first}"),
                (f"{first[0]}{last}", f"{self.first[0]} {last}"),
                (f"{first}{last}", f"{first} {last}, all one word,"),
                (f"{last}{number}", f"{last} {forms.digits_in_words(str(number))}"),
                (f"greenkitchen{number}", f"green kitchen {forms.below_hundred(number)}"),
                (f"{last}plumbing", f"{last} plumbing"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    # Cards and numbers of states.

    def _secret(self, name: str) -> Number:
        kind = name.removesuffix("again")
        if kind not in ("card", "ssn"):
            return super()._secret(name)
        value = self.card if kind == "card" else self.social
        ways = CARD_FORMS if kind == "card" else SOCIAL_FORMS
        if self._is_spanish:
            ways = CARD_FORMS_IN_SPANISH if kind == "card" and len(value) == 16 else (forms.cifras,)
        way = ways[self.turn % len(ways)] if name == kind else forms.by_groups
        return Number("pci.card" if kind == "card" else "ssn", value, way(value, self.chance))

    def _expiry_again(self) -> Number:
        return self._expiry()

    def _expiry(self) -> Number:
        month, year = self.month, self.year
        value = f"{month:02d}/{year}"
        if self._is_spanish:
            words = forms.par(str(year))
            ways: tuple[str, ...] = (
                f"{MESES[month - 1]} del {words}",
                f"{MESES[month - 1]} de dos mil {words}",
                f"{forms.par(f'{month:02d}')} {words}",
                f"mes {forms.par(f'{month:02d}')}, año {words}",
                f"{forms.par(f'{month:02d}')} del {words}",
            )
        else:
            words = forms.below_hundred(year)
            ways = (
                f"{forms.pair(f'{month:02d}')} {words}",
                f"{forms.pair(f'{month:02d}')}, {words}",
                f"{MONTHS[month - 1]} twenty {words}",
                f"{MONTHS[month - 1]} of twenty {words}",
                f"{forms.below_hundred(month)} {words}",
                f"{forms.below_hundred(month)} of {words}",
                f"{forms.digits_in_words(f'{month:02d}', 'oh')} {forms.digits_in_words(str(year))}",
                f"{forms.pair(f'{month:02d}')} slash {words}" if month % 4 == 0 else f"{MONTHS[month - 1]} {words}",
            )
        return Number("pci.expiry", value, self.chance.choice(ways))

    def _iban(self) -> Number:
        """Of Spain in Spanish calls."""
        if not self._is_spanish:
            return super()._iban()
        account = "".join(self.chance.choices("0123456789", k=20))
        check = f"{98 - int(f'{account}142800') % 97:02d}"
        said = ", ".join(map(self._in_words, forms.chunks(check + account, (2, 4))))
        return Number("national.iban", f"ES{check}{account}", f"e ese, {said}")

    def _dni(self) -> Number:
        digits = "".join(self.chance.choices("0123456789", k=8))
        letter = DNI_LETTERS[int(digits) % 23]
        said = ", ".join(forms.par(two) for two in forms.chunks(digits, (2,)))
        if self.chance.random() < 0.5:
            said = ", ".join(map(self._in_words, forms.chunks(digits, (4,))))
        return Number("national.dni", digits + letter, f"{said}, {self._letter(letter)}")

    def _passport(self) -> Number:
        letter, digits = self.chance.choice("ABCFKLMNPX"), "".join(self.chance.choices("0123456789", k=8))
        said = ", ".join(map(self._in_words, forms.chunks(digits, (2, 3, 3))))
        return Number("national.passport", letter + digits, f"{self._letter(letter)}, {said}")
