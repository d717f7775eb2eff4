"""What a customer should know of how a recording was read: what was left out of it, or had to be put right."""

from __future__ import annotations

from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.ingest.channel_files import Decoded

_INVERTED = (
    "The channels of the recording are inverted against each other; one was turned over before they were mixed into "
    "one, since they would have cancelled out."
)


def recording_warnings(decoded: Decoded) -> tuple[Problem, ...]:
    """One sentence for each thing; none for an ordinary recording."""
    warnings: list[Problem] = []
    if decoded.unheard_streams:
        warnings.append(Problem(Code.MEDIA_UNREADABLE, _left_out(decoded.unheard_streams)))
    if decoded.inverted:
        warnings.append(Problem(Code.MEDIA_UNREADABLE, _INVERTED))
    warnings += [
        Problem(Code.CHANNEL_COUNT_DIFFERS, _same_sound(channel, same_as))
        for channel, same_as in enumerate(decoded.likeness.same_as)
        if same_as is not None
    ]
    return tuple(warnings)


def _left_out(tracks: int) -> str:
    what = (
        "1 more audio track, which was left out" if tracks == 1 else f"{tracks} more audio tracks, which were left out"
    )
    return f"The recording has {what}."


def _same_sound(repeats: int, kept: int) -> str:
    """Channels are counted from 1 here, as people do."""
    return f"Channel {repeats + 1} carries the same sound as Channel {kept + 1}. It was recognised once."
