"""The words of numbers, by language: digits, tens, scales, repeats, what sounds like a digit, what stands between.

Every key is lower case without accents (`plain`). A language that is not here has only written digits.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from voxport.core.language_code import LanguageCode


def plain(text: str) -> str:
    """Lower case, without accents and without the marks around a word: `Dieciséis,` -> `dieciseis`."""
    stripped = unicodedata.normalize("NFD", text.lower().replace("’", "'"))
    return "".join(sign for sign in stripped if not unicodedata.combining(sign)).strip(".,?!;:¿¡\"'()[]")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`heard_as` are digits that recognisers write as another word, believed beside a digit; `heard_between` only
    between two digits, since they are the commonest of words. `zeros` are letters said for 0."""

    digits: dict[str, str] = field(default_factory=dict)
    zeros: frozenset[str] = frozenset()
    teens: dict[str, int] = field(default_factory=dict)
    tens: dict[str, int] = field(default_factory=dict)
    hundreds: dict[str, int] = field(default_factory=dict)
    hundred: frozenset[str] = frozenset()
    scales: dict[str, int] = field(default_factory=dict)
    repeats: dict[str, int] = field(default_factory=dict)
    ordinals: dict[str, int] = field(default_factory=dict)
    heard_as: dict[str, str] = field(default_factory=dict)
    heard_between: dict[str, str] = field(default_factory=dict)
    and_words: frozenset[str] = frozenset()
    tens_need_and: bool = False
    points: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    corrections: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()


_EN_DIGITS = {
    "zero": "0", "nought": "0", "naught": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "niner": "9", "fife": "5",
}  # fmt: skip
_EN_TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_EN_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_EN_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90,
}  # fmt: skip

ENGLISH = Lexicon(
    digits=_EN_DIGITS,
    zeros=frozenset({"oh", "o", "ohh"}),
    teens=_EN_TEENS,
    tens=_EN_TENS,
    hundred=frozenset({"hundred"}),
    scales={"thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000},
    repeats={"double": 2, "triple": 3, "treble": 3, "quadruple": 4},
    ordinals=_EN_ORDINALS,
    heard_as={"won": "1", "tree": "3", "free": "3", "fore": "4", "fo": "4", "ate": "8", "nein": "9", "sex": "6",
              "sicks": "6", "zeros": "0", "zeroes": "0", "ones": "1", "nines": "9", "eights": "8"},
    heard_between={"to": "2", "too": "2", "for": "4", "i": "5", "hate": "8"},
    and_words=frozenset({"and"}),
    points=frozenset({"point"}),
    fillers=frozenset({
        "uh", "um", "er", "erm", "eh", "ah", "hm", "hmm", "mm", "mhm", "mm-hm", "and", "then", "dash", "hyphen",
        "space", "slash", "point", "dot", "followed", "by", "comma", "minus", "like", "so", "okay", "ok", "yeah", "yes",
        "let's", "see", "again", "pause", "next", "well", "alright",
    }),
    corrections=frozenset({"no", "sorry", "wait", "mean", "correction", "actually", "rather", "scratch", "oops"}),
    pronouns=frozenset({"one", "o", "oh", "ones"}),
)  # fmt: skip

_ES_DIGITS = {
    "cero": "0", "uno": "1", "un": "1", "una": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6",
    "siete": "7", "ocho": "8", "nueve": "9",
}  # fmt: skip
_ES_TEENS = {
    "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16, "diecisiete": 17,
    "dieciocho": 18, "diecinueve": 19, "veintiuno": 21, "veintiun": 21, "veintiuna": 21, "veintidos": 22,
    "veintitres": 23, "veinticuatro": 24, "veinticinco": 25, "veintiseis": 26, "veintisiete": 27, "veintiocho": 28,
    "veintinueve": 29,
}  # fmt: skip
_ES_TENS = {
    "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80,
    "noventa": 90,
}  # fmt: skip
_ES_HUNDREDS = {
    "cien": 100, "ciento": 100, "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300,
    "cuatrocientos": 400, "cuatrocientas": 400, "quinientos": 500, "quinientas": 500, "seiscientos": 600,
    "seiscientas": 600, "setecientos": 700, "setecientas": 700, "ochocientos": 800, "ochocientas": 800,
    "novecientos": 900, "novecientas": 900,
}  # fmt: skip
_ES_ORDINALS = {
    "primero": 1, "primera": 1, "segundo": 2, "segunda": 2, "tercero": 3, "tercera": 3, "cuarto": 4, "cuarta": 4,
    "quinto": 5, "quinta": 5, "sexto": 6, "septimo": 7, "octavo": 8, "noveno": 9, "decimo": 10,
}  # fmt: skip

SPANISH = Lexicon(
    digits=_ES_DIGITS,
    teens=_ES_TEENS,
    tens=_ES_TENS,
    hundreds=_ES_HUNDREDS,
    scales={"mil": 1000, "millon": 1_000_000, "millones": 1_000_000},
    repeats={"doble": 2, "triple": 3},
    ordinals=_ES_ORDINALS,
    heard_as={
        "zero": "0", "sero": "0", "quero": "0", "quiero": "0", "quinko": "5", "saro": "0", "sinco": "5", "ceis": "6",
        "nuebe": "9", "ceros": "0", "unos": "1",
    },
    and_words=frozenset({"y"}),
    tens_need_and=True,
    points=frozenset({"punto", "coma"}),
    fillers=frozenset({
        "eh", "este", "pues", "mmm", "mm", "aja", "y", "luego", "despues", "guion", "espacio", "barra", "diagonal",
        "punto", "coma", "a", "ver", "si", "bueno", "ok", "okay", "seguido", "de", "otra", "vez", "entonces", "uh",
        "um", "ah", "del", "em", "vale",
    }),
    corrections=frozenset({"no", "perdon", "digo", "correccion", "disculpe", "disculpa", "espere", "espera", "mejor"}),
    pronouns=frozenset({"un", "una", "uno", "unos"}),
)  # fmt: skip

_NONE = Lexicon()
_LEXICONS = {"en": ENGLISH, "es": SPANISH}


def lexicon(language: str) -> Lexicon:
    """The words of the language of a code (`en-US`); an empty lexicon for one that is not known."""
    return _LEXICONS.get(LanguageCode.parse(language).language, _NONE)


def is_known(language: str) -> bool:
    """Whether number words of that language can be read and written."""
    return lexicon(language) is not _NONE
