"""A call of which everything is asked: each section of the result is there, and holds what was said."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

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


def test_everything_that_can_be_found_is_found(platform: Platform) -> None:
    with resources.as_file(resources.files("voxport.cli") / "sample" / "call.flac") as sample:
        media_id = platform.submit(Path(sample), EVERYTHING)
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
    found = {name: media[name] for name in ("knowledge", "entities", "conversation", "prediction")}
    assert "redacted" not in str(found)
    assert "4111" not in str(media)


def test_who_asks_for_nothing_pays_for_nothing(platform: Platform) -> None:
    media_id = platform.submit(Path(__file__).parents[1] / "audio" / "go-forward-3s.wav", {})
    media = platform.until_ended(media_id)
    assert not {"knowledge", "metrics", "speakerSentiments", "conversation", "entities", "prediction"} & media.keys()
    steps = [task["step"] for task in platform.get(f"/v3/media/{media_id}/progress").json()["progress"]["tasks"]]
    assert steps == ["ingest", "speech", "text", "publish"]
