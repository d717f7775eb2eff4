"""The people of a whole call: each of its channels that is to be looked at, once; what was found is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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
from voxport.speech.sections import Checkpoint

_STRETCHES = TypeAdapter(tuple[SpokenStretch, ...])
_UNAVAILABLE = (
    "Telling speakers apart is not available on this server, which lacks the weights for it; "
    "each channel has one speaker."
)


def tell_apart(
    transcript: Transcript,
    sounds: Mapping[int, PcmSource],
    plan: DiarizationPlan,
    diarizer: Diarizer | None,
    checkpoint: Checkpoint,
) -> Transcript:
    """The transcript of a call with the people on its channels apart; `sounds` are its channels by index.

    Channels that have a name are looked at only where the customer asked. A channel on which one person speaks stays as
    it was. Where nobody can be told apart, a warning (20011) says so to whoever asked.
    """
    if plan.speaker_count == 1:
        return transcript
    if diarizer is None or not diarizer.load():
        unavailable = Problem(Code.DIARIZATION_UNSUPPORTED, _UNAVAILABLE)
        return replace(transcript, warnings=(*transcript.warnings, unavailable)) if plan.asked else transcript
    people: dict[int, list[Person]] = {}
    for activity in transcript.voice_activity:
        if activity.speaker is None or plan.asked:
            stretches = _stretches(sounds[activity.channel], activity, plan, diarizer, checkpoint)
            words = [word for turn in transcript.turns if turn.channel == activity.channel for word in turn.words]
            found = people_of(activity.channel, activity.speaker, words, stretches, diarizer.options)
            if plan.names_roles and activity.speaker is None:
                found = named_by_role(found)
            people[activity.channel] = found
    return separated(transcript, people) if any(people.values()) else transcript


def _stretches(
    source: PcmSource, activity: VoiceActivity, plan: DiarizationPlan, diarizer: Diarizer, checkpoint: Checkpoint
) -> tuple[SpokenStretch, ...]:
    """Who speaks when on a channel, from an earlier attempt at the call or found now."""
    asked = repr((activity.spans, plan.speaker_count, diarizer.options)).encode()
    name = f"speakers-{activity.channel}-{hashlib.sha256(asked).hexdigest()[:16]}.json"
    if (saved := checkpoint.load(name)) is not None:
        try:
            return _STRETCHES.validate_json(saved)
        except ValidationError:
            # Written by another version of this program: they are told apart again.
            pass
    found = diarizer.diarize(source, activity.spans, plan.speaker_count, _nothing)
    checkpoint.save(name, _STRETCHES.dump_json(found))
    return found


def _nothing() -> None:
    """Sources that are read here check themselves whether to go on."""
