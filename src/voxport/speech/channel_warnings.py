"""What a customer should know of the channels of a recording: one sound on several, the speech of one on another."""

from __future__ import annotations

from collections.abc import Sequence

from voxport.core.audio import DecodedChannel
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.speech.listening import ListenedChannel

_WORTH_TELLING_MS = 1_000
"""Less crosstalk than would have made a sentence is nobody's concern."""


def channel_warnings(channels: Sequence[DecodedChannel], heard: Sequence[ListenedChannel]) -> tuple[Problem, ...]:
    """One for each channel that repeats another one, then one for each with crosstalk; `channels` as those heard."""
    same = [
        Problem(Code.CHANNEL_COUNT_DIFFERS, _same_sound(channels[place], channels[one.same_as]))
        for place, one in enumerate(heard)
        if one.same_as is not None
    ]
    crosstalk = [
        Problem(Code.MEDIA_UNREADABLE, _crosstalk(channels[place], one.echo_voice_ms))
        for place, one in enumerate(heard)
        if one.same_as is None and one.echo_voice_ms >= _WORTH_TELLING_MS
    ]
    return (*same, *crosstalk)


def _same_sound(repeats: DecodedChannel, kept: DecodedChannel) -> str:
    return (
        f"{_named(repeats)} carries the same sound as {_named(kept)}. It was recognised once, as "
        f"{_named(kept)}; who said what cannot be told by channel."
    )


def _crosstalk(channel: DecodedChannel, voice_ms: int) -> str:
    return (
        f"{_named(channel)} carries crosstalk (echo) of another channel; {voice_ms / 1000:.1f} seconds "
        "of it were not recognised a second time."
    )


def _named(channel: DecodedChannel) -> str:
    """`Channel 2 (Caller)`; channels are counted from 1 here, as people do."""
    return f"Channel {channel.index + 1}" + (f" ({channel.speaker})" if channel.speaker else "")
