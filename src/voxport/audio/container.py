"""Opening a recording: which types are let in, which of its streams is heard, and what the file is called on the wire.

Only the demuxers named here run, only audio decoders, and no protocol at all: playlists and scripts that name other
files or addresses (HLS, DASH, concat, image sequences ...) are not recordings to us.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import av
import av.error
import av.logging
from av.audio.stream import AudioStream
from av.codec import Codec
from av.container import InputContainer
from av.stream import Discard, Disposition

from voxport.audio.source import MediaSource, unreadable

DEMUXERS = (
    "aac,aiff,amr,amrnb,amrwb,asf,asf_o,au,avi,caf,flac,flv,kux,live_flv,loas,matroska,mov,mp3,mpeg,mpegts,mpegvideo,"
    "ogg,rm,ivr,w64,wav,webm,xwma"
)
"""The file types of docs/contract/v3-endpoints.md section 2, and their near relatives (MPEG-TS, Wave64)."""
_BUFFER_BYTES = 128 * 1024
_MAX_STREAMS = 24
"""PyAV keeps one byte a stream in a block that does not grow with streams found later; malloc gives at least 24."""
_MAX_FRAME_SAMPLES = 1 << 22
_WAVE_PROBES = "8"
"""Packets of 4 KiB in which FFmpeg looks for DTS or AC-3 inside PCM: to know DTS it takes four frames of that size.
With 2,500, its default, opening takes 2 ms more; a ninth, with which it looks through all of them again, doubles it."""

# FFmpeg's own words go nowhere: they may quote the file.
av.logging.set_level(None)


@contextmanager
def open_container(source: MediaSource) -> Iterator[InputContainer]:
    """The container, closed with the block. MediaFailed 10201 when it is empty or no recording of a known type."""
    if source.size == 0:
        raise unreadable("it is empty")
    options = {
        "format_whitelist": DEMUXERS,
        "codec_whitelist": ",".join(_audio_decoders()),
        "protocol_whitelist": "none",
        "max_streams": str(_MAX_STREAMS),
    }
    if _is_wave(source):
        options["max_probe_packets"] = _WAVE_PROBES
    try:
        container = av.open(
            source,
            "r",
            container_options=options,
            metadata_errors="replace",
            buffer_size=_BUFFER_BYTES,
        )
    except av.error.FFmpegError:
        source.reraise()
        raise unreadable("it is not a recording of a known type, or too little of it is there") from None
    with container:
        yield container


def _is_wave(source: MediaSource) -> bool:
    start = source.tell()
    head = source.read(12)
    source.seek(start)
    return head[:4] in (b"RIFF", b"RF64") and head[8:] == b"WAVE"


def audio_stream(container: InputContainer) -> tuple[AudioStream, int]:
    """The stream to hear, and how many other audio streams are left out. MediaFailed 10201 when there is none.

    Of several audio streams FFmpeg's choice is taken: the default one, then the one with most channels and data.
    Multi-track recordings are not supported (docs/contract/v3-endpoints.md, "Accepted file types").
    """
    stream = container.streams.best("audio")
    if not isinstance(stream, AudioStream):
        raise unreadable("it has no sound")
    for other in container.streams:
        if other is not stream:
            other.discard = Discard.all
    if stream.codec_context is None or stream.codec_context.name not in _audio_decoders():
        raise unreadable("its sound is in a form that is not known")
    stream.codec_context.options = {"max_samples": str(_MAX_FRAME_SAMPLES)}
    return stream, len(container.streams.audio) - 1


@cache
def _audio_decoders() -> tuple[str, ...]:
    """Names of all audio decoders in this build; a picture in a music file needs no video decoder to be opened."""
    names = []
    for name in sorted(av.codecs_available):
        try:
            codec = Codec(name, "r")
        except av.codec.codec.UnknownCodecError:  # an encoder only
            continue
        if codec.type == "audio":
            names.append(name)
    return tuple(names)


_BY_DEMUXER = {
    "aac": "audio/aac",
    "aiff": "audio/aiff",
    "amr": "audio/amr",
    "amrnb": "audio/amr",
    "amrwb": "audio/amr-wb",
    "au": "audio/basic",
    "avi": "video/x-msvideo",
    "caf": "audio/x-caf",
    "flac": "audio/flac",
    "flv": "video/x-flv",
    "kux": "video/x-flv",
    "live_flv": "video/x-flv",
    "loas": "audio/aac",
    "mp3": "audio/mpeg",
    "mpeg": "video/mpeg",
    "mpegvideo": "video/mpeg",
    "mpegts": "video/mp2t",
    "rm": "audio/x-pn-realaudio",
    "ivr": "audio/x-pn-realaudio",
    "w64": "audio/x-w64",
    "wav": "audio/x-wav",
    "xwma": "audio/x-ms-wma",
}


def content_type(container: InputContainer, head: bytes) -> str:
    """The `mediaContentType` of the wire, by what the file is and not by what it was called."""
    name = container.format.name.partition(",")[0]
    kind = "video" if _has_picture(container) else "audio"
    if name == "mov":
        return _of_brand(str(container.metadata.get("major_brand", "")).lower(), kind)
    if name == "matroska":
        return f"{kind}/webm" if b"webm" in head else f"{kind}/x-matroska"
    if name == "ogg":
        return f"{kind}/ogg"
    if name in ("asf", "asf_o"):
        return "video/x-ms-wmv" if kind == "video" else "audio/x-ms-wma"
    return _BY_DEMUXER.get(name, "application/octet-stream")


def _of_brand(brand: str, kind: str) -> str:
    if brand.startswith("qt") or not brand:
        return "video/quicktime"
    if brand.startswith("3g"):
        return f"{kind}/3gpp"
    return f"{kind}/mp4"


def _has_picture(container: InputContainer) -> bool:
    """Whether there is a moving picture; a cover is none."""
    cover = Disposition.attached_pic
    return any(not stream.disposition & cover for stream in container.streams.video)
