"""The language of a recording as a request writes it: a language, and most often a region (`en-US`, `es-LA`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LanguageCode:
    """A language code in its parts. Every text can be taken apart; which codes are served is the wire's to say."""

    language: str
    """The language in lower case, `en`; empty only for an empty text."""
    region: str = ""
    """What follows the language, in upper case: `US`, `LA`. Empty for a language without a region."""

    @classmethod
    def parse(cls, text: str) -> LanguageCode:
        """The parts of a code in any letter case, joined by `-` or `_`: `en-US`, `en_us` and `EN-us` are equal."""
        language, _, region = text.replace("_", "-").partition("-")
        return cls(language.lower(), region.upper())

    def __str__(self) -> str:
        return f"{self.language}-{self.region}" if self.region else self.language
