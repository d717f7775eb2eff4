"""The recordings that are measured: a folder of `X.wav|flac` with `X.truth.json` beside (schema call-truth/1).

A truth has `language` (en-US) and `turns`, in order of start: `speaker`, `channel` (0 left), `s` and `e` in ms, `text`,
and where word times are known `words` of `w`, `s`, `e`. `kind` is "exact" where they are known by construction;
`unsure` has stretches (`speaker`, `s`, `e`) that are left out of errors. Some benches know more fields.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

SAMPLE_RATE_HZ = 16_000


@dataclass(frozen=True)
class Recording:
    """A recording and what is known to be said in it."""

    path: Path
    truth: dict[str, Any]

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def exact(self) -> bool:
        return self.truth.get("kind") == "exact"

    @property
    def language(self) -> str:
        return str(self.truth.get("language", "en")).split("-")[0]

    @property
    def is_stereo(self) -> bool:
        with av.open(str(self.path)) as container:
            return container.streams.audio[0].channels == 2

    def channels(self) -> list[npt.NDArray[np.float32]]:
        """One float32 array a channel at 16 kHz, as plain recognisers take them."""
        with av.open(str(self.path)) as container:
            stream = container.streams.audio[0]
            resampler = av.AudioResampler(format="fltp", layout=stream.layout, rate=SAMPLE_RATE_HZ)
            parts = [out.to_ndarray() for frame in container.decode(stream) for out in resampler.resample(frame)]
            parts += [out.to_ndarray() for out in resampler.resample(None)]
        joined = np.concatenate(parts, axis=1)
        return [np.ascontiguousarray(joined[index]) for index in range(joined.shape[0])]


def load(folder: Path) -> list[Recording]:
    """Every recording of `folder` that has a truth, by name; raises FileNotFoundError when there is none."""
    recordings = []
    for truth in sorted(folder.glob("*.truth.json")):
        stem = truth.name.removesuffix(".truth.json")
        audio = next(
            (folder / f"{stem}{suffix}" for suffix in (".wav", ".flac") if (folder / f"{stem}{suffix}").exists()), None
        )
        if audio is not None:
            recordings.append(Recording(audio, json.loads(truth.read_text("utf-8"))))
    if not recordings:
        raise FileNotFoundError(f"no recordings with a .truth.json in {folder}")
    return recordings


def decoded(path: Path) -> list[npt.NDArray[np.int16]]:
    """The channels of a file as int16 at 16 kHz."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        resampler = av.AudioResampler("s16p", stream.layout, SAMPLE_RATE_HZ)
        frames = [out.to_ndarray() for frame in container.decode(stream) for out in resampler.resample(frame)]
        frames += [out.to_ndarray() for out in resampler.resample(None)]
    return [np.ascontiguousarray(channel) for channel in np.concatenate(frames, axis=1)]
