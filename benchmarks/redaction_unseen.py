"""Whole calls that nobody who wrote rules had seen when they were measured, once; of several authors.

Every call is written from beginning to end and serves twice: something is paid or a person is checked, and details of
that person are asked for.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.authors.eighteenth import EighteenthDetails
from benchmarks.authors.eighth import EighthDetails
from benchmarks.authors.eleventh import EleventhDetails
from benchmarks.authors.fifteenth import FifteenthDetails
from benchmarks.authors.fifth import FifthDetails
from benchmarks.authors.fourteenth import FourteenthDetails
from benchmarks.authors.fourth import FourthDetails
from benchmarks.authors.nineteenth import NineteenthDetails
from benchmarks.authors.ninth import NinthDetails
from benchmarks.authors.second import SecondDetails
from benchmarks.authors.seventeenth import SeventeenthDetails
from benchmarks.authors.seventh import SeventhDetails
from benchmarks.authors.sixteenth import SixteenthDetails
from benchmarks.authors.sixth import SixthDetails
from benchmarks.authors.tenth import TenthDetails
from benchmarks.authors.third import ThirdDetails
from benchmarks.authors.thirteenth import ThirteenthDetails
from benchmarks.authors.twelfth import TwelfthDetails
from benchmarks.authors.twentieth import TwentiethDetails
from benchmarks.authors.twentyeighth import TwentyEighthDetails
from benchmarks.authors.twentyfifth import TwentyFifthDetails
from benchmarks.authors.twentyfirst import TwentyFirstDetails
from benchmarks.authors.twentyfourth import TwentyFourthDetails
from benchmarks.authors.twentysecond import TwentySecondDetails
from benchmarks.authors.twentyseventh import TwentySeventhDetails
from benchmarks.authors.twentythird import TwentyThirdDetails
from benchmarks.redaction_corpus import Line, line_of, make_call
from benchmarks.redaction_unseen_details import UnseenDetails

_FORMS = {"en": "unseen", "es": "spanish"}
_FIRST_TURN = {"en": 1_000, "es": 2_000}
"""By language: a number for the first call of each author, from which voices and forms follow."""
_AMEX_TURN = 2
"""Every sixth card is an American Express; it has no fourth group."""


@dataclass(frozen=True)
class Author:
    """The calls of one author."""

    name: str
    """What the names of its recordings begin with."""
    file: str
    details: Callable[[str, random.Random, int, bool], UnseenDetails]
    """Draws what is said in a call."""
    voices: dict[str, str]
    """By language."""

    def written(self) -> dict[str, list[list[str]]]:
        """By language, all calls as they are written."""
        return _read(self.file)

    def make(self, folder: Path) -> list[Path]:
        """All calls, made under `folder` where they are missing; raises voices.Missing."""
        folder.mkdir(parents=True, exist_ok=True)
        return [
            self.make_one(folder, language, place)
            for language, calls in self.written().items()
            for place in range(len(calls))
        ]

    def make_one(self, folder: Path, language: str, place: int) -> Path:
        turn = _FIRST_TURN[language] + place
        path = folder / f"{self.name}-{language}-{turn}{'.wav' if turn % 2 else '.flac'}"
        return make_call(path, self.script(language, place), self.voices[language], turn)

    def script(self, language: str, place: int) -> list[Line]:
        """The lines of a call with the numbers that are said in it."""
        lines = self.written()[language][place]
        amex = any("American Express" in line for line in lines)
        turn = _FIRST_TURN[language] + place
        if any("{card4}" in line for line in lines) and turn % 6 == _AMEX_TURN:
            turn += 1
        chance = random.Random(f"{language} {place} {lines[0]}")  # noqa: S311 - the same calls every time, nothing secret
        details = self.details(_FORMS[language], chance, turn, amex)
        return [line_of(line, details) for line in lines]


@cache
def _read(file: str) -> dict[str, list[list[str]]]:
    read: dict[str, list[list[str]]] = json.loads((Path(__file__).parent / "authors" / file).read_text("utf-8"))
    return read


_FURTHER = {
    "second": SecondDetails,
    "third": ThirdDetails,
    "fourth": FourthDetails,
    "fifth": FifthDetails,
    "sixth": SixthDetails,
    "seventh": SeventhDetails,
    "eighth": EighthDetails,
    "ninth": NinthDetails,
    "tenth": TenthDetails,
    "eleventh": EleventhDetails,
    "twelfth": TwelfthDetails,
    "thirteenth": ThirteenthDetails,
    "fourteenth": FourteenthDetails,
    "fifteenth": FifteenthDetails,
    "sixteenth": SixteenthDetails,
    "seventeenth": SeventeenthDetails,
    "eighteenth": EighteenthDetails,
    "nineteenth": NineteenthDetails,
    "twentieth": TwentiethDetails,
    "twentyfirst": TwentyFirstDetails,
    "twentysecond": TwentySecondDetails,
    "twentythird": TwentyThirdDetails,
    "twentyfourth": TwentyFourthDetails,
    "twentyfifth": TwentyFifthDetails,
    "twentyseventh": TwentySeventhDetails,
    "twentyeighth": TwentyEighthDetails,
}
AUTHORS = (
    Author("unseen", "first.json", UnseenDetails, {"en": "unseen", "es": "unseen-spanish"}),
    *(
        Author(
            name,
            f"{name}.json",
            details,
            {"en": "unseen-authors", "es": "unseen-authors-spanish"},
        )
        for name, details in _FURTHER.items()
    ),
)
