"""What a line does to a voice is told from its spectrum, whatever its loudness."""

from __future__ import annotations

import numpy as np
import pytest

from voxport.core.audio import Samples
from voxport.speech.diarization.features import spectrum
from voxport.speech.diarization.line import COLOURS, Colour, colour_of


def noise(*, tilted: bool = False, level: float = 0.1) -> Colour:
    samples = np.random.default_rng(3).normal(size=32_000)
    if tilted:
        samples = np.convolve(samples, [0.25, 0.5, 0.25], "same")
    sound: Samples = np.round(level * 32_767 * samples / np.abs(samples).max()).astype(np.int16)
    return colour_of(spectrum(sound))


def test_a_filter_colours_a_line_and_loudness_does_not() -> None:
    plain, quiet, dull = noise(level=0.8), noise(level=0.2), noise(tilted=True)
    assert plain.bands.shape == (COLOURS,)
    assert plain.seconds == pytest.approx(0.7 * 1.98, abs=0.02)
    assert np.square(plain.bands - quiet.bands).mean() < 0.001
    assert np.square(plain.bands - dull.bands).mean() > 0.02
    assert dull.bands[0] - dull.bands[-1] > plain.bands[0] - plain.bands[-1]


def test_of_nothing_nothing_is_known() -> None:
    nothing = colour_of(spectrum(np.zeros(100, np.int16)))
    assert nothing.seconds == 0.0
    assert not nothing.bands.any()
