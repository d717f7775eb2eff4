"""Details and numbers of one call of the eighth unseen author: who calls, where they live and how they say numbers."""

from __future__ import annotations

import random
from functools import cached_property

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number, card_number
from benchmarks.redaction_unseen_details import UnseenDetails
from benchmarks.spoken_forms import Form

FIRST_NAMES = (
    *("Rosalind", "Travis", "Yvonne", "Everett", "Kimberly", "Malik", "Beverly", "Trevor", "Deborah", "Quentin"),
    *("Shauna", "Wesley", "Ingrid", "Cedric", "Pamela", "Arjun", "Melissa", "Howard", "Tamika", "Bradley", "Monique"),
    *("Felix", "Suzanne", "Preston", "Eileen", "Omar", "Cheryl", "Dominic"),
)
LAST_NAMES = (
    *("Sandoval", "Whitaker", "Hutchinson", "Ferraro", "Okonkwo", "Blackwell", "Singh", "Lundquist", "Barrera"),
    *("Holloway", "Cho", "Prescott", "Yates", "Moreau", "Kendrick", "Stafford", "Alvarado", "Beasley", "Cartwright"),
    *("Dawson", "Eriksen", "Gill", "Hoffman", "Ibarra", "Kapoor", "Langley", "Metzger", "Rowe"),
)
HERS = ("Phoebe", "Irene", "Mabel", "Tessa", "Lucille", "Wanda", "Corinne")
HIS = ("Arthur", "Julian", "Toby", "Raymond", "Elijah", "Clyde", "Miles")
"""Relatives of the caller."""
AGENTS = (
    *("Kendra", "Luis", "Alicia", "Brandon", "Sunita", "Geoff", "Monica", "Tyler", "Janelle", "Dev", "Rebecca"),
    *("Anthony", "Fiona", "Jasmine", "Craig"),
)
NOMBRES = ("Rocío", "Fabián", "Maribel", "Ignacio", "Teresa", "Álvaro", "Graciela", "Ramiro", "Carolina", "Leandro")
APELLIDOS = ("Montoya", "Escobar", "Villanueva", "Carrasco", "Pineda", "Rivas", "Solís", "Gallardo", "Ochoa", "Benítez")
HERS_IN_SPANISH = ("Inés", "Rosario", "Julieta")
HIS_IN_SPANISH = ("Mateo", "Óscar", "Gonzalo")
AGENTS_IN_SPANISH = ("Lorena", "Javier", "Pilar", "Ricardo", "Susana")
STREETS = (
    *("Willow Bend Drive", "Jefferson Street", "Orchard Road", "North Main Street", "Pine Ridge Court", "Eagle Pass"),
    *("Meadowbrook Lane", "Fourth Street", "County Line Road", "Spruce Avenue", "Mission Boulevard", "Grant Avenue"),
    *("Old Mill Road", "Stonegate Circle", "Wellington Parkway"),
)
CITIES = (
    *("Knoxville", "Spokane", "Topeka", "Mobile", "Des Moines", "Reno", "Allentown", "Green Bay", "Bakersfield"),
    *("Columbia", "Amarillo", "Evansville", "Worcester", "Peoria"),
)
STREETS_ELSEWHERE = {
    "uk": ("Station Road", "Queens Terrace", "The Avenue", "Manor Way", "Victoria Street", "Mill Lane", "Abbey Close"),
    "canada": ("Bloor Street", "Maple Crescent", "Jasper Avenue", "Wellington Street", "Cambie Street"),
    "australia": ("Banksia Street", "Pacific Parade", "George Street"),
}
CITIES_ELSEWHERE = {
    "uk": ("Derby", "Norwich", "Stockport", "Cardiff", "Ipswich", "Leeds", "Plymouth", "Dundee"),
    "canada": ("Hamilton", "Edmonton", "Halifax", "Regina", "Burnaby"),
    "australia": ("Geelong", "Newcastle", "Cairns"),
}
CALLES = ("calle Serrano", "calle Hidalgo", "avenida Libertad", "calle Los Pinos", "camino Real", "calle Goya")
CIUDADES = ("Zaragoza", "Málaga", "El Paso", "Querétaro", "Orlando", "Bilbao", "Fresno", "Murcia")
HOSTS = {
    "": {
        "gmail.com": "gmail dot com",
        "yahoo.com": "yahoo dot com",
        "hotmail.com": "hotmail dot com",
        "outlook.com": "outlook dot com",
        "icloud.com": "i cloud dot com",
        "aol.com": "a o l dot com",
        "comcast.net": "comcast dot net",
        "sbcglobal.net": "s b c global dot net",
        "live.com": "live dot com",
        "att.net": "a t t dot net",
        "protonmail.com": "proton mail dot com",
        "cox.net": "cox dot net",
        "hillcrestdental.com": "hill crest dental dot com",
        "northsideplumbing.net": "north side plumbing dot net",
        "jeffcoschools.org": "jeffco schools dot org",
        "state.edu": "state dot e d u",
    },
    "uk": {
        "sky.com": "sky dot com",
        "yahoo.co.uk": "yahoo dot co dot u k",
        "outlook.com": "outlook dot com",
        "live.co.uk": "live dot co dot u k",
        "gmail.com": "gmail dot com",
    },
    "canada": {"bell.net": "bell dot net", "telus.net": "telus dot net", "hotmail.ca": "hotmail dot c a"},
    "australia": {"iinet.net.au": "i i net dot net dot a u", "gmail.com": "gmail dot com"},
    "india": {"gmail.com": "gmail dot com", "outlook.in": "outlook dot in", "yahoo.in": "yahoo dot in"},
    "spanish": {
        "gmail.com": "gmail punto com",
        "yahoo.es": "yahoo punto es",
        "outlook.com": "outlook punto com",
        "hotmail.com": "hotmail punto com",
        "live.com.mx": "live punto com punto eme equis",
    },
}
"""By country, "" for the United States: how mail hosts are said."""
DAYS = (*ORDINALS, "twentieth", *(f"twenty {day}" for day in ORDINALS[:9]))
SPELLERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            *("able", "baker", "Charles", "dad", "easy", "fox", "girl", "happy", "ice", "jack", "kilo", "love", "Mike"),
            *("nice", "over", "pizza", "quick", "red", "Sierra", "tiger", "under", "van", "whiskey", "xray", "yes"),
            "zoo",
        ),
        strict=True,
    )
)
PLAIN_LETTERS = str.maketrans("áéíóúñ", "aeioun")


def _groups(digits: str) -> list[str]:
    return forms.chunks(digits, forms.natural_sizes(digits))


def _pairs(part: str) -> str:
    """Two and two; the first stands alone where the number of digits is odd."""
    head = [forms.ONES[int(part[0])]] if len(part) % 2 else []
    return " ".join([*head, *(forms.pair(two) for two in forms.chunks(part[len(part) % 2 :], (2,)))])


def _round(part: str) -> str:
    """`4100` as "forty one hundred", `3000` as "three thousand", others in pairs."""
    if part.endswith("000") and part[0] != "0":
        return f"{forms.ONES[int(part[0])]} thousand"
    if part.endswith("00") and part[0] != "0":
        return f"{forms.below_hundred(int(part[:-2]))} hundred"
    return _pairs(part)


def _double(part: str, zero: str) -> str:
    """Two alike as "double seven", three alike as "triple seven"."""
    words: list[str] = []
    at = 0
    while at < len(part):
        run = next(many for many in (3, 2, 1) if part[at : at + many] == part[at] * many)
        words += [*({3: ["triple"], 2: ["double"]}.get(run, []))]
        words.append(zero if part[at] == "0" else forms.ONES[int(part[at])])
        at += run
    return " ".join(words)


def _in_doubles(digits: str, chance: random.Random) -> str:
    zero = chance.choice(("oh", "zero"))
    return ", ".join(_double(part, zero) for part in _groups(digits))


def _then(digits: str, chance: random.Random) -> str:
    """Before one of the later groups "then" or alike."""
    said = [forms.digits_in_words(part, "oh") for part in _groups(digits)]
    at = chance.randrange(1, len(said))
    said[at] = f"{chance.choice(('then', 'and', 'then it is', 'after that'))} {said[at]}"
    return ", ".join(said)


def _got_it(digits: str, chance: random.Random) -> str:
    """Stops to ask whether the other one keeps up."""
    zero = chance.choice(("oh", "zero"))
    said = [forms.digits_in_words(part, zero) for part in _groups(digits)]
    at = len(said) // 2
    asked = chance.choice(("okay", "you with me", "got that", "right"))
    return f"{', '.join(said[:at])}, {asked}? {', '.join(said[at:])}"


def _twice(digits: str, _: random.Random) -> str:
    """The last group is said again."""
    said = [forms.digits_in_words(part) for part in _groups(digits)]
    return ", ".join([*said, f"that's {said[-1]}"])


def _slow_start(digits: str, _: random.Random) -> str:
    """The first group digit by digit with pauses, then faster."""
    first, *rest = (forms.digits_in_words(part, "oh") for part in _groups(digits))
    return f"{', '.join(first.split())}, {', '.join(rest)}"


def _two_halves(digits: str, _: random.Random) -> str:
    at = 8 if len(digits) > 9 else 5
    return f"{forms.digits_in_words(digits[:at])}. {forms.digits_in_words(digits[at:])}"


def _wrong_digit(digits: str, chance: random.Random) -> str:
    """A group with a slip is said once more after a word of regret."""
    groups = _groups(digits)
    at = chance.randrange(1, len(groups))
    said = [forms.digits_in_words(part, "oh") for part in groups]
    slip = str((int(groups[at][0]) + 4) % 10) + groups[at][1:]
    word = chance.choice(("oops", "no hang on", "scratch that", "sorry", "I misread that"))
    said[at] = f"{forms.digits_in_words(slip, 'oh')}, {word}, {said[at]}"
    return ", ".join(said)


def _loosely(digits: str, chance: random.Random) -> str:
    """Groups of two, three or four, however the eye takes them."""
    parts = forms.chunks(digits, [chance.choice((4, 4, 3, 2, 4)) for _ in range(8)])
    return ", ".join(forms.digits_in_words(part, "oh") for part in parts)


def _some_pairs(digits: str, chance: random.Random) -> str:
    return ", ".join(
        _round(part) if chance.random() < 0.5 else forms.digits_in_words(part, "oh") for part in _groups(digits)
    )


def _looking(digits: str, chance: random.Random) -> str:
    said = [forms.digits_in_words(part, "zero") for part in _groups(digits)]
    words = ("um", "it's kind of worn off", "uh", "let's see here", "one second", "okay so")
    said.insert(chance.randrange(1, len(said)), chance.choice(words))
    return ", ".join(said)


def _cifras(part: str) -> str:
    return " ".join(forms.UNOS[int(digit)] for digit in part)


def _pares(part: str) -> str:
    head = [forms.UNOS[int(part[0])]] if len(part) % 2 else []
    return " ".join([*head, *(forms.par(two) for two in forms.chunks(part[len(part) % 2 :], (2,)))])


def _y_termina(digits: str, _: random.Random) -> str:
    *groups, last = map(_cifras, _groups(digits))
    return ", ".join([*groups, f"y termina en {last}"])


def _perdon(digits: str, chance: random.Random) -> str:
    """A group with a slip is said once more."""
    groups = _groups(digits)
    at = chance.randrange(1, len(groups))
    said = [_cifras(part) for part in groups]
    slip = groups[at][:-1] + str((int(groups[at][-1]) + 2) % 10)
    said[at] = f"{_cifras(slip)}, {chance.choice(('perdón', 'no, miento', 'digo'))}, {said[at]}"
    return ", ".join(said)


def _mezcla(digits: str, chance: random.Random) -> str:
    return ", ".join(_pares(part) if chance.random() < 0.4 else _cifras(part) for part in _groups(digits))


CARDS: tuple[Form, ...] = (
    *(forms.by_groups_with_oh, forms.by_groups, _then, forms.by_groups, _loosely, forms.flowing_with_oh, _got_it),
    *(forms.by_groups, _some_pairs, _wrong_digit, forms.by_groups_with_oh, _slow_start, forms.flowing, _looking),
    *(_in_doubles, forms.by_groups, _two_halves, _twice, forms.in_pairs),
)
SOCIALS: tuple[Form, ...] = (
    *(forms.by_groups_with_oh, forms.flowing, forms.by_groups, _some_pairs, _then, forms.by_groups, _wrong_digit),
    *(forms.flowing_with_oh, forms.by_groups_with_oh, _looking, _two_halves, forms.in_pairs, _got_it),
)
TARJETAS: tuple[Form, ...] = (forms.cifras, _mezcla, forms.cifras, _y_termina, forms.pares, _perdon, forms.cifras)


class EighthDetails(UnseenDetails):
    """As UnseenDetails, with agents and relatives who have names, addresses of four countries, and other manners."""

    def __post_init__(self) -> None:
        super().__post_init__()
        spanish = self._is_spanish
        self.first = self.chance.choice(NOMBRES if spanish else FIRST_NAMES)
        self.last = self.chance.choice(APELLIDOS if spanish else LAST_NAMES)
        self.her = self.chance.choice(HERS_IN_SPANISH if spanish else HERS)
        self.him = self.chance.choice(HIS_IN_SPANISH if spanish else HIS)
        self.agent = self.chance.choice(AGENTS_IN_SPANISH if spanish else AGENTS)
        if len(self.card) == 15 and not self.amex:
            self.card = card_number(self.chance, "4", 16)
        self.mailbox = self._mailbox()

    # Cards and social security numbers.

    def _secret(self, name: str) -> Number:
        if name not in {"card", "ssn", "card_back", "ssn_back"}:
            return super()._secret(name)
        card = name.startswith("card")
        value, ways = (self.card, CARDS) if card else (self.social, SOCIALS)
        if self._is_spanish:
            ways = TARJETAS
        if name.endswith("_back"):
            ways = (forms.cifras,) if self._is_spanish else (forms.by_groups, forms.by_groups_with_oh)
        return Number("pci.card" if card else "ssn", value, ways[self.turn % len(ways)](value, self.chance))

    def _short(self, digits: str) -> str:
        """A group, a code, or the end of a number."""
        if self._is_spanish:
            return self.chance.choice((_cifras, _cifras, _pares) if len(digits) == 4 else (_cifras,))(digits)
        plain = forms.digits_in_words(digits, self._zero)
        if not 3 <= len(digits) <= 4:
            return plain
        paired = _round(digits) if len(digits) == 4 else _pairs(digits)
        return self.chance.choice((plain, plain, plain, paired, plain, _double(digits, self._zero)))

    @cached_property
    def _end(self) -> tuple[int, int]:
        """Month and year in which the card ends, the same all through the call."""
        return self.chance.randrange(1, 13), self.chance.randrange(27, 34)

    def _oldlast(self) -> Number:
        """The end of a card that is not used any more."""
        digits = "".join(self.chance.choices("0123456789", k=4))
        return Number("pci.card_part", digits, self._short(digits))

    def _expiry(self) -> Number:
        month, year = self._end
        two, words = f"{month:02d}", forms.below_hundred(year)
        ways: tuple[str, ...]
        if self._is_spanish:
            mes, last = MESES[month - 1], forms.par(str(year))
            ways = (
                f"{forms.par(two)} {last}",
                f"{mes} {last}",
                f"{mes} del dos mil {last}",
                f"el {forms.par(two)} del {last}",
                f"{forms.par(two)}, dos mil {last}",
            )
        else:
            name, plain = MONTHS[month - 1], forms.below_hundred(month)
            ways = (
                f"{forms.pair(two)} {words}",
                f"{forms.pair(two)} of {words}",
                f"{plain} of {words}",
                f"{plain}, {words}",
                f"{name}, {words}",
                f"{name} two thousand {words}",
                f"{name} of twenty {words}",
                f"{plain} twenty {words}",
                f"{forms.digits_in_words(f'{two}{year}', 'oh')}",
                f"{forms.pair(two, 'zero')} {words}",
                f"{forms.pair(two)}, that's {name}, twenty {words}",
                f"month {forms.pair(two)}, year {words}",
                f"{plain} slash {words}",
            )
        return Number("pci.expiry", f"{two}/{year}", self.chance.choice(ways))

    # Telephone and e-mail.

    def _phone(self) -> Number:
        parts = forms.chunks(self.phone, (3, 3, 4))
        first, second, last = (self._in_words(part) for part in parts)
        ways: tuple[str, ...]
        if self._is_spanish:
            ways = (f"{first}, {second}, {last}", f"{first}, {second}, {_pares(parts[2])}")
        else:
            ways = (
                f"{first}, {second}, {last}",
                f"{first} {second} {last}",
                f"{first}, {second} {last}",
                f"{first}. {second}. {last}",
                f"{first}, {second}, {_round(parts[2])}",
                f"{_pairs(parts[0])}, {second}, {last}",
                f"{first}, {_double(parts[1], self._zero)}, {_double(parts[2], self._zero)}",
            )
        return Number("phone", self.phone, self.chance.choice(ways))

    def _phone_back(self) -> Number:
        """The same telephone number as it is read back."""
        return self._parts_of_phone(self.phone, 3, 3, 4)

    def _abroad(self, first: str, more: int, *sizes: int) -> Number:
        digits = first + "".join(self.chance.choices("0123456789", k=more))
        parts = forms.chunks(digits, sizes)
        plain = ", ".join(forms.digits_in_words(part, self._zero) for part in parts)
        doubled = ", ".join(_double(part, "oh") for part in parts)
        return Number("phone", digits, self.chance.choice((plain, doubled)))

    def _phone_uk(self) -> Number:
        return self._abroad("07", 9, *self.chance.choice(((5, 3, 3), (5, 2, 2, 2), (3, 4, 4), (5, 6))))

    def _phone_land(self) -> Number:
        """A landline of Britain."""
        return self._abroad("01", 9, *self.chance.choice(((5, 6), (5, 3, 3), (4, 3, 4))))

    def _phone_india(self) -> Number:
        return self._abroad(self.chance.choice("6789"), 9, *self.chance.choice(((5, 5), (3, 3, 4), (2,))))

    def _phone_australia(self) -> Number:
        return self._abroad("04", 8, *self.chance.choice(((4, 3, 3), (4, 6))))

    def _mailbox(self) -> Mailbox:
        spanish = self._is_spanish
        hosts = HOSTS["spanish" if spanish else ""]
        host, number = self.chance.choice(tuple(hosts)), self.chance.randrange(12, 99)
        said_first, said_last = self.first.lower(), self.last.lower()
        first, last = said_first.translate(PLAIN_LETTERS), said_last.translate(PLAIN_LETTERS)
        ways: tuple[tuple[str, str], ...]
        if spanish:
            two = forms.par(str(number))
            ways = (
                (f"{first}.{last}", f"{said_first} punto {said_last}"),
                (f"{last}.{first}", f"{said_last} punto {said_first}"),
                (f"{first}{last}", f"{said_first} {said_last} todo junto"),
                (f"{first}{number}", f"{said_first} {two}"),
                (f"{first}_{number}", f"{said_first} guion bajo {two}"),
                (f"{last}{number}", f"{said_last} {self._in_words(str(number))}"),
            )
        else:
            two, middle = forms.below_hundred(number), self.chance.choice("JMRTLA")
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{first}{last}", f"{first} {last}, all one word,"),
                (f"{first}{last}", f"{first} {last}"),
                (f"{first}.{middle.lower()}.{last}", f"{first} dot {middle} dot {last}"),
                (f"{first}{middle.lower()}{last}", f"{first} {middle} {last}"),
                (f"{first[0]}{last}{number}", f"{self.first[0]} {last} {two}"),
                (f"{last}.{first[0]}", f"{last} dot {self.first[0]}"),
                (f"{first}-{last}", f"{first} dash {last}"),
                (f"{first}_{last}", f"{first} underscore {last}"),
                (f"{first}{number}", f"{first} {forms.digits_in_words(str(number))}"),
                (f"{last}{number}", f"{last} {two}"),
                (f"{last}{first}", f"{last} {first}"),
                (f"{last}household", f"{last} household"),
                (f"soccermom{number}", f"soccer mom {two}"),
                (f"oldtruck{number}", f"old truck {two}"),
                (f"gardenlady{number}", f"garden lady {two}"),
                (f"{first}sbakery", f"{first} s bakery"),
                (f"mrs{last}", f"mrs {last}"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    def _email_user(self) -> Number:
        return Number("pii.email", self.mailbox.user, self.mailbox.said.rstrip(","))

    def _email_in(self, country: str) -> Number:
        hosts = HOSTS[country]
        if self.mailbox.host not in hosts:
            host = self.chance.choice(tuple(hosts))
            self.mailbox = Mailbox(self.mailbox.user, self.mailbox.said, host, hosts[host])
        return self._email()

    def _email_uk(self) -> Number:
        return self._email_in("uk")

    def _email_canada(self) -> Number:
        return self._email_in("canada")

    def _email_australia(self) -> Number:
        return self._email_in("australia")

    def _email_india(self) -> Number:
        return self._email_in("india")

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

    def _last_first(self) -> Number:
        """As on a form: the last name before the first."""
        return Number("pii.name", f"{self.last} {self.first}", f"{self.last}, {self.first}")

    def _letters(self, word: str) -> str:
        return super()._letters(word.replace("ñ", "n").replace("Á", "A").replace("Ó", "O"))

    def _with_words(self, word: str) -> str:
        link = self.chance.choice(("like", "as in", "for"))
        return ", ".join(f"{letter.upper()} {link} {SPELLERS[letter]}" for letter in word.lower())

    def _spelled_for(self) -> Number:
        return Number("pii.name", self.last, self._with_words(self.last))

    def _house_number(self) -> tuple[str, str]:
        """In digits and as it is said."""
        house = str(self.chance.choice((*self.chance.sample(range(101, 9_990), k=3), self.chance.randrange(12, 99))))
        if len(house) == 2:
            return house, forms.below_hundred(int(house))
        return house, self.chance.choice((_round(house), _round(house), forms.digits_in_words(house, self._zero)))

    def _address(self) -> Number:
        if self._is_spanish:
            house, street, city = (
                self.chance.randrange(11, 99),
                self.chance.choice(CALLES),
                self.chance.choice(CIUDADES),
            )
            more = self.chance.choice(("", "", ", segundo be", ", piso cuatro"))
            said = f"{street} {self.chance.choice(('', 'número '))}{forms.par(str(house))}{more}"
            return Number("pii.address", f"{street} {house} {city}", f"{said}, {self.chance.choice(('', 'en '))}{city}")
        (house_number, said), unit = self._house_number(), forms.below_hundred(self.chance.randrange(2, 30))
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        flat = self.chance.choice(("", "", "", f", apartment {unit}", f", number {unit}", ", apartment B"))
        place = self.chance.choice((f", {city}", f" in {city}", f" here in {city}", f", {city}"))
        return Number("pii.address", f"{house_number} {street} {city}", f"{said} {street}{flat}{place}")

    def _street(self) -> Number:
        """Without a city."""
        (house, said), street = self._house_number(), self.chance.choice(STREETS)
        return Number("pii.address", f"{house} {street}", f"{said} {street}")

    def _address_in(self, country: str) -> Number:
        house = self.chance.randrange(3, 99)
        street, city = self.chance.choice(STREETS_ELSEWHERE[country]), self.chance.choice(CITIES_ELSEWHERE[country])
        return Number("pii.address", f"{house} {street} {city}", f"{forms.below_hundred(house)} {street}, {city}")

    def _address_uk(self) -> Number:
        return self._address_in("uk")

    def _address_canada(self) -> Number:
        return self._address_in("canada")

    def _address_australia(self) -> Number:
        return self._address_in("australia")

    def _postcode(self) -> Number:
        """Of Britain."""
        area, first, second = (
            self.chance.choice(("DE", "NR", "SK", "CF", "IP", "LS")),
            self.chance.randrange(1, 20),
            self.chance.randrange(1, 9),
        )
        letters = "".join(self.chance.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        said = f"{' '.join(area)} {forms.below_hundred(first)}, {forms.ONES[second]} {' '.join(letters)}"
        return Number("pii.address", f"{area}{first} {second}{letters}", said)

    def _dob(self) -> Number:
        day, month, year = self.chance.randrange(1, 29), self.chance.randrange(12), self.chance.randrange(38, 100)
        value = f"{MONTHS[month]} {day} 19{year}"
        if self._is_spanish:
            said = forms.par(f"{day:02d}").removeprefix("cero ")
            age = self.chance.choice(("de mil novecientos", "del", "de mil novecientos"))
            return Number("dob", value, f"{said} de {MESES[month]} {age} {forms.par(str(year))}")
        name, two = MONTHS[month], forms.below_hundred(year)
        plain = forms.below_hundred(day)
        ways = (
            f"{name} {DAYS[day - 1]}, nineteen {two}",
            f"{name} {DAYS[day - 1]} of {two}",
            f"{name} {plain} nineteen {two}",
            f"{name} {DAYS[day - 1]} {two}",
            f"{forms.below_hundred(month + 1)}, {plain}, {two}",
            f"{forms.below_hundred(month + 1)} {plain} nineteen {two}",
            f"{forms.pair(f'{month + 1:02d}')}, {forms.pair(f'{day:02d}')}, {two}",
            f"{forms.below_hundred(month + 1)}, the {DAYS[day - 1]}, nineteen {two}",
        )
        return Number("dob", value, self.chance.choice(ways))

    def _dob_young(self) -> Number:
        """Of a child."""
        day, name, year = self.chance.randrange(1, 29), self.chance.choice(MONTHS), self.chance.randrange(10, 25)
        said = f"{name} {DAYS[day - 1]}, twenty {forms.below_hundred(year)}"
        return Number("dob", f"{name} {day} 20{year}", said)

    def _dob_day_first(self) -> Number:
        day, month, year = self.chance.randrange(1, 29), self.chance.randrange(12), self.chance.randrange(38, 100)
        name, two = MONTHS[month], forms.below_hundred(year)
        ways = (
            f"the {DAYS[day - 1]} of {name} {two}",
            f"{DAYS[day - 1]} of {name} nineteen {two}",
            f"{DAYS[day - 1]} of the {DAYS[month]}, {two}",
            f"{forms.below_hundred(day)} {name} {two}",
        )
        return Number("dob", f"{name} {day} 19{year}", self.chance.choice(ways))

    def _account(self) -> Number:
        digits = "".join(self.chance.choices("0123456789", k=self.chance.choice((7, 8, 9, 10))))
        parts = forms.chunks(digits, self.chance.choice(((4,), (3,), (10,), (2, 3, 3))))
        return Number("account_number", digits, ", ".join(map(self._in_words, parts)))

    def _member(self) -> Number:
        letters = "".join(self.chance.choices("BCDFHKLMPRTX", k=self.chance.choice((1, 2, 3))))
        digits = "".join(self.chance.choices("0123456789", k=self.chance.choice((6, 7, 9))))
        said = self._letters(letters) if self._is_spanish else " ".join(letters)
        return Number(
            "account_number", letters + digits, ", ".join((said, *map(self._in_words, (digits[:3], digits[3:]))))
        )

    # Ordinary numbers.

    def _date(self) -> Number:
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        value, name = f"{MONTHS[month]} {day}", MONTHS[month]
        if self._is_spanish:
            return Number("date", value, f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]}")
        ways = (f"{name} {DAYS[day - 1]}", f"{name} {forms.below_hundred(day)}", f"the {DAYS[day - 1]} of {name}")
        return Number("date", value, self.chance.choice(ways))

    def _large(self) -> Number:
        """An amount in hundreds of dollars."""
        hundreds, more = self.chance.randrange(1, 10), self.chance.randrange(10, 99)
        if self._is_spanish:
            return Number("money", f"1{more}", f"ciento {forms.par(str(more))} dólares")
        said = self.chance.choice(("{} {} dollars", "{} hundred {} dollars", "{} hundred and {} dollars"))
        return Number("money", f"{hundreds}{more}", said.format(forms.ONES[hundreds], forms.below_hundred(more)))

    def _pounds(self) -> Number:
        pounds, pence = self.chance.randrange(11, 99), self.chance.choice((0, 20, 50, 95))
        said = f"{forms.below_hundred(pounds)} pounds{f' and {forms.below_hundred(pence)} pence' if pence else ''}"
        return Number("money", f"{pounds}.{pence:02d}", said)

    def _rupees(self) -> Number:
        many, more = self.chance.randrange(2, 10), self.chance.randrange(1, 9)
        return Number("money", f"{many}{more}00", f"{forms.ONES[many]} thousand {forms.ONES[more]} hundred rupees")

    def _euros(self) -> Number:
        whole = self.chance.choice([many for many in range(14, 100) if many % 10 != 1])
        return Number("money", str(whole), f"{forms.par(str(whole))} euros")

    def _pesos(self) -> Number:
        hundreds, more = self.chance.choice((2, 3, 4, 6, 8)), self.chance.randrange(32, 99)
        word = {2: "dos", 3: "tres", 4: "cuatro", 6: "seis", 8: "ocho"}[hundreds]
        return Number("money", f"{hundreds}{more}", f"{word}cientos {forms.par(str(more))} pesos")

    def _percent(self) -> Number:
        part = self.chance.choice((5, 8, 10, 15, 20, 40))
        said = f"{forms.below_hundred(part)} percent"
        if self._is_spanish:
            said = f"{forms.par(f'{part:02d}').removeprefix('cero ')} por ciento"
        return Number("percent", str(part), said)
