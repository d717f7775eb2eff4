"""Media documents, transcripts, progress, streams, errors and callbacks, property by property."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest

from tests.rooms.wire.examples import (
    CREATED,
    MEDIA_ID,
    accepted_media,
    failed_media,
    finished_media,
    mono_transcript,
    redacted_findings,
    running_media,
    stereo_transcript,
)
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.core.media import MediaStatus
from voxport.core.plan import CallbackPlan, CallbackType, TextFormat
from voxport.core.transcript import LanguagePassage, Span, Transcript
from voxport.wire.v3.callback import callback_body
from voxport.wire.v3.links import media_href
from voxport.wire.v3.media import accepted_body, media_body, summary_body
from voxport.wire.v3.progress import progress_body
from voxport.wire.v3.root import root_body
from voxport.wire.v3.streams import stream_body, streams_body
from voxport.wire.v3.transcript import transcript_answer, transcript_body
from voxport.wire.writing.content_types import RECORDING
from voxport.wire.writing.errors import error_body
from voxport.wire.writing.formats import ALTERNATE_FORMATS, render
from voxport.wire.writing.streams import StreamLink
from voxport.wire.writing.times import wire_time

URL = "https://example.com/"


def nulls(value: Any) -> bool:
    if isinstance(value, dict):
        return any(nulls(inner) for inner in value.values())
    return any(nulls(inner) for inner in value) if isinstance(value, list) else value is None


def test_keys_come_in_the_order_of_real_bodies() -> None:
    body = media_body(finished_media(), stereo_transcript(), alternate_formats=ALTERNATE_FORMATS)
    assert list(body) == [
        "_links",
        "formatVersion",
        "mediaId",
        "accountId",
        "interactionType",
        "accountName",
        "status",
        "dateCreated",
        "dateFinished",
        "timeToLiveInSeconds",
        "expiresOn",
        "metadata",
        "mediaContentType",
        "length",
        "transcript",
    ]


@pytest.mark.parametrize("media", [accepted_media(), running_media(), failed_media()])
def test_a_media_without_a_result_shows_none(media: Any) -> None:
    body = media_body(media, stereo_transcript())
    assert "transcript" not in body
    assert list(body["_links"]) == ["self", "progress", "metadata"]


def test_links_of_a_finished_media() -> None:
    links = media_body(finished_media(), stereo_transcript())["_links"]
    assert list(links) == ["self", "metadata", "transcript", "text", "srt", "dfxp", "webvtt", "streams"]
    assert links["webvtt"] == {"href": f"/v3/media/{MEDIA_ID}/transcript/webvtt"}
    assert all(link["href"].startswith("/v3/media/") for link in links.values())


def test_absent_is_not_null() -> None:
    media = replace(accepted_media(), metadata={})
    body = accepted_body(media)
    assert not nulls(body)
    assert body["metadata"] == {}
    assert not {"dateFinished", "length", "mediaContentType", "errors", "warnings", "expiresOn"} & body.keys()


def test_failure_and_warnings_stand_in_the_document() -> None:
    body = media_body(failed_media(), None)
    assert body["errors"] == [{"code": 10201, "error": "The media could not be read: it holds no sound."}]
    assert body["warnings"][0]["code"] == 60008


@pytest.mark.parametrize(
    ("include", "shown"),
    [
        (None, {"metadata", "transcript", "streams"}),
        (("metadata",), {"metadata"}),
        (("knowledge", "transcript"), {"transcript"}),
        (("streams", "messages"), {"streams"}),
    ],
)
def test_include_chooses_sections_and_identity_always_comes(include: tuple[str, ...] | None, shown: set[str]) -> None:
    streams = (StreamLink("original", "https://example.com/a"),)
    body = media_body(finished_media(), stereo_transcript(), include=include, links=False, streams=streams)
    assert body.keys() & {"metadata", "transcript", "streams"} == shown
    assert {"mediaId", "status", "dateCreated", "length"} <= body.keys()
    assert "_links" not in body


def test_summary_is_short() -> None:
    assert list(summary_body(finished_media())) == [
        "_links",
        "formatVersion",
        "mediaId",
        "status",
        "dateCreated",
        "dateFinished",
        "timeToLiveInSeconds",
        "expiresOn",
        "metadata",
    ]


def test_words_count_from_zero_over_turns_and_marks() -> None:
    words = transcript_body(stereo_transcript())["words"]
    assert [word["p"] for word in words] == list(range(len(words)))
    assert words[0] == {"p": 0, "c": 1.0, "s": 250, "e": 4099, "w": "Agent", "m": "turn"}
    assert words[1] == {"p": 1, "c": 0.913, "s": 250, "e": 499, "w": "Thank"}
    mark = next(word for word in words if word.get("m") == "punc")
    assert (mark["c"], mark["s"]) == (0.0, mark["e"])
    second_turn = next(index for index, word in enumerate(words) if word["w"] == "Caller")
    assert words[second_turn]["s"] < words[second_turn - 1]["s"]


def test_mono_without_a_name_has_no_turns() -> None:
    body = transcript_body(mono_transcript())
    assert "turns" not in body
    assert all(word.get("m") != "turn" for word in body["words"])
    assert body["voiceActivity"][0]["speakerName"] == "unknown"


def test_a_side_that_says_nothing_takes_no_turns_from_the_other() -> None:
    transcript = stereo_transcript()
    said = tuple(turn for turn in transcript.turns if turn.channel == 0)
    body = transcript_body(replace(transcript, turns=said))
    assert {turn["speaker"] for turn in body["turns"]} == {"Agent"}
    assert [activity["speakerName"] for activity in body["voiceActivity"]] == ["Agent", "Caller"]


def test_turns_and_confidence() -> None:
    body = transcript_body(stereo_transcript())
    assert body["turns"][2] == {"speaker": "Agent", "text": "Sure.", "s": 13045, "e": 13294}
    assert body["confidence"] == pytest.approx(stereo_transcript().confidence, abs=0.0005)
    assert transcript_body(Transcript("en-US", (), (), "test")) == {"confidence": 0.0, "words": []}


def test_transcript_answer_has_its_link() -> None:
    body = transcript_answer(MEDIA_ID, mono_transcript(), (TextFormat.TEXT,))
    assert body["_links"] == {"self": {"href": f"/v3/media/{MEDIA_ID}/transcript"}}
    assert [entry["format"] for entry in body["alternateFormats"]] == ["text"]


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (MediaStatus.ACCEPTED, "accepted"),
        (MediaStatus.SCHEDULED, "pending"),
        (MediaStatus.RUNNING, "started"),
        (MediaStatus.FINISHED, "finished"),
        (MediaStatus.FAILED, "failed"),
    ],
)
def test_progress_ends_in_the_words_clients_poll_for(status: MediaStatus, shown: str) -> None:
    body = progress_body(replace(running_media(), status=status))
    assert body["status"] == status.value
    assert body["progress"]["status"] == shown


def test_tasks_are_a_chain_from_start_to_finish() -> None:
    progress = progress_body(running_media())["progress"]
    tasks = {task["taskId"]: task for task in progress["tasks"]}
    walked: list[str] = []
    at: str | None = progress["start"]
    while at:
        walked.append(tasks[at]["phase"])
        at = next(iter(tasks[at]["dependents"]), None)
    assert walked == ["ingest", "ingest", "transcripts", "publish", "publish"]
    assert tasks[progress["finish"]]["dependents"] == []
    assert all(
        task["taskId"] in tasks[after]["dependencies"] for task in tasks.values() for after in task["dependents"]
    )
    assert [task.get("fraction") for task in tasks.values()] == [None, None, 0.4568, None, None]


def test_progress_without_steps() -> None:
    progress = dict(progress_body(replace(accepted_media(), steps=()))["progress"])
    assert progress == {"jobId": str(accepted_media().job_id), "status": "accepted", "tasks": []}


def test_streams() -> None:
    stream = StreamLink("original", "/v3/streams/secret")
    entry = {"status": 200, "streamName": "original", "streamLocation": "/v3/streams/secret"}
    assert streams_body(MEDIA_ID, [stream])["streams"] == [entry]
    assert stream_body(MEDIA_ID, stream) == {
        "_links": {"self": {"href": f"/v3/media/{MEDIA_ID}/streams/original"}},
        **entry,
    }
    assert "secret" not in repr(stream)


def test_hrefs_are_encoded() -> None:
    assert media_href(UUID(int=1), "streams", "a b/ü?") == (
        "/v3/media/00000000-0000-0000-0000-000000000001/streams/a%20b%2F%C3%BC%3F"
    )


def test_faults_of_the_client_stand_in_both_lists_and_of_the_server_in_one() -> None:
    problems = [Problem(Code.CONFIGURATION_INVALID, "one"), Problem(Code.PRIORITY_UNKNOWN, "two")]
    assert error_body(problems, 400, "r") == {
        "status": 400,
        "errors": [{"code": 10007, "error": "one"}, {"code": 10009, "error": "two"}],
        "warnings": [{"code": 10007, "message": "one"}, {"code": 10009, "message": "two"}],
        "reference": "r",
    }
    assert error_body([Problem.of(Code.DATABASE_FAILED)], 503, "r")["warnings"] == []


def test_times_are_utc_with_milliseconds() -> None:
    assert wire_time(CREATED) == "2031-02-03T04:05:06.789Z"
    assert wire_time(CREATED.astimezone(timezone(timedelta(hours=2)))) == "2031-02-03T04:05:06.789Z"
    with pytest.raises(ValueError, match="time zone"):
        wire_time(datetime(2031, 2, 3))


def test_root_is_a_map_of_what_is_served() -> None:
    assert {link["href"] for link in root_body()["_links"].values()} == {"/v3/", "/v3/media", "/v3/defs/v3-api.yaml"}


def test_analytics_callback_is_the_document_without_links() -> None:
    body, content_type = callback_body(finished_media(), stereo_transcript(), CallbackPlan(URL))
    assert content_type == "application/json"
    document = json.loads(body)
    assert "_links" not in document
    assert [entry["format"] for entry in document["transcript"]["alternateFormats"]] == [
        "dfxp",
        "webvtt",
        "srt",
        "text",
    ]
    assert "Söhne".encode() in body


@pytest.mark.parametrize(
    ("include", "sections"),
    [(None, {"prediction", "transcript"}), (("prediction",), {"prediction"}), (("transcript",), {"transcript"})],
)
def test_what_detectors_found_goes_with_who_wants_it(include: tuple[str, ...] | None, sections: set[str]) -> None:
    callback = CallbackPlan(URL, include=include)
    body, _ = callback_body(finished_media(), stereo_transcript(), callback, findings=redacted_findings())
    assert json.loads(body).keys() & {"prediction", "transcript"} == sections


def test_a_failed_media_tells_nothing_of_what_was_found() -> None:
    body, _ = callback_body(failed_media(), None, CallbackPlan(URL), findings=redacted_findings())
    assert "prediction" not in json.loads(body)


def test_analytics_callback_of_a_failed_media_tells_why() -> None:
    body, _ = callback_body(failed_media(), None, CallbackPlan(URL, include=("transcript",)))
    document = json.loads(body)
    assert document["status"] == "failed"
    assert document["errors"][0]["code"] == 10201
    assert "metadata" not in document


@pytest.mark.parametrize(
    ("text_format", "content_type"),
    [
        (TextFormat.TEXT, "text/plain"),
        (TextFormat.SRT, "text/srt"),
        (TextFormat.WEBVTT, "text/vtt"),
        (TextFormat.DFXP, "application/ttaf+xml"),
    ],
)
def test_transcript_callback_in_text(text_format: TextFormat, content_type: str) -> None:
    callback = CallbackPlan(URL, type=CallbackType.TRANSCRIPT, format=text_format)
    assert callback_body(finished_media(), stereo_transcript(), callback) == (
        render(stereo_transcript(), text_format).encode(),
        content_type,
    )


def test_transcript_callback_in_json() -> None:
    callback = CallbackPlan(URL, type=CallbackType.TRANSCRIPT, format=TextFormat.JSON)
    body, content_type = callback_body(finished_media(), stereo_transcript(), callback)
    assert content_type == "application/json"
    assert json.loads(body) == transcript_body(stereo_transcript())


def test_no_body_is_made_where_there_is_none() -> None:
    assert RECORDING == "application/octet-stream"
    with pytest.raises(ValueError, match="as it is"):
        callback_body(finished_media(), None, CallbackPlan(URL, type=CallbackType.MEDIA, stream="original"))
    with pytest.raises(ValueError, match="no transcript"):
        callback_body(failed_media(), None, CallbackPlan(URL, type=CallbackType.TRANSCRIPT, format=TextFormat.SRT))


def test_passages_in_another_language_are_marked() -> None:
    caller = stereo_transcript().turns[1]
    span = Span(caller.start_ms, caller.end_ms)
    body = transcript_body(replace(stereo_transcript(), passages=(LanguagePassage(1, span, "es-US", 0.987),)))
    assert body["languages"] == [
        {"speakerName": "Caller", "language": "es-US", "probability": 0.987, "s": span.start_ms, "e": span.end_ms}
    ]
    marked = [word["w"] for word in body["words"] if word.get("language") == "es-US"]
    assert marked == [word.text for word in caller.words]
    assert "languages" not in transcript_body(stereo_transcript())
