"""What the workflow is given to work with; put together in `app/worker.py`, never looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

from voxport.audio.limits import DecodeLimits
from voxport.delivery.s3.role_store import RoleStore
from voxport.delivery.schedule import Schedule
from voxport.ingest.download import FetchLimits
from voxport.outbound import Outbound
from voxport.speech.diarization.diarizer import Diarizer
from voxport.speech.recognizer import Recognizer
from voxport.storage.objects.blobs import Blobs
from voxport.storage.store import Store
from voxport.telemetry.traces import OFF, Traces
from voxport.wire.v3.stream_links import StreamLinks
from voxport.workflow.engine import Engine
from voxport.workflow.isolation import Isolation
from voxport.workflow.working_audio_bound import WorkingAudioBound


@dataclass(frozen=True, slots=True)
class DeliverLimits:
    """How much goes to one endpoint, and when it is paused."""

    per_endpoint: int = 16
    """Most deliveries under way at once to one endpoint."""
    pause_after: int = 10
    """Failed rounds in a row after which an endpoint is paused."""
    first_probe_s: float = 60.0
    """Until a paused endpoint is probed; twice as long each time."""
    longest_probe_s: float = 900.0
    """Longest time between two probes."""


@dataclass(frozen=True, slots=True)
class WorkflowOptions:
    """The limits and clocks of the stages, each owned by its room."""

    decode: DecodeLimits
    fetch: FetchLimits
    schedule: Schedule
    """When the rounds of a delivery begin."""
    fetch_tries: int
    """Tries of a `mediaUrl` whose server fails or cannot be reached."""
    stage_timeout_s: float
    """Longest run of one stage; then the media fails."""
    stalled_after_s: float
    """Silence of a worker after which its jobs and deliveries are another's."""
    deliver: DeliverLimits = field(default_factory=DeliverLimits)
    check_redaction: bool = True
    """Whether redacted audio is listened to once more before it is published."""
    category_timeout_s: float = 5.0
    """Time that the database has to look for the categories of a call."""
    erase_original: bool = False
    """Whether every recording is erased whose audio was redacted; False: those whose plan asks for it."""
    model: str = ""
    """What the recognition model is called, for whoever watches."""
    profanity_words: tuple[str, ...] = ()
    """What the filter takes beside its own list."""
    scratch: Path | None = None
    """Folder of nameless temporary files as large as a recording; None: that of the system."""


@dataclass(frozen=True, slots=True)
class Dependencies:
    """Everything that stages and deliveries work with."""

    store: Store
    blobs: Blobs
    engine: Engine
    outbound: Outbound
    recognizer: Callable[[], Recognizer]
    """Loads the model on its first call, so a worker without the speech queue never does."""
    stream_links: StreamLinks
    public_url: str
    """The API's address as customers see it, without a slash at its end: the base of `stream_links`."""
    options: WorkflowOptions
    role_store: RoleStore
    diarizer: Diarizer | None = None
    """Tells the people on one channel apart; None: nobody does."""
    process: UUID = field(default_factory=uuid4)
    """This process among all workers."""
    isolation: Isolation = field(default_factory=Isolation)
    """Who works beside whom in this process."""
    traces: Traces = OFF
    """Where the spans of stages and deliveries go."""
    working_audio: WorkingAudioBound = field(default_factory=WorkingAudioBound)
    """What the stages of this process hold of decoded sound."""
