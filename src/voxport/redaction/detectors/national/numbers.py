"""The national numbers there are: how each is written, and how it is known where nobody asked for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from voxport.redaction.detectors.national import checks


@dataclass(frozen=True, slots=True)
class NationalNumber:
    """One kind of number."""

    name: str
    """That of its detector, and its key in the lists of phrases."""
    whole: int
    """Letters and digits from which on it has been given as a whole."""
    longest: int
    """Letters and digits of the longest."""
    form: re.Pattern[str] | None = None
    """How it is written, without what stands between; None where only what is said of it tells that it is one."""
    is_valid: Callable[[str], bool] = bool
    """Its check digit or letter, of a number in that form."""
    near: re.Pattern[str] | None = None
    """How it looks with a sign lost, which counts where it was asked for; None: that looks like anything."""

    answers: re.Pattern[str] | None = None
    """How it looks, letters misheard, where it answers a question that nobody understood; None: as `near`."""

    ends_in_letter: bool = False
    """Whether it is said as figures and a letter behind them, which is heard as a word or asked for by itself."""
    begins_with_letters: bool = False
    """Whether letters may stand before its figures, of which Spanish names are heard as words."""

    is_of_an_account: bool = False
    """Whether it is the number of a bank account, which is asked for as one, too, and begins with its country."""

    shape: re.Pattern[str] | None = None
    """How it is written, which is enough by itself where it is said in `shape_language`, whatever was asked for: hardly
    anything else looks like it; None: never."""
    shape_language: str | None = None
    """The language in which its shape is enough; None: any."""

    of_figures: bool = False
    """Whether it has no letters."""

    def has_shape(self, text: str, language: str) -> bool:
        """Whether capitals and figures look like one, whatever their check says: one of them may be misheard."""
        return self.shape is not None and self.shape_is_enough(language) and self.shape.fullmatch(text) is not None

    def shape_is_enough(self, language: str) -> bool:
        """Whether a number is known by how it looks where that language is spoken."""
        return self.shape is not None and self.shape_language in (None, language)

    def is_whole(self, text: str) -> bool:
        """Whether capitals and figures are one by form and check."""
        return self.form is not None and self.form.fullmatch(text) is not None and self.is_valid(text)


NATIONAL = (
    NationalNumber("SIN", 9, 9, re.compile(r"\d{9}"), checks.is_sin, of_figures=True),
    NationalNumber(
        "NINO",
        8,
        9,
        re.compile(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]"),
        checks.is_nino,
        re.compile(r"[A-Z]\d{6}[A-D]"),
        re.compile(r"[A-Z]{0,2}\d{6}[A-Z]?"),
    ),
    NationalNumber(
        "DNI",
        8,
        9,
        re.compile(r"(?:\d{8}|[XYZ]\d{7})[A-HJ-NP-TV-Z]"),
        checks.is_dni,
        re.compile(r"[XYZ]?\d{7,8}[A-HJ-NP-TV-Z]"),
        re.compile(r"[A-Z]{0,2}\d{7,11}[A-Z]{0,2}|[XYZ]\d{5,6}[A-Z]?|\d{6}[A-Z]"),
        ends_in_letter=True,
        begins_with_letters=True,
        shape=re.compile(r"(?:\d{7,8}|[XYZ]\d{6,7})[A-HJ-NP-TV-Z]"),
        shape_language="es",
    ),
    NationalNumber(
        "IBAN",
        15,
        34,
        re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}"),
        checks.is_iban,
        answers=re.compile(r"[A-Z]{0,3}\d{2}[A-Z0-9]{11,32}"),
        begins_with_letters=True,
        is_of_an_account=True,
        # Behind one letter or three, misheard, more digits than any card has.
        shape=re.compile(r"[A-Z]{2}\d{2}[A-Z]{0,4}\d{10,30}|[A-Z]{1,3}\d{20,32}"),
    ),
    NationalNumber("Passport", 6, 12, answers=re.compile(r"[A-Z]{1,3}\d{5,9}")),
    NationalNumber("DriversLicense", 5, 20, answers=re.compile(r"[A-Z]{1,5}\d{5,14}[A-Z]{0,3}")),
)
