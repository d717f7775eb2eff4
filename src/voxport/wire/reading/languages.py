"""Which language can do what (docs/contract/v3-configuration.md sections 2 and 3)."""

from __future__ import annotations

from dataclasses import dataclass

from voxport.core.language_code import LanguageCode

_ENGLISH = ("en-US", "en-UK", "en-GB", "en-AU")
_SPANISH = ("es-LA", "es-ES", "es-US", "es-MX")
_OTHERS = ("fr-FR", "de-DE", "it-IT", "pt-BR", "nl-NL")
"""Dutch stands in the list of v2-beta alone, and is as good here."""

TITAN, EUROPA, PROTEUS = "Titan", "Europa", "Proteus"
ENGINES = {name.lower(): name for name in (TITAN, EUROPA, PROTEUS)}


@dataclass(frozen=True, slots=True)
class Language:
    """A supported language; `en-GB` stands beside `en-UK`.

    Source: docs/contract/open-questions.md 41.
    """

    code: str
    """The published spelling, `en-US`."""
    name: str
    """The language without its region, `en`."""
    region: str
    """`US`."""

    @classmethod
    def of(cls, code: str) -> Language:
        """The language of a published code."""
        parts = LanguageCode.parse(code)
        return cls(code, parts.language, parts.region)

    @property
    def text_functions(self) -> bool:
        """Predictions, PCI, punctuation, voice features, sentiment by turn and verb-noun pairs: English and Spanish."""
        return self.name in ("en", "es")

    @property
    def knowledge(self) -> bool:
        """Keywords and topics."""
        return self.name in ("en", "es", "fr")

    @property
    def english(self) -> bool:
        """Conversation metrics, sentiment metrics and the profanity filter."""
        return self.name == "en"

    def served_by(self, engine: str) -> bool:
        """Whether the engine of that name transcribes this language."""
        match engine:
            case "Titan":
                return self.code in ("en-US", "es-US")
            case "Europa":
                return self.text_functions
            case _:
                return True


_SUPPORTED = {code.lower(): Language.of(code) for code in (*_ENGLISH, *_SPANISH, *_OTHERS)}


def find_language(code: str) -> Language | None:
    """The language of a code in any letter case; None when it is not supported."""
    return _SUPPORTED.get(code.lower())


def locales_of(code: str) -> tuple[str, ...]:
    """The codes a bare language name such as `en` could mean; empty when it is not one."""
    return tuple(known.code for known in _SUPPORTED.values() if known.name == code.lower())
