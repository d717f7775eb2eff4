"""What the stages behind recognition leave in the store: the words that are shown, and the file that is served."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import av
import numpy as np
import numpy.typing as npt
import pytest

from voxport.core.artefacts import (
    AudioForm,
    RunPaths,
    audio_form_from_json,
    original_key,
    transcript_from_json,
    transcript_to_json,
)
from voxport.core.errors import TransientFault
from voxport.core.findings import Findings, findings_from_json
from voxport.core.media import Media, MediaStatus, Organization, StepStatus
from voxport.core.plan import (
    AudioRedactor,
    ChannelPlan,
    DetectionLevel,
    DetectorPlan,
    IngestPlan,
    Plan,
    TextPlan,
    TranscodePlan,
)
from voxport.core.stages import Step, first_steps, job_of
from voxport.core.transcript import Span, Transcript, Turn, Word
from voxport.storage.records import NewMedia
from voxport.workflow.dependencies import Dependencies
from voxport.workflow.story import register

RATE_HZ = 8_000
CARD = DetectorPlan("PCI", DetectionLevel.PROBABLE_NUMBERS, "[redacted]", AudioRedactor(1_000, 0.5))
SAID = "my card number is 4111 1111 1111 1111 you crikey bastard it is twenty five dollars"


def heard(text: str) -> Transcript:
    """Half a second a word."""
    words = tuple(Word(word, 500 * place, 500 * place + 500, 0.9) for place, word in enumerate(text.split()))
    return Transcript("en-US", (Turn(0, "Caller", words),), (), "test")


def recording(seconds: float) -> bytes:
    """A steady tone of 440 Hz, at half of full scale."""
    sound = np.sin(np.arange(round(seconds * RATE_HZ)) * 2 * np.pi * 440 / RATE_HZ) * 16_384
    file = io.BytesIO()
    with av.open(file, "w", format="wav") as output:
        stream = output.add_stream("pcm_s16le", rate=RATE_HZ, layout="mono")
        frame = av.AudioFrame.from_ndarray(sound.astype(np.int16).reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = RATE_HZ, 0
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return file.getvalue()


async def recognised(
    deps: Dependencies,
    plan: Plan,
    said: str = SAID,
    content: bytes | None = None,
    *,
    of: Organization | None = None,
    metadata: dict[str, Any] | None = None,
) -> Media:
    """A recording that has come as far as its transcript as it was heard; `of` None: of a new organisation."""
    owner = of or await deps.store.organizations.create("Acme")
    new = NewMedia(owner.id, plan, first_steps(plan, fetches=False), metadata=metadata or {})
    async with deps.store.transaction() as connection:
        await deps.store.media.insert(connection, new)
    length_s = len(said.split()) / 2
    await deps.store.media.set_probe(new.id, content_type="audio/x-wav", duration_ms=round(length_s * 1000))
    deps.blobs.put(original_key(new.id), recording(length_s) if content is None else content)
    deps.blobs.put(RunPaths(new.id, 1).heard, transcript_to_json(heard(said)))
    return await loaded(deps, new.id)


async def loaded(deps: Dependencies, media_id: object) -> Media:
    media = await deps.store.media.get(media_id)  # type: ignore[arg-type]
    assert media is not None
    return media


async def after(deps: Dependencies, media: Media, step: Step = Step.TEXT) -> Media:
    """The media when that job and all that follow at once have run."""
    register(deps.engine, deps)
    await deps.engine.defer(job_of(step), media.id)
    await deps.engine.app.run_worker_async(queues=["analysis"], wait=False, install_signal_handlers=False)
    return await loaded(deps, media.id)


def unchecked(deps: Dependencies, **options: object) -> Dependencies:
    """Nothing is listened to in this file."""
    return replace(deps, options=replace(deps.options, check_redaction=False, **options))  # type: ignore[arg-type]


def shown(deps: Dependencies, media: Media) -> str:
    data = deps.blobs.get(RunPaths(media.id, 1).transcript)
    assert data is not None
    return " ".join(word.text for turn in transcript_from_json(data).turns for word in turn.words)


def found(deps: Dependencies, media: Media) -> Findings:
    data = deps.blobs.get(RunPaths(media.id, 1).findings)
    assert data is not None
    return findings_from_json(data)


def served(deps: Dependencies, media: Media) -> tuple[AudioForm, bytes]:
    form, audio = (
        deps.blobs.get(RunPaths(media.id, 1).written_audio_form),
        deps.blobs.get(RunPaths(media.id, 1).written_audio),
    )
    assert form is not None
    assert audio is not None
    return audio_form_from_json(form), audio


class TestWords:
    @pytest.mark.parametrize(
        ("text", "extra", "expected"),
        [
            (TextPlan(), (), "you crikey bastard it is $25"),
            (TextPlan(number_formatting=False), (), "you crikey bastard it is twenty five dollars"),
            (TextPlan(profanity_filter=True), (), "you crikey ... it is $25"),
            (TextPlan(profanity_filter=True), ("crikey",), "you ... ... it is $25"),
            (TextPlan(), ("crikey",), "you crikey bastard it is $25"),
        ],
    )
    async def test_numbers_and_profanity_as_asked(
        self, deps: Dependencies, text: TextPlan, extra: tuple[str, ...], expected: str
    ) -> None:
        deps = unchecked(deps, profanity_words=extra)
        media = await after(deps, await recognised(deps, Plan(text=text)))
        assert media.status is MediaStatus.FINISHED
        assert shown(deps, media).endswith(expected)
        assert found(deps, media) == Findings()

    async def test_covered_before_anything_is_written_otherwise(self, deps: Dependencies) -> None:
        deps = unchecked(deps)
        media = await after(deps, await recognised(deps, Plan(detectors=(CARD,))))
        hidden = " ".join(["[redacted]"] * 4)
        assert shown(deps, media) == f"my card number is {hidden} you crikey bastard it is $25"
        (detection,) = found(deps, media).detections or ()
        assert [one.exact for segment in detection.segments for one in segment.occurrences] == [""]
        assert found(deps, media).covered == (Span(2_000, 4_000),)

    async def test_a_detector_that_finds_nothing_says_so(self, deps: Dependencies) -> None:
        deps = unchecked(deps)
        media = await after(deps, await recognised(deps, Plan(detectors=(CARD,)), "good morning to you all"))
        assert [one.segments for one in found(deps, media).detections or ()] == [()]
        assert found(deps, media).covered == ()

    async def test_a_language_the_detector_does_not_know_fails_the_media(self, deps: Dependencies) -> None:
        deps = unchecked(deps)
        media = await recognised(deps, Plan(detectors=(replace(CARD, name="PCI-Spanish"),)))
        ended = await after(deps, media)
        assert (ended.status, [problem.code for problem in ended.errors]) == (MediaStatus.FAILED, [50006])
        assert not deps.blobs.exists(RunPaths(media.id, 1).transcript)
        assert not deps.blobs.exists(RunPaths(media.id, 1).heard)


class TestSound:
    async def test_the_tone_lies_where_the_words_are_covered(self, deps: Dependencies) -> None:
        deps = unchecked(deps)
        media = await after(deps, await recognised(deps, Plan(detectors=(CARD,))))
        form, audio = served(deps, media)
        assert form == AudioForm("audio/x-wav", "wav")
        sound = np.frombuffer(audio[44:], "<i2").astype(float)
        assert loudest_hz(sound[0 : 7 * RATE_HZ // 4]) == pytest.approx(440, abs=1)
        assert loudest_hz(sound[7 * RATE_HZ // 4 : 23 * RATE_HZ // 5]) == pytest.approx(1_000, abs=1)
        assert loudest_hz(sound[24 * RATE_HZ // 5 :]) == pytest.approx(440, abs=1)

    @pytest.mark.parametrize("silent", [True, False])
    async def test_a_channel_that_nobody_listened_to_is_silent_where_sound_is_covered(
        self, deps: Dependencies, silent: bool
    ) -> None:
        """What was not to be processed was not searched for secrets either."""
        deps = unchecked(deps)
        ignored = IngestPlan(channels=(ChannelPlan("Caller", ignored=True),))
        detector = CARD if silent else replace(CARD, audio=None)
        plan = Plan(ingest=ignored, detectors=(detector,), transcode=TranscodePlan("wav"))
        media = await after(deps, await recognised(deps, plan))
        sound = np.frombuffer(served(deps, media)[1][44:], "<i2")
        assert bool(np.any(sound[:RATE_HZ])) is not silent

    async def test_only_its_form_changes_where_no_detector_covers_sound(self, deps: Dependencies) -> None:
        deps = unchecked(deps)
        plan = Plan(transcode=TranscodePlan("flac"), detectors=(replace(CARD, audio=None),))
        media = await after(deps, await recognised(deps, plan))
        form, audio = served(deps, media)
        assert (form, audio[:4]) == (AudioForm("audio/flac", "flac"), b"fLaC")
        assert Step.CHECK not in {step.step for step in media.steps}

    async def test_nothing_is_written_that_only_redaction_asked_for(self, deps: Dependencies) -> None:
        deps = unchecked(deps)
        plan = Plan(transcode=TranscodePlan("mp3", only_if_redacted=True))
        media = await after(deps, await recognised(deps, plan))
        assert media.status is MediaStatus.FINISHED
        assert not deps.blobs.exists(RunPaths(media.id, 1).written_audio)
        assert Step.AUDIO not in {step.step for step in media.steps}

    async def test_its_file_is_made_in_the_scratch_folder(
        self, deps: Dependencies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Beside it there may be no room: a folder for temporary files is often in memory."""
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
        deps = unchecked(deps, scratch=tmp_path)
        media = await after(deps, await recognised(deps, Plan(detectors=(CARD,))))
        assert media.status is MediaStatus.FINISHED
        assert served(deps, media)
        assert [path.name for path in tmp_path.iterdir()] == ["objects"]  # noqa: ASYNC240

    async def test_a_recording_that_cannot_be_read_leaves_nothing(self, deps: Dependencies) -> None:
        deps = unchecked(deps)
        media = await recognised(deps, Plan(detectors=(CARD,)), content=b"no recording at all")
        ended = await after(deps, media)
        assert (ended.status, [problem.code for problem in ended.errors]) == (MediaStatus.FAILED, [10201, 50011])
        for key in (
            RunPaths(media.id, 1).written_audio,
            RunPaths(media.id, 1).written_audio_form,
            RunPaths(media.id, 1).heard,
        ):
            assert not deps.blobs.exists(key), key

    async def test_a_fault_of_the_store_is_tried_again(
        self, deps: Dependencies, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        deps = unchecked(deps)
        media = await recognised(deps, Plan(detectors=(CARD,)))
        real, faults = deps.blobs.open_writer, [TransientFault("the store is away")]

        @contextmanager
        def open_writer(key: str) -> Iterator[BinaryIO]:
            with real(key) as file:
                yield file
                if faults and key == RunPaths(media.id, 1).written_audio:
                    raise faults.pop()

        monkeypatch.setattr(deps.blobs, "open_writer", open_writer)
        monkeypatch.setattr("voxport.workflow.stage_run.backoff_s", lambda _: 0.0)
        ended = await after(deps, media)
        assert (ended.status, faults) == (MediaStatus.FINISHED, [])
        assert served(deps, ended)

    async def test_a_second_run_of_the_job_makes_no_second_file(self, deps: Dependencies) -> None:
        deps = unchecked(deps)
        media = await recognised(deps, Plan(detectors=(CARD,)))
        deps.blobs.put(RunPaths(media.id, 1).written_audio, b"what the first run wrote")
        deps.blobs.put(RunPaths(media.id, 1).written_audio_form, b'{"content_type": "audio/x-wav", "extension": "wav"}')
        ended = await after(deps, media, Step.AUDIO)
        assert {step.step: step.status for step in ended.steps}[Step.AUDIO] is StepStatus.COMPLETED
        assert served(deps, ended)[1] == b"what the first run wrote"


def loudest_hz(sound: npt.NDArray[np.float64]) -> float:
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(sound.size)))
    return float(np.argmax(spectrum)) * RATE_HZ / sound.size
