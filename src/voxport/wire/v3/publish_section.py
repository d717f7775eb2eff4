"""`publish` besides its callbacks: the form of the recording, and what stands for it once it is redacted."""

from __future__ import annotations

from voxport.core.audio_formats import FORMATS, fits
from voxport.core.plan import Plan, TranscodePlan
from voxport.wire.reading.callbacks import warn_of_nothing_redacted
from voxport.wire.reading.excerpts import clip
from voxport.wire.reading.refusals import Refusals
from voxport.wire.v3.shapes.publish import AudioTranscode

_DEFAULT_FORMAT = "wav"


def transcode_plan(asked: AudioTranscode | None, refusals: Refusals) -> TranscodePlan | None:
    """`publish.audioTranscode`; None without it."""
    if asked is None:
        return None
    section = ("publish", "audioTranscode")
    file_format = _DEFAULT_FORMAT if asked.file_format is None else asked.file_format.lower()
    codec = (asked.codec or "").lower() or None
    if file_format not in FORMATS:
        refusals.unreadable((*section, "fileFormat"), f"one of {', '.join(FORMATS)}")
        return None
    if not fits(file_format, codec):
        codecs = ", ".join(FORMATS[file_format].codecs)
        refusals.unreadable(
            (*section, "codec"), f"one of {codecs} in {file_format}; {{codec}} is not", codec=clip(codec or "")
        )
    return TranscodePlan(file_format, codec, asked.only_if_redacted or False)


def check_streams(plan: Plan, refusals: Refusals) -> None:
    """Notes what a plan that redacts no audio says of redacted audio: it is not delivered, and takes no place."""
    for index, callback in enumerate(plan.callbacks):
        if callback.needs_redaction:
            warn_of_nothing_redacted(("publish", "callbacks", index, "stream"), refusals)
    if plan.erase_original:
        refusals.unreadable(("publish", "eraseOriginal"), "false, since no detector here redacts audio")
