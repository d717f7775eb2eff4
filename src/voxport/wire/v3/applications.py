"""Categories over calls that are there: trials and applications, Voxport's own, in the manner of v3.

The platform runs a category over calls that arrive, and over no others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, NotRequired, TypeVar
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from voxport.core.categories import (
    MAX_HEARD,
    MAX_SHOWN,
    MAX_TRIED,
    USUALLY_SHOWN,
    USUALLY_TRIED,
    Application,
    ApplicationStatus,
    Trial,
    TriedCall,
)
from voxport.core.codes import Code
from voxport.wire.reading.definitions import read_body
from voxport.wire.reading.documents import DocumentKind, body_kind
from voxport.wire.reading.names import Path
from voxport.wire.reading.refusals import Refusals
from voxport.wire.reading.shape_reader import read_shape
from voxport.wire.reading.shapes import Shape
from voxport.wire.v3.knowledge import VbMention, mention_body
from voxport.wire.v3.links import MEDIA_HREF
from voxport.wire.v3.shapes.definitions import CategoryApplication, CategoryTrial
from voxport.wire.v3.wording import WORDING
from voxport.wire.writing.links import Links, self_link
from voxport.wire.writing.shapes import Milliseconds, Moment, Uuid, closed, one_of, open_ended
from voxport.wire.writing.times import wire_time

TRIALS_PATH = "/v3/definition/category-trials"
APPLICATIONS_PATH = "/v3/definition/category-applications"
_TRIAL = body_kind("trial of a category", Code.CONFIGURATION_INVALID)
_APPLICATION = body_kind("application of a category", Code.CONFIGURATION_INVALID)
_Count = Annotated[int, Field(ge=0)]
_Asked = TypeVar("_Asked", bound=Shape)


@closed
class HeardEntry(TypedDict):
    """A place of a call with what is said around it."""

    speakerName: str
    s: Milliseconds
    text: str
    """Without letter case and marks"""


@closed
class TriedCallEntry(TypedDict):
    """A call that is in the category."""

    _links: Links
    mediaId: Uuid
    dateCreated: Moment
    categoryMatches: NotRequired[Annotated[list[VbMention], Field(min_length=1)]]
    """Where it is said what the category asks for"""
    heard: NotRequired[Annotated[list[HeardEntry], Field(min_length=1, max_length=MAX_HEARD)]]
    """The first of these places"""


@open_ended
class TrialBody(TypedDict):
    """What a category would say of the newest calls."""

    _links: Links
    calls: _Count
    """How many were looked at: all, where there are fewer than were asked for"""
    matched: _Count
    """How many of them are in it"""
    queryTimeMillis: Milliseconds
    media: list[TriedCallEntry]
    """The newest of those that are in it"""


@open_ended
class ApplicationBody(TypedDict):
    """A category that is looked for in past calls, and how far that is."""

    _links: Links
    applicationId: Uuid
    categoryName: str
    categoryVersion: str
    """What was put under its name later has no part in it"""
    status: Annotated[str, one_of(ApplicationStatus)]
    reason: NotRequired[str]
    """Why it failed"""
    calls: NotRequired[_Count]
    """How many there were when it began; absent until then"""
    done: _Count
    """How many of them were looked at, from the newest on"""
    matched: _Count
    """How many of those are in the category"""
    failures: _Count
    """How many of those took too long and have no result"""
    dateCreated: Moment
    dateStarted: NotRequired[Moment]
    dateFinished: NotRequired[Moment]


@closed
class ApplicationsBody(TypedDict):
    _links: Links
    applications: list[ApplicationBody]
    """The newest 100, the newest first"""


@dataclass(frozen=True, slots=True)
class AskedTrial:
    """A trial as a request asks for it."""

    name: str | None
    """Of a category; None: a statement is tried."""
    query: str
    """The statement; empty where a category is named."""
    calls: int
    shown: int


def parse_trial(body: bytes) -> AskedTrial:
    """Raises RequestRefused 10007, 10008, 10010, 10800."""
    asked, refusals = _read(body, CategoryTrial, _TRIAL)
    if (asked.category_name is None) is (asked.query is None):
        refusals.unreadable(("categoryName",), "there, or query, and not both")
    calls = _number(asked.calls, USUALLY_TRIED, range(1, MAX_TRIED + 1), ("calls",), refusals)
    shown = _number(asked.limit, USUALLY_SHOWN, range(MAX_SHOWN + 1), ("limit",), refusals)
    refusals.refuse_if_any()
    return AskedTrial(asked.category_name, asked.query or "", calls, shown)


def parse_application(body: bytes) -> str:
    """The name of the category. Raises RequestRefused 10007, 10008, 10010, 10800."""
    asked, refusals = _read(body, CategoryApplication, _APPLICATION)
    if not asked.category_name:
        refusals.unreadable(("categoryName",), "the name of a category")
    refusals.refuse_if_any()
    return asked.category_name or ""


def trial_body(trial: Trial, took_ms: int) -> TrialBody:
    """The answer to a trial."""
    return {
        "_links": self_link(TRIALS_PATH),
        "calls": trial.calls,
        "matched": trial.matched,
        "queryTimeMillis": took_ms,
        "media": [_tried(one) for one in trial.shown],
    }


def application_body(application: Application) -> ApplicationBody:
    """The answer to all that is asked of one."""
    body: ApplicationBody = {
        "_links": self_link(application_href(application.id)),
        "applicationId": str(application.id),
        "categoryName": application.category,
        "categoryVersion": application.version,
        "status": application.status.value,
        "done": application.done,
        "matched": application.matched,
        "failures": application.failures,
        "dateCreated": wire_time(application.created),
    }
    if application.problem is not None:
        body["reason"] = application.problem
    if application.started is not None:
        body["calls"] = application.calls
        body["dateStarted"] = wire_time(application.started)
    if application.ended is not None:
        body["dateFinished"] = wire_time(application.ended)
    return body


def applications_body(applications: Sequence[Application]) -> ApplicationsBody:
    """The answer to GET of all."""
    return {"_links": self_link(APPLICATIONS_PATH), "applications": [application_body(one) for one in applications]}


def application_href(application_id: UUID) -> str:
    """The path of one."""
    return f"{APPLICATIONS_PATH}/{application_id}"


def _tried(call: TriedCall) -> TriedCallEntry:
    entry: TriedCallEntry = {
        "_links": self_link(f"{MEDIA_HREF}/{call.media_id}"),
        "mediaId": str(call.media_id),
        "dateCreated": wire_time(call.created),
    }
    if call.result.mentions:
        entry["categoryMatches"] = [mention_body(one) for one in call.result.mentions]
    if call.heard:
        entry["heard"] = [{"speakerName": one.speaker, "s": one.start_ms, "text": one.text} for one in call.heard]
    return entry


def _read(body: bytes, shape: type[_Asked], kind: DocumentKind) -> tuple[_Asked, Refusals]:
    refusals = Refusals(WORDING, kind)
    asked = read_shape(read_body(body, kind), shape, (kind.name,), refusals)
    refusals.refuse_if_any()
    return asked or shape.nothing(), refusals


def _number(asked: int | None, usual: int, allowed: range, path: Path, refusals: Refusals) -> int:
    if asked is not None and asked not in allowed:
        refusals.unreadable(path, f"a whole number from {allowed[0]} to {allowed[-1]}")
    return usual if asked is None else asked
