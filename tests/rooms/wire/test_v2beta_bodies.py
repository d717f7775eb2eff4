"""Bodies of the older dialect where the goldens have one case of several: sections, limits, speakers, phases, texts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.rooms.wire.examples import failed_media, finished_media, mono_transcript, running_media, stereo_transcript
from tests.rooms.wire.v2beta_examples import discovered, heard, many_keywords, seed_transcript
from voxport.core.findings import Findings, Keyword, Knowledge
from voxport.core.media import Media, MediaStatus, StepProgress, StepStatus
from voxport.core.plan import TextFormat
from voxport.core.stages import Step
from voxport.core.transcript import LanguagePassage, Span, Transcript
from voxport.wire.v2beta.callback import INCLUDABLE, callback_body
from voxport.wire.v2beta.described import metadata_values
from voxport.wire.v2beta.findings import keywords_body
from voxport.wire.v2beta.media import media_item_body
from voxport.wire.v2beta.progress import phase_statuses
from voxport.wire.v2beta.transcript import (
    ACCEPTED,
    flat_transcript,
    latest_transcript,
    revision_of,
    transcript_text,
)

BASE = "https://voxport.example"
ALWAYS = {"mediaId", "status"}
SHOWN = {
    "transcripts": {"transcripts"},
    "keywords": {"keywords"},
    "topics": {"topics"},
    "metadata": {"metadata"},
    "predictions": {"predictions", "detections"},
}


def sent(include: tuple[str, ...] | None = None, findings: Findings | None = None) -> dict[str, Any]:
    body = callback_body(finished_media(), stereo_transcript(), findings or discovered(), BASE, include)
    return dict(body["media"])


@pytest.mark.parametrize("section", INCLUDABLE)
def test_a_callback_carries_what_was_included_and_nothing_else(section: str) -> None:
    assert set(sent((section,))) == ALWAYS | SHOWN[section]
    assert set(sent(tuple(name for name in INCLUDABLE if name != section))) == set(sent()) - SHOWN[section]


def test_what_was_not_asked_for_is_absent_or_empty() -> None:
    assert set(sent(findings=Findings())) == ALWAYS | {"metadata", "transcripts"}
    item = media_item_body(finished_media(), stereo_transcript(), Findings())["media"]
    assert not item.keys() & {"predictions", "errors", "warnings"}


def test_spotting_alone_has_groups_and_no_words_and_no_topics() -> None:
    media = sent(findings=Findings(spotting=discovered().spotting))
    assert media["keywords"]["words"] == []
    assert [group["name"] for group in media["keywords"]["groups"]] == ["politeness"]
    assert "topics" not in media
    assert "groups" not in sent(findings=many_keywords(1))["keywords"]


def test_no_result_of_a_failed_media_goes_out_even_where_one_stands() -> None:
    body = callback_body(failed_media(), stereo_transcript(), discovered(), BASE)
    assert set(body["media"]) == ALWAYS | {"metadata"}
    assert (body["callback"]["success"], body["callback"]["event"]) == (False, {"status": "failed"})
    assert [error["code"] for error in body["callback"]["errors"]] == [10201]
    item = media_item_body(failed_media(), stereo_transcript(), discovered())["media"]
    assert not item.keys() & {"transcripts", "keywords", "topics", "predictions"}


def test_of_many_keywords_the_25_most_relevant_are_shown() -> None:
    body = keywords_body(many_keywords(40))
    assert body is not None
    assert [word["name"] for word in body["words"]] == [f"word{number}" for number in range(1, 26)]
    assert [word["relevance"] for word in body["words"]][:3] == ["1", "0.5", "0.333333333333"]
    assert body["words"][1]["t"] == {"unknown": ["0.002"]}


def test_two_channels_of_one_speaker_are_one_entry_in_order_of_time() -> None:
    both = Keyword("order", 1.0, (heard("Agent", 9000, 21_500), heard("Agent", 5080, 9000), heard(None, 100_000)))
    body = keywords_body(Findings(knowledge=Knowledge((both,), ())))
    assert body is not None
    assert body["words"][0]["t"] == {"Agent": ["5.08", "9.0", "21.5"], "unknown": ["100.0"]}


def test_what_was_found_stands_above_what_a_client_sends_back() -> None:
    echoed = {"length": {"milliseconds": 1, "descriptive": "0.0 sec"}, "contentType": "x", "title": "T", "more": [1]}
    values = metadata_values(replace(finished_media(), metadata=echoed))
    assert values["length"] == {"milliseconds": 13_600, "descriptive": "13.6 sec"}
    assert (values["contentType"], values["title"], values["more"]) == ("audio/x-wav", "T", [1])


@pytest.mark.parametrize(
    ("duration_ms", "shown"), [(0, "0.0 sec"), (99, "0.0 sec"), (5070, "5.0 sec"), (3_599_999, "3599.9 sec")]
)
def test_a_length_in_words_is_cut_to_tenths(duration_ms: int, shown: str) -> None:
    values = metadata_values(replace(finished_media(), duration_ms=duration_ms))
    assert values["length"]["descriptive"] == shown


def test_passages_in_another_language_are_marked() -> None:
    caller = stereo_transcript().turns[1]
    span = Span(caller.start_ms, caller.end_ms)
    transcript = replace(stereo_transcript(), passages=(LanguagePassage(1, span, "es", 0.987),))
    passage = {"speakerName": "Caller", "language": "es", "probability": 0.987, "s": span.start_ms, "e": span.end_ms}
    for body in (latest_transcript(finished_media(), transcript), flat_transcript(transcript)):
        assert body["languages"] == [passage]
        assert [word["w"] for word in body["words"] if "language" in word] == [word.text for word in caller.words]
    assert "languages" not in latest_transcript(finished_media(), stereo_transcript())
    assert "languages" not in flat_transcript(stereo_transcript())


def test_texts_by_accept() -> None:
    assert transcript_text(seed_transcript(), ACCEPTED["text/plain"]) == (
        "This is beneath you and sometimes I think you'll come to an end. "
    )
    assert "00:59:59,00 --> " in transcript_text(mono_transcript(), ACCEPTED["text/srt"])
    for name in ("text/vtt", "text/webvtt"):
        assert transcript_text(mono_transcript(), ACCEPTED[name]).startswith("WEBVTT\n\n1\n00:59:59.000 --> ")
    with pytest.raises(ValueError, match="not a text format"):
        transcript_text(seed_transcript(), TextFormat.JSON)


def test_of_silence_the_text_is_empty() -> None:
    assert transcript_text(Transcript("en-US", (), (), "test"), TextFormat.TEXT) == ""


def test_another_run_is_another_revision() -> None:
    again = replace(finished_media(), job_id=UUID(int=9))
    item = media_item_body(again, stereo_transcript(), discovered())["media"]
    revisions = {item[name]["latest"]["revision"] for name in ("transcripts", "keywords", "topics", "predictions")}
    assert revisions == {revision_of(again)}
    assert revision_of(again) != revision_of(finished_media())


def at(status: MediaStatus, **steps: StepStatus) -> Media:
    progress = (
        StepProgress(Step(name), step, UUID(int=number)) for number, (name, step) in enumerate(steps.items(), start=1)
    )
    return replace(running_media(), status=status, steps=tuple(progress))


def test_a_phase_is_as_far_as_its_steps() -> None:
    done, failed, skipped, pending = StepStatus.COMPLETED, StepStatus.FAILED, StepStatus.SKIPPED, StepStatus.PENDING
    running = at(MediaStatus.RUNNING, ingest=done, text=done, audio=pending, analytics=pending, publish=pending)
    assert phase_statuses(running) == {
        "ingest": "completed",
        "keywords": "pending",
        "topics": "pending",
        "predictions": "started",
        "publish": "pending",
    }
    broken = at(MediaStatus.FAILED, ingest=done, speech=failed, publish=skipped, deliver=StepStatus.STARTED)
    assert phase_statuses(broken) == {"ingest": "completed", "transcripts": "failed", "publish": "started"}
    assert set(phase_statuses(finished_media()).values()) == {"finished"}
