"""Plan: everything that was asked for with a recording, parsed once, frozen, and stored with the media.

The wire rooms make it from their documents (docs/contract/v3-configuration.md); stages read the part that concerns
them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

VOICE_FEATURES = "voiceFeatures"
"""The speech feature that adds frequencies and volume to each word."""


class Priority(StrEnum):
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class CallbackType(StrEnum):
    ANALYTICS = "analytics"
    TRANSCRIPT = "transcript"
    MEDIA = "media"


class Dialect(StrEnum):
    """The wire that a request came in by; what is delivered for it is written the same way."""

    V3 = "v3"
    V2_BETA = "v2-beta"


class TextFormat(StrEnum):
    JSON = "json"
    TEXT = "text"
    SRT = "srt"
    WEBVTT = "webvtt"
    DFXP = "dfxp"


@dataclass(frozen=True, slots=True)
class SpeechPlan:
    """`language` is the code as the customer sent it (`en-US`, `en-UK`); `model` is the platform's engine name."""

    language: str = "en-US"
    model: str | None = None
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    speaker: str
    role: str | None = None
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class IngestPlan:
    """How channels become speakers.

    `mix_as` set: all channels are mixed into one under that name. `channels` non-empty: one entry for each channel of
    the file, in order. Neither: a mono file has no speaker name, a file of N channels has `Speaker1` .. `SpeakerN`.
    """

    mix_as: str | None = None
    mix_role: str | None = None
    channels: tuple[ChannelPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleTarget:
    """S3 delivery by role (docs/contract/callbacks.md section 4): which role is assumed, and how objects are stored.

    `prepend_folder` has no slash at its ends. None in the last three: what the server's settings say.
    """

    role: str
    prepend_folder: str | None = None
    server_side_encryption: str | None = None
    kms_key_id: str | None = None
    storage_class: str | None = None


@dataclass(frozen=True, slots=True)
class CallbackPlan:
    """One delivery asked for (docs/contract/callbacks.md sections 1 and 5). `include` None means all computed sections.

    With a `role` the url is the base address of a bucket and the method says nothing. `include` holds names of the
    `dialect`. What v2-beta calls an attachment is a delivery of its own, of the type media.
    """

    url: str = field(repr=False)
    method: str = "POST"
    type: CallbackType = CallbackType.ANALYTICS
    include: tuple[str, ...] | None = None
    format: TextFormat | None = None
    stream: str | None = None
    role: RoleTarget | None = None
    dialect: Dialect = Dialect.V3


class DetectionLevel(StrEnum):
    """How much around a detected number is covered (docs/contract/v3-configuration.md, `detectionLevel`)."""

    ENTIRE_REGION = "entireRegion"
    PROBABLE_NUMBERS = "probableNumbers"
    NUMBERS_ONLY = "numbersOnly"


@dataclass(frozen=True, slots=True)
class AudioRedactor:
    """What is heard instead: a tone of `tone_hz`; `gain` is its amplitude, 1.0 is full scale, 0.0 silence."""

    tone_hz: int
    gain: float


@dataclass(frozen=True, slots=True)
class DetectorPlan:
    """One detector asked for. `name` is one of ours (`PCI`, `SSN`, `Number`, `PCI-Spanish`, `SSN-Spanish`).

    `replacement` None: the text is not redacted; `audio` None: the audio is not.
    """

    name: str
    level: DetectionLevel = DetectionLevel.ENTIRE_REGION
    replacement: str | None = None
    audio: AudioRedactor | None = None


@dataclass(frozen=True, slots=True)
class TextPlan:
    """What is made of the words: numbers written as numbers, profanity as three dots.

    `number_formatting` None: numbers stay as they are written, as in a text that a person corrected.
    """

    number_formatting: bool | None = True
    profanity_filter: bool = False


@dataclass(frozen=True, slots=True)
class TranscodePlan:
    """`publish.audioTranscode`: `file_format` is the target container; codec None: its own.

    Source: docs/contract/open-questions.md 22.
    """

    file_format: str = "wav"
    codec: str | None = None
    only_if_redacted: bool = False


@dataclass(frozen=True, slots=True)
class SpottingPlan:
    """A group of phrases to listen for, as it was defined when the recording was accepted."""

    group: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VocabularyTerm:
    """A word or phrase the recogniser should know; `weight` 0-5, `sounds_like` for single words only."""

    term: str
    sounds_like: tuple[str, ...] = ()
    weight: int = 0


@dataclass(frozen=True, slots=True)
class AnalyticsPlan:
    """What analysis is asked to find; by default nothing, and nothing is paid for it.

    `metrics` holds names of groups. Voice features are asked for with `speech.features`.
    """

    discovery: bool = False
    spotting: tuple[SpottingPlan, ...] = ()
    entities: bool = False
    sentiments: bool = False
    verb_noun_pairs: bool = False
    metrics: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        return self != AnalyticsPlan()


@dataclass(frozen=True, slots=True)
class RunBefore:
    """What a further run over a media starts from, since nothing is recognised twice.

    `run` is the one whose transcript it reads. `audio_run`: the one whose redacted audio has taken the place of the
    recording for good, None: the recording itself. `replacements`: what stands for redacted words in that transcript.
    """

    run: int
    audio_run: int | None = None
    replacements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    speech: SpeechPlan = field(default_factory=SpeechPlan)
    ingest: IngestPlan = field(default_factory=IngestPlan)
    priority: Priority = Priority.NORMAL
    callbacks: tuple[CallbackPlan, ...] = ()
    searchable: bool = True
    time_to_live_s: int | None = None
    detectors: tuple[DetectorPlan, ...] = ()
    text: TextPlan = field(default_factory=TextPlan)
    transcode: TranscodePlan | None = None
    analytics: AnalyticsPlan = field(default_factory=AnalyticsPlan)
    vocabulary: tuple[VocabularyTerm, ...] = ()
    scripts: tuple[str, ...] = ()
    """Free text of vocabularies, which tells the recogniser what the call is about."""
    erase_original: bool = False
    """Whether the recording as it came in is erased once redacted audio stands in its place."""
    before: RunBefore | None = None
    """None in the first run."""
    aligns: bool = False
    """Whether a corrected transcript takes the place of what was recognised."""

    @property
    def redacts_audio(self) -> bool:
        return any(detector.audio is not None for detector in self.detectors)

    @property
    def analyses(self) -> bool:
        """Whether anything is asked of analysis, voice features included."""
        return self.analytics.asks or VOICE_FEATURES in self.speech.features

    @property
    def serves_redacted(self) -> bool:
        """Whether the recording is served to nobody: this run redacts audio, or one before it did."""
        return self.redacts_audio or (self.before is not None and self.before.audio_run is not None)

    @property
    def writes_audio(self) -> bool:
        """Whether this run writes a file to be served in the place of the recording: redacted, transcoded, or both."""
        transcodes = self.transcode is not None and (self.serves_redacted or not self.transcode.only_if_redacted)
        return self.redacts_audio or transcodes


_PLAN = TypeAdapter(Plan)


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """The stored form; `plan_from_json` is its inverse."""
    value: dict[str, Any] = _PLAN.dump_python(plan, mode="json")
    return value


def plan_from_json(value: dict[str, Any]) -> Plan:
    return _PLAN.validate_python(value)
