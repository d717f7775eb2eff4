"""Details and national numbers of one further synthetic call, whole and in the parts in which people give them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from benchmarks import spoken_forms as forms
from benchmarks.redaction_numbers import MONTHS, Number
from benchmarks.redaction_people import Details

HOSTS = {
    "gmail.com": "gmail dot com",
    "yahoo.com": "yahoo dot com",
    "outlook.com": "outlook dot com",
    "comcast.net": "comcast dot net",
    "brightwater.org": "bright water dot org",
    "lakeside.edu": "lakeside dot e d u",
}
HOSTS_IN_SPANISH = {"hotmail.com": "hotmail punto com", "terra.es": "terra punto es", "outlook.es": "outlook punto es"}
FIRST_IN_SPANISH = ("Lucía", "Marcos", "Elena", "Tomás", "Sofía", "Daniel")
LAST_IN_SPANISH = ("Romero", "Navarro", "Castillo", "Molina", "Serrano", "Medina")
MESES = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre"),
    *("noviembre", "diciembre"),
)
ALPHABET = {
    **{"a": "apple", "b": "boy", "c": "cat", "d": "dog", "e": "edward", "f": "frank", "g": "george", "h": "henry"},
    **{"i": "india", "j": "john", "k": "king", "l": "lincoln", "m": "mary", "n": "nancy", "o": "ocean", "p": "peter"},
    **{"q": "queen", "r": "robert", "s": "sam", "t": "tom", "u": "union", "v": "victor", "w": "william"},
    **{"x": "xray", "y": "yellow", "z": "zebra"},
}
LETRAS = {
    **{"A": "a", "B": "be", "C": "ce", "D": "de", "E": "e", "F": "efe", "G": "ge", "H": "hache", "J": "jota"},
    **{"K": "ka", "L": "ele", "M": "eme", "N": "ene", "P": "pe", "Q": "cu", "R": "erre", "S": "ese", "T": "te"},
    **{"V": "uve", "W": "uve doble", "X": "equis", "Y": "i griega", "Z": "zeta"},
}
DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
NINO_LETTERS = "ABCEGHJKLMNPRSTWXYZ"


@dataclass(frozen=True)
class Mailbox:
    """An e-mail address as it is written, and what is said before and after the "at"."""

    user: str
    said: str
    host: str
    host_said: str


class FurtherDetails(Details):
    """As Details, with one telephone number and one e-mail address a call."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self._is_spanish:
            self.first, self.last = self.chance.choice(FIRST_IN_SPANISH), self.chance.choice(LAST_IN_SPANISH)
        self.phone = self._telephone()
        self.mailbox = self._mailbox()

    @property
    def _is_spanish(self) -> bool:
        return self.half == "spanish"

    @cached_property
    def _zero(self) -> str:
        return self.chance.choice(("zero", "oh"))

    def _in_words(self, digits: str) -> str:
        if self._is_spanish:
            return " ".join(forms.UNOS[int(digit)] for digit in digits)
        return forms.digits_in_words(digits, self._zero)

    def _telephone(self) -> str:
        first = self.chance.choice("23456789") + "".join(self.chance.choices("0123456789", k=2))
        return first + self.chance.choice("23456789") + "".join(self.chance.choices("0123456789", k=6))

    def _parts_of_phone(self, digits: str, *sizes: int) -> Number:
        return Number("phone", digits, ", ".join(self._in_words(part) for part in forms.chunks(digits, sizes)))

    def _phone(self) -> Number:
        return self._parts_of_phone(self.phone, 3, 3, 4)

    def _phone_second(self) -> Number:
        return self._parts_of_phone(self._telephone(), 3, 3, 4)

    def _phone_a(self) -> Number:
        return self._parts_of_phone(self.phone[:3], 3)

    def _phone_b(self) -> Number:
        return self._parts_of_phone(self.phone[3:6], 3)

    def _phone_c(self) -> Number:
        return self._parts_of_phone(self.phone[6:], 4)

    def _phone_ab(self) -> Number:
        return self._parts_of_phone(self.phone[:6], 3, 3)

    def _phone_bc(self) -> Number:
        return self._parts_of_phone(self.phone[3:], 3, 4)

    def _phone_slip(self) -> Number:
        slip = self.phone[6:9] + str((int(self.phone[9]) + 3) % 10)
        return self._parts_of_phone(slip, 4)

    def _phone_pairs(self) -> Number:
        said = [self._in_words(self.phone[:3]), self._in_words(self.phone[3:6])]
        said += [forms.pair(two) for two in forms.chunks(self.phone[6:], (2,))]
        return Number("phone", self.phone, ", ".join(said))

    def _mailbox(self) -> Mailbox:
        hosts = HOSTS_IN_SPANISH if self._is_spanish else HOSTS
        host = self.chance.choice(tuple(hosts))
        first, last, number = self.first.lower(), self.last.lower(), self.chance.randrange(21, 99)
        ways: tuple[tuple[str, str], ...]
        if self._is_spanish:
            ways = (
                (f"{first}.{last}", f"{first} punto {last}"),
                (f"{first}{number}", f"{first} {forms.par(str(number))}"),
            )
        else:
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{first}_{last}", f"{first} underscore {last}"),
                (f"{first}-{last}", f"{first} dash {last}"),
                (f"{first[0]}{last}", f"{first[0]} {last}"),
                (f"{last}{number}", f"{last} {forms.below_hundred(number)}"),
                (f"{last}.{first[0]}", f"{last} dot {first[0]}"),
            )
        user, said = self.chance.choice(ways)
        return Mailbox(user, said, host, hosts[host])

    def _email(self) -> Number:
        box = self.mailbox
        at = "arroba" if self._is_spanish else "at"
        return Number("pii.email", f"{box.user}@{box.host}", f"{box.said} {at} {box.host_said}")

    def _email_user(self) -> Number:
        return Number("pii.email", self.mailbox.user, self.mailbox.said)

    def _email_host(self) -> Number:
        return Number("pii.email", self.mailbox.host, self.mailbox.host_said)

    def _email_other(self) -> Number:
        return Number("pii.email", self.first.lower(), self.first)

    def _email_letters(self) -> Number:
        signs = {".": "dot", "_": "underscore", "-": "dash"}
        said = (signs.get(sign) or (forms.ONES[int(sign)] if sign.isdecimal() else sign) for sign in self.mailbox.user)
        return Number("pii.email", self.mailbox.user, " ".join(said))

    def _email_alphabet(self) -> Number:
        self.mailbox = Mailbox(self.last.lower(), self.last, self.mailbox.host, self.mailbox.host_said)
        said = ", ".join(f"{letter} as in {ALPHABET[letter]}" for letter in self.mailbox.user)
        return Number("pii.email", self.mailbox.user, said)

    def _first(self) -> Number:
        return Number("pii.name", self.first, self.first)

    def _last(self) -> Number:
        return Number("pii.name", self.last, self.last)

    def _dob(self) -> Number:
        if not self._is_spanish:
            return super()._dob()
        day, month, year = self.chance.randrange(2, 29), self.chance.randrange(12), self.chance.randrange(50, 99)
        said = forms.par(f"{day:02d}").removeprefix("cero ")
        said += f" de {MESES[month]} de mil novecientos {forms.par(str(year))}"
        return Number("dob", f"{MONTHS[month]} {day} 19{year}", said)

    def _nino(self) -> Number:
        letters = "".join(self.chance.choices(NINO_LETTERS, k=2))
        digits, last = "".join(self.chance.choices("0123456789", k=6)), self.chance.choice("ABCD")
        said = ", ".join((" ".join(letters), *map(self._in_words, forms.chunks(digits, (2,))), last))
        return Number("national.nino", f"{letters}{digits}{last}", said)

    def _dni(self) -> Number:
        digits = "".join(self.chance.choices("0123456789", k=8))
        letter = DNI_LETTERS[int(digits) % 23]
        said = ", ".join(map(self._in_words, forms.chunks(digits, (2, 3, 3))))
        return Number("national.dni", digits + letter, f"{said}, {LETRAS[letter] if self._is_spanish else letter}")

    def _iban(self) -> Number:
        account = "".join(self.chance.choices("0123456789", k=18))
        check = f"{98 - int(f'{account}131400') % 97:02d}"
        said = ", ".join(map(self._in_words, forms.chunks(check + account, (2, 4))))
        return Number("national.iban", f"DE{check}{account}", f"D E, {said}")

    def _passport(self) -> Number:
        letter, digits = self.chance.choice("ABCFKLMNPX"), "".join(self.chance.choices("0123456789", k=8))
        said = ", ".join(map(self._in_words, forms.chunks(digits, (4,))))
        return Number("national.passport", letter + digits, f"{letter}, {said}")

    def _license(self) -> Number:
        letter, digits = self.chance.choice("BDFHKMSW"), "".join(self.chance.choices("0123456789", k=7))
        said = ", ".join(map(self._in_words, forms.chunks(digits, (3, 4))))
        return Number("national.license", letter + digits, f"{letter} {said}")
