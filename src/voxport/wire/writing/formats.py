"""The text formats of a transcript, to the byte facts of docs/contract/v3-results.md section 3: text, srt, webvtt,
dfxp.

Line ends are LF. srt and dfxp count hundredths of a second, rounded; webvtt counts milliseconds.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Collection
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from voxport.core.language_code import LanguageCode
from voxport.core.plan import TextFormat
from voxport.core.transcript import Transcript
from voxport.wire.writing.captions import Cue, cues, speaker_prefix, turn_text
from voxport.wire.writing.content_types import DELIVERED
from voxport.wire.writing.shapes import closed, one_of

ALTERNATE_FORMATS = (TextFormat.DFXP, TextFormat.WEBVTT, TextFormat.SRT, TextFormat.TEXT)
"""All that `alternateFormats` may hold, in the order real callbacks have them."""

_DFXP_HEAD = (
    '<tt xmlns="http://www.w3.org/2006/04/ttaf1" xmlns:tts="http://www.w3.org/2006/04/ttaf1#styling">'
    '<head><styling><style id="defaultCaption" tts:backgroundColor="black" tts:color="white" '
    'tts:fontFamily="SansSerif" tts:fontSize="12" tts:fontWeight="normal" tts:textAlign="left" '
    'tts:textDecoration="none"/></styling></head>'
    '<body id="thebody"><div style="defaultCaption" xml:lang="{language}">'
)
_DFXP_FOOT = "</div></body></tt>"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@closed
class AlternateFormat(TypedDict):
    """A transcript in a text format."""

    format: Annotated[str, one_of(one.value for one in ALTERNATE_FORMATS)]
    contentType: str
    contentEncoding: Literal["Base64"]
    charset: Literal["utf-8"]
    data: Annotated[str, Field(json_schema_extra={"format": "byte"})]


def render(transcript: Transcript, text_format: TextFormat) -> str:
    """`transcript` in a text format; ValueError for JSON, which is no text format."""
    renderer = _RENDERERS.get(text_format)
    if renderer is None:
        raise ValueError(f"{text_format} is not a text format")
    return renderer(transcript)


def alternate_formats(transcript: Transcript, wanted: Collection[TextFormat]) -> list[AlternateFormat]:
    """The `alternateFormats` list: those of `wanted`, each as Base64 of its UTF-8 bytes."""
    return [
        {
            "format": text_format.value,
            "contentType": DELIVERED[text_format],
            "contentEncoding": "Base64",
            "charset": "utf-8",
            "data": b64encode(render(transcript, text_format).encode()).decode("ascii"),
        }
        for text_format in ALTERNATE_FORMATS
        if text_format in wanted
    ]


def _text(transcript: Transcript) -> str:
    spoken = ((speaker_prefix(turn), turn_text(turn)) for turn in transcript.turns)
    return " ".join(prefix + text for prefix, text in spoken if text)


def _srt(transcript: Transcript) -> str:
    return "".join(
        _block(
            number,
            f"{_hundredths(cue.start_ms, ',')} --> {_hundredths(cue.end_ms, ',')}",
            # srt has no escapes, and a line with an arrow is read as times.
            tuple(line.replace("-->", "->") for line in cue.lines),
        )
        for number, cue in enumerate(cues(transcript), start=1)
    )


def _webvtt(transcript: Transcript) -> str:
    blocks = (
        _block(
            number,
            f"{_milliseconds(cue.start_ms)} --> {_milliseconds(cue.end_ms)}",
            tuple(_escape(line) for line in cue.lines),
        )
        for number, cue in enumerate(cues(transcript), start=1)
    )
    return "WEBVTT\n\n" + "".join(blocks)


def _dfxp(transcript: Transcript) -> str:
    language = re.sub(r"[^A-Za-z]", "", LanguageCode.parse(transcript.language).language)
    return _DFXP_HEAD.format(language=language) + "".join(_paragraph(cue) for cue in cues(transcript)) + _DFXP_FOOT


def _paragraph(cue: Cue) -> str:
    lines = "<br/>".join(_escape(_NOT_XML.sub("", line)) for line in cue.lines)
    return f'<p begin="{_hundredths(cue.start_ms, ".")}" end="{_hundredths(cue.end_ms, ".")}">{lines}</p>'


def _block(number: int, timing: str, lines: tuple[str, ...]) -> str:
    return f"{number}\n{timing}\n" + "\n".join(lines) + "\n\n"


def _hundredths(time_ms: int, mark: str) -> str:
    """`HH:MM:SS,cc`, rounded half up: 2499 ms is `00:00:02,50`."""
    seconds, hundredths = divmod((time_ms + 5) // 10, 100)
    return f"{_clock(seconds)}{mark}{hundredths:02d}"


def _milliseconds(time_ms: int) -> str:
    seconds, milliseconds = divmod(time_ms, 1000)
    return f"{_clock(seconds)}.{milliseconds:03d}"


def _clock(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_RENDERERS: dict[TextFormat, Callable[[Transcript], str]] = {
    TextFormat.TEXT: _text,
    TextFormat.SRT: _srt,
    TextFormat.WEBVTT: _webvtt,
    TextFormat.DFXP: _dfxp,
}
