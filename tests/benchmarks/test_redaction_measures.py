"""The figures of `make bench redaction` come out right on truths small enough to count by hand."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import Any

import pytest

from benchmarks.kept_recognitions import KeptRecognitions
from benchmarks.redaction_findings import strings_of, tells
from benchmarks.redaction_further import VOICES, half_of, questions, script
from benchmarks.redaction_measures import (
    SECRETS,
    HeardDigit,
    Region,
    Share,
    digits_left,
    longest_in_order,
    longest_run,
    ordinary_kept,
    other_numbers,
    other_speech_covered,
    other_words,
    regions,
    secrets_covered,
)
from benchmarks.redaction_numbers import Number
from benchmarks.redaction_unseen import AUTHORS, Author
from benchmarks.redaction_wording_rows import DETAILS, NATIONAL, SPOKEN
from voxport.core.transcript import Transcript
from voxport.redaction.detectors.national.checks import is_dni, is_iban, is_nino, is_sin


def truth() -> dict[str, Any]:
    """A caller who says "It's 4 1 1 1" from 1000 to 3000 ms and "5 dollars" later; the agent speaks meanwhile."""
    words = [("It's", 500, 1000), ("four", 1000, 1500), ("one", 1500, 2000), ("one", 2000, 2500), ("one", 2500, 3000)]
    return {
        "turns": [
            {"channel": 1, "words": [{"w": w, "s": s, "e": e} for w, s, e in words]},
            {"channel": 0, "words": [{"w": "Okay", "s": 2500, "e": 3000}]},
            {"channel": 1, "words": [{"w": "five", "s": 5000, "e": 6000}, {"w": "dollars", "s": 6000, "e": 7000}]},
        ],
        "sensitive": [
            {"type": "money", "channel": 1, "s": 5000, "e": 7000, "text": "five dollars", "value": "5.00"},
            {"type": "pci.card_part", "channel": 1, "s": 1000, "e": 3000, "text": "four one", "value": "4111"},
        ],
    }


def test_secrets_covered_counts_only_the_time_of_secrets() -> None:
    assert secrets_covered(truth(), SECRETS["PCI"], [(0, 1500), (2900, 6000)]) == Share(600, 2000)
    assert secrets_covered(truth(), SECRETS["SSN"], [(0, 9000)]).percent == 100.0


def test_other_speech_is_every_word_outside_of_secrets_on_any_channel() -> None:
    whole = 500 + 500 + 2000
    assert other_speech_covered(truth(), SECRETS["PCI"], [(800, 3000)]) == Share(200 + 500, whole)


@pytest.mark.parametrize(("span", "kept"), [((4000, 5200), 1), ((4000, 5201), 0), ((7000, 9000), 1)])
def test_an_ordinary_number_is_kept_while_little_of_it_is_covered(span: tuple[int, int], kept: int) -> None:
    assert ordinary_kept(truth(), [span]) == Share(kept, 1)


def heard(digits: str, start_ms: int, channel: int = 1) -> list[HeardDigit]:
    return [HeardDigit(digit, channel, start_ms + 100 * i, start_ms + 100 * i + 90) for i, digit in enumerate(digits)]


def test_digits_in_the_time_of_a_secret_count_when_they_fit_its_order() -> None:
    card = regions(truth(), SECRETS["PCI"])
    assert digits_left(card, heard("4911", 1000)) == 3
    assert digits_left(card, heard("22", 1000)) == 0
    assert digits_left(card, heard("4111", 1000, channel=0)) == 0
    assert digits_left(card, heard("4111", 5000)) == 0


def test_a_long_stretch_of_a_secret_counts_wherever_it_stands() -> None:
    card = [Region("pci.card", 1, 0, 1000, "4012888888881881")]
    assert digits_left(card, heard("9988128888", 5000)) == 6
    assert digits_left(card, heard("7128897", 5000)) == 0


def test_a_part_that_is_said_again_gives_away_itself_and_the_whole() -> None:
    said = [Region("pci.card", 1, 0, 1000, "4012888888881881"), Region("pci.card_part", 1, 5000, 6000, "88881881")]
    assert digits_left(said, heard("88881881", 5000)) == 8 + 8


def test_sequences() -> None:
    assert longest_run("12345", "923459") == 4
    assert longest_run("", "1") == 0
    assert longest_in_order("4111", "41911") == 4
    assert longest_in_order("123", "321") == 1


def test_shares_add_up_before_they_are_divided() -> None:
    assert (Share(1, 2) + Share(0, 2)).percent == 25.0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the number 4012 8888", True),
        ("four oh one two", True),
        ("ends in 81", False),
        ("call Miss Lindgren", True),
        ("the street at gmail", False),
    ],
)
def test_what_a_finding_tells(text: str, told: bool) -> None:
    card = Region("pci.card", 1, 0, 1000, "4012888888881881", "four oh one two")
    name = Region("pii.email", 1, 0, 1000, "", "Judith dot lindgren at gmail dot com")
    assert (tells(text, card) or tells(text, name)) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the code is 857", True),
        ("eight five seven it is", True),
        ("8 5 7", True),
        ("invoice 857-378-9", False),
        ("$57.00 and $857.00", True),
        ("order 485720", False),
        ("$85.70", False),
    ],
)
def test_few_digits_are_told_where_they_are_a_number_by_themselves(text: str, told: bool) -> None:
    assert tells(text, Region("pci.cvv", 1, 0, 1000, "857", "eight five seven")) is told


def test_an_address_with_digits_is_told_by_its_words_and_no_amount_by_cents_that_nobody_said() -> None:
    address = Region("pii.email", 1, 0, 1000, "67", "lindgren sixty seven at gmail dot com")
    assert tells("call Miss Lindgren", address)
    assert not tells("$6.70 for 167 bags", address)
    assert not tells("$70.00", Region("pci.card", 1, 0, 1000, "5577000059257099", ""))


def test_digits_that_another_number_holds_tell_nothing() -> None:
    card = Region("pci.card", 1, 0, 1000, "4012888888881881", "")
    code = Region("pci.cvv", 1, 0, 1000, "857", "")
    assert tells("call 555 140 1288", card)
    assert not tells("call 555 140 1288", card, others=frozenset({"5551401288"}))
    assert tells("call 555 140 1288 8888", card, others=frozenset({"5551401288"}))
    assert not tells("857 pounds", code, others=frozenset({"857"}))
    assert tells("857 pounds", code, others=frozenset({"8570"}))
    assert other_numbers(truth(), {"pci.card_part"}) == frozenset({"5"})


def test_texts_of_nested_findings() -> None:
    assert list(strings_of({"a": ["x", {"b": ("y", 1)}], "c": None})) == ["x", "y"]


def test_what_was_recognised_is_kept_by_file_and_language(tmp_path: Path) -> None:
    call = tmp_path / "call.wav"
    call.write_bytes(b"sound")
    kept, transcript = KeptRecognitions(tmp_path), Transcript("en-US", (), (), "test")
    kept.keep(call, "en", transcript, 1000)
    assert KeptRecognitions(tmp_path).find(call, "en") == (transcript, 1000)
    assert kept.find(call, "es") is None
    call.write_bytes(b"other sound")
    assert kept.find(call, "en") is None


def test_a_name_that_the_agent_has_too_tells_nothing_of_the_caller() -> None:
    name = Region("pii.name", 1, 0, 1000, "", "Grace Miller")
    assert tells("this is Grace", name)
    assert not tells("this is Grace", name, frozenset({"grace"}))
    assert tells("Grace Miller", name, frozenset({"grace"}))
    assert other_words(truth(), {"pci.card_part"}) == {"it's", "okay", "five", "dollars"}


VALID = {"national.nino": is_nino, "national.dni": is_dni, "national.iban": is_iban, "sin": is_sin}


@pytest.mark.parametrize("author", AUTHORS, ids=[author.name for author in AUTHORS])
def test_most_whole_calls_hold_a_secret_and_a_detail_and_numbers_are_valid(author: Author) -> None:
    calls = _numbers_of(author)
    assert all(VALID[one.type](one.value) for parts in calls for one in parts if one.type in VALID)
    assert _share(calls, DETAILS) >= 0.8
    assert _share(calls, SPOKEN) >= 0.8


def test_nearly_each_whole_call_of_all_authors_holds_a_secret() -> None:
    calls = [parts for author in AUTHORS for parts in _numbers_of(author)]
    assert _share(calls, SPOKEN | {f"national.{kind}" for kind in NATIONAL}) >= 0.95


def _numbers_of(author: Author) -> list[list[Number]]:
    """The numbers that are said in each call."""
    scripts = (
        author.script(language, place) for language, calls in author.written().items() for place in range(len(calls))
    )
    return [[part for line in lines for part in line.parts if isinstance(part, Number)] for lines in scripts]


def _share(calls: list[list[Number]], types: Set[str]) -> float:
    """How many calls hold a number of these types, of all."""
    return sum(any(one.type.removeprefix("keyed.") in types for one in parts) for parts in calls) / len(calls)


class TestFurtherCalls:
    """Calls whose halves share neither a way of asking nor, where there are two, one of answering."""

    def test_each_way_of_asking_is_in_one_half(self) -> None:
        halves = {half: {one.text for one in questions(half)} for half in VOICES}
        assert halves["choose"].isdisjoint(halves["report"])
        assert all(half_of(text) == half for half, texts in halves.items() for text in texts)
        assert min(map(len, halves.values())) > 80

    @pytest.mark.parametrize("half", VOICES)
    def test_each_call_holds_what_is_asked_for_and_numbers_are_valid(self, half: str) -> None:
        for place, question in enumerate(questions(half)):
            parts = [part for line in script(question, half, place) for part in line.parts if isinstance(part, Number)]
            assert parts, question
            assert all(VALID[one.type](one.value) for one in parts if one.type in VALID)
            if question.kind == "phone":
                assert sum(len(one.value) for one in parts) >= 10
