"""Every number of redaction and of recognition can be set by its name."""

from __future__ import annotations

import pytest

from benchmarks.named_options import UnknownOption, names_of, with_settings
from voxport.redaction.options import DEFAULTS
from voxport.speech.options import SpeechOptions


def test_settings_are_told_by_dotted_names() -> None:
    made = with_settings(
        DEFAULTS,
        ["margins.region_ms=400", "margins.incomplete_digits=5,6", "repetition.least_share=0.5"],
    )
    assert (made.margins.region_ms, made.margins.incomplete_digits, made.repetition.least_share) == (400, (5, 6), 0.5)
    assert with_settings(made, []) is made
    assert (
        with_settings(DEFAULTS, ["candidates.subjects.lifetimes_ms.card=9"]).candidates.subjects.lifetimes_ms.card == 9
    )


@pytest.mark.parametrize("setting", ["margins.region=400", "margins=4", "margins.region_ms=wide", "margins.region_ms"])
def test_what_is_no_option_is_refused(setting: str) -> None:
    with pytest.raises(UnknownOption, match="margins"):
        with_settings(DEFAULTS, [setting])


def test_every_option_is_a_number_or_some_numbers() -> None:
    for name, value in names_of(DEFAULTS):
        assert isinstance(value, int | float | tuple), name


def test_options_of_recognition_are_told_as_python_writes_them() -> None:
    made = with_settings(
        SpeechOptions(),
        ["segmentation.cut_cost=20", "timestamp_tokens=True", "segmentation.window_costs=((30000, 1.0),)"],
    )
    assert (made.segmentation.cut_cost, made.timestamp_tokens) == (20.0, True)
    assert made.segmentation.window_costs == ((30_000, 1.0),)


@pytest.mark.parametrize("setting", ["timestamp_tokens=2", "segmentation.window_costs=30000", "beam_size=5.5"])
def test_a_value_of_another_type_is_refused(setting: str) -> None:
    with pytest.raises(UnknownOption):
        with_settings(SpeechOptions(), [setting])
