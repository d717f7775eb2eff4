"""What a session grants of second looks does not depend on when the engine answers."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future

import numpy as np
import pytest

from tests.rooms.speech.made_up_engine import MadeUpEngine
from voxport.core.audio import SPEECH_RATE_HZ, PcmArray
from voxport.core.transcript import Span
from voxport.speech.decoding_session import DecodingSession
from voxport.speech.engine import DecodingRequest, Hypothesis, Token
from voxport.speech.levels import measure
from voxport.speech.options import SpeechOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.sections import CallPlan
from voxport.speech.segment_decoding import MeasuredChannel
from voxport.speech.segmentation import Segment
from voxport.speech.vocabulary import Vocabulary

_NOISY = 10
"""Segments; each wishes for three further attempts in a window of 30 s, of which a third may be granted."""


class _NoisyEngine(MadeUpEngine):
    """Hears something improbable in whatever is not silent."""

    batch_frames = 3_000

    def hear(self, request: DecodingRequest) -> Hypothesis:
        if not request.features.any():
            return Hypothesis("", (), -0.1, 0.1, request.options)
        return Hypothesis("hm", (Token(" hm", 0, 900, 0.3),), -1.5, 0.1, request.options)


class _AtOnce(Recognizer):
    """Answers at once, so that everything is settled that can be."""

    def submit(self, call: object, requests: Sequence[DecodingRequest]) -> list[Future[Hypothesis]]:
        futures = super().submit(call, requests)
        for future in futures:
            future.result()
        return futures


@pytest.mark.parametrize("settled_before", [False, True])
def test_second_looks_share_what_all_first_attempts_cost(settled_before: bool) -> None:
    engine = _NoisyEngine()
    recognizer = _AtOnce(engine)
    sound = PcmArray(np.repeat(np.array([0, 1_000], np.int16), [30 * SPEECH_RATE_HZ, 10 * SPEECH_RATE_HZ]))
    silent = [Segment(0, at * 1_000, at * 1_000 + 900, at * 1_000, at * 1_000 + 900) for at in range(30)]
    noisy = [Segment(0, at * 1_000, at * 1_000 + 900, at * 1_000, at * 1_000 + 900) for at in range(30, 30 + _NOISY)]
    segments = (*silent, *noisy)
    plan = CallPlan(
        engine.name, "en-US", voices=((Span(30_000, 40_000),),), peaks=(0.9,) * len(segments), segments=segments
    )
    channel = MeasuredChannel(sound, measure(sound))
    session = DecodingSession(recognizer, [channel], plan, Vocabulary.of((), (), "en"), SpeechOptions())
    numbers = range(len(segments))
    session.submit(numbers)
    if settled_before:
        session.collect([0], lambda: False)
    words = session.collect([number for number in numbers if number or not settled_before], lambda: False)
    recognizer.close()
    assert words
    again_ms = SpeechOptions().fallback.max_again_share * 20_000 * (len(segments) - settled_before)
    assert len(engine.requests) == len(segments) + again_ms // 30_000
