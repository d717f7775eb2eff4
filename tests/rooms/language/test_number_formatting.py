"""Numbers in figures, and figures as words."""

from __future__ import annotations

import pytest

from tests.rooms.language.spoken import words_of
from voxport.core.transcript import Word, WordKind, join_words
from voxport.language.number_formatting import format_numbers, spell_numbers

ENGLISH = [
    ("forty five dollars and ninety nine cents", "$45.99"),
    ("it is seventy one dollars and twenty five cents.", "it is $71.25."),
    ("two hundred and twelve dollars and forty eight cents", "$212.48"),
    ("a twenty dollar credit", "a $20 credit"),
    ("between one thirty and three p m", "between 1:30 and 3 p.m."),
    ("ten fifteen or eleven forty a m", "10:15 or 11:40 a.m."),
    ("it had one thirty and three people", "it had 130 and three people"),
    ("five thousand dollars", "$5,000"),
    ("five cents", "$0.05"),
    ("45 dollars and 99 cents", "$45.99"),
    ("$45.99 each", "$45.99 each"),
    ("forty five percent", "45%"),
    ("three point five percent", "3.5%"),
    ("three point one four", "3.14"),
    ("march third nineteen eighty four", "march 3, 1984"),
    ("June eleventh, nineteen eighty six", "June 11, 1986"),
    ("March fourteenth", "March 14"),
    ("March 3, 1984", "March 3, 1984"),
    ("the third of March", "the 3rd of March"),
    ("September twenty twenty seven", "September 2027"),
    ("since two thousand nineteen", "since 2019"),
    ("in nineteen oh five", "in 1905"),
    ("half past three", "3:30"),
    ("quarter to four", "3:45"),
    ("quarter past twelve", "12:15"),
    ("at three thirty", "at 3:30"),
    ("at three thirty p m", "at 3:30 p.m."),
    ("three thirty pm today", "3:30 p.m. today"),
    ("ten a m tomorrow", "10 a.m. tomorrow"),
    ("eleven o'clock", "11 o'clock"),
    ("at oh nine", "at oh nine"),
    ("twelve bags", "12 bags"),
    ("one hundred forty seven people", "147 people"),
    ("one hundred twenty three thousand", "123,000"),
    ("a hundred people", "a hundred people"),
    ("the twenty first time", "the 21st time"),
    ("one moment", "one moment"),
    ("two or three of them", "two or three of them"),
    ("the second one", "the second one"),
    ("nine to five", "nine to five"),
    ("may I", "may I"),
    ("Oh, thanks", "Oh, thanks"),
    ("four one one one, one one one one", "4111, 1111"),
    ("forty one eleven", "4111"),
    ("double four one", "441"),
    ("4111 1111 1111 1111", "4111 1111 1111 1111"),
    ("six one seven, five five five, zero one four two.", "617-555-0142."),
    ("six one seven five five five oh one four two", "617-555-0142"),
    ("617 555 0142", "617-555-0142"),
    ("617, 555-0142", "617-555-0142"),
    ("617-555-0142", "617-555-0142"),
    ("one eight hundred, five five five, zero one four two", "1-800-555-0142"),
    ("call five five five, oh one four two", "call 555-0142"),
    ("5550142", "5550142"),
    ("HC55729 and [redacted]", "HC55729 and [redacted]"),
    ("forty eight to seventy two hours", "48 to 72 hours"),
    ("from nine to five thirty", "from nine to 5:30"),
    ("between two hundred and three hundred dollars", "between 200 and $300"),
    ("three million dollars", "$3,000,000"),
    ("one point two million dollars", "$1.2 million"),
    ("two and a half million", "2.5 million"),
    ("half a million dollars", "$500,000"),
    ("a hundred and five dollars", "$105"),
    ("a couple thousand dollars", "a couple thousand dollars"),
    ("a dollar fifty", "$1.50"),
    ("the plan costs nineteen ninety nine a month", "the plan costs $19.99 a month"),
    ("thirty nine ninety five plus tax", "$39.95 plus tax"),
    ("four oh seven point one", "407.1"),
    ("oh point five", "0.5"),
    ("point five percent", "0.5%"),
    ("eight and a half percent", "8.5%"),
    ("version two point four point one", "version 2.4.1"),
    ("one twenty five", "125"),
    ("one twenty dollar bill", "one $20 bill"),
    ("twenty four seven", "24/7"),
    ("five four two one two nine seven zero six five", "542-129-7065"),
    ("order number two one two five five five oh one two three", "order number 2125550123"),
    ("at six o'clock sharp", "at 6 o'clock sharp"),
    ("five thirty o'clock", "5:30"),
    ("a quarter after one", "1:15"),
    ("a quarter of the people", "a quarter of the people"),
    ("march third seventy eight.", "march 3, 78."),
    ("march third seventy eight people came", "march 3 78 people came"),
    ("class of oh nine", "class of 09"),
    ("in oh five minutes", "in oh five minutes"),
    ("nine point oh", "9.0"),
    ("it was thirty four ninety five", "it was $34.95"),
    ("it was nineteen eighty four", "it was 1984"),
    ("nine nine five dash two one", "995-21"),
    ("plus four four twenty seven nine four six zero nine five eight", "+44 20 7946 0958"),
    ("plus three three one four two six eight five three zero zero", "+33 1 42 68 53 00"),
    ("plus one two oh two five five five oh one one eight", "+1 202-555-0118"),
    ("plus four nine three oh one two three four five six", "+49 30 123456"),
    # No country has such numbers.
    ("plus nine nine nine three oh one two three four five", "plus 9993012345"),
    ("plus twenty dollars", "plus $20"),
    ("twenty to thirty thousand", "20,000 to 30,000"),
    ("eight or nine hundred dollars", "800 or $900"),
    ("from five to two thousand", "from five to 2000"),
    ("at two twenty one baker street", "at 221 baker street"),
    ("at two thirty on baker street", "at 2:30 on baker street"),
    ("the nineteen eighties", "the 1980s"),
    ("the eighteen hundreds", "the 1800s"),
    ("i am in my eighties", "i am in my eighties"),
    # As a recogniser writes it.
    ("open from 9-530", "open from 9 to 5:30"),
    ("pages 9-530", "pages 9-530"),
]
SPANISH = [
    ("cuarenta y cinco dólares con noventa y nueve centavos", "$45.99"),
    ("veinte por ciento", "20%"),
    ("tres de marzo de mil novecientos ochenta y cuatro", "3 de marzo de 1984"),
    ("a las tres y media", "a las 3:30"),
    ("a las tres treinta", "a las 3:30"),
    ("seis uno siete, cinco cinco cinco, cero uno cuatro dos", "617-555-0142"),
    ("veintiún bolsas y dos tazas", "21 bolsas y dos tazas"),
    ("ciento veintitrés mil", "123,000"),
    ("un momento", "un momento"),
    ("mil gracias", "mil gracias"),
    ("tres millones de dólares", "$3,000,000"),
    ("entre cuarenta y ocho y setenta y dos horas", "entre 48 y 72 horas"),
    ("de diez a veinte mil", "de 10,000 a 20,000"),
    # Words that small models write for numbers, which are read only where a secret may be.
    ("la comida nos senta mal", "la comida nos senta mal"),
    ("comimos onces", "comimos onces"),
    ("el dies de mayo", "el dies de mayo"),
    ("la quincuenta", "la quincuenta"),
    ("quedamos veinti personas", "quedamos veinti personas"),
    ("cuatro era cinco", "cuatro era cinco"),
]
SPELLED = [
    ("$45.99", "en-US", "forty-five dollars and ninety-nine cents"),
    ("$1", "en-US", "one dollar"),
    ("on April 2", "en-US", "on April second"),
    ("it may 9", "en-US", "it may nine"),
    ("$0.05", "en-US", "five cents"),
    ("$1,204", "en-US", "one thousand two hundred four dollars"),
    ("45%", "en-US", "forty-five percent"),
    ("4111 1111", "en-US", "four one one one one one one one"),
    ("837", "en-US", "eight three seven"),
    ("0927", "en-US", "zero nine two seven"),
    ("617-555-0142", "en-US", "six one seven five five five zero one four two"),
    ("12 bags", "en-US", "twelve bags"),
    ("3:30", "en-US", "three thirty"),
    ("9:05", "en-US", "nine oh five"),
    ("11:00", "en-US", "eleven o'clock"),
    ("in 2018", "en-US", "in twenty eighteen"),
    ("June 11, 1986", "en-US", "June eleventh, nineteen eighty-six"),
    ("since 2005", "en-US", "since two thousand five"),
    ("in 1905", "en-US", "in nineteen oh five"),
    ("14th", "en-US", "fourteenth"),
    ("22nd", "en-US", "twenty-second"),
    ("500 people", "en-US", "five hundred people"),
    ("123,000", "en-US", "one hundred twenty-three thousand"),
    ("3.5", "en-US", "three point five"),
    ("HC55729", "en-US", "HC five five seven two nine"),
    ("nothing here, [redacted]", "en-US", "nothing here, [redacted]"),
    ("$45.99", "es-US", "cuarenta y cinco dólares con noventa y nueve centavos"),
    ("21", "es-US", "veintiuno"),
    ("16", "es-US", "dieciséis"),
    ("en 1984", "es-US", "en mil novecientos ochenta y cuatro"),
    ("4111", "es-US", "cuatro uno uno uno"),
    ("20%", "es-US", "veinte por ciento"),
    ("100", "es-US", "cien"),
    ("48-72 horas", "es-US", "cuarenta y ocho a setenta y dos horas"),
    ("-$15", "es-US", "menos quince dólares"),
    ("$1.2 millones", "es-US", "uno punto dos millones de dólares"),
    ("48-72 hours", "en-US", "forty-eight to seventy-two hours"),
    ("100-250 people", "en-US", "one hundred to two hundred fifty people"),
    ("555-1212", "en-US", "five five five one two one two"),
    ("$1.2 million", "en-US", "one point two million dollars"),
    ("$250K", "en-US", "two hundred fifty thousand dollars"),
    ("-$15", "en-US", "minus fifteen dollars"),
    ("99¢", "en-US", "ninety-nine cents"),
    ("98°", "en-US", "ninety-eight degrees"),
    ("3/4", "en-US", "three quarters"),
    ("24/7", "en-US", "twenty-four seven"),
    ("the 80s", "en-US", "the eighties"),
    ("101st", "en-US", "one hundred first"),
    ("04/12/1985", "en-US", "four twelve nineteen eighty-five"),
    ("from 8-4", "en-US", "from eight to four"),
    ("scored 5-4", "en-US", "scored five four"),
    ("-4", "en-US", "minus four"),
    ("in 1800", "en-US", "in eighteen hundred"),
    ("10/31", "en-US", "ten thirty-one"),
    ("120/80", "en-US", "one hundred twenty over eighty"),
    ("5'11\"", "en-US", "five foot eleven"),
    ("$2.5M", "en-US", "two point five million dollars"),
    ("10:30am", "en-US", "ten thirty a.m."),
    ("1000th", "en-US", "one thousandth"),
    ("38.5°", "en-US", "thirty-eight point five degrees"),
    ("from 9-530", "en-US", "from nine to five thirty"),
    ("$15/month", "en-US", "fifteen dollars a month"),
]


@pytest.mark.parametrize(("text", "written"), ENGLISH)
def test_english(text: str, written: str) -> None:
    assert join_words(format_numbers(words_of(text), "en-US")) == written


@pytest.mark.parametrize(("text", "written"), SPANISH)
def test_spanish(text: str, written: str) -> None:
    assert join_words(format_numbers(words_of(text), "es-LA")) == written


@pytest.mark.parametrize(("text", "language", "spelled"), SPELLED)
def test_figures_as_words(text: str, language: str, spelled: str) -> None:
    assert join_words(spell_numbers(words_of(text), language)) == spelled


@pytest.mark.parametrize(("text", "_written"), [*ENGLISH[:20], *ENGLISH[40:58]])
def test_formatting_twice_changes_nothing_more(text: str, _written: str) -> None:
    once = format_numbers(words_of(text), "en-US")
    assert format_numbers(once, "en-US") == once


def test_a_phone_number_is_one_word_from_its_first_digit_to_its_last() -> None:
    words = words_of("it's six one seven, five five five, zero one four two.")
    formatted = format_numbers(words, "en-US")
    (phone,) = [word for word in formatted if word.text == "617-555-0142"]
    assert (phone.start_ms, phone.end_ms) == (words[1].start_ms, words[-2].end_ms)
    assert [word.text for word in formatted] == ["it's", "617-555-0142", "."]


def test_what_was_filled_in_stays_so() -> None:
    words = [Word("forty", 0, 300, 0.8), Word("five", 300, 600, 0.6, measured=False), Word("dollars", 600, 900, 1.0)]
    (amount,) = format_numbers(words, "en-US")
    assert (amount.text, amount.measured) == ("$45", False)
    assert amount.confidence == pytest.approx(0.8)


def test_a_year_gets_a_comma_that_has_no_length() -> None:
    formatted = format_numbers(words_of("march third nineteen eighty four"), "en-US")
    comma = formatted[2]
    assert (comma.text, comma.kind) == (",", WordKind.PUNCTUATION)
    assert comma.start_ms == comma.end_ms == formatted[1].end_ms


def test_spelled_words_share_the_time() -> None:
    spelled = spell_numbers([Word("41", 1000, 1800, 0.9), Word("11", 1800, 2400, 0.9, measured=False)], "en-US")
    assert [(word.text, word.measured) for word in spelled] == [("forty-one", True), ("eleven", False)]
    parts = spell_numbers([Word("411", 0, 1000, 0.9)], "en-US")
    assert [(part.start_ms, part.end_ms) for part in parts] == [(0, 400), (400, 700), (700, 1000)]


def test_other_languages_come_back_as_they_are() -> None:
    words = words_of("fünf 45 Euro")
    assert format_numbers(words, "de-DE") == words
    assert spell_numbers(words, "de-DE") == words


@pytest.mark.parametrize("said", ["one", "oh", "4111", "twenty to", "plus one", "dash nine", "hundred and"])
def test_long_rows_cost_what_their_length_does(said: str) -> None:
    """What looks ahead or back is bounded: with the cube of the length this would not come to its end."""
    words = words_of(" ".join([said] * 1200))
    written = format_numbers(words, "en-US")
    assert written[0].start_ms == words[0].start_ms
    assert written[-1].end_ms == words[-1].end_ms


@pytest.mark.parametrize("language", ["en-US", "es-US"])
@pytest.mark.parametrize("figures", ["1" * 5000, "$" + "1" * 5000, "1," * 5000, "-" + "1" * 5000, "1" * 5000 + "th"])
def test_figures_that_no_number_has_are_digits(figures: str, language: str) -> None:
    """Python reads no number of more than 4300 digits."""
    word = (Word(figures, 0, 1000, 0.9),)
    assert [one.text for one in format_numbers(word, language)] == [figures]
    assert len(spell_numbers(word, language)) >= 5000
