"""Whether and how the people on one channel are told apart (`ingest.diarization`, docs/api-configuration.md)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from voxport.core.codes import Code
from voxport.core.plan import DiarizationPlan, IngestPlan
from voxport.wire.reading.languages import Language
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.shapes import Shape, Whole

MAX_SPEAKERS = 12
"""More people on one channel are not told apart."""
_AT = ("ingest", "diarization")
_WITH_ROLES = 2
"""An agent and a caller."""
_NO_ROLES = "Who is the agent and who the caller ({path}) is not told in {language}: only in English and Spanish."


class Diarization(Shape):
    """How the people on one channel are told apart."""

    enable: bool | None = None
    """Whether they are. Left out: on channels without a name, unless the server is set otherwise."""
    speaker_count: Whole | None = None
    """How many people speak on each channel, where that is known; from 1 to 12."""
    name_roles: bool | None = None
    """Whether two people without a name are called Agent and Caller where what they say tells; English and Spanish."""


@dataclass(frozen=True, slots=True)
class AskedDiarization:
    """What a request says of it."""

    enable: bool | None = None
    speaker_count: int | None = None
    names_roles: bool | None = None

    @property
    def asks(self) -> bool:
        """Whether anything is asked for."""
        return self.enable is True or self.speaker_count is not None or self.names_roles is True


def asked_diarization(section: Diarization | None) -> AskedDiarization | None:
    """What the section of either dialect says."""
    if section is None:
        return None
    return AskedDiarization(section.enable, section.speaker_count, section.name_roles)


def keeps_together(section: Diarization | None) -> bool:
    """Whether the section of either dialect says that nobody is to be told apart."""
    return section is not None and section.enable is False


def with_diarization(
    plan: IngestPlan, asked: AskedDiarization | None, language: Language, refusals: Refusals, *, default: bool
) -> IngestPlan:
    """The plan with what is asked of telling people apart; `default`: whether it is done where nothing is asked."""
    asked = asked or AskedDiarization()
    count = asked.speaker_count
    if count is not None and not 1 <= count <= MAX_SPEAKERS:
        refusals.unreadable((*_AT, "speakerCount"), f"a whole number from 1 to {MAX_SPEAKERS}")
    if asked.names_roles:
        _check_roles(plan, count, language, refusals)
    if asked.enable is False:
        if count not in (None, 1) or asked.names_roles:
            refusals.unreadable((*_AT, "enable"), "true where speakerCount or nameRoles is given")
        return plan
    if not (asked.asks or default):
        return plan
    return replace(plan, diarization=DiarizationPlan(asked.asks, count, asked.names_roles or False))


def _check_roles(plan: IngestPlan, count: int | None, language: Language, refusals: Refusals) -> None:
    """Notes what leaves nobody to name by what is said: names, another number of people, another language (20011)."""
    if plan.channels or plan.mix_as is not None:
        refusals.unreadable((*_AT, "nameRoles"), "left out where speakers are named")
    if count is not None and 1 <= count <= MAX_SPEAKERS and count != _WITH_ROLES:
        refusals.unreadable((*_AT, "nameRoles"), f"left out where speakerCount is not {_WITH_ROLES}")
    if not language.text_functions:
        refusals.refuse(Code.DIARIZATION_UNSUPPORTED, _NO_ROLES, path=(*_AT, "nameRoles"), language=language.code)
