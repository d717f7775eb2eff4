"""Who is who in a transcript: names of speakers and the channels that bear them."""

from __future__ import annotations

from dataclasses import replace

from voxport.core.plan import IngestPlan
from voxport.core.transcript import Transcript, person_number, sound_channel


def speakers_of(*transcripts: Transcript) -> dict[str, int | None]:
    """The channel of each speaker's name; None for a name that several channels have."""
    channels: dict[str, set[int]] = {}
    for transcript in transcripts:
        for one in transcript.turns:
            channels.setdefault(one.speaker or "", set()).add(one.channel)
        for voice in transcript.voice_activity:
            channels.setdefault(voice.speaker or "", set()).add(voice.channel)
    channels.pop("", None)
    return {name: next(iter(known)) if len(known) == 1 else None for name, known in channels.items()}


def named(transcript: Transcript, plan: IngestPlan) -> Transcript:
    """The same call with its speakers as `plan` calls them; those it does not name keep their names.

    Of several people on a channel the first has its name, the others the name and their number: `Agent`, `Agent2`.
    """
    names = (plan.mix_as,) if plan.mix_as is not None else tuple(channel.speaker for channel in plan.channels)

    def name(channel: int, known: str | None) -> str | None:
        place, number = sound_channel(channel), person_number(channel)
        if place >= len(names):
            return known
        return names[place] if number == 0 else f"{names[place]}{number + 1}"

    turns = tuple(replace(turn, speaker=name(turn.channel, turn.speaker)) for turn in transcript.turns)
    voices = tuple(replace(one, speaker=name(one.channel, one.speaker)) for one in transcript.voice_activity)
    return replace(transcript, turns=turns, voice_activity=voices)
