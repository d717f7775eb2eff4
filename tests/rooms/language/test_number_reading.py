"""Digits as people say them and as recognisers write them."""

from __future__ import annotations

import pytest

from tests.rooms.language.spoken import words_of
from voxport.core.transcript import Span, Word
from voxport.language.numbers import read_runs

ENGLISH = [
    # one by one
    ("four one one one", "4111"),
    ("zero seven eight", "078"),
    ("oh nine", "09"),
    ("o nine", "09"),
    ("nine oh five", "905"),
    ("nought four", "04"),
    ("naught naught seven", "007"),
    ("five, five, five", "555"),
    ("five. five. five.", "555"),
    ("Four One One", "411"),
    ("niner fife niner", "959"),
    # as written
    ("4111 1111 1111 1111", "4111111111111111"),
    ("4111-1111-1111-1111", "4111111111111111"),
    ("41-11", "4111"),
    ("4-1-1-1", "4111"),
    ("078-05-1120", "078051120"),
    ("078, 0-5, 11-2-0.", "078051120"),
    ("617-555-0142", "6175550142"),
    ("(617) 555-0142", "6175550142"),
    ("617.555.0142", "6175550142"),
    ("09/27", "0927"),
    ("9/27", "927"),
    ("#4411", "4411"),
    ("HC55729", "55729"),
    ("4,111", "4111"),
    ("1 1 1 1", "1111"),
    # repeats
    ("double four", "44"),
    ("double four triple nine", "44999"),
    ("triple one", "111"),
    ("treble one", "111"),
    ("quadruple one", "1111"),
    ("double oh seven", "007"),
    ("double 4", "44"),
    ("one double two three", "1223"),
    # pairs
    ("forty-one eleven", "4111"),
    ("forty one eleven", "4111"),
    ("twelve twenty-seven", "1227"),
    ("oh nine twenty seven", "0927"),
    ("nineteen eighty four", "1984"),
    ("nineteen oh five", "1905"),
    ("twenty nineteen", "2019"),
    ("eleven eleven eleven eleven", "11111111"),
    ("sixty six forty four", "6644"),
    ("ninety nine", "99"),
    ("fourty two", "42"),
    ("twenty, seven", "207"),
    # large numbers
    ("two thousand and five", "2005"),
    ("two thousand five", "2005"),
    ("two thousand nineteen", "2019"),
    ("one hundred twenty three thousand", "123000"),
    ("four hundred and eleven", "411"),
    ("four hundred eleven", "411"),
    ("nineteen hundred", "1900"),
    ("forty one hundred", "4100"),
    ("three thousand two hundred and ten", "3210"),
    ("one million two hundred thousand and six", "1200006"),
    ("a hundred", "100"),
    ("5 thousand", "5000"),
    ("12 hundred", "1200"),
    ("two thousand, four hundred", "2400"),
    ("four eleven hundred", "41100"),
    # mixed
    ("4111 one one one one", "41111111"),
    ("four 111", "4111"),
    ("forty 1 eleven", "40111"),
    ("41 eleven", "4111"),
    # hesitation and filling
    ("four one uh one one", "4111"),
    ("four one, um, one one", "4111"),
    ("four one and then one one", "4111"),
    ("four one dash one one", "4111"),
    ("four one space one one", "4111"),
    ("oh nine slash two seven", "0927"),
    ("four one, let's see, one one", "4111"),
    ("four one okay one one", "4111"),
    ("four one followed by one one", "4111"),
    ("4111, yeah, 1111", "41111111"),
    # misheard digits, beside digits only
    ("four to one one", "4211"),
    ("four too one one", "4211"),
    ("one one for one", "1141"),
    ("one ate one one", "1811"),
    ("won one one one", "1111"),
    ("five tree one", "531"),
    ("one one won", "111"),
    # amounts and times stand alone
    ("$45.99", "4599"),
    ("3:30", "330"),
    ("45%", "45"),
    ("14th", "14"),
    ("march fourteenth", "14"),
    ("twenty second", "22"),
]
SPANISH = [
    ("cuatro uno uno uno", "4111"),
    ("cero siete ocho", "078"),
    ("doble cuatro", "44"),
    ("triple nueve", "999"),
    ("veintiuno", "21"),
    ("veintidós", "22"),
    ("dieciséis", "16"),
    ("treinta y uno", "31"),
    ("treinta, uno", "301"),
    ("ochenta y cuatro", "84"),
    ("cuarenta y uno once", "4111"),
    ("doce veintisiete", "1227"),
    ("mil novecientos ochenta y cuatro", "1984"),
    ("dos mil cinco", "2005"),
    ("dos mil veintisiete", "2027"),
    ("ciento veintitrés mil", "123000"),
    ("cuatrocientos once", "411"),
    ("cien", "100"),
    ("doscientas cinco", "205"),
    ("un millón doscientos mil", "1200000"),
    ("cero nueve veintisiete", "0927"),
    ("cuatro uno eh uno uno", "4111"),
    ("cuatro uno guion uno uno", "4111"),
    ("cuatro uno y luego uno uno", "4111"),
    ("4111 1111", "41111111"),
    ("4111 uno uno uno uno", "41111111"),
    ("sero nueve", "9"),
    ("sero nueve dos siete", "0927"),
    ("uno dos, este, tres", "123"),
    ("setenta y ocho", "78"),
]
NOTHING = [
    ("one moment please", "en-US"),
    ("that is the one", "en-US"),
    ("I have one for you", "en-US"),
    ("Oh, thank you", "en-US"),
    ("a double espresso", "en-US"),
    ("just a second", "en-US"),
    ("the first thing", "en-US"),
    ("I want to go too", "en-US"),
    ("we ate for free", "en-US"),
    ("[redacted] [redacted]", "en-US"),
    ("...", "en-US"),
    ("un momento", "es-US"),
    ("una pregunta", "es-US"),
    ("four one one", "de-DE"),
]
APART = [
    ("nine to five", ["9", "5"]),
    ("$45.99 4111", ["4599", "4111"]),
    ("4111 at 3:30", ["4111", "330"]),
    ("two bags and three mugs", ["2", "3"]),
    ("4111? 1111", ["4111", "1111"]),
    ("twelve people, forty chairs", ["12", "40"]),
]


def read(text: str, language: str = "en-US") -> str:
    return " ".join(run.value for run in read_runs(words_of(text), language))


@pytest.mark.parametrize(("text", "digits"), ENGLISH)
def test_english_digits(text: str, digits: str) -> None:
    assert read(text) == digits


@pytest.mark.parametrize(("text", "digits"), SPANISH)
def test_spanish_digits(text: str, digits: str) -> None:
    assert read(text, "es-US") == digits


@pytest.mark.parametrize(("text", "language"), NOTHING)
def test_words_that_are_no_number(text: str, language: str) -> None:
    assert read(text, language) == ""


@pytest.mark.parametrize(("text", "digits"), APART)
def test_numbers_that_do_not_belong_together(text: str, digits: list[str]) -> None:
    assert read(text).split() == digits


@pytest.mark.parametrize(
    ("word", "digits"),
    [
        ("6-0-double-1-109-1-9789-1-double-4-6", "6011109197891446"),
        ("11-slash-29", "1129"),
        ("one-1-one-1", "1111"),
        ("HC-55729", "55729"),
    ],
)
def test_figures_and_number_words_in_one_word(word: str, digits: str) -> None:
    assert read(f"it is {word} thanks") == digits


def test_written_digits_are_read_in_every_language() -> None:
    assert read("die Nummer 4111 1111", "de-DE") == "41111111"


@pytest.mark.parametrize(
    ("text", "language", "said", "meant"),
    [
        ("four one one seven, sorry, no, nine", "en-US", "41179", "4119"),
        ("4117 sorry 4119", "en-US", "41174119", "4119"),
        ("cuatro uno siete, perdón, nueve", "es-US", "4179", "419"),
        ("four one one one", "en-US", "4111", "4111"),
    ],
)
def test_corrections(text: str, language: str, said: str, meant: str) -> None:
    (run,) = read_runs(words_of(text), language)
    assert (run.value, run.corrected) == (said, meant)


def test_every_digit_has_the_time_of_its_word() -> None:
    (run,) = read_runs(words_of("It's four one"), "en-US")
    assert [digit.span for digit in run.digits] == [Span(340, 640), Span(660, 960)]
    assert [digit.word_index for digit in run.digits] == [1, 2]
    assert run.text == "four one"


def test_digits_of_one_written_word_share_its_time_evenly() -> None:
    (run,) = read_runs([Word("4111", 1000, 1400, 0.9)], "en-US")
    assert [digit.span for digit in run.digits] == [
        Span(1000, 1100), Span(1100, 1200), Span(1200, 1300), Span(1300, 1400)
    ]  # fmt: skip


def test_letters_take_their_share_of_a_mixed_word() -> None:
    (run,) = read_runs([Word("AB12", 0, 400, 0.9)], "en-US")
    assert run.span == Span(200, 400)


def test_a_large_number_spreads_over_all_its_words() -> None:
    (run,) = read_runs(words_of("two thousand and five"), "en-US")
    assert run.span == Span(20, 1280)
    assert [digit.word_index for digit in run.digits] == [0, 1, 3, 3]


def test_a_time_that_was_filled_in_is_reported() -> None:
    (run,) = read_runs([Word("41", 0, 100, 0.9), Word("11", 100, 200, 0.9, measured=False)], "en-US")
    assert [digit.measured for digit in run.digits] == [True, True, False, False]
    assert not run.measured


def test_a_long_pause_ends_a_stretch() -> None:
    words = [*words_of("four one"), *words_of("one one", start_ms=6000)]
    assert [run.value for run in read_runs(words, "en-US")] == ["41", "11"]
    assert [run.value for run in read_runs(words, "en-US", max_gap_ms=9000)] == ["4111"]


def test_stretches_keep_their_channel_and_words() -> None:
    (run,) = read_runs(words_of("it is 4111 1111."), "en-US", channel=1)
    assert (run.channel, run.words) == (1, (2, 3))
