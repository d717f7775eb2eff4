"""What the workflow is given to work with; put together in `app.py`, never looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from voxport.audio.limits import DecodeLimits
from voxport.delivery.s3.role_store import RoleStore
from voxport.delivery.schedule import Schedule
from voxport.ingest.download import FetchLimits
from voxport.outbound import Outbound
from voxport.speech.recognizer import Recognizer
from voxport.storage.objects.blobs import Blobs
from voxport.storage.store import Store
from voxport.wire.v3.stream_links import StreamLinks
from voxport.workflow.engine import Engine


@dataclass(frozen=True, slots=True)
class DeliverLimits:
    """How much goes to one endpoint at once, and when it is paused: after so many failed rounds one after another.

    A paused endpoint is probed after `first_probe_s`, then after twice as long each time, at most `longest_probe_s`.
    """

    per_endpoint: int = 16
    pause_after: int = 10
    first_probe_s: float = 60.0
    longest_probe_s: float = 900.0


@dataclass(frozen=True, slots=True)
class WorkflowOptions:
    """The limits and clocks of the stages, each owned by its room.

    `scratch` is the folder of nameless temporary files as large as a recording; None: that of the system.
    """

    decode: DecodeLimits
    fetch: FetchLimits
    schedule: Schedule
    fetch_tries: int
    stage_timeout_s: float
    stalled_after_s: float
    deliver: DeliverLimits = field(default_factory=DeliverLimits)
    check_redaction: bool = True
    erase_original: bool = False
    profanity_words: tuple[str, ...] = ()
    scratch: Path | None = None


@dataclass(frozen=True, slots=True)
class Dependencies:
    """`recognizer` makes the model on first use, so a worker without the speech queue never loads it.

    `public_url` is the API's address as customers see it, without a slash at its end: the base of `stream_links`.
    """

    store: Store
    blobs: Blobs
    engine: Engine
    outbound: Outbound
    recognizer: Callable[[], Recognizer]
    stream_links: StreamLinks
    public_url: str
    options: WorkflowOptions
    role_store: RoleStore
