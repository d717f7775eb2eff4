"""Channels become speakers as the configuration says."""

from __future__ import annotations

import numpy as np
import pytest

from tests.rooms.audio.recordings import Channels, decoded, encoded, loudness, silence, tone
from voxport.core.errors import MediaFailed
from voxport.core.plan import ChannelPlan, IngestPlan

STEREO = encoded("wav", "pcm_s16le", [tone(1.0), silence(1.0)])
MONO = encoded("wav", "pcm_s16le", [tone(1.0)])
BOTH = IngestPlan(channels=(ChannelPlan("Agent"), ChannelPlan("Caller")))


def test_channels_have_the_names_of_the_plan() -> None:
    result, _ = decoded(STEREO, BOTH)
    assert [(channel.index, channel.speaker) for channel in result.channels] == [(0, "Agent"), (1, "Caller")]


def test_an_ignored_channel_is_not_written() -> None:
    plan = IngestPlan(channels=(ChannelPlan("Agent", ignored=True), ChannelPlan("Caller")))
    result, files = decoded(STEREO, plan)
    assert [(channel.index, channel.speaker) for channel in result.channels] == [(1, "Caller")]
    assert list(files.written) == [1]
    assert not files.channel(1).any()


@pytest.mark.parametrize(
    ("plan", "data", "words"),
    [
        (BOTH, MONO, "describes 2 channels, the media has 1"),
        (IngestPlan(channels=(ChannelPlan("Agent"),)), STEREO, "describes 1 channels, the media has 2"),
    ],
)
def test_another_number_of_channels_is_refused(plan: IngestPlan, data: bytes, words: str) -> None:
    with pytest.raises(MediaFailed, match=words) as failure:
        decoded(data, plan)
    assert failure.value.problem.code == 15004


def test_one_speaker_name_mixes_all_channels() -> None:
    left, right = tone(1.0, hz=400), tone(1.0, hz=1000)
    result, files = decoded(encoded("wav", "pcm_s16le", [left, right]), IngestPlan(mix_as="Everyone"))
    assert [(channel.index, channel.speaker) for channel in result.channels] == [(0, "Everyone")]
    expected = (left.astype(np.float64) + right) / 2
    assert np.abs(files.channel(0) - expected).max() <= 1


def test_channels_that_nothing_is_said_of_are_mixed_without_a_name() -> None:
    result, files = decoded(encoded("wav", "pcm_s16le", [tone(1.0), tone(1.0, hz=1000)]), IngestPlan(mixed=True))
    assert [(channel.index, channel.speaker) for channel in result.channels] == [(0, None)]
    assert list(files.written) == [0]
    mono, same = decoded(MONO, IngestPlan(mixed=True))
    assert [(channel.index, channel.speaker) for channel in mono.channels] == [(0, None)]
    assert (same.channel(0) == tone(1.0)).all()


@pytest.mark.parametrize("codec", ["pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_f32le"])
def test_a_mix_of_full_scale_never_clips(codec: str) -> None:
    loud = np.full(16_000, 32_767, np.int16)
    _, files = decoded(encoded("wav", codec, [loud, loud]), IngestPlan(mix_as="Everyone"))
    assert files.channel(0)[4000:12000].min() > 32_000


def test_a_mono_recording_can_be_named() -> None:
    result, files = decoded(MONO, IngestPlan(mix_as="Caller"))
    assert [(channel.index, channel.speaker) for channel in result.channels] == [(0, "Caller")]
    assert loudness(files.channel(0)) == pytest.approx(0.354, abs=0.01)


def test_nothing_stays_of_a_refused_recording() -> None:
    files = Channels()
    with pytest.raises(MediaFailed):
        decoded(MONO, BOTH)
    assert files.written == {}
