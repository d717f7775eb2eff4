"""Calls with crosstalk on their lines, as they are listened to, and what a customer is told of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from tests.rooms.speech import sounds
from tests.rooms.speech.voices import Wave, echo, noise, samples
from voxport.core.audio import DecodedChannel, PcmArray, Samples
from voxport.core.codes import Code
from voxport.core.transcript import Span
from voxport.speech.channel_warnings import channel_warnings
from voxport.speech.levels import FLOOR_DB
from voxport.speech.listening import ListenedChannel, SilencedSource, listen, measured
from voxport.speech.options import SpeechOptions

REPLY_MS = 4_000
"""When the second speaker begins."""


def speakers() -> tuple[Wave, Wave]:
    """One who speaks in the first three seconds, and one who replies."""
    (first,), (_, second) = sounds.recording("go-forward-3s.wav"), sounds.recording("stereo-5s.wav")
    length = REPLY_MS * 16 + second.shape[0]
    said, replied = np.zeros(length), np.zeros(length)
    said[: first.shape[0]] = first / 32_768
    replied[-second.shape[0] :] = second / 32_768
    return said, replied


def with_echo(gain_db: float = -25.0) -> list[Samples]:
    said, replied = speakers()
    line = replied + echo(said, gain_db, 60) + noise(said.shape[0] // 16, -70)
    return [samples(said), samples(line)]


def heard(channels: list[Samples], options: SpeechOptions | None = None) -> list[ListenedChannel]:
    with ThreadPoolExecutor(2) as pool:
        return listen([PcmArray(channel) for channel in channels], options or SpeechOptions(), pool)


def warnings(found: list[ListenedChannel], names: tuple[str | None, str | None]) -> list[tuple[int, str]]:
    decoded = [DecodedChannel(index, name, 0) for index, name in enumerate(names)]
    return [(one.code, one.message) for one in channel_warnings(decoded, found)]


def test_an_echo_is_left_out_of_the_voice_and_silenced() -> None:
    alone = heard(with_echo(-90))
    first, second = heard(with_echo())
    assert first.voice.spans == alone[0].voice.spans
    assert first.echoes == ()
    assert all(span.start_ms >= REPLY_MS for span in second.voice.spans)
    assert sum(span.end_ms - span.start_ms for span in second.voice.spans) > 1_500
    (silenced,) = second.echoes
    line = with_echo()[1].astype(np.float64)
    left = second.measured.source.read(silenced.start_ms * 16, silenced.end_ms * 16).astype(np.float64)
    assert left.std() < 0.2 * line[silenced.start_ms * 16 : silenced.end_ms * 16].std()
    assert (
        second.measured.source.read(REPLY_MS * 16, REPLY_MS * 20)
        == samples(line / 32_768)[REPLY_MS * 16 : REPLY_MS * 20]
    ).all()


def test_a_later_attempt_listens_to_the_same() -> None:
    line = with_echo()[1]
    second = heard(with_echo())[1]
    again = measured(PcmArray(line), second.echoes, SpeechOptions().conditioning)
    assert (again.source.read(0, line.shape[0]) == second.measured.source.read(0, line.shape[0])).all()
    assert again.levels.floor_db == second.measured.levels.floor_db


def test_without_the_option_everything_is_heard() -> None:
    second = heard(with_echo(), SpeechOptions(crosstalk=None))[1]
    assert second.echoes == ()
    assert second.voice.spans[0].start_ms < 2_000


def test_of_two_channels_with_the_same_sound_one_has_a_voice() -> None:
    said, replied = speakers()
    first, second = heard([samples(said + replied), samples(-0.9 * (said + replied))])
    assert first.voice.spans
    assert (second.voice.spans, second.same_as) == ((), 0)
    assert warnings([first, second], ("Agent", "Caller")) == [
        (
            Code.CHANNEL_COUNT_DIFFERS,
            "Channel 2 (Caller) carries the same sound as Channel 1 (Agent). It was recognised once, as Channel 1 "
            "(Agent); who said what cannot be told by channel.",
        )
    ]


def test_crosstalk_is_told_with_its_length() -> None:
    ((code, message),) = warnings(heard(with_echo()), (None, None))
    assert code == Code.MEDIA_UNREADABLE
    assert message.startswith("Channel 2 carries crosstalk (echo) of another channel; 1.")
    assert message.endswith(" seconds of it were not recognised a second time.")


def test_a_clean_call_is_nothing_to_tell() -> None:
    said, replied = speakers()
    found = heard([samples(said), samples(replied)])
    assert [one.echoes for one in found] == [(), ()]
    assert warnings(found, ("Agent", "Caller")) == []


def test_what_is_silenced_does_not_depend_on_what_is_read() -> None:
    sound = sounds.white_noise(2)
    source = SilencedSource(PcmArray(sound), (Span(300, 700), Span(900, 1_000)), -40.0)
    whole = source.read(-1, 99_999)
    parts = np.concatenate([source.read(start, start + 1_234) for start in range(0, sound.shape[0], 1_234)])
    assert (whole == parts).all()
    assert (whole[: 300 * 16] == sound[: 300 * 16]).all()
    assert 200 < whole[300 * 16 : 700 * 16].std() < 450
    assert not SilencedSource(PcmArray(sound), (Span(0, 2_000),), FLOOR_DB).read(0, 9).any()
