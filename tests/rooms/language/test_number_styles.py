"""Any string of digits, said in any style, is the same digits again, each later than the one before."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rooms.language.spoken import words_of
from voxport.language.numbers import read_runs

_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ES = ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")
_EN_PAIRS = {
    "10": "ten", "11": "eleven", "12": "twelve", "13": "thirteen", "14": "fourteen", "15": "fifteen", "16": "sixteen",
    "17": "seventeen", "18": "eighteen", "19": "nineteen", "20": "twenty", "30": "thirty", "40": "forty", "50": "fifty",
    "60": "sixty", "70": "seventy", "80": "eighty", "90": "ninety",
}  # fmt: skip
_ES_PAIRS = {"11": "once", "12": "doce", "15": "quince", "16": "dieciséis", "21": "veintiuno", "22": "veintidós",
             "30": "treinta", "80": "ochenta"}  # fmt: skip
_STYLES = ("single", "pair", "written", "dashes", "repeat", "comma", "filler")


def _english_pair(pair: str) -> str | None:
    if pair in _EN_PAIRS:
        return _EN_PAIRS[pair]
    tens = _EN_PAIRS.get(pair[0] + "0")
    return f"{tens}-{_EN[int(pair[1])]}" if tens and pair[0] > "1" and pair[1] != "0" else None


def _spanish_pair(pair: str) -> str | None:
    tens = {"3": "treinta", "5": "cincuenta", "9": "noventa"}.get(pair[0])
    return _ES_PAIRS.get(pair) or (f"{tens} y {_ES[int(pair[1])]}" if tens and pair[1] != "0" else None)


@st.composite
def said(draw: st.DrawFn, spanish: bool) -> tuple[str, str]:
    """(digits, how they are said): every part of them in a style of its own."""
    digits = draw(st.text("0123456789", min_size=3, max_size=19))
    single, parts, place = (_ES if spanish else _EN), [], 0
    while place < len(digits):
        style = draw(st.sampled_from(_STYLES))
        pair = digits[place : place + 2]
        named = (_spanish_pair if spanish else _english_pair)(pair) if style == "pair" and len(pair) == 2 else None
        if named:
            parts.append(named + ",")
            place += 2
        elif style == "written":
            group = digits[place : place + draw(st.integers(1, 4))]
            parts.append(group + ",")
            place += len(group)
        elif style == "dashes" and len(pair) == 2:
            parts.append(f"{pair[0]}-{pair[1]},")
            place += 2
        elif style == "repeat" and len(pair) == 2 and pair[0] == pair[1]:
            parts.append(f"{'doble' if spanish else 'double'} {single[int(pair[0])]}")
            place += 2
        else:
            filler = {"comma": ",", "filler": ", eh," if spanish else ", uh,"}.get(style, "")
            parts.append(single[int(digits[place])] + filler)
            place += 1
    return digits, ("es " if spanish else "it's ") + " ".join(parts)


@settings(max_examples=300)
@given(said(spanish=False))
def test_english_styles(case: tuple[str, str]) -> None:
    _check(case, "en-US")


@settings(max_examples=300)
@given(said(spanish=True))
def test_spanish_styles(case: tuple[str, str]) -> None:
    _check(case, "es-US")


def _check(case: tuple[str, str], language: str) -> None:
    digits, text = case
    words = words_of(text)
    (run,) = read_runs(words, language)
    assert run.value == digits
    starts = [digit.span.start_ms for digit in run.digits]
    assert starts == sorted(starts)
    for digit in run.digits:
        word = words[digit.word_index]
        assert word.start_ms <= digit.span.start_ms < digit.span.end_ms <= word.end_ms
