"""The file that is heard instead of the recording: covered with tones, transcoded, or both."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO

import av.error

from voxport.core.audio_formats import FORMATS
from voxport.core.errors import MediaFailed, Problem
from voxport.core.plan import TranscodePlan
from voxport.core.sound import Sound
from voxport.redaction.detections import Detections
from voxport.redaction.encode import form_of, write_sound
from voxport.redaction.tones import Beep, cover


@dataclass(frozen=True, slots=True)
class WrittenAudio:
    """What was written. `extension` without a dot."""

    content_type: str
    extension: str
    duration_ms: int


def beeps_of(detections: Detections) -> tuple[Beep, ...]:
    """Where a tone is heard, and which."""
    return tuple(Beep(one.span, one.audio) for one in detections.covers if one.audio is not None)


def write_audio(
    opened: AbstractContextManager[Sound], beeps: Sequence[Beep], transcode: TranscodePlan | None, file: BinaryIO
) -> WrittenAudio:
    """Writes the sound with its beeps into `file` (seekable), a block at a time.

    Raises MediaFailed 50011 when it cannot be encoded, and what reading raises.
    """
    with opened as sound:
        own_codec = FORMATS[transcode.file_format].codecs[0] if transcode is not None else None
        form = form_of(sound, transcode, own_codec)
        try:
            duration_ms = write_sound(sound, cover(sound.blocks, beeps, sound.rate_hz), form, file)
        except av.error.FFmpegError as error:
            reason = f"The sound of the recording cannot be written as {form.content_type} ({type(error).__name__})."
            raise MediaFailed(Problem(50011, reason)) from error
    return WrittenAudio(form.content_type, form.extension, duration_ms)
