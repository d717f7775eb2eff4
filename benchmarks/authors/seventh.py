"""Details and numbers of one call of the seventh unseen author: other people, streets and habits of speech."""

from __future__ import annotations

import random
from functools import cached_property

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, Number
from benchmarks.redaction_unseen_details import UnseenDetails
from benchmarks.spoken_forms import Form

FIRST_NAMES = (
    *("Yvette", "Dominic", "Rosalind", "Clayton", "Ingrid", "Malcolm", "Tabitha", "Reggie", "Constance", "Dwayne"),
    *("Felicia", "Owen", "Meredith", "Lucas", "Geraldine", "Trevor", "Simone", "Anton", "Colleen", "Bernard"),
    *("Shanice", "Elliot", "Winifred", "Damon", "Kirsten", "Amit", "Lakshmi", "Fiona", "Neil", "Odette"),
)
LAST_NAMES = (
    *("Whitaker", "Maldonado", "Brennan", "Okonkwo", "Sandoval", "Hutchins", "Vandenberg", "Chaudhary", "Pruitt"),
    *("Lindqvist", "Macallister", "Dubois", "Stanton", "Rosenthal", "Ibarra", "Holloway", "Szymanski", "Gibbons"),
    *("Trask", "Kimura", "Beaumont", "Drummond", "Mehta", "Yates", "Espinoza", "Calloway", "Forsyth", "Zimmerman"),
)
HERS = ("Rosie", "Ernestine", "Chloe", "Vivian", "Sharon", "Annabel", "Tess")
HIS = ("Gavin", "Otis", "Preston", "Wesley", "Jamal", "Roberto", "Stan")
"""Relatives of the caller."""
AGENTS = (
    *("Kendra", "Miles", "Alicia", "Tobias", "Janice", "Farah", "Derek", "Moira", "Chad", "Sunita", "Brooke"),
    *("Lionel", "Paulette", "Hank", "Sadie", "Kwame", "Tiffany", "Alan"),
)
FIRST_NAMES_IN_SPANISH = (
    *("Ximena", "Rubén", "Pilar", "Octavio", "Rocío", "Fernando", "Amparo", "Julián", "Teresa", "Gerardo"),
)
LAST_NAMES_IN_SPANISH = (
    *("Villanueva", "Carrasco", "Peralta", "Montes", "Figueroa", "Rivas", "Escobar", "Luján", "Barrera", "Soto"),
)
HERS_IN_SPANISH = ("Abril", "Inés", "Mariana", "Dolores")
HIS_IN_SPANISH = ("Bruno", "Matías", "Ignacio", "Félix")
AGENTS_IN_SPANISH = ("Maribel", "Óscar", "Daniela", "Ramiro", "Susana", "Iván")
STREETS = (
    *("Willow Creek Road", "North Fifth Street", "Juniper Lane", "Stonegate Drive", "Delaware Avenue", "Mill Street"),
    *("Old Post Road", "Cardinal Way", "East Monroe Street", "Pinehurst Court", "Laurel Avenue", "Quarry Road"),
    *("Windmill Circle", "South Main Street", "Hickory Ridge", "Valley View Boulevard"),
)
CITIES = (
    *("Knoxville", "Green Bay", "Spokane", "Amarillo", "Springfield", "Macon", "Peoria", "Bakersfield", "Scranton"),
    *("Eugene", "Little Rock", "Wichita", "Mobile", "Reno"),
)
STREETS_IN_BRITAIN = (
    *("Station Road", "Victoria Street", "Orchard Close", "The Crescent", "Mill Lane", "Queens Drive", "Chapel Street"),
)
TOWNS = {
    **{"Norwich": "NR", "Coventry": "CV", "Preston": "PR", "Cardiff": "CF", "Dundee": "DD", "Leeds": "LS"},
    **{"Stockport": "SK", "Ipswich": "IP"},
}
"""With the letters that their postcodes begin with."""
STREETS_IN_CANADA = ("Bloor Street West", "Maple Ridge Crescent", "Rideau Street", "Jasper Avenue", "Wellington Road")
CITIES_IN_CANADA = ("Ottawa", "Edmonton", "Hamilton", "Halifax", "Regina")
STREETS_IN_AUSTRALIA = ("Banksia Street", "George Street", "Wattle Grove", "Pacific Parade")
CITIES_IN_AUSTRALIA = ("Geelong", "Parramatta", "Cairns", "Hobart")
CALLES = (
    *("calle Jazmín", "avenida Libertad", "calle Miguel Hidalgo", "calle del Pozo", "avenida Reforma", "calle Goya"),
)
CIUDADES = ("El Paso", "Zaragoza", "Guadalajara", "Málaga", "Tijuana", "Orlando", "Bilbao")
CIENTOS = {2: "doscientos", 3: "trescientos", 4: "cuatrocientos", 7: "setecientos", 9: "novecientos"}
HOSTS = {
    **{"gmail.com": "gmail dot com", "yahoo.com": "yahoo dot com", "outlook.com": "outlook dot com"},
    **{"icloud.com": "i cloud dot com", "hotmail.com": "hotmail dot com", "aol.com": "a o l dot com"},
    **{"comcast.net": "comcast dot net", "att.net": "a t t dot net", "proton.me": "proton dot me"},
    **{"live.com": "live dot com", "charter.net": "charter dot net", "sbcglobal.net": "s b c global dot net"},
    **{"bluehillbakery.com": "blue hill bakery dot com", "northgateplumbing.com": "north gate plumbing dot com"},
    **{"uw.edu": "u w dot e d u", "cityofmarlow.gov": "city of marlow dot gov"},
}
HOSTS_ELSEWHERE = {
    "uk": {
        **{"gmail.com": "gmail dot com", "yahoo.co.uk": "yahoo dot co dot u k", "sky.com": "sky dot com"},
        **{"live.co.uk": "live dot co dot u k", "ntlworld.com": "n t l world dot com"},
    },
    "canada": {
        **{"gmail.com": "gmail dot com", "hotmail.ca": "hotmail dot c a", "telus.net": "telus dot net"},
        **{"bell.net": "bell dot net"},
    },
    "australia": {
        "gmail.com": "gmail dot com",
        "iinet.net.au": "i i net dot net dot a u",
        "live.com.au": "live dot com dot a u",
    },
    "india": {"gmail.com": "gmail dot com", "yahoo.in": "yahoo dot in", "outlook.com": "outlook dot com"},
}
HOSTS_IN_SPANISH = {
    **{"gmail.com": "gmail punto com", "hotmail.com": "hotmail punto com", "outlook.com": "outlook punto com"},
    **{"yahoo.es": "yahoo punto es", "live.com.mx": "live punto com punto eme equis"},
}
DAYS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    *("twentieth", "twenty first", "twenty second", "twenty third", "twenty fourth", "twenty fifth", "twenty sixth"),
    *("twenty seventh", "twenty eighth"),
)
SPELLERS = {
    **{"a": "apple", "b": "Bob", "c": "cat", "d": "dog", "e": "elephant", "f": "fox", "g": "George", "h": "Harry"},
    **{"i": "ice", "j": "Jack", "k": "kilo", "l": "Larry", "m": "Mike", "n": "Nancy", "o": "Oscar", "p": "Paul"},
    **{"q": "Quebec", "r": "Robert", "s": "Sierra", "t": "Tom", "u": "umbrella", "v": "Vincent", "w": "whiskey"},
    **{"x": "xray", "y": "yoyo", "z": "zulu"},
}
PLAIN_LETTERS = str.maketrans("áéíóúÓñ", "aeiouon")


def _groups(digits: str) -> list[str]:
    return forms.chunks(digits, forms.natural_sizes(digits))


def _pairs(part: str, zero: str = "oh") -> str:
    """In pairs; of an odd length the first digit stands alone."""
    head = [forms.ONES[int(part[0])]] if len(part) % 2 else []
    return " ".join([*head, *(forms.pair(two, zero) for two in forms.chunks(part[len(part) % 2 :], (2,)))])


def _rounded(part: str, zero: str) -> str:
    """`4100` as "forty one hundred", `3000` as "three thousand", all else digit by digit."""
    if len(part) == 4 and part[0] != "0":
        if part.endswith("000"):
            return f"{forms.ONES[int(part[0])]} thousand"
        if part.endswith("00"):
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


def _thens(digits: str, chance: random.Random) -> str:
    """With a word before some of the groups."""
    first, *rest = (forms.digits_in_words(part, "oh") for part in _groups(digits))
    words = ("then", "and then", "", "after that", "")
    return ", ".join([first, *(f"{chance.choice(words)} {part}".strip() for part in rest)])


def _checked(digits: str, chance: random.Random) -> str:
    """One group is said once more, slower."""
    said = [forms.digits_in_words(part) for part in _groups(digits)]
    at = chance.randrange(len(said) - 1)
    word = chance.choice(("that's", "yeah", "again", "so"))
    said[at] = f"{said[at]}, {word} {said[at].replace(' ', ', ')}"
    return ", ".join(said)


def _asking(digits: str, chance: random.Random) -> str:
    """Between two groups the one who reads makes sure that the other one follows."""
    said = [forms.digits_in_words(part, chance.choice(("oh", "zero"))) for part in _groups(digits)]
    words = ("you with me", "got that", "okay", "ready", "are you getting this", "uh, hold on")
    said.insert(chance.randrange(1, len(said)), chance.choice(words))
    return ", ".join(said)


def _rounding(digits: str, chance: random.Random) -> str:
    zero = chance.choice(("oh", "zero"))
    return ", ".join(_rounded(part, zero) for part in _groups(digits))


def _triples(digits: str, _: random.Random) -> str:
    return ", ".join(_alike(part, "zero") for part in _groups(digits))


def _threes(digits: str, _: random.Random) -> str:
    """In threes, wherever the groups end."""
    return ", ".join(forms.digits_in_words(part, "oh") for part in forms.chunks(digits, (3,)))


def _eights(digits: str, _: random.Random) -> str:
    return ". ".join(forms.digits_in_words(part, "zero") for part in forms.chunks(digits, (8,)))


def _half_pairs(digits: str, _: random.Random) -> str:
    """The first half digit by digit, the second in pairs."""
    groups = _groups(digits)
    middle = len(groups) // 2
    said = [*(forms.digits_in_words(part, "oh") for part in groups[:middle]), *map(_pairs, groups[middle:])]
    return ", ".join(said)


def _swapped(digits: str, chance: random.Random) -> str:
    """Two digits change places and are put right: "five seven one two, no, seven five one two"."""
    groups = _groups(digits)
    at = chance.randrange(len(groups))
    slip = groups[at][1] + groups[at][0] + groups[at][2:]
    said = [forms.digits_in_words(part) for part in groups]
    if slip != groups[at]:
        word = chance.choice(("no", "sorry, that's", "scratch that", "no, hang on"))
        said[at] = f"{forms.digits_in_words(slip)}, {word}, {said[at]}"
    return ", ".join(said)


def _uno_a_uno(part: str) -> str:
    return " ".join(forms.UNOS[int(digit)] for digit in part)


def _de_dos(part: str) -> str:
    """In pairs; of an odd length the first digit stands alone."""
    head = [forms.UNOS[int(part[0])]] if len(part) % 2 else []
    return " ".join([*head, *(forms.par(two) for two in forms.chunks(part[len(part) % 2 :], (2,)))])


def _con_dobles(digits: str, _: random.Random) -> str:
    said = []
    for part in _groups(digits):
        words, at = [], 0
        while at < len(part):
            twice = part[at : at + 2] == part[at] * 2
            words += [*(["doble"] if twice else []), forms.UNOS[int(part[at])]]
            at += 2 if twice else 1
        said.append(" ".join(words))
    return ", ".join(said)


def _corrige(digits: str, chance: random.Random) -> str:
    groups = _groups(digits)
    at = chance.randrange(len(groups))
    slip = groups[at][:-1] + str((int(groups[at][-1]) + 4) % 10)
    said = [_uno_a_uno(part) for part in groups]
    said[at] = f"{_uno_a_uno(slip)}, {chance.choice(('perdón', 'no, perdón', 'digo'))}, {said[at]}"
    return ", ".join(said)


def _y_termina(digits: str, _: random.Random) -> str:
    *groups, last = (_uno_a_uno(part) for part in _groups(digits))
    return ", ".join([*groups, f"y termina en {last}"])


def _mitad(digits: str, _: random.Random) -> str:
    groups = _groups(digits)
    return ", ".join([*map(_uno_a_uno, groups[:2]), *map(_de_dos, groups[2:])])


CARDS: tuple[Form, ...] = (
    *(forms.by_groups, forms.by_groups_with_oh, forms.flowing, _thens, forms.by_groups, forms.flowing_with_oh),
    *(_checked, forms.by_groups_with_oh, forms.in_pairs, _asking, forms.by_groups, _rounding, _half_pairs),
    *(forms.by_groups, _triples, _threes, _swapped, forms.by_groups_with_oh, _eights),
)
SOCIALS: tuple[Form, ...] = (
    *(forms.by_groups, forms.flowing_with_oh, forms.by_groups, _rounding, forms.by_groups_with_oh, _thens),
    *(forms.closed_with_pairs, forms.flowing, _threes, forms.by_groups_with_oh, _swapped, _asking, forms.in_pairs),
)
TARJETAS: tuple[Form, ...] = (forms.cifras, forms.pares, _corrige, forms.cifras, _mitad, _con_dobles, _y_termina)


class SeventhDetails(UnseenDetails):
    """As UnseenDetails, with named agents, relatives, and addresses and telephones of four countries."""

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
            return _de_dos(digits) if two else _uno_a_uno(digits)
        plain = forms.digits_in_words(digits, self._zero)
        if len(digits) not in {3, 4}:
            return plain
        rounded = _rounded(digits, self._zero) if len(digits) == 4 else plain
        return self.chance.choice((plain, plain, plain, plain, rounded, _pairs(digits), _alike(digits, self._zero)))

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
                f"{mes} del dos mil {last}",
                f"{mes} {last}",
                f"{forms.par(two)} del {last}",
                f"mes {forms.par(two).removeprefix('cero ')}, año {last}",
                f"{forms.par(two)} diagonal {last}",
            )
        else:
            name, plain, last = MONTHS[month - 1], forms.below_hundred(month), forms.below_hundred(year)
            ways = (
                f"{forms.pair(two)} {last}",
                f"{forms.pair(two, 'zero')} {last}",
                f"{plain} {last}",
                f"{plain}, {last}",
                f"{plain} of {last}",
                f"{forms.pair(two)} of twenty {last}",
                f"{plain} twenty {last}",
                f"{plain}, two thousand {last}",
                f"{name} twenty {last}",
                f"{name} {last}",
                f"{name}, two thousand and {last}",
                f"{name} of twenty {last}",
                f"{forms.pair(two)} slash {last}",
                f"month {forms.pair(two)}, year {last}",
                f"{forms.pair(two)}, uh, {last}",
                f"{forms.digits_in_words(two)} {forms.digits_in_words(str(year))}",
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
            ways: tuple[str, ...] = (f"{first}, {second}, {third}", f"{first}, {second}, {_de_dos(last)}")
        else:
            ways = (
                f"{first}, {second}, {third}",
                f"{first}, {second}, {third}",
                f"{first} {second} {third}",
                f"{first}, {second} {third}",
                f"area code {first}, {second}, {third}",
                f"{first}, {second}, {_rounded(last, self._zero)}",
                f"{first}, {second}, {_pairs(last)}",
                f"{first}, {_alike(middle, self._zero)}, {_alike(last, self._zero)}",
                f"{first}, and then {second}, {third}",
                f"{first}, {second}, uh, {third}",
            )
        return Number("phone", self.phone, self.chance.choice(ways))

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
        return self._elsewhere("07", 9, *self.chance.choice(((5, 3, 3), (5, 6), (3, 4, 4), (5, 2, 2, 2), (11,))))

    def _phone_land(self) -> Number:
        """A landline of Britain."""
        return self._elsewhere("01", 9, *self.chance.choice(((5, 6), (4, 3, 4), (5, 3, 3))))

    def _phone_india(self) -> Number:
        return self._elsewhere(self.chance.choice("6789"), 9, *self.chance.choice(((5,), (4, 3, 3), (2, 4, 4))))

    def _phone_australia(self) -> Number:
        return self._elsewhere("04", 8, *self.chance.choice(((4, 3, 3), (4, 2, 2, 2), (2, 2, 3, 3))))

    def _mailbox(self) -> Mailbox:
        spanish = self._is_spanish
        hosts = HOSTS_IN_SPANISH if spanish else HOSTS
        host, number, year = (
            self.chance.choice(tuple(hosts)),
            self.chance.randrange(11, 99),
            self.chance.randrange(60, 99),
        )
        said_first, said_last = self.first.lower(), self.last.lower()
        first, last = said_first.translate(PLAIN_LETTERS), said_last.translate(PLAIN_LETTERS)
        ways: tuple[tuple[str, str], ...]
        if spanish:
            ways = (
                (f"{first}.{last}", f"{said_first} punto {said_last}"),
                (f"{last}.{first}", f"{said_last} punto {said_first}"),
                (f"{first}{last}", f"{said_first} {said_last}, todo junto,"),
                (f"{first}-{last}", f"{said_first} guion {said_last}"),
                (f"{first}{last}{number}", f"{said_first} {said_last} {forms.par(str(number))}"),
                (f"{last}19{year}", f"{said_last} mil novecientos {forms.par(str(year))}"),
                (f"taller{last}", f"taller {said_last}"),
            )
        else:
            two, digit = forms.below_hundred(number), str(number % 9 + 1)
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{first}{last}", f"{first} {last}, all one word,"),
                (f"{first}{last}", f"{first} {last}"),
                (f"{first}{number}", f"{first} {two}"),
                (f"{first}{last}{digit}", f"{first} {last} {forms.ONES[int(digit)]}"),
                (f"{first[0]}{last}{year}", f"{first[0]} {last} {forms.below_hundred(year)}"),
                (f"{first[0]}{last}", f"the letter {first[0]}, then {last}"),
                (f"{first}_{last}", f"{first} underscore {last}"),
                (f"{first}-{last}", f"{first} hyphen {last}"),
                (f"{last}{first}", f"{last} {first}"),
                (f"{last}{first[0]}", f"{last} {first[0]}"),
                (f"mrs{last}", f"mrs {last}"),
                (f"{last}household", f"{last} household"),
                (f"gardenlady{number}", f"garden lady {two}"),
                (f"truckin{last}", f"truckin {last}"),
                (f"sunnyskies{year}", f"sunny skies {forms.digits_in_words(str(year))}"),
                (f"{first}.a.{last}", f"{first} dot a dot {last}"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    def _email(self) -> Number:
        box = self.mailbox
        ats = ("arroba",) if self._is_spanish else ("at", "at", "at", "at", "at", "at sign")
        said = f"{box.said} {self.chance.choice(ats)} {box.host_said}"
        return Number("pii.email", f"{box.user}@{box.host}", said)

    def _email_user(self) -> Number:
        return Number("pii.email", self.mailbox.user, self.mailbox.said.rstrip(","))

    def _move(self, country: str) -> None:
        hosts = HOSTS_ELSEWHERE[country]
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

    def _spelled_for(self) -> Number:
        """The last name with a word for each letter."""
        link = self.chance.choice(("as in", "like", "for"))
        said = ", ".join(f"{letter.upper()} {link} {SPELLERS[letter]}" for letter in self.last.lower())
        return Number("pii.name", self.last, said)

    def _address(self) -> Number:
        if self._is_spanish:
            house = str(self.chance.randrange(11, 99))
            street, city = self.chance.choice(CALLES), self.chance.choice(CIUDADES)
            number = self.chance.choice((forms.par(house), f"número {forms.par(house)}", f"{forms.par(house)}, bajo"))
            link = self.chance.choice((", ", ", en ", ", aquí en "))
            return Number("pii.address", f"{street} {house} {city}", f"{street} {number}{link}{city}")
        house = str(self.chance.choice((self.chance.randrange(11, 99), *self.chance.sample(range(101, 9_990), k=3))))
        said = self.chance.choice((_pairs(house), _pairs(house), _rounded(house, "oh")))
        if len(house) == 2:
            said = _pairs(house)
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        unit = forms.below_hundred(self.chance.randrange(2, 40))
        flat = self.chance.choice(("", "", "", f", apartment {unit}", f", suite {unit}", f", number {unit}"))
        link = self.chance.choice((", ", ", ", " in ", ", here in "))
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}{flat}{link}{city}")

    def _street(self) -> Number:
        """Without a city."""
        house, street = str(self.chance.randrange(101, 9_990)), self.chance.choice(STREETS)
        return Number("pii.address", f"{house} {street}", f"{_pairs(house)} {street}")

    def _address_uk(self) -> Number:
        house, street = self.chance.randrange(2, 99), self.chance.choice(STREETS_IN_BRITAIN)
        town = self.chance.choice(tuple(TOWNS))
        first, second = self.chance.randrange(1, 20), self.chance.randrange(1, 9)
        letters = "".join(self.chance.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        code = f", {' '.join(TOWNS[town])} {forms.below_hundred(first)} {forms.ONES[second]} {' '.join(letters)}"
        with_code = self.chance.random() < 0.6
        value = f"{house} {street} {town}" + (f" {TOWNS[town]}{first} {second}{letters}" if with_code else "")
        return Number(
            "pii.address", value, f"{forms.below_hundred(house)} {street}, {town}" + (code if with_code else "")
        )

    def _address_canada(self) -> Number:
        house, street = str(self.chance.randrange(101, 2_999)), self.chance.choice(STREETS_IN_CANADA)
        city = self.chance.choice(CITIES_IN_CANADA)
        return Number("pii.address", f"{house} {street} {city}", f"{_pairs(house)} {street}, {city}")

    def _address_australia(self) -> Number:
        house, street = self.chance.randrange(3, 99), self.chance.choice(STREETS_IN_AUSTRALIA)
        city = self.chance.choice(CITIES_IN_AUSTRALIA)
        return Number("pii.address", f"{house} {street} {city}", f"{forms.below_hundred(house)} {street}, {city}")

    def _dob(self) -> Number:
        day, month, year = self.chance.randrange(1, 29), self.chance.randrange(12), self.chance.randrange(41, 93)
        value = f"{MONTHS[month]} {day} 19{year}"
        if self._is_spanish:
            said = forms.par(f"{day:02d}").removeprefix("cero ") if day > 1 else "primero"
            age = self.chance.choice(("de mil novecientos", "del", "de"))
            return Number("dob", value, f"{said} de {MESES[month]} {age} {forms.par(str(year))}")
        name, two = MONTHS[month], forms.below_hundred(year)
        ways = (
            f"{name} {DAYS[day - 1]}, nineteen {two}",
            f"{name} {DAYS[day - 1]} of {two}",
            f"{name} {DAYS[day - 1]}, {two}",
            f"{name} {forms.below_hundred(day)} nineteen {two}",
            f"{forms.below_hundred(month + 1)}, {forms.below_hundred(day)}, nineteen {two}",
            f"{forms.below_hundred(month + 1)} slash {forms.below_hundred(day)} slash {two}",
            f"{forms.pair(f'{month + 1:02d}')}, {forms.pair(f'{day:02d}')}, {two}",
            f"the {DAYS[day - 1]} of {name}, {two}",
        )
        return Number("dob", value, self.chance.choice(ways))

    def _dob_young(self) -> Number:
        """Of a child."""
        day, name, year = self.chance.randrange(1, 29), self.chance.choice(MONTHS), self.chance.randrange(11, 21)
        link = self.chance.choice((", twenty", " of twenty", ", two thousand"))
        return Number("dob", f"{name} {day} 20{year}", f"{name} {DAYS[day - 1]}{link} {forms.below_hundred(year)}")

    def _dob_day_first(self) -> Number:
        day, month, year = self.chance.randrange(1, 29), self.chance.randrange(12), self.chance.randrange(41, 93)
        name, two = MONTHS[month], forms.below_hundred(year)
        ways = (
            f"the {DAYS[day - 1]} of {name} nineteen {two}",
            f"{DAYS[day - 1]} {name} {two}",
            f"{forms.below_hundred(day)}, {forms.below_hundred(month + 1)}, {two}",
            f"{DAYS[day - 1]} of the {DAYS[month]}, {two}",
            f"{forms.pair(f'{day:02d}')}, {forms.pair(f'{month + 1:02d}')}, nineteen {two}",
        )
        return Number("dob", f"{name} {day} 19{year}", self.chance.choice(ways))

    def _account(self) -> Number:
        digits = "".join(self.chance.choices("0123456789", k=self.chance.choice((7, 8, 9, 10))))
        sizes = self.chance.choice(((3,), (4,), (10,), (3, 4), (2,)))
        return Number("account_number", digits, ", ".join(map(self._in_words, forms.chunks(digits, sizes))))

    def _member(self) -> Number:
        letters = "".join(self.chance.choices("BCDFHJLMPRSTX", k=self.chance.choice((1, 2, 3))))
        digits = "".join(self.chance.choices("0123456789", k=self.chance.choice((5, 6, 8))))
        said = self._letters(letters) if self._is_spanish else " ".join(letters)
        return Number("account_number", letters + digits, f"{said}, {self._in_words(digits)}")

    # Numbers of states and banks.

    def _iban(self) -> Number:
        """In Spanish of a bank of Spain."""
        if not self._is_spanish:
            return super()._iban()
        account = "".join(self.chance.choices("0123456789", k=20))
        digits = f"{98 - int(f'{account}142800') % 97:02d}{account}"
        said = ", ".join(map(_uno_a_uno, forms.chunks(digits, (2, 4))))
        return Number("national.iban", f"ES{digits}", f"e ese, {said}")

    def _passport(self) -> Number:
        drawn = super()._passport()
        if not self._is_spanish:
            return drawn
        letter, digits = drawn.value[0], drawn.value[1:]
        said = ", ".join(map(_uno_a_uno, forms.chunks(digits, (4,))))
        return Number(drawn.type, drawn.value, f"{self._letters(letter)}, {said}")

    # Ordinary numbers.

    def _date(self) -> Number:
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        said = f"{MONTHS[month]} {DAYS[day - 1]}"
        if self._is_spanish:
            said = f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]}"
        return Number("date", f"{MONTHS[month]} {day}", said)

    def _date_uk(self) -> Number:
        day, month = self.chance.randrange(2, 29), self.chance.choice(MONTHS)
        return Number("date", f"{month} {day}", f"the {DAYS[day - 1]} of {month}")

    def _large(self) -> Number:
        """An amount in hundreds of dollars."""
        if self._is_spanish:
            return self._cientos("dólares")
        hundreds, more = self.chance.randrange(1, 10), self.chance.randrange(10, 99)
        said = f"{forms.ONES[hundreds]} {self.chance.choice(('hundred', 'hundred and', ''))}".strip()
        return Number("money", f"{hundreds}{more}", f"{said} {forms.below_hundred(more)} dollars")

    def _quantity(self) -> Number:
        return self._many("pieces", "shirts", "cases", "items")

    def _bags(self) -> Number:
        return self._many("bags")

    def _days(self) -> Number:
        """How long something takes."""
        return self._many("business days", "days", most=14)

    def _many(self, *units: str, most: int = 24) -> Number:
        many = self.chance.randrange(3, most + 1)
        return Number("quantity", str(many), f"{forms.below_hundred(many)} {self.chance.choice(units)}")

    def _pounds(self) -> Number:
        pounds, pence = self.chance.randrange(11, 99), self.chance.choice((0, 20, 49, 95))
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
        hundreds, more = self.chance.choice(tuple(CIENTOS)), self.chance.choice((20, 40, 55, 68, 75, 90))
        return Number("money", f"{hundreds}{more}", f"{CIENTOS[hundreds]} {forms.par(str(more))} {unit}")

    def _percent(self) -> Number:
        part = self.chance.choice((5, 8, 10, 15, 20, 35, 40))
        said = f"{forms.below_hundred(part)} percent"
        if self._is_spanish:
            said = f"{forms.par(f'{part:02d}').removeprefix('cero ')} por ciento"
        return Number("percent", str(part), said)
