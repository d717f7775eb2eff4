"""A call with a vocabulary names its terms; the same call without does not."""

from __future__ import annotations

from typing import Any

from tests.flow.conftest import AUDIO, Platform

CALL = AUDIO / "refill-8s.wav"


def _words(platform: Platform, media_id: str) -> list[str]:
    media = platform.until_ended(media_id)
    assert media["status"] == "finished", media.get("errors")
    return [word["w"] for word in media["transcript"]["words"]]


def _used(platform: Platform, media_id: str) -> Any:
    tasks = platform.get(f"/v3/media/{media_id}/progress").json()["progress"]["tasks"]
    (task,) = (task for task in tasks if task["step"] == "speech")
    return task.get("vocabulary")


def test_terms_saved_and_written_are_in_the_transcript(platform: Platform) -> None:
    saved = {"vocabularyName": "people", "terms": [{"term": "Ifeoma Okafor"}]}
    put = platform.client.put("/v3/definition/vocabularies/people", json=saved)
    assert put.status_code == 200, put.text
    terms = [{"term": "Farxiga", "soundsLike": ["far seega"], "weight": 2}]
    plain = platform.submit(CALL, {})
    named = platform.submit(CALL, {"vocabularies": [{"vocabularyName": "people"}, {"terms": terms}]})
    assert [_used(platform, media_id) for media_id in (plain, named)] == [None, {"terms": 2, "scripts": 0}]
    assert not {"Farxiga", "Ifeoma", "Okafor"} & set(_words(platform, plain))
    heard = _words(platform, named)
    assert heard[heard.index("Farxiga") - 1] == "my"
    assert heard[heard.index("Ifeoma") + 1] == "Okafor"
