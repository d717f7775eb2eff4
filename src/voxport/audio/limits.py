"""How much a recording may ask of us, whatever it says about itself."""

from __future__ import annotations

from dataclasses import dataclass

from voxport.audio.source import unreadable

_MIN_RATE_HZ, _MAX_RATE_HZ = 1_000, 768_000
"""No recorder is slower than a tenth of a telephone or faster than the fastest studio converters."""


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """Limits of one recording, measured by what is decoded and not by what its headers claim."""

    max_duration_s: float = 12 * 3600.0
    """Length on the clock of the recording, silence in its holes included."""
    max_channels: int = 16
    max_decoded_bytes: int = 16 * 1024**3
    """PCM (16 kHz, 16 bit) over all channels together."""
    max_gap_s: float = 3600.0
    """A longer hole in the timestamps is taken for a jump of the clock, not for silence."""


def check_channels(found: int, limits: DecodeLimits) -> None:
    """Raises MediaFailed 10201 when a recording has more channels than the limit."""
    if found > limits.max_channels:
        raise unreadable(f"it has {found} channels, more than the limit of {limits.max_channels}")


def check_rate(rate_hz: int) -> None:
    """Raises MediaFailed 10201 for a sample rate that no recorder has."""
    if not _MIN_RATE_HZ <= rate_hz <= _MAX_RATE_HZ:
        raise unreadable(f"its sample rate of {rate_hz} Hz is not supported")
