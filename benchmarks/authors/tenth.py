"""Details and numbers of the unseen calls of the tenth author: other people, places and manners once more."""

from __future__ import annotations

from functools import cached_property

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = (
    *("Denise", "Tyrone", "Colleen", "Darnell", "Priscilla", "Graham", "Imogen", "Sanjay", "Lakshmi", "Fiona"),
    *("Craig", "Yvonne", "Trevor", "Bethany", "Curtis", "Nadia", "Owen", "Marisol", "Douglas", "Hannah"),
    *("Rosalind", "Leroy", "Annette", "Dominic", "Sheila", "Gregory", "Tamika", "Vernon", "Ingrid", "Malcolm"),
)
LAST_NAMES = (
    *("Whitaker", "Okafor", "Mendoza", "Callahan", "Thornton", "Vasquez", "Hutchinson", "Prescott", "Cho"),
    *("Bergstrom", "Dawson", "Trujillo", "Kaplan", "Osborne", "Sharma", "Pruitt", "Haines", "Moretti", "Stanton"),
    *("Blackwood", "Ferreira", "Lockhart", "Nakamura", "Rutledge", "Sorensen", "Tran", "Underhill", "Wexler"),
)
AGENTS_IN_SPANISH = ("Maribel", "Sergio", "Ximena", "Raúl")
AGENTS = ("Tasha", "Kyle", "Monique", "Derek", "Shreya", "Lewis", "Carmen", "Paula")
FIRST_NAMES_IN_SPANISH = ("Rocío", "Álvaro", "Leticia", "Ramiro", "Pilar", "Hugo", "Graciela", "Adrián", "Noelia")
LAST_NAMES_IN_SPANISH = ("Cordero", "Benítez", "Lozano", "Quiroga", "Valdés", "Ibarra", "Montero", "Rosales")
STREETS = (
    *("Willow Bend", "Chestnut Street", "Old Mill Road", "Jefferson Boulevard", "Fairview Avenue", "Quail Run"),
    *("North Harrison Street", "Pine Ridge Drive", "County Road Six", "Magnolia Lane"),
)
CITIES = ("Spokane", "Knoxville", "Wichita", "Savannah", "Lansing", "El Paso", "Duluth", "Scranton", "Modesto")
UK_STREETS = ("Station Road", "Albert Terrace", "The Crescent", "Mill Lane", "Kingsway", "Victoria Street")
UK_TOWNS = ("Leeds", "Swansea", "Norwich", "Stockport", "Dundee", "Reading")
POSTCODES = ("LS", "SA", "NR", "SK", "DD", "RG")
"""As UK_TOWNS."""
CALLES = ("calle Alcalá", "avenida Juárez", "calle de la Rosa", "camino Viejo", "calle Hidalgo", "ronda Norte")
CIUDADES = ("Zaragoza", "Puebla", "Bilbao", "Phoenix", "Guadalajara", "Málaga", "Dallas")
HOSTS = {
    "gmail.com": "gmail dot com",
    "yahoo.com": "yahoo dot com",
    "outlook.com": "outlook dot com",
    "live.com": "live dot com",
    "sbcglobal.net": "s b c global dot net",
    "cox.net": "cox dot net",
    "me.com": "me dot com",
    "protonmail.com": "proton mail dot com",
    "ridgewayfarms.com": "ridgeway farms dot com",
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "hotmail.com": "hotmail punto com",
    "outlook.com": "outlook punto com",
    "yahoo.es": "yahoo punto es",
    "icloud.com": "icloud punto com",
}
WORDS = ("sunflower", "bigfish", "grandma", "snowy", "redtruck")
"""What a mailbox may begin with that has no name in it."""
SAID_WORDS = {"bigfish": "big fish", "redtruck": "red truck"}
DIGITS = "0123456789"
LASTING = frozenset(
    {"dob", "account", "member", "order", "confirmation", "passport", "license", "nino", "phone_in", "phone_slip"}
)
"""Places that have the same words wherever they stand in a call."""


def in_doubles(part: str, zero: str) -> str:
    """Two neighbours that are alike as "double four"."""
    words: list[str] = []
    at = 0
    while at < len(part):
        word = zero if part[at] == "0" else forms.ONES[int(part[at])]
        twice = part[at : at + 2] == part[at] * 2
        words.append(f"double {word}" if twice else word)
        at += 2 if twice else 1
    return " ".join(words)


def two(digits: str, zero: str) -> str:
    """Two digits as "forty one", "oh seven", "oh oh"."""
    return f"{zero} {zero}" if digits == "00" else forms.pair(digits, zero)


def as_number(digits: str) -> str:
    """Two digits in Spanish before what is counted, as "veintiún euros"."""
    said = forms.par(digits)
    return "veintiún" if said == "veintiuno" else said.replace("y uno", "y un")


class TenthDetails(UnseenDetails):
    """As UnseenDetails; a date, a code, an address, a reference, once drawn, stay the same throughout a call."""

    def __post_init__(self) -> None:
        super().__post_init__()
        spanish = self._is_spanish
        self.first = self.chance.choice(FIRST_NAMES_IN_SPANISH if spanish else FIRST_NAMES)
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.mailbox = self._mailbox()

    def draw(self, name: str) -> Number:
        if name not in LASTING:
            return super().draw(name)
        if name not in self._drawn:
            self._drawn[name] = super().draw(name)
        return self._drawn[name]

    @cached_property
    def _drawn(self) -> dict[str, Number]:
        """What was said before, by its place; a card or a social security number is read back without ornament."""
        return {}

    @cached_property
    def _who(self) -> str:
        return self.chance.choice(AGENTS_IN_SPANISH if self._is_spanish else AGENTS)

    def _agent(self) -> Number:
        return Number("pii.name", self._who, self._who)

    # Cards and social security numbers.

    def _secret(self, name: str) -> Number:
        if self._is_spanish or name not in ("card", "ssn"):
            return super()._secret(name)
        again = name in self._drawn
        value = self.card if name == "card" else self.social
        ways = (self._grouped(value, 0), self._first_said(name))
        self._drawn[name] = Number("pci.card" if name == "card" else "ssn", value, ways[not again])
        return self._drawn[name]

    def _first_said(self, name: str) -> str:
        return self._grouped(self.card, self.turn // 2 % 9) if name == "card" else self._social_said

    @cached_property
    def _social_said(self) -> str:
        first, second, third = forms.chunks(self.social, (3, 2, 4))
        ones = [self._in_words(part) for part in (first, second, third)]
        ways = (
            ", ".join(ones),
            ", ".join(ones),
            " ".join(ones),
            f"{ones[0]}, {forms.pair(second, self._zero)}, {ones[2]}",
            f"{ones[0]}, {ones[1]}, {self._pairs(third)}",
            f"{ones[0]}, uh, {ones[1]}, {ones[2]}",
            f"{ones[0]}, {ones[1]}, and then {ones[2]}",
        )
        return self.chance.choice(ways)

    def _grouped(self, card: str, way: int) -> str:
        """A card as people read it off: mostly by fours, some in one go, some with a word between."""
        groups = forms.chunks(card, forms.natural_sizes(card))
        said = [self._in_words(group) for group in groups]
        if way == 1:
            return " ".join(said)
        if way == 2:
            return f"{', '.join(said[:-1])}, and {said[-1]}"
        if way == 3:
            return ", ".join(in_doubles(group, self._zero) for group in groups)
        if way == 4:
            return f"{said[0]}, {said[1]}, okay, {', '.join(said[2:])}"
        if way == 5:
            return ", ".join(self._pairs(group) for group in groups)
        if way == 6:
            return f"{' '.join(said[:2])}, {' '.join(said[2:])}"
        if way == 7:
            return f"{said[0]}, then {said[1]}, then {', '.join(said[2:])}"
        return ", ".join(said)

    def _pairs(self, digits: str) -> str:
        """In pairs; an odd number of digits begins with a single one."""
        odd = len(digits) % 2
        head = [self._in_words(digits[0])] if odd else []
        return " ".join([*head, *(two(part, self._zero) for part in forms.chunks(digits[odd:], (2,)))])

    @cached_property
    def _until(self) -> tuple[int, int]:
        return self.chance.randrange(1, 13), self.chance.randrange(27, 34)

    def _expiry(self) -> Number:
        month, year = self._until
        first, last = f"{month:02d}", forms.below_hundred(year)
        ways: tuple[str, ...]
        if self._is_spanish:
            ways = (
                f"{forms.par(first)}, {forms.par(str(year))}",
                f"{MESES[month - 1]} del {forms.par(str(year))}",
                f"{MESES[month - 1]} de dos mil {forms.par(str(year))}",
                f"{forms.par(first)} barra {forms.par(str(year))}",
            )
        else:
            ways = (
                f"{forms.pair(first)} {last}",
                f"{forms.pair(first)}, {last}",
                f"{forms.pair(first, 'zero')} {last}",
                f"{MONTHS[month - 1]} {last}",
                f"{MONTHS[month - 1]} of twenty {last}",
                f"{MONTHS[month - 1]}, twenty {last}",
                f"{forms.below_hundred(month)}, twenty {last}",
                f"{forms.pair(first)} of {last}",
                f"{forms.pair(first)} slash {last}",
                self._in_words(f"{first}{year}"),
            )
        return Number("pci.expiry", f"{first}/{year}", self.chance.choice(ways))

    @cached_property
    def _code(self) -> str:
        return "".join(self.chance.choices(DIGITS, k=4 if len(self.card) == 15 else 3))

    def _cvv(self) -> Number:
        code = self._code
        said = self._in_words(code)
        if not self._is_spanish:
            said = self.chance.choice((said, said, said, self._pairs(code), in_doubles(code, self._zero)))
        return Number("pci.cvv", code, said)

    # What people say of themselves.

    @cached_property
    def _home(self) -> Number:
        return self._drawn_address()

    def _address(self) -> Number:
        return self._home

    def _address_second(self) -> Number:
        return self._drawn_address()

    def _drawn_address(self) -> Number:
        if self._is_spanish:
            house = str(self.chance.randrange(11, 99))
            street, city = self.chance.choice(CALLES), self.chance.choice(CIUDADES)
            flat = self.chance.choice(("", "", ", segundo be", ", tercero izquierda"))
            return Number("pii.address", f"{street} {house} {city}", f"{street}, {forms.par(house)}{flat}, {city}")
        house = str(self.chance.choice((self.chance.randrange(11, 99), self.chance.randrange(111, 9_900))))
        said = self._pairs(house)
        said = self.chance.choice((said, said, self._in_words(house)))
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        unit = forms.below_hundred(self.chance.randrange(2, 40))
        flat = self.chance.choice(("", "", "", f", unit {unit}", f", apartment {unit}"))
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}{flat}, {city}")

    def _address_uk(self) -> Number:
        house, at = self.chance.randrange(2, 99), self.chance.randrange(len(UK_TOWNS))
        street, area, near = self.chance.choice(UK_STREETS), POSTCODES[at], self.chance.randrange(1, 9)
        far, unit = self.chance.randrange(1, 9), "".join(self.chance.choices("BDEFGHJLNPRT", k=2))
        code = f"{' '.join(area)} {forms.ONES[near]}, {forms.ONES[far]} {' '.join(unit)}"
        value = f"{house} {street} {UK_TOWNS[at]} {area}{near} {far}{unit}"
        return Number("pii.address", value, f"{forms.below_hundred(house)} {street}, {UK_TOWNS[at]}, {code}")

    def _dob(self) -> Number:
        if self._is_spanish:
            return super()._dob()
        month, day, year = self.chance.randrange(12), self.chance.randrange(28), self.chance.randrange(38, 99)
        last = forms.below_hundred(year)
        name, number = MONTHS[month], forms.below_hundred(day + 1)
        ordinal = ORDINALS[day] if day < len(ORDINALS) else number
        said = self.chance.choice(
            (
                f"{name} {ordinal}, nineteen {last}",
                f"{name} {ordinal}, {last}",
                f"{name} the {ordinal}, nineteen {last}" if day < len(ORDINALS) else f"{name} {number}, {last}",
                f"{name} {number}, nineteen {last}",
                f"{forms.below_hundred(month + 1)}, {number}, {last}",
                f"{forms.below_hundred(month + 1)} {number}, nineteen {last}",
            )
        )
        return Number("dob", f"{name} {day + 1} 19{year}", said)

    # Telephone and e-mail.

    def _phone(self) -> Number:
        if self._is_spanish:
            return super()._phone()
        area, middle, last = self.phone[:3], self.phone[3:6], self.phone[6:]
        ones = [self._in_words(part) for part in (area, middle, last)]
        said = self.chance.choice(
            (
                ", ".join(ones),
                ", ".join(ones),
                " ".join(ones),
                f"area code {ones[0]}, {ones[1]}, {ones[2]}",
                f"{ones[0]}, {ones[1]}, {self._pairs(last)}",
                f"{ones[0]}, {ones[1]}, {in_doubles(last, self._zero)}",
                f"{ones[0]}, {ones[1]} {ones[2]}",
            )
        )
        return Number("phone", self.phone, said)

    @cached_property
    def _uk_mobile(self) -> str:
        return "07" + "".join(self.chance.choices(DIGITS, k=9))

    def _phone_uk(self) -> Number:
        digits = self._uk_mobile
        sizes = self.chance.choice(((5, 3), (5, 6), (3, 4), (5, 2)))
        return Number("phone", digits, ", ".join(in_doubles(part, "oh") for part in forms.chunks(digits, sizes)))

    def _phone_au(self) -> Number:
        digits = "04" + "".join(self.chance.choices(DIGITS, k=8))
        return Number("phone", digits, ", ".join(in_doubles(part, "oh") for part in forms.chunks(digits, (4, 3))))

    def _phone_in(self) -> Number:
        digits = self.chance.choice("789") + "".join(self.chance.choices(DIGITS, k=9))
        return Number("phone", digits, ", ".join(in_doubles(part, "zero") for part in forms.chunks(digits, (5,))))

    def _email_letters(self) -> Number:
        drawn = super()._email_letters()
        return Number(drawn.type, drawn.value, drawn.text.replace("-", "hyphen"))

    def _email(self) -> Number:
        box = self.mailbox
        at = " arroba " if self._is_spanish else " at "
        pause = "," if "," in box.said else ""
        return Number("pii.email", f"{box.user}@{box.host}", f"{box.said}{pause}{at}{box.host_said}")

    def _mailbox(self) -> Mailbox:
        spanish = self._is_spanish
        hosts = HOSTS_IN_SPANISH if spanish else HOSTS
        host, number, year = (
            self.chance.choice(tuple(hosts)),
            self.chance.randrange(21, 99),
            self.chance.randrange(1, 10),
        )
        first, last = (name.lower().translate(str.maketrans("áéíóú", "aeiou")) for name in (self.first, self.last))
        said_first, said_last = self.first.lower(), self.last.lower()
        ways: tuple[tuple[str, str], ...] = (
            (f"{first}{last}", f"{said_first} {said_last}, todo junto"),
            (f"{first}.{last}", f"{said_first} punto {said_last}"),
            (f"{first}_{number}", f"{said_first} guion bajo {forms.par(str(number))}"),
            (f"{last}.{first}", f"{said_last} punto {said_first}"),
        )
        if not spanish:
            word = self.chance.choice(WORDS)
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{first}{last}", f"{first} {last}, all one word"),
                (f"{last}.{first}", f"{last} dot {first}"),
                (f"{first}{number}", f"{first} {forms.below_hundred(number)}"),
                (f"{first}{last[0]}200{year}", f"{first} {self.last[0]}, two thousand {forms.ONES[year]}".strip()),
                (f"{word}{number}", f"{SAID_WORDS.get(word, word)} {forms.digits_in_words(str(number))}"),
                (f"{first[0]}.{last}", f"{self.first[0]} dot {last}"),
                (f"{first}-{last}", f"{first} hyphen {last}"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    # Numbers of states and banks.

    def _iban(self) -> Number:
        if not self._is_spanish:
            return super()._iban()
        account = "".join(self.chance.choices(DIGITS, k=20))
        check = f"{98 - int(f'{account}142800') % 97:02d}"
        said = ", ".join(map(self._in_words, forms.chunks(check + account, (2, 4))))
        return Number("national.iban", f"ES{check}{account}", f"e ese, {said}")

    # What is to be kept.

    def _money(self) -> Number:
        drawn = super()._money()
        return Number("money", drawn.value, f"{as_number(drawn.value)} dólares") if self._is_spanish else drawn

    def _pounds(self) -> Number:
        whole = self.chance.randrange(12, 99)
        pence = self.chance.choice((0, 0, 50, 99))
        end = "pounds" if not pence else f"pounds {forms.below_hundred(pence)}"
        return Number("money", f"{whole}.{pence:02d}", f"{forms.below_hundred(whole)} {end}")

    def _euros(self) -> Number:
        whole = self.chance.randrange(12, 99)
        return Number("money", str(whole), f"{as_number(str(whole))} euros")

    def _percent(self) -> Number:
        part = self.chance.choice((5, 10, 12, 15, 20, 25, 30))
        return Number("quantity", str(part), f"{forms.below_hundred(part)} percent")

    def _day_first(self) -> Number:
        month, day = self.chance.choice(MONTHS), self.chance.randrange(len(ORDINALS))
        return Number("date", f"{month} {day + 1}", f"the {ORDINALS[day]} of {month}")

    def _fecha(self) -> Number:
        month, day = self.chance.randrange(12), self.chance.randrange(2, 29)
        said = forms.UNOS[day] if day < len(forms.UNOS) else forms.par(str(day))
        return Number("date", f"{MONTHS[month]} {day}", f"{said} de {MESES[month]}")

    def _many(self) -> Number:
        many = self.chance.randrange(3, 15)
        return Number("quantity", str(many), forms.UNOS[many] if many < 10 else forms.DIECES[many - 10])

    def _count(self) -> Number:
        many = self.chance.randrange(2, 15)
        return Number("quantity", str(many), forms.below_hundred(many))
