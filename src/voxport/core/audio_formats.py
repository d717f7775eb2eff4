"""The containers and codecs that audio can be written in.

Source: docs/contract/v3-configuration.md, `publish.audioTranscode`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """A container that a customer may ask for."""

    file_format: str
    """As `fileFormat` of the configuration."""
    codecs: tuple[str, ...]
    """As `codec` of the configuration; the first is the container's own."""
    content_type: str
    extension: str
    """Without a dot."""


FORMATS = {
    one.file_format: one
    for one in (
        AudioFormat("wav", ("pcm", "mulaw", "alaw"), "audio/x-wav", "wav"),
        AudioFormat("mp3", ("mp3",), "audio/mpeg", "mp3"),
        AudioFormat("flac", ("flac",), "audio/flac", "flac"),
        AudioFormat("opus", ("opus",), "audio/ogg", "opus"),
        AudioFormat("ogg", ("vorbis", "opus", "flac"), "audio/ogg", "ogg"),
    )
}


def fits(file_format: str, codec: str | None) -> bool:
    """Whether the container can hold the codec; None is its own."""
    return codec is None or codec in FORMATS[file_format].codecs
