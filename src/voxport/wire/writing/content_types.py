"""The media types of the text formats, exact to the byte: S3 signatures compare them.

Source: docs/contract/callbacks.md section 1.
"""

from __future__ import annotations

from voxport.core.plan import CallbackPlan, CallbackType, TextFormat

JSON = "application/json"

RECORDING = "application/octet-stream"
"""Of the recording itself, which is streamed."""

DELIVERED: dict[TextFormat, str] = {
    TextFormat.JSON: JSON,
    TextFormat.TEXT: "text/plain",
    TextFormat.SRT: "text/srt",
    TextFormat.WEBVTT: "text/vtt",
    TextFormat.DFXP: "application/ttaf+xml",
}
"""In callbacks and in `alternateFormats`."""

SERVED: dict[TextFormat, str] = {**DELIVERED, TextFormat.DFXP: "application/ttml+xml"}
"""In answers to GET; dfxp differs there and stays so (docs/contract/open-questions.md 9)."""


def callback_content_type(kind: CallbackType, text_format: TextFormat | None) -> str:
    """The exact Content-Type of a callback of `kind`; `text_format` matters for transcripts only."""
    if kind is CallbackType.MEDIA:
        return RECORDING
    if kind is CallbackType.TRANSCRIPT:
        return DELIVERED[text_format or TextFormat.JSON]
    return JSON


def content_type_of(callback: CallbackPlan) -> str:
    """The exact Content-Type that `callback` is sent with."""
    return callback_content_type(callback.type, callback.format)
