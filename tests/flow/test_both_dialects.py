"""One scenario through a whole server in either dialect, looked at from the other: nothing is of one dialect alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.flow.conftest import Platform
from tests.flow.test_webhooks import until_received
from tests.support.receiver import Receiver

V3, V2 = "/v3", "/v2-beta"
RECORDING = (Path(__file__).resolve().parents[1] / "audio" / "go-forward-3s.wav").read_bytes()
GROUPS = {V3: f"{V3}/definition/spotting/groups", V2: f"{V2}/definitions/keywords/groups"}
PHRASES = ["go forward", "go backward"]


def configured(root: str, group: str, callback: str) -> dict[str, Any]:
    publish = {"callbacks": [{"url": callback}]}
    if root == V3:
        groups = {"groups": [{"groupName": group}]}
        return {"knowledge": {"enableDiscovery": True}, "spotting": groups, "publish": publish}
    return {"configuration": {"executor": "v2", "keywords": {"groups": [group]}, "publish": publish}}


def described(root: str, external_id: str) -> dict[str, Any]:
    return {"externalId": external_id} if root == V3 else {"metadata": {"external": {"id": external_id}}}


def post(platform: Platform, path: str, **parts: Any) -> str:
    answer = platform.client.post(path, files=parts)
    assert (answer.status_code, answer.json()["status"]) == (200, "accepted"), answer.text
    media_id: str = answer.json()["mediaId"]
    return media_id


def until_finished(platform: Platform, root: str, media_id: str) -> None:
    def finished() -> bool:
        status: str = platform.get(f"{root}/media/{media_id}/progress").json()["status"]
        assert status != "failed"
        return status == "finished"

    platform.server.wait_until(finished)


def words(root: str, body: dict[str, Any]) -> list[str]:
    """Of a media document or of a callback."""
    media = body.get("media", body)
    transcript = media["transcript"] if root == V3 else media["transcripts"].get("latest", media["transcripts"])
    return [word["w"] for word in transcript["words"]]


def heard(root: str, body: dict[str, Any]) -> list[str]:
    """Phrases that were heard of the first group."""
    if root == V3:
        (group,) = body["spotting"]["groups"]
        return [keyword["keyword"] for keyword in group["spottedKeywords"]]
    (group,) = body["media"]["keywords"]["latest"]["groups"]
    return [keyword["name"] for keyword in group["keywords"]]


def texts(platform: Platform, root: str, media_id: str) -> list[str]:
    """Text without the space at its end, SRT and WebVTT."""
    place = f"{root}/media/{media_id}"
    if root == V3:
        found = [platform.get(f"{place}/transcript/{name}").text for name in ("text", "srt", "webvtt")]
    else:
        kinds = ("text/plain", "text/srt", "text/vtt")
        asked = (platform.client.get(f"{place}/transcripts/latest", headers={"Accept": kind}) for kind in kinds)
        found = [answer.text for answer in asked]
    return [found[0].rstrip(" "), *found[1:]]


@pytest.mark.parametrize(("root", "other"), [(V3, V2), (V2, V3)])
def test_a_call_from_definition_to_deletion(platform: Platform, receiver: Receiver, root: str, other: str) -> None:
    client, name = platform.client, f"moves-{root[1:]}"
    assert client.put(f"{GROUPS[other]}/{name}", json={"keywords": PHRASES}).status_code == 200
    assert client.get(f"{GROUPS[root]}/{name}").json()["keywords"] == PHRASES
    media_id = post(
        platform,
        f"{root}/media",
        configuration=(None, json.dumps(configured(root, name, receiver.url(f"/{name}")))),
        metadata=(None, json.dumps(described(root, name))),
        media=("call.wav", RECORDING, "audio/wav"),
    )
    until_finished(platform, other, media_id)

    for dialect in (root, other):
        (listed,) = platform.get(f"{dialect}/media?externalId={name}").json()["media"]
        assert (listed["mediaId"], listed["status"]) == (media_id, "finished")
    one, another = (platform.get(f"{dialect}/media/{media_id}").json() for dialect in (root, other))
    assert words(root, one) == words(other, another)
    assert heard(root, one) == heard(other, another) == ["go forward"]
    assert texts(platform, root, media_id) == texts(platform, other, media_id)
    (callback,) = until_received(platform, receiver, f"/{name}")
    assert words(root, json.loads(callback.body)) == words(root, one)

    # Another run, asked for in the other dialect, calls back in that of the first: its configuration holds on.
    post(platform, f"{other}/media/{media_id}", metadata=(None, json.dumps(described(other, f"{name}-2"))))
    until_finished(platform, root, media_id)
    again = until_received(platform, receiver, f"/{name}", 2)[1]
    assert set(json.loads(again.body)) == set(json.loads(callback.body))
    assert platform.get(f"{root}/media?externalId={name}").json()["media"] == []

    assert client.delete(f"{other}/media/{media_id}").status_code == 204
    for dialect in (root, other):
        gone = client.get(f"{dialect}/media/{media_id}")
        assert (gone.status_code, gone.json()["errors"][0]["code"]) == (404, 10205)
    assert client.delete(f"{GROUPS[root]}/{name}").status_code == 204
    assert client.get(f"{GROUPS[other]}/{name}").status_code == 404
