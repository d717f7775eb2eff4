"""Details and numbers of one synthetic call of the twelfth author: other people, places and ways of saying."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cached_property

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import DNI_LETTERS, LETRAS, MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = (
    *("Denise", "Arthur", "Yolanda", "Craig", "Meera", "Fiona", "Tyrone", "Bernadette", "Lewis", "Harriet", "Anil"),
    *("Jolene", "Douglas", "Simone", "Patrick", "Ingrid"),
)
LAST_NAMES = (
    *("Whitaker", "Osborne", "Chaudhry", "Donnelly", "Vance", "Thornton", "Iyer", "Pruitt", "Donovan", "Castellano"),
    *("Byrd", "Lockwood", "Okafor", "Haynes", "Petersen", "Stafford"),
)
FIRST_NAMES_IN_SPANISH = ("Irene", "Álvaro", "Rosario", "Nicolás", "Pilar", "Gonzalo", "Amparo", "Iván")
LAST_NAMES_IN_SPANISH = ("Cortés", "Peralta", "Quintero", "Benítez", "Rivas", "Lozano", "Escobar", "Montero")
AGENTS = ("Tamara", "Curtis", "Joanne", "Devon", "Rekha", "Malcolm")
AGENTS_IN_SPANISH = ("Nuria", "Sergio", "Lorena", "Adrián")
STREETS = (
    *("Chestnut Street", "Old Mill Road", "Pinecrest Lane", "Franklin Boulevard", "Quarry Road", "Magnolia Way"),
    *("Fairview Circle", "Harbor Drive"),
)
TOWNS = ("Spokane", "Knoxville", "Wichita", "Savannah", "Lansing", "Bakersfield", "Duluth", "Akron")
STREETS_IN_BRITAIN = ("Station Road", "Mill Lane", "Victoria Terrace", "The Green", "Elm Grove", "Chapel Street")
TOWNS_IN_BRITAIN = {"Leeds": "LS", "Norwich": "NR", "Swansea": "SA", "Derby": "DE", "Exeter": "EX", "Carlisle": "CA"}
CALLES = ("calle del Carmen", "calle Alcalá", "avenida Libertad", "calle Los Pinos", "plaza Nueva", "calle Cervantes")
CIUDADES = ("Zaragoza", "Málaga", "Bilbao", "El Paso", "Guadalajara", "Laredo")
HOSTS = {
    "gmail.com": "gmail dot com",
    "outlook.com": "outlook dot com",
    "proton.me": "proton dot me",
    "me.com": "m e dot com",
    "charter.net": "charter dot net",
    "ymail.com": "y mail dot com",
    "fastmail.com": "fast mail dot com",
    "hotmail.com": "hotmail dot com",
    "ridgewayvets.org": "ridgeway vets dot org",
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "outlook.com": "outlook punto com",
    "icloud.com": "i cloud punto com",
    "orange.es": "orange punto es",
    "yahoo.es": "yahoo punto es",
}
DAYS = (*ORDINALS, "twentieth", *(f"twenty {day}" for day in ORDINALS[:9]))
"""Days of a month, as they are counted."""
CENTENAS = (
    *("", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos"),
    *("ochocientos", "novecientos"),
)
UNITS_IN_SPANISH = ("cajas", "entradas", "piezas", "días", "bolsas")


def _repeats(digits: str, zero: str = "oh") -> str:
    """Neighbours alike as "double four"."""
    words: list[str] = []
    at = 0
    while at < len(digits):
        twice = digits[at : at + 2] == digits[at] * 2
        words += [*(["double"] if twice else []), forms.digits_in_words(digits[at], zero)]
        at += 2 if twice else 1
    return " ".join(words)


def _with_repeats(digits: str, _: random.Random) -> str:
    return ", ".join(_repeats(part) for part in forms.chunks(digits, forms.natural_sizes(digits)))


def _in_halves(digits: str, _: random.Random) -> str:
    """The first half without a stop, and the second."""
    half = (len(digits) + 1) // 2
    return f"{forms.digits_in_words(digits[:half], 'oh')}, {forms.digits_in_words(digits[half:], 'oh')}"


def _pairs_at_first(digits: str, _: random.Random) -> str:
    """The first group in pairs, then digits."""
    first, *others = forms.chunks(digits, forms.natural_sizes(digits))
    said = " ".join(
        forms.pair(two) if len(two) == 2 else forms.digits_in_words(two) for two in forms.chunks(first, (2,))
    )
    return ", ".join([said, *(forms.digits_in_words(part) for part in others)])


def _joined(digits: str, chance: random.Random) -> str:
    """Groups with a small word before the last: "and", "then", "and finally"."""
    *groups, last = (forms.digits_in_words(part, "oh") for part in forms.chunks(digits, forms.natural_sizes(digits)))
    return f"{', '.join(groups)}, {chance.choice(('and', 'then', 'and finally', 'and it ends'))} {last}"


def _scratched(digits: str, chance: random.Random) -> str:
    """One group wrong at first."""
    groups = forms.chunks(digits, forms.natural_sizes(digits))
    at = chance.randrange(len(groups))
    wrong = str((int(groups[at][0]) + chance.randrange(1, 9)) % 10) + groups[at][1:]
    said = [forms.digits_in_words(part) for part in groups]
    said[at] = f"{forms.digits_in_words(wrong)}, {chance.choice(('no, scratch that', 'oops', 'wait, no'))}, {said[at]}"
    return ", ".join(said)


def _faltering(digits: str, chance: random.Random) -> str:
    said = [forms.digits_in_words(part, "oh") for part in forms.chunks(digits, forms.natural_sizes(digits))]
    said.insert(chance.randrange(1, len(said)), chance.choice(("er", "what is that", "hang on", "okay")))
    return ", ".join(said)


def _seguidas(digits: str, _: random.Random) -> str:
    return " ".join(forms.UNOS[int(digit)] for digit in digits)


def _vacilando(digits: str, chance: random.Random) -> str:
    said = [_seguidas(part, chance) for part in forms.chunks(digits, forms.natural_sizes(digits))]
    said.insert(chance.randrange(1, len(said)), chance.choice(("a ver", "eh", "espere", "y luego")))
    return ", ".join(said)


def _corregida(digits: str, chance: random.Random) -> str:
    groups = forms.chunks(digits, forms.natural_sizes(digits))
    at = chance.randrange(len(groups))
    wrong = groups[at][:-1] + str((int(groups[at][-1]) + chance.randrange(1, 9)) % 10)
    said = [_seguidas(part, chance) for part in groups]
    said[at] = f"{_seguidas(wrong, chance)}, {chance.choice(('perdón', 'no, digo'))}, {said[at]}"
    return ", ".join(said)


CARD_WAYS: tuple[forms.Form, ...] = (
    *(forms.by_groups_with_oh, _joined, _with_repeats, forms.flowing_with_oh, _in_halves, forms.by_groups),
    *(_faltering, _pairs_at_first, forms.closed_with_pairs, _scratched, forms.uneven),
)
SOCIAL_WAYS: tuple[forms.Form, ...] = (
    *(forms.by_groups_with_oh, _joined, forms.in_pairs, _faltering, forms.flowing_with_oh, _with_repeats),
    *(_scratched, forms.closed_with_pairs, forms.by_groups),
)
CARD_WAYS_IN_SPANISH: tuple[forms.Form, ...] = (forms.cifras, forms.pares, _seguidas, _vacilando, _corregida)


def _centena(three: str) -> str:
    """`612` as "seiscientos doce"; the first digit is no zero."""
    rest = three[1:]
    if rest == "00":
        return "cien" if three[0] == "1" else CENTENAS[int(three[0])]
    said = forms.UNOS[int(rest[1])] if rest[0] == "0" else forms.par(rest)
    return f"{CENTENAS[int(three[0])]} {said}"


class TwelfthDetails(UnseenDetails):
    """As UnseenDetails; what is drawn stays the same throughout a call, however often and however it is said."""

    def __post_init__(self) -> None:
        super().__post_init__()
        spanish = self._is_spanish
        self.first = self.chance.choice(FIRST_NAMES_IN_SPANISH if spanish else FIRST_NAMES)
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.mailbox = self._mailbox()

    def _some(self, digits: int, among: str = "0123456789") -> str:
        return "".join(self.chance.choices(among, k=digits))

    # People.

    @cached_property
    def _who(self) -> str:
        return self.chance.choice(AGENTS_IN_SPANISH if self._is_spanish else AGENTS)

    def _agent(self) -> Number:
        return Number("pii.name", self._who, self._who)

    @cached_property
    def _born(self) -> tuple[int, int, int]:
        """Month, day, year."""
        return self.chance.randrange(1, 13), self.chance.randrange(1, 29), self.chance.randrange(1943, 2004)

    def _born_year(self) -> str:
        year = self._born[2]
        if year >= 2000:
            return f"two thousand {forms.ONES[year - 2000]}" if year > 2000 else "two thousand"
        return self.chance.choice(("nineteen ", "nineteen ", "")) + forms.below_hundred(year - 1900)

    def _date_of_birth(self, said: str) -> Number:
        month, day, year = self._born
        return Number("dob", f"{MONTHS[month - 1]} {day} {year}", said)

    def _dob(self) -> Number:
        month, day, year = self._born
        if self._is_spanish:
            number = "primero" if day == 1 else forms.par(f"{day:02d}").removeprefix("cero ")
            whole = f"mil novecientos {forms.par(str(year - 1900))}" if year < 2000 else "dos mil"
            if year > 2000:
                whole += f" {forms.UNOS[year - 2000]}"
            short = f"del {forms.par(str(year - 1900))}" if year < 2000 else f"de {whole}"
            return self._date_of_birth(f"{number} de {MESES[month - 1]} {self.chance.choice((f'de {whole}', short))}")
        name, counted = MONTHS[month - 1], DAYS[day - 1]
        ways = (f"{name} {counted}, ", f"{name} the {counted}, ", f"{name} {counted} of ")
        return self._date_of_birth(self.chance.choice(ways) + self._born_year())

    def _dob_numeric(self) -> Number:
        month, day, _ = self._born
        ways = (forms.pair, lambda two: forms.below_hundred(int(two)))
        way = self.chance.choice(ways)
        return self._date_of_birth(f"{way(f'{month:02d}')}, {way(f'{day:02d}')}, {self._born_year()}")

    def _dob_day_first(self) -> Number:
        month, day, _ = self._born
        name, counted = MONTHS[month - 1], DAYS[day - 1]
        return self._date_of_birth(
            f"{self.chance.choice((f'the {counted} of {name}', f'{counted} {name}'))}, {self._born_year()}"
        )

    def _dob_day_numeric(self) -> Number:
        """The day before the month, as in Britain and Australia."""
        month, day, _ = self._born
        return self._date_of_birth(f"{forms.pair(f'{day:02d}')}, {forms.pair(f'{month:02d}')}, {self._born_year()}")

    # Places.

    @cached_property
    def _lives(self) -> tuple[str, str, str, str]:
        """House, street, town, code."""
        if self._is_spanish:
            house, code = str(self.chance.randrange(3, 99)), self._some(5, "123456789")
            return house, self.chance.choice(CALLES), self.chance.choice(CIUDADES), code
        house = str(self.chance.choice((self.chance.randrange(3, 99), self.chance.randrange(101, 7_900))))
        return house, self.chance.choice(STREETS), self.chance.choice(TOWNS), self._some(5)

    def _house_said(self) -> str:
        house = self._lives[0]
        if self._is_spanish:
            return forms.par(house.zfill(2)).removeprefix("cero ")
        if len(house) < 3:
            return forms.below_hundred(int(house))
        if house.endswith("00"):
            return f"{forms.below_hundred(int(house[:-2]))} hundred"
        head = house[: len(house) - 2]
        in_pairs = f"{forms.below_hundred(int(head))} {forms.pair(house[-2:])}"
        return self.chance.choice((in_pairs, in_pairs, forms.digits_in_words(house, "oh")))

    def _address(self) -> Number:
        house, street, town, _ = self._lives
        said = (
            f"{street}, {self._house_said()}, {town}" if self._is_spanish else f"{self._house_said()} {street}, {town}"
        )
        return Number("pii.address", f"{house} {street} {town}", said)

    def _address_zip(self) -> Number:
        where, code = self._address(), self._lives[3]
        return Number("pii.address", f"{where.value} {code}", f"{where.text}, {self._in_words(code)}")

    def _street(self) -> Number:
        house, street, *_ = self._lives
        said = f"{street}, {self._house_said()}" if self._is_spanish else f"{self._house_said()} {street}"
        return Number("pii.address", f"{house} {street}", said)

    def _town_zip(self) -> Number:
        _, _, town, code = self._lives
        return Number("pii.address", f"{town} {code}", f"{town}, {self._in_words(code)}")

    @cached_property
    def _lives_in_britain(self) -> tuple[int, str, str, str]:
        town = self.chance.choice(tuple(TOWNS_IN_BRITAIN))
        code = f"{TOWNS_IN_BRITAIN[town]}{self._some(2, '123456789')}{self._some(2, 'BDHJNQRTWX')}"
        return self.chance.randrange(2, 99), self.chance.choice(STREETS_IN_BRITAIN), town, code

    def _address_uk(self) -> Number:
        house, street, town, _ = self._lives_in_britain
        return Number("pii.address", f"{house} {street} {town}", f"{forms.below_hundred(house)} {street}, {town}")

    def _postcode(self) -> Number:
        code = self._lives_in_britain[3]
        said = " ".join(forms.ONES[int(sign)] if sign.isdecimal() else sign for sign in code[:3])
        said += ", " + " ".join(forms.ONES[int(sign)] if sign.isdecimal() else sign for sign in code[3:])
        return Number("pii.address", code, said)

    def _address_uk_postcode(self) -> Number:
        where, code = self._address_uk(), self._postcode()
        return Number("pii.address", f"{where.value} {code.value}", f"{where.text}, {code.text}")

    # Telephone and e-mail.

    def _phone(self) -> Number:
        if self._is_spanish:
            return super()._phone()
        head, middle, last = self.phone[:3], self.phone[3:6], self.phone[6:]
        ways: tuple[Callable[[str], str], ...] = (
            self._in_words,
            self._in_words,
            lambda digits: _repeats(digits, self._zero),
            self._last_four,
        )
        said = (self._in_words(head), self._in_words(middle), self.chance.choice(ways)(last))
        return Number("phone", self.phone, ", ".join(said))

    def _last_four(self, digits: str) -> str:
        """In pairs; `8400` as "eighty four hundred", `9000` as "nine thousand"."""
        if digits.startswith("00"):
            return self._in_words(digits)
        if digits.endswith("000"):
            return f"{forms.ONES[int(digits[0])]} thousand"
        if digits.endswith("00") and digits[0] != "0":
            return f"{forms.below_hundred(int(digits[:2]))} hundred"
        return " ".join(forms.pair(two, "zero" if two == "00" else "oh") for two in forms.chunks(digits, (2,)))

    @cached_property
    def _mobile(self) -> str:
        """A mobile telephone number of Britain, or of Spain."""
        return self.chance.choice("67") + self._some(8) if self._is_spanish else "07" + self._some(9)

    def _phone_uk(self) -> Number:
        sizes = self.chance.choice(((5, 3), (5, 6), (5, 2), (4, 3, 4)))
        way = self.chance.choice((_repeats, lambda part: forms.digits_in_words(part, "oh")))
        return Number("phone", self._mobile, ", ".join(way(part) for part in forms.chunks(self._mobile, sizes)))

    @cached_property
    def _mobile_down_under(self) -> str:
        return "04" + self._some(8)

    def _phone_au(self) -> Number:
        """Ten digits of Australia: "oh four one two, three three eight, nine oh six"."""
        parts = forms.chunks(self._mobile_down_under, (4, 3))
        return Number("phone", self._mobile_down_under, ", ".join(_repeats(part) for part in parts))

    @cached_property
    def _mobile_in_india(self) -> str:
        return self.chance.choice("6789") + self._some(9)

    def _phone_in(self) -> Number:
        """Ten digits of India, in two fives."""
        parts = forms.chunks(self._mobile_in_india, (5,))
        return Number("phone", self._mobile_in_india, ", ".join(_repeats(part, "zero") for part in parts))

    def _phone_nueve(self) -> Number:
        mobile = self._mobile
        pairs = [forms.par(two) for two in forms.chunks(mobile[3:], (2,))]
        said = self.chance.choice(
            (
                [_centena(mobile[:3]), *pairs],
                [self._in_words(mobile[:3]), *pairs],
                [self._in_words(part) for part in forms.chunks(mobile, (3,))],
            )
        )
        return Number("phone", mobile, ", ".join(said))

    def _mailbox(self) -> Mailbox:
        hosts = HOSTS_IN_SPANISH if self._is_spanish else HOSTS
        host, number = self.chance.choice(tuple(hosts)), self.chance.randrange(61, 99)
        first, last = (name.lower().translate(str.maketrans("áéíóú", "aeiou")) for name in (self.first, self.last))
        ways: tuple[tuple[str, str], ...] = (
            (f"{last}.{first}", f"{self.last.lower()} punto {self.first.lower()}"),
            (f"{first}{last}", f"{self.first.lower()} {self.last.lower()} todo junto"),
            (f"{first}{number}", f"{self.first.lower()} {forms.par(str(number))}"),
            (f"familia{last}", f"familia {self.last.lower()}"),
            (f"{first}.{last}", f"{self.first.lower()} punto {self.last.lower()}"),
        )
        if not self._is_spanish:
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{last}.{first}", f"{last} dot {first}"),
                (f"{first[0]}.{last}", f"{self.first[0]} dot {last}"),
                (f"{first}{last[0]}", f"{first} {self.last[0]}"),
                (f"{first}{last}", f"{first} {last}"),
                (f"{first}19{number}", f"{first} nineteen {forms.below_hundred(number)}"),
                (f"{last}_{number}", f"{last} underscore {forms.below_hundred(number)}"),
                (f"muddyboots{number}", f"muddy boots {forms.digits_in_words(str(number))}"),
                (f"{last}household", f"{last} household"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    # Cards and social security numbers.

    def _secret(self, name: str) -> Number:
        if name == "card":
            ways = CARD_WAYS_IN_SPANISH if self._is_spanish else CARD_WAYS
            return Number("pci.card", self.card, ways[self.turn % len(ways)](self.card, self.chance))
        if name == "ssn":
            return Number("ssn", self.social, SOCIAL_WAYS[self.turn % len(SOCIAL_WAYS)](self.social, self.chance))
        return super()._secret(name)

    @cached_property
    def _good_until(self) -> tuple[int, int]:
        return self.chance.randrange(1, 13), self.chance.randrange(27, 33)

    def _expiry(self) -> Number:
        month, year = self._good_until
        two, yy = f"{month:02d}", forms.below_hundred(year)
        ways: tuple[str, ...] = (
            f"{forms.pair(two)} of {yy}",
            f"{forms.pair(two)} {yy}",
            f"{MONTHS[month - 1]} two thousand {yy}",
            f"{MONTHS[month - 1]} of twenty {yy}",
            f"{MONTHS[month - 1]} {yy}",
            f"{forms.below_hundred(month)}, twenty {yy}",
            forms.digits_in_words(f"{two}{year}", "oh"),
            f"{forms.digits_in_words(two, 'oh')}, two oh {forms.digits_in_words(str(year), 'oh')}",
            f"{forms.below_hundred(month)} slash {yy}",
            f"{forms.pair(two, 'zero')}, {yy}",
        )
        if self._is_spanish:
            mes, ano, numero = MESES[month - 1], forms.par(str(year)), forms.par(two)
            ways = (
                f"{mes} del {ano}",
                f"{mes} de dos mil {ano}",
                f"{numero}, {ano}",
                f"{numero.removeprefix('cero ')} del {ano}",
                f"{numero} barra {ano}",
                f"{numero} dos mil {ano}",
            )
        return Number("pci.expiry", f"{two}/{year}", self.chance.choice(ways))

    @cached_property
    def _code(self) -> str:
        return self._some(4 if len(self.card) == 15 else 3)

    def _cvv(self) -> Number:
        code = self._code
        head, rest = code[:-2], code[-2:]
        if self._is_spanish:
            ways = [
                self._in_words(code),
                ", ".join(self._in_words(code).split()),
                f"{self._in_words(head)}, {forms.par(rest)}",
            ]
            if len(code) == 3 and code[0] != "0":
                ways.append(_centena(code))
        else:
            ways = [forms.digits_in_words(code, "oh"), forms.digits_in_words(code), _repeats(code)]
            ways.append(", ".join(forms.digits_in_words(code).split()))
            if len(code) == 3 and code[0] != "0":
                ways.append(f"{forms.ONES[int(head)]} {forms.pair(rest)}")
        return Number("pci.cvv", code, self.chance.choice(ways))

    # Numbers of accounts and of states.

    @cached_property
    def _holds(self) -> str:
        return self._some(1, "123456789") + self._some(self.chance.choice((7, 8, 9)))

    def _account(self) -> Number:
        sizes = self.chance.choice(((3, 3, 4), (4,), (10,), (2, 3)))
        said = ", ".join(self._in_words(part) for part in forms.chunks(self._holds, sizes))
        return Number("account_number", self._holds, said)

    @cached_property
    def _belongs(self) -> str:
        return self._some(self.chance.choice((1, 3)), "BCGHKLPTW") + self._some(6)

    def _member(self) -> Number:
        letters, digits = self._belongs[:-6], self._belongs[-6:]
        names = (LETRAS[letter] if self._is_spanish else letter for letter in letters)
        said = [" ".join(names), *(self._in_words(part) for part in forms.chunks(digits, (3,)))]
        return Number("account_number", self._belongs, ", ".join(said))

    @cached_property
    def _identity(self) -> str:
        digits = self._some(8)
        return digits + DNI_LETTERS[int(digits) % 23]

    def _dni(self) -> Number:
        if not self._is_spanish:
            return super()._dni()
        digits, letter = self._identity[:8], LETRAS[self._identity[8]]
        in_pairs = ", ".join(forms.par(two) for two in forms.chunks(digits, (2,)))
        one_by_one = ", ".join(self._in_words(part) for part in forms.chunks(digits, (2, 3, 3)))
        return Number("national.dni", self._identity, f"{self.chance.choice((in_pairs, one_by_one))}, {letter}")

    def _iban(self) -> Number:
        if not self._is_spanish:
            return super()._iban()
        account = self._some(20)
        check = f"{98 - int(f'{account}142800') % 97:02d}"
        said = ", ".join(self._in_words(part) for part in forms.chunks(check + account, (2, 4)))
        return Number("national.iban", f"ES{check}{account}", f"e ese, {said}")

    # Numbers that are kept.

    def _date(self) -> Number:
        month, day = self.chance.randrange(12), self.chance.randrange(2, 29)
        value = f"{MONTHS[month]} {day}"
        if self._is_spanish:
            return Number("date", value, f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]}")
        return Number("date", value, f"{MONTHS[month]} {DAYS[day - 1]}")

    def _day_first(self) -> Number:
        month, day = self.chance.randrange(12), self.chance.randrange(2, 29)
        return Number("date", f"{MONTHS[month]} {day}", f"the {DAYS[day - 1]} of {MONTHS[month]}")

    def _pounds(self) -> Number:
        whole, pence = self.chance.randrange(6, 100), self.chance.choice((0, 20, 50, 75, 99))
        text = f"{forms.below_hundred(whole)} pounds"
        text += f" {forms.below_hundred(pence)}" if pence else ""
        return Number("money", f"{whole}.{pence:02d}", text)

    def _money(self) -> Number:
        if not self._is_spanish:
            return super()._money()
        euros = self._euros()
        return Number("money", euros.value, euros.text.replace("euros", "dólares"))

    def _euros(self) -> Number:
        whole = self.chance.randrange(12, 100)
        said = forms.par(str(whole)).replace("veintiuno", "veintiún").replace("y uno", "y un")
        return Number("money", str(whole), f"{said} euros")

    def _percent(self) -> Number:
        many = self.chance.choice((5, 10, 12, 15, 20, 25, 30))
        said = f"{forms.par(f'{many:02d}').removeprefix('cero ')} por ciento"
        return Number("quantity", str(many), said if self._is_spanish else f"{forms.below_hundred(many)} percent")

    def _quantity(self) -> Number:
        if not self._is_spanish:
            many = self.chance.randrange(3, 30)
            return Number(
                "quantity", str(many), f"{forms.below_hundred(many)} {self.chance.choice(('boxes', 'packs'))}"
            )
        many = self.chance.choice((4, 6, 8, 10, 12, 15, 18, 24))
        said = forms.par(f"{many:02d}").removeprefix("cero ")
        return Number("quantity", str(many), f"{said} {self.chance.choice(UNITS_IN_SPANISH)}")
