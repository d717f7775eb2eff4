"""Keys pressed on a telephone, found by their two tones (DTMF, ITU-T Q.23) in the sound of one channel.

Each key sounds one of four low and one of four high frequencies at once. What is measured is how much of the energy of
a short frame lies in the strongest pair: in a key nearly all of it, clipped, in steps of mu-law or in the noise of a
line still most of it; in a voice hardly ever, and not for as long. The limits are those of ITU-T Q.24 (a key lasts at
least 40 ms, tones are up to 1.8 % off) made wider, since what is missed is heard by others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource
from voxport.core.transcript import Span

_LOW_HZ = (697.0, 770.0, 852.0, 941.0)
_HIGH_HZ = (1209.0, 1336.0, 1477.0, 1633.0)
_SIGNS = ("123A", "456B", "789C", "*0#D")
"""The keys: a row for each low frequency, a column for each high one."""
_RATE_HZ = 8_000
"""Rate at which tones are looked for: every telephone carries so much."""
_DECIMATION = SPEECH_RATE_HZ // _RATE_HZ

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Strictness:
    """How clearly a stretch of frames must sound like a key."""

    least_share: float
    """Energy of the pair as a share of the frame's, 0 to 1, in every frame: those at the ends hold half a tone."""
    least_peak: float
    """The same in the best frame."""
    most_spread_db: float
    """How much the difference in level between both tones may change: tones of a voice come and go."""


@dataclass(frozen=True, slots=True)
class KeyedToneOptions:
    """When a pair of tones is a key. The values were tried on made keys and on speech (docs/redaction.md, "Keys")."""

    frame_ms: int = 24
    """Length of a frame: two of a key's 40 ms fit, and neighbouring tones, 73 Hz apart, are told apart."""
    hop_ms: int = 8
    """From the beginning of one frame to that of the next."""
    off: float = 0.018
    """How far tones may be off, as a share of their frequency (Q.24: up to 1.8 %)."""
    alone: Strictness = Strictness(0.6, 0.7, 6.0)
    """Of any key: one clipped tenfold has a peak of 0.82, one in noise at 6 dB 0.73. Speech makes 7 in an hour."""
    beside: Strictness = Strictness(0.4, 0.5, 12.0)
    """Of a key near a sure one: somebody talks over it, in mono."""
    beside_ms: int = 5_000
    """How near that is."""
    least_lead: float = 3.0
    """By what factor of energy each tone leads the others of its group."""
    most_twist_db: float = 12.0
    """The greatest difference in level between both tones, over a key (Q.24 asks for 4 to 8)."""
    least_level: float = 1e-4
    """Least root mean square of a frame, full scale 1 (-80 dBFS): below it is the rounding of silence."""
    least_frames: int = 3
    """Frames in a row that show the same key; as many fit into 40 ms."""


@dataclass(frozen=True, slots=True)
class KeyedTone:
    """One key and how long it sounded."""

    sign: str = field(repr=False)
    """`0` to `9`, `*`, `#`, `A` to `D`."""
    span: Span
    """All frames that show it: never shorter than the tone, less than a frame longer at each end."""


_DEFAULTS = KeyedToneOptions()
_BLOCK_S = 60
_NONE = -1
_TINY = 1e-12


def find_keyed_tones(
    source: PcmSource, interrupted: Callable[[], None] = lambda: None, options: KeyedToneOptions = _DEFAULTS
) -> tuple[KeyedTone, ...]:
    """The keys of one channel in order of time, a minute at a time; `interrupted` may raise between minutes."""
    hop = options.hop_ms * SPEECH_RATE_HZ // 1000
    frame = options.frame_ms * SPEECH_RATE_HZ // 1000
    block = _BLOCK_S * SPEECH_RATE_HZ // hop * hop
    blocks = []
    for start in range(0, source.samples, block):
        interrupted()
        blocks.append(_read_frames(source.read(start, min(start + block + frame - hop, source.samples)), options))
    return _pressed(np.concatenate(blocks, axis=1), options) if blocks else ()


def _pressed(frames: Floats, options: KeyedToneOptions) -> tuple[KeyedTone, ...]:
    """The sure keys, and those near them that are less clear."""
    sure = list(_stretches(frames, options.alone, options))
    if not sure:
        return ()
    near, taken = np.zeros((2, frames.shape[1]), np.bool_)
    reach = options.beside_ms // options.hop_ms
    for begin, end, _ in sure:
        near[max(0, begin - reach) : end + reach] = True
        taken[begin:end] = True
    others = _stretches(frames, options.beside, options)
    keys = sure + [one for one in others if near[one[0]] and not taken[one[0] : one[1]].any()]
    return tuple(_keyed(begin, end, key, options) for begin, end, key in sorted(keys))


def _keyed(begin: int, end: int, key: int, options: KeyedToneOptions) -> KeyedTone:
    span = Span(begin * options.hop_ms, (end - 1) * options.hop_ms + options.frame_ms)
    return KeyedTone(_SIGNS[key // 4][key % 4], span)


def _stretches(frames: Floats, strictness: Strictness, options: KeyedToneOptions) -> Iterator[tuple[int, int, int]]:
    """Each stretch of frames [begin, end) that show one key, where it sounds like one as a whole, and which."""
    _, shares, twists = frames
    keys = np.where(shares >= strictness.least_share, frames[0], _NONE)
    edges = np.flatnonzero(np.diff(keys, prepend=_NONE, append=_NONE))
    for begin, end in pairwise(edges.tolist()):
        key = int(keys[begin])
        if key == _NONE or end - begin < options.least_frames or shares[begin:end].max() < strictness.least_peak:
            continue
        twist = twists[begin:end]
        if abs(np.median(twist)) <= options.most_twist_db and np.ptp(twist) <= strictness.most_spread_db:
            yield begin, end, key


def _read_frames(samples: npt.NDArray[np.int16], options: KeyedToneOptions) -> Floats:
    """What each frame shows (3, frames): the number of a key or `_NONE`, the pair's share, the twist in dB."""
    frames = _frames(samples, options)
    energy = np.einsum("ij,ij->i", frames, frames)
    read = np.zeros((3, energy.size), np.float32)
    read[0] = _NONE
    loud = np.flatnonzero(energy > frames.shape[1] * options.least_level**2)
    if not loud.size:
        return read
    tones = _tone_energies(frames[loud], options) / energy[loud, None]
    low, high = tones[:, :4], tones[:, 4:]
    share = low.max(axis=1) + high.max(axis=1)
    sure = (share >= options.beside.least_share) & _leads(low, options.least_lead) & _leads(high, options.least_lead)
    twist = 10 * np.log10(np.maximum(low.max(axis=1), _TINY) / np.maximum(high.max(axis=1), _TINY))
    shown = np.stack([low.argmax(axis=1) * 4 + high.argmax(axis=1), share, twist])
    read[:, loud[sure]] = shown[:, sure]
    return read


def _leads(group: Floats, factor: float) -> npt.NDArray[np.bool_]:
    ordered = np.sort(group, axis=1)
    leads: npt.NDArray[np.bool_] = ordered[:, -1] >= factor * ordered[:, -2]
    return leads


def _frames(samples: npt.NDArray[np.int16], options: KeyedToneOptions) -> Floats:
    """Frames (frames, samples) at `_RATE_HZ`, full scale 1, without what is constant in each."""
    length, hop = options.frame_ms * _RATE_HZ // 1000, options.hop_ms * _RATE_HZ // 1000
    pairs = samples[: samples.size // _DECIMATION * _DECIMATION].reshape(-1, _DECIMATION)
    sound = pairs.mean(axis=1, dtype=np.float32) / 32768
    if sound.size < length:
        return np.empty((0, length), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(sound, length)[::hop]
    level: Floats = frames - frames.mean(axis=1, keepdims=True)
    return level


def _tone_energies(frames: Floats, options: KeyedToneOptions) -> Floats:
    """The energy of each of the eight tones in each frame (frames, 8): that of the best of three near it."""
    cosines, sines = _waves(frames.shape[1], options.off)
    found = (frames @ cosines) ** 2 + (frames @ sines) ** 2
    energies: Floats = found.reshape(frames.shape[0], 8, -1).max(axis=2) * (2 / frames.shape[1])
    return energies


@cache
def _waves(length: int, off: float) -> tuple[Floats, Floats]:
    """Cosines and sines (length, 24) of each tone and of those a little below and above it."""
    tones = np.array([tone * shift for tone in (*_LOW_HZ, *_HIGH_HZ) for shift in (1 - off / 2, 1.0, 1 + off / 2)])
    angles = 2 * np.pi * np.arange(length)[:, None] * tones[None, :] / _RATE_HZ
    return np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)
