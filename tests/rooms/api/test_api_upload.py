"""POST media: every shape real clients send, every refusal, and nothing left behind by what is refused."""

from __future__ import annotations

import gzip
import json
import select
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psutil
import pytest

from tests.rooms.api.conftest import MAX_UPLOAD_BYTES
from tests.rooms.api.served import BOUNDARY, Customer, Served, body, part, problems, served_api, wait_until
from tests.support.database import PostgresServer
from voxport.core.artefacts import original_key
from voxport.core.errors import TransientFault

SOUND = b"RIFF\x00\x01\r\n--not-the-boundary\r\n" + bytes(range(256)) * 40
CONFIGURATION = json.dumps({"speechModel": {"language": "en-AU"}, "spotting": None, "priority": "HIGH"}).encode()
METADATA = json.dumps({"title": "Anruf für Jürgen", "externalId": "call-7", "extended": {"n": [1, None]}}).encode()
URL = b"https://media.example.com/a%20b.wav?signature=s3cret"


def uploads(customer: Customer) -> list[UUID]:
    """What the ledger holds: uploads that are neither accepted nor erased."""
    served = customer.served
    return served.call(served.store.uploads.abandoned(timedelta(), limit=100))


def stored(customer: Customer, media_id: str) -> bytes | None:
    return customer.served.blobs.get(original_key(UUID(media_id)))


SHAPES = {
    "curl": (
        part("media", SOUND, filename="a.wav", content_type="application/octet-stream"),
        part("configuration", CONFIGURATION),
        part("metadata", METADATA),
    ),
    "python": (
        part("configuration", CONFIGURATION, filename="configuration.json", content_type="application/json"),
        part("metadata", METADATA, filename="metadata.json", content_type="application/json"),
        part("media", SOUND, filename="a.wav", content_type="audio/wav"),
    ),
    "retrofit": (
        part(
            "configuration",
            CONFIGURATION,
            content_type="application/json; charset=UTF-8",
            headers=b"Content-Length: %d\r\nContent-Transfer-Encoding: binary\r\n" % len(CONFIGURATION),
        ),
        part("metadata", METADATA, content_type="application/json; charset=UTF-8"),
        part("media", SOUND, filename="a.wav", content_type="audio/wav"),
    ),
    "octet-stream": (
        part("media", SOUND, content_type="audio/mpeg"),
        part("configuration", CONFIGURATION, filename="c", content_type="application/octet-stream"),
        part("metadata", METADATA, filename="m", content_type="application/octet-stream"),
    ),
    "java": (
        part("metadata", METADATA, content_type="text/plain; charset=US-ASCII"),
        part("media", SOUND, filename="Anruf ü.wav"),
        part("configuration", CONFIGURATION, content_type="text/plain"),
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_recording_is_accepted_in_every_shape(customer: Customer, shape: str) -> None:
    answer = customer.post(*SHAPES[shape])
    assert answer.status_code == 200, answer.text
    document = answer.json()
    assert document["status"] == "accepted"
    assert document["_links"]["self"]["href"] == f"/v3/media/{document['mediaId']}"
    assert document["metadata"] == json.loads(METADATA)
    assert "warnings" not in document
    submission = customer.submission(document["mediaId"])
    assert (submission.plan.speech.language, submission.plan.priority) == ("en-AU", "high")
    assert submission.size_bytes == len(SOUND)
    assert submission.source_url is None
    assert uploads(customer) == []
    assert stored(customer, document["mediaId"]) == SOUND


@pytest.mark.parametrize(
    ("filename", "content_type"),
    [(None, None), ("url", "text/url"), ("url", "application/octet-stream"), (None, "text/plain; charset=UTF-8")],
)
def test_a_media_url_is_taken_as_field_or_file(customer: Customer, filename: str, content_type: str) -> None:
    answer = customer.post(
        part("mediaUrl", b" " + URL + b"\r\n", filename=filename, content_type=content_type),
        part("configuration", CONFIGURATION, filename="c", content_type="application/octet-stream"),
    )
    assert answer.status_code == 200, answer.text
    submission = customer.submission(answer.json()["mediaId"])
    assert submission.source_url == URL.decode()
    assert submission.size_bytes is None
    assert "s3cret" not in answer.text


def test_the_blank_line_after_the_media_belongs_to_it(customer: Customer) -> None:
    answer = customer.post(
        part("configuration", CONFIGURATION),
        part("media", SOUND + b"\r\n", filename="a.wav", content_type="audio/wav"),
    )
    assert answer.status_code == 200
    assert stored(customer, answer.json()["mediaId"]) == SOUND + b"\r\n"


def test_multipart_mixed_takes_names_from_the_disposition(customer: Customer) -> None:
    answer = customer.post(
        part("media", SOUND, disposition="attachment", content_type="audio/wav"),
        part("metadata", METADATA, disposition="inline", content_type="application/json"),
        content_type=f'multipart/mixed; boundary="{BOUNDARY}"; charset=utf-8',
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["metadata"] == json.loads(METADATA)


def test_a_chunked_body_and_an_epilogue(customer: Customer) -> None:
    def pieces() -> Iterator[bytes]:
        whole = b"\r\n" + body(part("media", SOUND)) + b"an epilogue"
        yield from (whole[at : at + 1000] for at in range(0, len(whole), 1000))

    answer = customer.client.post(
        "/v3/media", content=pieces(), headers={"Content-Type": f"Multipart/Form-Data; boundary={BOUNDARY}"}
    )
    assert answer.status_code == 200, answer.text
    assert stored(customer, answer.json()["mediaId"]) == SOUND


def test_texts_in_the_charset_they_name(customer: Customer) -> None:
    latin = METADATA.decode("unicode_escape")
    assert "ü" in latin
    content = latin.encode("latin-1")
    answer = customer.post(
        part("media", b"x"), part("metadata", content, content_type="text/plain; charset=ISO-8859-1")
    )
    assert answer.json()["metadata"]["title"] == "Anruf für Jürgen"


def test_the_type_of_a_recording_is_a_hint_and_never_a_page(customer: Customer) -> None:
    audio = customer.post(part("media", b"x", content_type="Audio/MPEG; codecs=mp3")).json()
    assert audio["mediaContentType"] == "audio/mpeg"
    page = customer.post(part("media", b"x", content_type="text/html")).json()
    assert "mediaContentType" not in page


def test_an_unknown_part_is_named_in_a_warning(customer: Customer) -> None:
    document = customer.post(part("media", b"x"), part("colour", b"blue" * 100_000)).json()
    assert document["status"] == "accepted"
    assert [warning["code"] for warning in document["warnings"]] == [10001]
    assert "colour" in document["warnings"][0]["message"]


REFUSED = {
    "neither": ((part("configuration", b"{}"),), 10202),
    "nothing at all": ((), 10202),
    "only an empty url": ((part("mediaUrl", b"  "),), 10202),
    "both": ((part("media", b"x"), part("mediaUrl", URL)), 10001),
    "both, url first": ((part("mediaUrl", URL), part("media", b"x")), 10001),
    "two media": ((part("media", b"x"), part("media", b"y")), 10206),
    "two configurations": ((part("configuration", b"{}"), part("configuration", b"{}"), part("media", b"y")), 10206),
    "two unknown": ((part("media", b"x"), part("other", b"x"), part("other", b"x")), 10206),
    "empty media": ((part("media", b"", filename="a.wav"),), 10201),
    "broken configuration": ((part("media", b"x"), part("configuration", b"{")), 10007),
    "unknown property": ((part("media", b"x"), part("configuration", b'{"colour": 1}')), 10008),
    "broken metadata": ((part("media", b"x"), part("metadata", b"[")), 10107),
    "metadata not text": ((part("media", b"x"), part("metadata", b"\xff{}")), 10001),
    "large metadata": ((part("media", b"x"), part("metadata", b'"' + b"x" * 2_000_000 + b'"')), 10800),
    "not a url": ((part("mediaUrl", b"call.wav"),), 10204),
    "url of a file": ((part("mediaUrl", b"file:///etc/passwd"),), 10204),
    "url with a user": ((part("mediaUrl", b"https://a:b@example.com/x"),), 10204),
    "plain http": ((part("mediaUrl", b"http://example.com/x"),), 10204),
    "transcript as JSON": ((part("media", b"x"), part("transcript", b"{}", content_type="application/json")), 10001),
    "part without a name": ((b"Content-Disposition: form-data\r\n\r\nx",), 10001),
    "part without headers": ((b"\r\nx",), 10001),
    "unknown charset": ((part("media", b"x"), part("metadata", b"{}", content_type="text/plain; charset=zip")), 10001),
    "base64": ((part("media", b"eA==", headers=b"Content-Transfer-Encoding: base64\r\n"),), 10001),
    "too many parts": (tuple(part(f"part{number}", b"x") for number in range(40)), 10001),
    "header without end": ((b"x" * 100_000,), 10001),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_is_refused_and_leaves_nothing(customer: Customer, case: str) -> None:
    parts, code = REFUSED[case]
    before = customer.served.files()
    answer = customer.post(*parts)
    assert (answer.status_code, problems(answer)) == (400, [code])
    assert customer.served.files() == before
    assert uploads(customer) == []
    assert customer.client.get("/v3/media").json()["media"] == []


def test_a_refusal_says_which_part(customer: Customer) -> None:
    assert "media " in customer.post(part("media", b"x"), part("media", b"x")).json()["errors"][0]["error"]


@pytest.mark.parametrize(
    ("content_type", "content"),
    [
        (None, b"x"),
        ("application/json", b"{}"),
        ("multipart/form-data", body(part("media", b"x"))),
        ("multipart/form-data; boundary=", body(part("media", b"x"))),
        (f"multipart/form-data; boundary={'x' * 300}", body(part("media", b"x"))),
        ("multipart/form-data; boundary=other", body(part("media", b"x"))),
        (f"multipart/form-data; boundary={BOUNDARY}", body(part("media", b"x"))[:-20]),
        (f"multipart/form-data; boundary={BOUNDARY}", b""),
        (f"multipart/form-data; boundary={BOUNDARY}", gzip.compress(b"x", mtime=0)),
    ],
)
def test_broken_multipart(customer: Customer, content_type: str | None, content: bytes) -> None:
    before = customer.served.files()
    headers = {} if content_type is None else {"Content-Type": content_type}
    answer = customer.client.post("/v3/media", content=content, headers=headers)
    assert (answer.status_code, problems(answer)) == (400, [10001])
    assert customer.served.files() == before


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_sent(customer: Customer) -> None:
    answer = raw_exchange(customer, b"", length=MAX_UPLOAD_BYTES * 2)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b'"code":10800' in answer
    assert str(MAX_UPLOAD_BYTES).encode() in answer


def test_a_recording_that_grows_too_large_is_refused_on_the_way(customer: Customer) -> None:
    def pieces() -> Iterator[bytes]:
        yield body(part("media", b"x")).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        for _ in range(MAX_UPLOAD_BYTES // 1_000_000 + 2):
            yield bytes(1_000_000)

    before = customer.served.files()
    answer = customer.client.post(
        "/v3/media", content=pieces(), headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    )
    assert (answer.status_code, problems(answer)) == (400, [10800])
    assert customer.served.files() == before


def test_a_bad_token_is_answered_before_the_body(customer: Customer) -> None:
    """The body never comes: only an answer that does not wait for it can arrive."""
    answer = raw_exchange(customer, b"Expect: 100-continue\r\n", length=1_000_000, token="vx_wrong")
    assert answer.startswith(b"HTTP/1.1 401 ")
    assert b'"code":10003' in answer


def test_a_client_that_hangs_up_half_way_leaves_nothing(customer: Customer) -> None:
    served = customer.served
    before = set(served.files())
    with connection(served) as client:
        begun = body(part("media", bytes(40_000_000)))[:-1000]
        client.sendall(head(customer, b"", length=len(begun) + 1000) + begun)
        wait_until(lambda: set(served.files()) - before)
        # A process killed at this moment could be found by what it wrote down before.
        assert [str(media_id) for media_id in uploads(customer)] == [(set(served.files()) - before).pop().split("/")[1]]
    wait_until(lambda: not set(served.files()) - before)
    wait_until(lambda: not uploads(customer))
    assert customer.client.get("/v3/media").json()["media"] == []


def test_an_upload_has_an_end_however_steadily_it_comes(postgres_server: PostgresServer, tmp_path: Path) -> None:
    with postgres_server.database() as url, served_api(url, tmp_path, upload_total_s=0.3) as served:
        customer = served.customer()
        with connection(served) as client:
            client.sendall(head(customer, b"", length=1_000_000) + body(part("media", b""))[:-30])
            while not select.select([client], [], [], 0.01)[0]:
                client.sendall(b"x")
            answer = client.recv(65536)
        assert answer.startswith(b"HTTP/1.1 408 ")
        wait_until(lambda: (served.files(), uploads(customer)) == ([], []))
        customer.client.close()


def test_a_recording_whose_acceptance_fails_is_erased(customer: Customer) -> None:
    pipeline, before = customer.served.pipeline, customer.served.files()
    pipeline.failure = TransientFault("The database does not answer.")
    try:
        answer = customer.post(part("media", SOUND))
    finally:
        pipeline.failure = None
    assert (answer.status_code, problems(answer)) == (503, [90002])
    assert int(answer.headers["retry-after"]) > 0
    assert customer.served.files() == before
    assert uploads(customer) == []


def test_an_acceptance_whose_confirmation_was_lost_stands(customer: Customer) -> None:
    pipeline = customer.served.pipeline
    pipeline.failure, pipeline.fails_after_commit = TransientFault("The connection ended."), True
    try:
        answer = customer.post(part("media", SOUND))
    finally:
        pipeline.failure, pipeline.fails_after_commit = None, False
    assert answer.json()["status"] == "accepted"
    assert stored(customer, answer.json()["mediaId"]) == SOUND


def test_a_large_recording_is_not_held_in_memory(customer: Customer) -> None:
    piece = bytes(1 << 20)
    count = 80
    process = psutil.Process()
    most = 0

    def pieces() -> Iterator[bytes]:
        nonlocal most
        yield body(part("media", b"")).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        for _ in range(count):
            yield piece
            most = max(most, process.memory_info().rss)
        yield f"\r\n--{BOUNDARY}--\r\n".encode()

    customer.accepted(piece)
    before = process.memory_info().rss
    answer = customer.client.post(
        "/v3/media", content=pieces(), headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    )
    assert customer.submission(answer.json()["mediaId"]).size_bytes == count * len(piece)
    assert most - before < 48 << 20


def head(customer: Customer, extra: bytes, *, length: int, token: str | None = None) -> bytes:
    return (
        b"POST /v3/media HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer "
        + (token or customer.token).encode()
        + f"\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {length}\r\n".encode()
        + extra
        + b"\r\n"
    )


def connection(served: Served) -> socket.socket:
    return socket.create_connection(("127.0.0.1", served.port), timeout=20)


def raw_exchange(customer: Customer, extra: bytes, *, length: int, token: str | None = None) -> bytes:
    """What comes back for a head alone, until the JSON body has ended."""
    with connection(customer.served) as client:
        client.sendall(head(customer, extra, length=length, token=token))
        received = b""
        while not received.endswith(b'"}'):
            piece = client.recv(65536)
            assert piece, received
            received += piece
        return received


def zipped(*parts: bytes) -> bytes:
    return gzip.compress(body(*parts), 1)


FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


@pytest.mark.parametrize("coding", ["gzip", "GZip", "x-gzip", "identity, gzip"])
def test_a_form_in_gzip_is_what_it_is_without(customer: Customer, coding: str) -> None:
    sent = zipped(part("media", SOUND, filename="a.wav"), part("configuration", CONFIGURATION))
    half = len(sent) // 2
    # Two members behind each other are one body too, and how the bytes arrive says nothing.
    pieces = iter([sent[:half], sent[half:], gzip.compress(b"an epilogue")])
    answer = customer.client.post("/v3/media", content=pieces, headers={**FORM, "Content-Encoding": coding})
    assert answer.status_code == 200, answer.text
    assert stored(customer, answer.json()["mediaId"]) == SOUND


def test_a_document_in_gzip_is_what_it_is_without(customer: Customer) -> None:
    media_id = customer.accepted()
    for content in (gzip.compress(b'{"title": "A call"}'), gzip.compress(b'{"title":') + gzip.compress(b' "A call"}')):
        url = f"/v3/media/{media_id}/metadata"
        answer = customer.client.put(url, content=content, headers={"Content-Encoding": "gzip"})
        assert (answer.status_code, answer.json().get("title")) == (200, "A call")


WHOLE = zipped(part("media", b"x" * 5000))
ENCODED = {
    "another coding": ("br", WHOLE, 415, 10001),
    "two codings": ("gzip, gzip", WHOLE, 415, 10001),
    "no gzip": ("gzip", body(part("media", b"x")), 400, 10001),
    "a short end": ("gzip", WHOLE[:-9], 400, 10001),
    "a wrong checksum": ("gzip", WHOLE[:-8] + bytes(8), 400, 10001),
    "something behind it": ("gzip", WHOLE + b"more", 400, 10001),
    "nothing but a head": ("gzip", WHOLE[:10], 400, 10001),
    "a bomb": ("gzip", gzip.compress(body(part("media", bytes(9_000_000)))), 400, 10800),
    "more than a document has": ("gzip", zipped(part("media", b"x"), part("metadata", b" " * 2_000_000)), 400, 10800),
}


@pytest.mark.parametrize("case", ENCODED)
def test_a_coded_body_that_is_refused_leaves_nothing(customer: Customer, case: str) -> None:
    coding, content, status, code = ENCODED[case]
    before = customer.served.files()
    answer = customer.client.post("/v3/media", content=content, headers={**FORM, "Content-Encoding": coding})
    assert (answer.status_code, problems(answer)) == (status, [code])
    assert (answer.headers.get("accept-encoding") == "gzip") is (status == 415)
    assert (customer.served.files(), uploads(customer)) == (before, [])
