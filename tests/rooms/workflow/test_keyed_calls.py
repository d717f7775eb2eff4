"""A call in which keys are pressed, from recognition to the check."""

from __future__ import annotations

import io
import wave
from dataclasses import replace

import numpy as np
import pytest

from tests.rooms.audio.recordings import decoded
from tests.rooms.audio.test_keyed_tones import line
from tests.rooms.workflow.test_redaction_check import HEARD, PLAN, after, hearing, recognised, tiny
from voxport.audio.keyed_tones import find_keyed_tones
from voxport.core.artefacts import AudioForm, RunPaths, audio_form_to_json, original_key, transcript_to_json
from voxport.core.audio import SPEECH_RATE_HZ, PcmArray
from voxport.core.findings import findings_from_json
from voxport.core.media import MediaStatus
from voxport.core.stages import Step, first_steps
from voxport.core.transcript import KeyedSign
from voxport.storage.records import NewMedia
from voxport.workflow.dependencies import Dependencies

__all__ = ["hearing", "tiny"]
KEYS = "4111#"


def keyed_recording(at_s: float = 0.0) -> bytes:
    """WAV: keys on the right channel."""
    keys = line(KEYS, ms=60)
    sound = np.zeros((2, int(at_s * SPEECH_RATE_HZ) + keys.size))
    sound[1, -keys.size :] = keys
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((2, 2, SPEECH_RATE_HZ, 0, "NONE", ""))
        out.writeframes((sound.T * 32767).astype("<i2").tobytes())
    return file.getvalue()


async def test_keys_are_found_by_the_speech_step_and_covered_in_the_sound(
    hearing: Dependencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.rooms.workflow.test_redaction_check.QUEUES", ["ingest", "speech", "analysis"])
    plan = replace(PLAN, detectors=(replace(PLAN.detectors[0], name="Number"),))
    acme = await hearing.store.organizations.create("Acme")
    new = NewMedia(acme.id, plan, first_steps(plan, fetches=False))
    async with hearing.store.transaction() as connection:
        await hearing.store.media.insert(connection, new)
    hearing.blobs.put(original_key(new.id), keyed_recording())
    media = await hearing.store.media.get(new.id)
    assert media is not None
    ended = await after(hearing, media, Step.INGEST)
    assert ended.status is MediaStatus.FINISHED
    paths = RunPaths(new.id, 1)
    (found,) = findings_from_json(hearing.blobs.get(paths.findings) or b"").detections or ()
    assert [(one.channel, len(one.occurrences)) for one in found.segments] == [(1, 1)]
    _, files = decoded(hearing.blobs.get(paths.written_audio) or b"")
    assert [key.sign for key in find_keyed_tones(PcmArray(files.channel(1)))] == []


async def test_keys_that_still_sound_fail_the_media(hearing: Dependencies) -> None:
    media = await recognised(hearing)
    keyed = tuple(KeyedSign(1, "4", at_ms, at_ms + 60) for at_ms in range(27_000, 28_600, 150))
    paths = RunPaths(media.id, 1)
    hearing.blobs.put(paths.heard, transcript_to_json(replace(HEARD, keyed=keyed)))
    hearing.blobs.put(paths.written_audio, keyed_recording(at_s=26.5))
    hearing.blobs.put(paths.written_audio_form, audio_form_to_json(AudioForm("audio/wav", "wav")))
    ended = await after(hearing, media, Step.CHECK)
    assert ended.status is MediaStatus.FAILED
    (problem,) = ended.errors
    assert (problem.code, "27." in problem.message) == (50011, True)
