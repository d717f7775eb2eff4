"""What a configuration is read with and becomes, whichever dialect it is written in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused
from voxport.core.plan import Plan
from voxport.wire.reading.callback_urls import UrlRules
from voxport.wire.reading.json_reader import JsonLimits, NameTwice, NotJson, PartTooLarge, read_json
from voxport.wire.reading.saved_definitions import NamedDefinitions


@dataclass(frozen=True, slots=True)
class ConfigurationOptions:
    """What an operator may set about what is asked for."""

    callback_urls: UrlRules = field(default_factory=UrlRules)
    limits: JsonLimits = field(default_factory=lambda: JsonLimits(size_bytes=4 << 20, depth=32))
    language: str = "en-US"
    """What is spoken when the configuration does not say."""
    audio_is_redacted: bool = False
    """Whether redacted audio has taken the recording's place already."""


@dataclass(frozen=True, slots=True)
class ParsedConfiguration:
    """`warnings` tell what was accepted but has no effect, or will probably fail; they go into the answer.

    `named`: what was saved under a name and is not in the plan yet (`saved_definitions.complete_plan`). `given`: which
    sections the document has, and `enableNumberFormatting` if it says that.
    """

    plan: Plan
    warnings: tuple[Problem, ...] = ()
    named: NamedDefinitions = field(default_factory=NamedDefinitions)
    given: frozenset[str] = frozenset()


def read_document(text: str | bytes | None, limits: JsonLimits) -> Any:
    """The JSON value, None where there was no part. Raises RequestRefused 10007, 10010, 10800."""
    if text is None:
        return None
    try:
        return read_json(text, limits)
    except NotJson as error:
        raise RequestRefused(Problem.of(Code.CONFIGURATION_INVALID, reason=str(error))) from error
    except NameTwice as error:
        raise RequestRefused(Problem.of(Code.PROPERTY_REPEATED, property=error.name)) from error
    except PartTooLarge as error:
        raise RequestRefused(Problem.of(Code.PAYLOAD_TOO_LARGE, limit=error.limit_bytes)) from error
