"""`ingest`: how the channels of a file become speakers (15000-15003, 15005; 15004 needs the file and comes later)."""

from __future__ import annotations

from typing import Any

from voxport.core.codes import Code
from voxport.core.plan import ChannelPlan, IngestPlan
from voxport.wire.reading.faults import Faults

_WAYS = ("speakerName", "stereo", "channels", "tracks")


def ingest_plan(document: dict[str, Any], faults: Faults) -> IngestPlan:
    """The plan of the section; an empty plan where something in it was refused."""
    section: dict[str, Any] = document.get("ingest", {})
    # allowDeferredProcessing needs nothing: whatever is accepted waits its turn here, true or false (docs).
    if sum(way in section for way in _WAYS) > 1:
        faults.add(Code.CHANNELS_AMBIGUOUS)
        return IngestPlan()
    role: str | None = section.get("speakerRole")
    if "speakerName" in section:
        return _mix(section["speakerName"], role, faults)
    if "stereo" in section:
        return IngestPlan(mix_role=role, channels=_stereo(section["stereo"], faults))
    if "channels" in section:
        return IngestPlan(mix_role=role, channels=_channels(section["channels"], faults))
    if "tracks" in section:
        return _tracks(section["tracks"], faults)
    return IngestPlan(mix_role=role)


def _mix(name: str, role: str | None, faults: Faults) -> IngestPlan:
    if not name.strip():
        faults.add(Code.CHANNEL_WITHOUT_SPEAKER)
        return IngestPlan()
    return IngestPlan(mix_as=name, mix_role=role)


def _stereo(section: dict[str, Any], faults: Faults) -> tuple[ChannelPlan, ...]:
    if "left" not in section or "right" not in section:
        faults.add(Code.STEREO_SIDE_MISSING)
        return ()
    return _channels([section["left"], section["right"]], faults)


def _tracks(tracks: list[dict[str, Any]], faults: Faults) -> IngestPlan:
    for index, track in enumerate(tracks):
        if track.get("trackIndex", 0) < 0:
            faults.unreadable(f"ingest.tracks[{index}].trackIndex", "a whole number of at least 0")
        if "speakerName" in track and "channels" in track:
            faults.add(Code.CHANNELS_AMBIGUOUS)
        elif "speakerName" not in track and "channels" not in track:
            faults.add(Code.CHANNELS_EMPTY)
    plans = [_track(track, faults) for track in tracks]
    if len(tracks) > 1 or tracks[0].get("trackIndex", 0) > 0:
        faults.not_built("Media of several tracks (ingest.tracks)")
    return plans[0]


def _track(track: dict[str, Any], faults: Faults) -> IngestPlan:
    role: str | None = track.get("speakerRole")
    if "speakerName" in track:
        return _mix(track["speakerName"], role, faults)
    return IngestPlan(mix_role=role, channels=_channels(track.get("channels", []), faults))


def _channels(elements: list[dict[str, Any] | None], faults: Faults) -> tuple[ChannelPlan, ...]:
    if not elements:
        return ()
    if all(element is None for element in elements):
        faults.add(Code.CHANNELS_EMPTY)
        return ()
    plans = tuple(_channel(element, number, faults) for number, element in enumerate(elements, start=1))
    if all(plan.ignored for plan in plans):
        faults.add(Code.EVERY_CHANNEL_IGNORED)
    return plans


def _channel(element: dict[str, Any] | None, number: int, faults: Faults) -> ChannelPlan:
    default = f"Speaker{number}"
    if element is None or not element.get("speakerName", default).strip():
        faults.add(Code.CHANNEL_WITHOUT_SPEAKER)
        return ChannelPlan(default)
    return ChannelPlan(
        element.get("speakerName", default), element.get("speakerRole"), bool(element.get("ignore", False))
    )
