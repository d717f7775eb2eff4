"""The names under which the sound of a media is served, and a link to one of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from voxport.core.plan import ORIGINAL, REDACTED_AUDIO
from voxport.core.served_audio import ServedAudio


def stream_names(audio: ServedAudio | None) -> tuple[str, ...]:
    """The names of the sound that is served: redacted audio has both (docs/contract/open-questions.md 20)."""
    if audio is None:
        return ()
    return (ORIGINAL, REDACTED_AUDIO) if audio.redacted else (ORIGINAL,)


@dataclass(frozen=True, slots=True)
class StreamLink:
    """A stream and its pre-authorised address."""

    name: str
    """`original` or `redacted-audio`."""
    location: str = field(repr=False)
    """Works for 15 minutes without a token, and is a secret until then."""
    status: int = 200
    """The HTTP status that the address answers with."""
