"""The people of a whole call: each of its channels that is to be looked at, once; what was found is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from voxport.core.audio import PcmSource
from voxport.core.codes import Code
from voxport.core.errors import Problem
from voxport.core.plan import DiarizationPlan
from voxport.core.transcript import Transcript, VoiceActivity
from voxport.speech.diarization.diarizer import Diarizer, SpokenStretch
from voxport.speech.diarization.roles import named_by_role
from voxport.speech.diarization.separation import Person, people_of, separated
from voxport.speech.sections import Checkpoint, PrefixedCheckpoint

_STRETCHES = TypeAdapter(tuple[SpokenStretch, ...])
_UNAVAILABLE = (
    "Telling speakers apart is not available on this server, which lacks the weights for it; "
    "each channel has one speaker."
)
_NAMED = "Nobody was named by what they say (nameRoles): every channel of this recording has a name."


def tell_apart(
    transcript: Transcript,
    sounds: Mapping[int, PcmSource],
    plan: DiarizationPlan,
    diarizer: Diarizer | None,
    checkpoint: Checkpoint,
    progress: Callable[[float], None],
) -> Transcript:
    """The transcript of a call with the people on its channels apart; `sounds` are its channels by index.

    Channels that have a name are looked at only where the customer asked. A channel on which one person speaks stays as
    it was. Where nobody can be told apart, or named by role, a warning (20011) says so to whoever asked. `progress` is
    called with a fraction from 0 to 1.
    """
    if plan.speaker_count == 1:
        return transcript
    if diarizer is None or not diarizer.load():
        return _with_warning(transcript, _UNAVAILABLE) if plan.asked else transcript
    looked_at = [one for one in transcript.voice_activity if one.speaker is None or plan.asked]
    people: dict[int, list[Person]] = {}
    names = {one.speaker for one in transcript.voice_activity if one.speaker is not None}
    for place, activity in enumerate(looked_at):
        report = _part_of(progress, place, len(looked_at))
        stretches = _stretches(sounds[activity.channel], activity, plan, diarizer, checkpoint, report)
        words = [word for turn in transcript.turns if turn.channel == activity.channel for word in turn.words]
        found = people_of(activity.channel, activity.speaker, words, stretches, diarizer.options, names)
        people[activity.channel] = named_by_role(found) if plan.names_roles and activity.speaker is None else found
        names.update(one.speaker for one in found)
    progress(1.0)
    if plan.names_roles and all(one.speaker is not None for one in looked_at):
        transcript = _with_warning(transcript, _NAMED)
    return separated(transcript, people) if any(people.values()) else transcript


def _part_of(progress: Callable[[float], None], place: int, parts: int) -> Callable[[float], None]:
    """Reports of one of several equal parts on the scale of all of them."""
    return lambda done: progress((place + done) / parts)


def _with_warning(transcript: Transcript, sentence: str) -> Transcript:
    return replace(transcript, warnings=(*transcript.warnings, Problem(Code.DIARIZATION_UNSUPPORTED, sentence)))


def _stretches(
    source: PcmSource,
    activity: VoiceActivity,
    plan: DiarizationPlan,
    diarizer: Diarizer,
    checkpoint: Checkpoint,
    report: Callable[[float], None],
) -> tuple[SpokenStretch, ...]:
    """Who speaks when on a channel, from an earlier attempt at the call or found now."""
    asked = repr((activity.spans, plan.speaker_count, diarizer.options)).encode()
    own = PrefixedCheckpoint(checkpoint, f"speakers-{activity.channel}-{hashlib.sha256(asked).hexdigest()[:16]}")
    name = ".json"
    if (saved := own.load(name)) is not None:
        try:
            return _STRETCHES.validate_json(saved)
        except ValidationError:
            # Written by another version of this program: they are told apart again.
            pass
    found = diarizer.diarize(source, activity.spans, plan.speaker_count, PrefixedCheckpoint(own, "-"), report)
    own.save(name, _STRETCHES.dump_json(found))
    return found
