"""Details and numbers of one call of the second unseen author: other people and places, other ways of saying."""

from __future__ import annotations

import random

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import LETRAS, MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, Number
from benchmarks.redaction_unseen_details import UnseenDetails
from benchmarks.spoken_forms import Form

HIS_NAMES = (
    *("Bernard", "Dwight", "Hassan", "Jamal", "Lester", "Neil", "Sheldon", "Vijay", "Winston", "Desmond", "Elliot"),
    *("Ramon", "Malcolm"),
)
HER_NAMES = (
    *("Allison", "Camille", "Eleanor", "Geraldine", "Ingrid", "Kendra", "Pamela", "Renee", "Tabitha", "Meera"),
    *("Annette", "Gina", "Rosalind"),
)
LAST_NAMES = (
    *("Whitfield", "Tran", "Mallory", "Okafor", "Pruitt", "Villarreal", "Boyle", "Chowdhury", "Moreno", "Sandoval"),
    *("Thorpe", "Iyer", "Lockhart", "Castellano", "Ferris", "Hollis", "Nakamura", "Rafferty", "Yates", "Zimmerman"),
)
HIS_NAMES_IN_SPANISH = ("Álvaro", "Nicolás", "Gonzalo", "Matías", "Fermín", "Leandro")
HER_NAMES_IN_SPANISH = ("Rocío", "Lorena", "Julieta", "Amparo", "Carolina", "Fernanda")
LAST_NAMES_IN_SPANISH = ("Carrasco", "Ibarra", "Montero", "Pacheco", "Quintana", "Villegas", "Benítez", "Cárdenas")
AGENTS = ("Keisha", "Brandon", "Paula", "Tyler", "Janice", "Devon", "Melissa", "Sanjay")
AGENTS_IN_SPANISH = ("Andrea", "Óscar", "Patricia", "Iván")
STREETS = (
    *("Dogwood Lane", "Orchard Street", "Bayview Drive", "Madison Avenue", "Pine Ridge Road", "Willow Way"),
    *("Jefferson Street", "Stonegate Circle", "West Fourth Street", "Franklin Boulevard", "Cedar Hollow Road"),
)
CITIES = ("Spokane", "Knoxville", "Des Moines", "Buffalo", "Tulsa", "Savannah", "El Paso", "Wichita", "Sacramento")
BRITISH_STREETS = ("Hawthorn Close", "Station Road", "Victoria Terrace", "The Crescent", "Mill Lane", "Albert Street")
BRITISH_TOWNS = {"Leeds": "LS", "Bristol": "BS", "Cardiff": "CF", "Norwich": "NR", "Preston": "PR", "Dundee": "DD"}
CANADIAN_CITIES = {"Winnipeg": "R", "Halifax": "B", "Calgary": "T", "Hamilton": "L", "Regina": "S"}
CALLES = ("calle Jacinto", "avenida Libertad", "calle Doctor Fleming", "calle Roble", "avenida Reforma", "calle Nueva")
CIUDADES = ("Málaga", "Guadalajara", "Orlando", "Zaragoza", "Dallas", "Puebla")
HOSTS = {
    "fastmail.com": "fast mail dot com",
    "gmail.com": "gmail dot com",
    "sbcglobal.net": "s b c global dot net",
    "outlook.com": "outlook dot com",
    "me.com": "me dot com",
    "proton.me": "proton dot me",
    "yahoo.com": "yahoo dot com",
    "charter.net": "charter dot net",
    "greenfieldpaving.com": "green field paving dot com",
    "gmail": "gmail",
}
BRITISH_HOSTS = {
    "btinternet.com": "b t internet dot com",
    "hotmail.co.uk": "hotmail dot co dot u k",
    "sky.com": "sky dot com",
    "yahoo.co.uk": "yahoo dot co dot u k",
    "ntlworld.com": "n t l world dot com",
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "outlook.com": "outlook punto com",
    "hotmail.com": "hotmail punto com",
    "yahoo.es": "yahoo punto es",
    "live.com": "live punto com",
}
ALPHABET = {
    **{"a": "Adam", "b": "baker", "c": "Charlie", "d": "delta", "e": "echo", "f": "fox", "g": "golf", "h": "hotel"},
    **{"i": "igloo", "j": "Jack", "k": "kilo", "l": "Larry", "m": "Mike", "n": "November", "o": "Oscar", "p": "Paul"},
    **{"q": "queen", "r": "Roger", "s": "sugar", "t": "Tango", "u": "umbrella", "v": "Victor", "w": "whiskey"},
    **{"x": "x-ray", "y": "Yankee", "z": "zulu"},
}
DAYS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    *("twentieth", "twenty first", "twenty second", "twenty third", "twenty fourth", "twenty fifth", "twenty sixth"),
    *("twenty seventh", "twenty eighth"),
)


def _groups(digits: str) -> list[str]:
    return forms.chunks(digits, forms.natural_sizes(digits))


def _twos(part: str) -> str:
    """A group in pairs, its first digit alone where the length is odd."""
    head = [forms.ONES[int(part[0])]] if len(part) % 2 else []
    return " ".join([*head, *(forms.pair(two) for two in forms.chunks(part[len(part) % 2 :], (2,)))])


def _multiples(part: str, zero: str) -> str:
    """As "triple four" and "double oh"."""
    words: list[str] = []
    at = 0
    while at < len(part):
        same = next(run for run in (3, 2, 1) if part[at : at + run] == part[at] * run)
        words += [
            *({3: ["triple"], 2: ["double"]}.get(same, [])),
            zero if part[at] == "0" else forms.ONES[int(part[at])],
        ]
        at += same
    return " ".join(words)


def multiples(digits: str, _: random.Random) -> str:
    return ", ".join(_multiples(part, "oh") for part in _groups(digits))


def with_then(digits: str, chance: random.Random) -> str:
    """A word between groups, as people read from plastic: "then", "and", "and then"."""
    first, *rest = (forms.digits_in_words(part, chance.choice(("oh", "zero"))) for part in _groups(digits))
    return ", ".join(
        [first, *(f"{chance.choice(('then', 'and', 'and then', '', ''))} {part}".strip() for part in rest)]
    )


def halves(digits: str, _: random.Random) -> str:
    """Two long breaths."""
    return ", ".join(forms.digits_in_words(part) for part in forms.chunks(digits, ((len(digits) + 1) // 2,)))


def threes(digits: str, _: random.Random) -> str:
    return ", ".join(forms.digits_in_words(part, "oh") for part in forms.chunks(digits, (3,)))


def some_pairs(digits: str, chance: random.Random) -> str:
    """Some groups in pairs, others digit by digit."""
    ways = (_twos, forms.digits_in_words, lambda part: forms.digits_in_words(part, "oh"))
    return ", ".join(chance.choice(ways)(part) for part in _groups(digits))


def slip_within(digits: str, chance: random.Random) -> str:
    """A slip noticed in the middle of a group: "four nine, no, four seven six one"."""
    said = [forms.digits_in_words(part) for part in _groups(digits)]
    at = chance.randrange(len(said))
    part = _groups(digits)[at]
    slip = forms.digits_in_words(part[0] + str((int(part[1]) + chance.randrange(1, 9)) % 10))
    said[at] = f"{slip}, {chance.choice(('no', 'sorry', 'oops', 'no no'))}, {said[at]}"
    return ", ".join(said)


def waiting(digits: str, chance: random.Random) -> str:
    """Read in dim light: "hang on" or the like once."""
    said = [forms.digits_in_words(part, "oh") for part in _groups(digits)]
    pause = ("hang on", "uh, what is that", "bear with me", "um", "let me tilt it", "it is worn off a bit")
    said.insert(chance.randrange(1, len(said)), chance.choice(pause))
    return ", ".join(said)


def twice_one(digits: str, chance: random.Random) -> str:
    """One group is said twice, so that it can be written down."""
    said = [forms.digits_in_words(part) for part in _groups(digits)]
    at = chance.randrange(len(said))
    said[at] = f"{said[at]}, {said[at]}"
    return ", ".join(said)


def last_in_twos(digits: str, _: random.Random) -> str:
    """The last group in two pairs of digits: "six three, nine one"."""
    *groups, last = _groups(digits)
    said = (forms.digits_in_words(part) for part in (*groups, *forms.chunks(last, (len(last) - 2, 2))))
    return ", ".join(said)


def dobles(digits: str, _: random.Random) -> str:
    """Spanish digits with "doble" for two alike."""
    said = []
    for part in _groups(digits):
        words, at = [], 0
        while at < len(part):
            twice = at + 1 < len(part) and part[at] == part[at + 1]
            words += [*(["doble"] if twice else []), forms.UNOS[int(part[at])]]
            at += 2 if twice else 1
        said.append(" ".join(words))
    return ", ".join(said)


def luego(digits: str, chance: random.Random) -> str:
    """Spanish digits with a word between groups."""
    first, *rest = (" ".join(forms.UNOS[int(digit)] for digit in part) for part in _groups(digits))
    return ", ".join([first, *(f"{chance.choice(('luego', 'y', '', ''))} {part}".strip() for part in rest)])


def perdon(digits: str, chance: random.Random) -> str:
    """A slip in Spanish: "cuatro nueve, perdón, cuatro siete seis uno"."""
    said = [" ".join(forms.UNOS[int(digit)] for digit in part) for part in _groups(digits)]
    at = chance.randrange(len(said))
    slip = " ".join(said[at].split()[:2])
    said[at] = f"{slip}, {chance.choice(('perdón', 'no', 'a ver'))}, {said[at]}"
    return ", ".join(said)


CARDS: tuple[Form, ...] = (
    *(forms.by_groups, forms.by_groups, forms.by_groups_with_oh, forms.by_groups_with_oh, forms.flowing, with_then),
    *(some_pairs, forms.in_pairs, multiples, halves, slip_within, waiting, twice_one, last_in_twos, threes, with_then),
)
SOCIALS: tuple[Form, ...] = (
    *(forms.by_groups, forms.by_groups, forms.by_groups_with_oh, forms.flowing_with_oh, some_pairs, some_pairs),
    *(slip_within, twice_one, threes, multiples, forms.dashed, forms.hesitating),
)
TARJETAS: tuple[Form, ...] = (forms.cifras, forms.cifras, forms.pares, dobles, luego, perdon)


class SecondDetails(UnseenDetails):
    """As UnseenDetails, with numbers and places of more countries; a card or number read back is said plainly."""

    def __post_init__(self) -> None:
        super().__post_init__()
        spanish = self._is_spanish
        self.his = self.chance.choice(HIS_NAMES_IN_SPANISH if spanish else HIS_NAMES)
        self.her = self.chance.choice(HER_NAMES_IN_SPANISH if spanish else HER_NAMES)
        self.first = self.chance.choice((self.his, self.her))
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.mailbox = self._mailbox()
        self.house = str(self.chance.randrange(11, 99) if spanish else self.chance.randrange(100, 9_900))

    def _secret(self, name: str) -> Number:
        if name.endswith("_back"):
            read = name.removesuffix("_back")
            value = self.card if read == "card" else self.social
            plain = forms.cifras if self._is_spanish else forms.by_groups
            return Number("pci.card" if read == "card" else "ssn", value, plain(value, self.chance))
        if name == "card":
            ways = TARJETAS if self._is_spanish else CARDS
            return Number("pci.card", self.card, self.chance.choice(ways)(self.card, self.chance))
        if name == "ssn":
            return Number("ssn", self.social, self.chance.choice(SOCIALS)(self.social, self.chance))
        return super()._secret(name)

    def _short(self, digits: str) -> str:
        if self._is_spanish:
            return self.chance.choice((forms.cifras, forms.cifras, dobles))(digits, self.chance)
        if len(digits) > 4:
            return forms.digits_in_words(digits, self._zero)
        plain = forms.digits_in_words(digits, self._zero)
        return self.chance.choice((plain, plain, plain, _twos(digits), _multiples(digits, self._zero)))

    # Cards.

    def _expiry(self) -> Number:
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 33)
        ways: tuple[str, ...]
        if self._is_spanish:
            mes, ano = MESES[month - 1], forms.par(str(year))
            número = forms.par(f"{month:02d}")
            ways = (f"{número} {ano}", f"{mes} del {ano}", f"{número} del {ano}", f"{mes} de dos mil {ano}")
        else:
            number, short = forms.below_hundred(month), forms.below_hundred(year)
            ways = (
                *(f"{forms.pair(f'{month:02d}')} {short}", f"{forms.pair(f'{month:02d}')}, {short}"),
                *(f"{number} of {short}", f"{MONTHS[month - 1]} of twenty {short}", f"{MONTHS[month - 1]} {short}"),
                *(f"{number} slash {short}", f"{forms.pair(f'{month:02d}', 'zero')}, twenty {short}"),
                *(f"{MONTHS[month - 1]}, twenty {short}", forms.digits_in_words(f"{month:02d}{year}", self._zero)),
                *(f"{MONTHS[month - 1]}, so {forms.pair(f'{month:02d}')}, {short}", f"{number} {short}"),
                f"{number}, two thousand {short}",
            )
        return Number("pci.expiry", f"{month:02d}/{year}", self.chance.choice(ways))

    # Telephone and e-mail.

    def _phone(self) -> Number:
        parts = forms.chunks(self.phone, (3, 3, 4))
        if self._is_spanish:
            return self._parts_of_phone(self.phone, 3, 3, self.chance.choice((2, 4)))
        plain = [self._in_words(part) for part in parts]
        ways = (
            ", ".join(plain),
            ", ".join(plain),
            f"{plain[0]}, {plain[1]} {plain[2]}",
            f"area code {plain[0]}, {plain[1]}, {plain[2]}",
            f"{plain[0]}, {plain[1]}, {_twos(parts[2])}",
            ", ".join(_multiples(part, self._zero) for part in parts),
            f"{plain[0]}, {plain[1]}, uh, {plain[2]}",
            " ".join(plain),
        )
        return Number("phone", self.phone, self.chance.choice(ways))

    def _phone_uk(self) -> Number:
        """A mobile or a landline of Britain."""
        head = self.chance.choice(("07700", "07911", "07480", "01865", "01273"))
        digits = head + "".join(self.chance.choices("0123456789", k=6))
        parts = forms.chunks(digits, self.chance.choice(((5, 3), (5, 6), (5, 2), (4, 4, 3))))
        said = (self.chance.choice((_multiples, forms.digits_in_words))(part, "oh") for part in parts)
        return Number("phone", digits, ", ".join(said))

    def _phone_in(self) -> Number:
        """A mobile of India, in two halves."""
        digits = self.chance.choice(("98", "99", "94", "70", "81")) + "".join(self.chance.choices("0123456789", k=8))
        return Number("phone", digits, ", ".join(_multiples(part, "zero") for part in forms.chunks(digits, (5,))))

    def _phone_au(self) -> Number:
        """A mobile of Australia."""
        digits = "04" + "".join(self.chance.choices("0123456789", k=8))
        return Number("phone", digits, ", ".join(_multiples(part, "oh") for part in forms.chunks(digits, (4, 3))))

    def _mailbox(self) -> Mailbox:
        hosts = HOSTS_IN_SPANISH if self._is_spanish else HOSTS
        host, number = self.chance.choice(tuple(hosts)), self.chance.randrange(21, 99)
        plain = str.maketrans("áéíóú", "aeiou")
        first, last = self.first.lower().translate(plain), self.last.lower().translate(plain)
        ways: tuple[tuple[str, str], ...]
        if self._is_spanish:
            said_first, said_last = self.first.lower(), self.last.lower()
            ways = (
                (f"{first}{last}", f"{said_first} {said_last}, todo junto,"),
                (f"{last}.{first}", f"{said_last} punto {said_first}"),
                (f"{first}-{last}", f"{said_first} guion {said_last}"),
                (f"{first}{number}", f"{said_first} {self._in_words(str(number))}"),
            )
        else:
            year = self.chance.randrange(61, 99)
            ways = (
                (f"{first}{last}", f"{first} {last}, all one word,"),
                (f"{last}.{first}", f"{last} dot {first}"),
                (f"{first[0]}.{last}", f"{self.first[0]} dot {last}"),
                (f"{first}.{last}{number}", f"{first} dot {last} {forms.below_hundred(number)}"),
                (f"{first}19{year}", f"{first} nineteen {forms.below_hundred(year)}"),
                (f"{last}{first[0]}", f"{last} {self.first[0]}"),
                (f"{first}_{last}", f"{first} underscore {last}"),
                (f"{first}s.garden", f"{first}s dot garden"),
                (f"rusty{number}", f"rusty {forms.digits_in_words(str(number))}"),
                (f"coachdad{number}", f"coach dad {forms.below_hundred(number)}"),
                (f"{last}home", f"{last} home"),
            )
        user, said = self.chance.choice(ways)
        return Mailbox(user, said, host, hosts[host])

    def _email(self) -> Number:
        box = self.mailbox
        at = "arroba" if self._is_spanish else "at"
        return Number("pii.email", f"{box.user}@{box.host}", f"{box.said} {at} {box.host_said}")

    def _email_uk(self) -> Number:
        host = self.chance.choice(tuple(BRITISH_HOSTS))
        self.mailbox = Mailbox(self.mailbox.user, self.mailbox.said, host, BRITISH_HOSTS[host])
        return self._email()

    def _email_user(self) -> Number:
        return Number("pii.email", self.mailbox.user, self.mailbox.said.removesuffix(","))

    def _email_letters(self) -> Number:
        """With a pause after every letter."""
        user, signs = self.mailbox.user, {".": "dot", "_": "underscore"}
        if self._is_spanish:
            return super()._email_letters()
        said = (signs.get(sign) or (forms.ONES[int(sign)] if sign.isdecimal() else sign.upper()) for sign in user)
        return Number("pii.email", user, ", ".join(said))

    def _email_alphabet(self) -> Number:
        self.mailbox = Mailbox(self.last.lower(), self.last, self.mailbox.host, self.mailbox.host_said)
        word = self.chance.choice(("as in", "for", "like"))
        said = ", ".join(f"{letter.upper()}, {word} {ALPHABET[letter]}" for letter in self.mailbox.user)
        return Number("pii.email", self.mailbox.user, said)

    # What people say of themselves.

    def _name_him(self) -> Number:
        """Someone of the same family name, as the caller's father."""
        return self._relative(self.his, HIS_NAMES_IN_SPANISH if self._is_spanish else HIS_NAMES)

    def _name_her(self) -> Number:
        return self._relative(self.her, HER_NAMES_IN_SPANISH if self._is_spanish else HER_NAMES)

    def _relative(self, first: str, names: tuple[str, ...]) -> Number:
        if first == self.first:
            first = names[names.index(first) - 1]
        return Number("pii.name", f"{first} {self.last}", f"{first} {self.last}")

    def _agent(self) -> Number:
        name = self.chance.choice(AGENTS_IN_SPANISH if self._is_spanish else AGENTS)
        return Number("pii.name", name, name)

    def _letters(self, word: str) -> str:
        """With a pause after every letter; now and then one of them with a word for it."""
        if self._is_spanish:
            return super()._letters(word)
        said = list(word.upper())
        if self.chance.random() < 0.3:
            at = self.chance.randrange(len(said))
            said[at] += f", as in {ALPHABET[word[at].lower()]}"
        return ", ".join(said)

    def _house_said(self) -> str:
        if self._is_spanish:
            return forms.par(self.house)
        if self.house.endswith("00"):
            return f"{forms.below_hundred(int(self.house[:-2]))} hundred"
        return self.chance.choice((_twos(self.house), _twos(self.house), forms.digits_in_words(self.house, "oh")))

    def _street(self) -> Number:
        """House and street without the town."""
        street = self.chance.choice(CALLES if self._is_spanish else STREETS)
        if self._is_spanish:
            floor = self.chance.choice(("", ", segundo be", ", tercero a", ", apartamento cuatro"))
            return Number("pii.address", f"{street} {self.house}", f"{street} {self._house_said()}{floor}")
        flat = self.chance.choice(
            ("", "", "", f", unit {forms.below_hundred(self.chance.randrange(2, 40))}", ", apartment B")
        )
        return Number("pii.address", f"{self.house} {street}", f"{self._house_said()} {street}{flat}")

    def _city(self) -> Number:
        city = self.chance.choice(CIUDADES if self._is_spanish else CITIES)
        return Number("pii.address", city, city)

    def _address(self) -> Number:
        street, city = self._street(), self._city()
        between = ", " if self._is_spanish else self.chance.choice((", ", ", ", " in ", ", that is in "))
        between = between if "," not in street.text else ", "
        return Number("pii.address", f"{street.value} {city.value}", f"{street.text}{between}{city.text}")

    def _address_uk(self) -> Number:
        town = self.chance.choice(tuple(BRITISH_TOWNS))
        house, street = self.chance.randrange(2, 90), self.chance.choice(BRITISH_STREETS)
        outer, inner = self.chance.randrange(2, 10), self.chance.randrange(1, 10)
        ends = "".join(self.chance.choices("BDEHJLNPRT", k=2))
        code = f"{' '.join(BRITISH_TOWNS[town])} {forms.ONES[outer]}, {forms.ONES[inner]} {' '.join(ends)}"
        said = f"{forms.below_hundred(house)} {street}, {town}, {code}"
        return Number("pii.address", f"{house} {street} {town} {BRITISH_TOWNS[town]}{outer} {inner}{ends}", said)

    def _address_ca(self) -> Number:
        city, street = self.chance.choice(tuple(CANADIAN_CITIES)), self.chance.choice(STREETS)
        one, two, three = (self.chance.randrange(1, 10) for _ in range(3))
        mid, end = self.chance.choices("BCEGHJKLMNPRSTVXZ", k=2)
        head = CANADIAN_CITIES[city]
        code = f"{head} {forms.ONES[one]} {mid}, {forms.ONES[two]} {end} {forms.ONES[three]}"
        value = f"{self.house} {street} {city} {head}{one}{mid} {two}{end}{three}"
        return Number("pii.address", value, f"{self._house_said()} {street}, {city}, {code}")

    def _dob(self) -> Number:
        if self._is_spanish:
            return super()._dob()
        month, day, year = self.chance.randrange(12), self.chance.randrange(28), self.chance.randrange(41, 99)
        short, name = forms.below_hundred(year), MONTHS[month]
        ways = (
            *(
                f"{name} {DAYS[day]}, nineteen {short}",
                f"{name} {DAYS[day]} of {short}",
                f"{name} {DAYS[day]}, {short}",
            ),
            f"{forms.below_hundred(month + 1)} {forms.below_hundred(day + 1)} {short}",
            f"{forms.pair(f'{month + 1:02d}')}, {forms.pair(f'{day + 1:02d}')}, nineteen {short}",
            f"{name} {forms.below_hundred(day + 1)}, nineteen {short}",
        )
        return Number("dob", f"{name} {day + 1} 19{year}", self.chance.choice(ways))

    def _dob_young(self) -> Number:
        """Of a child."""
        month, day, year = self.chance.choice(MONTHS), self.chance.randrange(28), self.chance.randrange(2012, 2020)
        said = f"{month} {DAYS[day]}, twenty {forms.below_hundred(year - 2000)}"
        return Number("dob", f"{month} {day + 1} {year}", said)

    def _dob_student(self) -> Number:
        month, day, year = self.chance.choice(MONTHS), self.chance.randrange(28), self.chance.randrange(2004, 2009)
        said = f"{month} {DAYS[day]}, two thousand {forms.ONES[year - 2000]}"
        return Number("dob", f"{month} {day + 1} {year}", said)

    def _dob_uk(self) -> Number:
        month, day, year = self.chance.randrange(12), self.chance.randrange(28), self.chance.randrange(41, 99)
        short = forms.below_hundred(year)
        ways = (
            f"the {DAYS[day]} of {MONTHS[month]}, nineteen {short}",
            f"{DAYS[day]} of the {DAYS[month]}, {short}",
            f"{DAYS[day]} {MONTHS[month]} {short}",
        )
        return Number("dob", f"{MONTHS[month]} {day + 1} 19{year}", self.chance.choice(ways))

    def _member(self) -> Number:
        digits = "".join(self.chance.choices("0123456789", k=8))
        letter = self.chance.choice("KMRVXZ")
        ways = (
            (letter + digits, f"{letter}, {self._in_words(digits[:4])}, {self._in_words(digits[4:])}"),
            (digits[:7] + letter, f"{self._in_words(digits[:3])}, {self._in_words(digits[3:7])}, {letter}"),
            (digits, ", ".join(map(self._in_words, forms.chunks(digits, (3, 3, 2))))),
        )
        return Number("account_number", *self.chance.choice(ways[2:] if self._is_spanish else ways))

    # Numbers of states.

    def _iban(self) -> Number:
        if not self._is_spanish:
            return super()._iban()
        account = "".join(self.chance.choices("0123456789", k=20))
        check = f"{98 - int(f'{account}142800') % 97:02d}"
        said = ", ".join(map(self._in_words, forms.chunks(check + account, (2, 4))))
        return Number("national.iban", f"ES{check}{account}", f"e ese, {said}")

    def _passport(self) -> Number:
        if not self._is_spanish:
            return super()._passport()
        letters, digits = self.chance.choices("ABCFKLMNPX", k=2), "".join(self.chance.choices("0123456789", k=6))
        said = ", ".join((" ".join(map(LETRAS.__getitem__, letters)), *map(self._in_words, forms.chunks(digits, (3,)))))
        return Number("national.passport", "".join(letters) + digits, said)

    # Numbers that are kept.

    def _money(self) -> Number:
        if self._is_spanish:
            return super()._money()
        whole, cents, big = (
            self.chance.randrange(14, 99),
            self.chance.choice((18, 35, 50, 75)),
            self.chance.randrange(1, 9),
        )
        said, hundred = forms.below_hundred(whole), f"{forms.ONES[big]} hundred"
        value, text = self.chance.choice(
            (
                (f"{whole}.00", f"{said} dollars"),
                (f"{whole}.{cents}", f"{said} dollars and {forms.below_hundred(cents)} cents"),
                (f"{whole}.{cents}", f"{said} {forms.below_hundred(cents)}"),
                (f"{big}{whole}.00", f"{hundred} and {said} dollars"),
                (f"{big}00.00", f"{hundred} dollars"),
            )
        )
        return Number("money", value, text)

    def _pounds(self) -> Number:
        whole, pence = self.chance.randrange(14, 99), self.chance.choice(("", "", " fifty", " ninety nine"))
        return Number("money", f"{whole}", f"{forms.below_hundred(whole)} pounds{pence}")

    def _rupees(self) -> Number:
        whole = self.chance.randrange(2, 99)
        return Number("money", f"{whole}00", f"{forms.below_hundred(whole)} hundred rupees")

    def _euros(self) -> Number:
        whole = self.chance.randrange(14, 99)
        return Number("money", str(whole), f"{forms.par(str(whole))} euros")

    def _percent(self) -> Number:
        part = self.chance.choice((5, 10, 12, 15, 20, 25, 30))
        words = forms.UNOS[5] if part == 5 else forms.par(f"{part:02d}")
        said = f"{words} por ciento" if self._is_spanish else f"{forms.below_hundred(part)} percent"
        return Number("percent", str(part), said)

    def _date(self) -> Number:
        month, day = self.chance.randrange(12), self.chance.randrange(1, 28)
        said = f"{MONTHS[month]} {DAYS[day]}"
        if self._is_spanish:
            said = f"{forms.par(f'{day + 1:02d}').removeprefix('cero ')} de {MESES[month]}"
        return Number("date", f"{MONTHS[month]} {day + 1}", said)

    def _date_uk(self) -> Number:
        """To be said after "the"."""
        month, day = self.chance.randrange(12), self.chance.randrange(28)
        return Number("date", f"{MONTHS[month]} {day + 1}", f"{DAYS[day]} of {MONTHS[month]}")

    def _quantity(self) -> Number:
        if not self._is_spanish:
            return super()._quantity()
        many = self.chance.randrange(3, 30)
        words = forms.par(f"{many:02d}").removeprefix("cero ")
        return Number("quantity", str(many), f"{words} {self.chance.choice(('cajas', 'piezas', 'bolsas'))}")

    def _count(self) -> Number:
        """A number of whatever the line goes on with."""
        many = self.chance.randrange(3, 30)
        words = forms.par(f"{many:02d}").removeprefix("cero ") if self._is_spanish else forms.below_hundred(many)
        return Number("quantity", str(many), words)
