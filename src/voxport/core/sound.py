"""The sound of a recording as samples, between who reads it and who writes it anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy.typing as npt

Block = npt.NDArray[Any]
"""Samples as decoded, shape (channels, n): unsigned 8-bit, signed integers or floats with full scale 1."""


@dataclass(frozen=True, slots=True)
class Sound:
    """`container` and `codec` by FFmpeg's names; `blocks` follow each other without gaps and can be read once.

    `bit_rate` in bits a second, `claimed_s` the length its headers claim; None where the recording does not tell.
    """

    content_type: str
    container: str
    codec: str
    rate_hz: int
    channels: int
    bit_rate: int | None
    claimed_s: float | None
    blocks: Iterator[Block] = field(repr=False)
