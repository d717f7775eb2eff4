"""Every output of a redacted call, searched for its card numbers, spoken and keyed, and for a name and a telephone
number, in all the ways in which they could still be there."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import psycopg
import pytest
from psycopg import sql

from tests.flow.conftest import AUDIO, Platform, stereo
from tests.rooms.audio.recordings import Samples, decoded, encoded
from tests.rooms.audio.test_keyed_tones import line
from tests.support.receiver import Receiver, running_receiver
from tests.support.s3_server import S3Server
from tests.support.sample_call import CARD, whole_call
from tests.support.server import VoxportServer, running_server
from voxport.audio.keyed_tones import find_keyed_tones
from voxport.audio.limits import DecodeLimits
from voxport.audio.peaks import measure_peaks
from voxport.audio.sound import open_sound
from voxport.core.audio import PcmArray

IN_TEXT, IN_BYTES = 3, 7
"""So many digits of it in a row are too many: in what people said, and in bytes full of ids and times."""
REDACTOR = {"transcript": {"replacement": "[redacted]"}, "audio": {"tone": 270, "gain": 0.3}}
PCI, PII = ({"detectorName": name, "redactor": REDACTOR} for name in ("PCI", "PII"))
KEYED, PHONE = "4929718351957263", "6175550142"
NAMES = re.compile("judith|fleming")
KEYED_FROM_MS = 60_000
"""Where the sample call, in which a number is spoken, has ended; the keys come later."""
FORMATS = ("text", "srt", "webvtt", "dfxp")

_NUMBERS = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
)
_SPOKEN = {word: str(number) for number, word in enumerate(_NUMBERS)} | {"oh": "0", "o": "0"}
_TENS = {
    word: str(number)
    for number, word in enumerate(re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
_REPEATS = {"double": 2, "triple": 3}
CAPTION_TIMES = re.compile(r"\d{2}:\d{2}:\d{2}[.,]\d{2,3}")


def digits_said(text: str) -> list[str]:
    """Runs of digits, however they are written: `4111 1111`, `4-1-1-1`, "four one one one", "forty-one eleven"."""
    runs = [""]
    repeat, tens = 1, ""
    for token in re.findall(r"[a-z]+|\d+", text.lower()):
        digits = token if token.isdigit() else _SPOKEN.get(token, "")
        if tens and not (len(digits) == 1 and digits != "0"):
            runs[-1] += tens + "0"
            tens = ""
        if token in _REPEATS:
            repeat = _REPEATS[token]
        elif token in _TENS:
            tens = _TENS[token]
        elif digits:
            runs[-1] += (tens + digits) * repeat
            repeat, tens = 1, ""
        elif token not in ("and", "hundred"):
            runs.append("")
    runs[-1] += tens and tens + "0"
    return [run for run in runs if run]


def pieces(length: int) -> set[str]:
    return {
        secret[start : start + length] for secret in (CARD, KEYED, PHONE) for start in range(len(secret) - length + 1)
    }


def leaks(text: str, length: int) -> list[str]:
    """The runs of `text` in which a piece of a number stands, and the names in it."""
    runs = [run for run in digits_said(text) if any(piece in run for piece in pieces(length))]
    return runs + NAMES.findall(text.lower())


@pytest.mark.parametrize(
    "said",
    [
        "it is 4111 1111",
        "4-1-1-1-1",
        "four, one one one",
        "forty-one eleven",
        "four double one one",
        "one one, one",
        "411 one",
        '"w":"4111","m":1',
        "so 4 9 2 then",
        "Mrs. Fleming",
    ],
)
def test_the_search_finds_what_it_is_for(said: str) -> None:
    assert leaks(said, IN_TEXT)


def test_the_search_leaves_other_numbers_alone() -> None:
    assert not leaks("Forty dollars and 64 cents at 1:14, one moment, ten or eleven days, 41 of them, order 99815.", 3)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VoxportServer]:
    """One of its own: what other tests leave in a shared database would be found too."""
    with running_server(tmp_path_factory.mktemp("sweep"), log_level="debug") as server:
        yield server


@pytest.fixture(scope="module")
def sweep(server: VoxportServer, s3_server: S3Server) -> Iterator[Platform]:
    platform = Platform(server, server.token("Sweep"), s3_server)
    yield platform
    platform.client.close()


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample call; then a name and a telephone number are asked for, and a card number is keyed."""
    copy = tmp_path_factory.mktemp("call") / "call.flac"
    keys = np.round(line(KEYED) * 32_767).astype(np.int16)
    parts = [_channels(whole_call()), _channels((AUDIO / "details-14s.opus").read_bytes()), (0 * keys, keys)]
    copy.write_bytes(encoded("flac", "flac", [np.concatenate(sound) for sound in zip(*parts, strict=True)]))
    return copy


def _channels(data: bytes) -> tuple[Samples, Samples]:
    _, files = decoded(data)
    return files.channel(0), files.channel(1)


def configuration(sweep: Platform, receiver: Receiver) -> dict[str, Any]:
    """Everything that can be sent, to a bucket and to webhooks."""
    wanted: list[dict[str, str]] = [{"type": "analytics"}]
    wanted += [{"type": "transcript", "format": name} for name in (*FORMATS, "json")]
    wanted += [{"type": "media", "stream": name} for name in ("original", "redacted-audio")]
    types = {"media": "application/octet-stream", "text": "text/plain", "srt": "text/srt", "webvtt": "text/vtt"}
    types |= {"dfxp": "application/ttaf+xml"}
    callbacks: list[dict[str, str]] = []
    for fields in wanted:
        name = "-".join(fields.values())
        content_type = types.get(fields.get("format", fields["type"]), "application/json")
        callbacks.append(sweep.callback(name, content_type, **fields))
        callbacks.append({"url": receiver.url(f"/{name}"), **fields})
    return {
        **stereo("Agent", "Caller"),
        "prediction": {"detectors": [PCI, PII]},
        "knowledge": {"enableDiscovery": True},
        "entity": {"enableEntityExtraction": True},
        "speakerSentiments": True,
        "conversation": {"verbNounPairsEnabled": True},
        "metrics": [{"metricGroupName": "talk-time-and-rate"}],
        "publish": {"callbacks": callbacks, "eraseOriginal": True, "enableAnalyticIndexing": True},
    }


class Swept:
    """A redacted call that has ended, with all that came out of it."""

    def __init__(self, sweep: Platform, receiver: Receiver, recording: Path) -> None:
        asked = configuration(sweep, receiver)
        self.raw = recording.read_bytes()
        self.media_id = sweep.submit(recording, asked)
        self.early_streams = sweep.get(f"/v3/media/{self.media_id}/streams").json()["streams"]
        self.media = sweep.until_ended(self.media_id, 120)
        assert self.media["status"] == "finished", self.media
        count = len(asked["publish"]["callbacks"]) // 2
        self.objects = sweep.until_delivered(count)
        sweep.server.wait_until(lambda: len(receiver.requests) >= count)
        self.hooks = {request.target.lstrip("/"): request.body for request in receiver.requests}


@pytest.fixture(scope="module")
def swept(sweep: Platform, recording: Path) -> Iterator[Swept]:
    with running_receiver() as receiver:
        yield Swept(sweep, receiver, recording)


def spoken(transcript: dict[str, Any]) -> str:
    return " ".join(word["w"] for word in transcript["words"])


_NOT_SAID = {"_links", "mediaId", "accountId", "dateCreated", "dateFinished", "detectorId", "streamLocation", "data"}


def texts_of(document: dict[str, Any]) -> Iterator[str]:
    """All that a media document tells in words: its text as a whole, and every string of every section."""
    yield spoken(document["transcript"])
    for form in document["transcript"].get("alternateFormats", []):
        yield CAPTION_TIMES.sub("", base64.b64decode(form["data"]).decode())
    yield from strings_of(document)


def strings_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NOT_SAID:
                yield from strings_of(inner)
    elif isinstance(value, list):
        found = [text for inner in value for text in strings_of(inner)]
        yield from found
        yield " ".join(found)
    elif isinstance(value, str):
        yield value


def test_the_call_is_still_a_call(swept: Swept) -> None:
    text = spoken(swept.media["transcript"])
    assert text.count("[redacted]") >= 4
    assert "$ 64" in text or "$64" in text
    assert "large wooden table" in text
    detector, personal = swept.media["prediction"]["detectors"]
    assert (detector["detectorName"], detector["detectorType"]) == ("PCI", "binary")
    assert personal["detections"][0]["detectedSegments"] != []
    (detection,) = detector["detections"]
    assert detection["detectorClass"] == 1
    for section in ("knowledge", "entities", "speakerSentiments", "conversation", "metrics"):
        assert swept.media[section], section
    (segment,) = detection["detectedSegments"]
    assert segment["speakerName"] == "Caller"
    # The truth file: the number is said from 29.2 s on, after "It is a visa, and the number is".
    covered = [(one["s"], one["e"]) for one in segment["occurrences"]]
    spoken_at = [span for span in covered if span[1] < KEYED_FROM_MS]
    assert spoken_at
    assert [span for span in spoken_at if not 28_000 < span[0] < span[1] < 36_500] == []
    assert len(covered) > len(spoken_at)


def test_no_document_and_no_format_holds_a_digit_of_it(sweep: Platform, swept: Swept) -> None:
    media = f"/v3/media/{swept.media_id}"
    everything = {"includeAlternateFormat": ",".join(FORMATS)}
    documents = [swept.media, sweep.client.get(media, params=everything).json()]
    documents += [json.loads(sent["analytics"]) for sent in (swept.objects, swept.hooks)]
    for document in documents:
        assert [leaks(text, IN_TEXT) for text in texts_of(document) if leaks(text, IN_TEXT)] == []
    words = [json.loads(sent["transcript-json"]) for sent in (swept.objects, swept.hooks)]
    words.append(sweep.get(f"{media}/transcript").json())
    assert [leaks(spoken(one), IN_TEXT) for one in words] == [[], [], []]
    for name in FORMATS:
        forms = {sweep.get(f"{media}/transcript/{name}").content}
        forms |= {swept.objects[f"transcript-{name}"], swept.hooks[f"transcript-{name}"]}
        (form,) = forms
        assert b"[redacted]" in form
        assert leaks(CAPTION_TIMES.sub("", form.decode()), IN_TEXT) == []


def test_search_finds_the_call_by_what_was_said_and_not_by_what_was_covered(sweep: Platform, swept: Swept) -> None:
    def found(word: str) -> list[str]:
        statement = 'SELECT mediaId FROM media WHERE * SAYS "WORD"'.replace("WORD", word)
        answer = sweep.client.post("/v3/analytics/vbql", content=statement)
        assert answer.status_code == 200, answer.text
        return [row["mediaId"] for row in answer.json()["rows"]]

    sweep.server.wait_until(lambda: found("wooden") == [swept.media_id])
    for covered in ("fleming", "judith", "4111*", "411*", "617*", "555*"):
        assert found(covered) == []
    for covered in ("fleming", "4111"):
        listed = sweep.client.get("/v3/media", params={"query": covered}).json()
        assert listed["media"] == []


def test_every_stream_is_the_redacted_audio(sweep: Platform, swept: Swept) -> None:
    assert swept.early_streams == []
    streams = sweep.get(f"/v3/media/{swept.media_id}/streams").json()["streams"]
    assert [one["streamName"] for one in streams] == ["original", "redacted-audio"]
    answers = [httpx.get(one["streamLocation"]) for one in streams]
    assert {answer.headers["content-type"] for answer in answers} == {"audio/flac"}
    assert all(".flac" in answer.headers["content-disposition"] for answer in answers)
    sent = [sent[f"media-{name}"] for sent in (swept.objects, swept.hooks) for name in ("original", "redacted-audio")]
    linked = [
        httpx.get(stream["streamLocation"]).content
        for sent in (swept.objects, swept.hooks)
        for stream in json.loads(sent["analytics"])["streams"]
    ]
    assert len(linked) == 4
    (audio,) = {*(answer.content for answer in answers), *sent, *linked}
    assert audio[:4] == b"fLaC"
    assert audio != swept.raw
    assert [find_keyed_tones(PcmArray(samples)) for samples in _channels(audio)] == [(), ()]
    with open_sound(io.BytesIO(audio), DecodeLimits()) as sound:
        drawn = measure_peaks(sound).tolist()
    assert sweep.get(f"/v3/media/{swept.media_id}/peaks").json()["channels"] == drawn


def test_no_page_of_the_console_holds_a_digit_of_it(sweep: Platform, swept: Swept) -> None:
    base = str(sweep.client.base_url)
    with httpx.Client(base_url=base, headers={"Sec-Fetch-Site": "same-origin"}, trust_env=False) as visitor:
        assert visitor.post("/console/sign-in", data={"token": sweep.token}).status_code == 303
        call = f"/console/calls/{swept.media_id}"
        for path in (call, f"{call}/correct", f"{call}/deliveries", f"{call}/metadata", "/console/calls"):
            answer = visitor.get(path)
            assert answer.status_code == 200
            assert leaks(re.sub(r"<[^>]*>", " ", answer.text), IN_BYTES) == [], path
        words = re.findall(r'<span class="w[^>]*>([^<]*)</span>', visitor.get(call).text)
        assert len(words) > 50
        assert leaks(" ".join(words), IN_TEXT) == []


def test_the_redacted_audio_recognised_again_holds_none_of_it(sweep: Platform, swept: Swept, tmp_path: Path) -> None:
    heard = tmp_path / "heard.flac"
    heard.write_bytes(swept.objects["media-redacted-audio"])
    media = sweep.until_ended(sweep.submit(heard, stereo("Agent", "Caller")), 120)
    text = spoken(media["transcript"])
    assert leaks(text, IN_TEXT) == []
    assert "large wooden table" in text


def test_no_row_of_the_database_holds_it(server: VoxportServer, swept: Swept) -> None:
    assert swept.media["status"] == "finished"
    tables = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    seen = 0
    with psycopg.connect(server.database_url()) as connection:
        for schema, table in connection.execute(tables).fetchall():
            query = sql.SQL("SELECT row_to_json(t)::text FROM {} t").format(sql.Identifier(schema, table))
            for (row,) in connection.execute(query).fetchall():
                seen += 1
                assert leaks(row, IN_BYTES) == [], table
    assert seen > 20


def test_no_artefact_and_no_log_line_holds_it(server: VoxportServer, swept: Swept) -> None:
    folder = server.data_dir / "objects" / "media" / swept.media_id
    kept = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert set(kept) == {"transcript.json", "findings.json", "redacted-audio", "redacted-audio.json", "peaks.json"}
    for name, data in kept.items():
        if name == "peaks.json":  # amplitudes of the redacted sound, in which any digits stand by chance
            continue
        assert leaks(data.decode("latin-1"), IN_BYTES) == [], name
    for name in ("transcript.json", "findings.json"):
        texts = list(strings_of(json.loads(kept[name])))
        assert [text for text in texts if leaks(text, IN_TEXT)] == []
    log = server.log_path.read_text("utf-8")
    assert "voxport.api.request_log" in log
    assert leaks(log, IN_BYTES) == []
    for said in ("wooden table", "[redacted]", "Caller"):
        assert said not in log
