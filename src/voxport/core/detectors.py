"""The detectors there are, as a customer sees them (docs/contract/v3-configuration.md, `prediction.detectors`).

A definition says what a detector is called and what it can do; how it finds anything stands in the room of redaction,
which has a finder for each name here (`redaction/registry.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from voxport.core.language_code import LanguageCode
from voxport.core.plan import DetectionLevel

_NAMESPACE = UUID("7d0fb3a4-6f6c-5a52-9c1e-0a4e8f0f6b11")
"""Ids are made from it and the name, so that they are the same on every server and in every release."""


PERSONAL_KINDS = ("name", "address", "email", "phone", "dateOfBirth", "account")
"""The kinds of details that `PII` finds, by their names on the wire."""


@dataclass(frozen=True, slots=True)
class DetectorDefinition:
    """One detector."""

    name: str
    """What configurations ask for it by, in any letter case."""
    display_name: str
    """What people read."""
    description: str
    """What it finds, in one sentence."""
    languages: tuple[str, ...]
    """Those that it works in, without a region (`en`)."""
    label: str
    """The one class that it reports."""
    version: str = "1.0.0"
    default_level: DetectionLevel = DetectionLevel.ENTIRE_REGION
    """What is covered where a configuration names no `detectionLevel`."""
    kinds: tuple[str, ...] = ()
    """The kinds that a configuration can choose from (`kinds`); empty: it finds one kind."""

    @property
    def id(self) -> UUID:
        return uuid5(_NAMESPACE, self.name)

    def kinds_named(self, names: str) -> tuple[str, ...]:
        """The kinds of that text, names in any letter case with commas between them, each once and in this order.

        Raises ValueError where one is none of its kinds.
        """
        asked = {name.strip().lower() for name in names.split(",")}
        found = tuple(kind for kind in self.kinds if kind.lower() in asked)
        if len(found) != len(asked):
            raise ValueError(f"names with commas between them, each one of {', '.join(self.kinds)}")
        return found

    def knows(self, language: str) -> bool:
        """Whether it works in the language of a request's code (`en-US`, `es-LA`)."""
        return LanguageCode.parse(language).language in self.languages


DETECTORS: tuple[DetectorDefinition, ...] = (
    DetectorDefinition(
        "PCI", "PCI", "Payment card numbers, parts of them, expiry dates and security codes.", ("en",), "PCI"
    ),
    DetectorDefinition("SSN", "SSN", "Social security numbers and parts of them.", ("en",), "ssn"),
    DetectorDefinition("Number", "Number", "Any digits.", ("en", "es"), "Number"),
    DetectorDefinition(
        "PII",
        "PII",
        "Details of people: names, addresses, e-mail, telephone numbers, dates of birth, account and member numbers.",
        ("en", "es"),
        "PII",
        default_level=DetectionLevel.PROBABLE_NUMBERS,
        kinds=PERSONAL_KINDS,
    ),
    DetectorDefinition(
        "PCI-Spanish",
        "PCI Spanish",
        "Payment card numbers, parts of them, expiry dates and security codes, in Spanish.",
        ("es",),
        "PCI",
    ),
    DetectorDefinition(
        "SSN-Spanish", "SSN Spanish", "Social security numbers and parts of them, in Spanish.", ("es",), "ssn"
    ),
    DetectorDefinition("SIN", "SIN", "Social insurance numbers of Canada.", ("en", "es"), "SIN"),
    DetectorDefinition("NINO", "NINO", "National insurance numbers of the United Kingdom.", ("en", "es"), "NINO"),
    DetectorDefinition("DNI", "DNI and NIE", "Spanish DNI, NIE and NIF.", ("en", "es"), "DNI"),
    DetectorDefinition("IBAN", "IBAN", "International bank account numbers.", ("en", "es"), "IBAN"),
    DetectorDefinition(
        "Passport", "Passport", "Numbers of passports, where one is asked for or named.", ("en", "es"), "Passport"
    ),
    DetectorDefinition(
        "DriversLicense",
        "Driver's license",
        "Numbers of driver's licenses, where one is asked for or named.",
        ("en", "es"),
        "DriversLicense",
    ),
)


def in_language(definition: DetectorDefinition, language: str) -> DetectorDefinition:
    """The detector where it works in the language, else its form in that language; itself where there is none."""
    if definition.knows(language):
        return definition
    forms = (one for one in DETECTORS if one.name.startswith(f"{definition.name}-") and one.knows(language))
    return next(forms, definition)


def find_detector(name_or_id: str) -> DetectorDefinition | None:
    """The detector of that name or id in any letter case; None when there is none."""
    wanted = name_or_id.strip().lower()
    return next((one for one in DETECTORS if wanted in (one.name.lower(), str(one.id))), None)
