"""`ingest`: how the channels of a file become speakers (docs/contract/v3-configuration.md section 5)."""

from __future__ import annotations

from voxport.wire.reading.diarization import Diarization
from voxport.wire.reading.shapes import Many, Positional, Shape, Whole


class Channel(Shape):
    """One channel of the file."""

    speaker_name: str | None = None
    """Who is heard on the channel; left out: `Speaker1`, `Speaker2` and so on by its place."""
    speaker_role: str | None = None
    """The speaker's part in the call, such as agent or customer."""
    ignore: bool | None = None
    """Whether the channel is left out of recognition."""


class Stereo(Shape):
    """Both channels of a file of two; both are needed."""

    left: Channel | None = None
    """The first channel."""
    right: Channel | None = None
    """The second channel."""


class Track(Shape):
    """One audio track of a file that may have several."""

    track_index: Whole | None = None
    """Number of the track, from 0; only the first is served."""
    speaker_name: str | None = None
    """The one speaker of the track; excludes channels."""
    speaker_role: str | None = None
    """That speaker's part in the call."""
    channels: Positional[Channel] = ()
    """The channels of the track, in order."""


class Ingest(Shape):
    """How channels become speakers; one of speakerName, stereo, channels and tracks."""

    allow_deferred_processing: bool | None = None
    """Whether the recording may wait; it does in any case while others are before it."""
    speaker_name: str | None = None
    """The one speaker of the file, whose channels are mixed."""
    speaker_role: str | None = None
    """That speaker's part in the call."""
    stereo: Stereo | None = None
    """Speakers of a file of two channels."""
    channels: Positional[Channel] = ()
    """Speakers of a file of any number of channels, in order."""
    tracks: Many[Track] = ()
    """Speakers of a file with tracks."""
    diarization: Diarization | None = None
    """How the people on one channel are told apart."""
