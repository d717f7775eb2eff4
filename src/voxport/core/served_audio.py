"""Which sound of a media is served, under which key: the recording, or what stands in its place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from voxport.core.artefacts import RunPaths, original_key
from voxport.core.media import Media, MediaStatus


@dataclass(frozen=True, slots=True)
class ServedAudio:
    """The sound that is served for a media."""

    key: str
    form_key: str | None = None
    """Where its `AudioForm` is kept when we wrote it; None: the recording as it came in."""
    redacted: bool = False
    """Whether its secrets are covered."""
    encrypted: bool = False
    """Whether it is an OpenPGP message, of the sound that it stands for."""


def served_audio_of(media: Media) -> ServedAudio | None:
    """None while, or since, there is nothing that may be heard.

    Where audio is to be redacted the recording as it came in is served to nobody: not before the redacted one stands,
    not when that failed, and never again in a later run. What is to be encrypted is served encrypted alone.
    """
    finished = media.status is MediaStatus.FINISHED
    if media.plan.encryption is not None:
        return _encrypted(media) if finished else None
    return _clear(media, finished=finished)


def clear_audio_of(media: Media) -> ServedAudio:
    """The sound that a media to be encrypted would serve, once all of it is written."""
    return _clear(media, finished=True) or ServedAudio(original_key(media.id))


def _encrypted(media: Media) -> ServedAudio:
    clear = clear_audio_of(media)
    return replace(clear, key=media.paths.encrypted_audio, encrypted=True)


def _clear(media: Media, *, finished: bool) -> ServedAudio | None:
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
    return RunPaths(media.id, before.audio_run).written_audio


def _written(media: Media, *, redacted: bool) -> ServedAudio:
    before, paths = media.plan.before, media.paths
    if not media.plan.writes_audio and before is not None and before.audio_run is not None:
        paths = RunPaths(media.id, before.audio_run)
    return ServedAudio(paths.written_audio, form_key=paths.written_audio_form, redacted=redacted)
