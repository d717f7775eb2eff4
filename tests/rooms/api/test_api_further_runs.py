"""POST to a media: what is accepted as a further run, what is refused, and what is read meanwhile."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import Any

import httpx
import pytest

from tests.rooms.api.served import TRANSCRIPT, Customer, problems
from voxport.core.artefacts import RunPaths, original_key, transcript_to_json
from voxport.core.codes import Code
from voxport.core.delivery_rules import skipped_after_failure
from voxport.core.errors import Problem
from voxport.core.media import Media, MediaStatus
from voxport.core.plan import RunBefore
from voxport.core.submission import FurtherRun
from voxport.core.transcript import Span, VoiceActivity, person_channel

STEREO = {"ingest": {"stereo": {"left": {"speakerName": "Agent"}, "right": {"speakerName": "Caller"}}}}
REDACTED = {
    "prediction": {
        "detectors": [
            {
                "detectorName": "PCI",
                "redactor": {"transcript": {"replacement": "[card]"}, "audio": {"tone": 270, "gain": 0.5}},
            }
        ]
    }
}


def again(customer: Customer, media_id: str, configuration: Any = None, **parts: Any) -> httpx.Response:
    if configuration is not None:
        parts["configuration"] = (None, json.dumps(configuration))
    return customer.client.post(f"/v3/media/{media_id}", files=parts or {"unused": (None, "")})


def further(customer: Customer) -> FurtherRun:
    return customer.served.pipeline.further_runs[-1]


def loaded(customer: Customer, media_id: str) -> Media:
    media = customer.served.call(customer.served.store.media.get(uuid.UUID(media_id)))
    assert media is not None
    return media


def end(customer: Customer, media_id: str, *problems: Problem) -> None:
    """As the workflow ends the present run."""
    media = loaded(customer, media_id)
    store = customer.served.store
    if problems:
        customer.served.call(store.media.fail(media.id, problems, run=media.run, skips=skipped_after_failure))
    else:
        stored = customer.served.blobs.get(RunPaths(media.id, 1).transcript)
        assert stored is not None
        customer.served.blobs.put(media.paths.transcript, stored)
        customer.served.call(store.media.finish(media.id, run=media.run))


def test_a_finished_media_is_processed_again(customer: Customer) -> None:
    media_id = customer.finished(configuration=json.dumps({"timeToLiveInSeconds": 900, **STEREO}))
    job_id = loaded(customer, media_id).job_id
    answer = again(customer, media_id, {"knowledge": {"enableDiscovery": True}})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["mediaId"], body["status"]) == (media_id, "accepted")
    assert "dateFinished" not in body
    assert "transcript" not in body
    media = loaded(customer, media_id)
    assert (media.run, media.plan.before) == (2, RunBefore(1))
    assert media.job_id != job_id
    assert media.plan.analytics.discovery
    # How long it is kept and who speaks stay as they were; nothing is recognised again.
    assert media.plan.time_to_live_s == 900
    assert [one.speaker for one in media.plan.ingest.channels] == ["Agent", "Caller"]
    steps = customer.client.get(f"/v3/media/{media_id}/progress").json()["progress"]["tasks"]
    assert [task["step"] for task in steps] == ["text", "analytics", "publish"]
    assert {task["status"] for task in steps} == {"pending"}
    transcript = customer.client.get(f"/v3/media/{media_id}/transcript")
    assert (transcript.status_code, problems(transcript)) == (404, [10301])


def test_without_a_configuration_the_last_one_holds(customer: Customer) -> None:
    media_id = customer.finished(configuration=json.dumps({**STEREO, "speakerSentiments": True}))
    before = loaded(customer, media_id).plan
    assert again(customer, media_id).status_code == 200
    assert loaded(customer, media_id).plan == replace(before, before=RunBefore(1))


def test_voice_features_need_the_sound_and_nothing_else_does(customer: Customer) -> None:
    media_id = customer.finished()
    assert again(customer, media_id, {"speechModel": {"features": ["voiceFeatures"]}}).status_code == 200
    assert [one.step.value for one in loaded(customer, media_id).steps] == ["ingest", "text", "analytics", "publish"]


def test_metadata_is_replaced_when_it_is_sent(customer: Customer) -> None:
    media_id = customer.finished(metadata=json.dumps({"title": "Before"}))
    assert again(customer, media_id, {}).json()["metadata"] == {"title": "Before"}
    end(customer, media_id)
    answer = again(customer, media_id, {}, metadata=(None, json.dumps({"externalId": "7"})))
    assert answer.json()["metadata"] == {"externalId": "7"}
    assert customer.client.get("/v3/media?externalId=7").json()["media"][0]["mediaId"] == media_id


def test_a_recording_in_the_request_is_passed_over_with_a_warning(customer: Customer) -> None:
    media_id = customer.finished(b"RIFFfirst")
    answer = again(
        customer, media_id, {}, media=("b.wav", b"RIFFsecond", "audio/wav"), mediaUrl=(None, "https://example.com/a")
    )
    assert [warning["code"] for warning in answer.json()["warnings"]] == [10001, 10001]
    assert customer.served.files().count(f"media/{media_id}/original") == 1
    assert (customer.served.folder / "media" / media_id / "original").read_bytes() == b"RIFFfirst"


def test_what_is_being_processed_is_asked_for_again_later(customer: Customer) -> None:
    media_id, runs = customer.accepted(), len(customer.served.pipeline.further_runs)
    answer = again(customer, media_id, {})
    assert (answer.status_code, problems(answer)) == (409, [10301])
    customer.finish(media_id)
    assert again(customer, media_id, {}).status_code == 200
    answer = again(customer, media_id, {})
    assert (answer.status_code, problems(answer)) == (409, [10301])
    assert len(customer.served.pipeline.further_runs) == runs + 1


def test_of_two_that_ask_at_once_one_is_let_through(customer: Customer) -> None:
    media_id = customer.finished()
    assert again(customer, media_id, {}).status_code == 200
    second = replace(further(customer), job_id=uuid.uuid4())
    assert customer.served.call(customer.served.pipeline.run_again(second)) is None
    assert loaded(customer, media_id).job_id == further(customer).job_id


def test_a_media_that_failed_at_first_starts_again_from_its_recording(customer: Customer) -> None:
    """Recognition may be asked for anew; what was to be redacted stays."""
    pci = {"prediction": {"detectors": [{"detectorName": "PCI", "redactor": {"transcript": {"replacement": "x"}}}]}}
    media_id = customer.accepted(configuration=json.dumps({**pci, "timeToLiveInSeconds": 900}))
    end(customer, media_id, Problem(Code.SERVER_FAILED, "x"))
    answer = again(customer, media_id, {"speechModel": {"language": "es-US"}})
    assert answer.status_code == 200, answer.text
    media = loaded(customer, media_id)
    assert (media.run, media.plan.before, media.errors) == (2, None, ())
    assert (media.plan.speech.language, media.plan.time_to_live_s) == ("es-US", 900)
    assert [one.name for one in media.plan.detectors] == ["PCI"]
    assert [one.step.value for one in media.steps] == ["ingest", "speech", "text", "publish"]
    end(customer, media_id, Problem(Code.SERVER_FAILED, "x"))
    assert again(customer, media_id).status_code == 200
    assert loaded(customer, media_id).plan == media.plan


def test_a_finished_media_whose_transcript_is_gone_starts_again_from_its_recording(customer: Customer) -> None:
    media_id = customer.finished()
    customer.served.blobs.delete(loaded(customer, media_id).paths.transcript)
    assert again(customer, media_id).status_code == 200
    assert [one.step.value for one in loaded(customer, media_id).steps][:2] == ["ingest", "speech"]


def test_without_transcript_and_recording_there_is_nothing_to_start_from(customer: Customer) -> None:
    media_id = customer.accepted()
    end(customer, media_id, Problem(Code.MEDIA_UNREADABLE, "x"))
    customer.served.blobs.delete(original_key(uuid.UUID(media_id)))
    answer = again(customer, media_id, {})
    assert (answer.status_code, problems(answer)) == (400, [10301])
    assert "post the recording again" in answer.json()["errors"][0]["error"]


def test_a_media_whose_further_run_failed_starts_again_from_what_was_published(customer: Customer) -> None:
    media_id = customer.finished()
    assert again(customer, media_id, {}).status_code == 200
    end(customer, media_id, Problem(Code.SERVER_FAILED, "x"))
    assert customer.client.get(f"/v3/media/{media_id}").json()["status"] == "failed"
    assert again(customer, media_id, {}).status_code == 200
    media = loaded(customer, media_id)
    assert (media.run, media.plan.before, media.errors) == (3, RunBefore(1), ())


def test_what_is_not_there_or_not_yours_is_not_found(customer: Customer, stranger: Customer) -> None:
    media_id = customer.finished()
    runs = len(customer.served.pipeline.further_runs)
    assert problems(again(stranger, media_id, {})) == [10205]
    assert problems(again(customer, str(uuid.uuid4()), {})) == [10205]
    customer.client.delete(f"/v3/media/{media_id}")
    assert problems(again(customer, media_id, {})) == [10205]
    assert len(customer.served.pipeline.further_runs) == runs


@pytest.mark.parametrize(
    ("configuration", "code"),
    [
        ({"speechModel": {"language": "es-ES"}}, 20003),
        ({"ingest": {"speakerName": "Both"}}, 20003),
        ({"ingest": {"channels": [{"speakerName": "A"}, {"speakerName": "B"}, {"speakerName": "C"}]}}, 15004),
        ({"ingest": {"channels": [{"speakerName": "A"}, {"speakerName": "B", "ignore": True}]}}, 20003),
        ({"publish": {"eraseOriginal": True}}, 10007),
    ],
)
def test_what_would_need_recognising_again_is_refused(
    customer: Customer, configuration: dict[str, Any], code: int
) -> None:
    media_id = customer.finished(configuration=json.dumps(STEREO))
    answer = again(customer, media_id, configuration)
    assert (answer.status_code, problems(answer)) == (400, [code])
    assert loaded(customer, media_id).status is MediaStatus.FINISHED


def test_a_vocabulary_has_no_effect_and_that_is_reported(customer: Customer) -> None:
    media_id = customer.finished()
    answer = again(customer, media_id, {"vocabularies": [{"terms": [{"term": "Voxport"}]}]})
    assert answer.status_code == 200
    assert [warning["code"] for warning in answer.json()["warnings"]] == [20003]
    assert "no effect" in answer.json()["warnings"][0]["message"]


def test_speakers_can_be_called_otherwise(customer: Customer) -> None:
    media_id = customer.finished(configuration=json.dumps(STEREO))
    named = {"ingest": {"channels": [{"speakerName": "Ann"}, {"speakerName": "Bob"}]}}
    assert again(customer, media_id, named).status_code == 200
    assert [one.speaker for one in loaded(customer, media_id).plan.ingest.channels] == ["Ann", "Bob"]


def test_what_was_heard_as_one_conversation_stays_one(customer: Customer) -> None:
    media_id = customer.finished()
    assert loaded(customer, media_id).plan.ingest.mixed
    answer = again(customer, media_id, STEREO)
    assert (answer.status_code, problems(answer)) == (400, [15004])
    assert "post the recording again" in answer.json()["warnings"][0]["message"]
    assert again(customer, media_id, {"ingest": {"speakerName": "Both"}}).status_code == 200
    assert loaded(customer, media_id).plan.ingest.mix_as == "Both"


@pytest.mark.parametrize(
    ("section", "code"),
    [
        ({"enable": False}, 20003),
        ({"speakerCount": 3}, 20003),
        ({"nameRoles": True}, 20003),
        ({"enable": True}, None),
        ({}, None),
    ],
)
def test_people_who_were_told_apart_stay_apart(customer: Customer, section: dict[str, Any], code: int | None) -> None:
    media_id = customer.accepted(configuration=json.dumps({"ingest": {"diarization": {"enable": True}}}))
    voices = (VoiceActivity(0, "Speaker1", (Span(0, 900),)), VoiceActivity(person_channel(0, 1), "Speaker2", ()))
    customer.finish(media_id, replace(TRANSCRIPT, voice_activity=voices))
    answer = again(customer, media_id, {"ingest": {"diarization": section}})
    assert (answer.status_code, code is None or problems(answer) == [code]) == (400 if code else 200, True)


def test_the_recording_is_served_to_nobody_from_the_moment_redaction_is_asked_for(customer: Customer) -> None:
    media_id = customer.finished(configuration=json.dumps(STEREO))
    streams = f"/v3/media/{media_id}/streams"
    assert [one["streamName"] for one in customer.client.get(streams).json()["streams"]] == ["original"]
    assert again(customer, media_id, REDACTED).status_code == 200
    assert customer.client.get(streams).json()["streams"] == []
    assert customer.client.get(f"{streams}/original").status_code == 404


def test_once_redacted_the_recording_never_comes_back(customer: Customer) -> None:
    media_id = customer.finished(configuration=json.dumps({**STEREO, **REDACTED}))
    folder = customer.served.folder / "media" / media_id
    (folder / "redacted-audio").write_bytes(b"beep")
    callback = {"url": "https://a.example", "type": "media", "stream": "redacted-audio"}
    assert again(customer, media_id, {"publish": {"callbacks": [callback]}}).status_code == 200
    plan = loaded(customer, media_id).plan
    assert plan.before == RunBefore(1, audio_run=1, replacements=("[card]",))
    end(customer, media_id)
    listed = customer.client.get(f"/v3/media/{media_id}/streams").json()["streams"]
    assert [one["streamName"] for one in listed] == ["original", "redacted-audio"]
    assert {httpx.get(one["streamLocation"]).content for one in listed} == {b"beep"}


def test_a_lost_answer_of_the_commit_is_no_refusal(customer: Customer) -> None:
    media_id = customer.finished()
    pipeline = customer.served.pipeline
    pipeline.failure, pipeline.fails_after_commit = ConnectionError("gone"), True
    try:
        assert again(customer, media_id, {}).status_code == 200
    finally:
        pipeline.failure, pipeline.fails_after_commit = None, False
    assert loaded(customer, media_id).run == 2


def test_the_result_that_is_served_is_that_of_the_last_run(customer: Customer) -> None:
    media_id = customer.finished()
    path = f"/v3/media/{media_id}/transcript/text"
    first = customer.client.get(path).text
    assert again(customer, media_id, {}).status_code == 200
    stored = transcript_to_json(replace(TRANSCRIPT, turns=TRANSCRIPT.turns[:1]))
    customer.served.blobs.put(RunPaths(uuid.UUID(media_id), 2).transcript, stored)
    customer.served.call(customer.served.store.media.finish(uuid.UUID(media_id), run=2))
    assert customer.client.get(path).text == "Agent: Hello." != first


class TestTranscript:
    """The part `transcript` switches alignment on; the call says "Hello. Grüß dich"."""

    def test_it_is_kept_for_the_run_that_aligns_it(self, customer: Customer) -> None:
        media_id = customer.finished(configuration=json.dumps({**STEREO, "speakerSentiments": True}))
        text = "Agent: Hello! Caller: Grüß Dich."
        assert again(customer, media_id, transcript=("a.txt", text.encode(), "text/plain")).status_code == 200
        media = loaded(customer, media_id)
        assert (media.plan.aligns, media.plan.text.number_formatting) == (True, None)
        assert media.plan.analytics.sentiments
        assert [one.step.value for one in media.steps] == ["align", "text", "analytics", "publish"]
        assert customer.served.call(customer.served.store.runs.corrected(media.id)) == text

    def test_one_left_empty_is_warned_of(self, customer: Customer) -> None:
        media_id = customer.finished()
        answer = again(customer, media_id, transcript=("a.txt", b" \n", "text/plain"))
        assert answer.status_code == 200
        (warning,) = answer.json()["warnings"]
        assert warning == {"code": 10001, "message": "The part transcript is empty and was not used."}
        assert not loaded(customer, media_id).plan.aligns

    @pytest.mark.parametrize("formatting", [True, False])
    def test_numbers_are_rewritten_only_when_that_is_asked_for(self, customer: Customer, formatting: bool) -> None:
        media_id = customer.finished()
        asked = {"transcript": {"formatting": {"enableNumberFormatting": formatting}}}
        assert again(customer, media_id, asked, transcript=(None, "hello grüß dich")).status_code == 200
        assert loaded(customer, media_id).plan.text.number_formatting is formatting
        end(customer, media_id)
        assert again(customer, media_id, {}).status_code == 200
        assert loaded(customer, media_id).plan.text.number_formatting is True

    def test_what_a_person_wrote_stays_as_it_is_in_later_runs(self, customer: Customer) -> None:
        media_id = customer.finished()
        assert again(customer, media_id, {}, transcript=(None, "hello grüß dich")).status_code == 200
        end(customer, media_id)
        assert again(customer, media_id, {}).status_code == 200
        plan = loaded(customer, media_id).plan
        assert (plan.aligns, plan.text.number_formatting, plan.before) == (False, None, RunBefore(2))

    @pytest.mark.parametrize(
        "configuration",
        [
            {"speechModel": {"language": "es-ES"}},
            {"speechModel": {"model": "Europa"}},
            {"vocabularies": [{"terms": [{"term": "Voxport"}]}]},
            {"ingest": {"speakerName": "Both"}},
        ],
    )
    def test_it_cannot_be_combined_with_other_transcription_settings(
        self, customer: Customer, configuration: dict[str, Any]
    ) -> None:
        media_id = customer.finished(configuration=json.dumps(STEREO))
        answer = again(customer, media_id, configuration, transcript=(None, "hello grüß dich"))
        assert (answer.status_code, problems(answer)) == (400, [20004])

    def test_the_settings_of_the_recording_may_be_said_again(self, customer: Customer) -> None:
        spoken = {**STEREO, "speechModel": {"language": "en-US", "model": "Proteus"}}
        media_id = customer.finished(configuration=json.dumps(spoken))
        assert again(customer, media_id, spoken, transcript=(None, "hello grüß dich")).status_code == 200

    @pytest.mark.parametrize("text", ["Something that nobody in this call has ever said to anybody", "word " * 500_000])
    def test_a_transcript_of_another_call_is_refused_and_leaves_this_one_alone(
        self, customer: Customer, text: str
    ) -> None:
        media_id = customer.finished()
        answer = again(customer, media_id, {}, transcript=(None, text))
        assert (answer.status_code, problems(answer)) == (400, [20005])
        assert loaded(customer, media_id).status is MediaStatus.FINISHED

    @pytest.mark.parametrize(
        ("content", "kind", "code"),
        [
            (b'{"words": []}', "application/json", 10001),
            (b"<tt></tt>", "application/octet-stream", 10001),
            (b"hello gr\xfc\xdf dich", "text/plain; charset=utf-8", 10001),
            (b"x" * (4 << 20) + b"y", "text/plain", 10800),
            (b"a" + b"\xcc\x81" * 500_000 + b"\xcc\xa3" * 500_000, "text/plain", 10001),
        ],
    )
    def test_what_is_no_text_is_refused(self, customer: Customer, content: bytes, kind: str, code: int) -> None:
        answer = again(customer, customer.finished(), {}, transcript=("a", content, kind))
        assert (answer.status_code, problems(answer)) == (400, [code])

    def test_captions_and_charsets_are_read(self, customer: Customer) -> None:
        media_id = customer.finished()
        captions = "1\n00:00:00,00 --> 00:00:01,70\nAgent: Hello. Caller: Grüß dich\n".encode("latin-1")
        part = ("a.srt", captions, "text/srt; charset=iso-8859-1")
        assert again(customer, media_id, {}, transcript=part).status_code == 200

    def test_an_empty_one_is_none(self, customer: Customer) -> None:
        media_id = customer.finished()
        assert again(customer, media_id, {}, transcript=(None, " \n")).status_code == 200
        assert not loaded(customer, media_id).plan.aligns

    def test_with_a_new_recording_it_is_aligned_after_recognition(self, customer: Customer) -> None:
        media_id = customer.accepted(transcript="Agent: Hello.")
        media = loaded(customer, media_id)
        assert media.plan.aligns
        assert [one.step.value for one in media.steps] == ["ingest", "speech", "align", "text", "publish"]
        assert customer.submission(media_id).corrected == "Agent: Hello."
