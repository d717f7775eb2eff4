"""Every documented code has a sentence and a status."""

from __future__ import annotations

import string

import pytest

from voxport.core.codes import Code
from voxport.core.errors import Problem, RequestRefused

DOCUMENTED = {
    *range(10000, 10014),
    *range(10107, 10111),
    *range(10201, 10208),
    10301,
    10401,
    10402,
    10501,
    *range(10601, 10605),
    10800,
    *range(15000, 15006),
    *range(20001, 20018),
    20101,
    *range(40001, 40007),
    *range(50001, 50012),
    55000,
    *range(60001, 60014),
    *range(70000, 70009),
    80000,
    *range(80100, 80104),
    80200,
    *range(80202, 80210),
    *range(80300, 80304),
    *range(90000, 90006),
}


def test_the_documented_codes_are_all_there_and_no_other() -> None:
    assert len(DOCUMENTED) == 122
    assert {code.value for code in Code} == DOCUMENTED


@pytest.mark.parametrize("code", list(Code))
def test_every_sentence_takes_its_parameters(code: Code) -> None:
    names = [name for _, name, _, _ in string.Formatter().parse(code.sentence) if name is not None]
    assert all(name.isidentifier() for name in names)
    values = {name: f"<{name}>" for name in names}
    message = Problem.of(code, **values).message
    assert message.endswith(".")
    assert "{" not in message
    assert all(value in message for value in values.values())


def test_braces_in_a_value_are_not_read_as_a_template() -> None:
    assert (
        Problem.of(Code.PROPERTY_UNKNOWN, property="{x}", section="{0}").message
        == "The property {x} is not part of {0}."
    )


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (10002, 401),
        (10003, 401),
        (10004, 403),
        (10006, 403),
        (10013, 403),
        (10000, 404),
        (10205, 404),
        (10301, 404),
        (80000, 404),
        (10007, 400),
        (10800, 400),
        (60012, 400),
        (90000, 503),
        (90003, 500),
    ],
)
def test_status_of_a_refusal(code: int, status: int) -> None:
    assert RequestRefused(Problem(Code(code), "…")).status == status
