"""Answers of different servers: with words, with phrases, with text alone; the text decides, the words give times."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from pydantic import ValidationError

from voxport.speech.engine import UNKNOWN_PROBABILITY, DecodingRequest, Hypothesis
from voxport.speech.engines.remote_answer import Answer
from voxport.speech.options import SpeechOptions

LENGTH_MS = 4000


def _heard(language: str = "en", **answer: object) -> Hypothesis:
    options = SpeechOptions().first_attempt(10_000)
    request = DecodingRequest(np.zeros(64_000, np.float32), language, options)
    return Answer.model_validate_json(json.dumps(answer)).to_hypothesis(request, LENGTH_MS)


def _times(heard: Hypothesis) -> list[tuple[str, int, int, bool]]:
    return [(token.text.strip(), token.start_ms, token.end_ms, token.measured) for token in heard.tokens]


def _word(text: str, start: float, end: float, **more: float) -> dict[str, object]:
    return {"word": text, "start": start, "end": end, **more}


def test_words_without_marks_time_the_text_with_marks() -> None:
    heard = _heard(text=" Go, forward!", words=[_word("Go", 0.5, 0.7), _word("forward", 0.8, 1.5)])
    assert heard.text == "Go, forward!"
    assert _times(heard) == [("Go,", 500, 700, True), ("forward!", 800, 1500, True)]


def test_a_figure_that_was_said_in_several_words() -> None:
    heard = _heard(
        text="It is $45.99 now",
        words=[
            _word("It", 0, 0.2),
            _word("is", 0.2, 0.4),
            _word("45", 0.5, 1.0),
            _word("99", 1.0, 1.5),
            _word("now", 1.6, 2),
        ],
    )
    assert _times(heard)[2:] == [("$45.99", 500, 1500, True), ("now", 1600, 2000, True)]


def test_text_that_no_word_has_is_not_measured() -> None:
    heard = _heard(text="So go forward", words=[_word("go", 0.5, 0.7), _word("forward", 0.8, 1.5)])
    assert _times(heard)[0][3] is False
    assert _times(heard)[2] == ("forward", 800, 1500, True)


def test_words_inside_phrases_and_their_probability() -> None:
    heard = _heard(
        text="Go on",
        segments=[
            {
                "text": " Go on",
                "start": 0,
                "end": 2,
                "avg_logprob": -0.2,
                "no_speech_prob": 0.1,
                "words": [_word(" Go", 0.5, 0.7, probability=0.9), _word(" on", 0.8, 1.5)],
            }
        ],
    )
    assert [token.probability for token in heard.tokens] == pytest.approx([0.9, math.exp(-0.2)])
    assert (heard.average_logprob, heard.no_speech_probability) == pytest.approx((-0.2, 0.1))


def test_phrases_alone_are_shared_by_letters_and_say_so() -> None:
    heard = _heard(
        text="One two. Three",
        segments=[{"text": "One two.", "start": 1.0, "end": 1.6}, {"text": "Three", "start": 3.0, "end": 3.5}],
    )
    assert heard.text == "One two. Three"
    assert _times(heard) == [("One", 1000, 1300, False), ("two.", 1300, 1600, False), ("Three", 3000, 3500, False)]


def test_a_placeholder_is_no_probability() -> None:
    phrase = {"text": "One", "start": 0, "end": 1, "avg_logprob": -1.0, "compression_ratio": -1.0}
    assert _heard(text="One", segments=[phrase]).average_logprob == pytest.approx(math.log(UNKNOWN_PROBABILITY))


def test_text_alone_has_no_times_and_no_probability() -> None:
    heard = _heard(text="One two")
    assert _times(heard) == [("One", 0, 0, False), ("two", 0, 0, False)]
    assert heard.tokens[0].probability == pytest.approx(UNKNOWN_PROBABILITY)
    assert heard.average_logprob == pytest.approx(math.log(UNKNOWN_PROBABILITY))


def test_without_spaces_each_sign_is_a_unit() -> None:
    heard = _heard("ja", text="今日は", words=[_word("今日", 0.2, 0.8), _word("は", 0.8, 1.0)])
    assert _times(heard) == [("今", 200, 500, True), ("日", 500, 800, True), ("は", 800, 1000, True)]


def test_times_outside_the_segment_or_backwards_are_brought_inside() -> None:
    heard = _heard(text="a b c", words=[_word("a", -1, 0.5), _word("b", 0.2, 0.1), _word("c", 3.9, 99)])
    spans = [(start, end) for _, start, end, _ in _times(heard)]
    assert spans[0] == (0, 500)
    assert spans[2] == (3900, LENGTH_MS)
    assert all(0 <= start <= end <= LENGTH_MS for start, end in spans)
    assert spans == sorted(spans)


def test_nothing_heard() -> None:
    heard = _heard(text="", segments=[], words=[])
    assert (heard.text, heard.tokens) == ("", ())


def test_a_time_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValidationError):
        Answer.model_validate_json('{"text": "a", "words": [{"word": "a", "start": NaN, "end": 1}]}')


@pytest.mark.parametrize(
    "answer",
    [
        {"text": "la " * 5_000},
        {"text": "la", "words": [_word("la " * 5_000, 0.0, 1.0)]},
        {"text": "la", "words": [_word("la", 0.0, 1e306)]},
        {"text": "la", "segments": [{"text": "la", "start": -1e306, "end": 1.0}]},
    ],
)
def test_what_no_segment_holds_is_no_answer(answer: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Answer.model_validate(answer)
