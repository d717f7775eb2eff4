"""`ingest.diarization` in both dialects."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.rooms.wire.examples import finished_media
from voxport.core.errors import RequestRefused
from voxport.core.plan import DiarizationPlan, IngestPlan, Plan
from voxport.wire.reading.configuration import ConfigurationOptions
from voxport.wire.reading.further_run import Recognised, further_plan
from voxport.wire.v2beta.configuration import parse_configuration as parse_v2_beta
from voxport.wire.v3.configuration import parse_configuration as parse_v3

ON = ConfigurationOptions(diarization=True)


def v3(ingest: dict[str, Any] | None, options: ConfigurationOptions) -> IngestPlan:
    return parse_v3(json.dumps({"ingest": ingest}), options).plan.ingest


def v2_beta(ingest: dict[str, Any] | None, options: ConfigurationOptions) -> IngestPlan:
    return parse_v2_beta(json.dumps({"configuration": {"ingest": ingest}}), options).plan.ingest


Parse = Callable[[dict[str, Any] | None, ConfigurationOptions], IngestPlan]
both_dialects = pytest.mark.parametrize("parse", [v3, v2_beta])


@both_dialects
@pytest.mark.parametrize(
    ("section", "asked", "unasked"),
    [
        (None, None, DiarizationPlan()),
        ({}, None, DiarizationPlan()),
        ({"enable": None, "speakerCount": None}, None, DiarizationPlan()),
        ({"enable": True}, DiarizationPlan(asked=True), DiarizationPlan(asked=True)),
        ({"enable": False}, None, None),
        ({"enable": False, "speakerCount": 1}, None, None),
        ({"speakerCount": 3}, DiarizationPlan(asked=True, speaker_count=3), None),
        ({"nameRoles": True}, DiarizationPlan(asked=True, names_roles=True), None),
    ],
)
def test_what_is_asked_for(
    parse: Parse, section: dict[str, Any] | None, asked: DiarizationPlan | None, unasked: DiarizationPlan | None
) -> None:
    """`asked` where the server is set not to, `unasked` where it is; None there: as `asked`."""
    assert parse({"diarization": section}, ConfigurationOptions()).diarization == asked
    assert parse({"diarization": section}, ON).diarization == (unasked or asked)


@both_dialects
@pytest.mark.parametrize(
    ("section", "property_"),
    [
        ({"speakerCount": 0}, "ingest.diarization.speakerCount"),
        ({"speakerCount": 13}, "ingest.diarization.speakerCount"),
        ({"enable": False, "speakerCount": 2}, "ingest.diarization.enable"),
        ({"enable": False, "nameRoles": True}, "ingest.diarization.enable"),
        ({"speakerCount": 3, "nameRoles": True}, "ingest.diarization.nameRoles"),
        ({"speakerCount": 1, "nameRoles": True}, "ingest.diarization.nameRoles"),
        ({"speakerCount": -1}, "ingest.diarization.speakerCount"),
        ({"speakerCount": 1.5}, "speakerCount"),
        ({"speakerCount": "two"}, "speakerCount"),
        ({"speakers": 2}, "speakers"),
        ({"enable": "perhaps"}, "enable"),
        (["x"], "diarization"),
    ],
)
def test_what_means_nothing_is_refused(parse: Parse, section: Any, property_: str) -> None:
    with pytest.raises(RequestRefused, match=property_.rpartition(".")[2]):
        parse({"diarization": section}, ON)


@pytest.mark.parametrize(
    "names",
    [
        {"speakerName": "Desk"},
        {"channels": [{"speakerName": "Agent"}, {"speakerName": "Caller"}]},
    ],
)
def test_roles_are_for_people_without_names(names: dict[str, Any]) -> None:
    assert v3({**names, "diarization": {"speakerCount": 2}}, ON).diarization == DiarizationPlan(True, 2)
    with pytest.raises(RequestRefused, match="nameRoles"):
        v3({**names, "diarization": {"nameRoles": True}}, ON)


def test_roles_are_told_in_two_languages() -> None:
    asked = {"ingest": {"diarization": {"nameRoles": True, "speakerCount": 2}}}
    for code in ("es-US", "en-GB"):
        assert parse_v3(json.dumps({"speechModel": {"language": code}, **asked}), ON).plan.ingest.diarization
    with pytest.raises(RequestRefused) as refused:
        parse_v3(json.dumps({"speechModel": {"language": "fr-FR"}, **asked}), ON)
    (problem,) = refused.value.problems
    assert (problem.code, "ingest.diarization.nameRoles" in problem.message) == (20011, True)


@pytest.mark.parametrize(
    ("past", "asked", "apart", "refused"),
    [
        (None, {"enable": False}, False, False),
        (DiarizationPlan(), {"enable": False}, False, False),  # nobody was told apart: it is as asked
        (DiarizationPlan(), {"enable": False}, True, True),
        (DiarizationPlan(), {"enable": True}, True, False),  # as it was done unasked
        (DiarizationPlan(), {"nameRoles": True}, True, True),
        (None, {"enable": True}, False, True),
        (DiarizationPlan(True, 2), {"speakerCount": 2}, True, False),
    ],
)
@both_dialects
def test_a_further_run_tells_nobody_apart_in_another_way(
    parse: Parse, past: DiarizationPlan | None, asked: dict[str, Any], apart: bool, refused: bool
) -> None:
    media = replace(finished_media(), plan=Plan(ingest=IngestPlan(mixed=True, diarization=past)))
    document = {"ingest": {"diarization": asked}}
    if parse is v3:
        parsed = parse_v3(json.dumps(document), ON)
    else:
        parsed = parse_v2_beta(json.dumps({"configuration": document}), ON)
    if refused:
        with pytest.raises(RequestRefused) as told:
            further_plan(media, parsed, Recognised(1, apart), aligns=False)
        assert [problem.code for problem in told.value.problems] == [20003]
    else:
        plan, _ = further_plan(media, parsed, Recognised(1, apart), aligns=False)
        assert plan.ingest.diarization == past
