"""Public keys of an account, and what is answered of a recording that is encrypted with one."""

from __future__ import annotations

import hashlib
import json
from uuid import UUID, uuid4

import httpx
import pytest

from tests.rooms.api.served import Customer, part, problems
from tests.support.openpgp import KeyPair
from voxport.core.artefacts import RunPaths
from voxport.core.public_keys import MAX_KEY_BYTES, NewPublicKey

KEYS = "/v3/security/public-keys"
KEY = KeyPair()
NOWHERE = "00000000-0000-4000-8000-000000000000"
PRESIGNED = "https://bucket.s3.amazonaws.com/a?AWSAccessKeyId=a&Signature=b&Expires=4102444800&Content-Type="


def upload(customer: Customer, key: bytes) -> httpx.Response:
    return customer.client.post(KEYS, content=key, headers={"Content-Type": "application/octet-stream"})


@pytest.fixture
def key_id(customer: Customer) -> str:
    found: str = upload(customer, KEY.public).json()["publicKeyId"]
    return found


def encrypting(key_id: str, **publish: object) -> str:
    return json.dumps({"encryption": {"publicKeyId": key_id}, "publish": publish})


def test_a_key_is_kept_as_it_was_sent(customer: Customer, stranger: Customer) -> None:
    body = upload(customer, KEY.public).json()
    path = body["_links"]["self"]["href"]
    assert path == f"{KEYS}/{body['publicKeyId']}"
    assert body["publicKeyHash"] == hashlib.sha256(KEY.public).hexdigest()
    assert upload(customer, KEY.public).json() == body
    shown = customer.client.get(path)
    assert (shown.content, shown.headers["content-type"]) == (KEY.public, "application/octet-stream")
    assert customer.client.get(KEYS).json() == {"_links": {"self": {"href": KEYS}}, "keys": [body]}

    assert stranger.client.get(KEYS).json()["keys"] == []
    for answer in (stranger.client.get(path), stranger.client.delete(path)):
        assert (answer.status_code, problems(answer)) == (404, [10205])
    assert upload(stranger, KEY.public).json()["publicKeyId"] != body["publicKeyId"]
    assert customer.client.delete(path).status_code == 204
    assert customer.client.delete(path).status_code == customer.client.get(path).status_code == 404
    assert upload(customer, KEY.public).json()["publicKeyId"] != body["publicKeyId"]


@pytest.mark.parametrize(
    ("key", "code", "sentence"),
    [
        (bytes(KEY.private), 10007, "private key"),
        (b"", 10007, "cannot be read"),
        (b"x" * (MAX_KEY_BYTES + 1), 10800, str(MAX_KEY_BYTES)),
    ],
)
def test_what_is_no_public_key_is_not_kept(customer: Customer, key: bytes, code: int, sentence: str) -> None:
    answer = upload(customer, key)
    assert (answer.status_code, problems(answer)) == (400, [code])
    assert sentence in answer.text
    assert customer.client.get(KEYS).json()["keys"] == []


@pytest.mark.parametrize("path", [KEYS, f"{KEYS}/{NOWHERE}"])
def test_nobody_is_told_without_a_token(customer: Customer, path: str) -> None:
    answer = httpx.get(f"{customer.served.url}{path}")
    assert (answer.status_code, problems(answer)) == (401, [10002])


def test_an_account_has_a_bounded_number(customer: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voxport.storage.tenant.public_keys.MAX_KEYS", 2)

    async def fill() -> None:
        keys = customer.served.store.tenant(customer.organization.id).public_keys
        for number in range(2):
            await keys.add(NewPublicKey(str(number), b"a key", "f" * 40, None))

    customer.served.call(fill())
    answer = upload(customer, KEY.public)
    assert (answer.status_code, problems(answer)) == (400, [10007])
    first = customer.client.get(KEYS).json()["keys"][0]["publicKeyId"]
    assert customer.client.delete(f"{KEYS}/{first}").status_code == 204
    assert upload(customer, KEY.public).status_code == 200


def test_a_key_must_be_ones_own(customer: Customer, stranger: Customer, key_id: str) -> None:
    for who, wrong in ((customer, "my key"), (customer, ""), (customer, NOWHERE), (stranger, key_id)):
        answer = who.post(part("configuration", encrypting(wrong).encode()), part("media", b"RIFF", filename="a.wav"))
        assert (answer.status_code, problems(answer)) == (400, [10007]), wrong
        assert "encryption.publicKeyId" in answer.text
    accepted = customer.accepted(configuration=json.dumps({"encryption": {"publicKeyId": None}}))
    assert customer.submission(accepted).plan.encryption is None


@pytest.mark.parametrize(("kind", "status"), [("application%2Foctet-stream", 200), ("application%2Fjson", 400)])
def test_a_presigned_url_is_signed_for_what_is_sent(customer: Customer, key_id: str, kind: str, status: int) -> None:
    callback = {"url": f"{PRESIGNED}{kind}", "method": "PUT", "type": "transcript", "format": "srt"}
    configuration = encrypting(key_id, callbacks=[callback])
    answer = customer.post(part("configuration", configuration.encode()), part("media", b"RIFF", filename="a.wav"))
    assert answer.status_code == status
    assert status == 200 or problems(answer) == [60013]


def test_a_recording_to_encrypt_shows_how_it_fares_and_nothing_else(customer: Customer, key_id: str) -> None:
    media_id = customer.accepted(configuration=encrypting(key_id), metadata='{"title": "Erika"}')
    path, client = f"/v3/media/{media_id}", customer.client
    encryption = {"publicKeyId": key_id, "publicKeyHash": hashlib.sha256(KEY.public).hexdigest()}
    waiting = client.get(path).json()
    assert (waiting["status"], waiting["encryption"], waiting["metadata"]) == ("accepted", encryption, {})
    assert set(waiting["_links"]) == {"self", "progress"}
    assert problems(client.get(f"{path}/encrypted")) == [10301]
    assert client.get(f"{path}/streams").json()["streams"] == []
    assert client.get(f"{path}/progress").status_code == 200

    customer.finish(media_id)
    paths = RunPaths(UUID(media_id), 1)
    for key in (paths.encrypted_result, paths.encrypted_audio):
        customer.served.blobs.put(key, b"a message")
    finished = client.get(path).json()
    assert (finished["status"], finished["encryption"], finished["metadata"]) == ("finished", encryption, {})
    assert set(finished["_links"]) == {"self", "encrypted", "streams"}
    assert not set(finished) & {"transcript", "knowledge", "prediction"}
    for below in ("/metadata", "/transcript", "/transcript/text", "/transcript/srt", "/streams/original"):
        answer = client.get(path + below)
        assert (answer.status_code, problems(answer)) == (404, [10205]), below
    assert client.put(f"{path}/metadata", json={"title": "Erika"}).status_code == 404
    assert client.post(path, files={"configuration": (None, "{}")}).status_code == 400
    message = client.get(f"{path}/encrypted")
    assert (message.content, message.headers["content-type"]) == (b"a message", "application/octet-stream")
    (stream,) = client.get(f"{path}/streams").json()["streams"]
    assert stream["streamName"] == "original-encrypted"
    sound = client.get(f"{path}/streams/original-encrypted", follow_redirects=True)
    assert (sound.content, sound.headers["content-type"]) == (b"a message", "application/octet-stream")
    assert sound.headers["content-disposition"].endswith('-original-encrypted.wav.pgp"')
    assert client.get("/v3/media").json()["media"][0]["metadata"] == {}


def test_the_older_dialect_shows_nothing_either(customer: Customer, key_id: str) -> None:
    media_id = customer.finished(configuration=encrypting(key_id), metadata='{"title": "Erika"}')
    path = f"/v2-beta/media/{media_id}"
    shown = customer.client.get(path)
    assert shown.status_code == 200
    assert "Erika" not in shown.text
    assert "transcripts" not in shown.json()["media"]
    for below in ("/metadata", "/transcripts", "/keywords", "/topics", "/streams/original"):
        assert customer.client.get(path + below).status_code == 404, below


def test_only_what_is_encrypted_has_an_encrypted_form(customer: Customer, stranger: Customer, key_id: str) -> None:
    clear = customer.finished()
    assert problems(customer.client.get(f"/v3/media/{clear}/encrypted")) == [10205]
    encrypted = customer.finished(configuration=encrypting(key_id))
    assert problems(stranger.client.get(f"/v3/media/{encrypted}/encrypted")) == [10205]
    assert problems(stranger.client.get(f"/v3/media/{uuid4()}/encrypted")) == [10205]
