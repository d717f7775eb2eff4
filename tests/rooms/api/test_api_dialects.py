"""Both dialects are ways to the same recordings: the same scenarios, whichever way they came in and are read."""

from __future__ import annotations

import json
import uuid
from typing import Any

import httpx
import pytest

from tests.rooms.api.served import NO_AUTHORITIES, Customer, body, part, problems
from voxport.core.delivery_rules import NOT_REDACTED
from voxport.core.plan import REDACTED_AUDIO, Dialect

V3, V2 = "/v3", "/v2-beta"
DIALECTS = [V3, V2]
URL = "https://media.example/call.wav"


def wrapped(root: str, name: str, value: dict[str, Any]) -> bytes:
    """A part as the dialect has it."""
    return part(name, json.dumps({name: value} if root == V2 else value).encode())


def post(customer: Customer, root: str, *parts: bytes) -> Any:
    return customer.client.post(
        f"{root}/media", content=body(*parts), headers={"Content-Type": "multipart/form-data; boundary=a-boundary-7"}
    )


def accepted(customer: Customer, root: str, *parts: bytes) -> str:
    recording = part("media", b"RIFFsound", filename="a.wav", content_type="audio/wav")
    answer = post(customer, root, recording, *parts)
    assert (answer.status_code, answer.json()["status"]) == (200, "accepted")
    media_id: str = answer.json()["mediaId"]
    assert answer.json()["_links"]["self"]["href"] == f"{root}/media/{media_id}"
    return media_id


def external(root: str, value: str) -> dict[str, Any]:
    return {"external": {"id": value}} if root == V2 else {"externalId": value}


@pytest.mark.parametrize("root", DIALECTS)
@pytest.mark.parametrize("other", DIALECTS)
def test_what_came_in_one_way_is_read_the_other_way(customer: Customer, root: str, other: str) -> None:
    media_id = accepted(customer, root, wrapped(root, "metadata", {"title": "A call", **external(root, "7")}))
    place = f"{other}/media/{media_id}"
    waiting = customer.client.get(place).json()
    assert waiting.get("media", waiting)["status"] == "accepted"
    progress = customer.client.get(f"{place}/progress").json()
    assert progress.get("status", progress.get("progress", {}).get("status")) == "accepted"
    transcript = f"{place}/transcripts/latest" if other == V2 else f"{place}/transcript"
    assert (customer.client.get(transcript).status_code, problems(customer.client.get(transcript))) == (404, [10301])
    customer.finish(media_id)
    document = customer.client.get(place).json()
    media = document.get("media", document)
    assert (media["mediaId"], media["status"], media["metadata"]["title"]) == (media_id, "finished", "A call")
    found = media["transcripts"]["latest"] if other == V2 else media["transcript"]
    assert [word["w"] for word in found["words"] if "m" not in word] == ["Hello", "Grüß", "dich"]
    metadata = customer.client.get(f"{place}/metadata").json()
    assert external(other, "7").items() <= metadata.get("metadata", metadata).items()
    streams = customer.client.get(f"{place}/streams").json()["streams"]
    link = streams["original"] if other == V2 else streams[0]["streamLocation"]
    assert customer.client.get(link).content == b"RIFFsound"
    assert customer.client.delete(place).status_code == 204
    assert customer.client.get(place).status_code == 404


@pytest.mark.parametrize("root", DIALECTS)
def test_a_list_with_its_filters(customer: Customer, root: str) -> None:
    ids = [accepted(customer, root, wrapped(root, "metadata", external(root, str(number)))) for number in range(3)]
    place = f"{root}/media"

    def listed(query: str) -> list[str]:
        answer = customer.client.get(f"{place}?{query}")
        assert answer.status_code == 200, answer.text
        return [one["mediaId"] for one in answer.json()["media"]]

    assert listed("") == ids
    assert listed("sortOrder=desc&limit=2") == [ids[2], ids[1]]
    assert listed(f"after={ids[0]}") == ids[1:]
    assert listed("externalId=1") == [ids[1]]
    assert (customer.client.get(f"{place}?limit=0").status_code) == 400
    assert listed("query=refund") == []
    assert problems(customer.client.get(f"{place}?colour=red")) == [10008]


def test_names_that_only_the_older_list_has(customer: Customer) -> None:
    media_id = accepted(customer, V2, wrapped(V2, "metadata", external(V2, "7")))
    query = "include=metadata&externalID=7&filter.created.gte=2020-01-01&filter.created.lte=2999-01-01"
    (found,) = customer.client.get(f"{V2}/media?{query}").json()["media"]
    assert (found["mediaId"], found["metadata"]["external"]) == (media_id, {"id": "7"})
    assert customer.client.get(f"{V2}/media?filter.created.lte=2020-01-01").json()["media"] == []
    for refused, code in (
        ("include=words", 10011),
        ("onOrAfterDate=2020-01-01", 10008),
        ("filter.created.gte=yesterday", 10011),
    ):
        assert problems(customer.client.get(f"{V2}/media?{refused}")) == [code]


@pytest.mark.parametrize("root", DIALECTS)
@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ([part("configuration", b"{}")], [10202]),
        ([part("media", b"")], [10201]),
        ([part("media", b"x"), part("media", b"y")], [10206]),
        ([part("media", b"x"), part("configuration", b"{")], [10007]),
        ([part("media", b"x"), part("configuration", b'{"colour": 1}')], [10008]),
        ([part("media", b"x"), part("metadata", b"[1]")], [10107]),
        ([part("media", b"x"), part("mediaUrl", URL.encode())], [10001]),
    ],
)
def test_what_is_refused(customer: Customer, root: str, parts: list[bytes], codes: list[int]) -> None:
    answer = post(customer, root, *parts)
    assert (answer.status_code, problems(answer)) == (400, codes)
    assert customer.client.get(f"{root}/media").json()["media"] == []


@pytest.mark.parametrize("root", DIALECTS)
def test_nobody_sees_what_is_not_his(customer: Customer, stranger: Customer, root: str) -> None:
    media_id = accepted(customer, root)
    customer.finish(media_id)
    below = ("", "/progress", "/metadata", "/streams", "/streams/original")
    only_here = ("/transcripts/latest", "/keywords", "/topics") if root == V2 else ("/transcript",)
    for path in (*below, *only_here):
        answer = stranger.client.get(f"{root}/media/{media_id}{path}")
        assert (answer.status_code, problems(answer)) == (404, [10205]), path
    assert stranger.client.delete(f"{root}/media/{media_id}").status_code == 404
    assert stranger.client.get(f"{root}/media").json()["media"] == []
    anonymous = customer.client.get(f"{root}/media/{media_id}", headers={"Authorization": "Bearer nonsense"})
    assert (anonymous.status_code, problems(anonymous)) == (401, [10003])


SENT = (
    '{"zebra":1.10,"a":[1e5,-0,0.0,1E-7,12345678901234567890.123456789,98765432109876543210,1.0E+2,100],'
    '"nested":{"longer":"1.10","b":2.50,"":null},"1e5":true}'
)


@pytest.mark.parametrize("root", DIALECTS)
def test_what_a_customer_says_comes_back_digit_for_digit_and_in_its_order(customer: Customer, root: str) -> None:
    document = f'{{"title":"T","extended":{SENT}}}'
    media_id = accepted(
        customer, root, part("metadata", (document if root == V3 else f'{{"metadata":{document}}}').encode())
    )
    for other in DIALECTS:
        for path in (f"/media/{media_id}/metadata", f"/media/{media_id}", "/media"):
            assert SENT in customer.client.get(other + path).text, other + path
    changed = SENT.replace("1.10", "1.100")
    put = customer.client.put(f"{root}/media/{media_id}/metadata", content=f'{{"extended":{changed},"title":"T"}}')
    assert (put.status_code, changed in put.text) == (200, True)
    customer.finish(media_id)
    assert changed in customer.client.get(f"{root}/media/{media_id}").text
    again = customer.client.post(f"{root}/media/{media_id}", files={"configuration": (None, "{}")})
    assert (again.status_code, changed in customer.client.get(f"{root}/media/{media_id}").text) == (200, True)


@pytest.mark.parametrize("root", DIALECTS)
def test_metadata_is_replaced(customer: Customer, root: str) -> None:
    media_id = accepted(customer, root, wrapped(root, "metadata", {"title": "A"}))
    place = f"{root}/media/{media_id}/metadata"
    new = {"metadata": external(root, "8")} if root == V2 else external(root, "8")
    answer = customer.client.put(place, json=new)
    assert answer.status_code == 200
    document = customer.client.get(place).json()
    assert document == answer.json()
    values = document.get("metadata", document)
    assert external(root, "8").items() <= values.items()
    assert "title" not in values


def test_the_older_media_part_may_say_where_to_fetch_it(customer: Customer) -> None:
    answer = post(customer, V2, part("media", URL.encode()))
    assert answer.status_code == 200
    submission = customer.submission(answer.json()["mediaId"])
    assert (submission.source_url, submission.size_bytes) == (URL, None)
    answer = post(customer, V2, part("media", URL.encode(), filename="a.wav", content_type="application/octet-stream"))
    assert customer.submission(answer.json()["mediaId"]).source_url == URL
    for way in (part("media", b"htt"), part("media", b"RIFF" * 9999)):
        stored = customer.submission(post(customer, V2, way).json()["mediaId"])
        assert stored.source_url is None
    assert stored.size_bytes == 4 * 9999
    answer = post(customer, V2, part("media", b"s3://bucket/call.wav"))
    assert (answer.status_code, problems(answer)) == (400, [10204])


@pytest.mark.parametrize("address", [URL, f" {URL}\r\n", "HTTP://a.example/b", "s3://bucket/call.wav", "ftp://a/b"])
@pytest.mark.parametrize("filename", [None, "url"])
def test_an_address_in_media_of_v3_is_refused_at_once_with_its_place(
    customer: Customer, address: str, filename: str | None
) -> None:
    answer = post(customer, V3, part("media", address.encode(), filename=filename))
    assert (answer.status_code, problems(answer)) == (400, [10201])
    assert "belongs into the part mediaUrl" in answer.text
    assert customer.client.get("/v3/media").json()["media"] == []


@pytest.mark.parametrize("root", DIALECTS)
@pytest.mark.parametrize("nothing", [b"", b" \r\n"])
def test_fields_of_a_form_that_were_left_empty_are_absent(customer: Customer, root: str, nothing: bytes) -> None:
    empty = [part(name, nothing) for name in ("configuration", "metadata", "mediaUrl")]
    media_id = accepted(customer, root, *empty)
    assert customer.submission(media_id).plan == customer.submission(accepted(customer, root)).plan
    unchosen = [part("mediaUrl", URL.encode()), part("media", b"", filename="", content_type="audio/wav")]
    for parts in (unchosen, unchosen[::-1]):
        answer = post(customer, root, *parts)
        assert customer.submission(answer.json()["mediaId"]).source_url == URL
    customer.finish(media_id)
    accepted_again = customer.client.post(
        f"{root}/media/{media_id}",
        content=body(*empty[:2]),
        headers={"Content-Type": "multipart/form-data; boundary=a-boundary-7"},
    )
    assert accepted_again.status_code == 200


@pytest.mark.parametrize("media_first", [True, False])
def test_an_address_in_media_and_in_media_url_are_two_recordings(customer: Customer, media_first: bool) -> None:
    parts = [part("media", URL.encode()), part("mediaUrl", f"{URL}?other".encode())]
    answer = post(customer, V2, *(parts if media_first else reversed(parts)))
    assert (answer.status_code, problems(answer)) == (400, [10001])


def test_defaults_differ(customer: Customer) -> None:
    older, newer = (customer.submission(accepted(customer, root)).plan for root in (V2, V3))
    assert (older.text.number_formatting, older.analytics.discovery) == (False, True)
    assert (newer.text.number_formatting, newer.analytics.discovery) == (True, False)


def test_the_id_stands_in_the_address_of_a_callback(customer: Customer) -> None:
    section = {"publish": {"callbacks": ["https://hook.example/{mediaId}/done"]}}
    media_id = accepted(customer, V2, wrapped(V2, "configuration", section))
    (callback,) = customer.submission(media_id).plan.callbacks
    assert (callback.url, callback.dialect) == (f"https://hook.example/{media_id}/done", Dialect.V2_BETA)


@pytest.mark.parametrize(
    ("accept", "kind", "begins"),
    [
        (None, "application/json", "{"),
        ("*/*", "application/json", "{"),
        ("application/json", "application/json", "{"),
        ("text/plain", "text/plain; charset=utf-8", "Agent: Hello"),
        ("text/srt", "text/srt; charset=utf-8", "1\n00:00:00"),
        ("text/vtt", "text/vtt; charset=utf-8", "WEBVTT"),
        ("text/webvtt;q=0.9, application/json;q=0.1", "text/vtt; charset=utf-8", "WEBVTT"),
        ("text/plain;q=0, text/*", "text/plain; charset=utf-8", "Agent: Hello"),
    ],
)
def test_transcripts_by_accept(customer: Customer, accept: str | None, kind: str, begins: str) -> None:
    media_id = customer.finished()
    for path in ("transcripts", "transcripts/latest"):
        headers = {"Accept": accept} if accept else {}
        request = customer.client.build_request("GET", f"{V2}/media/{media_id}/{path}", headers=headers)
        if accept is None:
            del request.headers["accept"]
        answer = customer.client.send(request)
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
        assert answer.text.startswith(begins)


def test_a_revision_and_what_there_is_not(customer: Customer) -> None:
    place = f"{V2}/media/{customer.finished()}"
    both = customer.client.get(f"{place}/transcripts/latest").json()
    latest = both["transcripts"]["latest"]
    assert both["transcript"] == {"name": "latest", **latest}
    assert customer.client.get(f"{place}/transcripts").json()["transcripts"]["latest"] == latest
    assert customer.client.get(f"{place}/transcripts/{latest['revision']}").json() == both
    assert customer.client.get(f"{place}/transcripts/{uuid.uuid4()}").status_code == 404
    refused = customer.client.get(f"{place}/transcripts/latest", headers={"Accept": "audio/wav"})
    assert (refused.status_code, problems(refused)) == (406, [10011])


def test_lists_that_nobody_asked_for_are_empty(customer: Customer) -> None:
    """The portal reads `keywords.latest.groups` of every finished recording and stops where there are no keywords."""
    place = f"{V2}/media/{customer.finished()}"
    media = customer.client.get(place).json()["media"]
    assert (media["keywords"]["latest"]["words"], media["keywords"]["latest"]["groups"]) == ([], [])
    assert media["topics"]["latest"]["topics"] == []
    for name in ("keywords", "topics"):
        for path in (f"{place}/{name}", f"{place}/{name}/latest"):
            assert customer.client.get(path).json()[name] == media[name]


def test_a_player_has_its_token_in_the_query(customer: Customer, stranger: Customer) -> None:
    place = f"{V2}/media/{customer.finished()}/streams/original"
    with httpx.Client(base_url=customer.served.url, trust_env=False, verify=NO_AUTHORITIES) as client:
        answer = client.get(f"{place}?access_token={customer.token}")
        assert answer.status_code == 302
        assert answer.json()["streams"] == {"original": answer.headers["location"]}
        assert client.get(answer.headers["location"]).content == b"RIFFsound"
        assert problems(client.get(place)) == [10002]
        assert problems(client.get(f"{place}?access_token=nonsense")) == [10003]
        assert problems(client.get(f"{place}?access_token={stranger.token}")) == [10205]
        other = client.get(f"{place.removesuffix('/original')}?access_token={customer.token}")
        assert problems(other) == [10002]


SIGNED = "https://sink.s3.amazonaws.com/s3test.json?AWSAccessKeyId=K&Content-Type=application%2Fjson&Expires=1481588861"
GUIDE: dict[str, Any] = {
    "url": f"{SIGNED}&Signature=s",
    "method": "PUT",
    "attachments": {"redactedAudio": "http://requestb.in/19mr7993323"},
}
"""The callback of `callback.redact.json` as the original's guide prints it, in a configuration without detections."""
HOOK = "https://hooks.example/in"
UNREDACTED = [
    (V2, {"executor": "v2", "publish": {"callbacks": [GUIDE]}}, [60008, 60006]),
    (
        V3,
        {"publish": {"callbacks": [{"url": HOOK}, {"url": HOOK, "type": "media", "stream": REDACTED_AUDIO}]}},
        [60008],
    ),
]


@pytest.mark.parametrize(("root", "configuration", "codes"), UNREDACTED)
def test_redacted_audio_that_nothing_makes_is_skipped_on_record_and_the_result_delivered(
    customer: Customer, root: str, configuration: dict[str, Any], codes: list[int]
) -> None:
    media_id = accepted(customer, root, wrapped(root, "configuration", configuration))
    warned = customer.client.get(f"{root}/media/{media_id}").json()
    assert [warning["code"] for warning in warned.get("media", warned)["warnings"]] == codes
    customer.finish(media_id)
    result, audio = customer.client.get(f"/v3/media/{media_id}/deliveries").json()["deliveries"]
    assert (result["type"], result["status"]) == ("analytics", "pending")
    assert (audio["type"], audio["stream"], audio["status"]) == ("media", REDACTED_AUDIO, "skipped")
    assert audio["reason"] == NOT_REDACTED
    replayed = customer.client.post(f"/v3/deliveries/{audio['deliveryId']}/replay")
    assert (replayed.status_code, NOT_REDACTED in replayed.text) == (409, True)
