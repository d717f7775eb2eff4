"""In which form sound is written: that of the recording where it can be written, that asked for, else WAV.

A form is only here if what it holds stands on the clock of the samples. Containers that do not tell the delay of an
encoder (MP3 in FLV, AAC in ADTS, MP2, WMA) or tell a wrong one (AMR in 3GP) would put every time of the transcript
beside what was said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from voxport.core.audio_formats import FORMATS
from voxport.core.plan import TranscodePlan
from voxport.core.sound import Sound

_MP3_RATES_HZ = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
_AAC_RATES_HZ = (*_MP3_RATES_HZ, 64_000, 88_200, 96_000)
_OPUS_RATES_HZ = (8_000, 12_000, 16_000, 24_000, 48_000)


@dataclass(frozen=True, slots=True)
class FileForm:
    """How a file is written."""

    muxer: str
    """FFmpeg's name of the container."""
    encoder: str
    """FFmpeg's name of the encoder."""
    content_type: str
    """As `mediaContentType` of the wire."""
    extension: str
    """Without a dot."""
    rates_hz: tuple[int, ...] = ()
    """Sample rates of the codec, ascending; empty: any."""
    least_channels: int = 1
    most_channels: int = 64
    most_bit_rate: int = 0
    """Bits a second of one channel; 0 where the codec has none to choose."""
    least_ms: int = 1
    """Anything shorter is filled with silence, since no encoder makes a file of nothing."""
    early_samples: int = 0
    """So much is left out at the beginning, since the codec gives everything so much later."""

    def rate_hz(self, wanted_hz: int) -> int:
        """The least rate of the codec that loses nothing of `wanted_hz`, or its highest."""
        if not self.rates_hz or wanted_hz in self.rates_hz:
            return wanted_hz
        return next((rate for rate in self.rates_hz if rate >= wanted_hz), self.rates_hz[-1])

    def in_file(self, muxer: str, content_type: str, extension: str) -> FileForm:
        """The same codec in another container."""
        return replace(self, muxer=muxer, content_type=content_type, extension=extension)


def _wav(encoder: str) -> FileForm:
    return FileForm("wav", encoder, "audio/x-wav", "wav")


WAV = _wav("pcm_s16le")
_MP3 = FileForm(
    muxer="mp3",
    encoder="libmp3lame",
    content_type="audio/mpeg",
    extension="mp3",
    rates_hz=_MP3_RATES_HZ,
    most_channels=2,
    most_bit_rate=320_000,
)
_FLAC = FileForm("flac", "flac", "audio/flac", "flac", most_channels=8)
_OPUS = FileForm(
    muxer="ogg",
    encoder="libopus",
    content_type="audio/ogg",
    extension="ogg",
    rates_hz=_OPUS_RATES_HZ,
    most_channels=2,
    most_bit_rate=256_000,
)
# FFmpeg's own Vorbis encoder writes two channels and no other number; of nothing it never comes back, and of an eighth
# of a second it makes what nobody can read.
_VORBIS = FileForm(
    muxer="ogg",
    encoder="vorbis",
    content_type="audio/ogg",
    extension="ogg",
    least_channels=2,
    most_channels=2,
    most_bit_rate=240_000,
    least_ms=500,
)
_M4A = FileForm(
    muxer="ipod",
    encoder="aac",
    content_type="audio/mp4",
    extension="m4a",
    rates_hz=_AAC_RATES_HZ,
    most_channels=2,
    most_bit_rate=288_000,
)
_ALAC = FileForm("ipod", "alac", "audio/mp4", "m4a", most_channels=2)
# The decoder of AMR gives everything 40 samples (5 ms) later than the encoder took it.
_AMR = FileForm(
    muxer="amr",
    encoder="libopencore_amrnb",
    content_type="audio/amr",
    extension="amr",
    rates_hz=(8_000,),
    most_channels=1,
    most_bit_rate=12_200,
    early_samples=40,
)
_IN_OGG = ("ogg", "audio/ogg", "ogg")
_IN_WEBM = ("webm", "audio/webm", "webm")
_IN_MKA = ("matroska", "audio/x-matroska", "mka")


def _pcm(muxer: str, content_type: str, extension: str, *encoders: str) -> dict[tuple[str, str], FileForm]:
    return {(content_type, name): FileForm(muxer, name, content_type, extension) for name in encoders}


_LITTLE = ("pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le", "pcm_mulaw", "pcm_alaw")
_BIG = ("pcm_s16be", "pcm_s24be", "pcm_s32be", "pcm_f32be", "pcm_f64be", "pcm_mulaw", "pcm_alaw")

_KEPT: dict[tuple[str, str], FileForm] = {
    **_pcm("wav", "audio/x-wav", "wav", "pcm_u8", "adpcm_ima_wav", "adpcm_ms", *_LITTLE),
    **_pcm("w64", "audio/x-w64", "w64", "pcm_u8", *_LITTLE),
    **_pcm("aiff", "audio/aiff", "aiff", "pcm_s8", *_BIG),
    **_pcm("au", "audio/basic", "au", "pcm_s8", *_BIG),
    **_pcm("caf", "audio/x-caf", "caf", "pcm_s8", *_LITTLE, *_BIG),
    ("audio/mpeg", "mp3"): _MP3,
    ("audio/flac", "flac"): _FLAC,
    ("audio/ogg", "opus"): _OPUS,
    ("audio/ogg", "vorbis"): _VORBIS,
    ("audio/ogg", "flac"): _FLAC.in_file(*_IN_OGG),
    ("audio/webm", "opus"): _OPUS.in_file(*_IN_WEBM),
    ("audio/webm", "vorbis"): _VORBIS.in_file(*_IN_WEBM),
    ("audio/x-matroska", "opus"): _OPUS.in_file(*_IN_MKA),
    ("audio/x-matroska", "vorbis"): _VORBIS.in_file(*_IN_MKA),
    ("audio/x-matroska", "flac"): _FLAC.in_file(*_IN_MKA),
    **_pcm("matroska", "audio/x-matroska", "mka", "pcm_u8", *_LITTLE[:3]),
    ("audio/mp4", "aac"): _M4A,
    ("audio/mp4", "alac"): _ALAC,
    ("audio/quicktime", "aac"): _M4A,
    ("audio/quicktime", "alac"): _ALAC,
    ("audio/3gpp", "aac"): _M4A.in_file("3gp", "audio/3gpp", "3gp"),
    ("audio/amr", "amr_nb"): _AMR,
}
_TARGETS: dict[tuple[str, str], FileForm] = {
    ("wav", "pcm"): WAV,
    ("wav", "mulaw"): _wav("pcm_mulaw"),
    ("wav", "alaw"): _wav("pcm_alaw"),
    ("mp3", "mp3"): _MP3,
    ("flac", "flac"): _FLAC,
    ("opus", "opus"): replace(_OPUS, extension="opus"),
    ("ogg", "vorbis"): _VORBIS,
    ("ogg", "opus"): _OPUS,
    ("ogg", "flac"): _FLAC.in_file(*_IN_OGG),
}
_SAME_CODEC = {"mp3float": "mp3", "libopus": "opus", "libvorbis": "vorbis", "amrnb": "amr_nb"}
"""FFmpeg's decoders by what they decode, where that is another name."""


def form_of(sound: Sound, transcode: TranscodePlan | None) -> FileForm:
    """The form asked for, or that of the recording; WAV where it cannot be written or cannot hold so many channels.

    Of a moving picture its sound is written, in the container that the same file would have without the picture.
    """
    if transcode is not None:
        codec = transcode.codec or FORMATS[transcode.file_format].codecs[0]
        form = _TARGETS[(transcode.file_format, codec)]
        return form if sound.channels <= form.most_channels else WAV
    codec = _SAME_CODEC.get(sound.codec, sound.codec)
    form = _KEPT.get((sound.content_type.replace("video/", "audio/"), codec), WAV)
    return form if form.least_channels <= sound.channels <= form.most_channels else WAV
