"""The sound of a recording as samples, between reading and writing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy.typing as npt

Block = npt.NDArray[Any]
"""Samples as decoded, shape (channels, n): unsigned 8-bit, signed integers or floats with full scale 1."""


@dataclass(frozen=True, slots=True)
class Sound:
    """All channels of a recording together, at its own rate."""

    content_type: str
    """As `mediaContentType` of the wire."""
    container: str
    """FFmpeg's name."""
    codec: str
    """FFmpeg's name of the decoder."""
    rate_hz: int
    channels: int
    bit_rate: int | None
    """Bits a second; None where the recording does not say."""
    claimed_s: float | None
    """The length that its headers claim; None where they claim none."""
    blocks: Iterator[Block] = field(repr=False)
    """They follow each other without gaps and can be read once."""
