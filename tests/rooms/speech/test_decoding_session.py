"""Second looks, with engines that double, doubt or stop: what they change, and what they may cost."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest

from tests.rooms.speech.made_up_engine import MadeUpEngine
from voxport.core.audio import PcmArray
from voxport.core.transcript import Span, WordKind
from voxport.speech.decoding_session import DecodingSession
from voxport.speech.engine import DecodingRequest, Hypothesis, Token
from voxport.speech.levels import measure
from voxport.speech.options import FULL_WINDOW_MS, SpeechOptions
from voxport.speech.recognizer import Recognizer
from voxport.speech.sections import CallPlan
from voxport.speech.segment_decoding import MeasuredChannel
from voxport.speech.segmentation import Segment
from voxport.speech.vocabulary import Vocabulary

SEGMENT_MS = 20_000
PART_SAMPLES = 5 * 16_000
MOST_SAMPLES = 17_900 * 16


class MadeUp(MadeUpEngine):
    """Says a text in each request, spread over its sound."""

    def __init__(self) -> None:
        super().__init__()
        self.average_logprob = -0.1

    @abstractmethod
    def say(self, request: DecodingRequest) -> str:
        """The text of a request."""

    def hear(self, request: DecodingRequest) -> Hypothesis:
        text = self.say(request)
        words = text.split()
        step_ms = request.features.shape[0] // 16 // max(1, len(words))
        tokens = tuple(
            Token(f" {word}", at * step_ms, at * step_ms + min(step_ms, 700), 0.9) for at, word in enumerate(words)
        )
        return Hypothesis(text, tokens, self.average_logprob, 0.01, request.options)


class Doubling(MadeUp):
    """Writes a sentence twice that was said once, wherever there is room; it was said in the first part."""

    parts = 0

    def say(self, request: DecodingRequest) -> str:
        once = "my last name is Fittilly"
        if request.features.shape[0] > PART_SAMPLES:
            return f"yes {once} {once} thanks"
        self.parts += 1
        return once if self.parts == 1 else ""


class Doubtful(MadeUp):
    """Is sure of nothing, and repeats itself where it is asked for a long window."""

    def __init__(self) -> None:
        super().__init__()
        self.average_logprob = -1.5

    def say(self, request: DecodingRequest) -> str:  # noqa: ARG002
        return "one of the words"


class Looping(MadeUp):
    """Repeats itself over noise."""

    def __init__(self) -> None:
        super().__init__()
        self.average_logprob = -0.6

    def say(self, request: DecodingRequest) -> str:
        return "and so it was " * (14 if request.features.shape[0] > PART_SAMPLES else 1)


class Swallowing(MadeUp):
    """Hears how somebody begins, then one digit without end; in each part what is said there."""

    def __init__(self, loop: str) -> None:
        super().__init__()
        self.loop = loop

    def say(self, request: DecodingRequest) -> str:
        if request.features.shape[0] > PART_SAMPLES:
            return f"good morning it is {self.loop}"
        return "five two double one out in May"


class Stopping(MadeUp):
    """Stops after a sentence on a line that is not clear; of what it missed it hears the rest."""

    def say(self, request: DecodingRequest) -> str:
        return "I have a quote" if request.features.shape[0] > MOST_SAMPLES else "it is a visa for four four"

    def hear(self, request: DecodingRequest) -> Hypothesis:
        heard = super().hear(request)
        tokens = tuple(
            replace(token, start_ms=at * 300, end_ms=at * 300 + 300) for at, token in enumerate(heard.tokens)
        )
        return replace(heard, tokens=tokens, no_speech_probability=0.48)


@contextmanager
def _session(engine: MadeUp, segments: int, voice_ms: int = SEGMENT_MS) -> Iterator[DecodingSession]:
    """A session for that many segments in a row, each with a voice of that length; all are handed in."""
    spans = tuple(Span(at * 21_000, at * 21_000 + voice_ms) for at in range(segments))
    made = tuple(Segment(0, span.start_ms, span.end_ms, span.start_ms, span.end_ms) for span in spans)
    plan = CallPlan(MadeUpEngine.name, "en-US", (spans,), (0.95,) * segments, made, voice_peaks=((0.95,) * segments,))
    source = PcmArray(np.random.default_rng(1).normal(0, 900, segments * 21_000 * 16).astype(np.int16))
    recognizer = Recognizer(engine)
    session = DecodingSession(
        recognizer, [MeasuredChannel(source, measure(source))], plan, Vocabulary((), "en"), SpeechOptions()
    )
    try:
        session.submit(range(segments))
        yield session
    finally:
        session.close()
        recognizer.close()


def _decoded(engine: MadeUp, segments: int, voice_ms: int = SEGMENT_MS) -> list[str]:
    with _session(engine, segments, voice_ms) as session:
        words = session.collect(range(segments), lambda: False)
    return [" ".join(word.text for word in one if word.kind is WordKind.WORD) for one in words]


def test_a_sentence_that_was_said_once_stands_once() -> None:
    assert _decoded(Doubling(), 1, voice_ms=8_000) == ["yes my last name is Fittilly thanks"]


@pytest.mark.parametrize(("engine", "least_ms"), [(Doubtful(), FULL_WINDOW_MS), (Looping(), 0)])
def test_a_noisy_section_is_not_decoded_over_and_over(engine: MadeUp, least_ms: int) -> None:
    segments = 6
    _decoded(engine, segments)
    windows_ms = [request.options.window_ms for request in engine.requests]
    first_ms = sum(windows_ms[:segments])
    again_ms = sum(windows_ms[segments:])
    assert least_ms <= again_ms <= max(FULL_WINDOW_MS, SpeechOptions().fallback.max_again_share * first_ms)


def test_a_loop_that_is_not_counted_stands_once() -> None:
    engine = Looping()
    *_, last = _decoded(engine, 6)
    assert last == "and so it was"


@pytest.mark.parametrize("loop", ["1 " * 90, "-".join("1" * 90)])
def test_what_a_loop_swallowed_is_there(loop: str) -> None:
    (heard,) = _decoded(Swallowing(loop), 1, voice_ms=8_000)
    assert heard.startswith("good morning it is five two double one out in May")
    assert "1" not in heard


def test_a_sentence_before_a_loop_stands_as_often_as_it_was_said() -> None:
    heard = "yes my last name is Fittilly my last name is Fittilly and the number " + "1 " * 90
    assert _decoded(Swallowing(heard), 1, voice_ms=8_000)[0].count("Fittilly") == 0


def test_what_was_missed_is_decoded_also_where_the_line_is_not_clear() -> None:
    assert _decoded(Stopping(), 1, voice_ms=18_000) == ["I have a quote it is a visa for four four"]


class Failing(MadeUp):
    """Hears the first two segments, and fails at the third."""

    batch_frames = 2_000

    def say(self, request: DecodingRequest) -> str:  # noqa: ARG002
        if len(self.requests) > 2:
            raise RuntimeError("out of memory")
        return "go forward ten meters and then a little bit more to the left of the house over there"


def test_what_is_decoded_is_kept_before_a_call_fails() -> None:
    with _session(Failing(), 3) as session:
        assert len(session.collect([0, 1], lambda: False)) == 2
        with pytest.raises(RuntimeError, match="out of memory"):
            session.collect([2], lambda: False)
