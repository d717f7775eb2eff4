"""Tokens without times: spread over the voice by their letters, never through a pause."""

from __future__ import annotations

from voxport.core.transcript import Span
from voxport.speech.engine import Hypothesis, Token
from voxport.speech.estimated_times import estimate_times
from voxport.speech.options import SpeechOptions


def _times(voice: list[Span], *tokens: Token) -> list[tuple[int, int]]:
    options = SpeechOptions().first_attempt(10_000)
    hypothesis = Hypothesis("".join(token.text for token in tokens).strip(), tokens, -0.1, 0.0, options)
    return [(token.start_ms, token.end_ms) for token in estimate_times(hypothesis, voice).tokens]


def _untimed(*texts: str) -> list[Token]:
    return [Token(text, 0, 0, 0.9, measured=False) for text in texts]


def test_each_takes_its_share_by_its_letters() -> None:
    assert _times([Span(100, 1100)], *_untimed(" one", " seventy")) == [(100, 400), (400, 1100)]


def test_a_pause_belongs_to_nobody() -> None:
    voice = [Span(0, 500), Span(2000, 2500)]
    assert _times(voice, *_untimed(" hello", " there")) == [(0, 500), (2000, 2500)]


def test_a_mark_takes_no_time() -> None:
    assert _times([Span(0, 200)], *_untimed(" yes", ".")) == [(0, 200), (200, 200)]


def test_nothing_but_marks_stays_inside_the_voice() -> None:
    assert _times([Span(50, 200)], *_untimed(" ...")) == [(50, 50)]


def test_what_has_times_keeps_them() -> None:
    assert _times([Span(0, 900)], Token(" yes", 300, 600, 0.9)) == [(300, 600)]
    assert _times([Span(0, 900)], Token(" yes", 300, 600, 0.9, measured=False)) == [(300, 600)]


def test_no_voice_no_times() -> None:
    assert _times([], *_untimed(" yes")) == [(0, 0)]
