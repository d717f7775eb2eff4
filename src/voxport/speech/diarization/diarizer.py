"""From the sound of one channel to who speaks when: stretches, their voices, groups of voices."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from voxport.core.audio import SPEECH_RATE_HZ, PcmSource, Samples
from voxport.core.transcript import Span
from voxport.speech.diarization.clustering import Vectors, Voice, group
from voxport.speech.diarization.kept_answers import KeptAnswers
from voxport.speech.diarization.line import Colour
from voxport.speech.diarization.networks import Networks, VoiceNetworks
from voxport.speech.diarization.options import ClusteringOptions, DiarizationOptions, VoiceOptions
from voxport.speech.diarization.stretches import Stretch, find_stretches, hear_windows
from voxport.speech.diarization.telephone import without_telephone
from voxport.speech.diarization.weights import read_networks
from voxport.speech.sections import Checkpoint

_ALONE = 0.8
"""A stretch of which so much is spoken over by nobody says what a voice is like."""
_ROUNDS = 3
"""How often stretches are given to the voices that the stretches given to them make."""
_LEAST_ALONE = 0.05
_WINDOWS_SHARE = 0.35
"""Of the work that is done once all windows have been heard; the embeddings are nearly all of the rest."""
_BATCH = 16
"""Stretches whose voices the network is asked about at once."""
_SURE = 12.0
"""How fast certainty grows with the distance in likeness to the next voice, fitted to how often that is right."""


@dataclass(frozen=True, slots=True)
class SpokenStretch:
    """When one person speaks without a longer pause."""

    start_ms: int
    end_ms: int
    speaker: int
    """0 is who speaks first."""
    confidence: float
    """How probably it is that person, of all who were told apart: 0 to 1."""


class Diarizer:
    """Tells the people on a channel apart for all calls of a process; safe from several threads.

    The networks are loaded on first use. Without their weights nobody is told apart.
    """

    def __init__(self, data_dir: Path, threads: int = 0, options: DiarizationOptions | None = None) -> None:
        """`threads` 0 takes every core that this process may use."""
        self.options = options or DiarizationOptions()
        self._data_dir = data_dir
        self._threads = threads or len(os.sched_getaffinity(0))
        self._lock = threading.Lock()
        self._looked = False
        self._networks: Networks | None = None

    @property
    def is_available(self) -> bool | None:
        """Whether people are told apart; None where nobody has asked yet."""
        return self._networks is not None if self._looked else None

    def load(self) -> bool:
        """Loads the networks now, and says whether there are any; raises Misconfigured for damaged ones."""
        return self._ready() is not None

    def diarize(
        self,
        source: PcmSource,
        voice: Sequence[Span],
        count: int | None,
        checkpoint: Checkpoint,
        report: Callable[[float], None],
    ) -> tuple[SpokenStretch, ...]:
        """As `diarize`, and goes on from what `checkpoint` has of the same channel; nothing without the weights."""
        networks = self._ready()
        if networks is None:
            return ()
        kept = KeptAnswers(networks, checkpoint)
        return diarize(kept, source, voice, self.options, count=count, report=report)

    def _ready(self) -> Networks | None:
        with self._lock:
            if not self._looked:
                written = read_networks(self._data_dir)
                if written is not None:
                    self._networks = Networks(written.segmentation, written.embedding, self._threads)
                self._looked = True
            return self._networks


def diarize(
    networks: VoiceNetworks,
    source: PcmSource,
    voice: Sequence[Span],
    options: DiarizationOptions,
    *,
    count: int | None = None,
    report: Callable[[float], None],
) -> tuple[SpokenStretch, ...]:
    """Who speaks when, in order of start; stretches of two people may overlap.

    `voice` is when the channel carries one, in order, `count` how many people there are where that is known. Holds some
    three minutes of sound and an embedding for each three seconds of speech. `report` is told the share that is done.
    """
    windows = hear_windows(networks, source, voice, options.stretches, lambda done: report(_WINDOWS_SHARE * done))
    stretches = find_stretches(windows, options.stretches)
    if not stretches:
        return ()
    embeddings = np.empty((len(stretches), networks.embedding_size), np.float64)
    colours: list[Colour] = []
    for first in range(0, len(stretches), _BATCH):
        report(_WINDOWS_SHARE + (1 - _WINDOWS_SHARE) * first / len(stretches))
        some = stretches[first : first + _BATCH]
        answers = networks.embeddings([_heard(source, one, options.voices) for one in some])
        embeddings[first : first + len(some)] = [embedding for embedding, _ in answers]
        colours += [colour for _, colour in answers]
    embeddings = without_telephone(embeddings)
    most_ms = options.voices.most_ms
    lengths = np.array([min(one.length_ms, most_ms) * max(one.alone, _LEAST_ALONE) for one in stretches])
    known = [
        place
        for place, one in enumerate(stretches)
        if one.length_ms >= options.clustering.least_ms and one.alone >= _ALONE
    ] or [int(lengths.argmax())]
    single = [_voice(place, embeddings[place], float(lengths[place]), colours[place]) for place in known]
    voices = group(single, options.clustering, count)
    alike = _given(embeddings, lengths, voices, options.clustering)
    for shorter, longer in _at_once(stretches):
        alike[shorter, alike[longer].argmax()] -= options.clustering.overlap_cost
    return _spoken(stretches, alike)


def _voice(place: int, embedding: Vectors, length_ms: float, colour: Colour) -> Voice:
    """That of one stretch."""
    bands = colour.bands.astype(np.float64)
    return Voice(embedding * length_ms, length_ms, (place,), bands * colour.seconds, colour.seconds)


def _heard(source: PcmSource, stretch: Stretch, options: VoiceOptions) -> Samples:
    """The middle of a long stretch, or a short one with what is around it."""
    length_ms = min(max(stretch.length_ms, options.least_ms), options.most_ms)
    start = max(0, (stretch.start_ms + stretch.end_ms - length_ms) // 2 * SPEECH_RATE_HZ // 1000)
    start = max(0, min(start, source.samples - length_ms * SPEECH_RATE_HZ // 1000))
    samples = source.read(start, start + length_ms * SPEECH_RATE_HZ // 1000)
    missing = options.least_ms * SPEECH_RATE_HZ // 1000 - samples.shape[0]
    return np.pad(samples, (0, missing)) if missing > 0 else samples


def _given(embeddings: Vectors, lengths: Vectors, voices: Sequence[Voice], options: ClusteringOptions) -> Vectors:
    """How alike each stretch (rows) is to each voice (columns), when each voice is made of what is most alike to it."""
    directions = np.array([one.direction for one in voices])
    for _ in range(_ROUNDS):
        chosen = (embeddings @ directions.T).argmax(axis=1)
        for place in range(len(voices)):
            total = (embeddings[chosen == place] * lengths[chosen == place, np.newaxis]).sum(axis=0)
            if (length := float(np.linalg.norm(total))) > 0:
                directions[place] = total / length
    known = np.sqrt(lengths / (lengths + options.blur_ms))[:, np.newaxis]
    return np.asarray((embeddings @ directions.T) * known)


def _at_once(stretches: Sequence[Stretch]) -> list[tuple[int, int]]:
    """Which stretches begin before the one before them ends, as (place of the shorter, of the longer) of both."""
    return [
        (one, other) if stretches[one].length_ms < stretches[other].length_ms else (other, one)
        for one, other in pairwise(range(len(stretches)))
        if stretches[other].start_ms < stretches[one].end_ms
    ]


def _spoken(stretches: Sequence[Stretch], alike: Vectors) -> tuple[SpokenStretch, ...]:
    chosen = alike.argmax(axis=1).tolist()
    in_order = list(dict.fromkeys(chosen))
    others = np.exp(_SURE * (alike - alike.max(axis=1, keepdims=True))).sum(axis=1)
    return tuple(
        SpokenStretch(one.start_ms, one.end_ms, in_order.index(voice), round(1 / float(all_of_them), 3))
        for one, voice, all_of_them in zip(stretches, chosen, others, strict=True)
    )
