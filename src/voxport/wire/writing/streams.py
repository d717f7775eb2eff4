"""The names under which the sound of a media is served, and a link to one of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from voxport.core.plan import ORIGINAL, REDACTED_AUDIO
from voxport.core.served_audio import ServedAudio

ORIGINAL_ENCRYPTED = "original-encrypted"
REDACTED_ENCRYPTED = "redacted-encrypted"


def stream_names(audio: ServedAudio | None) -> tuple[str, ...]:
    """The names of the sound that is served: redacted audio has both (docs/contract/open-questions.md 20).

    What is encrypted for the customer has names of its own (docs/contract/v3-endpoints.md section 3).
    """
    if audio is None:
        return ()
    if audio.encrypted:
        return (ORIGINAL_ENCRYPTED, REDACTED_ENCRYPTED) if audio.redacted else (ORIGINAL_ENCRYPTED,)
    return (ORIGINAL, REDACTED_AUDIO) if audio.redacted else (ORIGINAL,)


@dataclass(frozen=True, slots=True)
class StreamLink:
    """A stream and its pre-authorised address."""

    name: str
    """One of `stream_names`."""
    location: str = field(repr=False)
    """Works for 15 minutes without a token, and is a secret until then."""
    status: int = 200
    """The HTTP status that the address answers with."""
