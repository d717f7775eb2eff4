"""What of a hypothesis is doubted: missed speech, text without end, text that nobody can have said in the time."""

from __future__ import annotations

from voxport.core.transcript import Span
from voxport.speech.decoding_fallback import VoiceEvidence, is_believed, missed_speech, next_attempt
from voxport.speech.engine import DecodingOptions, Hypothesis, Token
from voxport.speech.options import FallbackOptions

OPTIONS = FallbackOptions()
FIRST = DecodingOptions(20_000, 5, 0.0, timestamp_tokens=False)


def _hypothesis(*tokens: Token, logprob: float = -0.2, no_speech: float = 0.01) -> Hypothesis:
    return Hypothesis("".join(token.text for token in tokens).strip(), tokens, logprob, no_speech, FIRST)


def _token(text: str, start_ms: int, end_ms: int) -> Token:
    return Token(f" {text}", start_ms, end_ms, 0.9)


def test_a_voice_without_words_is_missed_speech() -> None:
    heard = _hypothesis(_token("Go", 200, 500), _token("forward", 500, 900))
    evidence = VoiceEvidence((Span(200, 3_000), Span(4_000, 5_500), Span(6_000, 6_500)), (0.9, 0.9, 0.9))
    assert missed_speech(heard, evidence, OPTIONS) == [Span(900, 3_000), Span(4_000, 5_500)]


def test_a_weak_voice_without_words_may_be_none() -> None:
    heard = _hypothesis(_token("Go", 200, 500))
    evidence = VoiceEvidence((Span(200, 600), Span(4_000, 9_000)), (0.9, OPTIONS.certain_voice - 0.01))
    assert missed_speech(heard, evidence, OPTIONS) == []


def test_a_token_that_lasts_through_a_pause_covers_only_its_beginning() -> None:
    heard = _hypothesis(_token("Go", 200, 9_000))
    evidence = VoiceEvidence((Span(200, 9_000),), (0.9,))
    assert missed_speech(heard, evidence, OPTIONS) == [Span(200 + OPTIONS.max_token_ms, 9_000)]


def test_words_that_repeat_are_no_reason_to_throw_them_away() -> None:
    tokens = [_token("hold", at_ms, at_ms + 400) for at_ms in range(0, 12_000, 500)]
    evidence = VoiceEvidence((Span(0, 12_000),), (0.9,))
    assert next_attempt([_hypothesis(*tokens)], evidence, OPTIONS) is None
    assert is_believed(_hypothesis(*tokens), evidence, OPTIONS)


def test_a_word_without_end_and_too_much_text_are_not_believed() -> None:
    evidence = VoiceEvidence((Span(0, 2_000),), (0.9,))
    endless = _hypothesis(_token("na" * 30, 0, 2_000))
    hurried = _hypothesis(*(_token(f"word{at}", 0, 2_000) for at in range(20)))
    for one in (endless, hurried):
        assert next_attempt([one], evidence, OPTIONS) is not None
        assert not is_believed(one, evidence, OPTIONS)
