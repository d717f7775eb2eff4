"""Which sound of a media is served, under which key: the recording, or what stands in its place."""

from __future__ import annotations

from dataclasses import dataclass

from voxport.core.artefacts import original_key, redacted_audio_key
from voxport.core.media import Media, MediaStatus


@dataclass(frozen=True, slots=True)
class ServedAudio:
    """`written`: by us, with its form beside it (`audio_form_key`); `redacted`: with its secrets covered."""

    key: str
    written: bool = False
    redacted: bool = False


def served_audio(media: Media) -> ServedAudio | None:
    """None while, or since, there is nothing that may be heard.

    Where audio is to be redacted the recording as it came in is served to nobody: not before the redacted one stands,
    and not when that failed.
    """
    finished = media.status is MediaStatus.FINISHED
    if media.plan.redacts_audio:
        return ServedAudio(redacted_audio_key(media.id), written=True, redacted=True) if finished else None
    if media.plan.writes_audio and finished:
        return ServedAudio(redacted_audio_key(media.id), written=True)
    return ServedAudio(original_key(media.id))
