"""Details and numbers of one synthetic call of a nineteenth author: people, places and ways of saying of its own."""

from __future__ import annotations

import random

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import LETRAS, MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = (
    *("Bernice", "Calvin", "Denise", "Edwin", "Graham", "Irene", "Joel", "Lydia", "Malcolm", "Nadine", "Preston"),
    *("Rosalind", "Sanjay", "Tessa", "Vernon", "Yvonne", "Arthur", "Monica", "Elliot", "Shirley"),
)
LAST_NAMES = (
    *("Aldridge", "Barlow", "Castellano", "Drummond", "Emerson", "Fitzgerald", "Gupta", "Hutchins", "Ingram", "Keller"),
    *("Lambert", "Mercer", "Nolan", "Osborne", "Prescott", "Rosario", "Stanton", "Thornton", "Whitaker", "Jacobs"),
)
AGENTS = ("Becky", "Curtis", "Janelle", "Tyler", "Maureen", "Dev")
FIRST_NAMES_IN_SPANISH = ("Adriana", "Bernardo", "Claudia", "Eduardo", "Inés", "Leticia", "Mauricio", "Rocío", "Germán")
LAST_NAMES_IN_SPANISH = ("Benítez", "Camacho", "Duarte", "Escobar", "Galindo", "Lozano", "Montoya", "Zamora")
AGENTES = ("Paola", "Iván", "Yolanda", "Andrés")
STREETS = (
    *("Cherry Hollow Road", "Franklin Street", "North Elm Street", "Chestnut Drive", "Mill Creek Road", "Grove Lane"),
    *("Fourth Street", "Harbor View Drive", "Victoria Road", "Cedar Avenue", "Windmill Close", "South Cass Street"),
)
CITIES = ("Spokane", "Lubbock", "Savannah", "Duluth", "Peoria", "Eugene", "Trenton", "Roanoke", "Billings", "Knoxville")
CALLES = ("calle Hidalgo", "avenida Juárez", "carrera quince", "calle Alcalá", "calle del Carmen", "avenida Las Palmas")
CIUDADES = ("Puebla", "Medellín", "Zaragoza", "El Paso", "Guadalajara", "Málaga", "Cali")
HOSTS = {
    "gmail.com": "gmail dot com",
    "outlook.com": "outlook dot com",
    "live.com": "live dot com",
    "sbcglobal.net": "s b c global dot net",
    "yahoo.com": "yahoo dot com",
    "ymail.com": "y mail dot com",
    "icloud.com": "i cloud dot com",
    "maplegrove.org": "maple grove dot org",
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "yahoo.com.mx": "yahoo punto com punto eme equis",
    "live.com": "live punto com",
    "hotmail.com": "hotmail punto com",
    "yahoo.es": "yahoo punto es",
}
PESOS = {
    **{200: "doscientos", 300: "trescientos", 400: "cuatrocientos", 600: "seiscientos", 800: "ochocientos"},
    **{900: "novecientos"},
}
_SAID_AGAIN = frozenset(
    (
        *("expiry", "cvv", "dob", "dob_numeric", "dob_day_first", "address", "address_zip", "account", "member"),
        *("phone_uk", "phone_nueve", "nino", "dni", "nie", "iban", "passport", "license", "sin", "money", "date"),
        *("confirmation", "order", "pesos", "euros", "percent", "time", "agent"),
    )
)
"""What stays the same throughout a call, so that it can be read back."""


def _groups(digits: str, zero: str = "oh") -> list[str]:
    return [forms.digits_in_words(part, zero) for part in forms.chunks(digits, forms.natural_sizes(digits))]


def led_through(digits: str, _: random.Random) -> str:
    """Each group with a word before it: "starts with four one two two, then five one six six, and ends in ..."."""
    first, *between, last = _groups(digits)
    return ", ".join([f"starts with {first}", *(f"then {group}" for group in between), f"and ends in {last}"])


def in_halves(digits: str, _: random.Random) -> str:
    """Two runs with one pause: "four one two two five one six six, nine oh one one two two three four"."""
    half = (len(digits) + 1) // 2
    return f"{forms.digits_in_words(digits[:half])}, {forms.digits_in_words(digits[half:])}"


def closed_twice(digits: str, _: random.Random) -> str:
    """The last group once more: "..., nine oh one one, that's nine oh one one at the end"."""
    groups = _groups(digits)
    return ", ".join([*groups, f"that's {groups[-1]} at the end"])


def worn(digits: str, chance: random.Random) -> str:
    """A remark before a group: "four one two two, it's kind of worn, five one six six"."""
    groups = _groups(digits, "zero")
    remark = chance.choice(("it's kind of worn", "where was I", "my eyes are terrible", "okay and"))
    groups.insert(chance.randrange(1, len(groups)), remark)
    return ", ".join(groups)


def in_pairs_at_first(digits: str, _: random.Random) -> str:
    """The first group in pairs, then one by one: "forty one twenty two, five one six six, nine oh one one"."""
    first, *rest = forms.chunks(digits, forms.natural_sizes(digits))
    head = [forms.ONES[int(first[0])]] if len(first) % 2 else []
    said = " ".join([*head, *(forms.pair(two) for two in forms.chunks(first[len(first) % 2 :], (2,)))])
    return ", ".join([said, *(forms.digits_in_words(part, "oh") for part in rest)])


def seguidas(digits: str, _: random.Random) -> str:
    """Two groups in one breath, in Spanish."""
    groups = [" ".join(forms.UNOS[int(d)] for d in p) for p in forms.chunks(digits, forms.natural_sizes(digits))]
    return f"{' '.join(groups[:2])}, {' '.join(groups[2:])}"


def con_luego(digits: str, chance: random.Random) -> str:
    """A word before the last group: "..., y termina en nueve cero uno uno"."""
    *groups, last = forms.cifras(digits, chance).split(", ")
    return ", ".join([*groups, f"{chance.choice(('y termina en', 'y luego', 'y al final'))} {last}"])


def mixto(digits: str, chance: random.Random) -> str:
    """The first group one by one, the others in pairs."""
    return ", ".join([forms.cifras(digits, chance).split(", ")[0], *forms.pares(digits, chance).split(", ")[1:]])


CARD_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups, led_through, forms.flowing_with_oh, forms.by_groups_with_oh, in_halves, forms.in_pairs),
    *(forms.by_groups, closed_twice, forms.corrected, worn, forms.doubled, in_pairs_at_first, forms.hesitating),
)
SOCIAL_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups_with_oh, forms.by_groups, closed_twice, forms.flowing, forms.closed_with_pairs),
    *(worn, forms.dashed),
)
CARD_FORMS_IN_SPANISH: tuple[forms.Form, ...] = (forms.cifras, forms.pares, seguidas, con_luego, mixto)


class NineteenthDetails(UnseenDetails):
    """As UnseenDetails, with lists and ways of saying of its own; what is drawn twice stays the same."""

    def __post_init__(self) -> None:
        self._drawn: dict[str, Number] = {}
        super().__post_init__()
        spanish = self._is_spanish
        self.first = self.chance.choice(FIRST_NAMES_IN_SPANISH if spanish else FIRST_NAMES)
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.mailbox = self._mailbox()

    def draw(self, name: str) -> Number:
        if name not in _SAID_AGAIN:
            return super().draw(name)
        if name not in self._drawn:
            self._drawn[name] = super().draw(name)
        return self._drawn[name]

    # What people say of themselves.

    def _agent(self) -> Number:
        name = self.chance.choice(AGENTES if self._is_spanish else AGENTS)
        return Number("pii.name", name, name)

    def _address(self) -> Number:
        if self._is_spanish:
            house = str(self.chance.randrange(11, 99))
            street, city = self.chance.choice(CALLES), self.chance.choice(CIUDADES)
            words = forms.par(house)
            said = self.chance.choice((f"{street} número {words}", f"{street} {words}", f"{street}, {words}"))
            return Number("pii.address", f"{street} {house} {city}", f"{said}, {self.chance.choice(('', 'en '))}{city}")
        house = str(self.chance.choice((self.chance.randrange(3, 99), self.chance.randrange(111, 9_900))))
        said = self.chance.choice((forms.digits_in_words(house, "oh"), self._house_in_pairs(house)))
        if len(house) < 3:
            said = self.chance.choice(("", "number ")) + forms.below_hundred(int(house))
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        unit = forms.below_hundred(self.chance.randrange(2, 30))
        flat = self.chance.choice(("", "", "", f", unit {unit}", f", apartment {unit} B"))
        joint = self.chance.choice((", ", " in ", ", here in "))
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}{flat}{joint}{city}")

    def _house_in_pairs(self, house: str) -> str:
        if house.endswith("00"):
            return f"{forms.below_hundred(int(house[:-2]))} hundred"
        return " ".join(forms.pair(two) for two in forms.chunks(house, (2 - len(house) % 2, 2)))

    def _dob(self) -> Number:
        month, year = self.chance.randrange(12), self.chance.randrange(43, 99)
        if self._is_spanish:
            day, words = self.chance.randrange(2, 29), forms.par(str(year))
            said_day = forms.par(f"{day:02d}").removeprefix("cero ")
            said = self.chance.choice(
                (
                    f"{said_day} de {MESES[month]} de mil novecientos {words}",
                    f"{said_day} de {MESES[month]} del {words}",
                    f"{said_day} del {forms.par(f'{month + 1:02d}').removeprefix('cero ')} del {words}",
                )
            )
            return Number("dob", f"{MONTHS[month]} {day} 19{year}", said)
        at = self.chance.randrange(len(ORDINALS))
        name, day_said, year_said = MONTHS[month], ORDINALS[at], forms.below_hundred(year)
        said = self.chance.choice(
            (
                f"{name} {day_said}, nineteen {year_said}",
                f"{name} the {day_said}, nineteen {year_said}",
                f"{day_said} of {name}, {year_said}",
                f"{forms.below_hundred(month + 1)} {forms.below_hundred(at + 1)} {year_said}",
                f"{forms.below_hundred(month + 1)}, {forms.below_hundred(at + 1)}, nineteen {year_said}",
                f"{name} {forms.below_hundred(at + 1)} of {year_said}",
            )
        )
        return Number("dob", f"{name} {at + 1} 19{year}", said)

    def _account(self) -> Number:
        digits = "".join(self.chance.choices("0123456789", k=self.chance.choice((6, 8, 9))))
        sizes = {6: (3,), 8: (4,), 9: (3,)}[len(digits)]
        return Number("account_number", digits, ", ".join(map(self._in_words, forms.chunks(digits, sizes))))

    # Telephone and e-mail.

    def _phone(self) -> Number:
        whole = self.phone
        if self._is_spanish:
            pairs = [forms.par(two) for two in forms.chunks(whole, (2,))]
            said = self.chance.choice(
                (
                    f"{pairs[0]}, {pairs[1]} {pairs[2]}, {pairs[3]} {pairs[4]}",
                    ", ".join(map(self._in_words, forms.chunks(whole, (2, 4)))),
                    f"{self._in_words(whole[:3])}, {self._in_words(whole[3:6])}, {pairs[3]}, {pairs[4]}",
                    ", ".join(map(self._in_words, forms.chunks(whole, (3, 3, 4)))),
                )
            )
            return Number("phone", whole, said)
        area, middle, last = (self._in_words(part) for part in forms.chunks(whole, (3, 3, 4)))
        said = self.chance.choice(
            (
                f"{area}, {middle}, {last}",
                f"{area}, {middle}, {last}",
                f"{area}, and then {middle}, {last}",
                f"{area}, {middle}, {self._house_in_pairs(whole[6:])}",
                f"{area} {middle} {last}",
                f"area code {area}, {middle} {last}",
                f"{area}, {middle}, {self._in_words(whole[6:8])}, {self._in_words(whole[8:])}",
            )
        )
        return Number("phone", whole, said)

    def _phone_uk(self) -> Number:
        digits = "07" + "".join(self.chance.choices("0123456789", k=9))
        sizes = self.chance.choice(((5, 3), (3, 4), (4, 3, 4)))
        return Number("phone", digits, ", ".join(forms.digits_in_words(p, "oh") for p in forms.chunks(digits, sizes)))

    def _mailbox(self) -> Mailbox:
        hosts = HOSTS_IN_SPANISH if self._is_spanish else HOSTS
        host, number = self.chance.choice(tuple(hosts)), self.chance.randrange(51, 99)
        low_first, low_last = self.first.lower(), self.last.lower()
        first, last = (name.translate(str.maketrans("áéíóú", "aeiou")) for name in (low_first, low_last))
        ways: tuple[tuple[str, str], ...]
        if self._is_spanish:
            words = forms.par(str(number))
            ways = (
                (f"{first}.{last}", f"{low_first} punto {low_last}"),
                (f"{first}{last}{number}", f"{low_first} {low_last} {words}"),
                (f"{last}_{first}", f"{low_last} guion bajo {low_first}"),
                (f"{first}{last}", f"{low_first} {low_last}, todo junto,"),
                (f"{first}{number}", f"{low_first} {words}"),
            )
        else:
            words = forms.below_hundred(number)
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{first}{last}", f"{first} {last}, all one word,"),
                (f"{first[0]}.{last}", f"{self.first[0]} dot {last}"),
                (f"{last}{first}{number}", f"{last} {first} {words}"),
                (f"{first}_{last}", f"{first} underscore {last}"),
                (f"{first}19{number}", f"{first} nineteen {words}"),
                (f"gardengate{number}", f"garden gate {words}"),
                (f"{last}plumbing", f"{last} plumbing"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    # Cards and numbers of states.

    def _secret(self, name: str) -> Number:
        if name == "card":
            ways = CARD_FORMS_IN_SPANISH if self._is_spanish else CARD_FORMS
            return Number("pci.card", self.card, ways[self.turn % len(ways)](self.card, self.chance))
        if name == "ssn" and not self._is_spanish:
            said = SOCIAL_FORMS[self.turn % len(SOCIAL_FORMS)](self.social, self.chance)
            return Number("ssn", self.social, said)
        return super()._secret(name)

    def _short(self, digits: str) -> str:
        if not self._is_spanish:
            return super()._short(digits)
        return self.chance.choice((forms.cifras, forms.cifras, forms.pares))(digits, self.chance)

    def _expiry(self) -> Number:
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 33)
        value, two = f"{month:02d}/{year}", f"{month:02d}"
        ways: tuple[str, ...]
        if self._is_spanish:
            words = forms.par(str(year))
            ways = (
                f"{forms.par(two)}, {words}",
                f"{forms.par(two)} diagonal {words}",
                f"{MESES[month - 1]} {words}",
                f"{MESES[month - 1]} de dos mil {words}",
                f"{forms.par(two).removeprefix('cero ')} del {words}",
                f"{forms.par(two)} dos mil {words}",
            )
        else:
            words = forms.below_hundred(year)
            ways = (
                f"{forms.pair(two)}, {words}",
                f"{forms.pair(two)} {words}",
                f"{forms.below_hundred(month)} {words}",
                f"{MONTHS[month - 1]} twenty {words}",
                f"{forms.digits_in_words(two)}, two zero {forms.digits_in_words(str(year))}",
                f"{forms.pair(two)} of {words}",
                f"{forms.below_hundred(month)} slash {words}",
                f"{MONTHS[month - 1]} of twenty {words}",
                f"{MONTHS[month - 1]}, {words}",
                f"the {ORDINALS[month - 1]} month, {words}",
            )
        return Number("pci.expiry", value, self.chance.choice(ways))

    def _passport(self) -> Number:
        if not self._is_spanish:
            return super()._passport()
        letter, digits = self.chance.choice("ABCFKLMNPX"), "".join(self.chance.choices("0123456789", k=8))
        said = ", ".join(map(self._in_words, forms.chunks(digits, (4,))))
        return Number("national.passport", letter + digits, f"{LETRAS[letter]}, {said}")

    def _iban(self) -> Number:
        if not self._is_spanish:
            return super()._iban()
        account = "".join(self.chance.choices("0123456789", k=20))
        check = f"{98 - int(f'{account}142800') % 97:02d}"
        said = ", ".join(map(self._in_words, forms.chunks(check + account, (2, 4))))
        return Number("national.iban", f"ES{check}{account}", f"e ese, {said}")

    # Ordinary numbers.

    def _money(self) -> Number:
        if self._is_spanish or self.chance.random() < 0.5:
            return super()._money()
        whole, cents = self.chance.randrange(12, 100), self.chance.choice((25, 40, 50, 75, 95))
        said = f"{forms.below_hundred(whole)} {forms.below_hundred(cents)}"
        return Number("money", f"{whole}.{cents:02d}", said)

    def _pesos(self) -> Number:
        hundreds, rest = self.chance.choice(tuple(PESOS)), self.chance.randrange(20, 99)
        return Number("money", str(hundreds + rest), f"{PESOS[hundreds]} {forms.par(str(rest))} pesos")

    def _euros(self) -> Number:
        whole = self.chance.randrange(22, 99)
        return Number("money", f"{whole}.50", f"{forms.par(str(whole))} euros con cincuenta")

    def _percent(self) -> Number:
        many = self.chance.choice((10, 12, 15, 20, 25, 30))
        said = f"{forms.par(str(many))} por ciento" if self._is_spanish else f"{forms.below_hundred(many)} percent"
        return Number("quantity", str(many), said)

    def _date(self) -> Number:
        if not self._is_spanish:
            return super()._date()
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        said = f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]}"
        return Number("date", f"{MONTHS[month]} {day}", said)
