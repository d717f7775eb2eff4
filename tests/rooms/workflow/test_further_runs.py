"""A media processed again: from what was published, in a place of its own, adding to redaction and taking none away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from tests.rooms.workflow.test_redacting import CARD, after, loaded, loudest_hz, recognised, unchecked
from voxport.core.analytics_plan import AnalyticsPlan
from voxport.core.artefacts import (
    RunPaths,
    original_key,
    transcript_from_json,
)
from voxport.core.errors import TransientFault
from voxport.core.findings import findings_from_json
from voxport.core.media import Media, MediaStatus
from voxport.core.plan import CallbackPlan, ChannelPlan, IngestPlan, Plan, RunBefore, SpeechPlan, TextPlan
from voxport.core.served_audio import served_audio_of
from voxport.core.stages import Step, job_of
from voxport.core.submission import FurtherRun
from voxport.core.transcript import Span
from voxport.workflow import housekeeping
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.dispatch.requests import request_for
from voxport.workflow.housekeeping import erase_deleted, requeue_orphans
from voxport.workflow.intake import Intake

RATE_HZ = 8_000
COVERED = "my card number is [redacted] [redacted] [redacted] [redacted] you crikey bastard it is $25"


async def again(deps: Dependencies, media: Media, plan: Plan, **fields: Any) -> Media:
    """The media when its next run has ended."""
    await begun(deps, media, plan, **fields)
    await work(deps)
    return await loaded(deps, media.id)


async def begun(deps: Dependencies, media: Media, plan: Plan, **fields: Any) -> Media:
    intake = Intake(deps.store, deps.blobs, deps.engine)
    further = FurtherRun(media.id, media.organization.id, media.run, plan, **fields)
    started = await intake.run_again(further)
    assert started is not None
    return started


async def work(deps: Dependencies) -> None:
    await deps.engine.app.run_worker_async(queues=["ingest", "analysis"], wait=False, install_signal_handlers=False)


def said(deps: Dependencies, media: Media) -> str:
    data = deps.blobs.get(media.paths.transcript)
    assert data is not None
    return " ".join(word.text for turn in transcript_from_json(data).turns for word in turn.words)


async def test_it_starts_from_what_was_published_and_takes_its_place(deps: Dependencies) -> None:
    media = await after(deps, await recognised(deps, Plan()))
    plan = Plan(
        before=RunBefore(1),
        text=TextPlan(number_formatting=False, profanity_filter=True),
        ingest=IngestPlan(channels=(ChannelPlan("Anna"),)),
        analytics=AnalyticsPlan(sentiments=True),
    )
    second = await again(deps, media, plan)
    assert (second.status, second.run) == (MediaStatus.FINISHED, 2)
    assert said(deps, second).endswith("you crikey ... it is twenty-five dollars")
    data = deps.blobs.get(RunPaths(media.id, 2).findings)
    assert data is not None
    assert [one.speaker for one in findings_from_json(data).sentiments or ()] == ["Anna"]
    # Nothing is left of the first run but the recording.
    kept = {key for key in (RunPaths(media.id, 1).transcript, RunPaths(media.id, 1).findings) if deps.blobs.exists(key)}
    assert kept == set()
    assert deps.blobs.exists(original_key(media.id))
    assert not deps.blobs.exists(f"{RunPaths(media.id, 2).working}/decoded.json")


async def test_redaction_is_added_to_words_and_sound(deps: Dependencies) -> None:
    deps = unchecked(deps)
    media = await after(deps, await recognised(deps, Plan()))
    second = await again(deps, media, Plan(before=RunBefore(1), detectors=(CARD,), erase_original=True))
    assert said(deps, second) == COVERED
    audio = served_audio_of(second)
    assert audio is not None
    assert (audio.key, audio.redacted) == (RunPaths(media.id, 2).written_audio, True)
    assert heard_hz(deps, audio.key, 2, 4) == pytest.approx(1_000, abs=1)
    assert not deps.blobs.exists(original_key(media.id))


async def test_redaction_is_never_taken_away(deps: Dependencies) -> None:
    deps = unchecked(deps)
    media = await after(deps, await recognised(deps, Plan(detectors=(CARD,))))
    before = RunBefore(1, audio_run=1, replacements=("[redacted]",))
    second = await again(deps, media, Plan(before=before, analytics=AnalyticsPlan(discovery=True)))
    assert said(deps, second) == COVERED
    data = deps.blobs.get(RunPaths(media.id, 2).findings)
    assert data is not None
    findings = findings_from_json(data)
    assert findings.covered == (Span(2_000, 4_000),)
    assert findings.detections is None
    assert "redacted" not in str(findings.knowledge)
    audio = served_audio_of(second)
    assert audio is not None
    assert (audio.key, audio.redacted) == (RunPaths(media.id, 1).written_audio, True)
    assert deps.blobs.exists(audio.key)
    # Not in a third either, nor after one that did not ask for it.
    third = await again(deps, second, Plan(before=replace(before, run=2)))
    assert (served_audio_of(third), said(deps, third)) == (audio, COVERED)


async def test_what_was_found_and_covered_is_told_again(deps: Dependencies) -> None:
    deps = unchecked(deps)
    media = await after(deps, await recognised(deps, Plan(detectors=(CARD,))))
    second = await again(deps, media, Plan(before=RunBefore(1, 1, ("[redacted]",)), detectors=(CARD,)))
    data = deps.blobs.get(RunPaths(media.id, 2).findings)
    assert data is not None
    (detection,) = findings_from_json(data).detections or ()
    assert [(one.span, one.exact) for s in detection.segments for one in s.occurrences] == [(Span(2_000, 4_000), "")]
    # Written again from the redacted sound, which goes.
    assert said(deps, second) == COVERED
    assert heard_hz(deps, RunPaths(media.id, 2).written_audio, 2, 4) == pytest.approx(1_000, abs=1)
    assert not deps.blobs.exists(RunPaths(media.id, 1).written_audio)


async def test_voices_are_measured_in_the_sound_that_may_be_heard(deps: Dependencies) -> None:
    deps = unchecked(deps)
    media = await after(deps, await recognised(deps, Plan(detectors=(CARD,), erase_original=True)))
    assert not deps.blobs.exists(original_key(media.id))
    plan = Plan(before=RunBefore(1, 1, ("[redacted]",)), speech=SpeechPlan(features=("voiceFeatures",)))
    second = await again(deps, media, plan)
    assert second.status is MediaStatus.FINISHED, second.errors
    assert [step.step for step in second.steps] == [Step.INGEST, Step.TEXT, Step.ANALYTICS, Step.PUBLISH]
    assert (second.content_type, second.duration_ms) == (media.content_type, media.duration_ms)
    data = deps.blobs.get(RunPaths(media.id, 2).transcript)
    assert data is not None
    first, *_ = transcript_from_json(data).words
    assert first.voice is not None
    third = await again(deps, second, Plan(before=RunBefore(2, 1, ("[redacted]",))))
    data = deps.blobs.get(RunPaths(media.id, third.run).transcript)
    assert data is not None
    assert {word.voice for word in transcript_from_json(data).words} == {None}


async def test_one_that_fails_leaves_the_run_before_to_start_from(deps: Dependencies) -> None:
    deps = unchecked(deps)
    media = await after(deps, await recognised(deps, Plan(detectors=(CARD,))))
    before = RunBefore(1, 1, ("[redacted]",))
    second = await again(deps, media, Plan(before=before, detectors=(replace(CARD, name="PCI-Spanish"),)))
    assert (second.status, [one.code for one in second.errors]) == (MediaStatus.FAILED, [50006])
    assert served_audio_of(second) is None
    assert deps.blobs.exists(RunPaths(media.id, 1).written_audio)
    assert deps.blobs.exists(RunPaths(media.id, 1).written_audio_form)
    third = await again(deps, second, Plan(before=before))
    assert (third.status, said(deps, third)) == (MediaStatus.FINISHED, COVERED)


async def test_a_run_killed_between_two_steps_goes_on(deps: Dependencies, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voxport.workflow.housekeeping.ORPHAN_AFTER", timedelta())
    media = await after(deps, await recognised(deps, Plan()))
    await begun(deps, media, Plan(before=RunBefore(1), text=TextPlan(profanity_filter=True)))
    await deps.engine.cancel(media.id)
    await requeue_orphans(deps)
    await work(deps)
    second = await loaded(deps, media.id)
    assert (second.status, second.run) == (MediaStatus.FINISHED, 2)
    assert "..." in said(deps, second)


async def test_a_job_left_over_from_an_earlier_run_touches_nothing(deps: Dependencies) -> None:
    """A worker that was taken for dead is given its job of the first run again."""
    media = await after(deps, await recognised(deps, Plan()))
    deps.blobs.put(f"{RunPaths(media.id, 1).working}/left.pcm", b"x")
    second = await begun(deps, media, Plan(before=RunBefore(1)))
    await deps.engine.cancel(media.id)
    for step in (Step.PUBLISH, Step.TEXT):
        await deps.engine.defer(job_of(step), media.id)
    await work(deps)
    assert await loaded(deps, media.id) == second
    assert deps.blobs.exists(RunPaths(media.id, 1).transcript)
    assert not deps.blobs.exists(f"{RunPaths(media.id, 1).working}/left.pcm")


async def test_a_body_is_never_made_of_a_run_that_another_has_followed(deps: Dependencies) -> None:
    """A worker had read the media before the run began, and makes the body when it has ended."""
    plan = Plan(callbacks=(CallbackPlan("https://hook.example/"),))
    media = await after(deps, await recognised(deps, plan))
    (listed,) = (await deps.store.tenant(media.organization.id).deliveries.of_media(media.id)).elements
    await again(deps, media, Plan(before=RunBefore(1)))
    with pytest.raises(TransientFault, match="later run"):
        await request_for(deps, media, listed.delivery)


async def test_everything_of_every_run_goes_with_the_media(deps: Dependencies) -> None:
    media = await after(deps, await recognised(deps, Plan()))
    await again(deps, media, Plan(before=RunBefore(1)))
    assert await Intake(deps.store, deps.blobs, deps.engine).delete(media.organization.id, media.id)
    await deps.engine.app.run_worker_async(queues=["housekeeping"], wait=False, install_signal_handlers=False)
    assert await deps.store.media.get(media.id) is None
    assert not deps.blobs.exists(f"{RunPaths(media.id, 2).prefix}/transcript.json")


async def test_what_is_deleted_stays_so_when_its_bytes_cannot_be_erased_yet(
    deps: Dependencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    media = await after(deps, await recognised(deps, Plan()))

    def fail(_prefix: str) -> None:
        raise TransientFault("The object store failed.")

    with monkeypatch.context() as broken:
        broken.setattr(deps.blobs, "delete_prefix", fail)
        assert await Intake(deps.store, deps.blobs, deps.engine).delete(media.organization.id, media.id)
    assert await deps.store.media.get(media.id) is None
    monkeypatch.setattr(housekeeping, "ORPHAN_AFTER", timedelta())
    await erase_deleted(deps)
    await deps.engine.app.run_worker_async(queues=["housekeeping"], wait=False, install_signal_handlers=False)
    assert await deps.store.media.deleted() == []
    assert not deps.blobs.exists(f"{RunPaths(media.id, 1).prefix}/transcript.json")


def heard_hz(deps: Dependencies, key: str, begin_s: int, end_s: int) -> float:
    data = deps.blobs.get(key)
    assert data is not None
    sound = np.frombuffer(data[44:], "<i2").astype(float)
    return loudest_hz(sound[begin_s * RATE_HZ : end_s * RATE_HZ])


class TestCorrected:
    """A person sends the transcript back; words stand half a second apart in the recording."""

    async def test_a_word_is_corrected_and_everything_behind_reads_it(self, deps: Dependencies) -> None:
        media = await after(deps, await recognised(deps, Plan(), "i want to go forward with the refund please"))
        plan = Plan(before=RunBefore(1), aligns=True, text=TextPlan(None), analytics=AnalyticsPlan(discovery=True))
        text = "I want to go ahead, with twenty five kangaroos, please."
        second = await again(deps, media, plan, corrected=text)
        assert (second.status, second.errors) == (MediaStatus.FINISHED, ())
        assert said(deps, second) == "I want to go ahead , with twenty five kangaroos , please ."
        data = deps.blobs.get(RunPaths(media.id, 2).findings)
        assert data is not None
        knowledge = findings_from_json(data).knowledge
        assert knowledge is not None
        assert any("kangaroo" in one.keyword for one in knowledge.keywords)
        assert await deps.store.runs.corrected(media.id) is None

    async def test_a_number_that_a_person_wrote_is_covered_in_words_and_sound(self, deps: Dependencies) -> None:
        deps = unchecked(deps)
        heard = "my card number is forty one ah eleven eleven you said okay thank you"
        media = await after(deps, await recognised(deps, Plan(text=TextPlan(number_formatting=False)), heard))
        plan = Plan(before=RunBefore(1), aligns=True, detectors=(CARD,), text=TextPlan(None))
        text = "My card number is 4111 1111 1111 1111. You said okay, thank you."
        second = await again(deps, media, plan, corrected=text)
        words = said(deps, second)
        assert "1111" not in words
        # Nobody measured where its words are, so more is covered around them.
        assert words.startswith("My card [redacted]")
        assert words.endswith("[redacted] okay , thank you .")
        assert heard_hz(deps, RunPaths(media.id, 2).written_audio, 2, 4) == pytest.approx(1_000, abs=1)

    async def test_a_number_that_a_person_took_out_is_still_covered_in_the_sound(self, deps: Dependencies) -> None:
        deps = unchecked(deps)
        media = await after(deps, await recognised(deps, Plan()))
        plan = Plan(before=RunBefore(1), aligns=True, detectors=(CARD,), text=TextPlan(None))
        second = await again(deps, media, plan, corrected="My card number is what I told you; it is $25.")
        assert second.status is MediaStatus.FINISHED
        assert heard_hz(deps, RunPaths(media.id, 2).written_audio, 2, 4) == pytest.approx(1_000, abs=1)

    async def test_what_was_covered_stays_covered_whatever_is_written_there(self, deps: Dependencies) -> None:
        deps = unchecked(deps)
        media = await after(deps, await recognised(deps, Plan(detectors=(CARD,))))
        plan = Plan(before=RunBefore(1, 1, ("[redacted]",)), aligns=True, text=TextPlan(None))
        text = "My card number is 4111 1111 1111 1111, you crikey fellow, it is $25."
        second = await again(deps, media, plan, corrected=text)
        words = said(deps, second)
        assert "1111" not in words
        assert "you crikey fellow , it is $25 ." in words
        assert words.count("[redacted]") == 4

    async def test_a_transcript_of_another_call_fails_the_run(self, deps: Dependencies) -> None:
        """The API has refused it; where it comes with the recording nobody could."""
        media = await after(deps, await recognised(deps, Plan()))
        plan = Plan(before=RunBefore(1), aligns=True)
        second = await again(deps, media, plan, corrected="the weather of next week will be cold with a lot of rain")
        assert (second.status, [one.code for one in second.errors]) == (MediaStatus.FAILED, [20005])
        third = await again(deps, second, Plan(before=RunBefore(1)))
        assert said(deps, third).startswith("my card number is 4111")

    async def test_names_before_and_after_renaming_are_understood(self, deps: Dependencies) -> None:
        media = await after(deps, await recognised(deps, Plan(), "good morning to you all"))
        ingest = IngestPlan(channels=(ChannelPlan("Anna"),))
        for run, text in ((1, "Caller: Good morning to you all!"), (2, "Anna: Good morning to you, all!")):
            plan = Plan(before=RunBefore(run), aligns=True, ingest=ingest, text=TextPlan(None))
            media = await again(deps, media, plan, corrected=text)
            assert media.status is MediaStatus.FINISHED
            assert said(deps, media).startswith("Good morning to you")
            data = deps.blobs.get(media.paths.transcript)
            assert data is not None
            assert [turn.speaker for turn in transcript_from_json(data).turns] == ["Anna"]
