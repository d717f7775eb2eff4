"""Details and numbers of one call of the ninth unseen author: other people, streets and habits of speech."""

from __future__ import annotations

import random
from functools import cached_property

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, Number
from benchmarks.redaction_unseen_details import UnseenDetails
from benchmarks.spoken_forms import Form

FIRST_NAMES = (
    *(
        "Tamara",
        "Russell",
        "Bridget",
        "Curtis",
        "Maureen",
        "Desmond",
        "Paige",
        "Gilbert",
        "Noreen",
        "Travis",
        "Celeste",
    ),
    *("Howard", "Kayla", "Nathan", "Eileen", "Rashad", "Gwen", "Stuart", "Monique", "Leroy", "Hannah", "Vernon"),
    *("Deepa", "Rajesh", "Callum", "Heather", "Duncan", "Imogen", "Spencer", "Lorraine"),
)
LAST_NAMES = (
    *("Hargrove", "Castellano", "Whitfield", "Mahoney", "Petrov", "Sinclair", "Boudreaux", "Garrison", "Nakamura"),
    *("Thornton", "Villarreal", "Kessler", "Ashworth", "Banerjee", "Dempsey", "Strickland", "Olsen", "Prescott"),
    *("Tillman", "Wojcik", "Blackwell", "Fitzgerald", "Adeyemi", "Crawford", "Shepherd", "Rossi", "Langley", "Meyer"),
)
HERS = ("Pearl", "Isabel", "Mabel", "Jasmine", "Audrey", "Lily", "Claudia")
HIS = ("Ray", "Theodore", "Mason", "Franklin", "Andre", "Jasper", "Hugh")
"""Relatives of the caller."""
AGENTS = (
    *("Denise", "Marvin", "Latoya", "Greg", "Bianca", "Sean", "Carmen", "Todd", "Yolanda", "Ravi", "Melissa"),
    *("Patrick", "Jenna", "Isaac", "Gloria", "Simon", "Ashley", "Douglas"),
)
FIRST_NAMES_IN_SPANISH = (
    *("Lorena", "Andrés", "Mercedes", "Emilio", "Natalia", "Ricardo", "Consuelo", "Hugo", "Verónica", "Alfredo"),
)
LAST_NAMES_IN_SPANISH = (
    *("Cordero", "Benítez", "Ochoa", "Galindo", "Valverde", "Trujillo", "Camacho", "Espinosa", "Quintana", "Rosales"),
)
HERS_IN_SPANISH = ("Valeria", "Carmen", "Paula", "Jimena")
HIS_IN_SPANISH = ("Álvaro", "Nicolás", "Sergio", "Manuel")
AGENTS_IN_SPANISH = ("Patricia", "Gustavo", "Rebeca", "Leonardo", "Marisol", "Adrián")
STREETS = (
    *("Chestnut Street", "Fox Hollow Road", "West Third Street", "Meadowbrook Lane", "Jefferson Avenue", "Pine Ridge"),
    *("County Line Road", "Bayview Drive", "Franklin Street", "Orchard Hill Road", "Clover Court", "Magnolia Avenue"),
    *("Northgate Boulevard", "Seventh Avenue", "Sandpiper Lane", "Crestview Drive"),
)
CITIES = (
    *("Tulsa", "Chattanooga", "Duluth", "Fort Wayne", "Savannah", "Topeka", "Lansing", "Santa Rosa", "Erie", "Provo"),
    *("Baton Rouge", "Worcester", "Yuma", "Akron"),
)
STREETS_IN_BRITAIN = (
    *("Bridge Street", "The Grove", "Kings Road", "Manor Close", "Albert Terrace", "Church Lane", "Park View"),
)
TOWNS = {
    **{"Derby": "DE", "Swindon": "SN", "Bolton": "BL", "Exeter": "EX", "Reading": "RG", "Lincoln": "LN"},
    **{"Blackpool": "FY", "Plymouth": "PL"},
}
"""With the letters that their postcodes begin with."""
STREETS_IN_CANADA = ("Dundas Street East", "Elgin Avenue", "Whyte Avenue", "Spadina Road", "Lakeshore Drive")
CITIES_IN_CANADA = ("Winnipeg", "Kingston", "Calgary", "Saskatoon", "Victoria")
STREETS_IN_AUSTRALIA = ("Acacia Avenue", "Bourke Street", "Kookaburra Drive", "Beach Road")
CITIES_IN_AUSTRALIA = ("Ballarat", "Newcastle", "Townsville", "Fremantle")
CALLES = (
    *("calle Cedro", "avenida Insurgentes", "calle Benito Juárez", "calle Alcalá", "avenida de la Paz", "calle Real"),
)
CIUDADES = ("Phoenix", "Granada", "Puebla", "Alicante", "Laredo", "Tampa", "Oviedo")
CIENTOS = {2: "doscientos", 3: "trescientos", 5: "quinientos", 6: "seiscientos", 8: "ochocientos"}
HOSTS = {
    **{"gmail.com": "gmail dot com", "yahoo.com": "yahoo dot com", "outlook.com": "outlook dot com"},
    **{"icloud.com": "i cloud dot com", "hotmail.com": "hotmail dot com", "msn.com": "m s n dot com"},
    **{"cox.net": "cox dot net", "verizon.net": "verizon dot net", "fastmail.com": "fast mail dot com"},
    **{"me.com": "me dot com", "earthlink.net": "earth link dot net", "frontier.com": "frontier dot com"},
    **{"redbarnfeed.com": "red barn feed dot com", "harborlaw.org": "harbor law dot org"},
    **{"asu.edu": "a s u dot e d u", "mail.com": "mail dot com"},
}
HOSTS_ELSEWHERE = {
    "uk": {
        **{"gmail.com": "gmail dot com", "hotmail.co.uk": "hotmail dot co dot u k", "aol.com": "a o l dot com"},
        **{"btinternet.com": "b t internet dot com", "talktalk.net": "talk talk dot net"},
    },
    "canada": {
        **{"gmail.com": "gmail dot com", "rogers.com": "rogers dot com", "shaw.ca": "shaw dot c a"},
        **{"yahoo.ca": "yahoo dot c a"},
    },
    "australia": {
        **{
            "gmail.com": "gmail dot com",
            "bigpond.com": "big pond dot com",
            "optusnet.com.au": "optus net dot com dot au",
        },
    },
    "india": {
        "gmail.com": "gmail dot com",
        "rediffmail.com": "rediff mail dot com",
        "yahoo.co.in": "yahoo dot co dot in",
    },
}
HOSTS_IN_SPANISH = {
    **{
        "gmail.com": "gmail punto com",
        "hotmail.com": "hotmail punto com",
        "yahoo.com.mx": "yahoo punto com punto eme equis",
    },
    **{"outlook.es": "outlook punto es", "icloud.com": "i cloud punto com"},
}
DAYS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    *("twentieth", "twenty first", "twenty second", "twenty third", "twenty fourth", "twenty fifth", "twenty sixth"),
    *("twenty seventh", "twenty eighth"),
)
SPELLERS = {
    **{"a": "alpha", "b": "bravo", "c": "Charlie", "d": "delta", "e": "echo", "f": "Frank", "g": "golf", "h": "hotel"},
    **{"i": "igloo", "j": "Juliet", "k": "kite", "l": "Lima", "m": "mother", "n": "November", "o": "orange"},
    **{"p": "Papa", "q": "queen", "r": "Roger", "s": "sugar", "t": "tango", "u": "uniform", "v": "violet"},
    **{"w": "water", "x": "xray", "y": "yankee", "z": "zebra"},
}
PLAIN_LETTERS = str.maketrans("áéíóúÁ", "aeioua")


def _groups(digits: str) -> list[str]:
    return forms.chunks(digits, forms.natural_sizes(digits))


def _twos(part: str, between: str = " ") -> str:
    """In pairs; of an odd length the first digit stands alone."""
    head = [forms.ONES[int(part[0])]] if len(part) % 2 else []
    return between.join([*head, *(forms.pair(two) for two in forms.chunks(part[len(part) % 2 :], (2,)))])


def _rounded(part: str, zero: str) -> str:
    """`4100` as "forty one hundred", `3000` as "three thousand", all else digit by digit."""
    if len(part) == 4 and part[0] != "0" and part.endswith("000"):
        return f"{forms.ONES[int(part[0])]} thousand"
    if len(part) == 4 and part[0] != "0" and part.endswith("00"):
        return f"{forms.below_hundred(int(part[:2]))} hundred"
    return forms.digits_in_words(part, zero)


def _alike(part: str, zero: str) -> str:
    """Two alike as "double four", three as "triple four"."""
    words: list[str] = []
    at = 0
    while at < len(part):
        run = next(many for many in (3, 2, 1) if part[at : at + many] == part[at] * many)
        words += [
            *({3: ["triple"], 2: ["double"]}.get(run, [])),
            zero if part[at] == "0" else forms.ONES[int(part[at])],
        ]
        at += run
    return " ".join(words)


def _ending(digits: str, chance: random.Random) -> str:
    """The last group is announced."""
    *groups, last = (forms.digits_in_words(part, "oh") for part in _groups(digits))
    words = ("and ending in", "and then the last bit is", "and lastly", "and it ends with")
    return ", ".join([*groups, f"{chance.choice(words)} {last}"])


def _repeating(digits: str, chance: random.Random) -> str:
    """One group is said twice running."""
    said = [forms.digits_in_words(part, "oh") for part in _groups(digits)]
    at = chance.randrange(len(said))
    said[at] = f"{said[at]}, {said[at]}"
    return ", ".join(said)


def _slow_start(digits: str, _: random.Random) -> str:
    """The first group digit by digit, then faster."""
    first, *rest = (forms.digits_in_words(part) for part in _groups(digits))
    return ", ".join([first.replace(" ", ", "), *rest])


def _stopping(digits: str, chance: random.Random) -> str:
    """A pause for thought inside a group."""
    said = [forms.digits_in_words(part, "oh").split() for part in _groups(digits)]
    at = chance.randrange(len(said))
    middle = len(said[at]) // 2
    said[at] = [*said[at][:middle], f", {chance.choice(('uh', 'um', 'is that a', 'hmm'))},", *said[at][middle:]]
    return ", ".join(" ".join(words) for words in said).replace(" ,", ",")


def _short_of_one(digits: str, chance: random.Random) -> str:
    """A group that is begun, broken off, and said from its beginning."""
    groups = _groups(digits)
    at = chance.randrange(len(groups))
    said = [forms.digits_in_words(part) for part in groups]
    word = chance.choice(("no", "sorry", "oops", "let me do that again", "wait"))
    said[at] = f"{forms.digits_in_words(groups[at][:-1])}, {word}, {said[at]}"
    return ", ".join(said)


def _halves(digits: str, _: random.Random) -> str:
    """Two long breaths."""
    half = (len(digits) + 1) // 2
    return ", ".join(forms.digits_in_words(part, "oh") for part in (digits[:half], digits[half:]))


def _twos_apart(digits: str, _: random.Random) -> str:
    return ", ".join(_twos(part, ", ") for part in _groups(digits))


def _rounding(digits: str, chance: random.Random) -> str:
    zero = chance.choice(("oh", "zero"))
    return ", ".join(_rounded(part, zero) for part in _groups(digits))


def _twins(digits: str, _: random.Random) -> str:
    return ", ".join(_alike(part, "oh") for part in _groups(digits))


def _mixed(digits: str, chance: random.Random) -> str:
    """Some groups in pairs, others not."""
    said = [chance.choice((_twos(part), forms.digits_in_words(part, "oh"))) for part in _groups(digits)]
    return ", ".join(said)


def _and_between(digits: str, _: random.Random) -> str:
    """A stop after each group, as if it were written down."""
    return ". ".join(forms.digits_in_words(part) for part in _groups(digits))


def _cifra_a_cifra(part: str) -> str:
    return " ".join(forms.UNOS[int(digit)] for digit in part)


def _a_pares(part: str) -> str:
    """In pairs; of an odd length the first digit stands alone."""
    head = [forms.UNOS[int(part[0])]] if len(part) % 2 else []
    return " ".join([*head, *(forms.par(two) for two in forms.chunks(part[len(part) % 2 :], (2,)))])


def _repite(digits: str, chance: random.Random) -> str:
    said = [_cifra_a_cifra(part) for part in _groups(digits)]
    at = chance.randrange(len(said))
    said[at] = f"{said[at]}, repito, {said[at]}"
    return ", ".join(said)


def _a_medias(digits: str, chance: random.Random) -> str:
    """A group that is begun, broken off, and said from its beginning."""
    groups = _groups(digits)
    at = chance.randrange(len(groups))
    said = [_cifra_a_cifra(part) for part in groups]
    word = chance.choice(("no, perdone", "espere", "ay, no", "mejor dicho"))
    said[at] = f"{_cifra_a_cifra(groups[at][:-1])}, {word}, {said[at]}"
    return ", ".join(said)


def _luego(digits: str, chance: random.Random) -> str:
    first, *rest = (_cifra_a_cifra(part) for part in _groups(digits))
    words = ("luego", "después", "", "y", "")
    return ", ".join([first, *(f"{chance.choice(words)} {part}".strip() for part in rest)])


def _al_final(digits: str, _: random.Random) -> str:
    *groups, last = _groups(digits)
    return ", ".join([*map(_cifra_a_cifra, groups), f"y al final {_a_pares(last)}"])


CARDS: tuple[Form, ...] = (
    *(forms.by_groups_with_oh, forms.by_groups, _ending, forms.flowing, forms.by_groups, _repeating, _mixed),
    *(forms.by_groups_with_oh, forms.flowing_with_oh, _stopping, forms.in_pairs, forms.by_groups, _slow_start),
    *(forms.by_groups, _short_of_one, _twins, forms.by_groups_with_oh, _halves, _rounding, forms.by_groups),
    *(_and_between, _twos_apart, forms.by_groups_with_oh),
)
SOCIALS: tuple[Form, ...] = (
    *(forms.by_groups_with_oh, forms.by_groups, _repeating, forms.flowing, forms.by_groups_with_oh, _mixed),
    *(_short_of_one, forms.by_groups, forms.flowing_with_oh, _stopping, forms.dashed, _ending, _and_between),
)
TARJETAS: tuple[Form, ...] = (forms.cifras, _luego, forms.pares, _repite, forms.cifras, _a_medias, _al_final)


class NinthDetails(UnseenDetails):
    """As UnseenDetails, with named agents, relatives, and addresses and telephones of several countries."""

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
        if name in {"card_read", "ssn_read"}:
            plain = forms.cifras if self._is_spanish else forms.by_groups
            value = self.card if name == "card_read" else self.social
            return Number("pci.card" if name == "card_read" else "ssn", value, plain(value, self.chance))
        if name == "card":
            ways = TARJETAS if self._is_spanish else CARDS
            return Number("pci.card", self.card, ways[self.turn % len(ways)](self.card, self.chance))
        if name == "ssn":
            return Number("ssn", self.social, SOCIALS[self.turn % len(SOCIALS)](self.social, self.chance))
        return super()._secret(name)

    def _short(self, digits: str) -> str:
        """A group, a code, or the end of a number."""
        if self._is_spanish:
            two = len(digits) == 4 and self.chance.random() < 0.3
            return _a_pares(digits) if two else _cifra_a_cifra(digits)
        plain = forms.digits_in_words(digits, self._zero)
        if len(digits) not in {3, 4}:
            return plain
        slow = plain.replace(" ", ", ")
        rounded = _rounded(digits, self._zero)
        return self.chance.choice((plain, plain, plain, slow, rounded, _twos(digits), _alike(digits, self._zero)))

    @cached_property
    def _valid_until(self) -> tuple[int, int]:
        """Month and year of the card, the same whenever they are said again."""
        return self.chance.randrange(1, 13), self.chance.randrange(27, 33)

    @cached_property
    def _code(self) -> str:
        return "".join(self.chance.choices("0123456789", k=4 if len(self.card) == 15 else 3))

    def _cvv(self) -> Number:
        return Number("pci.cvv", self._code, self._short(self._code))

    def _expiry(self) -> Number:
        month, year = self._valid_until
        two = f"{month:02d}"
        ways: tuple[str, ...]
        if self._is_spanish:
            mes, last = MESES[month - 1], forms.par(str(year))
            ways = (
                f"{forms.par(two)} {last}",
                f"{forms.par(two)}, {last}",
                f"{mes} de {last}",
                f"{mes} de dos mil {last}",
                f"{forms.par(two)} barra {last}",
                f"{mes} del {last}",
            )
        else:
            name, plain, last = MONTHS[month - 1], forms.below_hundred(month), forms.below_hundred(year)
            ways = (
                f"{forms.pair(two)} {last}",
                f"{forms.pair(two)} {last}",
                f"{forms.pair(two)}, twenty {last}",
                f"{forms.pair(two, 'zero')}, {last}",
                f"{plain} {last}",
                f"{plain} slash {last}",
                f"{plain}, {last}",
                f"{plain} twenty {last}",
                f"{name} twenty {last}",
                f"{name} of {last}",
                f"{name} {last}",
                f"{name}, year {last}",
                f"{name}, so {forms.pair(two)}, {last}",
                f"{plain}, um, {last}",
                f"the {DAYS[month - 1]} month of twenty {last}",
                f"{forms.digits_in_words(two, 'oh')}, {forms.digits_in_words(str(year))}",
            )
        return Number("pci.expiry", f"{two}/{year}", self.chance.choice(ways))

    def _oldlast(self) -> Number:
        """The end of a card that is not the one of this call."""
        digits = "".join(self.chance.choices("0123456789", k=4))
        return Number("pci.card_part", digits, self._short(digits))

    # Telephone and e-mail.

    def _phone(self) -> Number:
        area, middle, last = forms.chunks(self.phone, (3, 3, 4))
        first, second, third = map(self._in_words, (area, middle, last))
        if self._is_spanish:
            ways: tuple[str, ...] = (
                f"{first}, {second}, {third}",
                f"{first}, {second}, {_a_pares(last)}",
                f"{first} {second} {third}",
            )
        else:
            ways = (
                f"{first}, {second}, {third}",
                f"{first}, {second}, {third}",
                f"{first} {second} {third}",
                f"{first}, {second} {third}",
                f"{first}, that's the area code, {second}, {third}",
                f"area code {first}, then {second}, {third}",
                f"{first}, {second}, {_rounded(last, self._zero)}",
                f"{first}, {second}, {_twos(last)}",
                f"{first}, {second}, {third.replace(' ', ', ')}",
                f"{first}, {_alike(middle, self._zero)}, {_alike(last, self._zero)}",
                f"{first}, um, {second}, {third}",
                f"one, {first}, {second}, {third}",
            )
        said = self.chance.choice(ways)
        return Number("phone", f"1{self.phone}" if said.startswith("one, ") else self.phone, said)

    def _phone_read(self) -> Number:
        """As an agent reads it back."""
        return self._parts_of_phone(self.phone, 3, 3, 4)

    def _elsewhere(self, first: str, more: int, *sizes: int) -> Number:
        digits = first + "".join(self.chance.choices("0123456789", k=more))
        parts = forms.chunks(digits, sizes)
        zero = self.chance.choice(("oh", "oh", "zero"))
        plain = ", ".join(forms.digits_in_words(part, zero) for part in parts)
        alike = ", ".join(_alike(part, zero) for part in parts)
        return Number("phone", digits, self.chance.choice((plain, alike)))

    def _phone_uk(self) -> Number:
        return self._elsewhere("07", 9, *self.chance.choice(((5, 3, 3), (5, 6), (4, 3, 4), (5, 2, 2, 2), (3, 4, 4))))

    def _phone_land(self) -> Number:
        """A landline of Britain."""
        return self._elsewhere("01", 9, *self.chance.choice(((5, 6), (4, 3, 4), (5, 3, 3))))

    def _phone_india(self) -> Number:
        return self._elsewhere(self.chance.choice("789"), 9, *self.chance.choice(((5,), (3, 3, 4), (4, 3, 3))))

    def _phone_australia(self) -> Number:
        return self._elsewhere("04", 8, *self.chance.choice(((4, 3, 3), (4, 6), (2, 4, 4))))

    def _mailbox(self) -> Mailbox:
        spanish = self._is_spanish
        hosts = HOSTS_IN_SPANISH if spanish else HOSTS
        host = self.chance.choice(tuple(hosts))
        number, year = self.chance.randrange(11, 99), self.chance.randrange(60, 99)
        said_first, said_last = self.first.lower(), self.last.lower()
        first, last = said_first.translate(PLAIN_LETTERS), said_last.translate(PLAIN_LETTERS)
        ways: tuple[tuple[str, str], ...]
        if spanish:
            ways = (
                (f"{first}.{last}", f"{said_first} punto {said_last}"),
                (f"{first}_{last}", f"{said_first} guion bajo {said_last}"),
                (f"{last}{first}", f"{said_last} {said_first}, todo junto,"),
                (f"{first}{number}", f"{said_first} {forms.par(str(number))}"),
                (f"{first}.{last}{year}", f"{said_first} punto {said_last} {forms.par(str(year))}"),
                (f"familia{last}", f"familia {said_last}"),
                (f"{last}{number}", f"{said_last} {_cifra_a_cifra(str(number))}"),
            )
        else:
            two, digit = forms.below_hundred(number), str(number % 9 + 1)
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{first}.{last}", f"{first}, dot, {last}"),
                (f"{first}{last}", f"{first} {last}, no spaces,"),
                (f"{first}{last}", f"{first} {last}"),
                (f"{first}{last}{number}", f"{first} {last} {two}"),
                (f"{first}{year}", f"{first} {forms.digits_in_words(str(year))}"),
                (f"{first[0]}{last}", f"{first[0]} {last}"),
                (f"{first[0]}.{last}", f"{first[0]} dot {last}"),
                (f"{first[0]}{last}{digit}", f"{first[0]} as in {first}, {last}, number {forms.ONES[int(digit)]}"),
                (f"{first}_{last}", f"{first} underscore {last}"),
                (f"{last}-{first}", f"{last} dash {first}"),
                (f"{last}.{first}", f"{last} dot {first}"),
                (f"{last}{number}", f"{last} {two}"),
                (f"team{last}", f"team {last}"),
                (f"{first}loveshorses", f"{first} loves horses"),
                (f"purplerain{number}", f"purple rain {two}"),
                (f"lakehouse{year}", f"lake house {forms.below_hundred(year)}"),
                (f"coach{last}", f"coach {last}"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    def _email(self) -> Number:
        box = self.mailbox
        at = "arroba" if self._is_spanish else "at"
        return Number("pii.email", f"{box.user}@{box.host}", f"{box.said} {at} {box.host_said}")

    def _email_user(self) -> Number:
        return Number("pii.email", self.mailbox.user, self.mailbox.said.rstrip(","))

    def _move(self, country: str) -> Number:
        hosts = HOSTS_ELSEWHERE[country]
        if self.mailbox.host not in hosts:
            host = self.chance.choice(tuple(hosts))
            self.mailbox = Mailbox(self.mailbox.user, self.mailbox.said, host, hosts[host])
        return self._email()

    def _email_uk(self) -> Number:
        return self._move("uk")

    def _email_canada(self) -> Number:
        return self._move("canada")

    def _email_australia(self) -> Number:
        return self._move("australia")

    def _email_india(self) -> Number:
        return self._move("india")

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

    def _spelled_for(self) -> Number:
        """The last name with a word for each letter."""
        said = ", ".join(f"{letter.upper()} for {SPELLERS[letter]}" for letter in self.last.lower())
        return Number("pii.name", self.last, said)

    def _address(self) -> Number:
        if self._is_spanish:
            house = str(self.chance.randrange(11, 99))
            street, city = self.chance.choice(CALLES), self.chance.choice(CIUDADES)
            number = self.chance.choice(
                (forms.par(house), f"número {forms.par(house)}", f"{forms.par(house)}, segundo piso")
            )
            return Number("pii.address", f"{street} {house} {city}", f"{street} {number}, {city}")
        house = str(self.chance.choice((self.chance.randrange(11, 99), *self.chance.sample(range(101, 9_990), k=3))))
        said = _twos(house)
        if len(house) > 2:
            said = self.chance.choice((said, said, _rounded(house, "oh")))
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        unit = forms.below_hundred(self.chance.randrange(2, 40))
        flat = self.chance.choice(("", "", "", "", f", unit {unit}", f", apartment {unit}", f", lot {unit}"))
        link = self.chance.choice((", ", ", ", ", that's in ", ", in "))
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}{flat}{link}{city}")

    def _street(self) -> Number:
        """Without a city."""
        house, street = str(self.chance.randrange(101, 9_990)), self.chance.choice(STREETS)
        return Number("pii.address", f"{house} {street}", f"{_twos(house)} {street}")

    def _address_uk(self) -> Number:
        house, street = self.chance.randrange(2, 99), self.chance.choice(STREETS_IN_BRITAIN)
        town = self.chance.choice(tuple(TOWNS))
        first, second = self.chance.randrange(1, 20), self.chance.randrange(1, 9)
        letters = "".join(self.chance.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        code = f", {' '.join(TOWNS[town])} {forms.below_hundred(first)}, {forms.ONES[second]} {' '.join(letters)}"
        with_code = self.chance.random() < 0.6
        value = f"{house} {street} {town}" + (f" {TOWNS[town]}{first} {second}{letters}" if with_code else "")
        said = f"{forms.below_hundred(house)} {street}, {town}"
        return Number("pii.address", value, said + (code if with_code else ""))

    def _address_canada(self) -> Number:
        house, street = str(self.chance.randrange(101, 2_999)), self.chance.choice(STREETS_IN_CANADA)
        city = self.chance.choice(CITIES_IN_CANADA)
        return Number("pii.address", f"{house} {street} {city}", f"{_twos(house)} {street}, {city}")

    def _address_australia(self) -> Number:
        house, street = self.chance.randrange(3, 99), self.chance.choice(STREETS_IN_AUSTRALIA)
        city = self.chance.choice(CITIES_IN_AUSTRALIA)
        return Number("pii.address", f"{house} {street} {city}", f"{forms.below_hundred(house)} {street}, {city}")

    def _dob(self) -> Number:
        day, month, year = self.chance.randrange(2, 29), self.chance.randrange(12), self.chance.randrange(41, 99)
        value = f"{MONTHS[month]} {day} 19{year}"
        if self._is_spanish:
            said = forms.par(f"{day:02d}").removeprefix("cero ")
            age = self.chance.choice(("de mil novecientos", "del", "de"))
            return Number("dob", value, f"{said} de {MESES[month]} {age} {forms.par(str(year))}")
        name, two = MONTHS[month], forms.below_hundred(year)
        ways = (
            f"{name} {DAYS[day - 1]}, nineteen {two}",
            f"{name} {DAYS[day - 1]}, nineteen {two}",
            f"{name} the {DAYS[day - 1]}, {two}",
            f"{name} {forms.below_hundred(day)}, {two}",
            f"{forms.below_hundred(month + 1)} {forms.below_hundred(day)} {two}",
            f"{forms.below_hundred(month + 1)}, {forms.below_hundred(day)}, {two}",
            f"{forms.below_hundred(month + 1)} {forms.below_hundred(day)}, nineteen {two}",
            f"{forms.pair(f'{month + 1:02d}')} {forms.pair(f'{day:02d}')} nineteen {two}",
            f"the {DAYS[day - 1]} of {name}, nineteen {two}",
        )
        return Number("dob", value, self.chance.choice(ways))

    def _dob_young(self) -> Number:
        """Of a child."""
        day, month, year = self.chance.randrange(2, 29), self.chance.randrange(12), self.chance.randrange(11, 21)
        name = MONTHS[month]
        if self._is_spanish:
            said = (
                f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]} de dos mil {forms.par(str(year))}"
            )
            return Number("dob", f"{name} {day} 20{year}", said)
        link = self.chance.choice((", twenty", " twenty", ", two thousand and"))
        return Number("dob", f"{name} {day} 20{year}", f"{name} {DAYS[day - 1]}{link} {forms.below_hundred(year)}")

    def _dob_day_first(self) -> Number:
        day, month, year = self.chance.randrange(1, 29), self.chance.randrange(12), self.chance.randrange(41, 99)
        name, two = MONTHS[month], forms.below_hundred(year)
        ways = (
            f"the {DAYS[day - 1]} of {name}, nineteen {two}",
            f"{DAYS[day - 1]} of {name} {two}",
            f"{forms.below_hundred(day)} {name} nineteen {two}",
            f"{DAYS[day - 1]} of the {DAYS[month]} {two}",
            f"{forms.pair(f'{day:02d}')} {forms.pair(f'{month + 1:02d}')} {two}",
        )
        return Number("dob", f"{name} {day} 19{year}", self.chance.choice(ways))

    def _account(self) -> Number:
        digits = "".join(self.chance.choices("0123456789", k=self.chance.choice((7, 8, 9, 10))))
        sizes = self.chance.choice(((3,), (4,), (10,), (2, 3), (5,)))
        return Number("account_number", digits, ", ".join(map(self._in_words, forms.chunks(digits, sizes))))

    def _member(self) -> Number:
        letters = "".join(self.chance.choices("BCDFHJLMPRSTX", k=self.chance.choice((1, 2, 3))))
        digits = "".join(self.chance.choices("0123456789", k=self.chance.choice((6, 7, 8))))
        said = self._letters(letters) if self._is_spanish else " ".join(letters)
        return Number("account_number", letters + digits, f"{said}, {self._in_words(digits)}")

    # Numbers of states and banks.

    def _iban(self) -> Number:
        """In Spanish of a bank of Spain."""
        if not self._is_spanish:
            return super()._iban()
        account = "".join(self.chance.choices("0123456789", k=20))
        digits = f"{98 - int(f'{account}142800') % 97:02d}{account}"
        said = ", ".join(map(_cifra_a_cifra, forms.chunks(digits, (2, 4))))
        return Number("national.iban", f"ES{digits}", f"e ese, {said}")

    def _passport(self) -> Number:
        drawn = super()._passport()
        if not self._is_spanish:
            return drawn
        letter, digits = drawn.value[0], drawn.value[1:]
        said = ", ".join(map(_cifra_a_cifra, forms.chunks(digits, (4,))))
        return Number(drawn.type, drawn.value, f"{self._letters(letter)}, {said}")

    def _license(self) -> Number:
        drawn = super()._license()
        if not self._is_spanish:
            return drawn
        letter, digits = drawn.value[0], drawn.value[1:]
        said = ", ".join(map(_cifra_a_cifra, forms.chunks(digits, (3, 4))))
        return Number(drawn.type, drawn.value, f"{self._letters(letter)}, {said}")

    # Ordinary numbers.

    def _date(self) -> Number:
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        said = f"{MONTHS[month]} {self.chance.choice(('', '', 'the '))}{DAYS[day - 1]}"
        if self._is_spanish:
            said = f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]}"
        return Number("date", f"{MONTHS[month]} {day}", said)

    def _date_uk(self) -> Number:
        day, month = self.chance.randrange(2, 29), self.chance.choice(MONTHS)
        return Number("date", f"{month} {day}", f"the {DAYS[day - 1]} of {month}")

    def _money(self) -> Number:
        if not self._is_spanish:
            return super()._money()
        whole = self.chance.choice([many for many in range(14, 100) if many % 10 != 1])
        return Number("money", str(whole), f"{forms.par(str(whole))} dólares")

    def _large(self) -> Number:
        """An amount in hundreds of dollars."""
        if self._is_spanish:
            return self._cientos("dólares")
        hundreds, more = self.chance.randrange(1, 10), self.chance.randrange(10, 99)
        said = f"{forms.ONES[hundreds]} {self.chance.choice(('hundred', 'hundred and', ''))}".strip()
        return Number("money", f"{hundreds}{more}", f"{said} {forms.below_hundred(more)} dollars")

    def _seats(self) -> Number:
        return self._many("seats", "tickets")

    def _boxes(self) -> Number:
        return self._many("boxes", "cases", "packs")

    def _copies(self) -> Number:
        return self._many("copies")

    def _days(self) -> Number:
        """How long something takes."""
        return self._many("business days", "days", most=14)

    def _many(self, *units: str, most: int = 24) -> Number:
        many = self.chance.randrange(3, most + 1)
        return Number("quantity", str(many), f"{forms.below_hundred(many)} {self.chance.choice(units)}")

    def _pounds(self) -> Number:
        pounds, pence = self.chance.randrange(11, 99), self.chance.choice((0, 30, 50, 99))
        more = f" {forms.below_hundred(pence)}" if pence else ""
        return Number("money", f"{pounds}.{pence:02d}", f"{forms.below_hundred(pounds)} pounds{more}")

    def _rupees(self) -> Number:
        many, hundreds = self.chance.randrange(2, 20), self.chance.randrange(1, 9)
        said = f"{forms.below_hundred(many)} thousand {forms.ONES[hundreds]} hundred rupees"
        return Number("money", f"{many}{hundreds}00", said)

    def _euros(self) -> Number:
        whole = self.chance.choice([many for many in range(14, 100) if many % 10 != 1])
        return Number("money", str(whole), f"{forms.par(str(whole))} euros")

    def _pesos(self) -> Number:
        return self._cientos("pesos")

    def _cientos(self, unit: str) -> Number:
        hundreds, more = self.chance.choice(tuple(CIENTOS)), self.chance.choice((20, 30, 45, 60, 78, 90))
        return Number("money", f"{hundreds}{more}", f"{CIENTOS[hundreds]} {forms.par(str(more))} {unit}")

    def _percent(self) -> Number:
        part = self.chance.choice((5, 7, 10, 12, 15, 25, 30))
        said = f"{forms.below_hundred(part)} percent"
        if self._is_spanish:
            said = f"{forms.par(f'{part:02d}').removeprefix('cero ')} por ciento"
        return Number("percent", str(part), said)
