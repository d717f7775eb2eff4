"""Details and numbers of one call of the third author: people, places and ways of saying only these calls have."""

from __future__ import annotations

import random
from functools import cached_property

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import LETRAS, MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number, card_number
from benchmarks.redaction_unseen_details import UnseenDetails
from benchmarks.spoken_forms import Form

WOMEN = (
    *("Denise", "Shirley", "Deborah", "Yolanda", "Bethany", "Meera", "Fiona", "Gwen", "Kayla", "Eunice", "Anita"),
    *("Simone", "Joy"),
)
MEN = ("Terrence", "Malik", "Curtis", "Ravi", "Callum", "Trevor", "Dustin", "Otis", "Howard", "Francis")
LAST_NAMES = (
    *("Whitfield", "Okafor", "Marsh", "Pruitt", "Dalton", "Kaplan", "Ramirez", "Brennan", "Sharma", "Tran", "Lindsey"),
    *("Holloway", "Petrov", "Boyd", "Goldberg", "Washington", "Haines", "Stanton", "Chandra", "Rose", "Winters"),
)
WOMEN_IN_SPANISH = ("Rosario", "Teresa", "Paloma", "Guadalupe", "Alicia")
MEN_IN_SPANISH = ("Ignacio", "Óscar", "Fermín", "Héctor")
LAST_NAMES_IN_SPANISH = (
    "Ibáñez",
    "Quintero",
    "Montoya",
    "Rincón",
    "Villalobos",
    "Peña",
    "Carrasco",
    "Lozano",
    "Duarte",
)
AGENTS = ("Tamika", "Gerald", "Colleen", "Dave", "Sunita", "Marcy")
AGENTS_IN_SPANISH = ("Lorena", "Julián", "Maribel")
STREETS = (
    *(
        "Juniper Street",
        "Old Mill Road",
        "Cedar Ridge Lane",
        "Jefferson Boulevard",
        "Quail Hollow Drive",
        "Main Street",
    ),
    *("Pleasant Valley Road", "East Market Street", "Willow Bend", "North Fourth Street", "Harbor Way"),
)
CITIES = ("Knoxville", "Spokane", "Des Moines", "Syracuse", "El Paso", "Topeka", "Savannah", "Duluth", "Sacramento")
STATES = ("Tennessee", "Washington", "Iowa", "New York", "Texas", "Kansas", "Georgia", "Minnesota", "California")
BRITISH_STREETS = ("Albert Terrace", "Elm Grove", "Station Road", "Victoria Street", "Meadow Close", "Mill Lane")
BRITISH_TOWNS = {"Leeds": "LS", "Norwich": "NR", "Cardiff": "CF", "Sheffield": "S", "Exeter": "EX", "Glasgow": "G"}
CALLES = ("calle Jacinto", "avenida Hidalgo", "calle del Molino", "calle Magnolia", "avenida Libertad", "calle Sauce")
CIUDADES = ("Zaragoza", "Laredo", "Guadalajara", "Málaga", "Phoenix", "Orlando", "Puebla")
HOSTS = {
    "gmail.com": "gmail dot com",
    "proton.me": "proton dot me",
    "live.com": "live dot com",
    "sbcglobal.net": "s b c global dot net",
    "outlook.com": "outlook dot com",
    "att.net": "a t t dot net",
    "hollowcreekfarm.com": "hollow creek farm dot com",
    "yahoo.com": "yahoo dot com",
    "mapleridge.edu": "maple ridge dot e d u",
}
BRITISH_HOSTS = {
    "btinternet.com": "b t internet dot com",
    "yahoo.co.uk": "yahoo dot co dot u k",
    "gmail.com": "gmail dot com",
    "sky.com": "sky dot com",
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "outlook.com": "outlook punto com",
    "hotmail.com": "hotmail punto com",
    "live.com.mx": "live punto com punto eme equis",
}
_PREFIXES = ("4", "51", "4", "53", "4", "2306", "55", "6011", "4", "54")
_NO_ACCENTS = str.maketrans("áéíóúñ", "aeioun")


def _ordinal(day: int) -> str:
    return ORDINALS[day - 1] if day < 20 else "twentieth" if day == 20 else f"twenty {ORDINALS[day - 21]}"


def _alike(word: str) -> Form:
    """Digits in groups; two alike with "double", three with `word`, as in Britain, India and Australia."""

    def said(digits: str, chance: random.Random) -> str:
        return forms.tripled(digits, chance).replace("triple", word).replace("zero", "oh")

    return said


def _either_zero(digits: str, chance: random.Random) -> str:
    parts = forms.chunks(digits, forms.natural_sizes(digits))
    return ", ".join(forms.digits_in_words(part, chance.choice(("zero", "oh"))) for part in parts)


def _some_pairs(digits: str, chance: random.Random) -> str:
    """Every group as it comes: digits one by one, or two and two."""
    parts = forms.chunks(digits, forms.natural_sizes(digits))
    ways = (forms.flowing_with_oh, forms.in_pairs)
    return ", ".join(chance.choice(ways if len(part) in (2, 4) else ways[:1])(part, chance) for part in parts)


def _linked(digits: str, chance: random.Random) -> str:
    parts = [forms.digits_in_words(part, "oh") for part in forms.chunks(digits, forms.natural_sizes(digits))]
    return f"{', '.join(parts[:-1])}, {chance.choice(('and then', 'and', 'then', 'last is'))} {parts[-1]}"


def _searching(digits: str, chance: random.Random) -> str:
    """With a remark where the number is hard to read."""
    parts = [forms.digits_in_words(part) for part in forms.chunks(digits, forms.natural_sizes(digits))]
    remark = chance.choice(("bear with me", "uh, it's worn", "I need my glasses", "hold on", "is that, yes"))
    parts.insert(chance.randrange(1, len(parts)), remark)
    return ", ".join(parts)


def _said_twice(digits: str, chance: random.Random) -> str:
    parts = [forms.digits_in_words(part, "oh") for part in forms.chunks(digits, forms.natural_sizes(digits))]
    at = chance.randrange(len(parts))
    parts[at] = f"{parts[at]}, {chance.choice(('that is', 'yeah', 'again'))}, {parts[at]}"
    return ", ".join(parts)


def _broken_off(digits: str, chance: random.Random) -> str:
    """A group is left after two digits and said anew: "four seven, no, four eight one two"."""
    groups = forms.chunks(digits, forms.natural_sizes(digits))
    at = chance.randrange(1, len(groups))
    wrong = f"{groups[at][0]}{(int(groups[at][1]) + chance.randrange(1, 9)) % 10}"
    said = [forms.digits_in_words(part) for part in groups]
    said[at] = f"{forms.digits_in_words(wrong)}, {chance.choice(('no', 'oops', 'sorry'))}, {said[at]}"
    return ", ".join(said)


def _round(digits: str, chance: random.Random) -> str:
    """`5000` as "five thousand", `4100` as "forty one hundred", the others as they come."""
    said = []
    for part in forms.chunks(digits, forms.natural_sizes(digits)):
        if len(part) == 4 and part.endswith("000") and part[0] != "0":
            said.append(f"{forms.ONES[int(part[0])]} thousand")
        else:
            said.append(forms.hundreds(part, chance) if part.endswith("00") else _some_pairs(part, chance))
    return ", ".join(said)


def _by_threes(digits: str, _: random.Random) -> str:
    return ", ".join(forms.digits_in_words(part, "oh") for part in forms.chunks(digits, (4, 3, 3, 3)))


def _luego(digits: str, chance: random.Random) -> str:
    parts = [_cifras(part) for part in forms.chunks(digits, forms.natural_sizes(digits))]
    return f"{', '.join(parts[:-1])}, {chance.choice(('y', 'luego', 'y termina en'))} {parts[-1]}"


def _cifras_y_pares(digits: str, chance: random.Random) -> str:
    parts = forms.chunks(digits, forms.natural_sizes(digits))
    return ", ".join(forms.pares(part, chance) if chance.random() < 0.5 else _cifras(part) for part in parts)


def _cifras(digits: str) -> str:
    return " ".join(forms.UNOS[int(digit)] for digit in digits)


CARD_FORMS: tuple[Form, ...] = (
    *(_either_zero, _either_zero, _either_zero, _either_zero, forms.flowing_with_oh, forms.flowing, _some_pairs),
    *(_some_pairs, _linked, _linked, _searching, _said_twice, _broken_off, _round, _by_threes, _alike("triple")),
    *(forms.closed_with_pairs, _alike("triple"), forms.doubled),
)
SOCIAL_FORMS: tuple[Form, ...] = (
    *(_either_zero, _either_zero, _either_zero, _either_zero, forms.flowing_with_oh, _some_pairs, _linked),
    *(_searching, _broken_off, forms.closed_with_pairs, forms.dashed, forms.doubled),
)
CARD_FORMS_IN_SPANISH: tuple[Form, ...] = (forms.cifras, forms.cifras, forms.pares, _luego, _cifras_y_pares)


class ThirdDetails(UnseenDetails):
    """As UnseenDetails; a card is an American Express only where the call names it."""

    def __post_init__(self) -> None:
        super().__post_init__()
        spanish = self._is_spanish
        if not self.amex:
            self.card = card_number(self.chance, self.chance.choice(_PREFIXES), 16)
        self.first = self.chance.choice((*self._women, *self._men))
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.mailbox = self._mailbox()

    # What is paid and who is checked.

    def _secret(self, name: str) -> Number:
        if name not in ("card", "ssn"):
            return super()._secret(name)
        card = name == "card"
        value = self.card if card else self.social
        ways = CARD_FORMS if card else SOCIAL_FORMS
        if self._is_spanish:
            ways = CARD_FORMS_IN_SPANISH if card else (forms.cifras, _luego)
        return Number("pci.card" if card else "ssn", value, self.chance.choice(ways)(value, self.chance))

    def _short(self, digits: str) -> str:
        ways: tuple[Form, ...] = (_either_zero, forms.flowing_with_oh, forms.doubled, forms.one_by_one)
        if self._is_spanish:
            ways = (forms.cifras, forms.cifras, forms.pares)
        elif len(digits) == 4:
            ways = (*ways, forms.in_pairs, _round, forms.flowing)
        return self.chance.choice(ways)(digits, self.chance)

    @cached_property
    def _code(self) -> str:
        return "".join(self.chance.choices("0123456789", k=4 if len(self.card) == 15 else 3))

    @cached_property
    def _until(self) -> tuple[int, int]:
        return self.chance.randrange(1, 13), self.chance.randrange(27, 34)

    def _cvv(self) -> Number:
        ways: tuple[Form, ...] = (forms.flowing, forms.flowing_with_oh, forms.doubled, forms.in_pairs, forms.one_by_one)
        if self._is_spanish:
            ways = (forms.cifras, forms.cifras, forms.pares)
        return Number("pci.cvv", self._code, self.chance.choice(ways)(self._code, self.chance))

    def _expiry(self) -> Number:
        month, year = self._until
        value, two = f"{month:02d}/{year}", f"{month:02d}"
        ways: tuple[str, ...]
        if self._is_spanish:
            ways = (
                f"{forms.par(two)}, {forms.par(str(year))}",
                f"{MESES[month - 1]} del {forms.par(str(year))}",
                f"{MESES[month - 1]} de dos mil {forms.par(str(year))}",
                f"{forms.par(two)} barra {forms.par(str(year))}",
            )
            return Number("pci.expiry", value, self.chance.choice(ways))
        said = forms.below_hundred(year)
        ways = (
            f"{forms.pair(two)}, {said}",
            f"{forms.pair(two)} {said}",
            f"{forms.pair(two, 'zero')}, {said}",
            f"{forms.pair(two)} of {said}",
            f"{MONTHS[month - 1]} of twenty {said}",
            f"{MONTHS[month - 1]} {said}",
            f"{MONTHS[month - 1]}, two thousand {said}",
            f"{forms.below_hundred(month)}, twenty {said}",
            f"{forms.below_hundred(month)} slash {said}",
            f"{forms.digits_in_words(two)} {forms.digits_in_words(str(year))}",
            f"{forms.pair(f'{month % 12 + 1:02d}')}, sorry, {forms.pair(two)} {said}",
        )
        return Number("pci.expiry", value, self.chance.choice(ways))

    # Who calls and where they live.

    def _agent(self) -> Number:
        return self._colleague

    @cached_property
    def _colleague(self) -> Number:
        name = self.chance.choice(AGENTS_IN_SPANISH if self._is_spanish else AGENTS)
        return Number("pii.name", name, name)

    @property
    def _women(self) -> tuple[str, ...]:
        return WOMEN_IN_SPANISH if self._is_spanish else WOMEN

    @property
    def _men(self) -> tuple[str, ...]:
        return MEN_IN_SPANISH if self._is_spanish else MEN

    def _her(self) -> Number:
        return self._relative_of(self._women)

    def _him(self) -> Number:
        return self._relative_of(self._men)

    def _relative_of(self, names: tuple[str, ...]) -> Number:
        """Another person with the same last name."""
        first = self.chance.choice([name for name in names if name != self.first])
        return Number("pii.name", f"{first} {self.last}", f"{first} {self.last}")

    def _letters(self, word: str) -> str:
        return super()._letters(word.replace("ñ", "n"))

    def _house_number(self) -> tuple[str, str]:
        house = str(self.chance.choice((self.chance.randrange(2, 99), self.chance.randrange(101, 9_900))))
        if house.endswith("00"):
            said = f"{forms.below_hundred(int(house[:-2]))} hundred"
        else:
            said = " ".join(forms.pair(two) for two in forms.chunks(house, (2 - len(house) % 2, 2)))
        return house, said

    def _street(self) -> Number:
        house, said = self._house_number()
        street = self.chance.choice(STREETS)
        return Number("pii.address", f"{house} {street}", f"{said} {street}")

    def _address(self) -> Number:
        return self._home

    def _address_second(self) -> Number:
        return self._somewhere()

    @cached_property
    def _home(self) -> Number:
        return self._somewhere()

    def _somewhere(self) -> Number:
        if self._is_spanish:
            house, street, city = str(self.chance.randrange(11, 99)), *map(self.chance.choice, (CALLES, CIUDADES))
            ways = (f"{street} {forms.par(house)}", f"{street}, número {forms.par(house)}, segundo piso")
            return Number("pii.address", f"{street} {house} {city}", f"{self.chance.choice(ways)}, {city}")
        house, said = self._house_number()
        street, at = self.chance.choice(STREETS), self.chance.randrange(len(CITIES))
        flat, state = self.chance.choice(("", "", ", unit four B", ", lot six")), self.chance.choice(("", STATES[at]))
        where = f"{CITIES[at]}, {state}" if state else CITIES[at]
        return Number("pii.address", f"{house} {street} {where}", f"{said} {street}{flat}, {where}")

    def _postcode(self) -> Number:
        town = self.chance.choice(tuple(BRITISH_TOWNS.values()))
        return Number("pii.address", *self._british_code(town))

    def _british_code(self, area: str) -> tuple[str, str]:
        first, second = self.chance.randrange(1, 20), self.chance.randrange(1, 10)
        letters = "".join(self.chance.choices("ABDEFHJNPQRSTUWXY", k=2))
        said = f"{' '.join(area)} {forms.below_hundred(first)}, {forms.ONES[second]} {' '.join(letters)}"
        return f"{area}{first} {second}{letters}", said

    def _address_uk(self) -> Number:
        house, street = self.chance.randrange(2, 99), self.chance.choice(BRITISH_STREETS)
        town = self.chance.choice(tuple(BRITISH_TOWNS))
        code, said = self._british_code(BRITISH_TOWNS[town])
        words = f"{forms.below_hundred(house)} {street}, {town}, {said}"
        return Number("pii.address", f"{house} {street} {town} {code}", words)

    def _address_au(self) -> Number:
        house, code = self.chance.randrange(2, 99), self.chance.choice(("3220", "4350", "2650", "6160"))
        street = self.chance.choice(("Banksia Street", "Wattle Road", "Esplanade"))
        said = f"{forms.below_hundred(house)} {street}, {self._in_words(code)}"
        return Number("pii.address", f"{house} {street} {code}", said)

    def _address_in(self) -> Number:
        flat, city = str(self.chance.randrange(101, 999)), self.chance.choice(("Pune", "Chennai", "Kochi"))
        said = f"flat {forms.digits_in_words(flat, 'oh')}, Lotus Towers, Station Road, {city}"
        return Number("pii.address", f"flat {flat} Lotus Towers Station Road {city}", said)

    # Dates of birth.

    def _born(self, least: int = 38, most: int = 99) -> tuple[int, int, int]:
        return self.chance.randrange(1, 13), self.chance.randrange(1, 29), self.chance.randrange(least, most)

    def _dob(self) -> Number:
        return self._birth

    @cached_property
    def _birth(self) -> Number:
        month, day, year = self._born()
        if self._is_spanish:
            said = forms.par(f"{day:02d}").removeprefix("cero ")
            hundred = self.chance.choice(("mil novecientos", "mil novecientos", "del"))
            joint = " " if hundred == "del" else " de "
            words = f"{said} de {MESES[month - 1]}{joint}{hundred} {forms.par(str(year))}"
        else:
            two, hundred = forms.below_hundred(year), self.chance.choice(("nineteen ", "nineteen ", ""))
            words = self.chance.choice(
                (
                    f"{MONTHS[month - 1]} {_ordinal(day)}, {hundred}{two}",
                    f"{MONTHS[month - 1]} the {_ordinal(day)}, {hundred}{two}",
                    f"{MONTHS[month - 1]} {forms.below_hundred(day)}, nineteen {two}",
                )
            )
        return Number("dob", f"{MONTHS[month - 1]} {day} 19{year}", words)

    def _dob_numeric(self) -> Number:
        month, day, year = self._born()
        if self._is_spanish:
            words = f"{forms.par(f'{day:02d}')}, {forms.par(f'{month:02d}')}, {forms.par(str(year))}"
            return Number("dob", f"{day:02d}{month:02d}{year}", words)
        said_month, said_day = forms.pair(f"{month:02d}"), forms.pair(f"{day:02d}")
        if self.chance.random() < 0.5:
            said_month, said_day = said_month.removeprefix("oh "), said_day.removeprefix("oh ")
        words = f"{said_month} {said_day} {self.chance.choice(('', 'nineteen '))}{forms.below_hundred(year)}"
        return Number("dob", f"{month:02d}{day:02d}{year}", words)

    def _dob_day_first(self) -> Number:
        if self._is_spanish:
            return self._dob()
        month, day, year = self._born()
        said_month = self.chance.choice((f"of {MONTHS[month - 1]}", MONTHS[month - 1], f"of the {_ordinal(month)}"))
        words = f"{_ordinal(day)} {said_month}, {self.chance.choice(('', 'nineteen '))}{forms.below_hundred(year)}"
        return Number("dob", f"{MONTHS[month - 1]} {day} 19{year}", words)

    def _dob_child(self) -> Number:
        month, day, year = self._born(11, 24)
        if self._is_spanish:
            said = forms.par(f"{day:02d}").removeprefix("cero ")
            words = f"{said} de {MESES[month - 1]} de dos mil {forms.par(str(year))}"
        else:
            words = f"{MONTHS[month - 1]} {_ordinal(day)}, {self.chance.choice(('two thousand', 'twenty'))} "
            words += forms.below_hundred(year)
        return Number("dob", f"{MONTHS[month - 1]} {day} 20{year}", words)

    # Telephone and e-mail.

    def _phone(self) -> Number:
        if self._is_spanish:
            return super()._phone()
        groups = forms.chunks(self.phone, (3, 3, 4))
        said = [self._in_words(part) for part in groups]
        way = self.chance.randrange(8)
        if way == 0:
            said[2] = forms.in_pairs(groups[2], self.chance)
        elif way == 1:
            said[2] = _round(groups[2], self.chance)
        elif way == 2:
            said = [forms.doubled(part, self.chance) for part in groups]
        elif way == 3:
            said.insert(2, self.chance.choice(("uh", "um", "then")))
        elif way == 4:
            said = [" ".join(said[:2]), said[2]]
        return Number("phone", self.phone, ", ".join(said))

    def _phone_uk(self) -> Number:
        digits = "07" + "".join(self.chance.choices("0123456789", k=9))
        return self._alike_in_parts(digits, self.chance.choice(((5, 3), (5, 6), (3, 4), (5, 2))))

    def _phone_land_uk(self) -> Number:
        digits = self.chance.choice(("0113", "0114", "0117")) + "".join(self.chance.choices("23456789", k=7))
        return self._alike_in_parts(digits, (4, 3, 4))

    def _phone_au(self) -> Number:
        return self._alike_in_parts("04" + "".join(self.chance.choices("0123456789", k=8)), (4, 3))

    def _phone_in(self) -> Number:
        digits = self.chance.choice("789") + "".join(self.chance.choices("0123456789", k=9))
        return self._alike_in_parts(digits, self.chance.choice(((5,), (4, 3), (2,))))

    def _alike_in_parts(self, digits: str, sizes: tuple[int, ...]) -> Number:
        parts = forms.chunks(digits, sizes)
        return Number("phone", digits, ", ".join(_alike("treble")(part, self.chance) for part in parts))

    def _phone_local(self) -> Number:
        return self._parts_of_phone(self._telephone()[3:], 3, 4)

    def _extension(self) -> Number:
        digits = "".join(self.chance.choices("123456789", k=3))
        word = "extensión" if self._is_spanish else "extension"
        return Number("phone", digits, f"{word} {self._in_words(digits)}")

    def _mailbox(self) -> Mailbox:
        first, last = (name.lower().translate(_NO_ACCENTS) for name in (self.first, self.last))
        number = str(self.chance.randrange(51, 99))
        if self._is_spanish:
            host = self.chance.choice(tuple(HOSTS_IN_SPANISH))
            ways = [
                (f"{last}.{first}", f"{self.last.lower()} punto {self.first.lower()}"),
                (f"{first}{last}", f"{self.first.lower()} {self.last.lower()} todo junto"),
                (f"{first}{number}", f"{self.first.lower()} {forms.par(number)}"),
                (f"{first}-{last}", f"{self.first.lower()} guion {self.last.lower()}"),
                (f"familia{last}", f"familia {self.last.lower()}"),
            ]
            return Mailbox(*self.chance.choice(ways), host, HOSTS_IN_SPANISH[host])
        host = self.chance.choice(("gmail.com", "gmail.com", *HOSTS))
        middle = self.chance.choice("BJMR")
        two = forms.below_hundred(int(number))
        ways = [
            (f"{first}.{last}", f"{first} dot {last}"),
            (f"{last}.{first}", f"{last} dot {first}"),
            (f"{first[0]}{last}", f"{self.first[0]} {last}"),
            (f"{first[0]}{middle.lower()}{last}", f"{self.first[0]} {middle} {last}"),
            (f"{first}{last[0]}", f"{first} {self.last[0]}"),
            (f"{first}.{last}{number}", f"{first} dot {last} {two}"),
            (f"{first}{number}", f"{first} nineteen {two}".replace("nineteen ", "") + ", all one word"),
            (f"{last}{first[0]}{number}", f"{last} {self.first[0]} {two}"),
            (f"{first}_{last}", f"{first} underscore {last}"),
            (f"{first}-{last}", f"{first} hyphen {last}"),
            (f"team{last}", f"team {last}"),
            (f"sunnydays{number}", f"sunny days {forms.digits_in_words(number)}"),
            (f"fishingwith{first}", f"fishing with {first}"),
        ]
        return Mailbox(*self.chance.choice(ways), host, HOSTS[host])

    def _email_uk(self) -> Number:
        host = self.chance.choice(tuple(BRITISH_HOSTS))
        self.mailbox = Mailbox(self.mailbox.user, self.mailbox.said, host, BRITISH_HOSTS[host])
        return self._email()

    def _email_spelled(self) -> Number:
        """The last name, its letters, and the provider."""
        last, host = self.last.lower().translate(_NO_ACCENTS), self.mailbox.host
        self.mailbox = Mailbox(last, self.last.lower(), host, self.mailbox.host_said)
        letters, at = self._letters(self.last), "arroba" if self._is_spanish else "at"
        return Number("pii.email", f"{last}@{host}", f"{self.last.lower()}, {letters}, {at} {self.mailbox.host_said}")

    # Numbers of accounts and of states.

    def _account(self) -> Number:
        drawn = super()._account()
        if self._is_spanish or self.chance.random() < 0.5:
            return drawn
        return Number(drawn.type, drawn.value, ", ".join(map(self._in_words, forms.chunks(drawn.value, (3, 3)))))

    def _member(self) -> Number:
        letters = "".join(self.chance.choices("CGJLNPXZ", k=self.chance.choice((1, 2, 3))))
        digits = "".join(self.chance.choices("0123456789", k=6))
        said = LETRAS if self._is_spanish else dict(zip(letters, letters, strict=True))
        words = " ".join(said[letter] for letter in letters)
        return Number("account_number", letters + digits, f"{words}, {self._in_words(digits)}")

    def _iban(self) -> Number:
        country, bank = ("ES", "") if self._is_spanish else ("GB", self.chance.choice(("NWBK", "LOYD", "MIDL")))
        account = "".join(self.chance.choices("0123456789", k=20 if self._is_spanish else 14))
        numbers = "".join(str(int(sign, 36)) for sign in f"{bank}{account}{country}00")
        check = f"{98 - int(numbers) % 97:02d}"
        head = "e ese" if self._is_spanish else "G B"
        parts = [self._in_words(check), " ".join(bank), *map(self._in_words, forms.chunks(account, (4,)))]
        said = ", ".join(part for part in (head, *parts) if part)
        return Number("national.iban", f"{country}{check}{bank}{account}", said)

    def _passport(self) -> Number:
        if not self._is_spanish:
            return super()._passport()
        letters, digits = "".join(self.chance.choices("ABCPX", k=3)), "".join(self.chance.choices("0123456789", k=6))
        said = " ".join(LETRAS[letter] for letter in letters)
        return Number("national.passport", letters + digits, f"{said}, {self._in_words(digits)}")

    # Ordinary numbers.

    def _date(self) -> Number:
        if not self._is_spanish:
            return super()._date()
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        said = forms.par(f"{day:02d}").removeprefix("cero ")
        return Number("date", f"{MONTHS[month]} {day}", f"{said} de {MESES[month]}")

    def _date_uk(self) -> Number:
        day, month = self.chance.randrange(1, 29), self.chance.choice(MONTHS)
        return Number("date", f"{month} {day}", f"the {_ordinal(day)} of {month}")

    def _time_uk(self) -> Number:
        hour, part = self.chance.randrange(1, 12), self.chance.choice(("half past", "quarter past", "quarter to"))
        return Number("time", f"{part} {hour}", f"{part} {forms.below_hundred(hour)}")

    def _count(self) -> Number:
        many = self.chance.randrange(3, 20)
        said = forms.below_hundred(many)
        if self._is_spanish:
            said = forms.par(f"{many:02d}").removeprefix("cero ")
        return Number("quantity", str(many), said)

    def _quantity(self) -> Number:
        if not self._is_spanish:
            return super()._quantity()
        count = self._count()
        return Number("quantity", count.value, f"{count.text} {self.chance.choice(('cajas', 'piezas', 'bolsas'))}")

    def _reading(self) -> Number:
        return self._digits("quantity", 5, 5)

    def _room(self) -> Number:
        value = str(self.chance.randrange(101, 999))
        said = forms.UNOS[int(value[0])] + f" {forms.par(value[1:])}" if self._is_spanish else ""
        return Number("quantity", value, said or f"{forms.ONES[int(value[0])]} {forms.pair(value[1:])}")

    def _percent(self) -> Number:
        value = self.chance.choice((5, 10, 12, 15, 18, 20, 25, 30))
        said = f"{forms.par(f'{value:02d}').removeprefix('cero ')} por ciento" if self._is_spanish else ""
        return Number("percent", str(value), said or f"{forms.below_hundred(value)} percent")

    def _hundreds(self) -> Number:
        """A sum of hundreds of dollars."""
        hundreds, rest = self.chance.randrange(1, 10), self.chance.randrange(5, 99)
        said = f"{forms.ONES[hundreds]} hundred {self.chance.choice(('', 'and '))}{forms.below_hundred(rest)} dollars"
        return Number("money", f"{hundreds}{rest:02d}", said)

    def _thousands(self) -> Number:
        hundreds = self.chance.choice((*range(11, 20), *range(21, 30), *range(31, 40)))
        thousand, rest = divmod(hundreds, 10)
        said = f"{forms.below_hundred(hundreds)} hundred"
        if self.chance.random() < 0.5:
            said = f"{forms.ONES[thousand]} thousand {forms.ONES[rest]} hundred"
        return Number("money", f"{hundreds}00", f"{said} dollars")

    def _pounds(self) -> Number:
        whole, pence = self.chance.randrange(11, 99), self.chance.choice((0, 50, 75, 99))
        said = f"{forms.below_hundred(whole)} pounds"
        return Number("money", f"{whole}.{pence:02d}", f"{said} {forms.below_hundred(pence)}" if pence else said)

    def _rupees(self) -> Number:
        hundreds = self.chance.randrange(3, 20)
        return Number("money", f"{hundreds}00", f"{forms.below_hundred(hundreds)} hundred rupees")

    def _euros(self) -> Number:
        whole = self.chance.randrange(12, 99)
        return Number("money", str(whole), f"{forms.par(str(whole)).removesuffix('uno')}{_un(whole)} euros")

    def _pesos(self) -> Number:
        hundreds = self.chance.choice(("doscientos", "trescientos", "cuatrocientos", "ochocientos"))
        value = {"doscientos": "200", "trescientos": "300", "cuatrocientos": "400", "ochocientos": "800"}[hundreds]
        return Number("money", value, f"{hundreds} pesos")


def _un(number: int) -> str:
    return {True: "ún" if number == 21 else "un", False: ""}[number % 10 == 1 and number > 20]
