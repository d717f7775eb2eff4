"""Plan: everything that was asked for with a recording, parsed once, frozen, and stored with the media.

The wire rooms make it from their documents (docs/contract/v3-configuration.md); stages read the part that concerns
them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from voxport.core.analytics_plan import AnalyticsPlan
from voxport.core.public_keys import EncryptionPlan

VOICE_FEATURES = "voiceFeatures"
"""The speech feature that adds frequencies and volume to each word."""
ORIGINAL, REDACTED_AUDIO = "original", "redacted-audio"
"""The streams of a recording, by their names on the wire: what is served, and that with its secrets covered."""


class Priority(StrEnum):
    """Which of the waiting jobs of one queue begins first: that of the highest."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class CallbackType(StrEnum):
    """What a callback sends."""

    ANALYTICS = "analytics"
    """The media document, or those sections of it that `include` names."""
    TRANSCRIPT = "transcript"
    """The transcript alone, in one text format."""
    MEDIA = "media"
    """Audio."""


class Dialect(StrEnum):
    """The wire that a request came in by; what is delivered for it is written the same way."""

    V3 = "v3"
    V2_BETA = "v2-beta"


class TextFormat(StrEnum):
    """A form of the transcript, by its name on the wire."""

    JSON = "json"
    TEXT = "text"
    SRT = "srt"
    WEBVTT = "webvtt"
    DFXP = "dfxp"


@dataclass(frozen=True, slots=True)
class SpeechPlan:
    """How speech is recognised."""

    language: str = "en-US"
    """The code as the customer sent it (`en-US`, `en-UK`)."""
    model: str | None = None
    """The platform's name of an engine, as sent; None: none was named."""
    features: tuple[str, ...] = ()
    """`VOICE_FEATURES`, or nothing."""
    allowed_languages: tuple[str, ...] = ()
    """Codes of further languages that may be spoken, as they are published."""


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """Who speaks on one channel."""

    speaker: str
    """The name that the transcript shows."""
    role: str | None = None
    """The speaker's role (`Agent`), as sent; None: none was given."""
    ignored: bool = False
    """Whether the channel is left out: nothing on it is recognised."""


@dataclass(frozen=True, slots=True)
class DiarizationPlan:
    """How the people on one channel are told apart."""

    asked: bool = False
    """Whether the customer asked for it: then people on channels that have a name are told apart too."""
    speaker_count: int | None = None
    """How many people speak on each channel; None: as many as it sounds like."""
    names_roles: bool = False
    """Whether two people without a name are called `Agent` and `Caller` where what they say tells."""


@dataclass(frozen=True, slots=True)
class IngestPlan:
    """How channels become speakers.

    Without `mix_as`, `channels` and `mixed` a mono file has no speaker name, and a file of N channels has `Speaker1`
    to `SpeakerN`.
    """

    mix_as: str | None = None
    """The name under which all channels are mixed into one; None: they stay apart."""
    mix_role: str | None = None
    """The role of that speaker, as sent; None: none was given."""
    channels: tuple[ChannelPlan, ...] = ()
    """One for each channel of the file, in order; empty: nothing is said of them."""
    mixed: bool = False
    """Whether all channels are mixed into one that has no name, where nothing is said of them."""
    diarization: DiarizationPlan | None = None
    """None: whatever is said on a channel is of one speaker."""

    @property
    def mixes(self) -> bool:
        """Whether all channels become one."""
        return self.mixed or self.mix_as is not None


@dataclass(frozen=True, slots=True)
class RoleTarget:
    """S3 delivery by role (docs/contract/callbacks.md section 4): which role is assumed, and how objects are stored."""

    role: str
    """The ARN of the role."""
    prepend_folder: str | None = None
    """What the keys of objects begin with, without a slash at its ends; None: nothing."""
    server_side_encryption: str | None = None
    """One of `ENCRYPTIONS` of `core/s3_objects.py`; None: what the server's settings say."""
    kms_key_id: str | None = None
    """The KMS key; None: what the server's settings say."""
    storage_class: str | None = None
    """S3's name of a storage class; None: what the server's settings say."""


@dataclass(frozen=True, slots=True)
class CallbackPlan:
    """One delivery asked for (docs/contract/callbacks.md sections 1 and 5).

    What v2-beta calls an attachment is a delivery of its own, of the type media.
    """

    url: str = field(repr=False)
    """The whole address with its secrets; with a `role` the base address of a bucket."""
    method: str = "POST"
    """`POST` or `PUT`; with a `role` it has no meaning."""
    type: CallbackType = CallbackType.ANALYTICS
    include: tuple[str, ...] | None = None
    """The sections to send, by their names in `dialect`; None: all that were computed."""
    format: TextFormat | None = None
    """The form of a transcript; None in callbacks of another type."""
    stream: str | None = None
    """Which audio a callback of the type media sends, by its name on the wire; None in those of another type."""
    role: RoleTarget | None = None
    """The role by which objects are put; None: the url is a webhook or pre-signed."""
    dialect: Dialect = Dialect.V3
    encrypted: bool = False
    """Whether it sends OpenPGP messages (`Plan.encryption`)."""

    @property
    def needs_redaction(self) -> bool:
        """Whether it sends redacted audio and nothing else: the recording as it came in is never sent in its place."""
        return self.type is CallbackType.MEDIA and self.stream == REDACTED_AUDIO


class DetectionLevel(StrEnum):
    """How much around a detected number is covered (docs/contract/v3-configuration.md, `detectionLevel`)."""

    ENTIRE_REGION = "entireRegion"
    """From its first digit to its last, with all that is said between, and wide margins."""
    PROBABLE_NUMBERS = "probableNumbers"
    """The words that carry its digits, and small margins."""
    NUMBERS_ONLY = "numbersOnly"
    """The words that carry its digits, without margins."""


@dataclass(frozen=True, slots=True)
class AudioRedactor:
    """The tone that is heard instead."""

    tone_hz: int
    """Its frequency."""
    gain: float
    """Its amplitude: 1.0 is full scale, 0.0 silence."""


@dataclass(frozen=True, slots=True)
class DetectorPlan:
    """One detector asked for."""

    name: str
    """A name of `core/detectors.py`."""
    level: DetectionLevel = DetectionLevel.ENTIRE_REGION
    replacement: str | None = None
    """What stands for the words that are covered; None: the text is not redacted."""
    audio: AudioRedactor | None = None
    """None: the audio is not redacted."""
    kinds: tuple[str, ...] = ()
    """Of a detector that finds several kinds those that are wanted, by their names; empty: all."""

    @property
    def redacts(self) -> bool:
        """Whether it covers words or sound, rather than only reporting."""
        return self.replacement is not None or self.audio is not None


@dataclass(frozen=True, slots=True)
class TextPlan:
    """How the words are written."""

    number_formatting: bool | None = True
    """True: numbers in figures; False: in words; None: as they are, as in a text that a person corrected."""
    profanity_filter: bool = False
    """Whether profanity becomes three dots."""


@dataclass(frozen=True, slots=True)
class TranscodePlan:
    """`publish.audioTranscode` (docs/contract/open-questions.md 22)."""

    file_format: str = "wav"
    """The container."""
    codec: str | None = None
    """None: the usual one of the container."""
    only_if_redacted: bool = False
    """Whether a recording that nothing covers is served as it came in."""


@dataclass(frozen=True, slots=True)
class VocabularyTerm:
    """A word or phrase that the recogniser should know."""

    term: str
    """As it is to be written."""
    sounds_like: tuple[str, ...] = ()
    """Other spellings of its sound; for single words only."""
    weight: int = 0
    """How willingly doubtful words give way to it, 0 to 5."""


@dataclass(frozen=True, slots=True)
class RunBefore:
    """What a further run over a media starts from, since nothing is recognised twice."""

    run: int
    """The run whose transcript it reads."""
    audio_run: int | None = None
    """The run whose redacted audio has taken the place of the recording for good; None: the recording is served."""
    replacements: tuple[str, ...] = ()
    """What stands for redacted words in that transcript."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a run of a media was asked for."""

    speech: SpeechPlan = field(default_factory=SpeechPlan)
    ingest: IngestPlan = field(default_factory=IngestPlan)
    priority: Priority = Priority.NORMAL
    callbacks: tuple[CallbackPlan, ...] = ()
    searchable: bool = True
    """Whether listings show it."""
    indexed: bool = False
    """Whether statements (VBQL) find it."""
    time_to_live_s: int | None = None
    """How long the media is kept after its last delivery has ended; None: until somebody deletes it."""
    detectors: tuple[DetectorPlan, ...] = ()
    """What is redacted; empty: nothing."""
    text: TextPlan = field(default_factory=TextPlan)
    transcode: TranscodePlan | None = None
    """The form of the audio that is served; None: that of the recording."""
    analytics: AnalyticsPlan = field(default_factory=AnalyticsPlan)
    vocabulary: tuple[VocabularyTerm, ...] = ()
    """Terms of all vocabularies together."""
    scripts: tuple[str, ...] = ()
    """Free text of vocabularies, which tells the recogniser what the call is about."""
    erase_original: bool = False
    """Whether the recording as it came in is erased once redacted audio stands in its place."""
    before: RunBefore | None = None
    """None in the first run."""
    aligns: bool = False
    """Whether a corrected transcript takes the place of what was recognised."""
    encryption: EncryptionPlan | None = None
    """None: results are kept as they are."""

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
