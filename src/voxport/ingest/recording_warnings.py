"""What a customer should know of how a recording was read: what was left out of it, or had to be put right."""

from __future__ import annotations

from collections.abc import Iterator

from voxport.audio.recording import Completeness
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.ingest.decoding import Decoded

_INVERTED = (
    "The channels of the recording are inverted against each other; one was turned over before they were mixed into "
    "one, since they would have cancelled out."
)

_WORTH_TELLING_S = 0.2
_WORTH_TELLING_FAULTS = 5
"""Fewer are usual where a recording was cut out of a longer one: about a tenth of a second."""
_WORTH_TELLING_BYTES = 1_024


def recording_warnings(decoded: Decoded) -> tuple[Problem, ...]:
    """One sentence for each thing; none for an ordinary recording."""
    warnings: list[Problem] = []
    if decoded.unheard_streams:
        warnings.append(Problem(Code.MEDIA_UNREADABLE, _left_out(decoded.unheard_streams)))
    warnings += [Problem(Code.MEDIA_UNREADABLE, sentence) for sentence in _of_completeness(decoded.completeness)]
    if decoded.inverted:
        warnings.append(Problem(Code.MEDIA_UNREADABLE, _INVERTED))
    warnings += [
        Problem(Code.CHANNEL_COUNT_DIFFERS, _same_sound(channel, same_as))
        for channel, same_as in enumerate(decoded.likeness.same_as)
        if same_as is not None
    ]
    return tuple(warnings)


def _of_completeness(found: Completeness) -> Iterator[str]:
    if found.missing_s >= _WORTH_TELLING_S:
        yield f"The header of the recording claims {found.missing_s:.1f} seconds more than could be read."
    elif found.broken_off:
        yield "The recording is damaged; what stands behind the damage was left out."
    if found.beyond_s >= _WORTH_TELLING_S:
        yield (
            f"The header of the recording claims {found.beyond_s:.1f} seconds less than are there; they were heard "
            "all the same."
        )
    if found.faults >= _WORTH_TELLING_FAULTS:
        yield f"{found.faults} pieces of the recording are damaged and were left out."
    if found.left_out_bytes >= _WORTH_TELLING_BYTES:
        yield f"{found.left_out_bytes} bytes of the file are no sound that can be read, and were left out."


def _left_out(tracks: int) -> str:
    what = (
        "1 more audio track, which was left out" if tracks == 1 else f"{tracks} more audio tracks, which were left out"
    )
    return f"The recording has {what}."


def _same_sound(repeats: int, kept: int) -> str:
    """Channels are counted from 1 here, as people do."""
    return f"Channel {repeats + 1} carries the same sound as Channel {kept + 1}. It was recognised once."
