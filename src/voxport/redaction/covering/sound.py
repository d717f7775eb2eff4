"""The file that is served instead of the recording: covered with tones, transcoded, or both."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO

from voxport.audio.encoding import write_sound
from voxport.audio.forms import form_of
from voxport.core.plan import TranscodePlan
from voxport.core.sound import Sound
from voxport.redaction.covering.tones import Beep, with_silence, with_tones
from voxport.redaction.covers import Detections
from voxport.redaction.options import DEFAULTS, RedactionOptions


@dataclass(frozen=True, slots=True)
class WrittenAudio:
    """What was written."""

    content_type: str
    """As `mediaContentType` of the wire."""
    extension: str
    """Without a dot."""
    duration_ms: int


def beeps_of(detections: Detections) -> tuple[Beep, ...]:
    """Where a tone is heard, and which."""
    return tuple(Beep(one.sound, one.audio) for one in detections.covers if one.audio is not None)


def write_audio(
    opened: AbstractContextManager[Sound],
    beeps: Sequence[Beep],
    transcode: TranscodePlan | None,
    file: BinaryIO,
    muted: Collection[int] = (),
    options: RedactionOptions = DEFAULTS,
) -> WrittenAudio:
    """Writes the sound with its beeps into `file` (seekable), a block at a time, on the clock of the recording.

    The channels of the indexes in `muted` are silent: nobody has listened to them, so nobody knows what they say.

    `file` must be one that nobody reads yet: when this raises, part of it is written. Raises MediaFailed 50011 when the
    sound cannot be encoded, and what reading it and writing `file` raise.
    """
    with opened as sound:
        form = form_of(sound, transcode)
        blocks = with_silence(sound.blocks, muted) if muted else sound.blocks
        duration_ms = write_sound(sound, with_tones(blocks, beeps, sound.rate_hz, options.tones.fade_ms), form, file)
    return WrittenAudio(form.content_type, form.extension, duration_ms)
