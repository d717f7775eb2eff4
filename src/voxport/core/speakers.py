"""Who is who in a transcript: names of speakers and the channels that bear them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import count, islice

from voxport.core.plan import IngestPlan
from voxport.core.transcript import Transcript, person_channel, person_number, sound_channel


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


def names_of_people(name: str, people: int, taken: Iterable[str]) -> list[str]:
    """What several people on a channel of that name are called: `Agent`, `Agent2`, `Agent3`; `Desk 7`, `Desk 7-2`.

    A name that somebody else has (`taken`, in any letter case) is passed over.
    """
    others = {one.casefold() for one in taken}
    made = (f"{name}{'-' if name[-1:].isdecimal() else ''}{number}" for number in count(2))
    return [name, *islice((one for one in made if one.casefold() not in others), people - 1)]


def named(transcript: Transcript, plan: IngestPlan) -> Transcript:
    """The same call with its speakers as `plan` calls them; those it does not name keep their names.

    Of several people on a channel the first has its name, the others the name and a number (`names_of_people`).
    """
    names = (plan.mix_as,) if plan.mix_as is not None else tuple(channel.speaker for channel in plan.channels)
    known = {turn.channel for turn in transcript.turns} | {voice.channel for voice in transcript.voice_activity}
    called: dict[int, str] = {}
    for place, name in enumerate(names):
        people = [person_number(channel) for channel in known if sound_channel(channel) == place]
        given = names_of_people(name, max(people, default=0) + 1, (*names, *called.values()))
        called |= {person_channel(place, number): own for number, own in enumerate(given)}
    turns = tuple(replace(turn, speaker=called.get(turn.channel, turn.speaker)) for turn in transcript.turns)
    voices = tuple(replace(one, speaker=called.get(one.channel, one.speaker)) for one in transcript.voice_activity)
    return replace(transcript, turns=turns, voice_activity=voices)
