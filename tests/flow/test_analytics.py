"""A call of which everything is asked: each section of the result is there, and holds what was said."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.flow.conftest import Platform, stereo

EVERYTHING: dict[str, Any] = {
    **stereo("Agent", "Caller"),
    "speechModel": {"language": "en-US", "features": ["voiceFeatures", "advancedPunctuation"]},
    "prediction": {"detectors": [{"detectorName": "PCI", "redactor": {"transcript": {"replacement": "[redacted]"}}}]},
    "knowledge": {"enableDiscovery": True},
    "metrics": [
        {"metricGroupName": name}
        for name in ("overtalk", "talk-time-and-rate", "talk-style-tone-and-volume", "sentiment")
    ],
    "speakerSentiments": True,
    "conversation": {"verbNounPairsEnabled": True},
    "entity": {"enableEntityExtraction": True},
}


GROUPS = {
    "orders": ["place an order", "I would like to order"],
    "delivery/pick-up": ["deliver", "pick it up at the store", "before the weekend"],
    "at risk": ["cancel my order", "card number"],
}


def test_everything_that_can_be_found_is_found(platform: Platform) -> None:
    for name, keywords in GROUPS.items():
        put = platform.client.put(
            f"/v3/definition/spotting/groups/{quote(name, safe='')}", json={"groupName": name, "keywords": keywords}
        )
        assert put.status_code == 200, put.text
    spotting = {"groups": [{"groupName": name} for name in GROUPS]}
    with resources.as_file(resources.files("voxport.cli") / "sample" / "call.flac") as sample:
        media_id = platform.submit(Path(sample), {**EVERYTHING, "spotting": spotting})
    # What the group was when the call was accepted is what counts.
    assert platform.client.delete("/v3/definition/spotting/groups/orders").status_code == 204
    media = platform.until_ended(media_id, 120)
    assert media["status"] == "finished", media.get("errors")
    steps = {
        task["step"]: task["status"]
        for task in platform.get(f"/v3/media/{media_id}/progress").json()["progress"]["tasks"]
    }
    assert steps == dict.fromkeys(("ingest", "speech", "text", "analytics", "publish"), "completed")
    keywords = media["knowledge"]["keywords"]
    assert keywords
    assert [one["relevance"] for one in keywords] == sorted((one["relevance"] for one in keywords), reverse=True)
    assert all(0 <= one["relevance"] <= 1 and one["mentions"] for one in keywords)
    assert sum(len(group["metricValues"]) for group in media["metrics"]) == 44
    assert {one["speakerName"] for one in media["speakerSentiments"]} == {"Agent", "Caller"}
    assert media["conversation"]["speakerVerbNounPairs"]
    assert media["entities"]
    spoken = [word for word in media["transcript"]["words"] if "m" not in word]
    assert all(len(word["frq"]) == 2 and "v" in word for word in spoken if word["w"] != "[redacted]")
    assert "[redacted]" in [word["w"] for word in spoken]
    # What was redacted is in no finding.
    found = {name: media[name] for name in ("knowledge", "spotting", "entities", "conversation", "prediction")}
    assert "redacted" not in str(found)
    # An id may have any digits.
    assert "4111" not in str(media).replace(media_id, "")
    assert_spotted(media)
    assert_entities(media)
    assert platform.get(f"/v3/media/{media_id}/transcript").json()["entities"] == media["entities"]


def assert_spotted(media: dict[str, Any]) -> None:
    """Groups in the order of the configuration; what was said with its times, what was not without."""
    groups = {group["groupName"]: group for group in media["spotting"]["groups"]}
    assert list(groups) == list(GROUPS)
    assert [group["spotted"] for group in groups.values()] == [True, True, False]
    assert (groups["at risk"]["score"], groups["at risk"]["spottedKeywords"]) == (0.0, [])
    starts = {word["s"] for word in media["transcript"]["words"] if "m" not in word}
    for name in ("orders", "delivery/pick-up"):
        assert 0.5 < groups[name]["score"] <= 1
        for keyword in groups[name]["spottedKeywords"]:
            assert keyword["keyword"] in GROUPS[name]
            assert 0 < keyword["relevance"] <= 1
            for occurrence in (one for mention in keyword["mentions"] for one in mention["occurrences"]):
                assert occurrence["s"] in starts
                assert 0 <= occurrence["s"] < occurrence["e"] <= media["length"]
    (asked,) = groups["orders"]["spottedKeywords"]
    assert [mention["speakerName"] for mention in asked["mentions"]] == ["Caller"]
    assert asked["mentions"][0]["occurrences"][0]["exact"].lower() == "i would like to order"
    delivered = {one["keyword"] for one in groups["delivery/pick-up"]["spottedKeywords"]}
    assert "deliver" in delivered


def assert_entities(media: dict[str, Any]) -> None:
    found = {(entity["type"], entity.get("formattedText", entity["text"])) for entity in media["entities"]}
    assert {("person", "Grace"), ("organization", "Northfield Garden Supply"), ("date", "Friday")} <= found
    (money,) = [entity for entity in media["entities"] if entity["type"] == "money"]
    assert money["formattedText"] == f"${money['money']['whole']}.{money['money']['centi']:02d}"
    assert all(0 <= entity["s"] < entity["e"] <= media["length"] for entity in media["entities"])


def refused(platform: Platform, configuration: dict[str, Any]) -> list[int]:
    """The codes of the answer, in order of their numbers."""
    short = Path(__file__).parents[1] / "audio" / "go-forward-3s.wav"
    parts: Any = {"configuration": (None, json.dumps(configuration)), "media": (short.name, short.read_bytes())}
    answer = platform.client.post("/v3/media", files=parts)
    assert answer.status_code == 400
    return sorted(problem["code"] for problem in answer.json()["errors"])


def test_a_group_that_nobody_made_cannot_be_listened_for(platform: Platform) -> None:
    assert refused(platform, {"spotting": {"groups": [{"groupName": "nobody made this"}]}}) == [40005]


def test_a_language_is_refused_what_it_does_not_have(platform: Platform) -> None:
    spanish = {
        "speechModel": {"language": "es-US"},
        "metrics": [{"metricGroupName": "overtalk"}],
        "speakerSentiments": True,
        "knowledge": {"enableDiscovery": True},
    }
    assert refused(platform, spanish) == [10603]
    german = {
        "speechModel": {"language": "de-DE", "features": ["voiceFeatures"]},
        "knowledge": {"enableDiscovery": True},
        "entity": {"enableEntityExtraction": True},
    }
    assert refused(platform, german) == [10603, 10603, 40004]


def test_who_asks_for_nothing_pays_for_nothing(platform: Platform) -> None:
    media_id = platform.submit(Path(__file__).parents[1] / "audio" / "go-forward-3s.wav", {})
    media = platform.until_ended(media_id)
    assert not {"knowledge", "metrics", "speakerSentiments", "conversation", "entities", "prediction"} & media.keys()
    steps = [task["step"] for task in platform.get(f"/v3/media/{media_id}/progress").json()["progress"]["tasks"]]
    assert steps == ["ingest", "speech", "text", "publish"]
