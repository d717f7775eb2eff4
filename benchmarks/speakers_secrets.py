"""Secrets covered on calls of two sides: in stereo, on one channel with the people told apart, and as one speaker.

The synthetic calls of the bench of redaction, with both sides on one channel. Rules of redaction were developed on the
first set; nothing was ever chosen on the other one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from rich.console import Console

from benchmarks import redaction_corpus as corpus
from benchmarks.contestants import Nowhere
from benchmarks.corpus import Recording, decoded, load
from benchmarks.redaction_measures import NOTHING, SECRETS, Share, ordinary_kept, secrets_covered
from benchmarks.redaction_stages import Heard, Stages, redactor, spans_of
from benchmarks.table import Row
from benchmarks.voices import Missing
from voxport.core.audio import PcmArray
from voxport.core.plan import DetectionLevel, DiarizationPlan
from voxport.speech.diarization.channels import tell_apart
from voxport.speech.diarization.diarizer import Diarizer

_SETS = {"development": "rules were developed with", "heldout": "never looked at"}
_SECRETS = SECRETS["PCI"] | SECRETS["SSN"]
_MOST_LOST = 1.0
"""Points that mono calls may be covered less than the same calls in stereo."""


@dataclass(frozen=True)
class Covered:
    """Secret ms covered, and ordinary numbers kept."""

    secrets: Share = NOTHING
    kept: Share = NOTHING

    def __add__(self, other: Covered) -> Covered:
        return Covered(self.secrets + other.secrets, self.kept + other.kept)


@dataclass(frozen=True)
class Ways:
    """The same calls, heard in each way."""

    stereo: Covered = Covered()
    apart: Covered = Covered()
    """Both sides on one channel, the people told apart."""
    together: Covered = Covered()
    """Both sides on one channel, as one speaker."""

    def __add__(self, other: Ways) -> Ways:
        return Ways(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def secret_rows(console: Console, stages: Stages, diarizer: Diarizer, folder: Path, seed: int) -> list[Row]:
    """Rows for both sets of calls under `folder`, made where they are missing."""
    rows: list[Row] = []
    for half, name in _SETS.items():
        try:
            corpus.make(folder / f"seed-{seed}" / half, half, seed)
        except Missing as error:
            console.print(f"{error} is not installed: no secrets are measured (pip install -r requirements/bench.txt).")
            return []
        rows += _rows(f"calls {name}", _measured(console, stages, diarizer, load(folder / f"seed-{seed}" / half)))
    return rows


def _rows(name: str, ways: Ways) -> list[Row]:
    lost = ways.stereo.secrets.percent - ways.apart.secrets.percent
    rows = [Row(f"{name}: secret ms covered less on one channel than in stereo", lost, "points", _MOST_LOST)]
    for way in fields(ways):
        covered: Covered = getattr(ways, way.name)
        rows.append(Row(f"{name}, {way.name}: secret ms covered", covered.secrets.percent, "%"))
        rows.append(Row(f"{name}, {way.name}: ordinary numbers kept", covered.kept.percent, "%"))
    return rows


def _measured(console: Console, stages: Stages, diarizer: Diarizer, recordings: Iterable[Recording]) -> Ways:
    total = Ways()
    for recording in recordings:
        sides = decoded(recording.path)
        both = np.asarray(sides[0] // 2 + sides[1] // 2, np.int16)
        stereo = stages.recognise(recording.path, recording.language)
        together = stages.recognise_sound([both], recording.language)
        told = tell_apart(
            together.transcript, {0: PcmArray(both)}, DiarizationPlan(), diarizer, Nowhere(), lambda _: None
        )
        apart = replace(together, transcript=told)
        ways = Ways(*(_covered(stages, recording, heard) for heard in (stereo, apart, together)))
        shown = ", ".join(f"{one.name} {getattr(ways, one.name).secrets.percent:.1f} %" for one in fields(ways))
        console.print(f"{recording.name}: {shown}")
        total += ways
    return total


def _covered(stages: Stages, recording: Recording, heard: Heard) -> Covered:
    whole = stages.detect(heard, redactor(DetectionLevel.ENTIRE_REGION, "PCI", "SSN"))
    only_cards = stages.detect(heard, redactor(DetectionLevel.ENTIRE_REGION, "PCI"))
    return Covered(
        secrets_covered(recording.truth, _SECRETS, spans_of(whole)),
        ordinary_kept(recording.truth, spans_of(only_cards)),
    )
