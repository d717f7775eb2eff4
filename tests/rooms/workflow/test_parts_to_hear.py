"""Which parts of a redacted file its check listens to: beeps and what is beside them, but for their silent insides."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from voxport.core.audio import SPEECH_RATE_HZ, PcmArray
from voxport.core.plan import AudioRedactor
from voxport.core.transcript import Span
from voxport.redaction.covering.tones import Beep
from voxport.workflow.stages.excerpts import Excerpts, parts_to_hear

_PER_MS = SPEECH_RATE_HZ // 1000
_DURATION_MS = 30_000
_BEEP = Beep(Span(10_000, 20_000), AudioRedactor(170, 0.5))


def _silence() -> npt.NDArray[np.int16]:
    return np.zeros(_DURATION_MS * _PER_MS, np.int16)


def test_the_silent_inside_of_a_beep_is_left_out() -> None:
    channels = [PcmArray(_silence()), PcmArray(_silence())]
    assert parts_to_hear([_BEEP], channels, _DURATION_MS) == (Span(8_000, 10_500), Span(19_500, 22_000))


def test_what_sounds_in_a_beep_on_any_channel_is_heard() -> None:
    sounding = _silence()
    sounding[15_100 * _PER_MS] = -40
    channels = [PcmArray(_silence()), PcmArray(sounding)]
    parts = parts_to_hear([_BEEP], channels, _DURATION_MS)
    assert parts == (Span(8_000, 10_500), Span(14_500, 15_500), Span(19_500, 22_000))


def test_a_short_beep_is_heard_as_a_whole() -> None:
    short = Beep(Span(10_000, 11_500), _BEEP.tone)
    assert parts_to_hear([short], [PcmArray(_silence())], _DURATION_MS) == (Span(8_000, 13_500),)


def test_times_of_excerpts_are_those_of_the_whole_file() -> None:
    source = PcmArray(_silence())
    excerpts = Excerpts(source, parts_to_hear([_BEEP], [source], _DURATION_MS))
    assert [excerpts.whole_ms(at_ms) for at_ms in (0, 2_400, 3_500, 6_000)] == [8_000, 10_400, 19_500, 22_000]
