"""Details and numbers of one synthetic call of a twenty-second author: people, places and ways of saying of its own."""

from __future__ import annotations

import random
from functools import partialmethod

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import MESES, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number
from benchmarks.redaction_unseen_details import UnseenDetails

FIRST_NAMES = "Darlene Glenn Rhonda Keith Lorraine Doug Yvette Randall Cheryl Vince Tamara Clifford Gloria Nigel"
FIRST_NAMES += " Maureen Stuart Sanjay Lakshmi Bruce Annette Roland Colleen"
LAST_NAMES = "Hargrove Pruitt Maddox Whitaker Sorensen Beasley Calloway Dempsey Vogel Tillman Ramsey Kessler Pickett"
LAST_NAMES += " Lombardi Thackeray Iyer Bassett Okafor Winslow Crawley Duffy"
NOMBRES = "Graciela Fabián Maribel Rubén Nuria Leonardo Josefina Héctor Lourdes Ramiro"
APELLIDOS = "Quintero Bermúdez Ledesma Villalobos Palacios Rivas Camacho Arellano Tejada"
AGENTS = "Simone Trevor Janelle Patrick Candace Luis Holly Marvin Deepa"
AGENTES = "Verónica Iván Daniela Sergio Araceli"
STREETS = (
    *("Hawthorne Street", "Quail Run Lane", "Monroe Avenue", "Old Mill Road", "Larkspur Drive", "Pine Bluff Court"),
    *("West Ninth Street", "Harbor Boulevard", "Cottonwood Circle", "Windsor Place", "Stagecoach Road"),
)
CITIES = ("Akron", "Tulsa", "Wichita", "Chattanooga", "Bakersfield", "Des Moines", "Mobile", "Scranton", "Tacoma")
UK_STREETS = ("Station Road", "Park View", "Kingsway", "Orchard Close", "Wellington Street")
UK_CITIES = {"Sheffield": "S", "Derby": "DE", "Exeter": "EX", "Cardiff": "CF", "Reading": "RG", "York": "YO"}
CALLES = ("calle Morelos", "avenida Corrientes", "calle Bolívar", "calle de Alcalá", "avenida Sucre", "calle Luna")
CIUDADES = ("Querétaro", "Rosario", "Santo Domingo", "Bilbao", "Cali", "Ponce", "Murcia", "Lima")
HOSTS = {host: host.replace(".", " dot ") for host in ("gmail.com", "yahoo.com", "hotmail.com", "outlook.com")}
HOSTS |= {"att.net": "a t t dot net", "cox.net": "cox dot net", "maplehardware.com": "maple hardware dot com"}
HOSTS_IN_SPANISH = {host: host.replace(".", " punto ") for host in ("gmail.com", "hotmail.com", "yahoo.com")}
KEPT = "expiry cvv dob dob_numeric dob_day_first address address_second address_uk address_zip zip account member agent"
KEPT += " order passport license nino sin dni nie iban confirmation phone phone_second phone_uk phone_nueve phone_pares"


def with_glasses(digits: str, chance: random.Random) -> str:
    first, *rest = forms.by_groups_with_oh(digits, chance).split(", ")
    pause = chance.choice(("let me get my glasses", "hang on, bad light", "bear with me", "okay then"))
    return ", ".join((first, pause, *rest))


def told_the_end(digits: str, chance: random.Random) -> str:
    *head, last = forms.by_groups(digits, chance).split(", ")
    return f"{', '.join(head)}, {chance.choice(('and it ends', 'and the last bit is', 'and finally'))} {last}"


CARD_FORMS: tuple[forms.Form, ...] = (
    *(forms.by_groups, with_glasses, forms.by_groups_with_oh, forms.closed_with_pairs, forms.flowing, told_the_end),
    *(forms.by_groups, forms.corrected, forms.doubled, forms.in_pairs, forms.by_groups_with_oh, forms.hundreds),
    *(forms.uneven, forms.hesitating, forms.by_groups, forms.one_by_one, forms.restarted),
)
SOCIAL_FORMS: tuple[forms.Form, ...] = (forms.by_groups, forms.flowing_with_oh, told_the_end, forms.by_groups_with_oh)
SOCIAL_FORMS += (forms.closed_with_pairs, forms.hesitating, forms.by_groups, forms.in_pairs, forms.corrected)


class TwentySecondDetails(UnseenDetails):
    """As UnseenDetails, with lists and ways of saying of its own; most of what a call has twice is said alike."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.first = self._pick(*(NOMBRES if self._is_spanish else FIRST_NAMES).split())
        self.last = self._pick(*(APELLIDOS if self._is_spanish else LAST_NAMES).split())
        self.mailbox, self._said = self._mailbox(), dict[str, Number]()

    def draw(self, name: str) -> Number:
        if name not in self._said or name not in KEPT.split():
            self._said[name] = super().draw(name)
        return self._said[name]

    def _pick(self, *ways: str) -> str:
        return self.chance.choice(ways)

    def _agent(self) -> Number:
        name = self._pick(*(AGENTES if self._is_spanish else AGENTS).split())
        return Number("pii.name", name, name)

    def _address(self) -> Number:
        if self._is_spanish:
            house, street, city = str(self.chance.randrange(11, 99)), self._pick(*CALLES), self._pick(*CIUDADES)
            said = f"{street}{self._pick(' ', ', número ')}{forms.par(house)}, {self._pick('', 'en ')}{city}"
            return Number("pii.address", f"{street} {house} {city}", said)
        house, street, city = str(self.chance.randrange(111, 9_899)), self._pick(*STREETS), self._pick(*CITIES)
        pairs = " ".join(map(forms.pair, forms.chunks(house, (2 - len(house) % 2, 2))))
        said = f"{self._pick(pairs, forms.digits_in_words(house, 'oh'))} {street}{self._pick('', '', ', upstairs')}"
        return Number("pii.address", f"{house} {street} {city}", f"{said}{self._pick(', ', ' in ')}{city}")

    def _address_uk(self) -> Number:
        house, street, city = self.chance.randrange(2, 99), self._pick(*UK_STREETS), self._pick(*UK_CITIES)
        area, sector, end = UK_CITIES[city], self.chance.choices(range(1, 10), k=2), self.chance.choices("BDGHJL", k=2)
        code = f"{' '.join(area)} {' '.join(forms.ONES[digit] for digit in sector)} {' '.join(end)}"
        value = f"{house} {street} {city} {area}{sector[0]} {sector[1]}{''.join(end)}"
        return Number("pii.address", value, f"{forms.below_hundred(house)} {street}, {city}, {code}")

    def _dob(self) -> Number:
        month, at, year = self.chance.randrange(12), self.chance.randrange(9, 19), self.chance.randrange(57, 89)
        name, value, day = MONTHS[month], f"{MONTHS[month]} {at + 1} 19{year}", forms.below_hundred(at + 1)
        if self._is_spanish:
            joint = self._pick("de mil novecientos", "del", "de", "del año")
            return Number("dob", value, f"{forms.par(str(at + 1))} de {MESES[month]} {joint} {forms.par(str(year))}")
        words, nth = forms.below_hundred(year), ORDINALS[at]
        ways = (f"{name} {nth}, nineteen {words}", f"{name} {day}, {words}", f"the {nth} of {name}, {words}")
        return Number("dob", value, self._pick(*ways, f"{forms.below_hundred(month + 1)}, {day}, {words}"))

    def _phone(self) -> Number:
        area, middle, last = (self._in_words(part) for part in forms.chunks(self.phone, (3, 3, 4)))
        ways: tuple[str, ...] = (f"{area}, {middle}, {last}", f"{area}, {middle} {last}", f"{area} {middle} {last}")
        if not self._is_spanish:
            ways += (f"{area}, {middle}, and then {last}", f"area code {area}, {middle}, {last}")
            ways += (f"{area}, {middle}, {forms.in_pairs(self.phone[6:], self.chance)}",)
        return Number("phone", self.phone, self._pick(*ways))

    def _mailbox(self) -> Mailbox:
        hosts, number = HOSTS_IN_SPANISH if self._is_spanish else HOSTS, str(self.chance.randrange(61, 99))
        host, low_first, low_last = self._pick(*hosts), self.first.lower(), self.last.lower()
        first, last = (name.translate(str.maketrans("áéíóú", "aeiou")) for name in (low_first, low_last))
        if self._is_spanish:
            said = f"{low_last} guion bajo {forms.par(number)}"
            ways = [(f"{first}.{last}", f"{low_first} punto {low_last}"), (f"{last}_{number}", said)]
        else:
            words, digits = forms.pair(number), forms.digits_in_words(number)
            ways = [(f"{first}.{last}", f"{first} dot {last}"), (f"{first}{last[0]}", f"{first} {self.last[0]}")]
            ways += [(f"{first[0]}_{last}", f"{first[0]} underscore {last}"), (f"{last}s{number}", f"{last}s {words}")]
            ways += [(f"{first}.{number}", f"{first} dot {digits}"), (f"gardengnome{number}", f"garden gnome {words}")]
            ways += [(f"{first}loves.dogs", f"{first} loves dot dogs"), (f"{last}.{first}", f"{last} dot {first}")]
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    def _secret(self, name: str) -> Number:
        if name in ("card", "cardagain", "ssn", "ssnagain"):
            kind, value = ("pci.card", self.card) if name.startswith("card") else ("ssn", self.social)
            ways = CARD_FORMS if kind == "pci.card" else SOCIAL_FORMS
            if self._is_spanish:
                ways = (forms.cifras, forms.pares, forms.cifras) if kind == "pci.card" else (forms.cifras,)
            return Number(kind, value, ways[(self.turn + 5 * name.endswith("again")) % len(ways)](value, self.chance))
        if name in ("card1", "card2", "card3", "card4"):
            part = forms.chunks(self.card, (4,))[int(name[-1]) - 1]
            return Number("pci.card_part", part, self._short(part))
        return super()._secret(name)

    def _expiry(self) -> Number:
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 34)
        two, words, plain = f"{month:02d}", forms.below_hundred(year), forms.below_hundred(month)
        name, said = MONTHS[month - 1], forms.pair(two)
        ways: tuple[str, ...] = (
            f"{said} {words}",
            f"{said}, {words}",
            f"{plain} slash {words}",
            f"{plain} of twenty {words}",
        )
        ways += (f"{name} of {words}", f"{name} twenty {words}", forms.digits_in_words(f"{two}{year}"))
        if self._is_spanish:
            name, said, words = MESES[month - 1], forms.par(two), forms.par(str(year))
            ways = (f"{said} {words}", f"{name} de dos mil {words}", f"{name} del {words}", f"{said} barra {words}")
        return Number("pci.expiry", f"{two}/{year}", self._pick(*ways))

    def _percent(self) -> Number:
        part = str(self.chance.randrange(10, 60))
        said = f"{forms.par(part)} por ciento" if self._is_spanish else f"{forms.pair(part)} percent"
        return Number("percent", part, said)

    def _coins(self, unit: str, front: str = "", said: str = "") -> Number:
        whole = str(self.chance.randrange(22, 99))
        return Number("money", front + whole, f"{said}{(forms.par if self._is_spanish else forms.pair)(whole)} {unit}")

    _pounds, _euros = partialmethod(_coins, "pounds"), partialmethod(_coins, "euros")
    _pesos = partialmethod(_coins, "pesos", "6", "seiscientos ")

    def _date(self) -> Number:
        day, month = str(self.chance.randrange(10, 29)), self.chance.randrange(12)
        said = f"{forms.par(day)} de {MESES[month]}"
        return Number("date", f"{MONTHS[month]} {day}", said) if self._is_spanish else super()._date()

    def _iban(self) -> Number:
        account = "".join(self.chance.choices("0123456789", k=20))
        digits = f"{98 - int(f'{account}142800') % 97:02d}{account}"
        said = ", ".join(map(self._in_words, forms.chunks(digits, (2, 4))))
        return Number("national.iban", f"ES{digits}", f"E, ese, {said}")
