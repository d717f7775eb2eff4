"""Details and numbers of one call as a listener of a call centre remembers it: further people and ways of saying."""

from __future__ import annotations

import random

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import ALPHABET, MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails
from benchmarks.spoken_forms import Form

FIRST_NAMES = (
    *("Tamara", "Douglas", "Yolanda", "Craig", "Fiona", "Raymond", "Deborah", "Malcolm", "Sheila", "Omar", "Colleen"),
    *("Trevor", "Anita", "Wayne", "Bridget", "Luis", "Charlotte", "Dennis", "Monica", "Graham"),
)
LAST_NAMES = (
    *("Whitaker", "Sandoval", "Barlow", "Donnelly", "Griffin", "Castillo", "Blackwood", "Hadley", "Osborne", "Larkin"),
    *("Vance", "Stokes", "Freeman", "Kapoor", "Dalton", "Ramirez", "Chandler", "Holloway", "Singh", "Winters"),
)
FIRST_NAMES_IN_SPANISH = ("Rosa", "Alberto", "Pilar", "Ignacio", "Teresa", "Manuel", "Carolina", "Felipe", "Inés")
LAST_NAMES_IN_SPANISH = ("Delgado", "Ríos", "Mendoza", "Campos", "Escobar", "Peña", "Guerrero", "Soto", "Benítez")
STREETS = (
    *("Willow Lane", "Franklin Street", "Pine Ridge Road", "Cherry Hill Drive", "Fourth Street", "Madison Avenue"),
    *("Old Mill Road", "Spring Valley Court", "Jefferson Boulevard", "North Elm Street"),
)
CITIES = ("Phoenix", "Columbus", "Nashville", "Spokane", "Savannah", "Milwaukee", "Charleston", "Lincoln", "Dallas")
STREETS_IN_BRITAIN = ("Station Road", "Victoria Street", "Mill Lane", "The Crescent", "Queens Road", "Abbey Close")
TOWNS = ("Leeds", "Bristol", "York", "Norwich", "Cardiff", "Preston", "Derby")
CALLES = ("calle del Sol", "avenida Libertad", "calle Jardines", "calle Real", "paseo del Río", "avenida Central")
CIUDADES = ("Málaga", "Dallas", "Zaragoza", "Guadalajara", "Phoenix", "Bilbao", "Los Ángeles")
HOSTS = {
    "gmail.com": "gmail dot com",
    "outlook.com": "outlook dot com",
    "live.com": "live dot com",
    "me.com": "me dot com",
    "cox.net": "cox dot net",
    "att.net": "a t t dot net",
    "bellsouth.net": "bell south dot net",
    "yahoo.com": "yahoo dot com",
    "protonmail.com": "proton mail dot com",
    "northfield.edu": "north field dot e d u",
    "yahoo.co.uk": "yahoo dot co dot u k",
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "hotmail.com": "hotmail punto com",
    "yahoo.es": "yahoo punto es",
    "outlook.com": "outlook punto com",
}
DAYS = (*ORDINALS, "twentieth", "twenty first", "twenty second", "twenty third", "twenty fourth", "twenty fifth")
PLAIN_LETTERS = str.maketrans("áéíóúñ", "aeioun")


def _with_then(digits: str, chance: random.Random) -> str:
    """Groups with a word between some: "four one one two, then five five oh one"."""
    first, *groups = forms.chunks(digits, forms.natural_sizes(digits))
    said = forms.digits_in_words(first, "oh")
    for part in groups:
        said += f", {chance.choice(('then ', '', 'and ', 'next is '))}{forms.digits_in_words(part, 'oh')}"
    return said


def _in_eights(digits: str, _: random.Random) -> str:
    """In one breath, with one pause in the middle."""
    return ", ".join(forms.digits_in_words(part, "oh") for part in forms.chunks(digits, (8,)))


def _asking(digits: str, chance: random.Random) -> str:
    """With a question to the listener after a group."""
    said = [forms.digits_in_words(part) for part in forms.chunks(digits, forms.natural_sizes(digits))]
    said.insert(chance.randrange(1, len(said)), chance.choice(("got that", "okay", "you with me", "right")))
    return ", ".join(said)


def _scratched(digits: str, chance: random.Random) -> str:
    """A group that is begun wrongly and said again."""
    groups = forms.chunks(digits, forms.natural_sizes(digits))
    at = chance.randrange(1, len(groups))
    said = [forms.digits_in_words(part) for part in groups]
    slip = forms.digits_in_words(groups[at][0] + str((int(groups[at][1]) + 4) % 10))
    said[at] = f"{slip}, {chance.choice(('scratch that', 'oops', 'no, hang on', 'let me redo that'))}, {said[at]}"
    return ", ".join(said)


def _twice_at_the_end(digits: str, _: random.Random) -> str:
    """The last group said twice."""
    said = [forms.digits_in_words(part) for part in forms.chunks(digits, forms.natural_sizes(digits))]
    return ", ".join([*said, f"that's {said[-1]}"])


def _luego(digits: str, chance: random.Random) -> str:
    """Groups in Spanish with a word before the last or the second."""
    said = forms.cifras(digits, chance).split(", ")
    at = chance.choice((1, len(said) - 1))
    said[at] = f"{chance.choice(('luego', 'y después', 'y'))} {said[at]}"
    return ", ".join(said)


CARD_FORMS: tuple[Form, ...] = (
    *(forms.by_groups, _with_then, forms.flowing, forms.tripled, forms.by_groups_with_oh, _in_eights, _asking),
    *(forms.in_pairs, _scratched, forms.by_groups, forms.closed_with_pairs, forms.by_groups_with_oh),
    _twice_at_the_end,
)
SOCIAL_FORMS: tuple[Form, ...] = (
    *(forms.by_groups, forms.by_groups_with_oh, _with_then, forms.flowing_with_oh, forms.dashed, _scratched),
    *(forms.by_groups, forms.closed_with_pairs, forms.in_pairs),
)
FORMS_IN_SPANISH: tuple[Form, ...] = (forms.cifras, forms.pares, _luego, forms.cifras)


class FifthDetails(UnseenDetails):
    """As UnseenDetails, with people, places and manners of another author."""

    def __post_init__(self) -> None:
        super().__post_init__()
        spanish = self._is_spanish
        self.first = self.chance.choice(FIRST_NAMES_IN_SPANISH if spanish else FIRST_NAMES)
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.mailbox = self._mailbox()

    # Cards and social security numbers.

    def _secret(self, name: str) -> Number:
        if name not in {"card", "ssn"}:
            return super()._secret(name)
        kind, value, said = (
            ("pci.card", self.card, CARD_FORMS) if name == "card" else ("ssn", self.social, SOCIAL_FORMS)
        )
        said = FORMS_IN_SPANISH if self._is_spanish else said
        return Number(kind, value, said[self.turn % len(said)](value, self.chance))

    def _expiry(self) -> Number:
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 33)
        two, words = f"{month:02d}", forms.below_hundred(year)
        ways: tuple[str, ...]
        if self._is_spanish:
            ways = (
                f"{forms.par(two)} {forms.par(str(year))}",
                f"{MESES[month - 1]} del {forms.par(str(year))}",
                f"{forms.par(two)} del {forms.par(str(year))}",
                f"{MESES[month - 1]} de dos mil {forms.par(str(year))}",
            )
        else:
            ways = (
                f"{forms.below_hundred(month)} of {words}",
                f"{forms.pair(two)} {words}",
                f"{forms.pair(two)} {words}",
                f"{MONTHS[month - 1]} of twenty {words}",
                f"{MONTHS[month - 1]}, two thousand {words}",
                f"{MONTHS[month - 1]} twenty {words}",
                f"{forms.below_hundred(month)}, twenty {words}",
                f"{forms.pair(two)} over {words}",
                f"{forms.pair(two, 'zero')}, {forms.digits_in_words(str(year))}",
                f"month {forms.below_hundred(month)}, year {words}",
                f"{forms.below_hundred(month)} slash {words}",
            )
        return Number("pci.expiry", f"{two}/{year}", self.chance.choice(ways))

    # Telephone and e-mail.

    def _phone(self) -> Number:
        if self._is_spanish:
            return super()._phone()
        head, last = [self._in_words(self.phone[:3]), self._in_words(self.phone[3:6])], self.phone[6:]
        pairs = " ".join(forms.pair(two) for two in forms.chunks(last, (2,)))
        ends = (self._in_words(last), self._in_words(last), forms.tripled(last, self.chance), pairs)
        return Number("phone", self.phone, ", ".join([*head, self.chance.choice(ends)]))

    def _phone_read(self) -> Number:
        """As an agent reads it back."""
        return self._parts_of_phone(self.phone, 3, 3, 4)

    def _phone_abroad(self, first: str, more: int, *sizes: int) -> Number:
        digits = first + "".join(self.chance.choices("0123456789", k=more))
        plain = (forms.digits_in_words(part, "oh") for part in forms.chunks(digits, sizes))
        doubled = (forms.doubled(part, self.chance).replace("zero", "oh") for part in forms.chunks(digits, sizes))
        return Number("phone", digits, ", ".join(self.chance.choice((plain, doubled))))

    def _phone_uk(self) -> Number:
        return self._phone_abroad("07", 9, *self.chance.choice(((5, 3, 3), (5, 6), (3, 4, 4))))

    def _phone_land(self) -> Number:
        """A landline of Britain."""
        return self._phone_abroad("01", 9, 5, 3)

    def _phone_india(self) -> Number:
        return self._phone_abroad("9", 9, 5)

    def _phone_australia(self) -> Number:
        return self._phone_abroad("04", 8, 4, 3, 3)

    def _mailbox(self) -> Mailbox:
        spanish = self._is_spanish
        hosts = HOSTS_IN_SPANISH if spanish else HOSTS
        host, number = self.chance.choice(tuple(hosts)), self.chance.randrange(21, 99)
        said_first, said_last = self.first.lower(), self.last.lower()
        first, last = said_first.translate(PLAIN_LETTERS), said_last.translate(PLAIN_LETTERS)
        two = forms.below_hundred(number)
        ways: tuple[tuple[str, str], ...]
        if spanish:
            ways = (
                (f"{first}{last}", f"{said_first} {said_last}"),
                (f"{first}.{last}", f"{said_first} punto {said_last}"),
                (f"{last}.{first}", f"{said_last} punto {said_first}"),
                (f"{first}{number}", f"{said_first} {forms.par(str(number))}"),
                (f"familia{last}", f"familia {said_last}"),
            )
        else:
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{first}{last}", f"{first} {last}"),
                (f"{first}{number}", f"{first} {two}"),
                (f"{first[0]}.{last}", f"{self.first[0]} dot {last}"),
                (f"{last}_{first}", f"{last} underscore {first}"),
                (f"{first}-{last}", f"{first} dash {last}"),
                (f"{first}.j.{last}", f"{first} dot J dot {last}"),
                (f"oldtruck{number}", f"old truck {two}"),
                (f"gardenlady{number}", f"garden lady {forms.digits_in_words(str(number))}"),
                (f"mrs{last}", f"M R S {last}"),
                (f"coffee4{first}", f"coffee four {first}"),
                (f"{last}.house", f"{last} dot house"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    # What people say of themselves.

    def _letters(self, word: str) -> str:
        return super()._letters(word.replace("ñ", "n"))

    def _spelled_for(self) -> Number:
        """Letter by letter with a word for each."""
        said = ", ".join(f"{letter.upper()} for {ALPHABET[letter]}" for letter in self.last.lower())
        return Number("pii.name", self.last, said)

    def _address(self) -> Number:
        if self._is_spanish:
            house = str(self.chance.randrange(11, 99))
            street, city = self.chance.choice(CALLES), self.chance.choice(CIUDADES)
            said = self.chance.choice((f"{street} {forms.par(house)}", f"{street}, número {forms.par(house)}"))
            said += self.chance.choice(("", "", ", segundo piso"))
            return Number("pii.address", f"{street} {house} {city}", f"{said}, {city}")
        house = str(self.chance.choice((self.chance.randrange(11, 99), self.chance.randrange(201, 9_900))))
        said = " ".join(forms.pair(two) for two in forms.chunks(house, (2 - len(house) % 2, 2)))
        said = self.chance.choice((said, said, forms.digits_in_words(house, "oh")))
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        unit = forms.below_hundred(self.chance.randrange(2, 30))
        flat = self.chance.choice(("", "", "", f", unit {unit}", f", apartment {unit}", f", number {unit}"))
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}{flat}, {city}")

    def _address_uk(self) -> Number:
        house, street = self.chance.randrange(2, 99), self.chance.choice(STREETS_IN_BRITAIN)
        town = self.chance.choice(TOWNS)
        return Number("pii.address", f"{house} {street} {town}", f"{forms.below_hundred(house)} {street}, {town}")

    def _dob(self) -> Number:
        day, year = self.chance.randrange(1, len(DAYS) + 1), self.chance.randrange(41, 99)
        if self._is_spanish:
            month = self.chance.randrange(12)
            said = forms.par(f"{max(day, 2):02d}").removeprefix("cero ")
            age = self.chance.choice(("de mil novecientos", "del"))
            value = f"{MONTHS[month]} {max(day, 2)} 19{year}"
            return Number("dob", value, f"{said} de {MESES[month]} {age} {forms.par(str(year))}")
        name, two = self.chance.choice(MONTHS), forms.below_hundred(year)
        ways = (
            f"{name} {DAYS[day - 1]}, nineteen {two}",
            f"{name} {DAYS[day - 1]}, {two}",
            f"{name} the {DAYS[day - 1]}, nineteen {two}",
            f"{name} {forms.below_hundred(day)}, nineteen {two}",
        )
        return Number("dob", f"{name} {day} 19{year}", self.chance.choice(ways))

    def _dob_numeric(self) -> Number:
        month, day, year = self.chance.randrange(1, 13), self.chance.randrange(1, 29), self.chance.randrange(41, 99)
        two, pairs = forms.below_hundred(year), (forms.pair(f"{month:02d}"), forms.pair(f"{day:02d}"))
        ways = (
            f"{pairs[0]}, {pairs[1]}, {two}",
            f"{forms.below_hundred(month)}, {forms.below_hundred(day)}, {two}",
            f"{forms.below_hundred(month)} slash {forms.below_hundred(day)} slash {two}",
            f"{pairs[0]}, {pairs[1]}, nineteen {two}",
        )
        return Number("dob", f"{month:02d}{day:02d}{year}", self.chance.choice(ways))

    def _dob_day_first(self) -> Number:
        name, day, year = self.chance.choice(MONTHS), self.chance.randrange(len(DAYS)), self.chance.randrange(41, 99)
        two = forms.below_hundred(year)
        ways = (
            f"{DAYS[day]} of {name}, nineteen {two}",
            f"the {DAYS[day]} of {name} {two}",
            f"{DAYS[day]} {name} {two}",
        )
        return Number("dob", f"{name} {day + 1} 19{year}", self.chance.choice(ways))

    def _account(self) -> Number:
        digits = "".join(self.chance.choices("0123456789", k=self.chance.choice((7, 8, 10))))
        said = ", ".join(map(self._in_words, forms.chunks(digits, (4, 3))))
        return Number("account_number", digits, said)

    def _member(self) -> Number:
        letters = "".join(self.chance.choices("ACEGJLNPXZ", k=self.chance.choice((1, 3))))
        digits = "".join(self.chance.choices("0123456789", k=6))
        return Number(
            "account_number",
            letters + digits,
            f"{' '.join(letters)}, {self._in_words(digits[:3])}, {self._in_words(digits[3:])}",
        )

    # Ordinary numbers.

    def _date(self) -> Number:
        if not self._is_spanish:
            return super()._date()
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        said = forms.par(f"{day:02d}").removeprefix("cero ")
        return Number("date", f"{MONTHS[month]} {day}", f"{said} de {MESES[month]}")

    def _euros(self) -> Number:
        whole = self.chance.randrange(12, 100)
        return Number("money", str(whole), f"{forms.par(str(whole))} euros")
