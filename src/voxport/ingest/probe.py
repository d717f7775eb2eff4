"""Looks at a recording without decoding it: what it is, and what it says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

import av

from voxport.ingest.container import audio_stream, content_type, open_container
from voxport.ingest.limits import DecodeLimits
from voxport.ingest.source import MediaSource, unreadable


@dataclass(frozen=True, slots=True)
class Probed:
    """What the headers claim; only decoding finds the truth. `unheard_streams` counts further audio tracks."""

    content_type: str
    duration_ms: int | None
    rate_hz: int
    channels: int
    unheard_streams: int = 0


def probe(reader: BinaryIO, limits: DecodeLimits) -> Probed:
    """Reads the beginning (and the index) of a seekable file; raises MediaFailed 10201."""
    source = MediaSource(reader)
    with open_container(source) as container:
        stream, unheard = audio_stream(container)
        check_channels(stream.codec_context.layout.nb_channels, limits)
        claimed = container.duration
        return Probed(
            content_type(container, source.head),
            None if claimed is None or claimed < 0 else round(claimed * 1000 / av.time_base),
            stream.codec_context.sample_rate,
            stream.codec_context.layout.nb_channels,
            unheard,
        )


def check_channels(found: int, limits: DecodeLimits) -> None:
    """Raises MediaFailed 10201 when there are more channels than may be."""
    if found > limits.max_channels:
        raise unreadable(f"it has {found} channels, more than the limit of {limits.max_channels}")
