"""The media types of the text formats, exact to the byte: S3 signatures compare them.

Source: docs/contract/callbacks.md section 1.
"""

from __future__ import annotations

from voxport.core.plan import CallbackPlan, CallbackType, TextFormat

JSON = "application/json"

RECORDING = "application/octet-stream"
"""Of the recording itself, which is streamed, and of all that is encrypted for the customer."""

DELIVERED: dict[TextFormat, str] = {
    TextFormat.JSON: JSON,
    TextFormat.TEXT: "text/plain",
    TextFormat.SRT: "text/srt",
    TextFormat.WEBVTT: "text/vtt",
    TextFormat.DFXP: "application/ttaf+xml",
}
"""In callbacks, in `alternateFormats` and, with the charset of `served_type`, in answers to GET."""


def served_type(text_format: TextFormat) -> str:
    """The Content-Type of an answer to GET; it says UTF-8, since browsers and some clients take text for Latin-1."""
    return JSON if text_format is TextFormat.JSON else f"{DELIVERED[text_format]}; charset=utf-8"


def callback_content_type(kind: CallbackType, text_format: TextFormat | None, *, encrypted: bool = False) -> str:
    """The exact Content-Type of a callback of `kind`; `text_format` matters for transcripts only.

    `encrypted`: whether an OpenPGP message is sent (docs/contract/open-questions.md 11).
    """
    if kind is CallbackType.MEDIA or encrypted:
        return RECORDING
    if kind is CallbackType.TRANSCRIPT:
        return DELIVERED[text_format or TextFormat.JSON]
    return JSON


def content_type_of(callback: CallbackPlan) -> str:
    """The exact Content-Type that `callback` is sent with."""
    return callback_content_type(callback.type, callback.format, encrypted=callback.encrypted)
