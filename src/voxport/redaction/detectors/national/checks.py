"""The check digits and letters of national numbers, which are taken in capitals and figures with nothing between."""

from __future__ import annotations

from voxport.redaction.detectors.card_numbers import luhn

_SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
"""The letter of a DNI or NIE by the remainder of its digits by 23 (Real Decreto 1553/2005, article 11)."""
_FOREIGNERS = {"X": "0", "Y": "1", "Z": "2"}
"""The digit that the first letter of a NIE stands for."""
_NO_NINO = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
"""Beginnings that no national insurance number has (HMRC manual NIM39110)."""
_IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IS": 26,
    "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25,
    "RO": 24, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TR": 26, "UA": 29,
}  # fmt: skip
"""Letters and digits of an IBAN by country (SWIFT IBAN registry, those most often given)."""


def is_sin(number: str) -> bool:
    """Whether nine digits are a social insurance number of Canada: by Luhn, and no zero or eight in front."""
    return luhn(number) and number[0] not in "08" and len(set(number)) > 1


def is_nino(number: str) -> bool:
    """Whether it does not begin as no national insurance number does; it has no check digit."""
    return number[:2] not in _NO_NINO


def is_dni(number: str) -> bool:
    """Whether the last letter of a DNI or NIE is the one that its digits ask for."""
    digits = _FOREIGNERS.get(number[0], number[0]) + number[1:-1]
    return _SPANISH_LETTERS[int(digits) % 23] == number[-1]


def is_iban(number: str) -> bool:
    """Whether an IBAN has the length of its country and leaves 1 by 97 (ISO 13616-1)."""
    if _IBAN_LENGTHS.get(number[:2], len(number)) != len(number):
        return False
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1
