"""Segments of one channel are decoded with what was said before them, where their first attempt is not clear."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.rooms.speech.made_up_engine import MadeUpEngine
from voxport.core.audio import PcmArray
from voxport.core.transcript import Span, Word
from voxport.speech.decoding_session import DecodingSession
from voxport.speech.engine import DecodingRequest, Hypothesis, Token
from voxport.speech.levels import measure
from voxport.speech.options import ContextOptions, SpeechOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.sections import CallPlan
from voxport.speech.segment_decoding import MeasuredChannel
from voxport.speech.segmentation import Segment
from voxport.speech.vocabulary import Vocabulary

SEGMENTS = 3
STEP_MS = 21_000


class Listening(MadeUpEngine):
    """Hears a number in each segment, by its loudness, and the same in capitals where it is given context."""

    names = ("one.", "two.", "three.")

    def __init__(self, *, takes_context: bool = True, logprob: float = -0.3) -> None:
        super().__init__()
        self.capabilities = replace(self.capabilities, context=takes_context)
        self.logprob = logprob

    def hear(self, request: DecodingRequest) -> Hypothesis:
        text = self.names[round(float(request.features.max()) * 10) - 1]
        text = text.upper() if request.prompt else text
        return Hypothesis(text, (Token(f" {text}", 0, 500, 0.9),), self.logprob, 0.01, request.options)

    def asked(self) -> list[tuple[int, int, str]]:
        """(segment, beam, context) of each request."""
        return [
            (
                round(float(request.features.max()) * 10) - 1,
                request.options.beam_size,
                "".join(map(chr, request.prompt)),
            )
            for request in self.requests
        ]


def _session(engine: Listening, channels: int = 1) -> DecodingSession:
    spans = tuple(Span(at * STEP_MS, at * STEP_MS + 600) for at in range(SEGMENTS))
    segments = tuple(
        Segment(channel, span.start_ms, span.end_ms, span.start_ms, span.end_ms)
        for span in spans
        for channel in range(channels)
    )
    plan = CallPlan(
        engine.name,
        "en-US",
        (spans,) * channels,
        (0.95,) * len(segments),
        segments,
        voice_peaks=((0.95,) * SEGMENTS,) * channels,
    )
    loudness = np.repeat(np.arange(1, SEGMENTS + 1) * 3277, STEP_MS * 16)
    source = PcmArray(loudness.astype(np.int16))
    measured = [MeasuredChannel(source, measure(source))] * channels
    return DecodingSession(Recognizer(engine), measured, plan, Vocabulary((), "en"), SpeechOptions())


def _heard(words: list[tuple[Word, ...]]) -> list[str]:
    return [" ".join(word.text for word in one) for one in words]


def test_what_was_said_before_is_context() -> None:
    engine = Listening()
    session = _session(engine)
    session.submit(range(SEGMENTS))
    heard = _heard(session.collect(range(SEGMENTS), lambda: False))
    assert heard == ["one .", "TWO .", "THREE ."]
    assert sorted(engine.asked()) == [
        (0, SpeechOptions().beam_size, ""),
        (1, ContextOptions().draft_beam_size, ""),
        (1, SpeechOptions().beam_size, "one."),
        (2, ContextOptions().draft_beam_size, ""),
        (2, SpeechOptions().beam_size, "one. two."),
    ]


def test_what_is_clear_is_taken_as_it_is() -> None:
    engine = Listening(logprob=-0.05)
    session = _session(engine)
    session.submit(range(SEGMENTS))
    assert _heard(session.collect(range(SEGMENTS), lambda: False)) == ["one .", "two .", "three ."]
    assert len(engine.requests) == SEGMENTS


@pytest.mark.parametrize(("takes_context", "channels"), [(False, 1), (True, 2)])
def test_sides_that_are_apart_are_decoded_once_and_so_is_what_takes_no_context(
    takes_context: bool, channels: int
) -> None:
    engine = Listening(takes_context=takes_context)
    session = _session(engine, channels)
    session.submit(range(SEGMENTS * channels))
    session.collect(range(SEGMENTS * channels), lambda: False)
    assert {(beam, context) for _, beam, context in engine.asked()} == {(SpeechOptions().beam_size, "")}
    assert len(engine.requests) == SEGMENTS * channels


def test_what_an_earlier_attempt_decoded_is_context_too() -> None:
    engine = Listening()
    session = _session(engine)
    session.resume([0, 1], [(Word("four", 0, 500, 0.9),), (Word("five", 21_000, 21_500, 0.9),)])
    session.submit([2])
    assert _heard(session.collect([2], lambda: False)) == ["THREE ."]
    assert engine.asked()[-1][2] == "four five"
