"""`ingest`: how the channels of a file become speakers (15000-15002; the rest is shared)."""

from __future__ import annotations

from collections.abc import Sequence

from voxport.core.codes import Code
from voxport.core.plan import ChannelPlan, IngestPlan
from voxport.wire.reading.channels import AskedChannel, channel_plans, stereo_plans
from voxport.wire.reading.limits import MAX_TRACKS, check_speaker, few_enough
from voxport.wire.reading.refusals import Refusals
from voxport.wire.v3.shapes.ingest import Channel, Ingest, Track


def ingest_plan(section: Ingest | None, refusals: Refusals) -> IngestPlan:
    """The plan of the section; an empty plan where something in it was refused."""
    # allowDeferredProcessing needs nothing: whatever is accepted waits its turn here, true or false (docs).
    if section is None:
        return IngestPlan()
    ways = (section.speaker_name is not None, section.stereo is not None, section.channels != (), section.tracks != ())
    if sum(ways) > 1:
        refusals.add(Code.CHANNELS_AMBIGUOUS)
        return IngestPlan()
    role = section.speaker_role
    check_speaker(role, refusals)
    if section.speaker_name is not None:
        return _mix(section.speaker_name, role, refusals)
    if section.stereo is not None:
        sides = (_asked(section.stereo.left), _asked(section.stereo.right))
        return IngestPlan(mix_role=role, channels=stereo_plans(*sides, refusals))
    if section.tracks:
        return _tracks(section.tracks, refusals)
    return IngestPlan(mix_role=role, channels=_channels(section.channels, refusals))


def _mix(name: str, role: str | None, refusals: Refusals) -> IngestPlan:
    if not name.strip():
        refusals.add(Code.CHANNEL_WITHOUT_SPEAKER)
        return IngestPlan()
    check_speaker(name, refusals)
    check_speaker(role, refusals)
    return IngestPlan(mix_as=name, mix_role=role)


def _tracks(tracks: Sequence[Track], refusals: Refusals) -> IngestPlan:
    if not few_enough(tracks, MAX_TRACKS, ("ingest", "tracks"), "tracks", refusals):
        return IngestPlan()
    for index, track in enumerate(tracks):
        if (track.track_index or 0) < 0:
            refusals.unreadable(("ingest", "tracks", index, "trackIndex"), "a whole number of at least 0")
        if track.speaker_name is not None and track.channels:
            refusals.add(Code.CHANNELS_AMBIGUOUS)
        elif track.speaker_name is None and not track.channels:
            refusals.add(Code.CHANNELS_EMPTY)
    plans = [_track(track, refusals) for track in tracks]
    if len(tracks) > 1 or (tracks[0].track_index or 0) > 0:
        refusals.not_built("Media of several tracks (ingest.tracks)")
    return plans[0]


def _track(track: Track, refusals: Refusals) -> IngestPlan:
    if track.speaker_name is not None:
        return _mix(track.speaker_name, track.speaker_role, refusals)
    return IngestPlan(mix_role=track.speaker_role, channels=_channels(track.channels, refusals))


def _channels(channels: Sequence[Channel | None], refusals: Refusals) -> tuple[ChannelPlan, ...]:
    return channel_plans([_asked(channel) for channel in channels], refusals)


def _asked(channel: Channel | None) -> AskedChannel | None:
    if channel is None:
        return None
    return AskedChannel(channel.speaker_name, channel.speaker_role, channel.ignore or False)
