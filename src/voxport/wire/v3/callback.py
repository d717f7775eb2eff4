"""Bodies of callbacks, as bytes with their exact Content-Type (docs/contract/callbacks.md section 1)."""

from __future__ import annotations

from collections.abc import Sequence

from voxport.core.findings import Findings
from voxport.core.media import Media
from voxport.core.plan import CallbackPlan, CallbackType, TextFormat
from voxport.core.transcript import Transcript
from voxport.wire.v3.media import media_body
from voxport.wire.v3.transcript import transcript_body
from voxport.wire.writing.callbacks import MediaResult
from voxport.wire.writing.content_types import content_type_of
from voxport.wire.writing.encoding import json_bytes
from voxport.wire.writing.formats import ALTERNATE_FORMATS, render
from voxport.wire.writing.streams import StreamLink


def callback_content(callback: CallbackPlan, result: MediaResult) -> tuple[bytes, str]:
    """As `callback_body`, of a `MediaResult`."""
    return callback_body(result.media, result.transcript, callback, result.streams, result.findings)


def callback_body(
    media: Media,
    transcript: Transcript | None,
    callback: CallbackPlan,
    streams: Sequence[StreamLink] = (),
    findings: Findings | None = None,
) -> tuple[bytes, str]:
    """Body and Content-Type of an analytics or transcript callback.

    ValueError for a media callback, and for a transcript callback without a transcript: a failed media makes none.
    """
    match callback.type:
        case CallbackType.ANALYTICS:
            document = media_body(
                media,
                transcript,
                findings,
                include=callback.include,
                alternate_formats=ALTERNATE_FORMATS,
                links=False,
                streams=streams,
            )
            body = json_bytes(document)
        case CallbackType.TRANSCRIPT:
            body = _transcript(transcript, callback.format)
        case CallbackType.MEDIA:
            raise ValueError("the recording is sent as it is; it has no body to make")
    return body, content_type_of(callback)


def _transcript(transcript: Transcript | None, text_format: TextFormat | None) -> bytes:
    if transcript is None:
        raise ValueError("there is no transcript to send")
    if text_format in (None, TextFormat.JSON):
        return json_bytes(transcript_body(transcript))
    return render(transcript, text_format or TextFormat.TEXT).encode()
