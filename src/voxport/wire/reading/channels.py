"""How the channels of a file become speakers (15001-15003, 15005; 15004 needs the file and comes later)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voxport.core.codes import Code
from voxport.core.plan import ChannelPlan, IngestPlan
from voxport.wire.reading.limits import MAX_CHANNELS, check_speaker, few_enough
from voxport.wire.reading.refusals import Refusals


@dataclass(frozen=True, slots=True)
class AskedChannel:
    """What a request says of one channel."""

    speaker: str | None = None
    """None: `Speaker1`, `Speaker2` and so on by its place."""
    role: str | None = None
    ignored: bool = False
    """Whether the channel is left out of recognition."""


def stereo_plans(left: AskedChannel | None, right: AskedChannel | None, refusals: Refusals) -> tuple[ChannelPlan, ...]:
    """A plan for both channels of a file of two; notes 15003 where one of them is missing."""
    if left is None or right is None:
        refusals.add(Code.STEREO_SIDE_MISSING)
        return ()
    return channel_plans((left, right), refusals)


def channel_plans(channels: Sequence[AskedChannel | None], refusals: Refusals) -> tuple[ChannelPlan, ...]:
    """A plan for each channel in order, None being one of which nothing is said."""
    if not channels or not few_enough(channels, MAX_CHANNELS, ("ingest", "channels"), "channels", refusals):
        return ()
    if all(channel is None for channel in channels):
        refusals.add(Code.CHANNELS_EMPTY)
        return ()
    plans = tuple(_channel(channel, number, refusals) for number, channel in enumerate(channels, start=1))
    if all(plan.ignored for plan in plans):
        refusals.add(Code.EVERY_CHANNEL_IGNORED)
    return plans


def with_unnamed_channels(plan: IngestPlan, *, separate: bool) -> IngestPlan:
    """The plan, and where it says nothing of channels: whether they are heard apart, or mixed into one without a name.

    The platform heard one conversation on one track there (docs/decisions/0018-one-track-without-ingest.md).
    """
    return plan if separate or plan.channels or plan.mixes else replace(plan, mixed=True)


def _channel(channel: AskedChannel | None, number: int, refusals: Refusals) -> ChannelPlan:
    default = f"Speaker{number}"
    if channel is None or (channel.speaker is not None and not channel.speaker.strip()):
        refusals.add(Code.CHANNEL_WITHOUT_SPEAKER)
        return ChannelPlan(default)
    check_speaker(channel.speaker, refusals)
    check_speaker(channel.role, refusals)
    speaker = default if channel.speaker is None else channel.speaker
    return ChannelPlan(speaker, channel.role, channel.ignored)
