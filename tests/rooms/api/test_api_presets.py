"""Configurations to begin with: saved, renamed by nobody else, shown and removed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rooms.api.served import Customer, problems

PATH = "/v3/definition/presets"
CONFIGURATION = {
    "priority": "low",
    "publish": {"callbacks": [{"url": "https://hooks.example/in"}], "enableAnalyticIndexing": True},
}


def test_a_preset_is_saved_shown_and_removed(customer: Customer, stranger: Customer) -> None:
    body = {"presetDescription": "At night", "configuration": CONFIGURATION}
    made = customer.client.put(f"{PATH}/a%2Fb", json=body)
    assert made.status_code == 200
    shown = customer.client.get(f"{PATH}/a%2Fb").json()
    assert shown == made.json()
    assert (shown["presetName"], list(shown["configuration"])) == ("a/b", ["priority", "publish"])
    assert customer.client.put(f"{PATH}/a%2Fb", json=shown).json()["configuration"] == CONFIGURATION
    assert [one["presetName"] for one in customer.client.get(PATH).json()["presets"]] == ["a/b"]
    assert stranger.client.get(PATH).json()["presets"] == []
    assert problems(stranger.client.get(f"{PATH}/a%2Fb")) == [80000]
    assert problems(stranger.client.delete(f"{PATH}/a%2Fb")) == [80000]
    assert customer.client.delete(f"{PATH}/a%2Fb").status_code == 204
    assert problems(customer.client.delete(f"{PATH}/a%2Fb")) == [80000]


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ({}, 10007, "configuration"),
        ({"configuration": []}, 10007, "configuration"),
        ([], 10007, "configuration"),
        ({"configuration": {"nothing": 1}}, 10008, "nothing"),
        ({"configuration": {"priority": "soon"}}, 10009, "priority"),
        ({"configuration": {}, "presetName": "other"}, 10007, "presetName"),
        ({"configuration": {}, "more": 1}, 10008, "more"),
        ({"configuration": {}, "presetDescription": "x" * 4001}, 10007, "presetDescription"),
    ],
)
def test_a_preset_that_no_recording_could_be_sent_with_is_refused(
    customer: Customer, body: Any, code: int, said: str
) -> None:
    answer = customer.client.put(f"{PATH}/ours", json=body)
    assert (answer.status_code, problems(answer)) == (400, [code])
    assert said in answer.json()["errors"][0]["error"]
    assert customer.client.get(PATH).json()["presets"] == []


@pytest.mark.parametrize("url", ["https://hooks.example/in?token=secret", "https://me:secret@hooks.example/in"])
def test_a_preset_holds_no_secret(customer: Customer, url: str) -> None:
    configuration = {"publish": {"callbacks": [{"url": "https://hooks.example/in"}, {"url": url}]}}
    answer = customer.client.put(f"{PATH}/ours", json={"configuration": configuration})
    assert (answer.status_code, "secret" in answer.text.replace("holds no secret", "")) == (400, False)
    assert customer.client.get(PATH).json()["presets"] == []


def test_there_is_room_for_as_many_as_people_choose_from(customer: Customer) -> None:
    for number in range(100):
        assert customer.client.put(f"{PATH}/{number}", json={"configuration": {}}).status_code == 200
    assert problems(customer.client.put(f"{PATH}/more", json={"configuration": {}})) == [10007]
    assert customer.client.put(f"{PATH}/7", json={"configuration": {"priority": "high"}}).status_code == 200
    large = {"configuration": {"spotting": {"groups": [{"groupName": "x" * 70_000}]}}}
    assert problems(customer.client.put(f"{PATH}/7", json=large)) == [10800]
