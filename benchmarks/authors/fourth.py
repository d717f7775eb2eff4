"""Details and numbers of one unseen synthetic call of the fourth author: people of many trades and countries."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import ALPHABET, MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails
from benchmarks.spoken_forms import Form

FIRST_NAMES = (
    *("Dorothy", "Curtis", "Yolanda", "Nathan", "Bridget", "Sanjay", "Lorraine", "Tyrone", "Heather", "Douglas"),
    *("Anita", "Clifford", "Fiona", "Darnell", "Gwen", "Patrick", "Meera", "Russell", "Vanessa", "Howard", "Sheila"),
    *("Travis", "Imogen", "Lamar"),
)
LAST_NAMES = (
    *("Whitaker", "Okafor", "Donnelly", "Sharma", "Castellano", "Hughes", "Blackwood", "Mendoza", "Pruitt", "Iyer"),
    *("Van Dyke", "Mallory", "Thornton", "Washington", "Kaplan", "Sorensen", "Botha", "Fitzgerald", "Tran", "Lockhart"),
    *("Dubois", "Hendricks", "Singh", "Carmichael"),
)
KIN_WOMEN = ("Hannah", "Rosie", "Ethel", "Chloe", "Gloria", "Nadia")
KIN_MEN = ("Tyler", "Caleb", "Arjun", "Bernard", "Mason", "Desmond")
AGENTS = ("Tasha", "Malcolm", "Kerry", "Deepa", "Joel", "Simone", "Trent", "Ailsa")
FIRST_NAMES_IN_SPANISH = ("Marisol", "Ramiro", "Pilar", "Gonzalo", "Leticia", "Álvaro", "Rocío", "Humberto")
LAST_NAMES_IN_SPANISH = ("Quintero", "Villanueva", "Escobar", "Peralta", "Montoya", "Cárdenas", "Rivas", "Ochoa")
KIN_WOMEN_IN_SPANISH = ("Camila", "Ximena", "Amparo")
KIN_MEN_IN_SPANISH = ("Mateo", "Julián", "Bruno")
AGENTS_IN_SPANISH = ("Patricia", "Iván", "Carolina", "Sergio")
STREETS = (
    *("Willow Bend", "Old Mill Road", "Jefferson Street", "Pine Ridge Drive", "Seventeenth Street", "Harbor View Lane"),
    *("Cedar Crest Circle", "County Road Nine", "Franklin Boulevard", "Meadow Brook Way", "Fox Hollow Road"),
)
CITIES = ("Knoxville", "Spokane", "Des Moines", "Baton Rouge", "Savannah", "Lansing", "El Paso", "Akron", "Duluth")
STREETS_ABROAD = {
    "uk": ("Victoria Road", "Station Approach", "Chapel Lane", "Queen's Crescent", "The Green", "Mill Bank"),
    "ca": ("Dundas Street West", "Portage Avenue", "Granville Street", "Elgin Street", "Bayview Avenue"),
    "au": ("Bunda Street", "Pacific Parade", "Wattle Grove", "Beach Road", "George Street"),
    "in": ("M G Road", "Park Street", "Lake Road", "Station Road", "Hill Road"),
    "ie": ("Patrick Street", "Strand Road", "Main Street", "Castle Avenue"),
    "za": ("Jan Smuts Avenue", "Kloof Street", "Long Street", "Beach Road"),
}
CITIES_ABROAD = {
    "uk": ("Leeds", "Norwich", "Cardiff", "Stockport", "Dundee", "Reading"),
    "ca": ("Toronto", "Winnipeg", "Vancouver", "Ottawa", "Halifax"),
    "au": ("Geelong", "Newcastle", "Cairns", "Perth"),
    "in": ("Pune", "Kolkata", "Chennai", "Mumbai"),
    "ie": ("Cork", "Galway", "Limerick", "Sligo"),
    "za": ("Durban", "Cape Town", "Pretoria"),
}
CALLES = ("calle Los Pinos", "avenida Juárez", "calle Serrano", "camino Real", "calle Las Flores", "plaza del Carmen")
CIUDADES = ("Zaragoza", "Phoenix", "Guadalajara", "Málaga", "Dallas", "Bilbao", "Orlando")
HOSTS = {
    "outlook.com": "outlook dot com",
    "gmail.com": "gmail dot com",
    "msn.com": "m s n dot com",
    "cox.net": "cox dot net",
    "sbcglobal.net": "s b c global dot net",
    "proton.me": "proton dot me",
    "yahoo.com": "yahoo dot com",
    "charter.net": "charter dot net",
    "greenfieldfarms.com": "green field farms dot com",
}
HOSTS_ABROAD = {
    "uk": {"btinternet.com": "b t internet dot com", "live.co.uk": "live dot co dot u k", "sky.com": "sky dot com"},
    "ca": {"rogers.com": "rogers dot com", "shaw.ca": "shaw dot c a", "gmail.com": "gmail dot com"},
    "au": {"bigpond.com": "big pond dot com", "optusnet.com.au": "optus net dot com dot a u"},
    "in": {"yahoo.co.in": "yahoo dot co dot in", "gmail.com": "gmail dot com"},
    "ie": {"eircom.net": "air com dot net", "gmail.com": "gmail dot com"},
    "za": {"mweb.co.za": "m web dot co dot z a", "gmail.com": "gmail dot com"},
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "hotmail.com": "hotmail punto com",
    "outlook.es": "outlook punto es",
    "yahoo.com.mx": "yahoo punto com punto eme equis",
    "icloud.com": "icloud punto com",
}
UNITS = ("boxes", "bags", "packs", "cartons")


def _and_then(digits: str, chance: random.Random) -> str:
    """Groups, and a word before the last of them."""
    groups = [forms.digits_in_words(part, "oh") for part in forms.chunks(digits, forms.natural_sizes(digits))]
    groups[-1] = f"{chance.choice(('and', 'and then'))} {groups[-1]}"
    return ", ".join(groups)


def _lost(digits: str, chance: random.Random) -> str:
    """The place is lost, and one group said once more."""
    groups = [forms.digits_in_words(part) for part in forms.chunks(digits, forms.natural_sizes(digits))]
    at = chance.randrange(1, len(groups))
    groups[at] += f", {chance.choice(('where was I', 'hang on, the glare', 'yeah'))}, {groups[at]}"
    return ", ".join(groups)


def _slip_inside(digits: str, chance: random.Random) -> str:
    """A digit is said wrongly and mended at once: "five six, no, five seven, two three"."""
    groups = forms.chunks(digits, forms.natural_sizes(digits))
    said = [forms.digits_in_words(part) for part in groups]
    at = chance.randrange(len(groups))
    slip = groups[at][0] + str((int(groups[at][1]) + chance.randrange(1, 9)) % 10)
    said[at] = f"{forms.digits_in_words(slip)}, {chance.choice(('no', 'oops', 'sorry no'))}, {said[at]}"
    return ", ".join(said)


def _twos(digits: str, _: random.Random) -> str:
    """Two digits at a time, each by itself: "four one, one two"."""
    return ", ".join(forms.digits_in_words(part, "oh") for part in forms.chunks(digits, (2,)))


def _halves(digits: str, _: random.Random) -> str:
    """In two long breaths."""
    return ", ".join(forms.digits_in_words(part) for part in forms.chunks(digits, (len(digits) // 2,)))


def _threes(digits: str, _: random.Random) -> str:
    """Three at a time, as somebody who types along."""
    return ", ".join(forms.digits_in_words(part) for part in forms.chunks(digits, (3,)))


def _doubled_oh(digits: str, chance: random.Random) -> str:
    return forms.doubled(digits, chance).replace("zero", "oh")


def _doubled_part(digits: str, chance: random.Random) -> str:
    """As `_doubled_oh`, in one breath."""
    return _doubled_oh(digits, chance).replace(", ", " ")


def _begun_in_pairs(digits: str, _: random.Random) -> str:
    """The first group in pairs, the others one by one."""
    first, *groups = forms.chunks(digits, forms.natural_sizes(digits))
    head = [forms.ONES[int(first[0])]] if len(first) % 2 else []
    said = " ".join([*head, *(forms.pair(two) for two in forms.chunks(first[len(first) % 2 :], (2,)))])
    return ", ".join([said, *(forms.digits_in_words(part) for part in groups)])


def _breath(digits: str, chance: random.Random) -> str:
    """Somebody looks for the light switch between two groups."""
    groups = [forms.digits_in_words(part) for part in forms.chunks(digits, forms.natural_sizes(digits))]
    groups.insert(chance.randrange(1, len(groups)), chance.choice(("erm", "okay", "hold on", "you with me", "mm")))
    return ", ".join(groups)


def _pares_y_cifras(digits: str, chance: random.Random) -> str:
    """The first half of the groups digit by digit, the others in pairs."""
    groups = forms.chunks(digits, forms.natural_sizes(digits))
    half = len(groups) // 2
    said = [" ".join(forms.UNOS[int(digit)] for digit in part) for part in groups[:half]]
    return ", ".join([*said, *(forms.pares(part, chance) for part in groups[half:])])


def _cifras_con_pausa(digits: str, chance: random.Random) -> str:
    groups = forms.cifras(digits, chance).split(", ")
    groups.insert(chance.randrange(1, len(groups)), chance.choice(("eh", "a ver", "espere", "y luego")))
    return ", ".join(groups)


CARD_FORMS: dict[bool, tuple[Form, ...]] = {
    False: (
        *(forms.by_groups, _and_then, forms.flowing, _twos, forms.by_groups_with_oh, _breath, _lost, forms.in_pairs),
        *(forms.by_groups, _slip_inside, _doubled_oh, _begun_in_pairs, _halves, forms.by_groups, forms.hundreds),
        *(forms.flowing_with_oh, _threes, forms.tripled, forms.by_groups_with_oh),
    ),
    True: (forms.cifras, _pares_y_cifras, _cifras_con_pausa, forms.pares, forms.cifras),
}
SOCIAL_FORMS: dict[bool, tuple[Form, ...]] = {
    False: (
        *(forms.by_groups, _and_then, forms.by_groups_with_oh, forms.closed_with_pairs, _breath, forms.flowing_with_oh),
        *(forms.by_groups, _slip_inside, _doubled_oh, forms.dashed, _threes),
    ),
    True: (forms.cifras,),
}


class FourthDetails(UnseenDetails):
    """As UnseenDetails; what is drawn once in a call is the same when it is read back."""

    def __post_init__(self) -> None:
        super().__post_init__()
        spanish = self._is_spanish
        self.first = self.chance.choice(FIRST_NAMES_IN_SPANISH if spanish else FIRST_NAMES)
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.kin_woman = self.chance.choice(KIN_WOMEN_IN_SPANISH if spanish else KIN_WOMEN)
        self.kin_man = self.chance.choice(KIN_MEN_IN_SPANISH if spanish else KIN_MEN)
        self.kin = self.chance.choice((self.kin_woman, self.kin_man))
        self.taker = self.chance.choice(AGENTS_IN_SPANISH if spanish else AGENTS)
        self.kept: dict[str, Number] = {}
        self.kept_digits: dict[str, str] = {}
        self.mailbox = self._mailbox()

    def _keep(self, kind: str, make: Callable[[], Number]) -> Number:
        if kind not in self.kept:
            self.kept[kind] = make()
        return self.kept[kind]

    def _keep_digits(self, kind: str, make: Callable[[], str]) -> str:
        if kind not in self.kept_digits:
            self.kept_digits[kind] = make()
        return self.kept_digits[kind]

    def _drawn(self, length: int, of: str = "0123456789") -> str:
        return "".join(self.chance.choices(of, k=length))

    # Cards and social security numbers.

    def _secret(self, name: str) -> Number:
        card, part = name.startswith("card"), name.partition("_")[2]
        if part:
            return self._part(card, part)
        if name not in {"card", "ssn"}:
            return super()._secret(name)
        value = self.card if card else self.social
        ways = (CARD_FORMS if card else SOCIAL_FORMS)[self._is_spanish]
        return Number("pci.card" if card else "ssn", value, self.chance.choice(ways)(value, self.chance))

    def _part(self, card: bool, part: str) -> Number:
        """The `front` or the `back` of a number, or its last four digits as they were `misheard`."""
        value = self.card if card else self.social
        groups = forms.chunks(value, forms.natural_sizes(value))
        said = {"front": groups[:2], "back": groups[2:]}.get(part)
        if said is None:
            digits = value[-4:]
            said = [digits[:2] + str((int(digits[2]) + self.chance.randrange(1, 9)) % 10) + digits[3]]
        text = ", ".join(forms.digits_in_words(group, self._zero) for group in said)
        return Number("pci.card_part" if card else "ssn", "".join(said), text)

    def _cvv(self) -> Number:
        length = 4 if len(self.card) == 15 else 3
        value = self._keep_digits("cvv", lambda: self._drawn(length))
        return Number("pci.cvv", value, self._short(value))

    def _expiry(self) -> Number:
        drawn = self._keep_digits(
            "expiry", lambda: f"{self.chance.randrange(1, 13):02d}{self.chance.randrange(27, 34)}"
        )
        month, year = int(drawn[:2]), int(drawn[2:])
        if self._is_spanish:
            said = self.chance.choice(
                (
                    f"{forms.par(drawn[:2])} {forms.par(drawn[2:])}",
                    f"{MESES[month - 1]} de dos mil {forms.par(drawn[2:])}",
                    f"{MESES[month - 1]} del {forms.par(drawn[2:])}",
                    f"{forms.par(drawn[:2])}, barra, {forms.par(drawn[2:])}",
                    f"{forms.par(drawn[:2]).removeprefix('cero ')} del {forms.par(drawn[2:])}",
                )
            )
            return Number("pci.expiry", f"{month:02d}/{year}", said)
        two, years = forms.pair(drawn[:2]), forms.below_hundred(year)
        said = self.chance.choice(
            (
                f"{two} {years}",
                f"{two}, {years}",
                f"{two} of {years}",
                f"{two} twenty {years}",
                f"{MONTHS[month - 1]} of twenty {years}",
                f"{MONTHS[month - 1]} two thousand {years}",
                f"{MONTHS[month - 1]}, {years}",
                f"month {two}, year {years}",
                f"{forms.pair(drawn[:2], 'zero')}, {years}",
                f"{two} over {years}",
                forms.digits_in_words(drawn, "oh"),
                f"{forms.below_hundred(month)} of {years}",
            )
        )
        return Number("pci.expiry", f"{month:02d}/{year}", said)

    # People and places.

    def _agent(self) -> Number:
        return Number("pii.name", self.taker, self.taker)

    def _kin(self) -> Number:
        """First name of somebody near the caller."""
        return Number("pii.name", self.kin, self.kin)

    def _kin_her(self) -> Number:
        return Number("pii.name", self.kin_woman, self.kin_woman)

    def _kin_him(self) -> Number:
        return Number("pii.name", self.kin_man, self.kin_man)

    def _kin_name(self) -> Number:
        return Number("pii.name", f"{self.kin} {self.last}", f"{self.kin} {self.last}")

    def _kin_her_name(self) -> Number:
        return Number("pii.name", f"{self.kin_woman} {self.last}", f"{self.kin_woman} {self.last}")

    def _kin_him_name(self) -> Number:
        return Number("pii.name", f"{self.kin_man} {self.last}", f"{self.kin_man} {self.last}")

    def _letters(self, word: str) -> str:
        return super()._letters(word.replace(" ", "").replace("'", "").replace("Á", "A"))

    def _address(self) -> Number:
        return self._keep("address", self._drawn_address)

    def _drawn_address(self) -> Number:
        if self._is_spanish:
            house, street = str(self.chance.randrange(11, 99)), self.chance.choice(CALLES)
            city = self.chance.choice(CIUDADES)
            floor = self.chance.choice(("", "", ", segundo be", ", apartamento cinco"))
            return Number("pii.address", f"{street} {house} {city}", f"{street} {forms.par(house)}{floor}, {city}")
        house = str(self.chance.choice((self.chance.randrange(2, 99), self.chance.randrange(110, 9_900))))
        paired = " ".join(forms.pair(two) for two in forms.chunks(house, (2 - len(house) % 2, 2)))
        said = self.chance.choice((paired, paired, forms.digits_in_words(house, "oh")))
        if len(house) == 1:
            said = forms.ONES[int(house)]
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        unit = self.chance.choice(("", "", ", unit B", f", number {forms.below_hundred(self.chance.randrange(2, 40))}"))
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}{unit}, {city}")

    def _address_second(self) -> Number:
        return self._keep("address_second", self._drawn_address)

    def _address_abroad(self, country: str) -> Number:
        def make() -> Number:
            house = self.chance.randrange(2, 99)
            street = self.chance.choice(STREETS_ABROAD[country])
            city = self.chance.choice(CITIES_ABROAD[country])
            said = f"{forms.below_hundred(house)} {street}, {city}"
            return Number("pii.address", f"{house} {street} {city}", said)

        return self._keep("address", make)

    def _address_uk(self) -> Number:
        return self._address_abroad("uk")

    def _address_ca(self) -> Number:
        return self._address_abroad("ca")

    def _address_au(self) -> Number:
        return self._address_abroad("au")

    def _address_in(self) -> Number:
        return self._address_abroad("in")

    def _address_ie(self) -> Number:
        return self._address_abroad("ie")

    def _address_za(self) -> Number:
        return self._address_abroad("za")

    def _born(self) -> tuple[int, int, int]:
        drawn = self._keep_digits(
            "born",
            lambda: (
                f"{self.chance.randrange(1, 13):02d}{self.chance.randrange(1, 20):02d}{self.chance.randrange(38, 99)}"
            ),
        )
        return int(drawn[:2]), int(drawn[2:4]), int(drawn[4:])

    def _dob(self) -> Number:
        month, day, year = self._born()
        value = f"{MONTHS[month - 1]} {day} 19{year}"
        if self._is_spanish:
            begin = "el primero" if day == 1 else forms.par(f"{day:02d}").removeprefix("cero ")
            years = self.chance.choice((f"de mil novecientos {forms.par(str(year))}", f"del {forms.par(str(year))}"))
            return Number("dob", value, f"{begin} de {MESES[month - 1]} {years}")
        years = self.chance.choice(("", "nineteen ", "of ")) + forms.below_hundred(year)
        return Number("dob", value, f"{MONTHS[month - 1]} {ORDINALS[day - 1]}, {years}")

    def _dob_numeric(self) -> Number:
        month, day, year = self._born()
        said = self.chance.choice(
            (
                f"{forms.pair(f'{month:02d}')} {forms.pair(f'{day:02d}')} {forms.below_hundred(year)}",
                f"{forms.below_hundred(month)}, {forms.below_hundred(day)}, {forms.below_hundred(year)}",
                f"{forms.below_hundred(month)} {forms.below_hundred(day)} nineteen {forms.below_hundred(year)}",
            )
        )
        return Number("dob", f"{month:02d}{day:02d}{year}", said)

    def _dob_day_first(self) -> Number:
        month, day, year = self._born()
        day_said = self.chance.choice((f"{ORDINALS[day - 1]} of", f"the {ORDINALS[day - 1]} of"))
        said = f"{day_said} {MONTHS[month - 1]}, {self.chance.choice(('', 'nineteen '))}{forms.below_hundred(year)}"
        return Number("dob", f"{MONTHS[month - 1]} {day} 19{year}", said)

    def _dob_child(self) -> Number:
        def make() -> Number:
            month, day = self.chance.choice(MONTHS), self.chance.randrange(len(ORDINALS))
            year = self.chance.randrange(10, 22)
            said = f"{month} {ORDINALS[day]}, twenty {forms.below_hundred(year)}"
            return Number("dob", f"{month} {day + 1} 20{year}", said)

        return self._keep("dob_child", make)

    def _dob_elder(self) -> Number:
        def make() -> Number:
            month, day = self.chance.randrange(1, 13), self.chance.randrange(len(ORDINALS))
            year = self.chance.randrange(31, 55)
            said = f"{forms.below_hundred(month)} {forms.below_hundred(day + 1)} {forms.below_hundred(year)}"
            said = self.chance.choice((said, f"{MONTHS[month - 1]} {ORDINALS[day]}, {forms.below_hundred(year)}"))
            return Number("dob", f"{MONTHS[month - 1]} {day + 1} 19{year}", said)

        return self._keep("dob_elder", make)

    def _account(self) -> Number:
        value = self._keep_digits("account", lambda: self._drawn(self.chance.randrange(7, 11)))
        return Number("account_number", value, ", ".join(map(self._in_words, forms.chunks(value, (3, 3, 4)))))

    def _member(self) -> Number:
        letters = self._keep_digits("member letters", lambda: self._drawn(2, "CDFGHKMPRSTW"))
        digits = self._keep_digits("member digits", lambda: self._drawn(6))
        if self._is_spanish:
            return Number("account_number", letters + digits, f"{self._letters(letters)}, {self._in_words(digits)}")
        said = f"{' '.join(letters)} {self._in_words(digits[:3])}, {self._in_words(digits[3:])}"
        return Number("account_number", letters + digits, said)

    # Telephone and e-mail.

    def _phone(self) -> Number:
        if self._is_spanish:
            return super()._phone()
        a, b, c = forms.chunks(self.phone, (3, 3, 4))
        words, pairs = self._in_words, " ".join(forms.pair(two) for two in forms.chunks(c, (2,)))
        said = self.chance.choice(
            (
                f"{words(a)}, {words(b)}, {words(c)}",
                f"{words(a)} {words(b)} {words(c)}",
                f"{words(a)}, {words(b)}, {pairs}",
                ", ".join(_doubled_part(part, self.chance) for part in (a, b, c)),
                f"{words(a)}, and then {words(b)}, {words(c)}",
            )
        )
        return Number("phone", self.phone, said)

    def _phone_area(self) -> Number:
        a, b, c = map(self._in_words, forms.chunks(self.phone, (3, 3, 4)))
        return Number("phone", self.phone, f"area code {a}, {b}, {c}")

    def _mobile(self, kind: str, starts: tuple[str, ...], rest: int, sizes: tuple[int, ...]) -> Number:
        value = self._keep_digits(kind, lambda: self.chance.choice(starts) + self._drawn(rest))
        doubled = self.chance.random() < 0.5
        parts = forms.chunks(value, sizes)
        said = [_doubled_part(part, self.chance) if doubled else self._in_words(part) for part in parts]
        return Number("phone", value, ", ".join(said))

    def _phone_uk(self) -> Number:
        return self._mobile("phone uk", ("077", "078", "079", "074"), 8, (5, 3, 3))

    def _phone_uk_land(self) -> Number:
        return self._mobile("phone uk land", ("0161", "0113", "0121", "0151"), 7, (4, 3, 4))

    def _phone_au(self) -> Number:
        return self._mobile("phone au", ("04",), 8, (4, 3, 3))

    def _phone_in(self) -> Number:
        return self._mobile("phone in", ("98", "99", "97", "80"), 8, (5, 5))

    def _phone_ie(self) -> Number:
        return self._mobile("phone ie", ("085", "086", "087"), 7, (3, 3, 4))

    def _phone_za(self) -> Number:
        return self._mobile("phone za", ("082", "083", "072"), 7, (3, 3, 4))

    def _phone_nueve(self) -> Number:
        value = self._keep_digits("phone nueve", lambda: self.chance.choice("67") + self._drawn(8))
        said = [self._in_words(value[:3]), *(forms.par(two) for two in forms.chunks(value[3:], (2,)))]
        if self.chance.random() < 0.4:
            said = [self._in_words(part) for part in forms.chunks(value, (3,))]
        return Number("phone", value, ", ".join(said))

    def _mailbox_of(self, hosts: dict[str, str]) -> Mailbox:
        host, number = self.chance.choice(tuple(hosts)), self.chance.randrange(21, 99)
        plain = str.maketrans("áéíóú", "aeiou", " '")
        first, last = self.first.lower().translate(plain), self.last.lower().translate(plain)
        kin, said_first, said_last = self.kin.lower(), self.first.lower(), self.last.lower()
        ways: tuple[tuple[str, str], ...] = (
            (f"{first}.{last}", f"{said_first} punto {said_last}"),
            (f"{first}{last}{number}", f"{said_first} {said_last} {forms.par(str(number))}"),
            (f"{first}-{last}", f"{said_first} guion {said_last}"),
            (f"familia{last}", f"familia {said_last}, todo junto"),
        )
        if not self._is_spanish:
            year = f"19{number}"
            ways = (
                (f"{first}.{last}", f"{self.first} dot {self.last}"),
                (f"{first}{last}", f"{self.first} {self.last}, all one word"),
                (f"{last}.{first}", f"{self.last} dot {self.first}"),
                (f"{first}{year}", f"{self.first} nineteen {forms.below_hundred(number)}"),
                (f"{first[0]}.{last}{number}", f"{first[0].upper()} dot {self.last} {forms.below_hundred(number)}"),
                (f"{first}and{kin}", f"{self.first} and {self.kin}"),
                (f"{last}plumbing", f"{self.last} plumbing"),
                (f"muddyboots{number}", f"muddy boots {forms.digits_in_words(str(number), 'oh')}"),
                (f"grandma{first}", f"grandma {self.first}"),
                (f"{first}_{last}{number}", f"{self.first} underscore {self.last} {forms.below_hundred(number)}"),
                (f"{kin}smom", f"{self.kin}'s mom, no apostrophe"),
                (f"hello-{last}", f"hello hyphen {self.last}"),
            )
        user, said = self.chance.choice(ways)
        return Mailbox(user, said, host, hosts[host])

    def _mailbox(self) -> Mailbox:
        if not hasattr(self, "kin"):
            return super()._mailbox()
        return self._mailbox_of(HOSTS_IN_SPANISH if self._is_spanish else HOSTS)

    def _email_abroad(self, country: str) -> Number:
        if self.mailbox.host_said not in HOSTS_ABROAD[country].values():
            self.mailbox = self._mailbox_of(HOSTS_ABROAD[country])
        return self._email()

    def _email_uk(self) -> Number:
        return self._email_abroad("uk")

    def _email_ca(self) -> Number:
        return self._email_abroad("ca")

    def _email_au(self) -> Number:
        return self._email_abroad("au")

    def _email_in(self) -> Number:
        return self._email_abroad("in")

    def _email_ie(self) -> Number:
        return self._email_abroad("ie")

    def _email_za(self) -> Number:
        return self._email_abroad("za")

    def _email_letters(self) -> Number:
        signs = {".": "dot", "_": "underscore", "-": "hyphen"}
        if self._is_spanish:
            self.mailbox = Mailbox(self.mailbox.user.replace("-", "."), "", self.mailbox.host, self.mailbox.host_said)
            return super()._email_letters()
        user = self.mailbox.user.upper()
        said = (self._in_words(sign) if sign.isdecimal() else signs.get(sign, sign) for sign in user)
        return Number("pii.email", self.mailbox.user, " ".join(said))

    def _email_alphabet(self) -> Number:
        user = self.last.lower().replace(" ", "")
        self.mailbox = Mailbox(user, self.last, self.mailbox.host, self.mailbox.host_said)
        how = self.chance.choice(("for", "like"))
        return Number("pii.email", user, ", ".join(f"{letter.upper()} {how} {ALPHABET[letter]}" for letter in user))

    # Ordinary numbers, and numbers of states.

    def _percent(self) -> Number:
        many = self.chance.choice((5, 10, 15, 20, 25, 30))
        if self._is_spanish:
            return Number("percent", str(many), f"{forms.par(f'{many:02d}').removeprefix('cero ')} por ciento")
        return Number("percent", str(many), f"{forms.below_hundred(many)} percent")

    def _money(self) -> Number:
        return self._keep("money", super()._money)

    def _money_second(self) -> Number:
        return self._keep("money_second", super()._money)

    def _pounds(self) -> Number:
        def make() -> Number:
            whole, pence = self.chance.randrange(12, 100), self.chance.choice((0, 20, 50, 75, 99))
            said = f"{forms.below_hundred(whole)} pounds"
            return Number("money", f"{whole}.{pence:02d}", f"{said} {forms.below_hundred(pence)}" if pence else said)

        return self._keep("pounds", make)

    def _hundreds_of(self, unit: str) -> Number:
        def make() -> Number:
            many = self.chance.randrange(2, 10)
            return Number("money", f"{many}00", f"{forms.ONES[many]} hundred {unit}")

        return self._keep(unit, make)

    def _rupees(self) -> Number:
        return self._hundreds_of("rupees")

    def _rand(self) -> Number:
        return self._hundreds_of("rand")

    def _euros(self) -> Number:
        def make() -> Number:
            whole = self.chance.randrange(21, 99)
            said = forms.par(str(whole)) if self._is_spanish else forms.below_hundred(whole)
            return Number("money", str(whole), f"{said.replace('uno', 'un')} euros")

        return self._keep("euros", make)

    def _date(self) -> Number:
        if not self._is_spanish:
            return super()._date()
        day, month = self.chance.randrange(2, 29), self.chance.randrange(12)
        said = f"{forms.par(f'{day:02d}').removeprefix('cero ')} de {MESES[month]}"
        return Number("date", f"{MONTHS[month]} {day}", said)

    def _quantity(self) -> Number:
        many = self.chance.randrange(3, 30)
        return Number("quantity", str(many), f"{forms.below_hundred(many)} {self.chance.choice(UNITS)}")

    def _order(self) -> Number:
        return self._keep("order", super()._order)

    def _iban(self) -> Number:
        """Of Germany; of Spain in Spanish."""
        if not self._is_spanish:
            return super()._iban()
        account = self._keep_digits("iban", lambda: self._drawn(20))
        digits = f"{98 - int(f'{account}142800') % 97:02d}{account}"
        return Number(
            "national.iban", f"ES{digits}", f"e ese, {', '.join(map(self._in_words, forms.chunks(digits, (2, 4))))}"
        )

    def _nino(self) -> Number:
        return self._keep("nino", super()._nino)

    def _passport(self) -> Number:
        return self._keep("passport", super()._passport)

    def _license(self) -> Number:
        return self._keep("license", super()._license)

    def _sin(self) -> Number:
        return self._keep("sin", super()._sin)
