"""Where the artefacts of a media are kept, and the stored form of those that are values.

`media/<id>/` holds what lives as long as the media; `media/<id>/working/` what only processing needs. Results belong to
a run: a further one has `media/<id>/run-<n>/` with a `working/` of its own, so that no run writes over another's.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from voxport.core.audio import DecodedChannel
from voxport.core.errors import Problem
from voxport.core.transcript import Transcript


def media_prefix(media_id: UUID) -> str:
    """Everything of the media, of all its runs."""
    return f"media/{media_id}"


def original_key(media_id: UUID) -> str:
    """The recording as it came in."""
    return f"{media_prefix(media_id)}/original"


@dataclass(frozen=True, slots=True)
class RunPaths:
    """The keys of all that one run of a media leaves in the store. Stored data: no key ever changes."""

    media_id: UUID
    run: int
    """1 for the first run."""

    @property
    def prefix(self) -> str:
        """Everything of this run; that of the first is the media's own folder, with the recording in it."""
        return media_prefix(self.media_id) if self.run == 1 else f"{media_prefix(self.media_id)}/run-{self.run}"

    @property
    def transcript(self) -> str:
        """The transcript that is shown and delivered: redacted, formatted, filtered as its plan says."""
        return f"{self.prefix}/transcript.json"

    @property
    def findings(self) -> str:
        """What analysis found, a `Findings`."""
        return f"{self.prefix}/findings.json"

    @property
    def written_audio(self) -> str:
        """The audio that is served instead of the recording: redacted, transcoded, or both."""
        return f"{self.prefix}/redacted-audio"

    @property
    def written_audio_form(self) -> str:
        """What `written_audio` is, an `AudioForm`; written last, so it stands only when that does."""
        return f"{self.written_audio}.json"

    @property
    def peaks(self) -> str:
        """The peaks of the sound that is served, for drawing a waveform; runs of older versions have none."""
        return f"{self.prefix}/peaks.json"

    @property
    def encrypted(self) -> str:
        """Everything that is encrypted with a key of the customer's; nothing else of the run then stays."""
        return f"{self.prefix}/encrypted"

    @property
    def encrypted_result(self) -> str:
        """The media document with all results, an OpenPGP message; written last, so it stands only when all do."""
        return f"{self.encrypted}/result"

    @property
    def encrypted_audio(self) -> str:
        """The sound that is served, an OpenPGP message."""
        return f"{self.encrypted}/audio"

    @property
    def working(self) -> str:
        """Everything that only processing needs; gone when the run ends."""
        return f"{self.prefix}/working"

    @property
    def decoded(self) -> str:
        """What decoding found, a `DecodedMedia`; it stands only when all of the recording was decoded."""
        return f"{self.working}/decoded.json"

    @property
    def heard(self) -> str:
        """The transcript as it was recognised, before anything is redacted; only a run from the recording has it."""
        return f"{self.working}/heard.json"

    @property
    def aligned(self) -> str:
        """The corrected transcript with its times, before anything is redacted."""
        return f"{self.working}/aligned.json"

    def encrypted_callback(self, position: int) -> str:
        """What the callback at that place of the plan sends, an OpenPGP message."""
        return f"{self.encrypted}/callback-{position}"

    def channel(self, name: str) -> str:
        """Raw mono PCM of one channel, 16 kHz, signed 16-bit little-endian, that a version before has left."""
        return f"{self.working}/{name}"

    def section(self, name: str) -> str:
        """A partial transcription of about a minute."""
        return f"{self.working}/speech/{name}"


@dataclass(frozen=True, slots=True)
class AudioForm:
    """What an audio file that we wrote is."""

    content_type: str
    extension: str
    """Without a dot."""


@dataclass(frozen=True, slots=True)
class DecodedMedia:
    """What decoding made of a recording."""

    content_type: str
    duration_ms: int
    channels: tuple[DecodedChannel, ...]
    names: tuple[str, ...] = ()
    """Earlier versions kept the sound: `names[i]` is the working name of the PCM of `channels[i]` (`RunPaths.channel`).
    Empty: it is decoded by those who work on it."""
    warnings: tuple[Problem, ...] = ()
    """What the customer should know of the recording."""
    echo_ms: int = 0
    """The most that sound is heard earlier or later on another one of the channels that were mixed."""


_TRANSCRIPT = TypeAdapter(Transcript)
_DECODED = TypeAdapter(DecodedMedia)
_AUDIO_FORM = TypeAdapter(AudioForm)


def transcript_to_json(transcript: Transcript) -> bytes:
    return _TRANSCRIPT.dump_json(transcript)


def transcript_from_json(data: bytes) -> Transcript:
    """Raises ValueError, which does not tell what was said: errors go into logs."""
    try:
        return _TRANSCRIPT.validate_json(data)
    except ValidationError as error:
        raise ValueError(f"a stored transcript cannot be read ({error.error_count()} mistakes)") from None


def decoded_to_json(decoded: DecodedMedia) -> bytes:
    return _DECODED.dump_json(decoded)


def decoded_from_json(data: bytes) -> DecodedMedia:
    return _DECODED.validate_json(data)


def audio_form_to_json(form: AudioForm) -> bytes:
    return _AUDIO_FORM.dump_json(form)


def audio_form_from_json(data: bytes) -> AudioForm:
    return _AUDIO_FORM.validate_json(data)
