"""Details and numbers of one call of the sixth unseen author: people, places and manners that no other call has."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cached_property

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, Number
from benchmarks.redaction_unseen_details import UnseenDetails
from benchmarks.spoken_forms import Form

FIRST_NAMES = (
    *("Marjorie", "Clifford", "Denise", "Terrence", "Lorraine", "Curtis", "Priscilla", "Nolan", "Bethany", "Darnell"),
    *("Joanne", "Roland", "Aisha", "Gregory", "Sylvia", "Duncan", "Harriet", "Kyle", "Imelda", "Russell", "Nadia"),
    *("Vincent", "Claudia", "Emmett", "Paige", "Hugo"),
)
LAST_NAMES = (
    *("Thornton", "Pacheco", "Mercer", "Oyelaran", "Goldberg", "Trujillo", "Haines", "Kaminski", "Redmond", "Bianchi"),
    *("Crawford", "Ashworth", "Desai", "Petersen", "Gutierrez", "Lockwood", "Banks", "Fitzgerald", "Murray", "Tanaka"),
    *("Underhill", "Vargas", "Whalen", "Rhodes", "Emerson", "Sato"),
)
HERS = ("Doris", "Gloria", "Jolene", "Maureen", "Stella", "Frankie")
HIS = ("Caleb", "Isaac", "Noah", "Warren", "Lamar", "Edgar")
"""Relatives of the caller."""
AGENTS = (
    *("Tanya", "Marcus", "Shelby", "Andre", "Carla", "Imran", "Becky", "Stuart", "Latoya", "Peter", "Danielle", "Ravi"),
    *("Holly", "Jordan", "Grace", "Simon"),
)
FIRST_NAMES_IN_SPANISH = (
    "Adriana",
    "Guillermo",
    "Verónica",
    "Hernán",
    "Leticia",
    "Raúl",
    "Consuelo",
    "Emilio",
    "Paula",
)
LAST_NAMES_IN_SPANISH = ("Zamora", "Valdés", "Olivares", "Quiroga", "Bravo", "Miranda", "Cisneros", "Arias", "Lozano")
HERS_IN_SPANISH = ("Camila", "Marta", "Lidia", "Noemí")
HIS_IN_SPANISH = ("Sergio", "Andrés", "Tadeo", "Jacinto")
AGENTS_IN_SPANISH = ("Yolanda", "Cristian", "Noelia", "Armando", "Jimena", "Pablo")
STREETS = (
    *("Hawthorne Avenue", "Bridge Street", "Clearwater Drive", "Sunset Lane", "Magnolia Court", "West Ninth Street"),
    *("Prospect Road", "Chestnut Street", "Fox Hollow Lane", "South Harrison Street", "Deer Run", "Cypress Way"),
    *("Ridgewood Circle", "East Broadway"),
)
CITIES = (
    *("Chattanooga", "Duluth", "Akron", "Lubbock", "Syracuse", "Tacoma", "Baton Rouge", "Sioux Falls", "Pasadena"),
    *("Rochester", "Fort Wayne", "Santa Rosa"),
)
STREETS_IN_BRITAIN = (
    "Beech Grove",
    "High Street",
    "Kingsway",
    "Ferry Road",
    "Rosemary Avenue",
    "Priory Lane",
    "Elm Park",
)
TOWNS = {
    "Reading": "RG",
    "Exeter": "EX",
    "Sheffield": "S",
    "Luton": "LU",
    "Bolton": "BL",
    "Swansea": "SA",
    "Hull": "HU",
}
"""With the letters that their postcodes begin with."""
STREETS_IN_CANADA = ("Dundas Street", "Lakeshore Drive", "Portage Avenue", "Granville Street", "Birchmount Road")
CITIES_IN_CANADA = ("Toronto", "Winnipeg", "Kelowna", "London", "Saskatoon")
CALLES = ("calle Almendro", "avenida Juárez", "calle Las Flores", "calle Toledo", "avenida del Mar", "calle Cervantes")
CIUDADES = ("Alicante", "Laredo", "Puebla", "Granada", "Tampa", "Mérida", "Chicago")
CIENTOS = {2: "doscientos", 3: "trescientos", 4: "cuatrocientos", 6: "seiscientos", 8: "ochocientos"}
HOSTS = {
    "gmail.com": "gmail dot com",
    "yahoo.com": "yahoo dot com",
    "hotmail.com": "hotmail dot com",
    "icloud.com": "i cloud dot com",
    "msn.com": "m s n dot com",
    "ymail.com": "y mail dot com",
    "aol.com": "a o l dot com",
    "outlook.com": "outlook dot com",
    "earthlink.net": "earth link dot net",
    "frontier.com": "frontier dot com",
    "mapleroofing.com": "maple roofing dot com",
    "riverbendvet.com": "river bend vet dot com",
    "stpaulschurch.org": "saint pauls church dot org",
    "gmail": "gmail",
}
HOSTS_ELSEWHERE = {
    "uk": {
        "btinternet.com": "b t internet dot com",
        "hotmail.co.uk": "hotmail dot co dot u k",
        "talktalk.net": "talk talk dot net",
        "virginmedia.com": "virgin media dot com",
        "gmail.com": "gmail dot com",
    },
    "canada": {
        "rogers.com": "rogers dot com",
        "shaw.ca": "shaw dot c a",
        "sympatico.ca": "sympatico dot c a",
        "gmail.com": "gmail dot com",
    },
    "australia": {"bigpond.com": "big pond dot com", "optusnet.com.au": "optus net dot com dot a u"},
    "india": {
        "rediffmail.com": "rediff mail dot com",
        "gmail.com": "gmail dot com",
        "yahoo.co.in": "yahoo dot co dot in",
    },
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "hotmail.com": "hotmail punto com",
    "yahoo.com.mx": "yahoo punto com punto eme equis",
    "outlook.es": "outlook punto es",
    "icloud.com": "icloud punto com",
}
DAYS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    *("twentieth", "twenty first", "twenty second", "twenty third", "twenty fourth", "twenty fifth", "twenty sixth"),
    *("twenty seventh", "twenty eighth", "twenty ninth", "thirtieth"),
)
SPELLERS = {
    **{
        "a": "alpha",
        "b": "bravo",
        "c": "Charlie",
        "d": "David",
        "e": "echo",
        "f": "Freddie",
        "g": "golf",
        "h": "hotel",
    },
    **{"i": "igloo", "j": "Juliet", "k": "kite", "l": "lemon", "m": "mother", "n": "Nora", "o": "orange", "p": "papa"},
    **{"q": "queen", "r": "Romeo", "s": "sugar", "t": "tango", "u": "uniform", "v": "Victor", "w": "water"},
    **{"x": "xray", "y": "yellow", "z": "zebra"},
}
PLAIN_LETTERS = str.maketrans("áéíóúñ", "aeioun")


def _groups(digits: str) -> list[str]:
    return forms.chunks(digits, forms.natural_sizes(digits))


def _twos(part: str) -> str:
    """In pairs; of an odd length the first digit stands alone."""
    head = [forms.ONES[int(part[0])]] if len(part) % 2 else []
    return " ".join([*head, *(forms.pair(two) for two in forms.chunks(part[len(part) % 2 :], (2,)))])


def _doubles(part: str, zero: str) -> str:
    """Two alike as "double four"."""
    words: list[str] = []
    at = 0
    while at < len(part):
        twice = at + 1 < len(part) and part[at] == part[at + 1]
        words += [*(["double"] if twice else []), zero if part[at] == "0" else forms.ONES[int(part[at])]]
        at += 2 if twice else 1
    return " ".join(words)


def _sentences(digits: str, chance: random.Random) -> str:
    """Every group ends like a sentence."""
    zero = chance.choice(("oh", "zero"))
    return ". ".join(forms.digits_in_words(part, zero) for part in _groups(digits))


def _british(digits: str, _: random.Random) -> str:
    return ", ".join(_doubles(part, "oh") for part in _groups(digits))


def _and_it_ends(digits: str, _: random.Random) -> str:
    """As "four one one two, the next ones are ... and it ends two seven oh one"."""
    first, second, *middle, last = (forms.digits_in_words(part, "oh") for part in _groups(digits))
    return ", ".join([first, f"next ones are {second}" if middle else second, *middle, f"and it ends {last}"])


def _and_last(digits: str, chance: random.Random) -> str:
    zero = chance.choice(("oh", "zero", "zero"))
    *groups, last = (forms.digits_in_words(part, zero) for part in _groups(digits))
    return ", ".join([*groups, f"and {last}"])


def _mixed(digits: str, chance: random.Random) -> str:
    """Some groups in pairs, as they come to the tongue."""
    zero = chance.choice(("oh", "zero"))
    return ", ".join(
        _twos(part) if chance.random() < 0.4 else forms.digits_in_words(part, zero) for part in _groups(digits)
    )


def _peering(digits: str, chance: random.Random) -> str:
    """Read from plastic that is hard to read."""
    said = [forms.digits_in_words(part) for part in _groups(digits)]
    words = ("um", "uh, let me get my glasses", "just a sec", "okay", "is that a", "hmm", "uh huh")
    said.insert(chance.randrange(1, len(said)), chance.choice(words))
    return ", ".join(said)


def _mended(digits: str, chance: random.Random) -> str:
    """One digit is taken back: "seven three oh, no, seven three one oh"."""
    said = [forms.digits_in_words(part, "oh") for part in _groups(digits)]
    at = chance.randrange(len(said))
    cut = max(2, len(said[at].split()) - 1)
    begun = said[at].split()[:cut]
    begun[-1] = forms.ONES[(forms.ONES.index(begun[-1].replace("oh", "zero")) + 5) % 10]
    word = chance.choice(("no", "sorry", "wait no", "my bad"))
    said[at] = f"{' '.join(begun)}, {word}, {said[at]}"
    return ", ".join(said)


def _breaths(digits: str, chance: random.Random) -> str:
    """In two long breaths, which do not end where groups end."""
    at = chance.choice((6, 8, 9)) if len(digits) > 9 else 5
    return ", ".join(forms.digits_in_words(part, "oh") for part in (digits[:at], digits[at:]))


def _luego(digits: str, chance: random.Random) -> str:
    first, *rest = (_unos(part) for part in _groups(digits))
    return ", ".join([first, *(f"{chance.choice(('luego', 'y', 'sigue', '', ''))} {part}".strip() for part in rest)])


def _a_ver(digits: str, chance: random.Random) -> str:
    said = [_unos(part) for part in _groups(digits)]
    said.insert(chance.randrange(1, len(said)), chance.choice(("a ver", "este", "eh", "espere")))
    return ", ".join(said)


def _pares(part: str) -> str:
    """In pairs; of an odd length the first digit stands alone."""
    head = [forms.UNOS[int(part[0])]] if len(part) % 2 else []
    return " ".join([*head, *(forms.par(two) for two in forms.chunks(part[len(part) % 2 :], (2,)))])


def _unos(part: str) -> str:
    return " ".join(forms.UNOS[int(digit)] for digit in part)


def _de_todo(digits: str, chance: random.Random) -> str:
    """Some groups in pairs and some digit by digit."""
    return ", ".join(chance.choice((_pares, _unos))(part) for part in _groups(digits))


CARDS: tuple[Form, ...] = (
    *(forms.by_groups, forms.by_groups_with_oh, _and_last, forms.flowing, _mixed, forms.by_groups, _sentences),
    *(_breaths, forms.by_groups_with_oh, forms.in_pairs, _peering, forms.by_groups, _british, _mended, _and_it_ends),
    *(forms.uneven, forms.flowing_with_oh),
)
SOCIALS: tuple[Form, ...] = (
    *(forms.by_groups, forms.by_groups_with_oh, forms.flowing_with_oh, _mixed, forms.by_groups, _sentences),
    *(_and_last, forms.by_groups_with_oh, _mended, forms.closed_with_pairs, forms.dashed),
)
TARJETAS: tuple[Form, ...] = (forms.cifras, _luego, forms.pares, forms.cifras, _de_todo, _a_ver)


class SixthDetails(UnseenDetails):
    """As UnseenDetails, with agents who have names, relatives, and addresses of three countries."""

    def __post_init__(self) -> None:
        super().__post_init__()
        spanish = self._is_spanish
        self.first = self.chance.choice(FIRST_NAMES_IN_SPANISH if spanish else FIRST_NAMES)
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.her = self.chance.choice(HERS_IN_SPANISH if spanish else HERS)
        self.him = self.chance.choice(HIS_IN_SPANISH if spanish else HIS)
        self.agent = self.chance.choice(AGENTS_IN_SPANISH if spanish else AGENTS)
        self.mailbox = self._mailbox()

    # Cards and social security numbers.

    def _secret(self, name: str) -> Number:
        if name in {"card_back", "ssn_back"}:
            card = name == "card_back"
            value = self.card if card else self.social
            plain = forms.cifras if self._is_spanish else forms.by_groups
            return Number("pci.card" if card else "ssn", value, plain(value, self.chance))
        if name not in {"card", "ssn"}:
            return super()._secret(name)
        if name == "card":
            ways = TARJETAS if self._is_spanish else CARDS
            return Number("pci.card", self.card, ways[self.turn % len(ways)](self.card, self.chance))
        return Number("ssn", self.social, SOCIALS[self.turn % len(SOCIALS)](self.social, self.chance))

    def _short(self, digits: str) -> str:
        """A group, a code, or the end of a number."""
        if self._is_spanish:
            ways = (_unos, _unos, _pares) if len(digits) == 4 else (_unos,)
            return self.chance.choice(ways)(digits)
        plain = forms.digits_in_words(digits, self._zero)
        if len(digits) > 4 or len(digits) < 3:
            return plain
        return self.chance.choice((plain, plain, plain, plain, _twos(digits), _doubles(digits, self._zero)))

    @cached_property
    def _good_until(self) -> tuple[int, int]:
        """Month and year of the card; the same whenever they are said again."""
        return self.chance.randrange(1, 13), self.chance.randrange(27, 33)

    def _oldlast(self) -> Number:
        """The end of another card, which is not used any more."""
        digits = "".join(self.chance.choices("0123456789", k=4))
        return Number("pci.card_part", digits, self._short(digits))

    def _expiry(self) -> Number:
        month, year = self._good_until
        two, words = f"{month:02d}", forms.below_hundred(year)
        ways: tuple[str, ...]
        if self._is_spanish:
            mes, last = MESES[month - 1], forms.par(str(year))
            ways = (
                f"{forms.par(two)}, {last}",
                f"{mes} del {last}",
                f"{mes} de dos mil {last}",
                f"{forms.par(two)} del dos mil {last}",
                f"{forms.par(two)} barra {last}",
                f"{mes}, {last}",
            )
        else:
            name, plain = MONTHS[month - 1], forms.below_hundred(month)
            ways = (
                f"{forms.pair(two)} {words}",
                f"{forms.pair(two)}, {words}",
                f"{plain} {words}",
                f"{name} of {words}",
                f"{name} {words}",
                f"{name}, twenty {words}",
                f"{name} twenty {words}",
                f"{name} of two thousand {words}",
                f"{plain}, and the year's {words}",
                f"{forms.pair(two)} slash twenty {words}",
                f"{plain} slash {words}",
                f"{forms.digits_in_words(two, 'oh')} {forms.digits_in_words(str(year))}",
                f"{forms.pair(two, 'zero')}, and then {words}",
            )
        return Number("pci.expiry", f"{two}/{year}", self.chance.choice(ways))

    # Telephone and e-mail.

    def _phone(self) -> Number:
        first, second, last = (self._in_words(part) for part in forms.chunks(self.phone, (3, 3, 4)))
        if self._is_spanish:
            return Number("phone", self.phone, f"{first}, {second}, {last}")
        pairs = _twos(self.phone[6:])
        ways = (
            f"{first}, {second}, {last}",
            f"{first}, {second}, {last}",
            f"{first} {second} {last}",
            f"{first}, {second} {last}",
            f"{first}, {second}, {pairs}",
            f"{first}, {second}, {_doubles(self.phone[6:], self._zero)}",
            f"{first}, then {second}, {last}",
            f"{first}, um, {second}, {last}",
        )
        return Number("phone", self.phone, self.chance.choice(ways))

    def _phone_read(self) -> Number:
        """As an agent reads it back."""
        return self._parts_of_phone(self.phone, 3, 3, 4)

    def _phone_elsewhere(self, first: str, more: int, *sizes: int) -> Number:
        digits = first + "".join(self.chance.choices("0123456789", k=more))
        parts = forms.chunks(digits, sizes)
        plain = ", ".join(forms.digits_in_words(part, "oh") for part in parts)
        doubled = ", ".join(_doubles(part, "oh") for part in parts)
        return Number("phone", digits, self.chance.choice((plain, doubled)))

    def _phone_uk(self) -> Number:
        return self._phone_elsewhere("07", 9, *self.chance.choice(((5, 3, 3), (5, 6), (4, 3, 4), (5, 2, 2, 2))))

    def _phone_land(self) -> Number:
        """A landline of Britain."""
        return self._phone_elsewhere("01", 9, *self.chance.choice(((5, 3), (4, 3, 4), (5, 6))))

    def _phone_india(self) -> Number:
        return self._phone_elsewhere(self.chance.choice("789"), 9, *self.chance.choice(((5,), (4, 3, 3))))

    def _phone_australia(self) -> Number:
        return self._phone_elsewhere("04", 8, *self.chance.choice(((4, 3, 3), (4, 2, 2, 2))))

    def _mailbox(self) -> Mailbox:
        spanish = self._is_spanish
        hosts = HOSTS_IN_SPANISH if spanish else HOSTS
        host, number, year = (
            self.chance.choice(tuple(hosts)),
            self.chance.randrange(11, 99),
            self.chance.randrange(58, 99),
        )
        said_first, said_last = self.first.lower(), self.last.lower()
        first, last = said_first.translate(PLAIN_LETTERS), said_last.translate(PLAIN_LETTERS)
        ways: tuple[tuple[str, str], ...]
        if spanish:
            two = forms.par(str(number))
            ways = (
                (f"{first}.{last}", f"{said_first} punto {said_last}"),
                (f"{first}{last}{number}", f"{said_first} {said_last} {two}"),
                (f"{last}{first}", f"{said_last} {said_first}, todo pegado,"),
                (f"{first}_{last}", f"{said_first} guion bajo {said_last}"),
                (f"{first}{number}", f"{said_first} {self._in_words(str(number))}"),
                (f"tienda{last}", f"tienda {said_last}"),
            )
        else:
            two = forms.below_hundred(number)
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{first}{last}", f"{first} {last}"),
                (f"{first}{last}{number}", f"{first} {last} {two}"),
                (f"{first[0]}{last}", f"{self.first[0]} {last}"),
                (f"{first[0]}.{last}", f"{self.first[0]} dot {last}"),
                (f"{last}.{first}", f"{last} dot {first}"),
                (f"{first}_{last}", f"{first} underscore {last}"),
                (f"{first}19{year}", f"{first} nineteen {forms.below_hundred(year)}"),
                (f"{first}{last[0]}", f"{first} {self.last[0]}"),
                (f"{last}{number}", f"{last}, the number {two},"),
                (f"mamabear{number}", f"mama bear {two}"),
                (f"hikerguy{number}", f"hiker guy, {forms.digits_in_words(str(number))},"),
                (f"thereal{first}", f"the real {first}"),
                (f"{last}.family", f"{last} dot family"),
                (f"{first}.{last}.{number}", f"{first} dot {last} dot {two}"),
                (f"{first[0]}_{last}{number}", f"{self.first[0]} underscore {last} {two}"),
                (f"{last}and{last}", f"{last} and {last}"),
                (f"dr{last}", f"D R {last}, no space,"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    def _email_user(self) -> Number:
        return Number("pii.email", self.mailbox.user, self.mailbox.said.rstrip(","))

    def _move(self, country: str) -> None:
        hosts: Mapping[str, str] = HOSTS_ELSEWHERE[country]
        if self.mailbox.host not in hosts:
            host = self.chance.choice(tuple(hosts))
            self.mailbox = Mailbox(self.mailbox.user, self.mailbox.said, host, hosts[host])

    def _email_uk(self) -> Number:
        self._move("uk")
        return self._email()

    def _email_canada(self) -> Number:
        self._move("canada")
        return self._email()

    def _email_australia(self) -> Number:
        self._move("australia")
        return self._email()

    def _email_india(self) -> Number:
        self._move("india")
        return self._email()

    def _email_alphabet(self) -> Number:
        """The last name, letter by letter with a word for each."""
        self.mailbox = Mailbox(self.last.lower(), self.last, self.mailbox.host, self.mailbox.host_said)
        return Number("pii.email", self.mailbox.user, self._with_words(self.last))

    # What people say of themselves.

    def _her(self) -> Number:
        """A relative, as `him`."""
        return Number("pii.name", self.her, self.her)

    def _him(self) -> Number:
        return Number("pii.name", self.him, self.him)

    def _her_name(self) -> Number:
        """A relative with first and last name, as `him_name`."""
        return Number("pii.name", f"{self.her} {self.last}", f"{self.her} {self.last}")

    def _him_name(self) -> Number:
        return Number("pii.name", f"{self.him} {self.last}", f"{self.him} {self.last}")

    def _agent(self) -> Number:
        return Number("pii.name", self.agent, self.agent)

    def _letters(self, word: str) -> str:
        return super()._letters(word.replace("ñ", "n"))

    def _with_words(self, word: str) -> str:
        link = self.chance.choice(("for", "as in"))
        said = (f"{letter.upper()} {link} {SPELLERS[letter]}" for letter in word.lower())
        return ", ".join(said)

    def _spelled_for(self) -> Number:
        return Number("pii.name", self.last, self._with_words(self.last))

    def _address(self) -> Number:
        if self._is_spanish:
            house = str(self.chance.randrange(11, 99))
            street, city = self.chance.choice(CALLES), self.chance.choice(CIUDADES)
            number = self.chance.choice((forms.par(house), f"número {forms.par(house)}"))
            more = self.chance.choice(("", "", ", tercero izquierda", ", apartamento dos"))
            return Number("pii.address", f"{street} {house} {city}", f"{street} {number}{more}, {city}")
        house = str(self.chance.choice((self.chance.randrange(12, 99), *self.chance.sample(range(101, 9_990), k=3))))
        said = " ".join(forms.pair(two) for two in forms.chunks(house, (2 - len(house) % 2, 2)))
        if len(house) > 2:
            said = self.chance.choice((said, said, forms.digits_in_words(house, "oh")))
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        unit = self.chance.randrange(2, 40)
        flat = self.chance.choice(("", "", "", "", f", apartment {unit}", f", unit {unit}", f", lot {unit}"))
        flat = flat.replace(str(unit), forms.below_hundred(unit))
        city = self.chance.choice((f", {city}", f", in {city}", f" {city}"))
        return Number("pii.address", f"{house} {street}{city}".replace(",", ""), f"{said} {street}{flat}{city}")

    def _street(self) -> Number:
        """Without a city."""
        house, street = str(self.chance.randrange(101, 999)), self.chance.choice(STREETS)
        return Number("pii.address", f"{house} {street}", f"{_twos(house)} {street}")

    def _address_uk(self) -> Number:
        house, street = self.chance.randrange(2, 99), self.chance.choice(STREETS_IN_BRITAIN)
        town = self.chance.choice(tuple(TOWNS))
        first, second = self.chance.randrange(1, 20), self.chance.randrange(1, 9)
        letters = "".join(self.chance.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        code = f", {' '.join(TOWNS[town])} {forms.below_hundred(first)}, {forms.ONES[second]} {' '.join(letters)}"
        flat = self.chance.choice(("", "", f"flat {forms.ONES[second]}, "))
        where = f"{flat}{forms.below_hundred(house)} {street}, {town}"
        with_code = self.chance.random() < 0.6
        value = f"{house} {street} {town}" + (f" {TOWNS[town]}{first} {second}{letters}" if with_code else "")
        return Number("pii.address", value, where + (code if with_code else ""))

    def _address_canada(self) -> Number:
        house, street = str(self.chance.randrange(101, 999)), self.chance.choice(STREETS_IN_CANADA)
        city = self.chance.choice(CITIES_IN_CANADA)
        return Number("pii.address", f"{house} {street} {city}", f"{_twos(house)} {street}, {city}")

    def _dob(self) -> Number:
        day, month, year = self.chance.randrange(1, 29), self.chance.randrange(12), self.chance.randrange(39, 99)
        value = f"{MONTHS[month]} {day} 19{year}"
        if self._is_spanish:
            said = forms.par(f"{day:02d}").removeprefix("cero ") if day > 1 else "primero"
            age = self.chance.choice(("de mil novecientos", "del"))
            return Number("dob", value, f"{said} de {MESES[month]} {age} {forms.par(str(year))}")
        name, two = MONTHS[month], forms.below_hundred(year)
        ways = (
            f"{name} {DAYS[day - 1]}, nineteen {two}",
            f"{name} {DAYS[day - 1]} nineteen {two}",
            f"{name} {forms.below_hundred(day)}, {two}",
            f"{name} the {DAYS[day - 1]}, {two}",
            f"{forms.below_hundred(month + 1)} {forms.below_hundred(day)} {two}",
            f"{forms.pair(f'{month + 1:02d}')} {forms.pair(f'{day:02d}')} nineteen {two}",
            f"{DAYS[day - 1]} of {name}, {two}",
        )
        return Number("dob", value, self.chance.choice(ways))

    def _dob_young(self) -> Number:
        """Of a child."""
        day, name, year = self.chance.randrange(1, 29), self.chance.choice(MONTHS), self.chance.randrange(10, 25)
        said = f"{name} {DAYS[day - 1]}, {self.chance.choice(('twenty', 'two thousand'))} {forms.below_hundred(year)}"
        return Number("dob", f"{name} {day} 20{year}", said)

    def _dob_day_first(self) -> Number:
        name, day, year = (
            self.chance.choice(MONTHS),
            self.chance.randrange(len(DAYS) - 2),
            self.chance.randrange(39, 99),
        )
        two = forms.below_hundred(year)
        ways = (
            f"the {DAYS[day]} of {name}, nineteen {two}",
            f"{DAYS[day]} of {name} {two}",
            f"{DAYS[day]} {name}, nineteen {two}",
        )
        return Number("dob", f"{name} {day + 1} 19{year}", self.chance.choice(ways))

    def _account(self) -> Number:
        digits = "".join(self.chance.choices("0123456789", k=self.chance.choice((8, 9, 10))))
        said = ", ".join(map(self._in_words, forms.chunks(digits, self.chance.choice(((3,), (4,), (10,), (2, 4))))))
        return Number("account_number", digits, said)

    def _member(self) -> Number:
        letters = "".join(self.chance.choices("ABCGHKMPRTVW", k=self.chance.choice((1, 2, 3))))
        digits = "".join(self.chance.choices("0123456789", k=self.chance.choice((6, 8))))
        said = " ".join(letters) if not self._is_spanish else self._letters(letters)
        parts = map(self._in_words, forms.chunks(digits, (len(digits) // 2,)))
        return Number("account_number", letters + digits, ", ".join((said, *parts)))

    # Ordinary numbers.

    def _date(self) -> Number:
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        value = f"{MONTHS[month]} {day}"
        if self._is_spanish:
            return Number("date", value, f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]}")
        ways = (f"{MONTHS[month]} {DAYS[day - 1]}", f"{MONTHS[month]} {DAYS[day - 1]}", f"the {DAYS[day - 1]}")
        return Number("date", value, self.chance.choice(ways))

    def _large(self) -> Number:
        """An amount in hundreds of dollars."""
        if self._is_spanish:
            return self._cientos("dólares")
        hundreds, more = self.chance.randrange(1, 9), self.chance.randrange(5, 99)
        said = f"{forms.ONES[hundreds]} hundred {self.chance.choice(('', 'and '))}{forms.below_hundred(more)} dollars"
        return Number("money", f"{hundreds}{more:02d}", said)

    def _pounds(self) -> Number:
        pounds, pence = self.chance.randrange(8, 99), self.chance.choice((0, 50, 75, 99))
        said = f"{forms.below_hundred(pounds)} pounds{f' {forms.below_hundred(pence)}' if pence else ''}"
        return Number("money", f"{pounds}.{pence:02d}", said)

    def _rupees(self) -> Number:
        many = self.chance.randrange(2, 9)
        return Number("money", f"{many}500", f"{forms.ONES[many]} thousand five hundred rupees")

    def _euros(self) -> Number:
        whole = self.chance.choice([many for many in range(12, 100) if many % 10 != 1])
        return Number("money", str(whole), f"{forms.par(str(whole))} euros")

    def _pesos(self) -> Number:
        return self._cientos("pesos")

    def _cientos(self, unit: str) -> Number:
        hundreds, more = self.chance.choice(tuple(CIENTOS)), self.chance.randrange(15, 99)
        return Number("money", f"{hundreds}{more}", f"{CIENTOS[hundreds]} {forms.par(str(more))} {unit}")

    def _percent(self) -> Number:
        part = self.chance.choice((5, 10, 12, 15, 20, 25, 30))
        said = f"{forms.below_hundred(part)} percent"
        if self._is_spanish:
            said = f"{forms.par(f'{part:02d}').removeprefix('cero ')} por ciento"
        return Number("percent", str(part), said)
