"""How much a recording may ask of us, whatever it says about itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """Measured by what is decoded. `max_decoded_bytes` is PCM over all channels together, 16 kHz and 16 bit.

    `max_gap_s`: a longer hole in the timestamps is taken for a jump of the clock, not for silence.
    """

    max_duration_s: float = 12 * 3600.0
    max_channels: int = 16
    max_decoded_bytes: int = 16 * 1024**3
    max_gap_s: float = 3600.0
