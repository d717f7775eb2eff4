"""What a configuration is read with and becomes, whichever dialect it is written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.core.plan import Plan, SpeechPlan, TextPlan
from voxport.wire.reading.callback_urls import UrlRules
from voxport.wire.reading.categories import AskedCategories
from voxport.wire.reading.classifiers import AskedClassifier
from voxport.wire.reading.json_reader import JsonLimits
from voxport.wire.reading.languages import EUROPA, Language
from voxport.wire.reading.names import Name, Wording
from voxport.wire.reading.refusals import Refusals

_MAX_SPOTTING_GROUPS = 100


class Said(StrEnum):
    """What a further run takes from the run before unless its configuration says it."""

    SEARCHABILITY = "searchability"
    """Whether lists show the recording."""
    INDEXING = "enableAnalyticIndexing"
    """Whether statements (VBQL) find the recording."""
    TIME_TO_LIVE = "timeToLiveInSeconds"
    """When everything of the recording is erased."""
    NUMBER_FORMATTING = "enableNumberFormatting"
    """Whether numbers are written in digits."""
    ONE_SPEAKER = "diarization"
    """That the people on a channel stay one speaker."""


@dataclass(frozen=True, slots=True)
class ConfigurationOptions:
    """What an operator may set about what is asked for."""

    callback_urls: UrlRules = field(default_factory=UrlRules)
    limits: JsonLimits = field(default_factory=lambda: JsonLimits(size_bytes=4 << 20, depth=32))
    language: str = "en-US"
    """What is spoken when the configuration does not say."""
    separate_channels: bool = False
    """Whether channels are heard apart when the configuration says nothing of them."""
    diarization: bool = False
    """Whether the people on a channel without a name are told apart when the configuration says nothing of it."""
    audio_is_redacted: bool = False
    """Whether redacted audio has taken the recording's place already."""


@dataclass(frozen=True, slots=True)
class NamedDefinitions:
    """Names that a configuration asks for, each once, in its order."""

    vocabularies: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    """Groups of phrases to listen for."""
    public_key: UUID | None = None
    """The key to encrypt with."""
    classifiers: tuple[AskedClassifier, ...] = ()
    categories: AskedCategories = field(default_factory=AskedCategories)

    def __bool__(self) -> bool:
        return bool(self.vocabularies or self.groups or self.public_key or self.classifiers or self.categories)


@dataclass(frozen=True, slots=True)
class ParsedConfiguration:
    """A configuration that is accepted, as far as it can be known without what is saved."""

    plan: Plan
    wording: Wording
    """How its dialect speaks, for what is found wrong later."""
    warnings: tuple[Problem, ...] = ()
    """What was accepted but has no effect, or will probably fail; it goes into the answer."""
    named: NamedDefinitions = field(default_factory=NamedDefinitions)
    """What was saved under a name and is not in the plan yet (`saved_definitions.complete_plan`)."""
    given: frozenset[Said] = frozenset()
    """What the document says for itself."""


def text_plan(
    speech: SpeechPlan, language: Language, refusals: Refusals, *, formats_numbers: bool, filters_profanity: bool
) -> TextPlan:
    """What is made of the words; notes 20003 and 55000."""
    if not formats_numbers and speech.model == EUROPA:
        refusals.add(Code.ENGINE_CANNOT_DO_THIS, reason=f"number formatting cannot be turned off with {EUROPA}")
    if filters_profanity and not language.english:
        refusals.add(Code.CONTENT_FILTER_UNSUPPORTED, language=language.name, region=language.region)
    return TextPlan(number_formatting=formats_numbers, profanity_filter=filters_profanity)


def spotting_names(names: Sequence[str], refusals: Refusals) -> tuple[str, ...]:
    """Names of the groups to listen for; what they hold is added by `saved_definitions` (40005, 40006)."""
    if len(names) > _MAX_SPOTTING_GROUPS:
        refusals.unreadable((Name.SPOTTING_GROUPS,), f"a list of at most {_MAX_SPOTTING_GROUPS} groups")
    if len(set(names)) < len(names):
        refusals.unreadable((Name.SPOTTING_GROUPS,), "a list without a group named twice")
    return tuple(names)
