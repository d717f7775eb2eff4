"""Where the artefacts of a media are kept, and the stored form of those that are values.

`media/<id>/` holds what lives as long as the media; `media/<id>/working/` what only processing needs. Results belong to
a run: a further one has `media/<id>/run-<n>/` with a `working/` of its own, so that no run writes over another's.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from voxport.core.audio import DecodedChannel
from voxport.core.transcript import Transcript


def media_prefix(media_id: UUID) -> str:
    return f"media/{media_id}"


def original_key(media_id: UUID) -> str:
    """The recording as it came in."""
    return f"media/{media_id}/original"


def run_prefix(media_id: UUID, run: int) -> str:
    """Everything of one run; that of the first is the media's own folder, with the recording in it."""
    return f"media/{media_id}" if run == 1 else f"media/{media_id}/run-{run}"


def transcript_key(media_id: UUID, run: int = 1) -> str:
    """The transcript that is shown and delivered: redacted, formatted, filtered as its plan says."""
    return f"{run_prefix(media_id, run)}/transcript.json"


def findings_key(media_id: UUID, run: int = 1) -> str:
    """What analysis found, a `Findings`."""
    return f"{run_prefix(media_id, run)}/findings.json"


def redacted_audio_key(media_id: UUID, run: int = 1) -> str:
    """The audio that is served instead of the recording: redacted, transcoded, or both."""
    return f"{run_prefix(media_id, run)}/redacted-audio"


def heard_key(media_id: UUID) -> str:
    """The transcript as it was recognised, before anything is redacted; gone when processing ends."""
    return f"media/{media_id}/working/heard.json"


def aligned_key(media_id: UUID, run: int = 1) -> str:
    """The corrected transcript with its times, before anything is redacted; gone when the run ends."""
    return f"{working_prefix(media_id, run)}/aligned.json"


def working_prefix(media_id: UUID, run: int = 1) -> str:
    return f"{run_prefix(media_id, run)}/working"


def decoded_key(media_id: UUID, run: int = 1) -> str:
    """What decoding found: a `DecodedMedia`; written last, so it stands only when all channels are there."""
    return f"{working_prefix(media_id, run)}/decoded.json"


def channel_key(media_id: UUID, name: str, run: int = 1) -> str:
    """Raw mono PCM of one channel, 16 kHz, signed 16-bit little-endian."""
    return f"{working_prefix(media_id, run)}/{name}"


def section_key(media_id: UUID, name: str) -> str:
    """A partial transcription of about a minute."""
    return f"media/{media_id}/working/speech/{name}"


def audio_form_key(media_id: UUID, run: int = 1) -> str:
    """What the audio under `redacted_audio_key` is, an `AudioForm`; written last, so it stands only when that does."""
    return f"{redacted_audio_key(media_id, run)}.json"


@dataclass(frozen=True, slots=True)
class AudioForm:
    """`extension` without a dot."""

    content_type: str
    extension: str


@dataclass(frozen=True, slots=True)
class DecodedMedia:
    """`names[i]` is the working name of the PCM of `channels[i]`; `unheard_streams` counts audio tracks left out."""

    content_type: str
    duration_ms: int
    channels: tuple[DecodedChannel, ...]
    names: tuple[str, ...]
    unheard_streams: int = 0


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
