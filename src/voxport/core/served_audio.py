"""Which sound of a media is served, under which key: the recording, or what stands in its place."""

from __future__ import annotations

from dataclasses import dataclass

from voxport.core.artefacts import original_key, redacted_audio_key
from voxport.core.media import Media, MediaStatus


@dataclass(frozen=True, slots=True)
class ServedAudio:
    """`written`: by us in `run`, with its form beside it (`audio_form_key`); `redacted`: with its secrets covered."""

    key: str
    written: bool = False
    redacted: bool = False
    run: int = 1


def served_audio(media: Media) -> ServedAudio | None:
    """None while, or since, there is nothing that may be heard.

    Where audio is to be redacted the recording as it came in is served to nobody: not before the redacted one stands,
    not when that failed, and never again in a later run.
    """
    finished = media.status is MediaStatus.FINISHED
    if media.plan.serves_redacted:
        return _written(media, redacted=True) if finished else None
    if media.plan.writes_audio and finished:
        return _written(media, redacted=False)
    return ServedAudio(original_key(media.id))


def source_audio_key(media: Media) -> str:
    """The sound that the media's present run reads: the recording, or what an earlier run has redacted of it."""
    before = media.plan.before
    if before is None or before.audio_run is None:
        return original_key(media.id)
    return redacted_audio_key(media.id, before.audio_run)


def _written(media: Media, *, redacted: bool) -> ServedAudio:
    before = media.plan.before
    run = media.run
    if not media.plan.writes_audio and before is not None and before.audio_run is not None:
        run = before.audio_run
    return ServedAudio(redacted_audio_key(media.id, run), written=True, redacted=redacted, run=run)
