"""The colour of a line: what a telephone, its microphone and its room do to every voice that is heard through them.

The embedding network is told nothing of it: its features are less their mean. But the two ends of a call are two
lines, and a person stays at one of them, so that the mean tells two voices apart that are alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voxport.speech.diarization.features import FRAME_MS, Features

_BANDS = slice(8, 54)
"""Those of the spectrum that a telephone carries: 250 to 3,200 Hz."""
COLOURS = 46
_QUIET_SHARE = 0.3
"""So much of a sample, what is quietest of it, says nothing of the line: there the noise is."""


@dataclass(frozen=True, slots=True)
class Colour:
    """How the line colours a sample of voice."""

    bands: Features
    """Mean logarithm of the power by band, less the mean of all bands; shape (46,)."""
    seconds: float
    """How much sound that is the mean of."""


def colour_of(spectrum: Features) -> Colour:
    """The colour of what has this spectrum, one row every 10 ms; zeros, of 0 s, where there is none."""
    if not len(spectrum):
        return Colour(np.zeros(COLOURS, np.float32), 0.0)
    carried = spectrum[:, _BANDS]
    levels = carried.mean(axis=1)
    loud = carried[levels >= np.quantile(levels, _QUIET_SHARE)]
    bands = loud.mean(axis=0)
    return Colour(bands - bands.mean(), len(loud) * FRAME_MS / 1000)
