"""What public clients send, as they send it: docs/compatibility.md names each of them.

A client is here by what is particular about its requests. Nothing of its code is; recordings and names are invented.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.rooms.api.served import BOUNDARY, Customer, body, part

PAGE = (Path(__file__).resolve().parents[3] / "docs/compatibility.md").read_text("utf-8")
SOUND = b"RIFF\x00\xff sound"
URL = b"https://recordings.example.com/7.mp3?Signature=a%2Fb"
MULTIPART = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def document(**content: Any) -> bytes:
    return json.dumps(content).encode()


CONFIGURATION_OF_CONNECT = document(
    encryption=None,
    ingest={"channels": [{"speakerName": "Agent", "speakerRole": None}, {"speakerName": "Caller"}], "stereo": None},
    knowledge={"enableDiscovery": True, "enableExternalDataSources": None},
    prediction={"classifiers": [], "detectors": []},
    publish={"callbacks": [{"url": "https://example.com/c", "type": None, "include": [], "format": None}]},
    spotting=None,
    vocabularies=[],
)
"""Its serialiser suppresses nothing."""

UPLOADS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "voicebase-python-samples": (
        "/v3",
        (
            part("mediaUrl", URL, filename="url", content_type="text/url"),
            part("configuration", b"{}", filename="configuration.json", content_type="application/json"),
            part("metadata", document(extended={}), filename="metadata.json", content_type="application/json"),
        ),
    ),
    "voicebase-java-samples": (
        "/v3",
        (
            part("media", SOUND, filename="a.mp3", content_type="application/octet-stream"),
            part("configuration", document(priority="LOW"), content_type="application/json"),
        ),
    ),
    "connect-integration-voicebase": (
        "/v3",
        (
            part("mediaUrl", URL, content_type="text/plain; charset=UTF-8"),
            part("configuration", CONFIGURATION_OF_CONNECT, content_type="application/json; charset=UTF-8"),
            part(
                "metadata", document(title=None, extended={"id": "7"}), content_type="application/json; charset=UTF-8"
            ),
        ),
    ),
    "voicebase-client-ruby": (
        "/v3",
        (
            part("configuration", document(speechModel={"language": "en-US"})),
            part("media", SOUND + b"\r\n", filename="a.mp4", content_type="application/mp4"),
            part("metadata", document(externalId="7")),
        ),
    ),
    "voicebase-client-ruby of v2-beta": (
        "/v2-beta",
        (
            part("media", URL),
            part("configuration", document(configuration={"executor": "v2", "language": "en-US"})),
            part("metadata", document(metadata={"external": {"id": "7"}})),
        ),
    ),
    "voicebase-node": (
        "/v3",
        (
            part("mediaUrl", URL),
            part("configuration", document(knowledge={"enableDiscovery": True})),
            part("metadata", document(title="a")),
            part("transcript", b'"go forward ten meters"'),
        ),
    ),
    "go-voicebase-v3": (
        "/v3",
        (
            part(
                "configuration",
                document(
                    speechModel={"language": "en-US"},
                    transcript={"formatting": {"enableNumberFormatting": False}},
                    vocabularies=[{"terms": [{"term": "mpthree", "soundsLike": ["em pee three"]}]}],
                ),
            ),
            part("media", SOUND, filename="a.mp3", content_type="application/octet-stream"),
        ),
    ),
    "VB-sdk_python": ("/v3", (part("media", SOUND, filename="a.mp3", content_type="audio/mpeg"),)),
    "voicebase-demo-voicebot": (
        "/v3",
        (
            part("configuration", document(vocabularies=[{"terms": [{"term": "Zarqon"}, {"term": "Voxport"}]}])),
            part("media", SOUND, filename="voicemail.mp3", content_type="audio/mpeg"),
        ),
    ),
    "twilio_voicebase_visual_voicemail": (
        "/v3",
        (part("configuration", b"{}"), part("metadata", document(extended={"time": "09:30"})), part("mediaUrl", URL)),
    ),
    "marmoset": (
        "/v3",
        (
            part(
                "configuration",
                document(
                    knowledge={"enableDiscovery": True, "enableExternalDataSources": True},
                    ingest={"stereo": {"left": {"speakerName": "Employee"}, "right": {"speakerName": "Customer"}}},
                    publish={
                        "callbacks": [
                            {
                                "url": "https://example.com/c",
                                "method": "POST",
                                "include": ["metadata", "knowledge", "transcript"],
                            }
                        ]
                    },
                ),
            ),
            part("mediaUrl", URL),
        ),
    ),
    "voicebase-survey-spring": (
        "/v2-beta",
        (
            part("mediaUrl", URL, filename="media.tmp", content_type="application/octet-stream"),
            part(
                "configuration",
                document(
                    configuration={
                        "executor": "v2",
                        "transcripts": {"vocabularies": [{"terms": ["Voxport;2", "Zarqon"]}]},
                        "publish": {
                            "callbacks": [
                                {"url": "https://example.com/c?pid=1", "method": "POST", "include": ["transcripts"]}
                            ]
                        },
                    }
                ),
                filename="configuration.tmp",
                content_type="application/octet-stream",
            ),
        ),
    ),
    "voicebase-developer-experience": (
        "/v2-beta",
        (
            part("media", SOUND, filename="a.wav", content_type="audio/wav"),
            part("configuration", document(configuration={"executor": "v2", "transcripts": {}})),
        ),
    ),
    "voicebase-s3-export-node": (
        "/v2-beta",
        (
            part("media", SOUND, filename="a.mp3", content_type="application/octet-stream"),
            part(
                "configuration",
                document(
                    configuration={
                        "executor": "v2",
                        "publish": {
                            "callbacks": [
                                {
                                    "method": "PUT",
                                    "url": "https://b.s3.amazonaws.com/a.json?AWSAccessKeyId=A&Signature=s&Expires=4102444800"
                                    "&Content-Type=application%2Fjson",
                                    "include": ["transcripts", "keywords", "topics", "metadata"],
                                }
                            ]
                        },
                    }
                ),
            ),
        ),
    ),
    "scottlaurent/voicebase": (
        "/v2-beta",
        (
            part("media", SOUND, filename="a.wav", headers=b"Content-Length: %d\r\n" % len(SOUND)),
            part("configuration", document(configuration={"transcripts": {"engine": "standard"}})),
        ),
    ),
    "gdoermann/voicebase": (
        "/v2-beta",
        (
            part("metadata", document(metadata={"title": "a", "speakers": ["Arthur"], "extended": {"location": "b"}})),
            part(
                "configuration",
                document(
                    configuration={
                        "template": {"name": "default"},
                        "transcripts": {},
                        "keywords": {},
                        "predictions": {},
                        "publish": {"callbacks": ["https://example.com/callbacks/{mediaId}"]},
                    }
                ),
            ),
            part("media", SOUND, filename="a.wav", content_type="audio/x-wav"),
        ),
    ),
    "voxbone": (
        "/v2-beta",
        (
            part("media", URL),
            part(
                "configuration",
                document(
                    configuration={
                        "detections": [
                            {"model": "PCI", "redact": {"transcripts": "[PCI]", "audio": {"tone": 270, "gain": 0.5}}},
                            {"model": "SSN", "redact": {"transcripts": "[SSN]", "audio": {"tone": 440, "gain": 0.5}}},
                            {
                                "model": "Number",
                                "redact": {"transcripts": "[Num]", "audio": {"tone": 200, "gain": 0.5}},
                            },
                        ],
                        "language": "es-LA",
                        "keywords": {"semantic": False},
                        "topics": {"semantic": False},
                    }
                ),
            ),
        ),
    ),
    "voicebase-record": ("/v2-beta", (part("media", SOUND, filename="rec.wav", content_type="audio/wav"),)),
}


@pytest.mark.parametrize("client", UPLOADS)
def test_an_upload_is_accepted(customer: Customer, client: str) -> None:
    root, parts = UPLOADS[client]
    answer = customer.client.post(f"{root}/media", content=body(*parts), headers=MULTIPART)
    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "accepted"


GROUP = {"name": "a", "keywords": ["b"]}
CALLS: list[tuple[str, Callable[[httpx.Client], httpx.Response], Any]] = [
    # A type of a body on a GET, which has none.
    ("voicebase-node", lambda api: api.get("/v3/media", headers={"Content-Type": "application/json"}), "media"),
    (
        "twilio_voicebase_visual_voicemail",
        lambda api: api.get("/v3/media", headers={"Content-Type": "application/x-www-form-urlencoded"}),
        "media",
    ),
    (
        "go-voicebase-v3",
        lambda api: api.put(
            "/v3/definition/vocabularies/mp",
            json={"vocabularyName": "mp", "terms": [{"term": "MP3", "soundsLike": ["em pee three"]}]},
        ),
        "terms",
    ),
    (
        "voicebase-developer-experience",
        lambda api: api.put("/v2-beta/definitions/keywords/groups/a", content=json.dumps(GROUP)),
        "keywords",
    ),
    ("voicebase-developer-experience", lambda api: api.get("/v2-beta/definitions/predictions/models"), "models"),
    (
        "voicebase-end-user-experience",
        lambda api: api.put("/v2-beta/definitions/keywords/groups/a", json={"group": GROUP}),
        "keywords",
    ),
    (
        "voicebase-end-user-experience",
        lambda api: api.put("/v2-beta/definitions/transcripts/vocabularies/a", json={"vocabulary": {"terms": ["b"]}}),
        "terms",
    ),
    ("voicebase-end-user-experience", lambda api: api.get("/v2-beta/media?sortOrder=desc&include=metadata"), "media"),
    ("voicebase-client-ruby", lambda api: api.get("/v2-beta/media?externalID=7"), "media"),
    ("VB-sdk_python", lambda api: api.get("/v3/definition/media/search"), "fields"),
]


@pytest.mark.parametrize(("client", "call", "answered"), CALLS)
def test_a_call_is_answered(
    customer: Customer, client: str, call: Callable[[httpx.Client], httpx.Response], answered: str
) -> None:
    answer = call(customer.client)
    assert answer.status_code == 200, (client, answer.text)
    assert answered in answer.json()


def test_what_is_polled_is_found_where_clients_look(customer: Customer) -> None:
    media_id = customer.accepted()
    poll = f"/v3/media/{media_id}/transcript/text"
    # voicebase-demo-voicebot asks for the text until there is one, and looks at nothing but the status.
    assert customer.client.get(poll).status_code == 404
    customer.finish(media_id)
    assert customer.client.get(poll).text.startswith("Agent: Hello")
    older = f"/v2-beta/media/{media_id}"
    # A .NET client that names a type on a GET, and reads `transcripts.latest.words`.
    typed = customer.client.get(f"{older}/transcripts", headers={"Content-Type": "application/json"}).json()
    assert [word["w"] for word in typed["transcripts"]["latest"]["words"]][:2] == ["Agent", "Hello"]
    # voxbone shows its users this address.
    assert customer.client.get(f"{older}/streams").json()["streams"]["original"].startswith("http")


def test_the_page_names_every_client() -> None:
    table = PAGE.partition("\n## Clients\n")[2].partition("\n## ")[0]
    named = {client.split(" of ")[0] for client in (*UPLOADS, *(client for client, _, _ in CALLS))}
    assert {client for client in named if not re.search(rf"\b{re.escape(client)}\b", table)} == set()
