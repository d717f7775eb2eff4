"""Words and marks from the model's text."""

from __future__ import annotations

import pytest

from voxport.speech.engine import Token
from voxport.speech.word_splitting import DecodedWord, split_marks, to_words


@pytest.mark.parametrize(
    ("chunk", "word", "mark"),
    [
        (" Hello", "Hello", ""),
        (" Hello,", "Hello", ","),
        (" now.", "now", "."),
        (" now?", "now", "?"),
        (" now!", "now", "."),
        (" now?!", "now", "?"),
        (" well...", "well", "."),
        (" well…", "well", "."),
        (" this:", "this", ","),
        (" this;", "this", ","),
        (' "Hello,"', "Hello", ","),
        (" (maybe).", "maybe", "."),
        (" ¿Qué", "Qué", ""),
        (" «Bonjour»", "Bonjour", ""),
        (" $4.99.", "$4.99", "."),
        (" 1,200.50,", "1,200.50", ","),
        (" 12:30.", "12:30", "."),
        (" 3%.", "3%", "."),
        (" -5", "-5", ""),
        (" .5", ".5", ""),
        (" - Hello", "Hello", ""),
        (" A.B.C.", "A.B.C.", ""),
        (" p.m.", "p.m.", ""),
        (" p.m.,", "p.m.", ","),
        (" Mr.", "Mr.", ""),
        (" it's", "it's", ""),
        (" 'cause", "'cause", ""),
        (" 'quoted'", "quoted", ""),
        (" o'clock.", "o'clock", "."),
        (" e-mail,", "e-mail", ","),
        (" Example.org.", "Example.org", "."),
        (" 4-1-1-1", "4-1-1-1", ""),
        (" C++", "C++", ""),
        (" 日本。", "日本", "."),
        (" ...", "", "."),
        (" -", "", ""),
        (" ♪", "", ""),
        ("", "", ""),
    ],
)
def test_marks_leave_the_word(chunk: str, word: str, mark: str) -> None:
    assert split_marks(chunk) == (word.strip(), mark)


def _tokens(*texts: str) -> list[Token]:
    return [Token(text, index * 100, index * 100 + 100, 0.5 + index / 100) for index, text in enumerate(texts)]


def test_units_become_words_with_their_own_times() -> None:
    words = to_words(_tokens(" It", "'s", " $", "1", ",", "200", ".", "50", ".", " Okay", "?"), "en")
    assert [(word.text, word.mark, word.start_ms, word.end_ms) for word in words] == [
        ("It's", "", 0, 200),
        ("$1,200.50", ".", 300, 800),
        ("Okay", "?", 900, 1000),
    ]
    assert words[0].probability == pytest.approx(0.505)


def test_what_is_spelled_out_is_taken_apart() -> None:
    words = to_words(_tokens(" S", "-M", "-", "I", ".", " 4", "-", "1", "-", "1", "-1", "-", "1", "-2", ","), "en")
    assert [(word.text, word.mark) for word in words] == [("S", ""), ("M", ""), ("I", "."), ("4111", ""), ("12", ",")]
    assert [(word.start_ms, word.end_ms) for word in words] == [
        (0, 100),
        (100, 200),
        (300, 400),
        (500, 1100),
        (1200, 1400),
    ]


def test_a_hyphen_between_words_is_no_spelling() -> None:
    assert [word.text for word in to_words(_tokens(" 617", "-", "555", "-", "0142", " e", "-", "mail"), "en")] == [
        "617-555-0142",
        "e-mail",
    ]


def test_a_lone_mark_belongs_to_the_word_before() -> None:
    assert to_words(_tokens(" ...", " Yes", " ,", " no"), "en") == [
        DecodedWord("Yes", 100, 200, 0.51, ","),
        DecodedWord("no", 300, 400, 0.53),
    ]


def test_languages_without_spaces() -> None:
    assert [(word.text, word.mark) for word in to_words(_tokens("日本", "語", "。"), "ja")] == [
        ("日本", ""),
        ("語", "."),
    ]
