"""`ingest.diarization` in both dialects, and what a further run makes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from voxport.core.errors import RequestRefused
from voxport.core.plan import DiarizationPlan, IngestPlan
from voxport.wire.reading.configuration import ConfigurationOptions
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
