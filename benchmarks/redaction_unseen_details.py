"""Details and numbers of one unseen synthetic call: other people, places and ways of saying than other calls have."""

from __future__ import annotations

from benchmarks import spoken_forms as forms
from benchmarks.redaction_further_details import DNI_LETTERS, LETRAS, FurtherDetails, Mailbox
from benchmarks.redaction_numbers import MONTHS, ORDINALS, Number

FIRST_NAMES = (
    *("Angela", "Brian", "Gordon", "Helen", "Jerome", "Kathleen", "Leonard", "Megan", "Phillip", "Rachel", "Steven"),
    *("Theresa", "Victor", "Wendy", "Carlos", "Naomi"),
)
LAST_NAMES = (
    *("Abbott", "Bennett", "Coleman", "Delgado", "Ellison", "Foster", "Gallagher", "Harper", "Jenkins", "Kowalski"),
    *("Lawson", "Mitchell", "Nguyen", "Pearson", "Reynolds", "Schultz"),
)
FIRST_NAMES_IN_SPANISH = ("Beatriz", "Ernesto", "Gabriela", "Joaquín", "Mónica", "Rodrigo", "Silvia", "Esteban")
LAST_NAMES_IN_SPANISH = ("Aguilar", "Cabrera", "Domínguez", "Fuentes", "Herrera", "Paredes", "Salazar", "Vega")
STREETS = (
    *("Birch Road", "Sycamore Drive", "Lincoln Avenue", "Church Street", "Lakeview Terrace", "Park Place"),
    *("Second Avenue", "Highland Court"),
)
CITIES = ("Tucson", "Omaha", "Albany", "Fresno", "Raleigh", "Tampa", "Boise", "Toledo")
CALLES = ("calle Olmo", "avenida del Parque", "calle San Martín", "paseo de la Luna", "calle Mayor", "avenida Colón")
CIUDADES = ("Houston", "Sevilla", "Miami", "Valencia", "Monterrey", "San Antonio")
HOSTS = {
    "icloud.com": "i cloud dot com",
    "gmail.com": "gmail dot com",
    "aol.com": "a o l dot com",
    "hotmail.com": "hotmail dot com",
    "verizon.net": "verizon dot net",
    "stonebridge.org": "stone bridge dot org",
    "yahoo.com": "yahoo dot com",
}
HOSTS_IN_SPANISH = {
    "gmail.com": "gmail punto com",
    "yahoo.com": "yahoo punto com",
    "hotmail.es": "hotmail punto es",
    "telefonica.net": "telefónica punto net",
}


class UnseenDetails(FurtherDetails):
    """As FurtherDetails; `half` is `unseen` or `spanish`."""

    def __post_init__(self) -> None:
        super().__post_init__()
        spanish = self._is_spanish
        self.first = self.chance.choice(FIRST_NAMES_IN_SPANISH if spanish else FIRST_NAMES)
        self.last = self.chance.choice(LAST_NAMES_IN_SPANISH if spanish else LAST_NAMES)
        self.mailbox = self._mailbox()

    # What people say of themselves.

    def _spelled(self) -> Number:
        return Number("pii.name", self.last, self._letters(self.last))

    def _spelled_first(self) -> Number:
        return Number("pii.name", self.first, self._letters(self.first))

    def _letters(self, word: str) -> str:
        if not self._is_spanish:
            return " ".join(word.upper())
        plain = word.upper().translate(str.maketrans("ÁÉÍÓÚ", "AEIOU"))
        return ", ".join(_LETRAS[letter] for letter in plain)

    def _address(self) -> Number:
        if self._is_spanish:
            house = str(self.chance.randrange(11, 99))
            street, city = self.chance.choice(CALLES), self.chance.choice(CIUDADES)
            said = self.chance.choice((f"{street} {forms.par(house)}", f"{street}, número {forms.par(house)}"))
            return Number("pii.address", f"{street} {house} {city}", f"{said}, {city}")
        house = str(self.chance.choice((self.chance.randrange(11, 99), self.chance.randrange(110, 9_900))))
        said = " ".join(forms.pair(two) for two in forms.chunks(house, (2 - len(house) % 2, 2)))
        said = self.chance.choice((said, forms.digits_in_words(house, "oh")))
        street, city = self.chance.choice(STREETS), self.chance.choice(CITIES)
        flat = self.chance.choice(("", "", f", apartment {forms.below_hundred(self.chance.randrange(2, 30))}"))
        return Number("pii.address", f"{house} {street} {city}", f"{said} {street}{flat}, {city}")

    def _address_second(self) -> Number:
        return self._address()

    def _address_zip(self) -> Number:
        where, code = self._address(), "".join(self.chance.choices("123456789", k=5))
        return Number("pii.address", f"{where.value} {code}", f"{where.text}, {self._in_words(code)}")

    def _dob_numeric(self) -> Number:
        month, day, year = self.chance.randrange(1, 13), self.chance.randrange(1, 29), self.chance.randrange(41, 99)
        said = f"{forms.pair(f'{month:02d}')}, {forms.pair(f'{day:02d}')}, {forms.below_hundred(year)}"
        return Number("dob", f"{month:02d}{day:02d}{year}", said)

    def _dob_day_first(self) -> Number:
        month, day, year = (
            self.chance.choice(MONTHS),
            self.chance.randrange(len(ORDINALS)),
            self.chance.randrange(41, 99),
        )
        said = f"the {ORDINALS[day]} of {month}, {self.chance.choice(('', 'nineteen '))}{forms.below_hundred(year)}"
        return Number("dob", f"{month} {day + 1} 19{year}", said)

    def _member(self) -> Number:
        letters = "".join(self.chance.choices("BDFHKMRTW", k=2))
        digits = "".join(self.chance.choices("0123456789", k=7))
        said = f"{' '.join(letters)}, {self._in_words(digits[:3])}, {self._in_words(digits[3:])}"
        return Number("account_number", letters + digits, said)

    # Telephone and e-mail.

    def _phone_flow(self) -> Number:
        return Number("phone", self.phone, self._in_words(self.phone))

    def _phone_uk(self) -> Number:
        digits = "07" + "".join(self.chance.choices("0123456789", k=9))
        said = (forms.digits_in_words(part, "oh") for part in forms.chunks(digits, (5, 3)))
        return Number("phone", digits, ", ".join(said))

    def _phone_pares(self) -> Number:
        """Ten digits in Spanish, as they are said in pairs."""
        return Number("phone", self.phone, ", ".join(forms.par(two) for two in forms.chunks(self.phone, (2,))))

    def _phone_nueve(self) -> Number:
        """Nine digits, as telephones of Spain have."""
        digits = self.chance.choice("67") + "".join(self.chance.choices("0123456789", k=8))
        said = [self._in_words(digits[:3]), *(forms.par(two) for two in forms.chunks(digits[3:], (2,)))]
        return Number("phone", digits, ", ".join(said))

    def _email_letters(self) -> Number:
        user, spanish = self.mailbox.user.upper(), self._is_spanish
        signs = {".": "punto", "_": "guion bajo"} if spanish else {".": "dot", "_": "underscore"}
        names = {**_LETRAS, **signs} if spanish else signs
        said = (self._in_words(sign) if sign.isdecimal() else names.get(sign, sign) for sign in user)
        return Number("pii.email", self.mailbox.user, (", " if spanish else " ").join(said))

    def _extension(self) -> Number:
        digits = "".join(self.chance.choices("123456789", k=3))
        return Number("phone", digits, f"extension {self._in_words(digits)}")

    def _mailbox(self) -> Mailbox:
        hosts = HOSTS_IN_SPANISH if self._is_spanish else HOSTS
        host, number = self.chance.choice(tuple(hosts)), self.chance.randrange(21, 99)
        first, last = (name.lower().translate(str.maketrans("áéíóú", "aeiou")) for name in (self.first, self.last))
        said_first, said_last = self.first.lower(), self.last.lower()
        ways: tuple[tuple[str, str], ...] = (
            (f"{first}.{last}", f"{said_first} punto {said_last}"),
            (f"{last}{number}", f"{said_last} {forms.par(str(number))}"),
            (f"{first}_{last}", f"{said_first} guion bajo {said_last}"),
            (f"{first}{last}", f"{said_first} {said_last}"),
        )
        if not self._is_spanish:
            ways = (
                (f"{first}.{last}", f"{first} dot {last}"),
                (f"{first[0]}{last}", f"{self.first[0]} {last}"),
                (f"{first}{last}{number}", f"{first} {last} {forms.below_hundred(number)}"),
                (f"{last}{number}", f"{last} {forms.digits_in_words(str(number))}"),
                (f"{first}_{last[0]}", f"{first} underscore {self.last[0]}"),
                (f"the{last}family", f"the {last} family"),
                (f"bluebird{number}", f"blue bird {forms.below_hundred(number)}"),
            )
        return Mailbox(*self.chance.choice(ways), host, hosts[host])

    # Cards.

    def _expiry(self) -> Number:
        month, year = self.chance.randrange(1, 13), self.chance.randrange(27, 33)
        value = f"{month:02d}/{year}"
        if self._is_spanish:
            return super()._expiry()
        said = self.chance.choice(
            (
                f"{forms.pair(f'{month:02d}')} {forms.below_hundred(year)}",
                f"{forms.pair(f'{month:02d}')}, twenty {forms.below_hundred(year)}",
                f"{MONTHS[month - 1]} twenty {forms.below_hundred(year)}",
                f"{MONTHS[month - 1]} {forms.below_hundred(year)}",
                f"{forms.below_hundred(month)} {forms.below_hundred(year)}",
                f"{forms.digits_in_words(f'{month:02d}')}, {forms.digits_in_words(str(year))}",
                f"{forms.pair(f'{month:02d}', 'zero')} slash {forms.below_hundred(year)}",
                f"the end of {MONTHS[month - 1]}, twenty {forms.below_hundred(year)}",
            )
        )
        return Number("pci.expiry", value, said)

    # Numbers of states.

    def _nino(self) -> Number:
        drawn = super()._nino()
        while drawn.value[:2] in _NO_NINO:
            drawn = super()._nino()
        return drawn

    def _nie(self) -> Number:
        first, digits = self.chance.choice("XYZ"), "".join(self.chance.choices("0123456789", k=7))
        letter = DNI_LETTERS[int(str("XYZ".index(first)) + digits) % 23]
        return Number(
            "national.dni",
            first + digits + letter,
            f"{LETRAS[first]}, {self._in_words(digits[:4])}, {self._in_words(digits[4:])}, {LETRAS[letter]}",
        )


_NO_NINO = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
"""Letters that no national insurance number begins with."""
_LETRAS = {**LETRAS, "I": "i", "O": "o", "U": "u"}
