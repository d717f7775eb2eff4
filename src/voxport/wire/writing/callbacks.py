"""What a callback tells: the ended media with its results, before a dialect writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voxport.core.findings import Findings
from voxport.core.media import Media
from voxport.core.transcript import Transcript
from voxport.wire.writing.streams import StreamLink


@dataclass(frozen=True, slots=True)
class MediaResult:
    """A media that has ended, and what is known of it at the moment of one attempt."""

    media: Media
    transcript: Transcript | None
    """None for a media that failed."""
    findings: Findings | None
    """None for a media that failed, and where no analysis was asked for."""
    streams: Sequence[StreamLink]
    """Fresh links to its sound; empty where the callback shows none."""
    base_url: str
    """Where this server is reached, for links that lead back to it."""
